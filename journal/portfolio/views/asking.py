"""The first step to a portfolio: what goes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, url_for

from journal.doors import db, viewer
from journal.faces import Face
from journal.learned import learned_places
from journal.portfolio import choosing, reading
from journal.portfolio.forms import Typed
from journal.portfolio.scope import EVERYTHING
from journal.portfolio.views import said
from journal.portfolio.views.blueprint import Problem, Way, front_of, opened
from journal.portfolio.views.state import Made, mades
from journal.saying import gettext as _
from journal.words import Stand

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
    whose: Face | None
    other: Way
    """To choose somebody else, or another class."""
    ask: said.Ask
    cover: said.Cover
    first: Sequence[said.Thing]
    mades: Sequence[Made]
    mades_title: str


def ask(pupil: UUID, typed: Typed, problems: tuple[Problem, ...] = ()) -> str:
    """Return the page that asks what goes in, with what was typed and what is wrong with it. Raises ``Unseen``."""
    book = opened(pupil, EVERYTHING)
    name, stand = book.pupil.name, book.stand
    page = OrderPage(
        title=title_of(stand, name),
        lead={
            Stand.PUPIL: _("Your portfolio as a book, with your pictures and what people wrote back."),
            Stand.RELATIVE: _("A book of what %(name)s made, with pictures and what people wrote back.", name=name),
            Stand.SCHOOL: _("What was shared with %(name)s’s teachers, as a book of pages.", name=name),
        }[stand],
        url=here_of(pupil),
        steps=said.steps(),
        back=front_of(stand),
        whose=said.face_of_pupil(book.pupil) if stand is not Stand.PUPIL else None,
        other=Way(url_for("portfolio.front"), _("Someone else")),
        ask=ask_of(stand, name),
        cover=said.cover_of(book),
        first=said.things(choosing.listed(db(), book, limit=LEAVES)),
        mades=mades(reading.exports(db(), viewer())),
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


def title_of(stand: Stand, name: str) -> str:
    """Return what stands over the steps."""
    if stand is Stand.PUPIL:
        return str(_("Take my portfolio home"))
    if stand is Stand.RELATIVE:
        return str(_("Take home what %(name)s has shown you", name=name))
    return said.book_title(name)


def here_of(pupil: UUID) -> str:
    """Return the address of the steps."""
    return url_for("portfolio.order", membership=pupil)
