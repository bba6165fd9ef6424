"""Telling a worry, through the front door: two steps, once, signed in or not."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from journal.records import Concern, Look, SnapshotPicture
from journal.safeguarding import acts
from tests.world import Browser, World

CODE = "PLUM-RIVER-62"


def concerns(world: World) -> list[Concern]:
    """All worries, newest first."""
    with world.session() as session:
        return list(session.scalars(select(Concern).order_by(Concern.id.desc())))


def fields(html: str) -> dict[str, list[str]]:
    """The hidden fields of the form."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html):
        if name not in ("locale", "next", "csrf_token"):
            found.setdefault(name, []).append(unescape(value))
    return found


def text(html: str) -> str:
    """The page's words."""
    return unescape(html)


def tell(browser: Browser, data: dict[str, object]) -> str:
    """Both steps. Return the address that the second one leads to."""
    check = browser.post("/worried", {"do": "check", **data}, token_from="/worried")
    assert check.status_code == 200, check.get_data(as_text=True)
    hidden = fields(check.get_data(as_text=True))
    answer = browser.post("/worried", {**hidden, "do": "send"}, token_from="/worried")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


@pytest.mark.parametrize("who", ["maya", "nadia", "doyle", "kaur", "bright", "penhale"])
def test_everybody_can_tell_in_two_steps(world: World, who: str) -> None:
    before = len(concerns(world))
    browser = world.client(who)
    first = text(browser.get("/worried").get_data(as_text=True))
    asked = re.search(r'<textarea|type="(?:checkbox|radio)"', first)
    assert asked
    assert first.index("Ring 999") < asked.start(), "before anything is asked"
    assert "Mr Penhale reads worries on school days" in first
    assert "Childline" in first
    check = browser.post("/worried", {"do": "check", "about": ["unkind", "sad"], "words": "<b>He</b> is\nmean."})
    html = check.get_data(as_text=True)
    assert check.status_code == 200
    assert "Send it to Mr Penhale" in html
    assert "&lt;b&gt;He&lt;/b&gt;" in html
    assert len(concerns(world)) == before, "nothing goes before it is sent"
    sent = browser.get(tell(browser, {"about": ["unkind", "sad"], "words": "<b>He</b> is\nmean."}))
    assert "It has gone to Mr Penhale" in text(sent.get_data(as_text=True))
    assert "Help at night" in text(sent.get_data(as_text=True))
    newest = concerns(world)[0]
    assert newest.words == "<b>He</b> is\nmean."
    assert newest.picks == ["unkind", "sad"]
    assert newest.by_id == world.member(who, {"penhale": "lead"}.get(who, ""))


