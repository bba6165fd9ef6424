"""What the pages of worries show: who reads them, the leads' list, one worry, and one's own."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.orm import Session, aliased

from journal.reasons import beyond
from journal.records import Concern, Group, Membership, School, SnapshotPicture
from journal.refusals import Unseen
from journal.release import shown_to
from journal.seeing import Viewer
from journal.words import PAGE, Role

Reader = aliased(Membership)
Answerer = aliased(Membership)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Where to get help: a name, a number, and when somebody is there."""

    name: str
    number: str
    hours: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A safeguarding lead. A face is shown to people of the school alone."""

    id: UUID
    name: str
    face: bool


@dataclass(frozen=True, slots=True)
class Care:
    """Who reads a school's worries and when, and where else there is help."""

    school: UUID
    leads: tuple[Lead, ...]
    worries_read: str
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A worry, with the names of those who had to do with it."""

    concern: Concern
    teller: Membership | None
    reader: str
    answerer: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the leads' list: read or not, and which."""

    read: bool
    concern: UUID

    def __str__(self) -> str:
        return f"{'r' if self.read else 'n'}{self.concern.hex}"


def read_place(raw: str | None) -> Mark | None:
    """Return the place that an address names, or None for none and for what is no place."""
    if not raw or len(raw) != 33 or raw[0] not in "rn":
        return None
    try:
        return Mark(raw[0] == "r", UUID(hex=raw[1:]))
    except ValueError:
        return None


def care_of(session: Session, school: UUID, viewer: Viewer | None) -> Care:
    """Return who reads a school's worries, in one query."""
    with _sight(session, viewer):
        rows = session.execute(
            select(School, Membership)
            .outerjoin(
                Membership,
                and_(
                    Membership.school_id == School.id,
                    Membership.role == Role.LEAD,
                    Membership.ended_at.is_(None),
                ),
            )
            .where(School.id == school)
            .order_by(Membership.id)
        ).all()
    people: list[Membership | None] = [row[1] for row in rows]  # none where the school has no lead
    leads = tuple(Lead(one.id, one.name, bool(one.face) and viewer is not None) for one in people if one is not None)
    return Care(school, leads, rows[0][0].worries_read, help_lines(rows[0][0].help_lines))


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


def _sight(session: Session, viewer: Viewer | None) -> AbstractContextManager[None]:
    return nullcontext() if viewer else beyond(session, "what a signed-out person typed")


def concerns(session: Session, after: Mark | None) -> tuple[list[Told], Mark | None]:
    """Return a page of the school's worries for its leads, unread first and then the newest, and the next place."""
    read = case((Concern.read_at.is_(None), 0), else_=1)
    statement = _told().order_by(read, Concern.id.desc()).limit(PAGE + 1)
    if after is not None:
        place = int(after.read)
        statement = statement.where(or_(read > place, and_(read == place, Concern.id < after.concern)))
    return _page([Told(*row) for row in session.execute(statement)])


def mine(session: Session, viewer: Viewer, after: Mark | None) -> tuple[list[Told], Mark | None]:
    """Return a page of the viewer's own worries, newest first, and the next place."""
    statement = _told().where(Concern.by_id == viewer.membership).order_by(Concern.id.desc()).limit(PAGE + 1)
    if after is not None:
        statement = statement.where(Concern.id < after.concern)
    return _page([Told(*row) for row in session.execute(statement)])


def one(session: Session, concern: UUID) -> tuple[Told, list[SnapshotPicture]]:
    """Return one worry, with the pictures that were kept. Raises ``Unseen``."""
    row = session.execute(_told().where(Concern.id == concern)).one_or_none()
    if row is None:
        raise Unseen
    pictures = session.scalars(
        select(SnapshotPicture).where(SnapshotPicture.concern_id == concern).order_by(SnapshotPicture.position)
    )
    return Told(*row), list(pictures)


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


def _told() -> Select[Concern, Membership, str, str]:
    return (
        select(Concern, Membership, Reader.name, Answerer.name)
        .outerjoin(Membership, Membership.id == Concern.by_id)
        .outerjoin(Reader, Reader.id == Concern.read_by_id)
        .outerjoin(Answerer, Answerer.id == Concern.answered_by_id)
    )


def _page(found: list[Told]) -> tuple[list[Told], Mark | None]:
    if len(found) <= PAGE:
        return found, None
    last = found[PAGE - 1].concern
    return found[:PAGE], Mark(last.read_at is not None, last.id)


def still_shown(session: Session, concern: Concern) -> bool:
    """Tell whether what a worry is about is shown to anybody now."""
    return concern.item_id is not None and bool(shown_to(session, concern.item_id))
