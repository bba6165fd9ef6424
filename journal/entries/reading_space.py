"""What a pupil's own space shows: what they have made, what waits for them, what is new."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal, not_, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.circles import GROUP_KINDS, owner_of
from journal.feeds import Mark
from journal.reasons import beyond
from journal.records import (
    Choice,
    Comment,
    Decision,
    Enrolment,
    Entry,
    FamilyLink,
    Group,
    Membership,
    Notice,
    Placement,
    Revision,
    Teaching,
)
from journal.seeing import Viewer
from journal.standing import CircleStanding, standings
from journal.words import PAGE, Learned, NoticeKind, Role, Standing, Verdict

ON_THE_SHELF = 8
MOST_NEWS = 30


class Filter(StrEnum):
    """Which of the things that a pupil has made are listed."""

    ALL = "all"
    HOME = "home"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Picture:
    """The first photo of something, and what is in it."""

    photo: UUID
    description: str


@dataclass(frozen=True, slots=True)
class Made:
    """Something that the pupil made."""

    entry: UUID
    title: str
    words: str
    at: datetime
    is_draft: bool
    """Nothing of it was handed in yet, or it is being changed."""
    handed_in: bool
    picture: Picture | None
    standing: list[CircleStanding]

    @property
    def mark(self) -> Mark:
        """Its place in the list."""
        return Mark(self.at, self.entry)


@dataclass(frozen=True, slots=True)
class News:
    """Something that somebody said."""

    comment: UUID
    entry: UUID
    title: str
    name: str
    face: UUID | None
    kind: NoticeKind


@dataclass(frozen=True, slots=True)
class Space:
    """A pupil's space."""

    made: list[Made]
    older: Mark | None
    """Where the next page begins, if there is one."""
    shelf: list[Made]
    """Sent back, or still being made."""
    news: list[News]
    groups: list[str]
    names: dict[UUID, str] = field(default_factory=dict)
    """Who decided, by membership."""
    readers: dict[UUID | None, list[str]] = field(default_factory=dict)
    """Who reads first what waits: the teachers of each group who can; under None the safeguarding leads."""

    def first_readers(self, made: Made) -> list[str]:
        """Return the names of those whom something waits for."""
        waits = [one for one in made.standing if one.standing in (Standing.WAITING, Standing.PASSED_ON)]
        return list(dict.fromkeys(name for one in waits for name in self._readers_of(one)))

    def _readers_of(self, one: CircleStanding) -> list[str]:
        leads = self.readers.get(None, [])
        if one.with_lead or one.standing is Standing.PASSED_ON:
            return leads
        if one.kind in GROUP_KINDS:
            return self.readers.get(owner_of(one.circle)) or leads
        return sorted({name for group, some in self.readers.items() if group for name in some}) or leads


def space(session: Session, pupil: Viewer, wanted: Filter, before: Mark | None) -> Space:
    """Return a pupil's space, in six queries whatever the history."""
    listed, shelf = _ids(pupil, wanted, before), _shelf_ids(pupil)
    rows = session.execute(
        select(Entry, Revision, Entry.id.in_(listed), Entry.id.in_(shelf))
        .join(Revision, Revision.id == func.coalesce(Entry.revision_id, Entry.draft_id))
        .where(Entry.author_id == pupil.membership, Entry.deleted_at.is_(None))
        .where(or_(Entry.id.in_(listed), Entry.id.in_(shelf)))
        .order_by(Entry.id.desc())
    ).all()
    stand = standings(session, [row[0] for row in rows])
    pictures = _pictures(session, [row[1].id for row in rows])
    made = {row[0].id: _made(row[0], row[1], pictures, stand) for row in rows}
    page = [made[row[0].id] for row in rows if row[2]]
    by = {one.decided_by for many in stand.values() for one in many if one.decided_by}
    named = _names(session, pupil, by)
    return Space(
        made=page[:PAGE],
        older=page[PAGE - 1].mark if len(page) > PAGE else None,
        shelf=[made[row[0].id] for row in rows if row[3]],
        news=_news(session, pupil),
        groups=sorted(name for what, _id, name in named if what == "group"),
        names={member: name for what, member, name in named if what == "member" and member},
        readers=_readers(named),
    )


def _mine(pupil: Viewer) -> ColumnElement[bool]:
    return and_(Entry.author_id == pupil.membership, Entry.deleted_at.is_(None))


def _ids(pupil: Viewer, wanted: Filter, before: Mark | None):  # type: ignore[no-untyped-def] # a plain sub-query
    """The entries of one page, and one more to know whether there is another page."""
    here = select(Entry.id).where(_mine(pupil), Entry.revision_id.is_not(None))
    if before is not None:
        here = here.where(Entry.id < before.item)
    if wanted is Filter.MINE:
        here = here.where(not_(exists().where(Choice.revision_id == Entry.revision_id)))
    if wanted is Filter.HOME:
        home = cast(Revision.learned, String).contains(f'"{Learned.HOME}"')
        here = here.where(exists().where(Revision.id == Entry.revision_id, home))
    return select(here.order_by(Entry.id.desc()).limit(PAGE + 1).subquery().c.id)


