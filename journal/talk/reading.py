"""What pages show of the talk: who is around an entry, the threads, how far one's own words can go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from journal.circles import Kind, circle, kind_of
from journal.conditions import READ_BY_ME, covers_now
from journal.reasons import BY_THE_RULE, beyond
from journal.records import (
    Attachment,
    Choice,
    Comment,
    Cover,
    Enrolment,
    FamilyLink,
    Item,
    KeptWords,
    Look,
    Membership,
    Revision,
    Shown,
    Teaching,
)
from journal.records.base import Id, UtcTime
from journal.refusals import Unseen
from journal.release import Terms, waits_at
from journal.seeing import Viewer
from journal.talk.both import Both, read_by_both
from journal.talk.reach import Around, Reach, choices, terms
from journal.talk.threads import Said, Talk, Thread, page_of, reads, talk_about
from journal.words import LookKind, Role

__all__ = [
    "Both",
    "Desks",
    "Looked",
    "Offer",
    "Said",
    "Surroundings",
    "Talk",
    "Thread",
    "comment_to_answer",
    "kept_words",
    "offers",
    "own_words",
    "page_of",
    "read_by_both",
    "reads",
    "said_before",
    "surroundings",
    "talk_about",
    "undone",
    "unsent_photos",
]


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody who has looked: when they last opened it or read it first, and when they last took it home."""

    membership: UUID
    at: datetime | None = None
    took_home: datetime | None = None

    @property
    def last(self) -> datetime:
        """When they last did either."""
        return max(one for one in (self.at, self.took_home) if one is not None)


@dataclass(frozen=True, slots=True)
class Desks:
    """Who reads first what waits: the teachers of each group who can, and the safeguarding leads."""

    teachers: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    leads: tuple[UUID, ...] = ()

    def at(self, group: UUID | None) -> tuple[UUID, ...]:
        """Return who reads what waits at a group's desk; the leads where none of its teachers can."""
        return (self.teachers.get(group, ()) if group else ()) or self.leads

    def people(self) -> frozenset[UUID]:
        """Return everybody named here."""
        return frozenset(one for many in self.teachers.values() for one in many) | frozenset(self.leads)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around an entry today. ``looked`` is for its author alone."""

    shown: Mapping[str, int]
    answered: frozenset[str] | None
    desks: Desks
    looked: tuple[Looked, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A reach that somebody may choose. ``readers`` (memberships) read first; with ``part`` some have it at once."""

    reach: Reach
    readers: tuple[UUID, ...]
    part: bool


def surroundings(
    session: Session, viewer: Viewer, entry: Item, answered: UUID | None = None, looks: bool = False
) -> Surroundings:
    """Return what is around an entry that the viewer was found to see, in one query."""
    with beyond(session, "names under what is shown"):
        asked = {"entry": entry.id, "pupil": entry.pupil_id, "school": viewer.school}
        asked |= {"answered": answered} if answered else {}
        asked |= {"viewer": viewer.membership} if looks else {}
        rows = session.execute(_around(answered is not None, looks), asked).all()
    shown: dict[str, int] = {}
    meant: set[str] = set()
    teachers: dict[UUID, list[UUID]] = {}
    leads: list[UUID] = []
    looked: dict[UUID, Looked] = {}
    for row in rows:
        if row.what == "shown":
            shown[row.circle] = row.number
        elif row.what == "answered":
            meant.add(row.circle)
        elif row.what == "teacher":
            teachers.setdefault(row.group_id, []).append(row.member)
        elif row.what == "lead":
            leads.append(row.member)
        else:
            looked[row.member] = _look(looked.get(row.member, Looked(row.member)), row.circle, row.at)
    return Surroundings(
        shown,
        frozenset(meant) if answered else None,
        Desks({group: tuple(sorted(set(many))) for group, many in teachers.items()}, tuple(sorted(leads))),
        tuple(sorted(looked.values(), key=lambda one: (one.last, one.membership))),
    )


def _look(so_far: Looked, kind: str, at: datetime) -> Looked:
    if kind == LookKind.EXPORTED:
        return replace(so_far, took_home=at)
    return replace(so_far, at=max(at, so_far.at or at))


