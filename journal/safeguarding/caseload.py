"""One worry as a case: all that was told, its course in order, what is to be done, holds, and others like it."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.reasons import beyond
from journal.records import (
    Concern,
    ConcernAbout,
    ConcernCase,
    ConcernNote,
    ConcernStep,
    Grant,
    Hold,
    Item,
    Membership,
    School,
    Shown,
    SnapshotPicture,
    Trail,
)
from journal.refusals import Unseen
from journal.release import ACT
from journal.safeguarding.reading import Told, told
from journal.safeguarding.shapes import Alike, Case, Event, Held, Step
from journal.seeing import Viewer
from journal.words import STAFF, About, CaseState, Role, Verdict

OF_ITEM = frozenset(
    {"hand_in", "say", "edit", "delete", "take_back", "bring_back", "put_away_shown", *(one.value for one in Verdict)}
)
"""Acts on what a worry is about that belong to its course. What a child does in a draft or with doors does not."""
MOST_OF_ITEM = 60
OPENED, CLOSED = "open_unshared", "close_unshared"
"""That something was opened for it without being shared, and that it was closed again, or closed by itself."""


def main_of(session: Session, concern: UUID) -> UUID:
    """Return the worry that another was joined to, or itself. Raises ``Unseen`` for what one does not read."""
    row = session.execute(select(ConcernCase.joined_to_id).where(ConcernCase.concern_id == concern)).one_or_none()
    if row is None:
        raise Unseen
    return row[0] or concern


def case_for(session: Session, viewer: Viewer, concern: UUID) -> Case:
    """Return a case as the session's viewer reads it, in five queries however much there is. Raises ``Unseen``."""
    joined = select(ConcernCase.concern_id).where(ConcernCase.joined_to_id == concern)
    rows = session.execute(
        told()
        .add_columns(ConcernCase)
        .join(ConcernCase, ConcernCase.concern_id == Concern.id)
        .where(or_(Concern.id == concern, Concern.id.in_(joined)))
        .order_by(ConcernCase.joined_to_id.is_not(None), Concern.id)
    ).all()
    if not rows or rows[0][0].id != concern:
        raise Unseen
    found = Case(told=[Told(*row[:4]) for row in rows], case=rows[0][4])
    ids = [one.concern.id for one in found.told]
    _add_what_hangs_on_it(session, found, ids)
    _add_what_it_is_about(session, found)
    _add_names(session, viewer, found)
    found.pictures = list(
        session.scalars(
            select(SnapshotPicture)
            .where(SnapshotPicture.concern_id.in_(ids))
            .order_by(SnapshotPicture.concern_id, SnapshotPicture.position)
        )
    )
    found.course.sort(key=lambda one: one.at)
    return found


def _row(what: str, **columns: Any) -> Select[*tuple[Any, ...]]:
    """One kind of row of a union: all have the same columns, and leave empty what they have not."""
    return select(literal(what).label("what"), *(columns.get(name, none).label(name) for name, none in EMPTY.items()))


EMPTY: dict[str, ColumnElement[Any]] = {
    "id": cast(null(), Concern.id.type),
    "at": cast(null(), Concern.created_at.type),
    "by": cast(null(), Concern.id.type),
    "kind": literal(""),
    "words": literal(""),
    "other": cast(null(), Concern.id.type),
    "due": cast(null(), ConcernStep.due_on.type),
    "done": cast(null(), Concern.created_at.type),
    "done_by": cast(null(), Concern.id.type),
}


