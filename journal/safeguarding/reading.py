"""What the pages of worries show: who reads them, the leads' list, one worry, and one's own."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session, aliased

from journal.reasons import beyond
from journal.records import Concern, ConcernCase, Group, Membership, School, SnapshotPicture
from journal.refusals import Unseen
from journal.safeguarding.hours import Hours, hours_of
from journal.seeing import Viewer
from journal.words import PAGE
from journal.worries import Readers, readers

Reader = aliased(Membership)
Answerer = aliased(Membership)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Where to get help: a name, a number, and when somebody is there."""

    name: str
    number: str
    hours: str


@dataclass(frozen=True, slots=True)
class Care:
    """Who reads a school's worries and when, and where else there is help."""

    school: UUID
    readers: Readers
    hours: Hours
    words: str
    """The school's own."""
    language: str
    """Of these words."""
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A worry, with the names of those who had to do with it."""

    concern: Concern
    teller: Membership | None
    reader: str
    answerer: str


def read_place(raw: str | None) -> UUID | None:
    """Return the place in a list that an address names, or None for none and for what is no place."""
    try:
        return UUID(hex=raw) if raw and len(raw) == 32 else None
    except ValueError:
        return None


def care_of(session: Session, school: UUID) -> Care:
    """Return who reads a school's worries and when, in one query; the street may know it too."""
    found = readers(session, school)
    row = found.school
    return Care(school, found, hours_of(row), row.worries_read, row.locale, help_lines(row.help_lines))


def reads_worries(session: Session, viewer: Viewer) -> bool:
    """Tell whether somebody reads a school's worries: a lead, or the second whom the head named."""
    if viewer.leads:
        return True
    second = select(School.id).where(School.id == viewer.school, School.second_lead_id == viewer.membership)
    return session.scalars(second).one_or_none() is not None


def help_lines(raw: str) -> tuple[HelpLine, ...]:
    """Return the help lines that a school wrote down: a line each, name, number and hours parted by bars."""
    found = []
    for line in raw.splitlines():
        name, _bar, rest = (part.strip() for part in line.partition("|"))
        number, _bar, hours = (part.strip() for part in rest.partition("|"))
        if name:
            found.append(HelpLine(name, number, hours))
    return tuple(found)


def school_of_class(session: Session, group: UUID) -> UUID | None:
    """Return the school of a class whose code was typed."""
    with beyond(session, "what a signed-out person typed"):
        return session.scalars(select(Group.school_id).where(Group.id == group)).one_or_none()


def mine(session: Session, viewer: Viewer, after: UUID | None) -> tuple[list[Told], UUID | None]:
    """Return a page of the viewer's own worries, newest first, and the next place."""
    statement = told().where(Concern.by_id == viewer.membership).order_by(Concern.id.desc()).limit(PAGE + 1)
    if after is not None:
        statement = statement.where(Concern.id < after)
    found = [Told(*row) for row in session.execute(statement)]
    return found[:PAGE], found[PAGE - 1].concern.id if len(found) > PAGE else None


def picture(session: Session, concern: UUID, picture_id: UUID) -> SnapshotPicture:
    """Return a kept picture of a worry. Raises ``Unseen``."""
    found = session.scalars(
        select(SnapshotPicture).where(SnapshotPicture.id == picture_id, SnapshotPicture.concern_id == concern)
    ).one_or_none()
    if found is None:
        raise Unseen
    return found


def new_answer(session: Session, viewer: Viewer) -> str | None:
    """Return who answered a worry of the viewer's, if there is an answer that they have not read."""
    return session.scalars(
        select(Answerer.name)
        .join(Concern, Concern.answered_by_id == Answerer.id)
        .where(Concern.by_id == viewer.membership, _unread_answer())
        .order_by(Concern.answered_at.desc())
        .limit(1)
    ).one_or_none()


def _unread_answer() -> ColumnElement[bool]:
    return and_(Concern.answered_at.is_not(None), Concern.answer_seen_at.is_(None))


def told() -> Select[Concern, Membership, str, str]:
    return (
        select(Concern, Membership, Reader.name, Answerer.name)
        .outerjoin(Membership, Membership.id == Concern.by_id)
        .outerjoin(Reader, Reader.id == Concern.read_by_id)
        .outerjoin(Answerer, Answerer.id == Concern.answered_by_id)
    )


def may_read(session: Session, concern: UUID) -> bool:
    """Tell whether the session's viewer reads a worry (still: naming somebody may have taken it from them)."""
    asked = select(ConcernCase.id).where(ConcernCase.concern_id == concern)
    return session.scalars(asked).one_or_none() is not None
