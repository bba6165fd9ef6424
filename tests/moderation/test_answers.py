"""A note is answered, words that were suggested are taken, and another grown-up is asked to look."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from journal import clock
from journal.clock import now
from journal.records import Cover, Decision, Membership, NoteAnswer, Revision, School, Shown, Teaching, Trail, Waiting
from journal.words import AnswerKind, Door
from tests.school.telling import Teller
from tests.world import World

WORDS = "My number is 07700 900142. It was fun."


@pytest.fixture
def tell(world: World) -> Teller:
    """A school in which nothing waits yet, and people who do things."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    return Teller(world)


def sent_back(tell: Teller, *doors: Door, **fields: str) -> tuple[UUID, UUID]:
    """Maya's badge came back from Mr Adeyemi; return it and the decision."""
    item = tell.share("maya", "Badge", *(doors or (Door.CLASS,)), words=WORDS)
    decide(tell, "adeyemi", item, "send_back", note="Lovely! Please take out the number.", **fields)
    with tell.world.session() as session:
        return item, session.scalars(select(Decision.id).where(Decision.item_id == item)).one()


def decide(tell: Teller, who: str, item: UUID, verdict: str, status: int = 303, role: str = "", **fields: str) -> str:
    with tell.world.session() as session:
        revision = session.scalars(
            select(Revision.id).where(Revision.item_id == item).order_by(Revision.number.desc()).limit(1)
        ).one()
    browser = tell.world.client(who, role or ("lead" if who == "penhale" else "teacher"))
    answer = browser.post(f"/to-read/{item}", {"decision": verdict, "revision": str(revision)} | fields)
    assert answer.status_code == status
    return unescape(answer.get_data(as_text=True))


def post(tell: Teller, who: str, decision: UUID, status: int = 303, **fields: str) -> str:
    answer = tell.world.client(who).post(f"/notes/{decision}", fields)
    assert answer.status_code == status
    return unescape(answer.get_data(as_text=True))


def kinds(tell: Teller, item: UUID) -> list[AnswerKind]:
    with tell.world.session() as session:
        rows = select(NoteAnswer.kind).where(NoteAnswer.item_id == item).order_by(NoteAnswer.id)
        return list(session.scalars(rows))


def titles(html: str) -> list[str]:
    return re.findall(r'class="qrow__title"><a[^>]*>([^<]*)<', html)


def without_doyle(tell: Teller) -> None:
    """Only one teacher is left in Maya's class."""
    with tell.world.session() as session:
        session.execute(
            update(Teaching).where(Teaching.teacher_id == tell.world.member("doyle")).values(ended_at=now())
        )
        session.commit()


def test_an_answer_is_read_by_those_who_decide_and_nobody_else(tell: Teller) -> None:
    item, note = sent_back(tell)
    html = tell.page("maya", f"/notes/{note}")
    assert "Mr Adeyemi and Mrs Doyle can read this. Nobody else." in html
    post(tell, "maya", note, do="answer", words="But it is Grandad’s old number!")
    assert "old number" in tell.page("maya", f"/notes/{note}")
    for who in ("adeyemi", "doyle"):
        assert "old number" in tell.page(who, "/to-read", "teacher")
    for who in ("lowe", "penhale"):
        assert "old number" not in tell.page(who, "/to-read")
    for who in ("nadia", "oscar", "adeyemi"):
        tell.page(who, f"/notes/{note}", code=404)
    with tell.world.session() as session:
        answer = session.scalars(select(NoteAnswer.id).where(NoteAnswer.item_id == item)).one()
        told = session.scalars(select(Trail).where(Trail.act == "note_said")).one()
        assert "number" not in str(told.details)
    assert tell.world.client("lowe").post(f"/answers/{answer}/read").status_code == 404
    assert tell.world.client("doyle").post(f"/answers/{answer}/read").status_code == 303
    assert "old number" not in tell.page("adeyemi", "/to-read", "teacher")
    assert "It was read." in tell.page("maya", f"/notes/{note}")


def test_an_answer_is_given_once_and_is_not_written_over(tell: Teller) -> None:
    item, note = sent_back(tell)
    assert "no words yet" in post(tell, "maya", note, 400, do="answer", words=" ")
    assert "2000 letters" in post(tell, "maya", note, 400, do="answer", words="x" * 2001)
    for status, words in ((303, "First"), (303, "First"), (400, "Second")):
        post(tell, "maya", note, status, do="answer", words=words)
    assert kinds(tell, item) == [AnswerKind.SAID]
    html = tell.page("maya", f"/notes/{note}")
    assert "First" in html
    assert "Second" not in html
    assert "did not understand" in post(tell, "maya", note, 400, do="something")