def test_a_clash_that_was_no_second_press_loses_no_worry(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before, clashes, tell_worry = len(concerns(world)), [IntegrityError("", {}, Exception())], acts.tell_worry

    def clashing(*told: Any) -> Concern:
        if clashes:
            raise clashes.pop()
        return tell_worry(*told)

    monkeypatch.setattr(acts, "tell_worry", clashing)
    tell(world.client("maya"), {"about": "saw", "words": "Somebody took my bag."})
    assert len(concerns(world)) == before + 1
    assert concerns(world)[0].words == "Somebody took my bag."


def test_pressed_twice_it_goes_once(world: World) -> None:
    before = len(concerns(world))
    browser = world.client("maya")
    check = browser.post("/worried", {"do": "check", "about": "saw"}).get_data(as_text=True)
    hidden = fields(check)
    for _press in range(2):
        assert browser.post("/worried", {**hidden, "do": "send"}).status_code == 303
    assert len(concerns(world)) == before + 1
    stranger = world.client("oscar")
    assert stranger.post("/worried", {**hidden, "do": "send"}).status_code == 303
    assert len(concerns(world)) == before + 2, "somebody else's press is another worry"


def test_a_form_that_a_browser_brought_back_with_other_words_is_another_worry(world: World) -> None:
    maya = world.client("maya")
    page = maya.post("/worried", {"do": "check", "words": "The gate is broken."}, token_from="/worried")
    hidden = fields(page.get_data(as_text=True))
    for words in ("The gate is broken.", "Somebody pushed me.", "The gate is broken."):
        sent = {**hidden, "words": words, "do": "send"}
        assert maya.post("/worried", sent, token_from="/worried").status_code == 303
    assert sorted(one.words for one in concerns(world)[:2]) == ["Somebody pushed me.", "The gate is broken."]
    assert "The gate is broken." not in [one.words for one in concerns(world)[2:]], "sent twice, told once"


def test_nothing_at_all_gets_a_kind_question(world: World) -> None:
    answer = world.client("maya").post("/worried", {"do": "check", "words": "  \n\u200b "})
    assert answer.status_code == 400
    assert "They need not be the right ones." in answer.get_data(as_text=True)


def test_what_was_typed_stays(world: World) -> None:
    browser = world.client("maya")
    long = "Long " * 2001
    answer = browser.post("/worried", {"do": "check", "about": ["sad", "nonsense"], "words": long})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "10,000" not in html.split("</h1>")[0]
    assert long in html
    assert re.search(r'value="sad" checked', html)
    back = browser.post("/worried", {"do": "back", "about": "home", "words": "Kept & safe"}).get_data(as_text=True)
    assert "Kept &amp; safe" in back
    assert re.search(r'value="home" checked', back)


@pytest.mark.parametrize(
    "words", ["\ud800 lone", "nul\x00here", "</textarea><script>x()</script>", "\u202egnorw", "😀" * 50]
)
def test_hostile_words_do_no_harm(world: World, words: str) -> None:
    typed = words.encode("utf-8", "replace").decode()
    browser = world.client("maya")
    tell(browser, {"words": typed, "about": "saw"})
    concern = concerns(world)[0]
    assert "\x00" not in concern.words
    assert "\u202e" not in concern.words
    html = world.client("penhale").get(f"/concerns/{concern.id}").get_data(as_text=True)
    assert "<script>x()" not in html
    assert "<script>x()" not in browser.get("/worried/mine").get_data(as_text=True)


def test_about_something_one_sees(world: World) -> None:
    entry = world.entry("snail-hotel")
    browser = world.client("maya")
    html = browser.get(f"/worried?about={entry}").get_data(as_text=True)
    assert "Yes, it is about this" in html
    tell(browser, {"item": str(entry)})
    concern = concerns(world)[0]
    assert concern.item_id == entry
    assert concern.snapshot is not None
    assert concern.snapshot["author"] == "Maya"
    assert concern.snapshot["circles"]


def test_what_one_cannot_see_is_the_plain_page(world: World) -> None:
    """The same page for a thing of others, of another school, and for one that never was."""
    pages = []
    for about in ("", str(world.entry("snail-hotel")), "01a20796-79fc-7948-bb17-0ca053090163", "x'--"):
        answer = world.client("menon", "teacher").get("/worried", query_string={"about": about} if about else {})
        assert answer.status_code == 200
        body = re.sub(r'name="(csrf_token|once|next)" value="[^"]*"', "", answer.get_data(as_text=True))
        pages.append(body)
    assert len(set(pages)) == 1
    browser = world.client("menon", "teacher")
    tell(browser, {"item": str(world.entry("snail-hotel")), "about": "saw"})
    assert concerns(world)[0].snapshot is None
    assert concerns(world)[0].item_id is None
    assert browser.post("/worried", {"do": "check", "item": str(world.entry("snail-hotel"))}).status_code == 400


def test_no_look_is_left_by_a_worry(world: World) -> None:
    def looks() -> int:
        with world.session() as session:
            return len(session.scalars(select(Look.id)).all())

    before = looks()
    tell(world.client("nadia"), {"item": str(world.entry("snail-hotel")), "about": "saw"})
    world.client("penhale").get(f"/concerns/{concerns(world)[0].id}")
    assert looks() == before


def test_signed_out_by_class_code(world: World) -> None:
    browser = world.client()
    html = text(browser.get("/worried").get_data(as_text=True))
    assert "Your class code" in html
    assert "Ring" in html
    assert "Sign in" in html
    address = tell(browser, {"about": "hurt", "code": "plum river 62", "name": " Kim <i> "})
    html = text(browser.get(address).get_data(as_text=True))
    assert "It has gone to Mr Penhale" in html
    assert "No answer can come back" in html
    concern = concerns(world)[0]
    assert concern.by_id is None
    assert concern.by_name == "Kim <i>"
    assert concern.school_id == UUID(world.keys["schools"]["larkfield"])
    lead = world.client("penhale").get(f"/concerns/{concern.id}").get_data(as_text=True)
    assert "was not signed in" in lead
    assert "Kim &lt;i&gt;" in lead


def test_signed_out_an_item_is_never_shown_nor_kept(world: World) -> None:
    entry = world.entry("snail-hotel")
    browser = world.client()
    assert "Is it about this?" not in browser.get(f"/worried?about={entry}").get_data(as_text=True)
    tell(browser, {"about": "hurt", "code": CODE, "item": str(entry)})
    assert concerns(world)[0].snapshot is None


@pytest.mark.parametrize("code", ["", "PLUM-RIVER-63", "x" * 500, "' or 1=1", "\x00"])
def test_a_code_that_is_none_is_said_as_at_sign_in(world: World, code: str) -> None:
    before = len(concerns(world))
    browser = world.client()
    answer = browser.post("/worried", {"do": "check", "words": "Kept words", "code": code}, token_from="/worried")
    html = text(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert "We do not know that class code" in html
    assert "Kept words" in html
    assert len(concerns(world)) == before


def test_one_address_sends_only_so_often_signed_out(world: World) -> None:
    browser = world.client()
    for _time in range(5):
        tell(browser, {"about": "sad", "code": CODE})
    hidden = fields(
        browser.post("/worried", {"do": "check", "words": "Kept words", "code": CODE}, token_from="/worried").get_data(
            as_text=True
        )
    )
    answer = browser.post("/worried", {**hidden, "do": "send"}, token_from="/worried")
    assert answer.status_code == 429
    assert "Kept words" in answer.get_data(as_text=True)
    assert "Wait a little while" in answer.get_data(as_text=True)
    tell(world.client("maya"), {"about": "sad"})


def test_sent_without_a_worry_goes_back(world: World) -> None:
    for browser in (world.client(), world.client("maya")):
        assert browser.get("/worried/sent").status_code == 302


def test_queries_stay_few(world: World) -> None:
    browser = world.client("nadia")
    entry = world.entry("snail-hotel")
    tell(browser, {"item": str(entry), "about": "saw"})
    for path in ("/worried", f"/worried?about={entry}", "/worried/sent", "/worried/mine"):
        with world.counting() as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) <= 8, seen


def test_photos_are_kept_as_files_of_their_own(world: World) -> None:
    tell(world.client("maya"), {"item": str(world.entry("snail-hotel"))})
    with world.session() as session:
        kept = session.scalars(select(SnapshotPicture).where(SnapshotPicture.concern_id == concerns(world)[0].id)).all()
    assert kept
    assert all((world.settings.media / one.file).stat().st_size for one in kept)
