"""Ordering a pupil's portfolio: what goes in, a look at it, the order. All of it works without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.feeds import Mark, read_mark
from journal.learned import learned_places
from journal.pages import locale
from journal.portfolio import acts, choosing, reading
from journal.portfolio.forms import LOOK, TICK, Part, Typed, read_month, read_scope, read_typed, with_ticks
from journal.portfolio.inside import Preview
from journal.portfolio.scope import Scope, checked
from journal.portfolio.views import said
from journal.portfolio.views.blueprint import Answer, Hidden, Problem, Way, front_of, go, house, opened, refused
from journal.portfolio.views.words import Line, Option, inside_lines, month_words, outside_lines, scope_words
from journal.refusals import Reason, Refusal
from journal.words import Stand

OLDER = "older:"
LEAVES = 3
"""How many of the first things stand beside the cover."""


@dataclass(frozen=True, slots=True)
class OrderPage:
    """The first step: what goes in."""

    title: str
    lead: str
    url: str
    steps: Sequence[str]
    back: Way
    whose: said.Face | None
    other_url: str
    ask: said.Ask
    cover: said.Cover
    first: Sequence[said.Thing]
    mades: Sequence[said.Made]
    mades_title: str


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


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The second step: a look at it."""

    title: str
    what: str
    url: str
    steps: Sequence[str]
    inside: Sequence[Line]
    outside: Sequence[Line]
    told: str
    make_words: str
    empty: bool
    cover: said.Cover
    first: Sequence[said.Thing]


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule(
        "/portfolio/of/<uuid:membership>", view_func=open_to(*SIGNED_IN)(order), methods=["GET", "POST"]
    )


def order(membership: UUID) -> Answer:
    """Choose what goes in, look at it, order it."""
    if request.method == "GET":
        return _ask(membership, Typed())
    typed = read_typed(request.form)
    try:
        return _pressed(membership, typed)
    except Refusal as refusal:
        db().rollback()
        return _again(membership, typed, refused(refusal)), 400


def _pressed(pupil: UUID, typed: Typed) -> Answer:
    by_hand = typed.part == Part.CHOSEN
    if typed.do == "change":
        return _choose(pupil, typed) if by_hand and typed.step == LOOK else _ask(pupil, typed)
    if by_hand and typed.do == "look" and not typed.step:
        return _choose(pupil, typed)
    if by_hand and typed.do not in ("look", "order"):
        return _turn(pupil, typed)
    if typed.do == "order":
        found = acts.order(db(), viewer(), house(), pupil, read_scope(typed), locale())
        return go("portfolio.made", export=found.id)
    if typed.do != "look":
        raise Refusal(Reason.NOT_UNDERSTOOD)
    return _look(pupil, typed)


def _again(pupil: UUID, typed: Typed, problem: Problem) -> str:
    """The page that was sent, with what is wrong with it."""
    if typed.part == Part.CHOSEN and typed.step:
        return _choose(pupil, typed, (problem,))
    return _ask(pupil, typed, (problem,))


# --- what goes in -------------------------------------------------------------------------------------------------


def _ask(pupil: UUID, typed: Typed, problems: tuple[Problem, ...] = ()) -> str:
    book = opened(pupil, Scope())
    name, stand = book.pupil.name, book.stand
    page = OrderPage(
        title=_title(stand, name),
        lead={
            Stand.PUPIL: _("Your portfolio as a book, with your pictures and what people wrote back."),
            Stand.RELATIVE: _("A book of what %(name)s made, with pictures and what people wrote back.", name=name),
            Stand.SCHOOL: _("What was shared with %(name)s’s teachers, as a book of pages.", name=name),
        }[stand],
        url=_here(pupil),
        steps=said.steps(),
        back=front_of(stand),
        whose=said.face_of_pupil(book.pupil) if stand is not Stand.PUPIL else None,
        other_url=url_for("portfolio.front"),
        ask=ask_of(stand, name),
        cover=said.cover_of(book),
        first=said.things(choosing.listed(db(), book, limit=LEAVES)),
        mades=said.mades(reading.exports(db(), viewer())),
        mades_title=_("Ordered before"),
    )
    errors = {one.field: one.say for one in problems}
    return render_template("portfolio/order.html", page=page, typed=typed, problems=problems, errors=errors)


def ask_of(stand: Stand, name: str) -> said.Ask:
    """Return the question what goes in, as it is put to somebody."""
    places = learned_places()
    if stand is Stand.PUPIL:
        return said.Ask(
            legend=_("What goes in?"),
            all_words=_("Everything I made"),
            all_hint=_("All that you have handed in."),
            learned=places,
            lock_words=_("It is your own book. You see all of it, also what is just for you."),
            kept_out_words=_("Put in what I keep out, too"),
            kept_out_hint=_("It still stays out of everybody else’s book."),
        )
    if stand is Stand.RELATIVE:
        return said.Ask(
            legend=_("What goes in?"),
            all_words=_("Everything %(name)s has shown me", name=name),
            all_hint="",
            learned=places,
            lock_words=_("Only what you can see now is in it. %(name)s sees that you took it home.", name=name),
        )
    return said.Ask(
        legend=_("What goes in?"),
        all_words=_("Everything shared with teachers"),
        all_hint="",
        learned=places,
        lock_words=_(
            "“Just me” things and what is for the family alone are never in it. %(name)s sees who took it home.",
            name=name,
        ),
    )


