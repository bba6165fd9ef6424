"""What the pupils of the large demo write: invented, in the shape of real writing.

Words are drawn from a vocabulary of thirty thousand as people use theirs: a few all the time, most hardly ever (Zipf).
Its commonest words are those of the small demo; the rest are made of them by endings and by joining two, so that they
look real and their stems meet. Some pupils also write in another language of their home.
"""

import html
import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from random import Random

from journal.demo import content, hostile

VOCABULARY = 30_000
_OFFSET = 2.7
"""Zipf's law as Mandelbrot mended it: the first few words are not quite so common."""

_ENDINGS = ("s", "ing", "ed", "er", "ly", "ness", "ful", "less", "y", "ish", "en", "able", "ment")

OTHERS: dict[str, str] = {
    "cy": "heddiw yn y gan fy nain a dŵr môr ŵyn tŷ cartref ysgol mynydd afon pysgod cerdded canu coginio teisen bara "
    "brith gyda ni roedd hi wedi gwneud llun coeden ardd blodau haul glaw eira ci cath ceffyl fferm traeth cragen "
    "cân stori llyfr darllen ysgrifennu ffrind teulu brawd chwaer ewythr modryb pêl nofio beic trên castell draig",
    "ur": "آج میں نے اپنی نانی کے ساتھ گھر میں ایک چھوٹا پودا لگایا اور ہم سب بہت خوش تھے پانی مٹی پھول درخت باغ بارش "
    "سورج چاند کہانی کتاب لفظ گیت کھانا روٹی چاول دال بازار دکان سڑک پل دریا مچھلی بلی کبوتر پتنگ رنگ تصویر "
    "دوست بھائی بہن ابو امی دادا دادی خط سفر ریل گاڑی سبز نیلا میٹھا گرم",
    "bn": "আজ আমি আমার নানুর সাথে বাড়িতে একটি ছোট গাছ লাগিয়েছি এবং আমরা সবাই খুব খুশি ছিলাম পানি মাটি ফুল বাগান "
    "বৃষ্টি সূর্য চাঁদ গল্প বই শব্দ গান খাবার রুটি ভাত ডাল বাজার দোকান নদী সেতু মাছ বিড়াল পাখি ঘুড়ি রং ছবি বন্ধু ভাই "
    "বোন বাবা মা দাদা দাদি চিঠি ভ্রমণ ট্রেন সবুজ নীল মিষ্টি গরম",
}
"""Words of other languages that pupils write in, by language; commonest first, as far as that matters here."""

_STOPS = {"ur": "۔", "bn": "।"}


class Words:
    """Draws titles, paragraphs and captions."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._words = {"en": vocabulary(), **{language: words.split() for language, words in OTHERS.items()}}
        self._sums = {language: _sums(len(words)) for language, words in self._words.items()}

    def line(self, fewest: int, most: int, language: str = "en") -> str:
        """Return some words with a capital, without a stop: a title or a caption."""
        return _capital(" ".join(self._some(self._draw.randint(fewest, most), language)))

    def paragraphs(self, fewest: int, most: int, language: str = "en") -> list[str]:
        """Return paragraphs of sentences, so many words in all."""
        words = self._some(self._draw.randint(fewest, most), language)
        stop, at, sentences = _STOPS.get(language, "."), 0, []
        while at < len(words):
            end = at + self._draw.randint(5, 17)
            sentences.append(_capital(" ".join(words[at:end])) + stop)
            at = end
        each = self._draw.randint(3, 6)
        return [" ".join(sentences[at : at + each]) for at in range(0, len(sentences), each)]

    def _some(self, many: int, language: str) -> list[str]:
        return self._draw.choices(self._words[language], cum_weights=self._sums[language], k=many)


def plain(paragraphs: Sequence[str]) -> str:
    """Return paragraphs as plain words."""
    return "\n\n".join(paragraphs)


def as_html(paragraphs: Sequence[str]) -> str:
    """Return paragraphs as ``journal.text.html_from_words`` would, in a fiftieth of its time: all is clean."""
    return "".join(f"<p>{html.escape(one, quote=False)}</p>" for one in paragraphs)


def vocabulary(size: int = VOCABULARY) -> list[str]:
    """Return so many different words, the commonest first."""
    used = Counter(word for text in _texts() for word in _words_of(text))
    found = dict.fromkeys(sorted(used, key=lambda one: (-used[one], one)))
    roots = [one for one in found if one.isalpha() and len(one) > 2]
    for ending in _ENDINGS:
        found |= dict.fromkeys(root + ending for root in roots)
    mixed = Random(size)
    short = [one for one in roots if 3 <= len(one) <= 6]
    while len(found) < size:
        found["".join(mixed.sample(short, 2))] = None
    return list(found)[:size]


def _texts() -> list[str]:
    """All that the small demo's people wrote, save what tries to break a page."""
    entries = [one for one in content.ENTRIES if one not in hostile.ENTRIES]
    comments = [one for one in content.COMMENTS if one not in hostile.COMMENTS]
    return [f"{one.title} {one.words}" for one in entries] + [re.sub(r"<[^>]*>", " ", one.words) for one in comments]


def _words_of(text: str) -> list[str]:
    """The words of a text that Latin letters are enough for."""
    return re.findall(r"[a-z]+(?:['’][a-z]+)*", text.lower(), re.ASCII)


def _sums(many: int) -> list[float]:
    return list(accumulate(1 / (rank + _OFFSET) for rank in range(1, many + 1)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
