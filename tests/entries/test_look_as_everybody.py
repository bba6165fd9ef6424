"""Looking as everybody in the demo school: what their own page shows, and nothing else; and what that costs."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from journal.clock import at
from journal.net import open_session
from journal.records import Comment, Entry, Look, Membership
from journal.talk.acts import SayInput
from journal.talk.acts import say as say_so
from journal.viewers import viewer_beside, viewer_for
from journal.words import Door, Role
from tests.entries.looking import looked, main, seers, story, talk, who_page
from tests.talk.story import FAMILY_AND_CLASS, change, let_through, said, say, shared
from tests.world import World

FAMILY = frozenset({Door.FAMILY})


@pytest.mark.parametrize("who", ["nadia", "adeyemi", "aisha", "who", "cannot"])
def test_a_page_asks_eight_times_at_most_whatever_was_said(world: World, who: str) -> None:
    entry, counts = shared(world, FAMILY if who == "cannot" else FAMILY_AND_CLASS), []
    moment = datetime.now(UTC) - timedelta(hours=1)
    path = (
        f"/entries/{entry}/who"
        if who == "who"
        else f"/entries/{entry}/as/{world.member('aisha' if who == 'cannot' else who)}"
    )
    for many in (3, 27):
        with world.acting("nadia", "relative") as (session, viewer):
            first = None
            for number in range(many):
                moment += timedelta(seconds=1)
                with at(moment):
                    comment = say_so(
                        session, viewer, entry, first if number % 3 else None, SayInput(words=f"Word {number}")
                    )
                    first = first if number % 3 else comment.id
        browser = world.client("maya")
        browser.get(path)
        with world.counting() as asked:
            assert browser.get(path).status_code == 200
        assert len(asked) <= 8, [one[:80] for one in asked]
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_long_talk_comes_a_page_at_a_time(world: World) -> None:
    entry, moment = shared(world), datetime.now(UTC) - timedelta(hours=1)
    with world.acting("nadia", "relative") as (session, viewer):
        for number in range(23):
            moment += timedelta(seconds=1)
            with at(moment):
                say_so(session, viewer, entry, None, SayInput(words=f"Thread {number}."))
    first = looked(world, entry, "nani")
    assert "Thread 19." in first
    assert "Thread 20." not in first
    after = first.split("?after=")[1].split("#")[0]
    assert f"/as/{world.member('nani')}?after={after}#talk" in first
    second = looked(world, entry, "nani", after=after)
    assert "Thread 20." in second
    assert "From the beginning" in second


def entries_of(world: World, who: str) -> list[UUID]:
    """What a pupil handed in and did not delete."""
    mine = select(Entry.id).where(Entry.author_id == world.member(who), Entry.revision_id.is_not(None))
    with world.session() as session:
        return list(session.scalars(mine.where(Entry.deleted_at.is_(None)).order_by(Entry.id)))


def prepared(world: World) -> list[UUID]:
    """What Maya made in the demo, and one thing of which the class keeps older words, with a talk of all sorts."""
    entry = shared(world)
    for who, reach in (("nadia", "everyone"), ("nadia", "family"), ("joe", "everyone"), ("oscar", ""), ("maya", "")):
        comment = said(say(world.client(who), entry, f"Said by {who}", **({"reach": reach} if reach else {})))
        if who == "oscar" or (who, reach) == ("nadia", "everyone"):
            let_through(world, comment)
        said(say(world.client("maya"), entry, f"Answer to {who}", to=comment))
    said(say(world.client("oscar"), entry, "This waits"))
    change(world, entry, "It has six leaves now.")
    return [entry, *entries_of(world, "maya")]


def test_each_page_shows_what_the_persons_own_page_shows(world: World) -> None:
    entries, maya = prepared(world), world.client("maya")
    own_family = {world.member(one, "relative") for one in ("nadia", "tom", "joe", "nani")}
    compared = 0
    for entry in entries:
        links = seers(who_page(world, entry))
        child = main(maya.get(f"/entries/{entry}"))
        found = set()
        for name, key in world.keys["members"].items():
            who, school, role = name.split("/")
            member = UUID(key)
            if member == world.member("maya"):
                continue
            answer = maya.get(f"/entries/{entry}/as/{member}")
            shows = answer.status_code == 200 and 'class="asbar"' in main(answer)
            found |= {member} if shows else set()
            with world.acting(who, role, school) as (session, _):
                sees = session.scalars(select(Entry.id).where(Entry.id == entry)).one_or_none() is not None
            assert shows == (sees and (role != Role.RELATIVE or member in own_family)), (name, entry)
            if not shows:
                continue
            theirs = world.client(who, role, school).get(f"/entries/{entry}")
            if theirs.status_code == 302:  # they only decide about it
                continue
            compared += 1
            here, there = main(answer), main(theirs)
            assert story(here) == story(there), (name, entry)
            for comment, words in talk(here).items():
                assert words == talk(child)[comment], (name, comment)
                assert words == talk(there)[comment], (name, comment)
        assert found == links, entry
    assert compared > 60
    with world.session() as session:
        assert not session.scalars(
            select(Look.id).where(Look.membership_id == world.member("maya"), Look.item_id.in_(entries))
        ).all()


def test_every_photo_on_such_a_page_is_served_to_the_child(world: World) -> None:
    entry, maya = world.entry("snail-hotel"), world.client("maya")
    text = looked(world, entry, "nani")
    photos = story(text)[1] | {one for _, many in talk(text).values() for one in many}
    assert len(photos) > 3
    for photo in photos:
        assert maya.get(f"/media/{photo}/small").status_code == 200


def test_whoever_is_looked_as_is_the_viewer_of_their_own_pages(world: World) -> None:
    with world.session() as session:
        everybody = session.scalars(select(Membership)).all()
        assert session.scalars(select(Comment.id)).first()
    with world.acting("maya") as (session, maya):
        for hat in everybody:
            found = viewer_beside(session, maya, hat.id)
            if hat.school_id != maya.school:
                assert found is None
                continue
            with open_session(world.engine, sees_all="a test looks at everything") as other:
                assert found == viewer_for(other, hat), hat.name
