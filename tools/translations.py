"""What is said on the pages, collected from programme and templates, and what is wrong with a catalogue.

Two scripts stand on this: ``check_translations.py`` (part of ``make check``) and ``update_translations.py``
(``make messages``).
"""

import re
from collections import Counter
from collections.abc import Iterator
from gettext import c2py
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, read_po

SOURCE_LANGUAGE = "en"
LANGUAGES = ("en", "cy", "ur")
SOURCES = ("journal", "templates")
KEYWORDS = DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}

# The letters that a translation must have some of, where the language is not written in Latin ones.
SCRIPTS = {"ur": re.compile("[\u0600-\u06ff]")}
# Names that are the same everywhere, and words that a language writes as English does.
KEPT = {"Thirdspace", "English"}
SAME = {"cy": {"Help", "Staff"}}

# A name in Latin letters would carry the punctuation beside it to its other side on a page written from right to left.
# So every placeholder stands in an isolate: one that takes its direction from what is filled in (FSI), or, for lists of
# names (placeholders called in the plural), from right to left (RLI). A sentence that begins with one has a mark (RLM)
# before it, because dir="auto" looks into isolates; what is placeholders alone goes by what is filled in.
FIRST_STRONG, FROM_RIGHT, END = "\N{FIRST STRONG ISOLATE}", "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
MARK = "\N{RIGHT-TO-LEFT MARK}"
ISOLATED = re.compile(f"(?:^{MARK})?[{FIRST_STRONG}{FROM_RIGHT}]?(%\\((\\w+)\\)s){END}?")

PLACEHOLDER = re.compile(r"%\((\w+)\)([#0\- +]*[\d.]*[a-zA-Z])|%%|%")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
PO_LINE = re.compile(r'|#.*|(?:msg(?:ctxt|id|id_plural|str|str\[\d])\s*)?"(?:[^"\\]|\\.)*"')
LETTER = re.compile(r"[^\W\d_]")
WRITTEN = re.compile(r"[^\W\d_]|[،؛۔؟]")
"""What shows that somebody wrote words around the placeholders, or the marks of a script from right to left."""


def catalogue_path(root: Path, language: str) -> Path:
    """Where the catalogue of a language stands in the checkout ``root``."""
    return root / "journal" / "translations" / language / "LC_MESSAGES" / "messages.po"


def collect(root: Path) -> Catalog:
    """Every translatable message in the checkout, with the comments that stand by it for translators.

    Raises jinja2.TemplateSyntaxError or SyntaxError for a file that cannot be read.
    """
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog(project="Thirdspace", charset="utf-8")
    for source in SOURCES:
        if not (root / source).is_dir():
            continue
        messages = extract_from_dir(
            root / source,
            methods,
            options,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            # Babel's own choice would leave out templates/_parts.
            directory_filter=lambda folder: Path(folder).name != "__pycache__",
        )
        for name, line, words, comments, context in messages:
            found.add(words, locations=[(f"{source}/{name}", line)], auto_comments=comments, context=context)
    return found


def isolated(form: str, language: str) -> str:
    """A translation, with every placeholder in an isolate if the language is written from right to left."""
    if Locale.parse(language).text_direction == "ltr":
        return form
    mark = MARK if WRITTEN.search(PLACEHOLDER.sub("", form)) else ""

    def wrapped(match: re.Match[str]) -> str:
        start = FROM_RIGHT if match[2].endswith("s") else FIRST_STRONG
        return (mark if match.start() == 0 else "") + start + match[1] + END

    return ISOLATED.sub(wrapped, form)


def problems(wanted: Catalog, text: str, language: str) -> Iterator[str]:
    """All that is wrong with the catalogue ``text`` (a .po file) for what the pages say, one a line."""
    if broken := _broken_lines(text):
        yield f"cannot be read: line {broken[0]} is not well formed"
        return
    try:
        catalogue = read_po(StringIO(text), locale=language, abort_invalid=True)
    except (PoFileError, ValueError, UnicodeError) as error:
        yield f"cannot be read: {error}"
        return
    yield from _problems_of_whole(wanted, catalogue, text, language)
    for message in catalogue:
        if message.id:
            yield from (f"{_short(message)}: {each}" for each in _problems_of(message, catalogue, language))
    try:
        write_mo(BytesIO(), catalogue)
    except (ValueError, TypeError, AttributeError) as error:
        yield f"does not compile: {error}"


def _broken_lines(text: str) -> list[int]:
    """The numbers of the lines that gettext's own tools would not read; Babel reads over some of them."""
    lines = enumerate(text.splitlines(), start=1)
    return [number for number, line in lines if not PO_LINE.fullmatch(line.strip())]