def test_only_the_child_puts_suggested_words_in(tell: Teller) -> None:
    item, note = sent_back(tell, suggest_old="07700 900142", suggest="in the green book")
    html = tell.page("maya", f"/notes/{note}")
    assert "07700 900142" in html
    assert "in the green book" in html
    with tell.world.session() as session:
        assert session.scalars(select(Revision.words).where(Revision.item_id == item)).all() == [WORDS]
    post(tell, "maya", note, do="keep")
    post(tell, "maya", note, do="use")
    post(tell, "maya", note, do="use")
    html = tell.page("maya", f"/entries/{item}/edit")
    assert "My number is in the green book. It was fun." in html
    assert kinds(tell, item) == [AnswerKind.KEPT, AnswerKind.USED]
    with tell.world.session() as session:
        words = session.scalars(select(Revision.words).where(Revision.item_id == item).order_by(Revision.number)).all()
        assert words == [WORDS, "My number is in the green book. It was fun."]
        assert not session.scalars(select(Waiting).where(Waiting.item_id == item)).all()


def test_words_can_be_left_out_without_a_gap_and_gone_ones_are_told(tell: Teller) -> None:
    item, note = sent_back(tell, suggest_old="07700 900142")
    post(tell, "maya", note, do="use")
    assert "My number is. It was fun." in tell.page("maya", f"/entries/{item}/edit")
    other, again = sent_back(tell, suggest_old="It was fun")
    tell.edit("maya", other, "All new", Door.CLASS)
    post(tell, "maya", again, 400, do="use")


def test_another_grown_up_is_asked_and_what_they_say_counts(tell: Teller) -> None:
    item, note = sent_back(tell)
    assert "Mrs Doyle can look at it" in tell.page("maya", f"/notes/{note}")
    post(tell, "maya", note, do="ask", why="It is not a real number.")
    html = tell.page("maya", f"/entries/{item}")
    assert "Mrs Doyle reads it first" in html
    assert "Everything is read" in tell.page("adeyemi", "/to-read", "teacher")
    decide(tell, "adeyemi", item, "let_through", 409)
    html = tell.page("doyle", "/to-read")
    assert titles(html) == ["Badge"]
    for words in ("Asked to look again", "Please take out the number.", "It is not a real number."):
        assert words in html
    decide(tell, "doyle", item, "let_through")
    with tell.world.session() as session:
        assert session.scalars(select(Shown.circle).where(Shown.item_id == item, Shown.circle.like("class/%"))).one()
        assert len(session.scalars(select(Decision).where(Decision.item_id == item)).all()) == 2


def test_it_is_asked_once_for_each_revision(tell: Teller) -> None:
    item, note = sent_back(tell)
    post(tell, "maya", note, do="ask")
    post(tell, "maya", note, do="ask")
    decide(tell, "doyle", item, "send_back", note="Mr Adeyemi is right.")
    with tell.world.session() as session:
        second = session.scalars(select(Decision.id).where(Decision.id != note, Decision.item_id == item)).one()
    assert "You can ask once" not in tell.page("maya", f"/notes/{second}")
    post(tell, "maya", second, 400, do="ask")
    tell.edit("maya", item, "Badge again", Door.CLASS)
    post(tell, "maya", note, 303, do="ask")
    assert titles(tell.page("adeyemi", "/to-read", "teacher")) == ["Badge again"]
    decide(tell, "adeyemi", item, "send_back", note="Nearly.")
    with tell.world.session() as session:
        third = session.scalars(
            select(Decision.id).where(Decision.item_id == item).order_by(Decision.id.desc()).limit(1)
        ).one()
    post(tell, "maya", third, do="ask")
    assert titles(tell.page("doyle", "/to-read")) == ["Badge again"]


def test_where_no_other_teacher_is_the_lead_looks(tell: Teller) -> None:
    without_doyle(tell)
    item, note = sent_back(tell)
    assert "Mr Penhale can look at it" in tell.page("maya", f"/notes/{note}")
    post(tell, "maya", note, do="ask")
    assert titles(tell.page("penhale", "/to-read")) == ["Badge"]
    assert "Everything is read" in tell.page("adeyemi", "/to-read", "teacher")
    decide(tell, "penhale", item, "let_through")


