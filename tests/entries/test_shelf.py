"""What lies on a pupil's shelf: what they are writing, and what came back to them."""

from uuid import UUID

from sqlalchemy import select

from journal.entries.acts import throw_away, withdraw
from journal.entries.reading_space import Filter, space
from journal.records import Decision, Entry
from journal.words import Door, Verdict
from tests.talk.story import change, let_through, shared
from tests.world import World

CLASS = frozenset({Door.CLASS})


def on_shelf(world: World, entry: UUID, who: str = "maya") -> bool:
    with world.acting(who) as (session, viewer):
        return entry in {one.entry for one in space(session, viewer, Filter.ALL, None).shelf}


def test_what_came_back_lies_there_until_it_is_handed_in_again(world: World) -> None:
    entry = shared(world, CLASS, let_through=False)
    assert not on_shelf(world, entry)
    let_through(world, entry, Verdict.SENT_BACK, "Please leave out your address.")
    assert on_shelf(world, entry)
    change(world, entry, "It has three leaves.", CLASS)
    assert not on_shelf(world, entry)
    let_through(world, entry)
    assert not on_shelf(world, entry)


def test_an_older_revision_that_came_back_lies_there_once_it_is_in_force_again(world: World) -> None:
    entry = shared(world, CLASS)
    with world.session() as session:
        # Another group's teacher sent back what the class was shown.
        given = session.scalars(select(Decision).where(Decision.item_id == entry)).one()
        same = {"school_id": given.school_id, "item_id": entry, "revision_id": given.revision_id, "by_id": given.by_id}
        session.add(Decision(**same, verdict=Verdict.SENT_BACK, note="Not for the club."))
        session.commit()
    change(world, entry, "It has three leaves.", CLASS)
    assert not on_shelf(world, entry)
    with world.acting("maya") as (session, viewer):
        withdraw(session, viewer, entry)
        throw_away(session, viewer, entry, 60)
    assert on_shelf(world, entry)


def test_in_all_schools_it_is_what_the_decisions_say(world: World) -> None:
    with world.session() as session:
        back = select(Decision.revision_id).where(Decision.verdict == Verdict.SENT_BACK)
        said = set(session.scalars(select(Entry.id).where(Entry.revision_id.in_(back))))
        noted = set(session.scalars(select(Entry.id).where(Entry.sent_back_at.is_not(None), Entry.draft_id.is_(None))))
        drafts = set(session.scalars(select(Entry.id).where(Entry.draft_id.is_not(None))))
    assert noted == said - drafts
    assert len(noted) > 1
