"""What was said to pictures: the office's table of a class, what a carer and a pupil read of it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from journal.conditions import table, there_is
from journal.consents import Said, counts, newest, what_holds
from journal.reasons import beyond
from journal.records import Attachment, Consent, Enrolment, FamilyLink, Group, Membership, PupilBorn, Tagged
from journal.records.base import Id
from journal.seeing import Viewer
from journal.words import Answer, Purpose, SaidHow

UNDER = "names under what is shown"
MOST_TOLD = 40
MOST_ASKED = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A pupil in the office's table: what holds for each purpose, and who said what last."""

    id: UUID
    name: str
    face: bool
    holds: dict[Purpose, Answer | None]
    said: tuple[tuple[str, date], ...]
    """Who has a say and said something, with the day, the newest first."""
    carers: tuple[tuple[UUID, str], ...]
    """Who may speak for them on paper: the carers of today, with what the child calls them."""
    born: bool
    """Whether it is known when they were born."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer, as those read it whom it concerns."""

    purpose: Purpose
    answer: Answer
    name: str
    on: date
    how: SaidHow
    wording: int
    one_photo: bool


@dataclass(frozen=True, slots=True)
class Child:
    """A child whose carer somebody is."""

    id: UUID
    name: str
    face: bool
    holds: dict[Purpose, Answer | None]
    mine: dict[Purpose, Answer | None]
    """What this carer said last."""


_SAID = table(Consent)
_HOLDING: Select[*tuple[Any, ...]] = (
    select(aliased(Consent, _SAID, name="said"), counts(_SAID).label("counts"))
    .where(_SAID.c.pupil_id.in_(bindparam("pupils", expanding=True)), newest(_SAID))
    .order_by(_SAID.c.id.desc())
)


def _said(session: Session, pupils: Collection[UUID]) -> dict[UUID, list[tuple[Consent, bool]]]:
    """The newest answers of every speaker about pupils, and whether each counts; one query."""
    found: dict[UUID, list[tuple[Consent, bool]]] = defaultdict(list)
    with beyond(session, UNDER):
        for row in session.execute(_HOLDING, {"pupils": list(pupils)}):
            found[row.said.pupil_id].append((row.said, bool(row.counts)))
    return found


def _holds(said: list[tuple[Consent, bool]]) -> dict[Purpose, Answer | None]:
    of: dict[Purpose, list[Said]] = {purpose: [] for purpose in Purpose}
    for row, has_a_say in said:
        if row.about_id == row.pupil_id:
            own = row.said_by_id == row.pupil_id
            of[row.purpose].append(Said(row.speaker, row.number, row.answer, None, own, has_a_say))
    return {purpose: what_holds(many) for purpose, many in of.items()}


def groups(session: Session) -> list[Group]:
    """Return the groups of this school year, by name."""
    return list(session.scalars(select(Group).where(Group.closed_at.is_(None)).order_by(Group.name, Group.id)))


def matrix(session: Session, viewer: Viewer, group: UUID) -> list[Row]:
    """Return the pupils of a group by name, with what was said about pictures of each; four queries."""
    with beyond(session, UNDER):
        people = session.execute(
            select(Membership.id, Membership.name, Membership.face)
            .join(Enrolment, Enrolment.pupil_id == Membership.id)
            .where(Enrolment.group_id == group, Enrolment.ended_at.is_(None))
            .where(Membership.school_id == viewer.school, Membership.ended_at.is_(None))
            .order_by(Membership.name, Membership.id)
        ).all()
        ids = [one.id for one in people]
        carers: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
        here = and_(FamilyLink.pupil_id.in_(ids), FamilyLink.carer, FamilyLink.ended_at.is_(None))
        for link in session.scalars(select(FamilyLink).where(here).order_by(FamilyLink.id)):
            carers[link.pupil_id].append((link.relative_id, link.known_as))
        born = set(session.scalars(select(PupilBorn.pupil_id).where(PupilBorn.pupil_id.in_(ids))))
    said = _said(session, ids)
    return [
        Row(
            id=one.id,
            name=one.name,
            face=bool(one.face),
            holds=_holds(said[one.id]),
            said=_speakers(said[one.id]),
            carers=tuple(carers[one.id]),
            born=one.id in born,
        )
        for one in people
    ]


