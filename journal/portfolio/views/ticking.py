"""Ticking what goes in, one by one or a month at a time, over as many pages as there are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import render_template
from flask_babel import ngettext

from journal.doors import db
from journal.feeds import Mark, read_mark
from journal.pages import zone
from journal.portfolio import choosing
from journal.portfolio.forms import TICK, Typed, read_month, with_ticks
from journal.portfolio.scope import Scope, checked
from journal.portfolio.views import said
from journal.portfolio.views.asking import here_of, title_of
from journal.portfolio.views.blueprint import Hidden, Problem, carried, opened
from journal.portfolio.views.words import Option, month_words
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _

OLDER = "older:"


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """Ticking one by one."""

    title: str
    url: str
    steps: Sequence[str]
    rows: Sequence[said.Thing]
    months: Sequence[Option]
    month: str
    older: Mark | None
    newer: bool
    chosen_words: str
    none_title: str
    none_words: str


def turned(pupil: UUID, typed: Typed) -> Typed:
    """Return the form with a page of the list turned, or a month ticked; what is ticked stays so."""
    if typed.do in ("tick-month", "untick-month"):
        month = read_month(typed.month)
        if month is None:
            raise Refusal(Reason.NOT_A_DAY, "month")
        book = choosing.of_month(opened(pupil, _whole(typed)), month)
        ticked = with_ticks(typed, choosing.all_in(db(), book), typed.do == "tick-month")
        if ticked.chosen:
            checked(Scope(entries=frozenset(ticked.chosen)))
        return ticked
    if typed.do == "show-month":
        return replace(typed, here="", shown=typed.month if read_month(typed.month) else "")
    if typed.do == "newest":
        return replace(typed, here="", shown="")
    if typed.do.startswith(OLDER):
        return replace(typed, here=typed.do.removeprefix(OLDER))
    raise Refusal(Reason.NOT_UNDERSTOOD)


def choose(pupil: UUID, typed: Typed, problems: tuple[Problem, ...] = ()) -> str:
    """Return a page of the list. Raises ``Unseen``."""
    book = opened(pupil, _whole(typed))
    months = choosing.months(db(), book)
    shown, before = read_month(typed.shown), read_mark(typed.here)
    found = choosing.listed(db(), choosing.of_month(book, shown) if shown else book, before)
    page = ChoosePage(
        title=title_of(book.stand, book.pupil.name),
        url=here_of(pupil),
        steps=said.steps(),
        rows=said.things(found, typed.chosen),
        months=[Option(one.strftime("%Y-%m"), month_words(one)) for one in months],
        month=typed.month,
        older=found.older,
        newer=before is not None or shown is not None,
        chosen_words=_chosen_words(len(typed.chosen)),
        none_title=_("Nothing here"),
        none_words=_("There is nothing in this month.") if shown else _("There is nothing to choose from yet."),
    )
    fields = [*carried(typed, TICK), Hidden("listed", " ".join(one.entry.hex for one in found.rows))]
    return render_template("portfolio/choose.html", page=page, fields=fields, problems=problems)


def _whole(typed: Typed) -> Scope:
    return Scope(kept_out_too=typed.kept_out_too, zone=zone().key)


def _chosen_words(number: int) -> str:
    if not number:
        return str(_("Nothing is ticked yet."))
    return str(ngettext("%(num)s thing is ticked.", "%(num)s things are ticked.", number))
