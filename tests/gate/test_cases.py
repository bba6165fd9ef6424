"""The cases of the product, each with the demo school's people, on both databases."""

import pytest
from sqlalchemy import select, update

from journal import records as r
from journal.clock import now
from journal.entries import acts as entries
from journal.net import open_session
from journal.refusals import Refusal, Unseen
from journal.viewers import viewer_for
from journal.words import Verdict
from tests.gate.people import UNDO, Story
from tests.world import World


@pytest.fixture
def story(world_on_both: World) -> Story:
    return Story(world_on_both)


def test_shared_with_family_and_class(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("family", "class"))
    assert story.reads("nadia", entry) == "one"
    assert not story.sees("oscar", entry)
    story.decides("doyle", entry)
    assert story.reads("oscar", entry) == "one"
    with story.world.session() as session:
        times = session.scalars(select(r.Shown.released_at).where(r.Shown.item_id == entry)).all()
    assert len(times) == len(set(times)) == 2


def test_then_edited(story: Story) -> None:
    doors = story.doors("family", "class")
    entry = story.posts("maya", "one", doors)
    story.decides("doyle", entry)
    story.writes("maya", entry, "two", doors)
    assert story.reads("nadia", entry) == "one"
    story.hands_in("maya", entry)
    assert (story.reads("nadia", entry), story.reads("oscar", entry)) == ("two", "one")
    story.decides("doyle", entry, Verdict.SENT_BACK)
    assert story.reads("oscar", entry) == "one"
    story.writes("maya", entry, "three", doors)
    story.hands_in("maya", entry)
    story.decides("adeyemi", entry)
    assert story.reads("oscar", entry) == "three"


def test_class_taken_away(story: Story) -> None:
    entry = story.world.entry("tomatoes")
    assert story.sees("oscar", entry)
    assert story.sees("h-noor", entry)
    assert story.photos("oscar", entry)
    said = story.says("oscar", entry, "I would press tea")
    story.decides("doyle", said)
    assert story.sees("ruby", said)
    story.opens("maya", entry, story.doors("family"))
    for who in ("oscar", "h-noor", "ruby"):
        assert not story.sees(who, entry)
        assert not story.photos(who, entry)
    assert not story.sees("ruby", said)
    assert story.photos("nadia", entry)
    story.opens("maya", entry, story.doors("family", "class"))
    assert not story.sees("oscar", entry)
    story.decides("doyle", entry)
    assert story.sees("oscar", entry)


def test_grandmother_comments_on_a_family_only_entry_later_widened(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("family"))
    said = story.says("nani", entry, "Well done")
    reply = story.says("maya", entry, "Thank you", answers=said)
    deeper = story.says("tom", entry, "Lovely", answers=reply)
    story.opens("maya", entry, story.doors("family", "class", "class_families"))
    story.decides("doyle", entry)
    for item in (said, reply, deeper):
        assert story.sees("nadia", item)
        assert not story.sees("oscar", item)
        assert not story.sees("h-noor", item)
        assert not story.sees("doyle", item)


def test_a_comment_of_one_who_was_picked_stays_with_those_picked(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("picked", picked=(story.world.link("joe", "maya"),)))
    said = story.says("joe", entry, "Between us")
    assert story.sees("maya", said)
    story.opens("maya", entry, story.doors("family", "picked", picked=(story.world.link("joe", "maya"),)))
    assert story.sees("nadia", entry)
    assert not story.sees("nadia", said)


def test_pupil_answers_in_a_thread_shown_to_family_and_class(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("family", "class"))
    story.decides("doyle", entry)
    said = story.says("nadia", entry, "Hello all", to="everyone")
    story.decides("doyle", said)
    reply = story.says("maya", entry, "Hello Mum", answers=said)
    assert story.sees("nadia", reply)
    assert not story.sees("oscar", reply)
    story.decides("doyle", reply)
    assert story.sees("oscar", reply)


def test_an_answer_is_shown_at_most_where_all_that_it_answers_is_shown(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("family", "class"))
    story.decides("doyle", entry)
    said = story.says("nadia", entry, "Hello all", to="everyone")
    reply = story.says("maya", entry, "Hello Mum", answers=said)
    deeper = story.says("tom", entry, "And me", to="everyone", answers=reply)
    story.decides("doyle", deeper)
    story.decides("doyle", reply)
    assert not story.sees("oscar", deeper)
    story.decides("doyle", said)
    assert story.sees("oscar", deeper)
    story.puts_away("doyle", said)
    assert not story.sees("oscar", reply)
    assert not story.sees("oscar", deeper)
    assert story.sees("nadia", deeper)


def test_a_thread_grows_no_deeper_than_the_gate_looks(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("family"))
    last = story.says("nadia", entry, "0")
    for number in range(1, 7):
        last = story.says("maya" if number % 2 else "nadia", entry, str(number), answers=last)
    with story.world.session() as session:
        parents = dict(session.execute(select(r.Comment.id, r.Comment.parent_id)).all())
    depth = 0
    while last:
        depth, last = depth + 1, parents[last]
    assert depth == 4