def _shelf_ids(pupil: Viewer):  # type: ignore[no-untyped-def] # a plain sub-query
    back = exists().where(Decision.revision_id == Entry.revision_id, Decision.verdict == Verdict.SENT_BACK)
    waits = select(Entry.id).where(_mine(pupil), or_(Entry.draft_id.is_not(None), back))
    return select(waits.order_by(Entry.id.desc()).limit(ON_THE_SHELF).subquery().c.id)


def _made(
    entry: Entry, revision: Revision, pictures: dict[UUID, Picture], stand: dict[UUID, list[CircleStanding]]
) -> Made:
    return Made(
        entry=entry.id,
        title=revision.title,
        words=revision.words,
        at=entry.handed_in_at or entry.created_at,
        is_draft=entry.draft_id is not None,
        handed_in=entry.revision_id is not None,
        picture=pictures.get(revision.id),
        standing=stand.get(entry.id, []),
    )


def _pictures(session: Session, revisions: list[UUID]) -> dict[UUID, Picture]:
    rows = session.execute(
        select(Placement.revision_id, Placement.attachment_id, Placement.description, Placement.caption)
        .where(Placement.revision_id.in_(revisions))
        .order_by(Placement.position.desc(), Placement.id.desc())
    )
    return {row.revision_id: Picture(row.attachment_id, row.description or row.caption) for row in rows}


def _news(session: Session, pupil: Viewer) -> list[News]:
    """What was said and not looked at yet, as far as the pupil may see it."""
    about = aliased(Entry)
    rows = session.execute(
        select(
            Notice.kind,
            Comment.id,
            Comment.entry_id,
            Comment.author_id,
            Membership.name,
            Membership.face,
            FamilyLink.known_as,
            Revision.title,
        )
        .join(Comment, Comment.id == Notice.item_id)
        .join(about, about.id == Comment.entry_id)
        .join(Revision, Revision.id == about.revision_id)
        .join(Membership, Membership.id == Comment.author_id)
        .outerjoin(
            FamilyLink,
            and_(FamilyLink.relative_id == Comment.author_id, FamilyLink.pupil_id == pupil.membership),
        )
        .where(Notice.membership_id == pupil.membership, Notice.seen_at.is_(None))
        .where(Notice.kind.in_((NoticeKind.SAID, NoticeKind.ANSWERED)))
        .where(Comment.deleted_at.is_(None), about.deleted_at.is_(None))
        .order_by(Notice.id.desc())
        .limit(MOST_NEWS)
    )
    found = {}
    for row in rows:
        name, face = row.known_as or row.name, row.author_id if row.face else None
        found[row.id] = News(row.id, row.entry_id, row.title, name, face, row.kind)
    return list(found.values())


def _names(session: Session, pupil: Viewer, members: Iterable[UUID]) -> list[tuple[str, UUID | None, str]]:
    """Who and what is named, in one query: the pupil's groups, their teachers who may decide, leads, some members."""
    mine = (Enrolment.pupil_id == pupil.membership, Enrolment.ended_at.is_(None))
    relative = aliased(Membership)
    kin = (
        select(relative.person_id)
        .join(FamilyLink, FamilyLink.relative_id == relative.id)
        .where(FamilyLink.pupil_id == pupil.membership, FamilyLink.ended_at.is_(None))
    )
    parts = [
        select(literal("group").label("what"), Group.id.label("id"), Group.name.label("name"))
        .join(Enrolment, Enrolment.group_id == Group.id)
        .where(*mine, Group.closed_at.is_(None)),
        select(literal("reader"), Teaching.group_id, Membership.name)
        .join(Teaching, Teaching.teacher_id == Membership.id)
        .join(Enrolment, Enrolment.group_id == Teaching.group_id)
        .where(*mine, Teaching.ended_at.is_(None), Membership.ended_at.is_(None), Membership.person_id.not_in(kin)),
        select(literal("lead"), Membership.id, Membership.name).where(
            Membership.school_id == pupil.school, Membership.role == Role.LEAD, Membership.ended_at.is_(None)
        ),
        select(literal("member"), Membership.id, Membership.name).where(Membership.id.in_(list(members))),
    ]
    with beyond(session, "names under what is shown"):
        return [(row[0], row[1], row[2]) for row in session.execute(union_all(*parts))]


def _readers(named: list[tuple[str, UUID | None, str]]) -> dict[UUID | None, list[str]]:
    found: dict[UUID | None, list[str]] = {}
    for what, group, name in sorted(named, key=lambda one: one[2]):
        if what in ("reader", "lead"):
            found.setdefault(group if what == "reader" else None, []).append(name)
    return found
