"""Putting away what is shown already, through the front door."""

import pytest
from sqlalchemy import select, update

from journal.moderation.reading import may_put_away
from journal.records import Decision, Entry, Shown, Waiting
from journal.words import Door
from tests.school.telling import Teller
from tests.world import World


@pytest.fixture
def tell(world: World) -> Teller:
    """People who do things."""
    return Teller(world)


def kinds(world: World, item: object) -> set[str]:
    """The kinds of circle that an item is shown to."""
    with world.session() as session:
        return {one.partition("/")[0] for one in session.scalars(select(Shown.circle).where(Shown.item_id == item))}


def test_gone_for_the_group_and_kept_by_the_family(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.FAMILY, Door.CLASS)
    tell.let_through(item)
    browser = tell.world.client("adeyemi", "teacher")
    page = browser.get(f"/items/{item}/put-away").get_data(as_text=True)
    assert "Bread" in page
    assert "gone for Kingfishers" in page
    missing = browser.post(f"/items/{item}/put-away", {"reason": "  "})
    assert missing.status_code == 400
    assert "Write down why" in missing.get_data(as_text=True)
    assert kinds(tell.world, item) == {"family", "class"}
    assert browser.post(f"/items/{item}/put-away", {"reason": "A phone number."}).status_code == 303
    assert kinds(tell.world, item) == {"family"}
    with tell.world.session() as session:
        reasons = session.scalars(select(Decision.reason).where(Decision.item_id == item)).all()
    assert "A phone number." in reasons
    assert browser.get(f"/items/{item}/put-away").status_code == 404


@pytest.mark.parametrize(
    ("who", "role", "code"),
    [
        ("adeyemi", "teacher", 200),
        ("doyle", "", 200),
        ("lowe", "", 404),
        ("menon", "teacher", 404),
        ("okafor", "", 404),
        ("maya", "", 404),
        ("oscar", "", 404),
        ("nadia", "", 404),
        ("kaur", "", 404),
    ],
)
def test_who_may(tell: Teller, who: str, role: str, code: int) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    tell.let_through(item)
    browser = tell.world.client(who, role)
    assert browser.get(f"/items/{item}/put-away").status_code == code
    if code == 404:
        assert browser.post(f"/items/{item}/put-away", {"reason": "No"}).status_code == 404
        assert kinds(tell.world, item) == {"class"}
    with tell.world.acting(who, role) as (session, me):
        entry = session.scalars(select(Entry).where(Entry.id == item)).one_or_none()
        assert (entry is not None and may_put_away(session, me, entry)) == (code == 200)


def test_not_what_is_not_for_the_group_nor_ones_own_childs(tell: Teller) -> None:
    family = tell.share("maya", "Bread", Door.FAMILY, Door.TEACHERS)
    assert tell.world.client("adeyemi", "teacher").get(f"/items/{family}/put-away").status_code == 404
    isla = tell.share("isla", "At home", Door.CLASS)
    tell.let_through(isla, "iqbal")
    assert tell.world.client("grant", "teacher").get(f"/items/{isla}/put-away").status_code == 404
    assert tell.world.client("iqbal").get(f"/items/{isla}/put-away").status_code == 200


def test_what_is_shown_to_nobody_is_decided_where_it_waits(tell: Teller) -> None:
    item = tell.share("maya", "Bread", Door.CLASS)
    with tell.world.session() as session:
        session.execute(update(Waiting).where(Waiting.item_id == item).values(group_id=None))
        session.commit()
    answer = tell.world.client("penhale").post(f"/items/{item}/put-away", {"reason": "A phone number."})
    assert answer.status_code == 400
    assert "cannot be done" in answer.get_data(as_text=True)