def test_a_teacher_is_a_classmates_parent(story: Story) -> None:
    entry = story.posts("hanna", "one", story.doors("class", "class_families"))
    story.decides("lowe", entry)
    assert story.reads("adeyemi", entry, "relative") == "one"
    assert not story.sees("adeyemi", entry, "teacher")
    hers = story.posts("maya", "two", story.doors("teachers"))
    assert story.sees("adeyemi", hers, "teacher")
    assert not story.sees("adeyemi", hers, "relative")


def test_a_teacher_is_the_authors_parent(story: Story) -> None:
    entry = story.posts("isla", "one", story.doors("class"))
    assert not story.sees("grant", entry, "teacher")
    with pytest.raises(Unseen):
        story.decides("grant", entry)
    story.decides("iqbal", entry)
    assert story.sees("grant", entry, "teacher")


def test_the_lead_decides_where_no_teacher_can(story: Story) -> None:
    entry = story.posts("isla", "one", story.doors("class"))
    assert not story.sees("penhale", entry)
    story.leaves("iqbal")
    assert story.sees("penhale", entry)
    story.decides("penhale", entry, role="lead")
    assert story.reads("jaspreet", entry) == "one"


def test_a_lead_who_left_decides_no_more(story: Story) -> None:
    entry = story.posts("isla", "one", story.doors("class"))
    story.leaves("iqbal")
    story.leaves("penhale", "lead")
    assert not story.sees("penhale", entry)


def test_pupil_moves_to_another_group(story: Story) -> None:
    doors = story.doors("family", "class")
    old = story.posts("maya", "one", doors)
    story.decides("doyle", old)
    waits = story.posts("maya", "two", doors)
    story.moves("maya", "kingfishers", "herons")
    assert story.reads("oscar", old) == "one"
    assert not story.sees("isla", old)
    with pytest.raises(Refusal):
        story.decides("doyle", waits)
    assert not story.sees("oscar", waits)
    story.opens("maya", old, story.doors("class"))
    assert story.reads("oscar", old) == "one"
    assert not story.sees("isla", old)
    story.writes("maya", old, "three", doors)
    story.hands_in("maya", old)
    assert (story.reads("nadia", old), story.reads("oscar", old)) == ("three", "one")


def test_new_school_year(story: Story) -> None:
    doors = story.doors("teachers", "class")
    entry = story.posts("maya", "one", doors)
    story.decides("doyle", entry)
    waits = story.posts("maya", "two", story.doors("class"))
    story.year_ends("kingfishers")
    assert story.reads("oscar", entry) == "one"
    with pytest.raises(Refusal):
        story.decides("doyle", waits)
    fresh = story.posts("maya", "three", doors)
    assert not story.sees("doyle", fresh)
    story.moves("maya", "kingfishers", "herons")
    assert not story.sees("iqbal", entry)


def test_teacher_leaves_the_school(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("teachers", "class"))
    said = story.says("doyle", entry, "Good", role="teacher")
    story.leaves("doyle")
    assert not story.sees("doyle", entry)
    assert story.sees("maya", said)
    assert story.sees("adeyemi", entry, "teacher")
    story.leaves("adeyemi")
    story.decides("penhale", entry, role="lead")
    assert story.sees("oscar", entry)


def test_family_link_ends(story: Story) -> None:
    joe = story.world.link("joe", "maya")
    picked = story.posts("maya", "one", story.doors("picked", picked=(joe,)))
    family = story.posts("maya", "two", story.doors("family"))
    said = story.says("joe", family, "Hello")
    story.link_ends("joe", "maya")
    assert not story.sees("joe", picked)
    assert not story.sees("joe", family)
    assert story.sees("nadia", said)


def test_relative_joins_later(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("family"))
    said = story.says("nadia", entry, "Hello")
    assert not story.sees("claire", entry)
    with story.world.session() as session:
        again = update(r.FamilyLink).where(r.FamilyLink.id == story.world.link("claire", "maya"))
        session.execute(again.values(ended_at=None))
        session.commit()
    assert story.sees("claire", entry)
    assert story.sees("claire", said)


def test_put_away_by_a_teacher_after_the_family_saw_it(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("family", "class"))
    story.decides("doyle", entry)
    story.puts_away("doyle", entry)
    assert not story.sees("oscar", entry)
    assert story.sees("nadia", entry)


def test_put_away_by_the_lead_is_gone_for_all_until_the_lead_lets_it_through(story: Story) -> None:
    doors = story.doors("family", "class")
    entry = story.posts("maya", "one", doors)
    story.decides("doyle", entry, Verdict.PASSED_ON)
    story.decides("penhale", entry, Verdict.PUT_AWAY, role="lead")
    assert story.all_see(entry) == {"maya/pupil"}
    story.opens("maya", entry, story.doors())
    story.opens("maya", entry, doors)
    assert story.all_see(entry) == {"maya/pupil", "penhale/lead"}
    story.decides("penhale", entry, role="lead")
    assert story.sees("nadia", entry)