def test_where_the_other_teacher_leaves_meanwhile_the_lead_has_it(tell: Teller) -> None:
    _item, note = sent_back(tell)
    post(tell, "maya", note, do="ask")
    without_doyle(tell)
    assert titles(tell.page("penhale", "/to-read")) == ["Badge"]


def test_who_covers_for_a_teacher_today_is_asked_before_the_lead(tell: Teller) -> None:
    without_doyle(tell)
    school, group = UUID(tell.world.keys["schools"]["larkfield"]), tell.world.group("kingfishers")
    with tell.world.session() as session:
        days = {"starts_at": now() - timedelta(days=1), "ends_at": now() + timedelta(days=1)}
        session.add(Cover(school_id=school, group_id=group, teacher_id=tell.world.member("iqbal"), **days))
        session.commit()
    item, note = sent_back(tell)
    assert "Miss Iqbal can look at it" in tell.page("maya", f"/notes/{note}")
    post(tell, "maya", note, do="ask")
    assert titles(tell.page("iqbal", "/to-read")) == ["Badge"]
    assert "Everything is read" in tell.page("penhale", "/to-read")
    decide(tell, "iqbal", item, "let_through")


def test_what_was_asked_again_and_waits_too_long_goes_to_the_lead_as_well(tell: Teller) -> None:
    with tell.world.session() as session:
        session.execute(update(School).values(late_after=24))
        session.commit()
    _item, note = sent_back(tell)
    post(tell, "maya", note, do="ask")
    assert "Everything is read" in tell.page("penhale", "/to-read")
    with clock.at(now() + timedelta(days=30)):
        assert titles(tell.page("penhale", "/to-read")) == ["Badge"]
        assert titles(tell.page("adeyemi", "/to-read", "teacher")) == []


def test_a_note_that_was_taken_back_is_not_there(tell: Teller) -> None:
    _item, note = sent_back(tell)
    with tell.world.session() as session:
        go = session.scalars(select(Decision.go_id).where(Decision.id == note)).one()
    undone = tell.world.client("adeyemi", "teacher").post("/to-read/undo", {"go": str(go)})
    assert undone.status_code == 303
    assert tell.world.client("maya").get(f"/notes/{note}").status_code == 404
    post(tell, "maya", note, 404, do="ask")


def test_where_nobody_else_is_it_is_said(tell: Teller) -> None:
    without_doyle(tell)
    with tell.world.session() as session:
        session.execute(
            update(Membership).where(Membership.id == tell.world.member("penhale", "lead")).values(ended_at=now())
        )
        session.commit()
    _item, note = sent_back(tell)
    assert "You can ask once" not in tell.page("maya", f"/notes/{note}")
    assert "nobody else here who could look" in post(tell, "maya", note, 400, do="ask")


def test_what_is_changed_meanwhile_is_not_asked_about(tell: Teller) -> None:
    item, note = sent_back(tell)
    tell.edit("maya", item, "Badge again", Door.CLASS)
    post(tell, "maya", note, 400, do="ask")
    post(tell, "maya", note, do="answer", words="I have mended it.")


def test_a_comment_that_came_back_is_answered_as_well(tell: Teller) -> None:
    entry = tell.share("maya", "Bread", Door.CLASS)
    tell.let_through(entry)
    comment = tell.say("oscar", entry, "Ring me on 07700 900142")
    decide(tell, "adeyemi", comment, "send_back", note="Kind of you! Without the number, please.")
    html = tell.page("oscar", f"/entries/{entry}")
    found = re.search(r'href="(/notes/[^"]+)"', html)
    assert found
    note = UUID(found.group(1).rpartition("/")[2])
    post(tell, "oscar", note, do="ask")
    assert "Asked to look again" in tell.page("doyle", "/to-read")
    tell.page("maya", f"/notes/{note}", code=404)


def test_answers_stand_below_what_waits_and_are_gone_to_from_above(tell: Teller) -> None:
    _, note = sent_back(tell)
    post(tell, "maya", note, do="answer", words="It is my gran’s.")
    alone = unescape(tell.world.client("adeyemi", "teacher").get("/to-read").get_data(as_text=True))
    assert "It is my gran’s." in alone
    assert 'href="#answers-h"' not in alone
    tell.share("leo", "A kite", Door.CLASS, words="It flew.")
    page = unescape(tell.world.client("adeyemi", "teacher").get("/to-read").get_data(as_text=True))
    assert page.count("It is my gran’s.") == 1
    assert page.index('href="#answers-h"') < page.index('id="decide"') < page.index('id="answers-h"')
