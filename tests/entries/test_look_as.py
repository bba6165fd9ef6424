"""Who can see something, and looking at it as one of them: as they see it, and nothing that the child may not know."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from journal.clock import now
from journal.entries.acts import begin, delete_entry
from journal.ids import new_id
from journal.records import (
    FamilyLink,
    Grant,
    Group,
    Item,
    Look,
    Notice,
    Pause,
    Placement,
    Trail,
)
from journal.talk.acts import SayInput, edit
from journal.words import Door, PauseKind, Verdict
from tests.entries.looking import cannot, look, looked, seers, story, who_page
from tests.gate.people import Story
from tests.talk.story import change, let_through, page, said, say, shared
from tests.world import World

FAMILY, CLASS = frozenset({Door.FAMILY}), frozenset({Door.CLASS})
BOTH = FAMILY | CLASS


def rewrites(world: World, who: str, comment: UUID, words: str) -> None:
    """Somebody changes what they wrote back."""
    with world.acting(who) as (session, viewer):
        edit(session, viewer, comment, SayInput(words=words))


def test_shared_with_family_and_class_then_edited(world_on_both: World) -> None:
    world = world_on_both
    entry = shared(world, BOTH, let_through=False)
    assert "two leaves" in looked(world, entry, "nadia")
    assert cannot(world, entry, "oscar")
    text = who_page(world, entry)
    assert "Mr Adeyemi or Mrs Doyle reads it first" in text
    assert "Until then" not in text
    assert world.member("nani") in seers(text)
    assert world.member("doyle", "teacher") in seers(text)
    assert world.member("oscar") not in seers(text)
    let_through(world, entry)
    assert "two leaves" in looked(world, entry, "oscar")
    assert world.member("oscar") in seers(who_page(world, entry))
    change(world, entry, "It has six leaves now.", BOTH)
    assert "six leaves" in looked(world, entry, "nani")
    assert "two leaves" in looked(world, entry, "oscar")
    assert "six leaves" not in looked(world, entry, "oscar")
    assert "Until then they see the one from before." in who_page(world, entry)
    let_through(world, entry, Verdict.SENT_BACK, "Nearly.")
    assert "two leaves" in looked(world, entry, "oscar")
    assert "reads it first" not in who_page(world, entry)


def test_the_bar_says_as_whom_and_leads_back(world: World) -> None:
    entry = shared(world)
    text = looked(world, entry, "joe")
    assert "<strong>You are looking as Grandad Joe.</strong>" in text
    assert "This is what Grandad Joe can see. Grandad Joe is not told that you looked." in text
    assert f'href="/entries/{entry}/who"' in text
    assert "Be Maya again" in text
    own = page(world.client("maya"), entry)
    assert f'href="/entries/{entry}/who"' in own
    assert f'href="/entries/{entry}/doors"' in own
    assert f'href="/entries/{entry}/doors"' in who_page(world, entry)


def test_who_decides_sees_what_waits(world: World) -> None:
    entry = shared(world, CLASS, let_through=False)
    text = looked(world, entry, "adeyemi", "teacher")
    assert "two leaves" in text
    assert "Mr Adeyemi reads this first, before other people can see it." in text
    assert "Talking about it" not in text
    let_through(world, entry)
    assert "reads this first" not in looked(world, entry, "adeyemi", "teacher")
    change(world, entry, "It has six leaves now.", CLASS)
    text = looked(world, entry, "doyle")
    assert "two leaves" in text
    assert "six leaves" not in text
    assert "Mrs Doyle also reads your new words" in text


def test_a_narrower_photo_is_on_the_page_of_those_it_is_kept_for(world: World) -> None:
    entry = world.entry("snail-hotel")
    with world.session() as session:
        kept = session.scalars(select(Placement.attachment_id).where(Placement.narrowed)).all()
    pictures = {who: story(looked(world, entry, who))[1] for who in ("nani", "adeyemi")}
    assert pictures["adeyemi"] < pictures["nani"]
    assert pictures["nani"] - pictures["adeyemi"] <= {str(one) for one in kept}


def test_who_is_left_out_is_told_to_nobody(world: World) -> None:
    tale = Story(world)
    entry = tale.posts("maya", "A bean", tale.doors("family", "class", left_out=("oscar", "joe")))
    tale.decides("doyle", entry)
    assert cannot(world, entry, "oscar")
    assert cannot(world, entry, "joe")
    for text in (who_page(world, entry), looked(world, entry, "ruby"), looked(world, entry, "nani")):
        assert "Oscar" not in text
        assert "Grandad Joe" not in text


def test_other_families_stand_there_as_families_and_are_nobody_to_look_as(world: World) -> None:
    entry = shared(world, frozenset({Door.CLASS_FAMILIES}))
    text = who_page(world, entry)
    assert "Aisha’s family" in text
    assert "Maya’s family" not in text
    assert seers(text) >= {world.member("nadia", "relative"), world.member("adeyemi", "teacher")}
    assert world.client("h-noor").get(f"/entries/{entry}").status_code == 200
    assert look(world, entry, "h-noor").status_code == 404
    assert "two leaves" in looked(world, entry, "nadia", "relative")


def test_what_is_said_to_the_family_is_not_on_the_page_of_the_class(world: World) -> None:
    entry = shared(world)
    to_us, to_all = said(say(world.client("nadia"), entry, "For us")), None
    to_all = said(say(world.client("joe"), entry, "For all", reach="everyone"))
    assert "For us" in looked(world, entry, "nani")
    assert "For us" not in looked(world, entry, "aisha")
    assert "For all" not in looked(world, entry, "aisha")
    let_through(world, to_all)
    text = looked(world, entry, "aisha")
    assert "For all" in text
    assert "Grandad Joe" in text
    assert "Maya’s Grandad Joe" not in text
    assert str(to_us) not in text


def test_a_classmates_comment_that_waits_stays_theirs(world: World) -> None:
    entry = shared(world)
    waits = said(say(world.client("oscar"), entry, "Mine is taller"))
    assert "Mine is taller" in page(world.client("oscar"), entry)
    for who in ("oscar", "adeyemi"):
        assert str(waits) not in looked(world, entry, who)
        assert "Mine is taller" not in looked(world, entry, who)
    let_through(world, waits)
    assert "Mine is taller" in looked(world, entry, "oscar")
    rewrites(world, "oscar", waits, "Mine is the tallest")
    assert "Mine is the tallest" in page(world.client("oscar"), entry)
    text = looked(world, entry, "oscar")
    assert "Mine is taller" in text
    assert "tallest" not in text
    assert "waits" not in text


def test_older_words_of_a_comment_are_not_read_through_the_class(world: World) -> None:
    entry = shared(world)
    comment = said(say(world.client("nadia"), entry, "A green bean", reach="everyone"))
    let_through(world, comment)
    answer = said(say(world.client("aisha"), entry, "Very green", to=comment))
    let_through(world, answer)
    rewrites(world, "nadia", comment, "A purple bean")
    text = looked(world, entry, "oscar")
    assert "A green bean" in page(world.client("oscar"), entry)
    assert "A green bean" not in text
    assert "A purple bean" not in text
    assert "Mum changed what stood here. Oscar still sees it as it was before." in text
    assert "Very green" in text
    assert "A purple bean" in looked(world, entry, "nani")


def test_ones_own_comment_stands_there_as_the_other_reads_it(world: World) -> None:
    entry = shared(world)
    comment = said(say(world.client("maya"), entry, "I am proud of it", reach="everyone"))
    let_through(world, comment)
    rewrites(world, "maya", comment, "I am very proud of it")
    assert "I am proud of it" in looked(world, entry, "oscar")
    text = looked(world, entry, "nani")
    assert "I am very proud of it" in text
    assert "can still change it" not in text
    assert ">Maya</span>" in text


def test_what_the_child_hid_stays_hidden_and_what_the_other_hid_is_nobodys_business(world: World) -> None:
    entry = shared(world, FAMILY)
    alone, first = (said(say(world.client("nadia"), entry, words)) for words in ("Not nice", "Not nice either"))
    mine = said(say(world.client("maya"), entry, "An answer", to=first))
    for comment in (alone, first):
        world.client("maya").post(f"/comments/{comment}/hide")
    world.client("nani").post(f"/comments/{mine}/hide")
    text = looked(world, entry, "nani")
    assert "Not nice" not in text
    assert str(alone) not in text
    assert "You hid what Mum wrote here." in text
    assert "An answer" in text
    assert "An answer" not in page(world.client("nani"), entry)


def test_a_link_that_ended_and_a_teacher_who_left(world: World) -> None:
    tale, entry = Story(world), shared(world)
    tale.link_ends("nani", "maya")
    tale.leaves("doyle")
    for who, role in (("nani", ""), ("doyle", "teacher")):
        assert look(world, entry, who, role).status_code == 404
        assert world.member(who, role) not in seers(who_page(world, entry))
    with world.session() as session:
        barred = update(FamilyLink).where(FamilyLink.id == world.link("joe", "maya"))
        session.execute(barred.values(ended_at=now()))
        session.commit()
    assert look(world, entry, "joe").status_code == 404


def test_a_grant_shows_a_lead_nothing_more(world: World) -> None:
    entry, lead = shared(world, FAMILY), world.member("penhale", "lead")
    with world.session() as session:
        school = session.scalars(select(Item.school_id).where(Item.id == entry)).one()
        more = {"reason": "To see whether she is safe", "until": now() + timedelta(hours=1), "told_at": now()}
        session.add(Grant(school_id=school, by_id=lead, pupil_id=world.member("maya"), **more))
        session.commit()
    assert look(world, entry, "penhale", "lead").status_code == 404
    assert lead not in seers(who_page(world, entry))


def test_everybody_else_finds_nothing(world: World) -> None:
    entry, nani = shared(world), world.member("nani")
    paths = (f"/entries/{entry}/who", f"/entries/{entry}/as/{nani}")
    for who, role in (("oscar", ""), ("nani", ""), ("adeyemi", "teacher"), ("penhale", "lead"), ("yara", "pupil")):
        for path in paths:
            assert world.client(who, role).get(path).status_code == 404, (who, path)
    for other in (
        new_id(),
        world.member("maya"),
        world.member("yara"),
        *(world.member(one) for one in ("kaur", "bright")),
    ):
        assert world.client("maya").get(f"/entries/{entry}/as/{other}").status_code == 404
    with world.acting("maya") as (session, viewer):
        draft = begin(session, viewer, "Just begun").id
        delete_entry(session, viewer, entry, 3600)
    for path in paths:
        assert world.client("maya").get(path).status_code == 404
    assert world.client("maya").get(f"/entries/{draft}/who").headers["Location"].endswith("/edit")
    assert look(world, draft, "nani").status_code == 404


def test_while_everything_rests_nobody_sees_it(world: World) -> None:
    entry = shared(world)
    with world.session() as session:
        school, group = session.execute(
            select(Group.school_id, Group.id).where(Group.id == world.group("kingfishers"))
        ).one()
        lead = world.member("penhale", "lead")
        session.add(Pause(school_id=school, kind=PauseKind.EVERYTHING, group_id=group, by_id=lead, reason="Quiet"))
        session.commit()
    assert cannot(world, entry, "nani")
    assert "Nobody else can see it now." in who_page(world, entry)
    assert seers(who_page(world, entry)) == set()


def test_nothing_is_noted_and_nothing_can_be_sent(world: World) -> None:
    entry = shared(world)
    said(say(world.client("nadia"), entry, "Well done"))
    tables = (Look, Notice, Trail)

    def noted() -> list[object]:
        with world.session() as session:
            unseen = session.scalar(select(func.count()).select_from(Notice).where(Notice.seen_at.is_(None)))
            return [unseen, *(session.scalar(select(func.count()).select_from(one)) for one in tables)]

    before = noted()
    texts = [looked(world, entry, who) for who in ("nadia", "aisha", "adeyemi")] + [who_page(world, entry)]
    assert cannot(world, shared(world, FAMILY), "aisha")
    shared_too = noted()
    assert before[1] == shared_too[1], "a look"
    assert before[0] <= shared_too[0], "a notice was marked as seen"
    for text in texts:
        assert "<form" not in text
        assert "<button" not in text
        assert "/worried" not in text