def _title(stand: Stand, name: str) -> str:
    if stand is Stand.PUPIL:
        return str(_("Take my portfolio home"))
    if stand is Stand.RELATIVE:
        return str(_("Take home what %(name)s has shown you", name=name))
    return said.book_title(name)


def _here(pupil: UUID) -> str:
    return url_for("portfolio.order", membership=pupil)


# --- one by one ---------------------------------------------------------------------------------------------------


def _turn(pupil: UUID, typed: Typed) -> Answer:
    """Turn a page of the list, or tick a month; what is ticked stays so."""
    if typed.do in ("tick-month", "untick-month"):
        month = read_month(typed.month)
        if month is None:
            raise Refusal(Reason.NOT_A_DAY, "month")
        book = choosing.of_month(opened(pupil, _whole(typed)), month)
        ticked = with_ticks(typed, choosing.all_in(db(), book), typed.do == "tick-month")
        if ticked.chosen:
            checked(Scope(entries=frozenset(ticked.chosen)))
        return _choose(pupil, ticked)
    if typed.do == "show-month":
        return _choose(pupil, replace(typed, here="", shown=typed.month if read_month(typed.month) else ""))
    if typed.do == "newest":
        return _choose(pupil, replace(typed, here="", shown=""))
    if typed.do.startswith(OLDER):
        return _choose(pupil, replace(typed, here=typed.do.removeprefix(OLDER)))
    raise Refusal(Reason.NOT_UNDERSTOOD)


def _choose(pupil: UUID, typed: Typed, problems: tuple[Problem, ...] = ()) -> str:
    book = opened(pupil, _whole(typed))
    months = choosing.months(db(), book)
    shown, before = read_month(typed.shown), read_mark(typed.here)
    found = choosing.listed(db(), choosing.of_month(book, shown) if shown else book, before)
    page = ChoosePage(
        title=_title(book.stand, book.pupil.name),
        url=_here(pupil),
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
    fields = [*fields_of(typed, TICK), Hidden("listed", " ".join(one.entry.hex for one in found.rows))]
    return render_template("portfolio/choose.html", page=page, fields=fields, problems=problems)


def _whole(typed: Typed) -> Scope:
    return Scope(kept_out_too=typed.kept_out_too)


def _chosen_words(number: int) -> str:
    if not number:
        return str(_("Nothing is ticked yet."))
    return str(ngettext("%(num)s thing is ticked.", "%(num)s things are ticked.", number))


def fields_of(typed: Typed, step: str) -> list[Hidden]:
    """Return what a form carries along from the pages before it."""
    return [
        Hidden("step", step),
        Hidden("part", typed.part),
        Hidden("since", typed.since),
        Hidden("until", typed.until),
        *(Hidden("learned", one) for one in typed.learned),
        Hidden("chosen", typed.chosen_words),
        Hidden("kept_out_too", "yes" if typed.kept_out_too else ""),
        Hidden("here", typed.here),
        Hidden("shown", typed.shown),
    ]


# --- a look at it -------------------------------------------------------------------------------------------------


def _look(pupil: UUID, typed: Typed) -> str:
    book = opened(pupil, read_scope(typed))
    found = choosing.preview(db(), book)
    name, stand = book.pupil.name, book.stand
    # The school's preview would be a query over the eight: its leaves are blank.
    first = said.things(choosing.listed(db(), book, limit=LEAVES)) if stand is not Stand.SCHOOL else []
    page = PreviewPage(
        title=_title(stand, name),
        what=scope_words(book.wanted.scope, stand),
        url=_here(pupil),
        steps=said.steps(),
        inside=inside_lines(found) if found.entries else [Line("info", _("Nothing. Choose something else."))],
        outside=outside_lines({str(why): number for why, number in found.left_out.items()}, stand, name),
        told=told(stand, name),
        make_words=_("Make the book"),
        empty=not found.entries,
        cover=said.cover_of(book),
        first=first,
    )
    fields = fields_of(typed, LOOK)
    return render_template("portfolio/preview.html", page=page, fields=fields, problems=_empty(found))


def _empty(found: Preview) -> tuple[Problem, ...]:
    return () if found.entries else (replace(refused(Refusal(Reason.NOTHING_IN_IT)), field=""),)


def told(stand: Stand, name: str) -> str:
    """Return who will know."""
    if stand is Stand.PUPIL:
        return str(_("Nobody is told that you take your own book home."))
    if stand is Stand.RELATIVE:
        return str(_("%(name)s sees that you took it home.", name=name))
    return str(
        _("%(name)s sees who took it home for the school, and it is written into the school’s record.", name=name)
    )
