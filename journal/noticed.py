"""What the moderation aids noticed, in words: for those who decide, and as a kind question for those who write."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journal.aids import Found, Texts
from journal.flagging import OWN, Raised
from journal.languages import LANGUAGES
from journal.saying import gettext as _
from journal.text import trusted, with_marks
from journal.words import FlagKind

QUOTED = 80
"""Letters of what was noticed that are said again; a link may be as long as a page."""
ICONS = {
    FlagKind.PHONE: ("phone", "poppy"),
    FlagKind.EMAIL: ("envelope-simple", "poppy"),
    FlagKind.HANDLE: ("user-circle", "poppy"),
    FlagKind.LINK: ("link", "poppy"),
    FlagKind.POSTCODE: ("house", "poppy"),
    FlagKind.ADDRESS: ("house", "poppy"),
    FlagKind.NAME: ("identification-card", "poppy"),
    FlagKind.WORD: ("smiley-sad", "sun"),
    FlagKind.LONG: ("note", ""),
    FlagKind.EMOJI: ("image", ""),
    FlagKind.CHANGED: ("arrow-clockwise", ""),
    FlagKind.NEW_RELATIVE: ("hand-waving", ""),
}


@dataclass(frozen=True, slots=True)
class FlagWords:
    """One thing that was noticed, as ``_parts/flags.html`` wants it."""

    label: str
    icon: str
    tone: str
    words: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class RowMark:
    """The mark of a flag on a row of the list, as ``_parts/queue.html`` wants it."""

    words: str
    icon: str
    tone: str


@dataclass(frozen=True, slots=True)
class Question:
    """One thing about which a writer is asked: the words, what they are, and why we ask."""

    words: str
    label: str
    why: str
    digest: str


def label_of(kind: FlagKind) -> str:
    """Return what an aid noticed, in a word or two."""
    words: dict[FlagKind, str] = {
        FlagKind.PHONE: _("Phone number"),
        FlagKind.EMAIL: _("E-mail address"),
        FlagKind.HANDLE: _("Name on an app"),
        FlagKind.LINK: _("Link"),
        FlagKind.POSTCODE: _("Postcode"),
        FlagKind.ADDRESS: _("Address"),
        FlagKind.NAME: _("Full name"),
        FlagKind.WORD: _("Might be unkind"),
        FlagKind.LONG: _("Very long"),
        FlagKind.EMOJI: _("Many emoji"),
        FlagKind.CHANGED: _("Much is new"),
        FlagKind.NEW_RELATIVE: _("Writes for the first time"),
    }
    return words[kind]


def _why(kind: FlagKind, why: str) -> str:
    """Why a moderator may want to look."""
    if kind is FlagKind.WORD:
        if why == OWN:
            return str(_("It is on the school’s own list of words."))
        return str(_("It is on the list of words: %(language)s.", language=LANGUAGES.get(why, why)))
    words: dict[FlagKind, str] = {
        FlagKind.PHONE: _("Anybody who reads it could ring."),
        FlagKind.EMAIL: _("Anybody who reads it could write to them."),
        FlagKind.HANDLE: _("Anybody who reads it could find them on an app."),
        FlagKind.LINK: _("It leads away from here."),
        FlagKind.POSTCODE: _("It tells where somebody lives."),
        FlagKind.ADDRESS: _("It tells where somebody lives."),
        FlagKind.NAME: _("Somebody of this school, by first and last name."),
        FlagKind.LONG: _("It may take a while to read."),
        FlagKind.EMOJI: _("There are many small pictures in it."),
        FlagKind.CHANGED: _("It says mostly other things than what they see now."),
        FlagKind.NEW_RELATIVE: _("It is the first thing that they write here."),
    }
    return words[kind]


def where_words(part: str) -> str:
    """Return in which part of an item something stands."""
    name, _dash, number = part.partition("-")
    if name == "title":
        return str(_("in the name"))
    if name in ("caption", "description"):
        return str(_("under picture %(num)s", num=number))
    return str(_("in the words"))


def flag_words(raised: Iterable[Raised], texts: Texts) -> list[FlagWords]:
    """Return what was noticed, for the page on which it is decided."""
    found = []
    for one in raised:
        words = texts.get(one.where, "")[one.start : one.end]
        icon, tone = ICONS[one.kind]
        found.append(
            FlagWords(label_of(one.kind), icon, tone, _short(words), where_words(one.where), _why(one.kind, one.why))
        )
    return found


def row_marks(raised: Iterable[Raised]) -> list[RowMark]:
    """Return the marks of a row in the list, each kind once."""
    return [RowMark(label_of(kind), *ICONS[kind]) for kind in dict.fromkeys(one.kind for one in raised)]


def marked(html: Markup, raised: Iterable[Raised], words: str) -> Markup:
    """Return the words of an item as HTML in which what was noticed is marked."""
    return trusted(with_marks(str(html), {words[one.start : one.end] for one in raised if one.where == "words"}))


def questions(found: Sequence[tuple[Found, str]], texts: Texts, pupil: bool) -> list[Question]:
    """Return what a writer is asked, each thing once, with its mark."""
    asked: dict[str, Question] = {}
    for one, digest in found:
        words = _short(texts[one.where][one.start : one.end])
        asked[digest] = Question(words, label_of(one.kind), _ask(one.kind, pupil), digest)
    return list(asked.values())


def _ask(kind: FlagKind, pupil: bool) -> str:
    """Why we ask, for a child of seven, or for a grown-up."""
    if not pupil:
        words = {
            FlagKind.WORD: _("This could hurt somebody who reads it."),
            FlagKind.LINK: _("Children may read this, and a link leads away from here."),
        }
        return str(words.get(kind) or _("Others may read this. It tells how to find somebody."))
    words = {
        FlagKind.PHONE: _("People you do not know could ring it."),
        FlagKind.EMAIL: _("People you do not know could write to it."),
        FlagKind.HANDLE: _("People you do not know could find you there."),
        FlagKind.LINK: _("It goes to a place that we do not know."),
        FlagKind.POSTCODE: _("It tells people where somebody lives."),
        FlagKind.ADDRESS: _("It tells people where somebody lives."),
        FlagKind.NAME: _("It is somebody’s whole name. A first name is enough."),
        FlagKind.WORD: _("This word can hurt somebody."),
    }
    return str(words[kind])


def _short(words: str) -> str:
    return words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
