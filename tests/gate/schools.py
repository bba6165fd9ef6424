"""Random schools, written straight into the tables: any mixture of hats, ties, revisions, rows of the gate.

Nothing here asks what the rule allows; acts would never write some of these rows, and the rule must hold for them all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from sqlalchemy import Engine

from journal import records as r
from journal.ids import new_id
from journal.net import open_session
from journal.reasons import GatedSession
from journal.words import Answer, PauseKind, PictureState, Purpose, Role, SaidHow, TagKind

EVERYTHING = "a test looks at everything"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
TODAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""When people look: some covers are over by then, some last, some have yet to begin."""
_T = TypeVar("_T")


def seeing_all(engine: Engine) -> GatedSession:
    """Open a session that sees all."""
    return open_session(engine, sees_all=EVERYTHING)


@dataclass
class Town:
    """A few random schools, as rows."""

    random: Random
    rows: list[Any] = field(default_factory=list)

    def of(self, kind: type[_T], school: UUID | None = None) -> list[_T]:
        """The rows of one table, of one school if asked."""
        return [row for row in self.rows if isinstance(row, kind) and school in (None, getattr(row, "school_id", None))]

    def add(self, row: _T) -> _T:
        """Keep a row; it gets its id at once."""
        if row.id is None:  # type: ignore[attr-defined]
            row.id = new_id()  # type: ignore[attr-defined]
        self.rows.append(row)
        return row

    def some(self, choices: Sequence[_T], most: int) -> list[_T]:
        """A few different ones."""
        return self.random.sample(list(choices), min(len(choices), self.random.randint(0, most)))

    def perhaps(self, chance: float) -> bool:
        """Whether something rare is so."""
        return self.random.random() < chance

    def moment(self) -> datetime:
        """One of few moments, with odd microseconds, so that things happen at once."""
        return LONG_AGO + timedelta(seconds=self.random.randint(0, 4), microseconds=self.random.choice([0, 123457]))

    def ended(self, chance: float) -> datetime | None:
        """When something ended, if it did."""
        return self.moment() if self.perhaps(chance) else None


def towns(most_items: int = 4) -> st.SearchStrategy[Town]:
    """Random schools that are not in any database yet."""
    return st.builds(_town, st.integers(1, 2), st.integers(1, most_items), st.integers(0, 2**32))


def empty(engine: Engine) -> None:
    """Take all rows out of a database."""
    with engine.begin() as connection:
        for table in reversed(r.Base.metadata.sorted_tables):
            connection.execute(table.delete())


def keep(engine: Engine, town: Town) -> None:
    """Write a town into a database, in place of what was there."""
    empty(engine)
    with seeing_all(engine) as session:
        order = [table.name for table in r.Base.metadata.sorted_tables]
        rows = sorted(town.rows, key=lambda one: order.index(one.__tablename__))
        for before, row in pairwise([None, *rows]):
            if isinstance(row, r.Item) or before is None or before.__tablename__ != row.__tablename__:
                session.flush()  # nothing may point at a row that is not there yet
            session.add(row)
        session.commit()


def _town(schools: int, items: int, seed: int) -> Town:
    town = Town(Random(seed))
    grown = [town.add(r.Person()) for _ in range(town.random.randint(3, 6))]
    for number in range(schools):
        school = town.add(r.School(name=f"School {number}"))
        _people(town, school.id, grown)
        for _ in range(items):
            _entry(town, school.id)
        _say(town, school.id)
        _grants(town, school.id)
        if town.perhaps(0.25):
            _pauses(town, school.id)
    return town


def _pauses(town: Town, school: UUID) -> None:
    """What has a rest, or had one."""
    groups: list[UUID | None] = [None, *(row.id for row in town.of(r.Group, school))]
    by = town.random.choice(town.of(r.Membership, school)).id
    for _ in range(town.random.randint(1, 3)):
        row = r.Pause(school_id=school, by_id=by, reason="A reason", child_words="", grown_words="")
        row.kind = town.random.choice([*PauseKind, PauseKind.EVERYTHING])
        row.group_id = town.random.choice(groups) if row.kind is not PauseKind.PERSON else None
        row.member_id = by if row.kind is PauseKind.PERSON else None
        row.until = town.random.choice([None, LONG_AGO, LONG_AGO + timedelta(days=36_500)])
        row.ended_at = town.ended(0.2)
        town.add(row)


def _grants(town: Town, school: UUID) -> None:
    """Things that somebody opened without their being shared: a running grant changes nothing but under itself."""
    for hat in town.some(town.of(r.Membership, school), 3):
        item = town.random.choice(town.of(r.Item, school))
        row = r.Grant(school_id=school, by_id=hat.id, pupil_id=item.pupil_id, reason="A reason")
        row.item_id = item.id if town.perhaps(0.5) else None
        row.created_at, row.until = LONG_AGO, LONG_AGO + timedelta(hours=town.random.randint(0, 2))
        row.ended_at = town.ended(0.2)
        town.add(row)


