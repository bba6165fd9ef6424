"""What was opened of a child is not for the child's relatives, whatever they are besides; and no picture by the way."""

from uuid import UUID

import pytest
from sqlalchemy import select

from journal.records import Attachment, FamilyLink, GrantLook, Item, Membership, Trail
from journal.words import Role
from tests.breakglass.opening import opened, text
from tests.breakglass.test_told import letters
from tests.safeguarding.caring import add_hat
from tests.world import World


def kin_of(world: World, who: str, pupil: str) -> None:
    """Let somebody of the staff be a pupil's relative as well."""
    hat, child = add_hat(world, who, Role.RELATIVE), world.member(pupil)
    with world.session() as session:
        school = session.scalars(select(Membership.school_id).where(Membership.id == child)).one()
        session.add(FamilyLink(school_id=school, relative_id=hat, pupil_id=child, known_as="Aunt"))
        session.commit()


def record_of(world: World, who: str, role: str) -> str:
    """All that somebody reads in the record of what was opened, on the page and in the file."""
    browser = world.client(who, role)
    page = text(browser.get("/record?kind=opened"))
    return page + text(browser.post("/record/file", {"kind": "opened"}, token_from="/record"))


@pytest.mark.parametrize("pupil", ["maya", "leo"])
def test_the_record_tells_no_relative_that_something_of_their_child_was_opened(world: World, pupil: str) -> None:
    kin_of(world, "kaur", pupil)
    lead, grant = opened(world)
    entry = world.entry("snail-hotel")
    lead.get(f"/opened/{grant}/items/{entry}")
    lead.post(f"/opened/{grant}/close")
    read = record_of(world, "kaur", "head")
    for one in (grant, grant.hex, entry):
        assert (str(one) in read) is (pupil != "maya")
        assert str(one) in record_of(world, "penhale", "lead")


def test_nor_that_what_their_child_said_elsewhere_was_looked_at(world: World) -> None:
    kin_of(world, "kaur", "maya")
    maya = world.member("maya")
    with world.session() as session:
        elsewhere = (Item.author_id == maya, Item.pupil_id != maya, Item.entry_id.is_not(None))
        said = session.scalars(select(Item.id).where(*elsewhere).limit(1)).one()
    lead, grant = opened(world)
    assert lead.get(f"/opened/{grant}/items/{said}").status_code == 200
    assert str(said) in record_of(world, "penhale", "lead")
    assert str(said) not in record_of(world, "kaur", "head")


def test_a_head_who_cannot_read_of_it_gets_no_letter_about_it(world: World) -> None:
    kin_of(world, "kaur", "maya")
    _, grant = opened(world, world.entry("snail-hotel"))
    world.work()
    assert letters(world) == []
    assert str(grant) not in text(world.client("kaur", "head").get("/opened"))


def looks_at(world: World, entry: UUID) -> list[dict[str, str]]:
    """The details of the record's lines that say that something was looked at."""
    with world.session() as session:
        lines = select(Trail.details).where(Trail.act == "look_unshared", Trail.subject_id == entry)
        return list(session.scalars(lines.order_by(Trail.id)))


@pytest.mark.parametrize("page_first", [False, True])
def test_a_picture_by_its_address_is_a_look_like_any_other(world: World, page_first: bool) -> None:
    entry = world.entry("snail-hotel")
    with world.session() as session:
        photo = session.scalars(select(Attachment.id).where(Attachment.item_id == entry).limit(1)).one()
    lead, grant = opened(world, entry)
    before = looks_at(world, entry)
    if page_first:
        lead.get(f"/opened/{grant}")
    for size in ("small", "large", "master"):
        assert lead.get(f"/opened/{grant}/media/{photo}/{size}").status_code == 200
    assert looks_at(world, entry) == [*before, {"grant": grant.hex}], "once, however many sizes"
    with world.session() as session:
        assert session.scalars(select(GrantLook.item_id).where(GrantLook.grant_id == grant)).all() == [entry]
    lead.post(f"/opened/{grant}/close")
    told = text(world.client("maya").get(f"/entries/{entry}"))
    assert "nobody looked at it" not in told
    assert "To keep you safe" in told