def _add_what_hangs_on_it(session: Session, found: Case, ids: list[UUID]) -> None:
    """Add notes, steps, holds, what was opened, whom it is about, and others about the same people, in one query."""
    note, step, hold, about = ConcernNote, ConcernStep, Hold, ConcernAbout
    shared = aliased(ConcernAbout)
    alike = (
        _row("alike", id=Concern.id, at=Concern.created_at, kind=_text(ConcernCase.state), other=shared.membership_id)
        .join(ConcernCase, ConcernCase.concern_id == Concern.id)
        .join(shared, shared.concern_id == Concern.id)
        .join(about, and_(about.membership_id == shared.membership_id, about.concern_id.in_(ids)))
        .where(shared.how != About.NEAR, about.how != About.NEAR, Concern.id.not_in(ids))
        .where(ConcernCase.joined_to_id.is_(None))
    )
    notes = {"by": note.by_id, "kind": _text(note.kind), "words": note.words, "other": note.about_id}
    steps = {"by": step.by_id, "words": step.words, "other": step.who_id, "due": step.due_on}
    done = {"done": step.done_at, "done_by": step.done_by_id}
    holds = {"by": hold.by_id, "words": hold.reason, "other": hold.pupil_id, "due": hold.review_on}
    whom = {"by": about.person_id, "kind": _text(about.how), "other": about.membership_id}
    over = func.coalesce(Grant.ended_at, Grant.until)
    opened = {"by": Grant.by_id, "words": Grant.reason, "other": Grant.pupil_id, "done": over}
    rows = union_all(
        _row("opened", id=Grant.id, at=Grant.created_at, **opened).where(Grant.concern_id.in_(ids)),
        _row("note", id=note.id, at=note.created_at, **notes).where(note.concern_id.in_(ids)),
        _row("step", id=step.id, at=step.created_at, **steps, **done).where(step.concern_id.in_(ids)),
        _row("hold", id=hold.id, at=hold.created_at, **holds).where(hold.concern_id.in_(ids), hold.ended_at.is_(None)),
        _row("about", id=about.id, at=about.created_at, **whom).where(about.concern_id.in_(ids)),
        alike,
    )
    for one in sorted(session.execute(rows).all(), key=lambda row: (row.at, str(row.id))):
        if one.what == "note":
            found.course.append(Event(one.at, one.by, one.kind, one.words, one.other))
        elif one.what == "step":
            found.steps.append(Step(one.id, one.words, one.other, one.due, one.done, one.done_by))
        elif one.what == "hold":
            found.holds.append(Held(one.id, one.at, one.by, one.words, one.other, one.due))
        elif one.what == "opened":
            found.course.append(Event(one.at, one.by, OPENED, one.words, one.other, one.id))
            if one.done <= now():
                found.course.append(Event(one.done, one.by, CLOSED, about=one.other, grant=one.id))
        elif one.what == "about":
            found.about.setdefault(one.other, (About(one.kind), one.by))
        else:
            found.alike.setdefault(one.id, Alike(one.id, one.at, CaseState(one.kind), one.other))


def _text(word: Any) -> ColumnElement[str]:
    return cast(word, String)


def _add_what_it_is_about(session: Session, found: Case) -> None:
    """Add what happened to what it is about, and how that stands now, in one query."""
    kept = [one.concern for one in found.told if one.concern.item_id is not None]
    items = [one.item_id for one in kept if one.item_id is not None]
    if not items:
        return
    thread = select(func.coalesce(Item.entry_id, Item.id)).where(Item.id.in_(items))
    mine = or_(Trail.subject_id.in_(items), Trail.subject_id.in_(thread))
    acts = _row("act", id=Trail.id, at=Trail.created_at, by=Trail.membership_id, kind=Trail.act, other=Trail.subject_id)
    latest = acts.where(Trail.school_id == found.concern.school_id, mine, Trail.act.in_(OF_ITEM))
    shown = _row("shown", id=Shown.id, at=Shown.released_at, other=Shown.item_id).where(Shown.item_id.in_(items))
    there = _row("item", id=Item.id, at=Item.created_at, done=Item.deleted_at, other=Item.id)
    with beyond(session, ACT):
        newest = latest.order_by(Trail.id.desc()).limit(MOST_OF_ITEM).subquery()
        rows = session.execute(union_all(select(newest), shown, there.where(Item.id.in_(items)))).all()
    for one in rows:
        if one.what == "act":
            found.course.append(Event(one.at, one.by, one.kind, about=one.other))
        elif one.what == "shown":
            found.shown.add(one.other)
        else:
            found.items[one.id] = one.done is not None


def _add_names(session: Session, viewer: Viewer, found: Case) -> None:
    """Add all names that stand in it, and the staff, who can be asked to do something, in one query."""
    wanted = {one for event in found.course for one in (event.by, event.about)} | set(found.about)
    wanted |= {one for step in found.steps for one in (step.who, step.done_by)}
    wanted |= {one for hold in found.holds for one in (hold.by, hold.pupil)}
    wanted |= {found.case.assigned_id, *(one.concern.talk_with_id for one in found.told)}
    staff = and_(Membership.role.in_(STAFF), Membership.ended_at.is_(None))
    rows = session.execute(
        select(Membership, School.second_lead_id)
        .join(School, School.id == Membership.school_id)
        .where(Membership.school_id == viewer.school, or_(staff, Membership.id.in_(wanted - {None})))
        .order_by(Membership.name, Membership.id)
    ).all()
    found.names = {row[0].id: row[0] for row in rows}
    barred = {person for _, person in found.about.values()}
    there = [(row[0], row[0].role is Role.LEAD or row[0].id == row[1]) for row in rows if _works_here(row[0])]
    found.staff = [one for one, _ in there if one.person_id not in barred]
    usual = [one for one, reads in there if reads]
    to_head = not usual or any(one.person_id in barred for one in usual)
    found.owners = [one for one in found.staff if one in usual or (to_head and one.role is Role.HEAD)]


def _works_here(member: Membership) -> bool:
    return member.role in STAFF and member.ended_at is None
