"""People who are picked, and pictures kept for fewer: what the page says is what will be."""

from html import unescape
from io import BytesIO
from uuid import UUID

from sqlalchemy import select

from journal.records import Attachment, FamilyLink, Shown
from tests.entries.test_asking import PHONE, begun, handed_in, press
from tests.fixtures import pictures
from tests.world import Browser, World


def link(world: World, relative: str, pupil: str = "maya") -> str:
    """What a form sends for somebody who is picked."""
    who = (FamilyLink.relative_id == world.member(relative), FamilyLink.pupil_id == world.member(pupil))
    with world.session() as session:
        return str(session.scalars(select(FamilyLink.id).where(*who)).one())


def send(browser: Browser, entry: UUID, where: str, **sent: object) -> tuple[int, str]:
    """Send a form about an entry; the status and the page that comes, if one does."""
    answer = browser.post(f"/entries/{entry}/{where}", {"title": "A den", "words": "We built it.", **sent})
    return answer.status_code, unescape(answer.get_data(as_text=True))


def circles(world: World, entry: UUID) -> set[str]:
    """The kinds of circle that have it."""
    with world.session() as session:
        return {one.split("/")[0] for one in session.scalars(select(Shown.circle).where(Shown.item_id == entry))}


def test_somebody_picked_behind_a_shut_door_is_asked_about(world: World) -> None:
    maya = world.client("maya")
    entry, joe = begun(world, maya), link(world, "joe")
    for doors in ([], ["teachers"]):
        version = "1" if not doors else "2"
        status, html = send(maya, entry, "edit", version=version, audience=doors, picked=[joe], do="hand-in")
        assert status == 400
        assert "You picked somebody, and the door “People I pick” is shut." in html
        assert not handed_in(world, entry)
    assert "We built it." in html, "what was typed stays"
    status, html = send(maya, entry, "edit", version="3", audience=["picked"], do="hand-in")
    assert status == 400
    assert "Who do you pick?" in html
    assert "Nobody stands behind the open door yet." in html
    sent = {"version": "4", "audience": ["picked"], "picked": [joe], "do": "hand-in"}
    assert send(maya, entry, "edit", **sent)[0] == 303
    assert circles(world, entry) == {"relative"}


def test_just_me_is_just_me_whoever_is_ticked(world: World) -> None:
    maya = world.client("maya")
    entry = begun(world, maya)
    sent = {"version": "1", "audience": ["me"], "picked": [link(world, "joe")], "do": "hand-in"}
    assert send(maya, entry, "edit", **sent)[0] == 303
    assert circles(world, entry) == set()


def test_the_door_of_those_who_were_picked_is_shut_at_once_and_others_are_asked_about(world: World) -> None:
    maya = world.client("maya")
    entry, joe, nani = begun(world, maya), link(world, "joe"), link(world, "nani")
    sent = {"version": "1", "audience": ["picked", "teachers"], "picked": [joe], "do": "hand-in"}
    assert send(maya, entry, "edit", **sent)[0] == 303
    status, html = send(maya, entry, "doors", audience=["teachers"], picked=[joe, nani], do="set")
    assert status == 400
    assert "You picked somebody" in html
    assert send(maya, entry, "doors", audience=["teachers"], picked=[joe], do="set")[0] == 303
    assert circles(world, entry) == {"teachers"}
    status, html = send(maya, entry, "doors", audience=["teachers", "picked"], do="set")
    assert status == 400
    assert "Who do you pick?" in html


def test_pictures_kept_for_fewer_are_named_where_it_says_who_will_see_it(world: World) -> None:
    maya = world.client("maya")
    entry = begun(world, maya)
    for _ in range(3):
        maya.post(f"/entries/{entry}/photos", {"photo": (BytesIO(pictures.jpeg()), "a.jpg")})
    with world.session() as session:
        photos = [str(one) for one in session.scalars(select(Attachment.id).where(Attachment.item_id == entry))]
    first, second, third = sorted(photos)
    only = {f"only-{first}": "family", f"only-{second}": "teachers", f"only-{third}": "family"}
    sent = {"version": "1", "audience": ["family"], "order": [first, second, third], **only}
    answer = maya.post(f"/entries/{entry}/who", {"title": "", "words": "", **sent})
    strip = unescape(answer.get_data(as_text=True))
    assert "Pictures 1 and 3: Only my family." in strip
    assert "Picture 2: Only my teachers. That door is shut, so nobody else sees it." in strip
    assert send(maya, entry, "edit", do="hand-in", **sent)[0] == 303
    html = unescape(maya.get(f"/entries/{entry}/doors").get_data(as_text=True))
    offered = html.split(f'name="only-{first}"')[1].split("</select>")[0]
    assert [one in offered for one in ("Only my family", "Just me", "Everyone I let in", "Only my class")] == [
        True,
        True,
        False,
        False,
    ], "what would let more people see it is not offered"


def test_pressed_twice_the_question_is_still_there_however_it_was_typed(world: World) -> None:
    maya = world.client("maya")
    entry = begun(world, maya)
    words = f"{PHONE}\r\nBring biscuits. "
    press(maya, entry, words, "family", version="1")
    status, where, html = press(maya, entry, words, "family", version="1")
    assert (status, "ask=1" in where) == (303, True)
    assert "Do you want to keep this in?" in html
    assert not handed_in(world, entry)


def test_the_kind_question_about_a_comment_stands_before_what_was_written(world: World) -> None:
    nadia = world.client("nadia")
    answer = nadia.post(f"/entries/{world.entry('snail-hotel')}/say", {"words": PHONE, "do": "send"})
    html = answer.get_data(as_text=True)
    assert 0 < html.index('id="ask" tabindex="-1" data-problems') < html.index('id="f-words"')
