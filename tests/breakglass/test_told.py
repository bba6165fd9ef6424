"""What the child is told, and what stays on record where they are not."""

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import update

from journal import clock
from journal.entries.acts import delete_entry
from journal.records import Membership
from journal.words import Role
from tests.breakglass.opening import WHY, opened, text, the
from tests.world import World


def test_the_child_is_told_on_the_thing_and_in_their_space_once_it_is_closed(world: World) -> None:
    entry = world.entry("snail-hotel")
    lead, grant = opened(world, entry, talks=str(world.member("doyle")))
    lead.get(f"/opened/{grant}")
    maya = world.client("maya")
    assert "opened this" not in text(maya.get(f"/entries/{entry}")), "not while it is open"
    lead.post(f"/opened/{grant}/close")
    page = text(maya.get(f"/entries/{entry}"))
    assert "Mr Penhale opened this" in page
    assert "You are not in trouble." in page
    assert "Mrs Doyle will talk with you" in page
    assert "To keep you safe" in page
    assert WHY not in page
    assert "Mr Penhale opened one thing" in text(maya.get("/my-space"))
    for told in (page, text(maya.get("/my-space"))):
        assert f'data-aloud="told-{grant} told-words-{grant} told-next-{grant}" data-lang="en"' in told
        assert "js/aloud.js" in told
    assert maya.post(f"/told/{grant}/why").status_code == 303
    assert "You asked why" in text(maya.get(f"/entries/{entry}"))
    assert "Asked why" in text(lead.get("/opened"))
    assert maya.post(f"/told/{grant}/seen").status_code == 303
    assert "Mr Penhale opened" not in text(maya.get("/my-space"))
    assert "Mr Penhale opened this" in text(maya.get(f"/entries/{entry}")), "on the thing it stays"


def test_what_the_child_will_read_stands_there_before(world: World) -> None:
    entry = world.entry("snail-hotel")
    before = text(world.client("penhale", "lead").get(f"/break-glass?item={entry}"))
    lead, grant = opened(world, entry)
    lead.get(f"/opened/{grant}")
    lead.post(f"/opened/{grant}/close")
    after = text(world.client("maya").get(f"/entries/{entry}"))
    for words in (
        "Mr Penhale opened this",
        "You had not shared it with Mr Penhale. It was opened: today at ",
        "Mr Penhale was worried about you, and needed to check that you are safe.",
        "<strong>You are not in trouble.</strong> The door is shut again now.",
    ):
        assert words in before
        assert words in after


def test_it_tells_by_itself_when_the_time_is_over(world: World) -> None:
    entry = world.entry("snail-hotel")
    lead, grant = opened(world, entry)
    lead.get(f"/opened/{grant}")
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert "Mr Penhale opened this" in text(world.client("maya").get(f"/entries/{entry}"))


def test_nobody_but_the_child_is_told(world: World) -> None:
    entry = world.entry("snail-hotel")
    lead, grant = opened(world, entry)
    lead.get(f"/opened/{grant}")
    lead.post(f"/opened/{grant}/close")
    for key, role in (("nadia", "relative"), ("doyle", "teacher")):
        assert "opened this" not in text(world.client(key, role).get(f"/entries/{entry}"))
    assert world.client("nadia", "relative").post(f"/told/{grant}/seen").status_code == 404
    assert world.client("leo").post(f"/told/{grant}/why").status_code == 404


