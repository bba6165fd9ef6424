"""A note that is built from kind sentences: by the moderator, and as the child reads it."""

import re
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from journal.records import Decision, KindReason, Waiting
from journal.words import Door
from tests.school.telling import Teller
from tests.world import Browser, World

GOOD, CHANGE, BACK = "good.idea", "change.number", "back.send"
SAID = (
    "What a good idea you had! Please take out the phone number. Only people you know should have it. "
    "Then send it back to me. I cannot wait to share it."
)


@pytest.fixture
def tell(world: World) -> Teller:
    """A school in which nothing waits yet, and people who do things."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    return Teller(world)


def text(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def send(tell: Teller, item: UUID, status: int = 303, **fields: str) -> str:
    browser = tell.world.client("adeyemi", "teacher")
    with tell.world.session() as session:
        revision = session.scalars(select(Waiting.revision_id).where(Waiting.item_id == item)).first()
    fields = {"decision": "send_back", "revision": str(revision)} | fields
    answer = browser.post(f"/to-read/{item}", fields)
    assert answer.status_code == status
    return unescape(answer.get_data(as_text=True))


def decision(tell: Teller, item: UUID) -> Decision:
    with tell.world.session() as session:
        return session.scalars(select(Decision).where(Decision.item_id == item)).one()


def test_chosen_sentences_make_the_note_and_are_kept(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    send(tell, item, good=GOOD, change=CHANGE, back=BACK)
    kept = decision(tell, item)
    assert kept.note == SAID
    assert [one["reason"] for one in kept.pieces if "reason" in one] == [GOOD, CHANGE, BACK]
    assert SAID in text(tell.world.client("maya"), f"/entries/{item}")


@pytest.mark.parametrize(("who", "role"), [("adeyemi", "teacher"), ("penhale", "lead")])
def test_what_each_answer_needs_is_said_by_the_hint_of_its_field(tell: Teller, who: str, role: str) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    if role == "lead":
        send(tell, item, decision="pass_on", reason="Please look at this one.")
    html = text(tell.world.client(who, role), f"/to-read?item={item}")
    for field, needed in (("note", "Needed to send it back."), ("reason", "Needed to put it away")):
        assert re.search(rf'<textarea[^>]*id="f-{field}"[^>]*aria-describedby="f-{field}-hint"', html), field
        assert re.search(rf'id="f-{field}-hint">{needed}', html), field


def test_every_child_reads_it_in_their_own_language_and_own_words_stay(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    send(tell, item, good=GOOD, note="The seeds on top!", back=BACK)
    assert decision(tell, item).note == (
        "What a good idea you had! The seeds on top! Then send it back to me. I cannot wait to share it."
    )
    maya = tell.world.client("maya")
    maya.post("/language", {"locale": "cy", "next": "/me"})
    for path in (f"/entries/{item}", f"/entries/{item}/edit"):
        html = text(maya, path)
        assert "The seeds on top!" in html


def test_what_was_written_over_by_hand_is_sent_as_it_stands(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    words = "What a good idea you had! Please mend the end."
    send(tell, item, good=GOOD, change=CHANGE, back=BACK, note=words, written="yes")
    kept = decision(tell, item)
    assert kept.note == words
    assert kept.pieces == [{"reason": GOOD}, {"words": " Please mend the end."}]


def test_without_scripts_the_note_can_be_read_over_first(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    html = send(tell, item, 200, decision="build", good=GOOD, change=CHANGE, back=BACK)
    assert f"{SAID}</textarea>" in html
    assert 'name="written" value="yes"' in html
    with tell.world.session() as session:
        assert session.scalars(select(Waiting).where(Waiting.item_id == item)).all()
        assert not session.scalars(select(Decision).where(Decision.item_id == item)).all()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Write a kind note"),
        ({"good": "good.nothing"}, "Write a kind note"),
        ({"good": GOOD, "suggest_old": "never there", "suggest": "x"}, "These words do not stand there"),
        ({"good": GOOD, "suggest": "x"}, "These words do not stand there"),
        ({"good": GOOD, "note": "x" * 1999}, "2000 letters"),
    ],
)
def test_what_cannot_be_sent_is_said_and_stays(tell: Teller, fields: dict[str, str], says: str) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    html = send(tell, item, 400, **fields)
    assert says in html
    if fields.get("good") == GOOD:
        assert f'value="{GOOD}" data-words="What a good idea you had!" dir="auto" selected' in html


def test_a_school_writes_its_own_and_leaves_others_out(tell: Teller) -> None:
    office = tell.world.client("bright")
    page = "/kind-sentences"
    assert office.post(page, {"do": "add", "part": "good", "words": "Da iawn, gan bawb!"}).status_code == 303
    assert office.post(page, {"do": "leave-out", "sentence": "good.funny"}).status_code == 303
    item = tell.share("maya", "Bread", Door.CLASS)
    html = text(tell.world.client("adeyemi", "teacher"), "/to-read")
    assert "Da iawn, gan bawb!" in html
    assert "good.funny" not in html
    with tell.world.session() as session:
        own = session.scalars(select(KindReason).where(KindReason.key == "")).one()
    send(tell, item, good=str(own.id), back=BACK)
    assert decision(tell, item).pieces[0] == {"words": "Da iawn, gan bawb!", "own": str(own.id)}
    office.post(page, {"do": "take-out", "sentence": str(own.id)})
    office.post(page, {"do": "offer", "sentence": "good.funny"})
    html = text(tell.world.client("bright"), page)
    assert "Da iawn, gan bawb!" not in html
    assert "Not offered" not in html
    assert "Da iawn, gan bawb!" in text(tell.world.client("maya"), f"/entries/{item}")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"do": "add", "part": "good", "words": "  "}, 400),
        ({"do": "add", "part": "bad", "words": "x"}, 400),
        ({"do": "add", "part": "good", "words": "x" * 2001}, 400),
        ({"do": "leave-out", "sentence": "good.nothing"}, 400),
        ({"do": "take-out", "sentence": "nothing"}, 400),
        ({"do": "take-out", "sentence": "00000000-0000-0000-0000-000000000000"}, 404),
        ({}, 400),
    ],
)
def test_broken_sentences_are_told_kindly(world: World, fields: dict[str, str], status: int) -> None:
    assert world.client("bright").post("/kind-sentences", fields).status_code == status
