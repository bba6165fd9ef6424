"""What the pages of portfolios say, to a pupil, to family and to the school."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.dates import format_date
from babel.numbers import format_decimal
from flask_babel import ngettext

from journal.languages import formats_of, listed
from journal.learned import learned_places
from journal.pages import locale
from journal.portfolio.book import look_files
from journal.portfolio.scope import Scope
from journal.portfolio.shapes import Preview, Why
from journal.saying import gettext as _
from journal.words import Stand

MEGABYTE = 1_000_000
GIGABYTE = 1000 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is in it or stays out."""

    icon: str
    words: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    label: str


def day_words(day: date) -> str:
    """Return a day with its year."""
    return str(format_date(day, "d MMMM y", locale=formats_of(locale())))


def month_words(month: date) -> str:
    """Return a month with its year."""
    return str(format_date(month, "LLLL y", locale=formats_of(locale())))


def scope_words(scope: Scope, stand: Stand) -> str:
    """Return what was chosen, as a line over it."""
    if scope.entries is not None:
        return str(_("What you chose one by one"))
    said = [_days_words(scope)] if scope.since or scope.until else []
    if scope.learned:
        places = [one.label for one in learned_places() if one.value in scope.learned]
        said.append(_("Learned: %(names)s", names=listed(places, locale(), "or")))
    if not said:
        said = [
            {
                Stand.PUPIL: _("Everything you made"),
                Stand.RELATIVE: _("Everything you have been shown"),
                Stand.SCHOOL: _("Everything shared with teachers"),
            }[stand]
        ]
    return " · ".join(str(one) for one in said)


def _days_words(scope: Scope) -> str:
    if scope.since and scope.until:
        return str(_("From %(day)s until %(last)s", day=day_words(scope.since), last=day_words(scope.until)))
    if scope.since:
        return str(_("From %(day)s", day=day_words(scope.since)))
    return str(_("Until %(last)s", last=day_words(scope.until))) if scope.until else ""


def size_words(length: int) -> str:
    """Return a number of bytes in words."""
    if length < MEGABYTE:
        return str(_("less than a megabyte"))
    if length < GIGABYTE:
        return str(ngettext("about %(num)s megabyte", "about %(num)s megabytes", round(length / MEGABYTE)))
    number = format_decimal(round(length / GIGABYTE, 1), locale=formats_of(locale()))
    return str(_("about %(size)s gigabytes", size=number))


def inside_lines(found: Preview, books: int = 1) -> list[Line]:
    """Return what is in it, a line each; ``books`` are as many portfolios as the file holds, each with its own look."""
    lines = [Line("note-pencil", things(found.entries), "i--leaf")]
    if found.photos:
        lines.append(Line("images", pictures(found.photos), "i--leaf"))
    if found.comments:
        words = ngettext("%(num)s time somebody wrote back", "%(num)s times somebody wrote back", found.comments)
        lines.append(Line("chat-circle-dots", words, "i--leaf"))
    if found.entries:
        size = size_words(found.bytes + books * _look_bytes())
        lines.append(Line("file-zip", _("One file: %(size)s", size=size), "i--leaf"))
    return lines


@cache
def _look_bytes() -> int:
    """How much the files weigh that make a book look as it does: a class's file has them once for each pupil."""
    return sum(path.stat().st_size for _name, path in look_files())


def things(number: int) -> str:
    """Return how many things."""
    return str(ngettext("%(num)s thing", "%(num)s things", number))


def pictures(number: int) -> str:
    """Return how many pictures."""
    return str(ngettext("%(num)s picture", "%(num)s pictures", number))


def outside_lines(left_out: Mapping[str, int], stand: Stand, name: str) -> list[Line]:
    """Return what stays out and why, a line each; ``name`` is the pupil's, '' for a class."""
    order = [one for one in Why if left_out.get(one)]
    return [Line(_ICONS[one], _outside(one, left_out[one], stand, name)) for one in order]


_ICONS = {
    Why.KEPT_OUT: "archive",
    Why.DRAFT: "pencil-simple-line",
    Why.NOT_READY: "hourglass-medium",
    Why.HIDDEN: "eye-slash",
    Why.MISSING: "image",
}


def _outside(why: Why, number: int, stand: Stand, name: str) -> str:
    if why is Why.KEPT_OUT and stand is Stand.PUPIL:
        return str(
            ngettext(
                "%(num)s thing that you keep out of your portfolio",
                "%(num)s things that you keep out of your portfolio",
                number,
            )
        )
    if why is Why.KEPT_OUT and name:
        return str(
            ngettext(
                "%(num)s thing that %(name)s keeps out of the portfolio",
                "%(num)s things that %(name)s keeps out of the portfolio",
                number,
                name=name,
            )
        )
    said = {
        Why.KEPT_OUT: lambda: ngettext(
            "%(num)s thing that a pupil keeps out of the portfolio",
            "%(num)s things that pupils keep out of the portfolio",
            number,
        ),
        Why.DRAFT: lambda: ngettext(
            "%(num)s thing that you are still making", "%(num)s things that you are still making", number
        ),
        Why.NOT_READY: lambda: ngettext(
            "%(num)s picture that is not ready", "%(num)s pictures that are not ready", number
        ),
        Why.HIDDEN: lambda: ngettext(
            "%(num)s time somebody wrote back, which you hid",
            "%(num)s times somebody wrote back, which you hid",
            number,
        ),
        Why.MISSING: lambda: ngettext(
            "%(num)s picture whose file is not there any more",
            "%(num)s pictures whose files are not there any more",
            number,
        ),
    }
    return str(said[why]())


def summed(many: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """Return how much stays out of several, by why."""
    found: dict[str, int] = {}
    for one in many:
        for why, number in one.items():
            found[why] = found.get(why, 0) + number
    return found
