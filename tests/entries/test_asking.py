"""The kind question before handing in: asked once, without scripts, and never in the way."""

import re
from html import unescape
from uuid import UUID

from sqlalchemy import select

from journal.records import Comment, Entry
from tests.world import Browser, World

PHONE = "Ring 07700 900142 if you want to come."


def begun(world: World, browser: Browser) -> UUID:
    """A draft of Maya's."""
    answer = browser.post("/make")
    found = re.search(r"/entries/([0-9a-f-]{36})/", answer.headers["Location"])
    assert found
    return UUID(found.group(1))


def press(browser: Browser, entry: UUID, words: str, *doors: str, version: str = "") -> tuple[int, str, str]:
    """Hand in: the status, where it leads, and the page there."""
    html = browser.get(f"/entries/{entry}/edit").get_data(as_text=True)
    found = re.search(r'name="version" value="(\d+)"', html)
    assert found
    sent = {"version": version or found.group(1), "words": words, "audience": list(doors), "do": "hand-in"}
    answer = browser.post(f"/entries/{entry}/edit", sent)
    where = answer.headers.get("Location", "")
    there = browser.get(where).get_data(as_text=True) if where else answer.get_data(as_text=True)
    return answer.status_code, where, unescape(there)


def handed_in(world: World, entry: UUID) -> bool:
    """Whether an entry was handed in."""
    with world.session() as session:
        return session.scalars(select(Entry.revision_id).where(Entry.id == entry)).one() is not None


def test_asked_once_and_kept_in(world: World) -> None:
    maya = world.client("maya")
    entry = begun(world, maya)
    _code, where, html = press(maya, entry, PHONE, "family")
    assert "ask=1" in where
    assert "Do you want to keep this in?" in html
    assert "“07700 900142”" in html
    assert "People you do not know could ring it." in html
    assert not handed_in(world, entry)
    _code, where, _html = press(maya, entry, PHONE, "family")
    assert "ask" not in where
    assert handed_in(world, entry)


def test_other_words_are_asked_about_again(world: World) -> None:
    maya = world.client("maya")
    entry = begun(world, maya)
    assert "ask=1" in press(maya, entry, PHONE, "family")[1]
    assert "ask=1" in press(maya, entry, PHONE + " Or maya@example.com", "family")[1]
    assert "ask" not in press(maya, entry, PHONE + " Or  maya@example.com", "family")[1]


def test_changed_words_go_out(world: World) -> None:
    maya = world.client("maya")
    entry = begun(world, maya)
    press(maya, entry, PHONE, "family")
    assert "ask" not in press(maya, entry, "Ring us if you want to come.", "family")[1]
    assert handed_in(world, entry)


def test_what_nobody_else_sees_is_not_asked_about(world: World) -> None:
    maya = world.client("maya")
    entry = begun(world, maya)
    assert "ask" not in press(maya, entry, PHONE, "me")[1]
    assert handed_in(world, entry)


def test_pressed_twice_the_question_is_still_there(world: World) -> None:
    maya = world.client("maya")
    entry = begun(world, maya)
    press(maya, entry, PHONE, "family", version="1")
    _code, where, html = press(maya, entry, PHONE, "family", version="1")
    assert "ask=1" in where
    assert "Do you want to keep this in?" in html
    assert not handed_in(world, entry)


def test_a_comment_is_asked_about_once(world: World) -> None:
    nadia = world.client("nadia")
    entry = world.entry("snail-hotel")
    answer = nadia.post(f"/entries/{entry}/say", {"words": PHONE, "do": "send"})
    html = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert "Do you want to keep this in?" in html
    kept = re.findall(r'name="kept" value="([0-9a-f]+)"', html)
    assert len(kept) == 1
    with world.session() as session:
        assert session.scalars(select(Comment.id).where(Comment.entry_id == entry).order_by(Comment.id.desc())).first()
    sent = nadia.post(f"/entries/{entry}/say", {"words": PHONE, "do": "send", "kept": kept})
    assert sent.status_code == 303


def test_a_relative_cannot_find_out_who_else_is_at_the_school(world: World) -> None:
    entry = world.entry("snail-hotel")
    elsewhere, own = "Do you know Rory Webb?", "Ask Rukhsana Rahman about it."

    def asked(who: str, words: str) -> bool:
        answer = world.client(who).post(f"/entries/{entry}/say", {"words": words, "do": "send"})
        assert answer.status_code in (200, 303)
        return answer.status_code == 200

    assert not asked("nadia", elsewhere), "of another family, in another class"
    assert asked("nadia", own)
    assert asked("maya", elsewhere), "who learns there knows them"