def test_pupil_deletes_an_entry_with_others_comments(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("family", "class"))
    story.decides("doyle", entry)
    said, waits = story.says("nadia", entry, "Hello"), story.says("oscar", entry, "Hi")
    with story.world.acting("maya") as (session, me):
        entries.delete_entry(session, me, entry, UNDO)
    assert story.all_see(entry) == {"maya/pupil"}
    assert story.all_see(said) == {"nadia/relative"}
    assert story.all_see(waits) == {"oscar/pupil"}
    with story.world.acting("maya") as (session, me):
        entries.bring_back(session, me, entry)
    assert story.sees("oscar", entry)


def test_attachment_narrower_than_its_entry(story: Story) -> None:
    entry = story.world.entry("snail-hotel")
    everyone, teachers = story.photos("nadia", entry), story.photos("doyle", entry)
    assert len(everyone) == 3
    assert len(everyone - teachers) == 1
    assert teachers < everyone


def test_who_may_comment(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("class", "class_families"))
    story.decides("doyle", entry)
    said = story.says("h-noor", entry, "Lovely")
    assert not story.sees("maya", said)
    story.decides("doyle", said)
    assert story.sees("maya", said)
    with story.world.session() as session:
        session.execute(update(r.School).values(class_families_may_comment=False))
        session.commit()
    with pytest.raises(Unseen):
        story.says("h-noor", entry, "Again")
    story.says("oscar", entry, "Me too")
    with pytest.raises(Unseen):
        story.says("kaur", entry, "As the head")


def test_a_person_in_several_schools(story: Story) -> None:
    entry = story.posts("priya", "one", story.doors("family"))
    assert story.sees("menon", entry, "relative")
    assert not story.sees("menon", entry, "teacher")


def test_left_out_beats_every_circle_and_every_hat(story: Story) -> None:
    doors = story.doors("family", "class", left_out=("oscar", "tom"))
    entry = story.posts("maya", "one", doors)
    story.decides("doyle", entry)
    said = story.says("nadia", entry, "Hello all", to="everyone")
    for who in ("oscar", "tom"):
        assert not story.sees(who, entry)
        assert not story.sees(who, said)


def test_somebody_left_out_meanwhile_is_not_let_in_by_an_edit_or_by_taking_it_back(story: Story) -> None:
    doors, without = story.doors("family", "class"), story.doors("family", "class", left_out=("oscar",))
    entry = story.posts("maya", "one", doors)
    story.decides("doyle", entry)
    story.writes("maya", entry, "two", doors)
    story.opens("maya", entry, without)
    story.hands_in("maya", entry)
    story.decides("doyle", entry)
    assert not story.sees("oscar", entry)
    only_class = story.doors("class", left_out=("oscar",))
    other = story.posts("maya", "one", only_class)
    story.decides("doyle", other)
    story.writes("maya", other, "two", only_class)
    story.hands_in("maya", other)
    story.withdraws("maya", other)
    with story.world.acting("maya") as (session, me):
        entries.throw_away(session, me, other, UNDO)
    assert story.reads("ruby", other) == "one"
    assert not story.sees("oscar", other)


def test_a_door_shut_meanwhile_stays_shut_when_an_edit_is_taken_back(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("class", "class_families"))
    story.decides("doyle", entry)
    story.writes("maya", entry, "two", story.doors("class"))
    story.hands_in("maya", entry)
    story.withdraws("maya", entry)
    with story.world.acting("maya") as (session, me):
        entries.throw_away(session, me, entry, UNDO)
        _, draft = entries.open_draft(session, me, entry)
        kinds = {one.partition("/")[0] for one in entries.chosen(session, draft.id)}
    assert kinds == {"class"}


def test_a_school_that_checks_first(story: Story) -> None:
    alone = story.posts("ailsa", "one", story.doors("family"))
    assert not story.sees("i-munro", alone)
    story.decides("okafor", alone, role="lead")
    assert story.sees("i-munro", alone)
    entry = story.posts("ailsa", "two", story.doors("teachers"))
    story.opens("ailsa", entry, story.doors("teachers", "family"))
    assert not story.sees("i-munro", entry)
    story.decides("menon", entry)
    assert story.sees("i-munro", entry)


def test_a_decision_about_what_was_never_ones_own_is_like_one_about_nothing(story: Story) -> None:
    private = story.posts("maya", "one", story.doors())
    for who, role in (("penhale", "lead"), ("doyle", "teacher"), ("lowe", "teacher")):
        with pytest.raises(Unseen):
            story.decides(who, private, role=role)


def test_a_membership_that_ended_sees_only_what_it_wrote(story: Story) -> None:
    entry = story.posts("maya", "one", story.doors("class"))
    with story.world.session() as session:
        hat = session.scalars(select(r.Membership).where(r.Membership.id == story.world.member("maya"))).one()
        hat.ended_at = now()
        viewer = viewer_for(session, hat)
    assert not viewer.circles
    with open_session(story.world.engine, viewer) as session:
        assert entry in session.scalars(select(r.Item.id)).all()
