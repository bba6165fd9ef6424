"""Writing back through the front door: what is typed, and what it gets when something is wrong with it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from journal import clock
from journal.entries.work import remove_item
from journal.records import Comment, Revision
from journal.talk import acts
from journal.words import Door
from tests.fixtures import pictures
from tests.talk.story import FAMILY_AND_CLASS, hidden, page, said, say, shared
from tests.world import World

FAMILY = frozenset({Door.FAMILY})
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> ' \" {{ 7*7 }} \u202e \x00 ../../x"


def comments(world: World, entry: object) -> int:
    with world.session() as session:
        return session.scalar(select(func.count()).select_from(Comment).where(Comment.entry_id == entry)) or 0


def test_a_page_says_whom_words_are_for_and_what_waits(world: World) -> None:
    entry = shared(world)
    mum = page(world.client("nadia"), entry)
    assert "Maya and the family" in mum
    assert "It is there at once." in mum
    assert "Mr Adeyemi or Mrs Doyle reads it before the others do." in mum
    classmate = page(world.client("aisha"), entry)
    assert "Mr Adeyemi or Mrs Doyle reads it first." in classmate
    assert "trix" not in classmate


def test_nobody_writes_where_only_the_child_can_read(world: World) -> None:
    entry = shared(world, frozenset())
    assert 'name="once"' not in page(world.client("maya"), entry)


def test_a_double_press_says_it_once(world: World) -> None:
    entry = shared(world, FAMILY)
    browser = world.client("nadia")
    form = {**hidden(page(browser, entry)), "words": "Only once"}
    first, second = (said(browser.post(f"/entries/{entry}/say", form)) for _ in range(2))
    assert first == second
    assert comments(world, entry) == 1


def test_other_words_in_a_form_that_a_browser_brought_back_are_not_lost(world: World) -> None:
    entry = shared(world, FAMILY)
    browser = world.client("nadia")
    form = hidden(page(browser, entry))
    first, second, again = (
        said(browser.post(f"/entries/{entry}/say", {**form, "words": words}))
        for words in ("The first", "The second", "The first")
    )
    assert first != second
    assert again == first
    assert comments(world, entry) == 2


def test_an_id_that_somebody_else_used_is_refused_kindly(world: World) -> None:
    entry = shared(world, FAMILY)
    theirs = said(say(world.client("nadia"), entry, "Mine"))
    answer = say(world.client("joe"), entry, "Not yours", once=str(theirs))
    assert answer.status_code == 400
    assert "Not yours" in answer.get_data(as_text=True)
    assert comments(world, entry) == 1


def test_a_slip_without_scripts_stands_in_front_of_the_words(world: World) -> None:
    entry = shared(world, FAMILY)
    said(say(world.client("nadia"), entry, "how tall it gets?", starter="I wonder…"))
    assert "I wonder… how tall it gets?" in page(world.client("maya"), entry)


def test_nothing_at_all_and_a_slip_alone_are_refused(world: World) -> None:
    entry = shared(world, FAMILY)
    for words, starter in (("", ""), ("  \n ", ""), ("", "I wonder…"), ("\u200b\u2800", "")):
        answer = say(world.client("nadia"), entry, words, starter=starter)
        assert answer.status_code == 400
        assert "There are no words yet." in answer.get_data(as_text=True)
    assert comments(world, entry) == 0


def test_too_much_is_refused_and_all_of_it_is_kept(world: World) -> None:
    entry = shared(world, FAMILY)
    words = "bean " * 20_000
    answer = say(world.client("nadia"), entry, words)
    assert answer.status_code == 400
    assert answer.get_data(as_text=True).count("bean") >= 20_000
    rich = say(world.client("nadia"), entry, "", words_html=f"<p><strong>Max</strong> {words}</p>")
    assert rich.status_code == 400
    assert rich.get_data(as_text=True).count("bean") >= 20_000
    assert comments(world, entry) == 0


def test_what_anybody_types_is_harmless(world: World) -> None:
    entry = shared(world, FAMILY)
    html = f"<p>Hello <strong>you</strong></p>{HOSTILE}<a href='javascript:alert(3)'>x</a><p style='color:red'>y</p>"
    said(say(world.client("nadia"), entry, "", words_html=html))
    said(say(world.client("maya"), entry, HOSTILE))
    shown = world.client("joe").get(f"/entries/{entry}").get_data(as_text=True)
    talk = shown[shown.index('id="talk"') : shown.index('id="say"')]
    assert "<strong>you</strong>" in talk
    assert talk.count("{{ 7*7 }}") == 2  # as it was typed, by both: nothing was worked out
    for bad in ("<script", "<img src=x", "onerror=alert(2)>", "javascript:", "style=", "\u202e", "\x00"):
        assert bad not in talk.replace("&lt;img src=x onerror=alert(2)&gt;", ""), bad


def test_a_pupil_sends_plain_words_whatever_the_form_says(world: World) -> None:
    entry = shared(world, FAMILY)
    said(say(world.client("maya"), entry, "<b>Hi</b>", words_html="<p><strong>Big</strong></p>"))
    shown = world.client("nadia").get(f"/entries/{entry}").get_data(as_text=True)
    assert "&lt;b&gt;Hi&lt;/b&gt;" in shown
    assert "Big" not in shown


def test_fields_that_come_twice_or_make_no_sense_are_refused(world: World) -> None:
    entry = shared(world, FAMILY)
    browser = world.client("nadia")
    form = {**hidden(page(browser, entry)), "words": "Hello"}
    assert browser.post(f"/entries/{entry}/say", {**form, "reach": ["family", "everyone"]}).status_code == 400
    assert browser.post(f"/entries/{entry}/say", {**form, "reach": "the-world"}).status_code == 400
    assert browser.post(f"/entries/{entry}/say", {**form, "parent": str(uuid4())}).status_code == 404
    assert browser.get(f"/entries/{entry}", query_string={"after": "%%%", "reply": "x", "undo": "y"}).status_code == 200
    assert comments(world, entry) == 0


def test_a_comment_of_another_entry_cannot_be_answered_here(world: World) -> None:
    here, there = shared(world, FAMILY), shared(world, FAMILY)
    comment = said(say(world.client("nadia"), there, "Over there"))
    browser = world.client("nadia")
    assert browser.post(f"/entries/{here}/say", {"words": "Here", "parent": str(comment)}).status_code == 404


def test_pictures_go_with_the_form_and_a_bad_one_is_named(world: World) -> None:
    entry = shared(world, FAMILY)
    good, bad = pictures.jpeg(), b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    files = [(BytesIO(good), "pot.jpg"), (BytesIO(bad), "../../evil.svg")]
    answer = say(world.client("nadia"), entry, "My mint has guests too", photo=files)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "evil.svg: This is not a picture that we know." in text
    assert "My mint has guests too" in text
    photo = text.split('name="order" value="')[1].split('"')[0]
    again = {"order": photo, f"caption-{photo}": "A pot", f"description-{photo}": "A pot of mint with two snails"}
    said(say(world.client("nadia"), entry, "My mint has guests too", **again))
    shown = page(world.client("maya"), entry)
    assert f"/media/{photo}/" in shown
    assert 'alt="A pot of mint with two snails"' in shown
    assert world.client("maya").get(f"/media/{photo}/small").status_code == 200
    assert world.client("aisha").get(f"/media/{photo}/small").status_code == 404


def test_somebody_elses_picture_is_not_put_into_a_comment(world: World) -> None:
    entry = shared(world, FAMILY)
    browser = world.client("joe")
    sent = browser.post("/photos", {"photo": (BytesIO(pictures.jpeg()), "a.jpg")})
    photo = sent.get_data(as_text=True).split('name="order" value="')[1].split('"')[0]
    said(say(world.client("nadia"), entry, "Look", order=photo))
    assert photo not in page(world.client("nadia"), entry)


def test_words_are_kept_when_the_session_ran_out(world: World) -> None:
    entry = shared(world, FAMILY)
    browser = world.client("nadia")
    form = {**hidden(page(browser, entry)), "words": "A very long letter"}
    token = browser.token()
    with world.session() as session:
        from datetime import timedelta

        from journal.records import SignIn

        for row in session.scalars(select(SignIn)):
            row.seen_at -= timedelta(days=30)
        session.commit()
    answer = browser.client.post(f"/entries/{entry}/say", data={**form, "csrf_token": token})
    assert answer.status_code == 302
    assert "A very long letter" in page_of_form(world, "nadia", entry)
    assert "A very long letter" not in page_of_form(world, "joe", entry)
    said(world.client("nadia").post(f"/entries/{entry}/say", form))
    assert "A very long letter" not in page_of_form(world, "nadia", entry).split('id="say"')[1]


def page_of_form(world: World, who: str, entry: object) -> str:
    return world.client(who).get(f"/entries/{entry}/say").get_data(as_text=True)


def test_editing_keeps_what_is_right_and_refuses_nothing_at_all(world: World) -> None:
    entry = shared(world, FAMILY_AND_CLASS)
    comment = said(say(world.client("nadia"), entry, "First", words_html="<p>First <em>words</em></p>"))
    form = world.client("nadia").get(f"/comments/{comment}/edit").get_data(as_text=True)
    assert "First &lt;em&gt;words&lt;/em&gt;" in form.replace("&#34;", '"') or "First" in form
    empty = world.client("nadia").post(f"/comments/{comment}/edit", {"words": " "})
    assert empty.status_code == 400
    assert world.client("joe").get(f"/comments/{comment}/edit").status_code == 404
    assert world.client("joe").post(f"/comments/{comment}/edit", {"words": "Mine now"}).status_code == 404
    with world.session() as session:
        assert session.scalar(select(func.count()).select_from(Revision).where(Revision.item_id == comment)) == 1


def test_taking_back_and_bringing_back(world: World) -> None:
    entry = shared(world, FAMILY)
    comment = said(say(world.client("nadia"), entry, "Oh dear"))
    assert world.client("joe").post(f"/comments/{comment}/take-back").status_code == 404
    browser = world.client("nadia")
    gone = browser.post(f"/comments/{comment}/take-back")
    assert gone.status_code == 303
    undo = browser.get(gone.headers["Location"]).get_data(as_text=True)
    assert f"/comments/{comment}/bring-back" in undo
    assert "Oh dear" not in page(world.client("maya"), entry)
    assert world.client("maya").get(f"/comments/{comment}").status_code == 404
    assert said(browser.post(f"/comments/{comment}/bring-back")) == comment
    assert "Oh dear" in page(world.client("maya"), entry)


def test_what_was_answered_and_taken_back_leaves_its_place(world: World) -> None:
    entry = shared(world, FAMILY)
    first = said(say(world.client("nadia"), entry, "Never mind"))
    said(say(world.client("maya"), entry, "But I do mind", to=first))
    world.client("nadia").post(f"/comments/{first}/take-back")
    for who in ("maya", "joe", "nadia"):
        text = page(world.client(who), entry)
        assert "Never mind" not in text
        assert "Somebody took back what stood here." in text
        assert "But I do mind" in text


def test_what_was_answered_and_is_gone_for_good_does_not_come_back_empty(world: World) -> None:
    entry = shared(world, FAMILY)
    first = said(say(world.client("nadia"), entry, "Never mind"))
    said(say(world.client("maya"), entry, "But I do mind", to=first))
    world.client("nadia").post(f"/comments/{first}/take-back")
    over = clock.now() + timedelta(seconds=world.settings.undo_time + 60)
    with clock.at(over), world.session() as session:
        remove_item(session, world.app.config["HOUSE"], first)
        session.commit()
    assert world.client("nadia").post(f"/comments/{first}/bring-back").status_code == 404
    assert "Somebody took back what stood here." in page(world.client("nadia"), entry)


def test_hiding_is_for_oneself(world: World) -> None:
    entry = shared(world, FAMILY)
    comment = said(say(world.client("nadia"), entry, "Tidy your room"))
    assert said(world.client("maya").post(f"/comments/{comment}/hide")) == comment
    assert "Tidy your room" not in page(world.client("maya"), entry)
    assert "You hid what Mum wrote here." in page(world.client("maya"), entry)
    assert "Tidy your room" in page(world.client("joe"), entry)
    world.client("maya").post(f"/comments/{comment}/show-again")
    assert "Tidy your room" in page(world.client("maya"), entry)
    assert world.client("aisha").post(f"/comments/{comment}/hide").status_code == 404


def test_hiding_pressed_twice_at_once_hides_it_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = shared(world, FAMILY)
    comment = said(say(world.client("nadia"), entry, "Tidy your room"))
    world.client("maya").post(f"/comments/{comment}/hide")
    monkeypatch.setattr(acts, "_hidden", lambda *_here: None)  # the other press has not been kept yet
    assert said(world.client("maya").post(f"/comments/{comment}/hide")) == comment
    assert "Tidy your room" not in page(world.client("maya"), entry)
