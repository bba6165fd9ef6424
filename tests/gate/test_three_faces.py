"""The three faces of the rule, the net, and the rule written a second time say the same, whatever the school."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from journal import clock, feeds
from journal import records as r
from journal.conditions import newest_shown_to_me
from journal.consents import missing
from journal.directory import Directory
from journal.facts import facts_of, photos_of
from journal.net import open_session
from journal.reasons import BY_THE_RULE
from journal.viewers import viewer_for
from journal.visibility import audience_of, audience_of_photo, may_see, may_see_photo, revision_for
from journal.words import Role
from tests.gate.oracle import Oracle
from tests.gate.schools import TODAY, Town, hats, keep, seeing_all, towns

# Built once: making the key under which a statement is kept takes longer than running it.
ITEMS, REVISIONS = select(r.Item.id), select(r.Revision.id)
PLACES, PHOTOS, SIZES = select(r.Placement.id), select(r.Attachment.id), select(r.Rendition.id)
HOW_MANY = select(func.count()).select_from(r.Rendition)
JOINED = select(r.Placement.id).join(r.Attachment, r.Attachment.id == r.Placement.attachment_id)
NEWEST = (
    select(r.Item.id, r.Revision.number)
    .join(r.Revision, r.Revision.item_id == r.Item.id)
    .where(newest_shown_to_me(r.Revision.__table__))
    .execution_options(**BY_THE_RULE)
)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """Everybody looks at one moment: covers begin and end around it."""
    with clock.at(TODAY):
        yield


@settings(max_examples=20)
@given(town=towns())
def test_the_three_faces_agree(engine: Engine, town: Town) -> None:
    keep(engine, town)
    oracle = Oracle(town)
    with seeing_all(engine) as session:
        items = town.of(r.Item)
        facts = facts_of(session, items)
        audiences = {}
        directories = {}
        for school in town.of(r.School):
            groups = [row.id for row in town.of(r.Group, school.id)]
            pupils = [row.id for row in town.of(r.Membership, school.id) if row.role is Role.PUPIL]
            directories[school.id] = Directory(session, school.id, groups, pupils)
        for item in items:
            audiences[item.id] = audience_of(facts[item.id], directories[item.school_id])
        for hat in hats(town):
            viewer = viewer_for(session, hat)
            allowed = {one for one, about in facts.items() if may_see(viewer, about)}
            read = {one: revision_for(viewer, about) for one, about in facts.items()}
            assert allowed == oracle.items(hat)
            assert allowed == {one for one, people in audiences.items() if hat.id in people}
            assert read == {item.id: oracle.reads(hat, item) for item in items}
            with open_session(engine, viewer) as theirs:
                assert set(theirs.scalars(ITEMS)) == allowed
                for one, number in theirs.execute(NEWEST):
                    assert read[one] in (number, None)
                    read.pop(one)
                assert not any(read.values())


@settings(max_examples=20)
@given(town=towns())
def test_the_directory_knows_people_as_they_are_when_they_look(engine: Engine, town: Town) -> None:
    keep(engine, town)
    oracle = Oracle(town)
    with seeing_all(engine) as session:
        for school in town.of(r.School):
            groups = [row.id for row in town.of(r.Group, school.id)]
            pupils = [row.id for row in town.of(r.Membership, school.id) if row.role is Role.PUPIL]
            directory = Directory(session, school.id, groups, pupils)
            for hat in town.of(r.Membership, school.id):
                viewer = viewer_for(session, hat)
                assert viewer.circles == oracle.circles(hat)
                if hat.id in directory.people:
                    assert directory.viewer(hat.id) == viewer


@settings(max_examples=10)
@given(town=towns())
def test_revisions_and_photos_through_the_net_are_what_the_rules_say(engine: Engine, town: Town) -> None:
    keep(engine, town)
    oracle = Oracle(town)
    for hat in hats(town):
        with seeing_all(engine) as session:
            viewer = viewer_for(session, hat)
        with open_session(engine, viewer) as theirs:
            assert set(theirs.scalars(REVISIONS)) == oracle.revisions(hat)
            assert set(theirs.scalars(PLACES)) == oracle.placements(hat)
            assert set(theirs.scalars(PHOTOS)) == oracle.attachments(hat)
            assert set(theirs.scalars(SIZES)) == oracle.renditions(hat)
            assert theirs.scalar(HOW_MANY) == len(oracle.renditions(hat))
            assert set(theirs.scalars(JOINED)) == oracle.placements(hat)


@settings(max_examples=20)
@given(town=towns())
def test_the_faces_of_the_rule_agree_about_photos(engine: Engine, town: Town) -> None:
    keep(engine, town)
    oracle = Oracle(town)
    numbers = {row.id: row for row in town.of(r.Revision)}
    places = town.of(r.Placement)
    with seeing_all(engine) as session:
        facts = facts_of(session, town.of(r.Item))
        photos = photos_of(session, places)
        about = {row.id: facts[numbers[row.revision_id].item_id] for row in places}
        seen = {hat.id: oracle.placements(hat) for hat in hats(town)}
        for hat in hats(town):
            viewer = viewer_for(session, hat)
            allowed = {row.id for row in places if may_see_photo(viewer, about[row.id], photos[row.id])}
            assert allowed == seen[hat.id]
        for school in town.of(r.School):
            groups = [row.id for row in town.of(r.Group, school.id)]
            pupils = [row.id for row in town.of(r.Membership, school.id) if row.role is Role.PUPIL]
            directory = Directory(session, school.id, groups, pupils)
            for row in town.of(r.Placement, school.id):
                people = {one for one, places_seen in seen.items() if row.id in places_seen}
                assert audience_of_photo(about[row.id], photos[row.id], directory) == people


@settings(max_examples=20)
@given(town=towns())
def test_who_lacks_a_yes_is_the_same_for_rows_in_hand_and_in_the_database(engine: Engine, town: Town) -> None:
    keep(engine, town)
    oracle = Oracle(town)
    lacking = {
        (row.revision_id, row.attachment_id, tag.pupil_id)
        for row in town.of(r.Placement)
        for tag in oracle.named_in(row.attachment_id)
        if not oracle.said_yes(tag.pupil_id, row.attachment_id)
    }
    with seeing_all(engine) as session:
        found = missing(session, [row.id for row in town.of(r.Revision)])
    said = [(revision, one.photo, one.pupil) for revision, many in found.items() for one in many]
    assert len(said) == len(set(said))
    assert set(said) == lacking


@settings(max_examples=20)
@given(town=towns(most_items=8), page=st.integers(1, 5), choose=st.randoms(use_true_random=False))
def test_lists_have_each_thing_once_in_order_for_any_size_of_page(engine: Engine, town, page, choose) -> None:  # type: ignore[no-untyped-def]
    keep(engine, town)
    oracle = Oracle(town)
    for hat in hats(town):
        with seeing_all(engine) as session:
            viewer = viewer_for(session, hat)
        held = sorted(viewer.circles)
        circles = set(choose.sample(held, choose.randint(0, len(held))))
        with open_session(engine, viewer) as theirs:
            found: list[feeds.Mark] = []
            before: str | None = None
            while marks := feeds.newest(theirs, viewer, sorted(circles), feeds.read_mark(before), page):
                found += marks
                before = str(marks[-1])
                assert len(marks) <= page
            assert [one.item for one in found] == oracle.feed(hat, circles)
            assert all(newer > older for newer, older in pairwise(found))
            opened = feeds.shown_revisions(theirs, [one.item for one in found])
            assert opened.keys() == {one.item for one in found}
            for item, revision in opened.values():
                assert revision.number == oracle.reads(hat, item)


@given(st.datetimes(timezones=st.just(feeds.END_OF_TIME.at.tzinfo)), st.uuids())
def test_a_place_in_a_list_goes_through_an_address_unchanged(at, item) -> None:  # type: ignore[no-untyped-def]
    mark = feeds.Mark(at, item)
    assert feeds.read_mark(str(mark)) == mark


@given(st.text(max_size=80))
def test_what_is_no_place_in_a_list_is_ignored(raw: str) -> None:
    found = feeds.read_mark(raw)
    assert found is None or feeds.read_mark(str(found)) == found
