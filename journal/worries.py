"""Who reads what somebody was worried about. The rule for worries, beside that for what children make.

| who                                                        | reads of a worry                              |
|------------------------------------------------------------|-----------------------------------------------|
| whoever told it                                            | what they told, and the answer; no more       |
| a safeguarding lead, the second whom the head named        | all of it                                     |
| the head, where it is about one of these, or there is none | all of it                                     |
|   ... but it is about them, in whatever hat                | nothing                                       |
|   ... or they are a relative of a child it is about        | nothing                                       |
| anybody else                                               | nothing                                       |

It is about whom the teller or a lead named, whoever made what it is about, and in whose space that stands. Those who
are near to them (``near``) do not read it either. What one may not read of a worry holds for all that hangs on it:
notes, steps, pictures, holds. ``readers`` is the same by name, for the page that says who will read it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, and_, not_, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from journal.conditions import table, there_is
from journal.reasons import beyond
from journal.records import (
    Concern,
    ConcernAbout,
    ConcernCase,
    ConcernNote,
    ConcernStep,
    FamilyLink,
    Hold,
    HoldReview,
    Item,
    Membership,
    School,
    SnapshotPicture,
)
from journal.seeing import AM_LEAD, ME, MY_KIN, MY_PERSON, MY_SCHOOL
from journal.words import Role

# --- in SQL, for the viewer of the statement ---------------------------------------------------------------------


def _am_second() -> ColumnElement[bool]:
    school, hat = table(School), table(Membership)
    named = and_(school.c.id == MY_SCHOOL, school.c.second_lead_id == hat.c.id)
    return there_is(school, hat, where=and_(named, hat.c.id == ME, hat.c.ended_at.is_(None)))


def _am_head() -> ColumnElement[bool]:
    hat = table(Membership)
    return there_is(hat, where=and_(hat.c.id == ME, hat.c.role == Role.HEAD, hat.c.ended_at.is_(None)))


def _a_reader(hat: FromClause) -> ColumnElement[bool]:
    """Somebody who reads worries, or did when they were a lead."""
    school = table(School)
    second = there_is(school, where=and_(school.c.id == MY_SCHOOL, school.c.second_lead_id == hat.c.id))
    return and_(hat.c.school_id == MY_SCHOOL, or_(hat.c.role == Role.LEAD, second))


def _about_a_reader(concern: FromClause) -> ColumnElement[bool]:
    about, hat = table(ConcernAbout), table(Membership)
    link, relative = table(FamilyLink), table(Membership)
    theirs = and_(
        link.c.pupil_id == about.c.membership_id,
        relative.c.id == link.c.relative_id,
        relative.c.person_id == hat.c.person_id,
    )
    barred = or_(hat.c.person_id == about.c.person_id, there_is(link, relative, where=theirs))
    there = and_(about.c.concern_id == concern.c.id, about.c.school_id == hat.c.school_id)
    return there_is(about, hat, where=and_(there, _a_reader(hat), barred))


def _nobody_reads() -> ColumnElement[bool]:
    hat = table(Membership)
    return not_(there_is(hat, where=and_(_a_reader(hat), hat.c.ended_at.is_(None))))


def _about_me(concern: FromClause) -> ColumnElement[bool]:
    about = table(ConcernAbout)
    mine = or_(about.c.person_id == MY_PERSON, about.c.membership_id.in_(MY_KIN))
    return there_is(about, where=and_(about.c.concern_id == concern.c.id, mine))


def read_by_me(concern: FromClause) -> ColumnElement[bool]:
    as_head = and_(_am_head(), or_(_about_a_reader(concern), _nobody_reads()))
    reads = or_(AM_LEAD, _am_second(), as_head)
    return and_(concern.c.school_id == MY_SCHOOL, reads, not_(_about_me(concern)))


def _of_a_worry(row: FromClause) -> ColumnElement[bool]:
    concern = table(Concern)
    return there_is(concern, where=and_(concern.c.id == row.c.concern_id, read_by_me(concern)))


def hold_seen(hold: FromClause) -> ColumnElement[bool]:
    item, author = table(Item), table(Membership)
    on_mine = there_is(
        item,
        author,
        where=and_(
            item.c.id == hold.c.item_id,
            author.c.id == item.c.author_id,
            or_(author.c.person_id == MY_PERSON, item.c.pupil_id.in_(MY_KIN)),
        ),
    )
    free = and_(
        hold.c.concern_id.is_(None),
        or_(AM_LEAD, _am_second()),
        or_(hold.c.pupil_id.is_(None), hold.c.pupil_id.not_in(MY_KIN)),
        not_(on_mine),
    )
    return and_(hold.c.school_id == MY_SCHOOL, or_(free, _of_a_worry(hold)))


def _review_seen(review: FromClause) -> ColumnElement[bool]:
    hold = table(Hold)
    return there_is(hold, where=and_(hold.c.id == review.c.hold_id, hold_seen(hold)))


READ_BY_ME = read_by_me(Concern.__table__)
"""I am one of those who read this worry: having told it is not enough."""

CONCERN_SEEN = and_(Concern.__table__.c.school_id == MY_SCHOOL, or_(Concern.__table__.c.by_id == ME, READ_BY_ME))
HANGS_ON_A_WORRY: dict[type, ColumnElement[bool]] = {
    kind: _of_a_worry(kind.__table__) for kind in (ConcernAbout, ConcernCase, ConcernNote, ConcernStep, SnapshotPicture)
}
"""What hangs on a worry is for its readers, and not for whoever told it."""
HOLD_SEEN = hold_seen(Hold.__table__)
REVIEW_SEEN = _review_seen(HoldReview.__table__)
AM_SECOND = _am_second()
AM_HEAD = _am_head()


# --- the same by name -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads worries: a lead, the second, or the head."""

    id: UUID
    person: UUID
    name: str
    face: bool
    role: Role
    second: bool
    kin: frozenset[UUID] = frozenset()
    """The pupils whose relative they are or were, as memberships."""


