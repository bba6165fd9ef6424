"""The net holds in many shapes of statements, for viewers that the house makes and others, beside one another.

Each statement is kept for each sight (``journal.visibility.Sight``): nobody gets what was kept for another.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, exists, func, select, union
from sqlalchemy.orm import aliased

from journal import clock
from journal import records as r
from journal.circles import Kind, circle
from journal.facts import Facts, Photo, facts_of, photos_of
from journal.net import open_session
from journal.reasons import GatedSession, beyond
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.viewers import in_teachers_stead, under_grant, viewer_for
from journal.visibility import EVERY_WAY, may_decide, may_see, may_see_photo, revision_for, sight_of
from journal.words import Role
from tests.gate.schools import EVERYTHING, LONG_AGO, TODAY, Town, hats, keep, seeing_all, towns

ONE, TWO, ITEM, PLACE, PHOTO = map(aliased, (r.Revision, r.Revision, r.Item, r.Placement, r.Attachment))
WITHIN, NAMED = select(r.Revision.id).subquery(), select(ONE.id).cte()
SHAPES: dict[type, Sequence[Any]] = {
    r.Revision: (
        select(r.Revision.id),
        select(r.Revision),
        select(ONE),
        select(WITHIN.c.id),
        select(NAMED.c.id),
        select(ONE.id).join(ITEM, ITEM.id == ONE.item_id),
        select(ONE.id).join(TWO, ONE.id == TWO.id),
        select(r.Revision.id).where(exists().where(ONE.id == r.Revision.id)),
        select(ONE.id).where(ONE.id.in_(select(r.Revision.id))),
        select(TWO.id).outerjoin(ONE, ONE.id == TWO.id).where(ONE.id.is_not(None)),
        union(select(r.Revision.id), select(ONE.id)),
        select(r.Revision.id).where(
            r.Revision.number == select(func.max(ONE.number)).where(ONE.id == r.Revision.id).scalar_subquery()
        ),
    ),
    r.Item: (select(r.Item.id), select(ITEM), union(select(r.Entry.id), select(r.Comment.id))),
    r.Placement: (
        select(r.Placement.id),
        select(PLACE.id).join(PHOTO, PHOTO.id == PLACE.attachment_id),
        select(PLACE.id).join(ONE, ONE.id == PLACE.revision_id).join(ITEM, ITEM.id == ONE.item_id),
        select(r.Placement.id).where(exists().where(PLACE.id == r.Placement.id)),
    ),
}
"""Built once, as those of a page are."""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Everybody looks at one moment."""
    with clock.at(TODAY):
        yield


@dataclass
class Told:
    """What the rule in Python says of a town."""

    facts: dict[UUID, Facts]
    photos: dict[UUID, Photo]
    revisions: list[r.Revision]
    places: list[r.Placement]

    def seen(self, viewer: Viewer) -> dict[type, set[UUID]]:
        """What one viewer sees, by table."""
        items = {row.id: row.item_id for row in self.revisions}
        return {
            r.Item: {one for one, about in self.facts.items() if may_see(viewer, about)},
            r.Revision: {row.id for row in self.revisions if self._reads(viewer, self.facts[row.item_id], row.number)},
            r.Placement: {
                row.id
                for row in self.places
                if may_see_photo(viewer, self.facts[items[row.revision_id]], self.photos[row.id])
            },
        }

    def _reads(self, viewer: Viewer, item: Facts, number: int) -> bool:
        waits = any(one.number == number and may_decide(viewer, item, one) for one in item.waiting)
        # Who sees it and neither reads nor decides wrote it, or has it opened: all its revisions.
        nothing_else = replace(item, shown=frozenset(), waiting=())
        return waits or revision_for(viewer, item) == number or may_see(viewer, nothing_else)


def viewers(session: GatedSession, town: Town, random: Random) -> list[Viewer]:
    """Everybody of a town, under their grants and in teachers' stead too; and some whom no house would make."""
    people = [viewer_for(session, hat) for hat in hats(town)]
    pupils = [row.id for row in town.of(r.Membership) if row.role is Role.PUPIL]
    found = [*people, *in_teachers_stead(session, people[0], pupils).values()]
    for grant in town.of(r.Grant):
        for one in people:
            with suppress(Unseen):
                found += [under_grant(one, grant, LONG_AGO)] if one.membership == grant.by_id else []

    def few(things: Sequence[Any], most: int) -> frozenset[Any]:
        return frozenset(random.sample(things, min(len(things), random.randint(0, most))))

    circles = sorted({row.circle for kind in (r.Shown, r.Waiting) for row in town.of(kind)})
    leads = [circle(Kind.SAFEGUARDING, school.id) for school in town.of(r.School)]
    for one in random.sample(people, min(4, len(people))):
        mixed = replace(one, circles=few(circles, 6) | few(leads, 1), kin=few(pupils, 1))
        groups = [row.id for row in town.of(r.Group)]
        mixed = replace(mixed, decides_for=few(groups, 2), seconds_for=few(groups, 2))
        items = [row.id for row in town.of(r.Item)]
        found.append(replace(mixed, opened_items=few(items, 1), opened_pupils=few(pupils, 1)))
    random.shuffle(found)
    return found


def ids(session: GatedSession, asked: Any) -> set[UUID]:
    return {getattr(one, "id", one) for one in session.scalars(asked)}


@settings(max_examples=8)
@given(town=towns(), seed=st.integers(0, 2**32))
def test_every_shape_shows_each_viewer_what_is_theirs(engine: Engine, town: Town, seed: int) -> None:
    random = Random(seed)
    keep(engine, town)
    with seeing_all(engine) as session:
        places = town.of(r.Placement)
        told = Told(facts_of(session, town.of(r.Item)), photos_of(session, places), town.of(r.Revision), places)
        people = viewers(session, town, random)
    with open_session(engine, people[0]) as one, open_session(engine, people[0]) as other:
        for viewer, beside in zip(people, reversed(people), strict=True):
            one.viewer, other.viewer = viewer, beside
            theirs, besides = told.seen(viewer), told.seen(beside)
            for kind, shapes in SHAPES.items():
                for asked in random.sample(shapes, min(3, len(shapes))):
                    assert ids(one, asked) == theirs[kind]
                    assert ids(other, asked) == besides[kind]
            asked = SHAPES[r.Revision][0]
            with beyond(one, EVERYTHING):
                assert ids(one, asked) == {row.id for row in told.revisions}
            assert ids(one, asked) == theirs[r.Revision]
            one.expunge_all()
            other.expunge_all()
    assert any(sight_of(each) != EVERY_WAY for each in people)