def _problems_of_whole(wanted: Catalog, catalogue: Catalog, text: str, language: str) -> Iterator[str]:
    right = get_plural(language)
    if (catalogue.num_plurals, catalogue.plural_expr) != (right.num_plurals, right.plural_expr):
        yield f"Plural-Forms should be: {right.plural_forms}"
    here, there = {_key(each) for each in catalogue}, {_key(each) for each in wanted}
    yield from (f"{_short(each)}: is missing" for each in wanted if _key(each) not in here)
    yield from (f"{_short(each)}: no page says this any more" for each in catalogue if _key(each) not in there)
    yield from (f"{_short(each)}: is obsolete; take it out" for each in catalogue.obsolete.values())
    # The header stands for the empty message, which the length of a catalogue does not count.
    if len(re.findall(r"^msgid ", text, flags=re.MULTILINE)) > len(catalogue) + 1:
        yield "has a message twice"


def _problems_of(message: Message, catalogue: Catalog, language: str) -> Iterator[str]:
    if message.fuzzy:
        yield "is marked fuzzy"
    sources, forms = _as_forms(message.id), _as_forms(message.string)
    if not any(forms):
        if language != SOURCE_LANGUAGE:
            yield "is not translated"
        return
    if not all(forms):
        yield "has an empty form"
        return
    if message.pluralizable and len(forms) != catalogue.num_plurals:
        yield f"has {len(forms)} forms, should have {catalogue.num_plurals}"
    yield from _problems_of_placeholders(sources, forms, _for_many(language) if message.pluralizable else [0])
    for form in forms:
        yield from _problems_of_form(sources, form, language)


def _for_many(language: str) -> list[int]:
    """Which of a language's plural forms stand for more than one number: the last in Urdu, the first in Welsh."""
    told = Counter(map(c2py(get_plural(language).plural_expr), range(1000)))
    return [form for form, numbers in told.items() if numbers > 1]


def _problems_of_placeholders(sources: list[str], forms: list[str], many: list[int]) -> Iterator[str]:
    """A form for one number may leave it out ("one photo"); one for ``many`` has all that the source has."""
    of_sources = [_placeholders(each) for each in sources]
    possible, needed = frozenset.union(*of_sources), frozenset.intersection(*of_sources)
    for form in forms:
        has = _placeholders(form)
        if not needed <= has <= possible:
            yield f"placeholders differ: {', '.join(sorted(has ^ needed))}"
    for each in (forms[place] for place in many if place < len(forms)):
        if lacks := of_sources[-1] - _placeholders(each):
            yield f"a form for many numbers lacks: {', '.join(sorted(lacks))}"
    if not any("%" in _leftover(each) for each in sources) and any("%" in _leftover(each) for each in forms):
        yield "has a lone %; write %%"


def _problems_of_form(sources: list[str], form: str, language: str) -> Iterator[str]:
    if sorted(TAG.findall(form)) not in [sorted(TAG.findall(each)) for each in sources]:
        yield f"HTML differs: {' '.join(TAG.findall(form)) or 'none'}"
    elif not _is_nested(form):
        yield "HTML is not nested as it should be"
    if any(form[:1].isspace() != each[:1].isspace() for each in sources):
        yield "begins with a space where the other does not"
    if any(form[-1:].isspace() != each[-1:].isspace() for each in sources):
        yield "ends with a space where the other does not"
    if form != isolated(form, language):
        yield "a placeholder stands in no isolate; make messages puts it into one"
    script = SCRIPTS.get(language)
    bare = TAG.sub("", PLACEHOLDER.sub("", sources[-1]))
    if script and LETTER.search(bare) and sources[-1] not in KEPT and not script.search(form):
        yield "is not written in the script of its language"
    if LETTER.search(bare) and form in sources and sources[-1] not in KEPT | SAME.get(language, set()):
        yield "is English still"


class _Nesting(HTMLParser):
    """Follows the tags of a fragment; ``sound`` is false once one closes that was not the last to open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.sound = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.sound = self.sound and bool(self.open) and self.open.pop() == tag


def _is_nested(form: str) -> bool:
    nesting = _Nesting()
    nesting.feed(form)
    nesting.close()
    return nesting.sound and not nesting.open


def _placeholders(form: str) -> frozenset[str]:
    return frozenset(match.group() for match in PLACEHOLDER.finditer(form) if match.group(1))


def _leftover(form: str) -> str:
    """What is left when whole placeholders and doubled per cent signs are gone."""
    return PLACEHOLDER.sub(lambda match: "%" if match.group() == "%" else "", form)


def _as_forms(words: str | tuple[str, ...] | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _key(message: Message) -> tuple[str | None, tuple[str, ...]]:
    return message.context, tuple(_as_forms(message.id))


def _short(message: Message) -> str:
    words = " ".join(_as_forms(message.id)[0].split())
    return f'"{words[:60]}…"' if len(words) > 60 else f'"{words}"'