def _people(town: Town, school: UUID, grown: list[r.Person]) -> None:
    groups = [
        town.add(r.Group(school_id=school, name=f"G{n}", year="2026/27", closed_at=town.ended(0.2)))
        for n in range(town.random.randint(1, 3))
    ]
    children = [town.add(r.Person()) for _ in range(town.random.randint(1, 4))]
    for child in children:
        pupil = _hat(town, school, child, Role.PUPIL)
        for group in town.some(groups, 2):
            town.add(r.Enrolment(school_id=school, pupil_id=pupil.id, group_id=group.id, ended_at=town.ended(0.2)))
    for person in [*grown, *town.some(children, 1)]:
        for role in town.some([Role.RELATIVE, Role.RELATIVE, Role.TEACHER, Role.LEAD, Role.HEAD], 3):
            _hat(town, school, person, role)
    pupils = [one for one in town.of(r.Membership, school) if one.role is Role.PUPIL]
    for hat in town.of(r.Membership, school):
        if hat.role is Role.TEACHER:
            for group in town.some(groups, 3):
                town.add(r.Teaching(school_id=school, teacher_id=hat.id, group_id=group.id, ended_at=town.ended(0.2)))
        if hat.role is Role.RELATIVE:
            for pupil in town.some([one for one in pupils if one.person_id != hat.person_id], 3):
                _link(town, hat, pupil)
    _stand_ins(town, school, groups)


def _stand_ins(town: Town, school: UUID, groups: list[r.Group]) -> None:
    """Who decides for groups that they may not teach: on some days, or for what waits too long."""
    hats = [one for one in town.of(r.Membership, school) if one.role is not Role.PUPIL]
    for group in groups:
        for hat in town.some(hats, 1):
            begins = TODAY + timedelta(days=town.random.choice([-9, -2, 0, 1]))
            lasts = begins + timedelta(days=town.random.choice([1, 2, 3]))
            where = {"school_id": school, "group_id": group.id, "teacher_id": hat.id}
            town.add(r.Cover(**where, starts_at=begins, ends_at=lasts))
        for hat in town.some(hats, 1):
            town.add(r.Second(school_id=school, group_id=group.id, teacher_id=hat.id))


def _hat(town: Town, school: UUID, person: r.Person, role: Role) -> r.Membership:
    row = r.Membership(school_id=school, person_id=person.id, role=role, name=role.value, ended_at=town.ended(0.1))
    return town.add(row)


def _link(town: Town, relative: r.Membership, pupil: r.Membership) -> None:
    row = r.FamilyLink(school_id=relative.school_id, relative_id=relative.id, pupil_id=pupil.id, known_as="Mum")
    row.ended_at, row.carer = town.ended(0.2), town.perhaps(0.7)
    town.add(row)


def _say(town: Town, school: UUID) -> None:
    """Let people say this and that to pictures of pupils, also people who have no say, and again and again."""
    hats = town.of(r.Membership, school)
    pupils = [one for one in hats if one.role is Role.PUPIL]
    photos = [one.id for one in town.of(r.Attachment, school)]
    for pupil in pupils:
        ties = [one.relative_id for one in town.of(r.FamilyLink, school) if one.pupil_id == pupil.id]
        speakers = [*ties, *ties, pupil.id, town.random.choice(hats).id, None]
        for number in range(town.random.choice([0, 1, 2, 4, 6])):
            who, about = town.random.choice(speakers), town.random.choice([pupil.id, pupil.id, *town.some(photos, 1)])
            row = r.Consent(school_id=school, pupil_id=pupil.id, about_id=about, said_by_id=who, number=number)
            row.speaker, row.said_name, row.by_id = (who.hex if who else "name/aunt"), "Aunt", pupil.id
            row.purpose = town.random.choice([Purpose.CLASS_JOURNAL] * 5 + [Purpose.SHOWCASE])
            row.answer = town.random.choice([*[Answer.YES] * 5, *Answer])
            if about != pupil.id and row.answer is Answer.SET_ASIDE:
                row.answer = Answer.ASK  # nobody sets aside what was said to one photo: it is said again
            row.said_on, row.how, row.wording = LONG_AGO.date(), SaidHow.PAPER, 1
            town.add(row)


def _name(town: Town, photo: r.Attachment) -> None:
    """Name some pupils in a photo, and grown-ups."""
    pupils = [one for one in town.of(r.Membership, photo.school_id) if one.role is Role.PUPIL]
    for pupil in town.some(pupils, 2) if town.perhaps(0.6) else ():
        row = r.Tagged(school_id=photo.school_id, attachment_id=photo.id, kind=TagKind.PUPIL, pupil_id=pupil.id)
        row.by_id = photo.owner_id
        town.add(row)
    if town.perhaps(0.2):
        kind = town.random.choice([TagKind.GROWN_UP, TagKind.NOBODY])
        town.add(r.Tagged(school_id=photo.school_id, attachment_id=photo.id, kind=kind, by_id=photo.owner_id))