@lru_cache(maxsize=4)
def _around(answered: bool, looks: bool) -> CompoundSelect[*tuple[Any, ...]]:
    entry, pupil = bindparam("entry", type_=Id()), bindparam("pupil", type_=Id())
    teacher, link, relative = Membership, FamilyLink, aliased(Membership)
    kin = (
        select(relative.person_id)
        .join(link, link.relative_id == relative.id)
        .where(link.pupil_id == pupil, link.ended_at.is_(None))
    )
    groups = select(Enrolment.group_id).where(Enrolment.pupil_id == pupil, Enrolment.ended_at.is_(None))
    parts = [
        _part("shown", circle=Shown.circle, number=Shown.number).where(Shown.item_id == entry),
        _part("teacher", member=Teaching.teacher_id, group_id=Teaching.group_id)
        .join(teacher, teacher.id == Teaching.teacher_id)
        .where(Teaching.group_id.in_(groups), Teaching.ended_at.is_(None), teacher.ended_at.is_(None))
        .where(teacher.person_id.not_in(kin)),
        _part("teacher", member=Cover.teacher_id, group_id=Cover.group_id)
        .join(teacher, teacher.id == Cover.teacher_id)
        .where(Cover.group_id.in_(groups), covers_now(Cover), teacher.ended_at.is_(None))
        .where(teacher.person_id.not_in(kin)),
        _part("lead", member=Membership.id).where(
            Membership.school_id == bindparam("school", type_=Id()),
            Membership.role == Role.LEAD,
            Membership.ended_at.is_(None),
        ),
    ]
    if answered:
        parts.append(
            _part("answered", circle=Choice.circle)
            .join(Comment, Comment.revision_id == Choice.revision_id)
            .where(Comment.id == bindparam("answered", type_=Id()))
        )
    if looks:
        parts.append(
            _part("look", member=Look.membership_id, at=Look.last_at, circle=Look.kind).where(
                Look.item_id == entry, Look.membership_id != bindparam("viewer", type_=Id())
            )
        )
    return union_all(*parts)


def _part(what: str, **columns: Any) -> Select[Any]:
    kinds: dict[str, Any] = {
        "circle": String(64),
        "number": Integer(),
        "member": Id(),
        "group_id": Id(),
        "at": UtcTime(),
    }
    rest = [columns.get(name, cast(null(), kind)).label(name) for name, kind in kinds.items()]
    return select(literal(what).label("what"), *rest)


def offers(viewer: Viewer, around: Around, shown: Mapping[str, int], desks: Desks) -> list[Offer]:
    """Return how far a viewer's words can go from here, the usual first; nothing for one who may only read."""
    try:
        found, on_terms = choices(viewer, around), terms(viewer, around, shown)
    except Unseen:
        return []
    return [_offer(reach, circles, around, on_terms, desks) for reach, circles in found.items()]


def _offer(reach: Reach, circles: set[str], around: Around, on_terms: Terms, desks: Desks) -> Offer:
    child = circle(Kind.SELF, around.pupil)
    waits = {one: waits_at(one, circles, on_terms) for one in circles}
    asked = {desk.group for desk in waits.values() if desk is not None}
    readers = {reader for group in asked for reader in desks.at(group)}
    at_once = any(desk is None for one, desk in waits.items() if one != child and kind_of(one) is not Kind.TEACHERS)
    return Offer(reach, tuple(sorted(readers)), part=bool(asked) and at_once)


def said_before(session: Session, viewer: Viewer, once: UUID) -> Comment | None:
    """Return what a form said already that is sent a second time."""
    return session.scalars(
        select(Comment).where(Comment.id == once, Comment.author_id == viewer.membership)
    ).one_or_none()


def comment_to_answer(session: Session, entry: UUID, comment: UUID) -> tuple[Comment, Revision]:
    """Return a comment that the session's viewer reads under an entry. Raises ``Unseen``."""
    return _seen(session, Comment.id == comment, Comment.entry_id == entry)


def own_words(session: Session, viewer: Viewer, comment: UUID) -> tuple[Comment, Revision]:
    """Return one's own comment as it was said last. Raises ``Unseen``."""
    newest = Revision.id == Comment.revision_id
    return _seen(session, Comment.id == comment, Comment.author_id == viewer.membership, newest)


def _seen(session: Session, *conditions: ColumnElement[bool]) -> tuple[Comment, Revision]:
    here = or_(Revision.id == Comment.revision_id, READ_BY_ME)
    rows = session.execute(
        select(Comment, Revision)
        .join(Revision, and_(Revision.item_id == Comment.id, here))
        .where(Comment.deleted_at.is_(None), *conditions)
        .order_by(Revision.number),
        execution_options=BY_THE_RULE,
    ).all()
    if not rows:
        raise Unseen
    found, revision = rows[0]
    return found, revision


def kept_words(session: Session, viewer: Viewer, entry: UUID) -> dict[str, list[str]] | None:
    """Return the form that somebody sent about an entry while writing back had a rest, or None."""
    mine = (KeptWords.membership_id == viewer.membership, KeptWords.entry_id == entry)
    return session.scalars(select(KeptWords.fields).where(*mine)).one_or_none()


def unsent_photos(session: Session, viewer: Viewer, photos: Iterable[UUID], comment: UUID | None) -> list[Attachment]:
    """Return those of some photos that the viewer brought for a comment: not sent yet, or in it already."""
    return list(
        session.scalars(
            select(Attachment).where(
                Attachment.id.in_(set(photos)),
                Attachment.owner_id == viewer.membership,
                or_(Attachment.item_id.is_(None), Attachment.item_id == comment),
            )
        )
    )


def undone(session: Session, viewer: Viewer, comment: UUID | None) -> UUID | None:
    """Return the id of one's own comment if it was taken back and can be brought back still."""
    if comment is None:
        return None
    return session.scalars(
        select(Comment.id).where(
            Comment.id == comment, Comment.author_id == viewer.membership, Comment.deleted_at.is_not(None)
        )
    ).one_or_none()