def test_what_is_not_told_is_on_record_with_a_day_to_decide_again(world: World) -> None:
    entry = world.entry("snail-hotel")
    lead, grant = opened(world, entry, tell="no", untold="Whoever hurts her would read it over her shoulder.")
    lead.get(f"/opened/{grant}")
    lead.post(f"/opened/{grant}/close")
    maya = world.client("maya")
    assert "Mr Penhale opened" not in text(maya.get(f"/entries/{entry}"))
    assert maya.post(f"/told/{grant}/seen").status_code == 404
    assert "over her shoulder" in text(lead.get(f"/opened/{grant}/record"))
    assert "Decide again" not in text(lead.get("/opened"))
    with clock.at(clock.now() + timedelta(days=8)):
        lead = world.client("penhale", "lead")
        assert "Decide again" in text(lead.get("/opened"))
        short = lead.post(f"/opened/{grant}/record", {"do": "not_yet", "untold": "later"})
        assert short.status_code == 400
        assert "at least one full sentence" in text(short)
        again = {"do": "not_yet", "untold": "The court has not yet decided where she lives."}
        assert lead.post(f"/opened/{grant}/record", again).status_code == 303
        assert "Decide again" not in text(lead.get("/opened"))
        assert "court has not yet" in text(lead.get(f"/opened/{grant}/record"))
    with clock.at(clock.now() + timedelta(days=16)):
        lead, maya = world.client("penhale", "lead"), world.client("maya")
        assert lead.post(f"/opened/{grant}/record", {"do": "tell"}).status_code == 303
        assert "Mr Penhale opened this" in text(maya.get(f"/entries/{entry}"))
        assert lead.post(f"/opened/{grant}/record", {"do": "tell"}).status_code == 409
        assert the(world, grant).decide_on is None


def test_the_head_gets_a_letter_that_says_no_more_than_that_there_is_something(world: World) -> None:
    _, grant = opened(world, world.entry("snail-hotel"))
    world.work()
    world.work()
    read = (message_from_bytes(one.read_bytes(), policy=policy.default) for one in letters(world))
    told = [one for one in read if "opened" in str(one["Subject"])]
    assert [str(one["To"]) for one in told] == ["head.larkfield@example.org"]
    words = f"{told[0]['Subject']}\n{told[0].get_content()}"
    assert "/opened\r\n" in words
    for secret in ("Maya", "Penhale", "snail", "sleep", str(grant), grant.hex):
        assert secret not in words


def test_who_is_the_head_no_more_gets_no_letter(world: World) -> None:
    opened(world, world.entry("snail-hotel"))
    with world.session() as session:
        session.execute(update(Membership).where(Membership.role == Role.HEAD).values(ended_at=clock.now()))
        session.commit()
    world.work()
    assert letters(world) == []


def letters(world: World) -> list[Path]:
    """The letters that went out."""
    return sorted((world.settings.instance / "letters").glob("*.eml"))


@pytest.mark.parametrize("page", ["/opened", "/opened/{grant}/record"])
def test_the_head_sees_all_of_it_and_decides_nothing(world: World, page: str) -> None:
    _, grant = opened(world, world.entry("snail-hotel"), tell="no", untold="It would put her in danger at home now.")
    head = world.client("kaur", "head")
    shown = text(head.get(page.format(grant=grant)))
    assert "Maya" in shown
    assert "Mr Penhale" in shown
    assert head.post(f"/opened/{grant}/record", {"do": "tell"}).status_code == 404
    assert head.get("/break-glass").status_code == 404


def test_what_was_said_is_told_where_it_stands(world: World) -> None:
    said = world.comment("snail-hotel.5")
    lead, grant = opened(world, said)
    assert lead.get(f"/opened/{grant}").status_code == 200
    lead.post(f"/opened/{grant}/close")
    maya = world.client("maya")
    space, entry = text(maya.get("/my-space")), world.entry("snail-hotel")
    assert "Mr Penhale opened one thing" in space
    assert f'href="/entries/{said}"' not in space, "there is no such page"
    assert f'href="/entries/{entry}"' in space.split("Mr Penhale opened one thing")[1].split("</section>")[0]
    assert "Mr Penhale opened this" in text(maya.get(f"/entries/{entry}"))
    assert "Mr Penhale opened this" not in text(maya.get(f"/entries/{world.entry('swim-badge')}"))


def test_what_was_opened_and_is_gone_has_no_way_to_it(world: World) -> None:
    entry = world.entry("snail-hotel")
    lead, grant = opened(world, entry)
    lead.get(f"/opened/{grant}")
    lead.post(f"/opened/{grant}/close")
    with world.acting("maya") as (session, me):
        delete_entry(session, me, entry, world.settings.undo_time)
    told = text(world.client("maya").get("/my-space")).split("Mr Penhale opened one thing")[1].split("</section>")[0]
    assert "Show me what it was" not in told