def _circles(town: Town, school: UUID, pupil: UUID) -> list[str]:
    """Circles that an item of this pupil might be given: nearly all of its own, with some that are not."""
    groups = [row.id.hex for row in town.of(r.Group, school)]
    found = [f"{kind}/{one}" for one in groups for kind in ("teachers", "class", "class-families")]
    pupils = {pupil} | {row.id for row in town.some(town.of(r.Membership, school), 1) if row.role is Role.PUPIL}
    found += [f"{kind}/{one.hex}" for one in sorted(pupils) for kind in ("self", "family")]
    found += [f"relative/{row.id.hex}" for row in town.of(r.FamilyLink, school) if row.pupil_id == pupil]
    return [*found, f"safeguarding/{school.hex}"]


def _entry(town: Town, school: UUID) -> None:
    pupil = town.random.choice([one for one in town.of(r.Membership, school) if one.role is Role.PUPIL])
    entry = r.Entry(school_id=school, kind="entry", author_id=pupil.id, pupil_id=pupil.id)
    _fill(town, entry)
    comments: list[r.Comment] = []
    for _ in range(town.random.randint(0, 4)):
        author = town.random.choice(town.of(r.Membership, school))
        comment = r.Comment(school_id=school, kind="comment", author_id=author.id, pupil_id=pupil.id, entry_id=entry.id)
        level = {one.id: _level(comments, one) for one in comments}
        above = [one for one in comments if level[one.id] < 4]
        if above and town.perhaps(0.6):
            comment.parent_id = town.random.choice(above).id
        comments.append(comment)
        _fill(town, comment)


def _level(comments: list[r.Comment], one: r.Comment) -> int:
    above = next((other for other in comments if other.id == one.parent_id), None)
    return 1 if above is None else 1 + _level(comments, above)


def _fill(town: Town, item: r.Item) -> None:
    """Give an item revisions, photos, and rows of the gate."""
    item.deleted_at = town.ended(0.1)
    item.gone_at = town.ended(0.1)
    town.add(item)
    revisions = [
        town.add(r.Revision(school_id=item.school_id, item_id=item.id, number=n + 1, saved_at=LONG_AGO, learned=[]))
        for n in range(town.random.randint(1, 3))
    ]
    circles = _circles(town, item.school_id, item.pupil_id)
    where = {"school_id": item.school_id, "item_id": item.id}
    for circle in town.some(circles, 5):
        chosen = town.random.choice(revisions)
        given = {"circle": circle, "revision_id": chosen.id, "number": chosen.number}
        town.add(r.Shown(**where, **given, kind=item.kind, released_at=town.moment()))
    groups: list[UUID | None] = [None, *(row.id for row in town.of(r.Group, item.school_id))]
    for circle in town.some(circles, 2):
        asked = {"revision_id": town.random.choice(revisions).id, "group_id": town.random.choice(groups)}
        late = town.random.choice([None, TODAY - timedelta(hours=1), TODAY, TODAY + timedelta(hours=1)])
        past = town.random.choice(town.of(r.Person)).id if town.perhaps(0.3) else None
        whose = {"pupil_id": item.pupil_id, "author_id": item.author_id}
        when = {"since": town.moment(), "late_at": late, "past_id": past}
        town.add(r.Waiting(**where, **asked, **whose, circle=circle, **when))
    if town.perhaps(0.4):
        for person in town.some(sorted({row.person_id for row in town.of(r.Membership, item.school_id)}), 2):
            town.add(r.LeftOut(**where, revision_id=town.random.choice(revisions).id, person_id=person))
    _photos(town, item, revisions, circles)


def _photos(town: Town, item: r.Item, revisions: list[r.Revision], circles: list[str]) -> None:
    for _ in range(town.random.choice([0, 1, 1, 2])):
        photo = r.Attachment(school_id=item.school_id, owner_id=item.author_id, item_id=item.id)
        photo.state = PictureState.READY
        town.add(photo)
        _name(town, photo)
        for size in ("s", "m"):
            file = {"file": new_id().hex, "sha256": "", "width": 1, "height": 1, "length": 1}
            town.add(r.Rendition(school_id=item.school_id, attachment_id=photo.id, size=size, **file))
        for revision in town.some(revisions, 3):
            place = r.Placement(school_id=item.school_id, revision_id=revision.id, attachment_id=photo.id, position=1)
            place.narrowed = town.perhaps(0.5)
            town.add(place)
            for circle in town.some(circles, 4) if place.narrowed else ():
                town.add(r.NarrowedTo(school_id=item.school_id, placement_id=place.id, circle=circle))


def hats(town: Town) -> Iterator[r.Membership]:
    """Everybody, in each of their hats, the ended ones too."""
    return iter(town.of(r.Membership))
