"""The first page of portfolios: a pupil's own, a relative's children, for the school the pupils of a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.feeds import read_mark
from journal.pages import face_url, when
from journal.portfolio import choosing, reading
from journal.portfolio.choosing import Listed
from journal.portfolio.forms import read_id
from journal.portfolio.orderers import stand_of
from journal.portfolio.scope import EVERYTHING
from journal.portfolio.views import said
from journal.portfolio.views.blueprint import Answer, opened
from journal.portfolio.views.entries import IN, OUT
from journal.portfolio.views.state import Made, mades
from journal.records import Membership
from journal.refusals import Unseen
from journal.saying import gettext as _
from journal.talking import called
from journal.words import Role, Stand


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody who took a portfolio home."""

    name: str
    face_url: str | None
    when: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Something that was put in or left out a moment ago, and the way back."""

    entry: UUID
    words: str
    put: str


@dataclass(frozen=True, slots=True)
class MinePage:
    """A pupil's portfolio."""

    order_url: str
    before: str
    things: Sequence[said.Thing]
    older: str | None
    newest: str | None
    stayers: Sequence[said.Thing]
    more_stay_out: bool
    takers: Sequence[Taker]
    mades: Sequence[Made]


@dataclass(frozen=True, slots=True)
class Person:
    """A pupil to choose."""

    url: str
    name: str
    face_url: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """A class to choose."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Whose portfolio."""

    title: str
    lead: str
    who_may_url: str
    filters: Sequence[Filter]
    group: str
    class_url: str
    people: Sequence[Person]
    none_words: str
    mades: Sequence[Made]
    mades_title: str


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule("/portfolio", view_func=open_to(*SIGNED_IN)(front), methods=["GET"])


def front() -> Answer:
    """A pupil's own portfolio, or the choice whose it is to be."""
    stand = stand_of(viewer())
    if stand is Stand.PUPIL:
        return _mine()
    return _children() if stand is Stand.RELATIVE else _school()


def _mine() -> str:
    me, before = viewer(), read_mark(request.args.get("before"))
    found = choosing.listed(db(), opened(me.membership, EVERYTHING), before)
    out = reading.kept_out(db(), me)
    stayers = Listed(out.entries, out.before, choosing.first_photos(db(), [one.revision for one in out.entries]))
    page = MinePage(
        order_url=url_for("portfolio.order", membership=me.membership),
        before=str(before) if before else "",
        things=said.things(found),
        older=url_for("portfolio.front", before=str(found.older)) if found.older else None,
        newest=url_for("portfolio.front") if before else None,
        stayers=said.things(stayers),
        more_stay_out=stayers.older is not None,
        takers=[_taker(one) for one in reading.taken_home(db(), me)],
        mades=mades(reading.exports(db(), me)),
    )
    return render_template("portfolio/mine.html", page=page, undo=_moved())


def _taker(one: reading.Taken) -> Taker:
    name = called(one.who)
    words = _("%(name)s, for the school", name=name) if one.stand is Stand.SCHOOL else name
    return Taker(str(words), face_url(one.who.membership, one.who.has_face), when(one.at))


def _moved() -> Moved | None:
    moved = read_id(request.args.get("moved"))
    try:
        title, out = choosing.own_thing(db(), viewer(), moved) if moved else ("", False)
    except Unseen:
        return None
    if moved is None:
        return None
    name = title or _("It")
    if out:
        return Moved(moved, _("%(title)s stays out now.", title=name), IN)
    return Moved(moved, _("%(title)s is in it now.", title=name), OUT)


def _children() -> Answer:
    children = reading.children(db(), viewer())
    if len(children) == 1:
        return redirect(url_for("portfolio.order", membership=children[0].id))
    page = FrontPage(
        title=_("Portfolios"),
        lead=_("Take home what a child has shown you, as a book to keep."),
        who_may_url="",
        filters=[],
        group=_("Whose portfolio?"),
        class_url="",
        people=[_person(one) for one in children],
        none_words=_("No child’s door leads here now."),
        mades=mades(reading.exports(db(), viewer())),
        mades_title=_("Ordered before"),
    )
    return render_template("portfolio/front.html", page=page)


def _school() -> str:
    """For the head, and whom the head named. Raises ``Unseen`` for anybody else."""
    me = viewer()
    if not reading.may_take_for_school(db(), me):
        raise Unseen
    groups = reading.classes(db(), me)
    wanted = read_id(request.args.get("group"))
    chosen = next((one for one, _pupils in groups if one.id == wanted), groups[0][0] if groups else None)
    pupils = reading.class_of(db(), me, chosen.id)[1] if chosen else []
    filters = [
        Filter(url_for("portfolio.front", group=one.id), one.name, chosen is not None and one.id == chosen.id)
        for one, _pupils in groups
    ]
    page = FrontPage(
        title=_("Portfolios"),
        lead=_("What pupils shared with their teachers, to hand over. Pupils see who took theirs home."),
        who_may_url=url_for("portfolio.who_may") if me.role is Role.HEAD else "",
        filters=filters,
        group=chosen.name if chosen else _("No class"),
        class_url=url_for("portfolio.order_class", group=chosen.id) if chosen else "",
        people=[_person(one) for one in pupils],
        none_words=_("No pupil is in a class yet."),
        mades=mades(reading.exports(db(), me)),
        mades_title=_("Ordered by you"),
    )
    return render_template("portfolio/front.html", page=page)


def _person(one: Membership) -> Person:
    return Person(url_for("portfolio.order", membership=one.id), one.name, face_url(one.id, bool(one.face)))