def _speakers(said: list[tuple[Consent, bool]]) -> tuple[tuple[str, date], ...]:
    found: dict[str, tuple[str, date]] = {}
    for row, has_a_say in said:
        if has_a_say and row.answer is not Answer.SET_ASIDE:
            found.setdefault(row.speaker, (row.said_name, row.said_on))
    return tuple(found.values())


def children(session: Session, viewer: Viewer) -> list[Child]:
    """Return the children whose carer the viewer is, with what holds and what the viewer said; two queries."""
    rows = session.execute(
        select(Membership.id, Membership.name, Membership.face)
        .join(FamilyLink, FamilyLink.pupil_id == Membership.id)
        .where(FamilyLink.relative_id == viewer.membership, FamilyLink.carer, FamilyLink.ended_at.is_(None))
        .order_by(Membership.name, Membership.id)
    ).all()
    said = _said(session, [one.id for one in rows]) if rows else {}
    found = []
    for one in rows:
        all_ = said.get(one.id, [])
        mine = {row.purpose: row.answer for row, _ in all_ if _general(row) and row.said_by_id == viewer.membership}
        found.append(
            Child(one.id, one.name, bool(one.face), _holds(all_), {purpose: mine.get(purpose) for purpose in Purpose})
        )
    return found


def _general(row: Consent) -> bool:
    return row.about_id == row.pupil_id


def holds_for(session: Session, pupil: UUID) -> tuple[dict[Purpose, Answer | None], dict[Purpose, Answer | None]]:
    """Return what holds for pictures of a pupil, and what the pupil said last; one query."""
    said = _said(session, [pupil])[pupil]
    own = {row.purpose: row.answer for row, _ in said if _general(row) and row.said_by_id == pupil}
    return _holds(said), {purpose: own.get(purpose) for purpose in Purpose}


def history(session: Session, pupils: Collection[UUID]) -> dict[UUID, list[Told]]:
    """Return what was said about pictures of pupils, as far as the viewer may read it, the newest first; one query.

    A carer reads what they said themselves, the pupil all of it: the net sees to it.
    """
    rows = session.scalars(
        select(Consent).where(Consent.pupil_id.in_(pupils)).order_by(Consent.id.desc()).limit(MOST_TOLD)
    )
    found: dict[UUID, list[Told]] = {one: [] for one in pupils}
    for row in rows:
        told = Told(row.purpose, row.answer, row.said_name, row.said_on, row.how, row.wording, not _general(row))
        found[row.pupil_id].append(told)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture about which a carer wants to be asked."""

    photo: UUID
    pupil: UUID
    name: str
    answer: Answer | None
    """What this carer said to it, if anything."""


def to_ask(session: Session, viewer: Viewer) -> list[Asked]:
    """Return the pictures that this viewer sees of children for whom they are asked each time, the newest first."""
    said = table(Consent)
    about = table(Consent)
    asks = and_(
        said.c.pupil_id == Tagged.pupil_id,
        said.c.purpose == Purpose.CLASS_JOURNAL,
        said.c.about_id == Tagged.pupil_id,
        said.c.said_by_id == bindparam("me", type_=Id()),
        said.c.answer == Answer.ASK,
        newest(said),
    )
    mine = and_(
        about.c.pupil_id == Tagged.pupil_id,
        about.c.purpose == Purpose.CLASS_JOURNAL,
        about.c.about_id == Tagged.attachment_id,
        about.c.said_by_id == bindparam("me", type_=Id()),
        newest(about),
    )
    with beyond(session, UNDER):
        rows = session.execute(
            select(Tagged.attachment_id, Tagged.pupil_id, Membership.name, about.c.answer)
            .join(Membership, Membership.id == Tagged.pupil_id)
            .outerjoin(about, mine)
            .where(there_is(said, where=asks))
            .order_by(Tagged.id.desc())
            .limit(MOST_ASKED),
            {"me": viewer.membership},
        ).all()
    seen = set(session.scalars(select(Attachment.id).where(Attachment.id.in_([row.attachment_id for row in rows]))))
    return [
        Asked(row.attachment_id, row.pupil_id, row.name, Answer(row.answer) if row.answer else None)
        for row in rows
        if row.attachment_id in seen
    ]
