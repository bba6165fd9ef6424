"""The second step to a portfolio: a look at what would be in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import render_template

from journal.doors import db
from journal.pages import zone
from journal.portfolio import choosing
from journal.portfolio.forms import LOOK, Typed, read_scope
from journal.portfolio.shapes import Preview
from journal.portfolio.views import said
from journal.portfolio.views.asking import LEAVES, here_of, title_of
from journal.portfolio.views.blueprint import Problem, carried, opened, refused
from journal.portfolio.views.words import Line, inside_lines, outside_lines, scope_words
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.words import Stand


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


def look(pupil: UUID, typed: Typed) -> str:
    """Return the page that shows what would be in it. Raises ``Unseen``, and Refusal for what cannot be asked for."""
    book = opened(pupil, read_scope(typed, zone().key))
    found = choosing.preview(db(), book)
    name, stand = book.pupil.name, book.stand
    # The school's preview would be a query over the eight: its leaves are blank.
    first = said.things(choosing.listed(db(), book, limit=LEAVES)) if stand is not Stand.SCHOOL else []
    page = PreviewPage(
        title=title_of(stand, name),
        what=scope_words(book.wanted.scope, stand),
        url=here_of(pupil),
        steps=said.steps(),
        inside=inside_lines(found) if found.entries else [Line("info", _("Nothing. Choose something else."))],
        outside=outside_lines({str(why): number for why, number in found.left_out.items()}, stand, name),
        told=_told(stand, name),
        make_words=_("Make the book"),
        empty=not found.entries,
        cover=said.cover_of(book),
        first=first,
    )
    fields = carried(typed, LOOK)
    return render_template("portfolio/preview.html", page=page, fields=fields, problems=nothing_in(found))


def nothing_in(found: Preview) -> tuple[Problem, ...]:
    """Return what is wrong with an empty one."""
    return () if found.entries else (replace(refused(Refusal(Reason.NOTHING_IN_IT)), field=""),)


def _told(stand: Stand, name: str) -> str:
    """Return who will know."""
    if stand is Stand.PUPIL:
        return str(_("Nobody is told that you take your own book home."))
    if stand is Stand.RELATIVE:
        return str(_("%(name)s sees that you took it home.", name=name))
    return str(
        _("%(name)s sees who took it home for the school, and it is written into the school’s record.", name=name)
    )
