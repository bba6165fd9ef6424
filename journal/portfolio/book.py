"""The portfolio as a book: pages that open from a folder, in any browser, with no network, for decades."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from journal.languages import direction_of, formats_of, translations
from journal.names import Known
from journal.portfolio.shapes import Found, Why
from journal.text import direction, excerpt, without_links
from journal.words import Learned, Stand

_HERE = Path(__file__).parent.parent
TOP = _HERE if (_HERE / "templates").is_dir() else _HERE.parent
"""Where templates and static files stand: inside the package in a wheel, beside it in a checkout."""

LOOK = (
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
    "bricolage-grotesque-latin-wght-normal.woff2",
    "bricolage-grotesque-latin-ext-wght-normal.woff2",
    "noto-nastaliq-urdu-arabic-400-normal.woff2",
    "noto-nastaliq-urdu-arabic-700-normal.woff2",
    "LICENSE-atkinson-hyperlegible-next.txt",
    "LICENSE-bricolage-grotesque.txt",
    "LICENSE-noto-nastaliq-urdu.txt",
)
"""The fonts that every portfolio carries, with their licences."""

DEEPEST = 3
"""How far answers are moved in, in steps."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What is the same on all pages of one portfolio."""

    name: str
    school: str
    stand: Stand
    reader: str
    """For whom it was made, as the pupil's family or the school calls them."""
    language: str
    made: datetime
    first: datetime
    last: datetime
    zone: ZoneInfo
    """Whose days and months are written."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents."""

    title: str
    dir: str
    day: str
    href: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the contents, and the page on which its entries stand."""

    name: str
    file: str
    lines: tuple[Line, ...]


def look_files() -> Iterator[tuple[str, Path]]:
    """Return the files that make a book look as it does: their names in the portfolio, and where they are kept."""
    yield "look/book.css", TOP / "static" / "book" / "book.css"
    for name in LOOK:
        yield f"look/{name}", TOP / "static" / "fonts" / name


class Book:
    """The pages of one portfolio, in its reader's language."""

    def __init__(self, cover: Cover) -> None:
        self.cover = cover
        words = translations(cover.language)
        self._words = words
        self._given: dict[str, Any] = {
            "cover": cover,
            "lang": cover.language,
            "page_dir": direction_of(cover.language),
            "day": self.day,
            "short_day": self.short_day,
            "month_name": self.month_name,
            "title_of": self.title_of,
            "called": self.called,
            "learned": self.learned,
            "dir_of": direction,
            "words_of": lambda revision: without_links(revision.html),
            "step": lambda said: min(said.depth, DEEPEST),
            "Stand": Stand,
        }

    def day(self, moment: datetime) -> str:
        """Return a day in full, such as "Sunday 22 November 2026"."""
        return _format(moment.astimezone(self.cover.zone).date(), "full", self.cover.language)

    def short_day(self, moment: datetime) -> str:
        """Return a day without its name, such as "22 November 2026"."""
        return _format(moment.astimezone(self.cover.zone).date(), "long", self.cover.language)

    def month_name(self, moment: datetime) -> str:
        """Return a month, such as "November 2026"."""
        return _format(moment.astimezone(self.cover.zone).date().replace(day=1), "LLLL y", self.cover.language)

    def title_of(self, found: Any) -> str:
        """Return what an entry is called; one without a name is called by its first words."""
        return found.title or excerpt(found.words, 60) or str(self._words.gettext("A picture"))

    def called(self, one: Known) -> str:
        """Return what the reader calls somebody: "Grandad Joe", or from further away "Maya’s Grandad Joe"."""
        if not one.of_pupil:
            return one.name
        words = self._words.gettext("%(child)s’s %(name)s")
        return str(words) % {"child": one.of_pupil, "name": one.name}

    def learned(self, places: Iterable[str]) -> list[str]:
        """Return where something was learned, in words."""
        _ = self._words.gettext
        labels: dict[str, str] = {
            Learned.HOME: _("At home"),
            Learned.OUTDOORS: _("Outdoors"),
            Learned.FAMILY: _("With family"),
            Learned.CLUB: _("A club"),
            Learned.TRIP: _("A trip"),
            Learned.LIBRARY: _("Library or museum"),
            Learned.WORSHIP: _("Mosque, church, temple"),
            Learned.LANGUAGE: _("In my other language"),
            Learned.SCHOOL: _("At school"),
        }
        return [labels[place] for place in places if place in labels]

    def months(self, entries: Iterable[Found]) -> list[Month]:
        """Return the contents: the months in which there is something, oldest first, each with its entries."""
        return [
            Month(self.month_name(many[0].at), f"{key}.html", tuple(self._line(key, one) for one in many))
            for key, many in by_month(entries, self.cover.zone)
        ]

    def _line(self, key: str, one: Found) -> Line:
        title = self.title_of(one)
        return Line(title, direction(title), self.day(one.at), f"{key}.html#e-{one.entry.hex}")

    def page(self, template: str, **given: Any) -> Iterator[bytes]:
        """Return one page, piece by piece: a year of entries never stands in memory at once."""
        page = _environment(self.cover.language).get_template(f"portfolio/book/{template}")
        for piece in page.generate(**self._given, **given):
            yield piece.encode()

    def why(self, left_out: dict[str, int], name: str = "") -> list[str]:
        """Return what is not in the portfolio, and why, a line each; ``name`` is the pupil's, if not the cover's."""
        ngettext = self._words.ngettext
        said = {
            Why.KEPT_OUT: lambda n: ngettext(
                "%(num)s thing that %(name)s keeps out of the portfolio",
                "%(num)s things that %(name)s keeps out of the portfolio",
                n,
            ),
            Why.DRAFT: lambda n: ngettext(
                "%(num)s thing that is still being made", "%(num)s things that are still being made", n
            ),
            Why.NOT_READY: lambda n: ngettext(
                "%(num)s picture that was not ready or is broken",
                "%(num)s pictures that were not ready or are broken",
                n,
            ),
            Why.HIDDEN: lambda n: ngettext(
                "%(num)s comment that you have hidden", "%(num)s comments that you have hidden", n
            ),
            Why.MISSING: lambda n: ngettext(
                "%(num)s picture whose file could not be found", "%(num)s pictures whose files could not be found", n
            ),
        }
        found = [(said[why](left_out[why]), left_out[why]) for why in Why if left_out.get(why)]
        return [str(words) % {"num": number, "name": name or self.cover.name} for words, number in found]


def by_month(entries: Iterable[Found], zone: ZoneInfo) -> Iterator[tuple[str, list[Found]]]:
    """Return entries, which stand in the order of time, by their months: ("2026-11", those of it)."""
    for key, many in groupby(entries, key=lambda one: one.at.astimezone(zone).strftime("%Y-%m")):
        yield key, list(many)


@cache
def _environment(language: str) -> Environment:
    """The templates with the words of a language; compiled once, for that is dearer than a small portfolio."""
    found = Environment(
        loader=FileSystemLoader(TOP / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    return found


def _format(day: date, how: str, language: str) -> str:
    return str(format_date(day, how, locale=formats_of(language)))