@dataclass(slots=True)
class Readers:
    """All who might read a school's worries, and those who were leads once, whom a worry may be about."""

    school: School
    there: list[Reader] = field(default_factory=list)
    once: list[Reader] = field(default_factory=list)

    def of(self, about: "Near") -> list[Reader]:
        """Return who reads a worry that is about these people: leads first, then the second, then the head."""
        usual = [one for one in self.there if one.role is Role.LEAD or one.second]
        barred = [one for one in [*usual, *self.once] if about.bars(one)]
        heads = [one for one in self.there if one.role is Role.HEAD and one not in usual]
        asked = [*usual, *(heads if barred or not usual else ())]
        found = [one for one in asked if not about.bars(one)]
        return sorted(found, key=lambda one: (one.second, one.role is Role.HEAD))


@dataclass(frozen=True, slots=True)
class Near:
    """Those whom a worry is about, and those near to them: memberships, each with its person."""

    about: dict[UUID, UUID] = field(default_factory=dict)
    near: dict[UUID, UUID] = field(default_factory=dict)

    def bars(self, reader: Reader) -> bool:
        """Tell whether somebody may not read it."""
        everybody = {**self.near, **self.about}
        return reader.person in everybody.values() or not reader.kin.isdisjoint(everybody)


def readers(session: Session, school: UUID) -> Readers:
    """Return who reads worries in a school, in one query. The names of leads are for everybody, the street too."""
    hat = aliased(Membership)
    reads = or_(Membership.role.in_([Role.LEAD, Role.HEAD]), Membership.id == School.second_lead_id)
    with beyond(session, "names under what is shown"):
        rows = session.execute(
            select(School, Membership, FamilyLink.pupil_id)
            .outerjoin(Membership, and_(Membership.school_id == School.id, reads))
            .outerjoin(hat, and_(hat.person_id == Membership.person_id, hat.school_id == School.id))
            .outerjoin(FamilyLink, FamilyLink.relative_id == hat.id)
            .where(School.id == school)
            .order_by(Membership.id)
        ).all()
    kin: dict[UUID, set[UUID]] = {}
    hats: dict[UUID, Membership] = {}
    for _, one, pupil in rows:
        if one is not None:  # none where the school has neither lead nor head
            hats[one.id] = one
            kin.setdefault(one.id, set()).update({pupil} - {None})
    found = Readers(rows[0][0])
    for one in hats.values():
        second = one.id == found.school.second_lead_id
        whose = (one.id, one.person_id, one.name, bool(one.face), one.role)
        reader = Reader(*whose, second, frozenset(kin[one.id]))
        if one.ended_at is None:
            found.there.append(reader)
        elif one.role is Role.LEAD or second:
            found.once.append(reader)
    return found


def near(session: Session, school: UUID, about: Collection[UUID]) -> Near:
    """Return whom a worry about these members is about, and who is near to them.

    Near are the relatives of a child it is about, and the other relatives of a child whose relative it is about, those
    too whose link has ended. What is no member of the school is passed over.
    """
    if not about:
        return Near()
    one, other, pupil = aliased(Membership), aliased(Membership), aliased(Membership)
    mine, theirs = aliased(FamilyLink), aliased(FamilyLink)
    where = and_(one.id.in_(about), one.school_id == school)
    same = and_(other.person_id == one.person_id, other.school_id == school)
    of_child = (
        select(pupil.id, pupil.person_id)
        .select_from(one)
        .join(other, same)
        .join(theirs, theirs.pupil_id == other.id)
        .join(pupil, pupil.id == theirs.relative_id)
        .where(where)
    )
    beside = (
        select(pupil.id, pupil.person_id)
        .select_from(one)
        .join(other, same)
        .join(mine, mine.relative_id == other.id)
        .join(theirs, theirs.pupil_id == mine.pupil_id)
        .join(pupil, pupil.id == theirs.relative_id)
        .where(where)
    )
    with beyond(session, "who is in which circle"):
        named = dict(session.execute(select(one.id, one.person_id).where(where)).all())
        beside_them = dict(session.execute(union_all(of_child, beside)).all())
    return Near(named, {member: person for member, person in beside_them.items() if member not in named})
