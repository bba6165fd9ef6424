"""Flags: made when something is handed in or said, shown to whoever decides, and what they keep back."""

from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal import flagging
from journal.flagging import flags_of, raise_flags
from journal.records import Flag, Item, Revision, School, Shown, Waiting
from journal.words import Door, FlagKind
from tests.moderation.test_to_read import page
from tests.school.telling import Teller
from tests.world import World

PHONE = "Ring 07700 900142 if you want to come."


@pytest.fixture
def tell(world: World) -> Teller:
    """A school in which nothing waits yet."""
    with world.session() as session:
        session.execute(delete(Waiting))
        session.commit()
    return Teller(world)


def kinds(tell: Teller, item: UUID) -> list[FlagKind]:
    """The flags of an item."""
    with tell.world.session() as session:
        return list(session.scalars(select(Flag.kind).where(Flag.item_id == item).order_by(Flag.id)))


def circles(tell: Teller, item: UUID) -> tuple[set[str], set[str]]:
    """The kinds of circles that have an item, and those that wait."""
    with tell.world.session() as session:
        shown = session.scalars(select(Shown.circle).where(Shown.item_id == item)).all()
        waits = session.scalars(select(Waiting.circle).where(Waiting.item_id == item)).all()
    return {one.split("/")[0] for one in shown}, {one.split("/")[0] for one in waits}


def hold(tell: Teller, kinds: str) -> None:
    """Let the school keep some flags back."""
    with tell.world.session() as session:
        session.execute(update(School).values(flags_hold=kinds))
        session.commit()


def test_the_moderator_sees_what_and_where(tell: Teller) -> None:
    item = tell.share("maya", "My badge", Door.CLASS, words=PHONE)
    html = page(tell.world.client("adeyemi", "teacher"), item)
    assert '<mark class="flag">07700 900142</mark>' in html
    assert "Why this was flagged" in html
    assert html.count("Phone number") == 2  # on the row, and beside the words


def test_nothing_is_said_where_nothing_was_noticed(tell: Teller) -> None:
    item = tell.share("maya", "Snails", Door.CLASS, words="We won 4-3.")
    assert kinds(tell, item) == []
    assert "Why this was flagged" not in page(tell.world.client("adeyemi", "teacher"), item)


def test_a_flag_holds_no_words_and_is_for_whoever_decides(tell: Teller) -> None:
    item = tell.share("maya", "My badge", Door.CLASS, words=PHONE)
    with tell.world.session() as session:
        row = session.scalars(select(Flag).where(Flag.item_id == item)).one()
        assert "900142" not in repr({name: getattr(row, name) for name in list(row.__table__.c.keys())})
        revision = session.scalars(select(Revision.id).where(Revision.item_id == item)).one()
    for who, role, sees in (
        ("adeyemi", "teacher", True),
        ("maya", "", False),
        ("lowe", "", False),
        ("penhale", "", False),
    ):
        with tell.world.acting(who, role) as (session, _viewer):
            assert bool(flags_of(session, [revision])) is sees, who
    tell.let_through(item)
    with tell.world.acting("adeyemi", "teacher") as (session, _viewer):
        assert flags_of(session, [revision]) == {}


def test_much_changed_and_a_relatives_first_words(tell: Teller) -> None:
    item = tell.share(
        "maya", "Snails", Door.CLASS, Door.FAMILY, words="We made a hotel for snails out of sticks today."
    )
    tell.let_through(item)
    tell.edit("maya", item, "Snails", Door.CLASS, Door.FAMILY)
    assert FlagKind.CHANGED in kinds(tell, item)


def test_usually_the_family_has_it_at_once(tell: Teller) -> None:
    item = tell.share("maya", "My badge", Door.FAMILY, words=PHONE)
    assert circles(tell, item) == ({"family"}, set())


def test_what_the_school_keeps_back_is_read_first(tell: Teller) -> None:
    hold(tell, "phone")
    item = tell.share("maya", "My badge", Door.FAMILY, words=PHONE)
    assert circles(tell, item) == (set(), {"family"})
    assert "My badge" in page(tell.world.client("penhale"), item)
    other = tell.share("maya", "A frog", Door.FAMILY, words="A frog at example.com")
    assert circles(tell, other) == ({"family"}, set())


def test_a_relatives_words_wait_before_the_child_reads_them(tell: Teller) -> None:
    entry = tell.share("maya", "Snails", Door.FAMILY)
    hold(tell, "phone")
    shown, waits = circles(tell, tell.say("nadia", entry, PHONE, "relative"))
    assert (shown, waits) == (set(), {"family", "self"})
    shown, waits = circles(tell, tell.say("nadia", entry, "How lovely.", "relative"))
    assert waits == set()


def test_what_waits_tells_a_relative_of_nobody_whom_they_do_not_know(tell: Teller) -> None:
    entry = tell.share("maya", "Snails", Door.FAMILY)
    hold(tell, "name,phone")

    def waits(words: str) -> bool:
        return bool(circles(tell, tell.say("nadia", entry, words, "relative"))[1])

    assert waits("Ask Rukhsana Rahman.")
    assert not waits("Do you know Rory Webb?"), "at the school, of another family, in another class"
    assert not waits("Do you know Rory Wobb?"), "not at the school"
    assert waits(f"Do you know Rory Webb? {PHONE}")
    item = tell.share("maya", "My friend", Door.FAMILY, words="Rory Webb came along.")
    assert circles(tell, item)[1] == {"family"}, "who learns there knows them"


def test_what_waits_is_looked_at_again(tell: Teller) -> None:
    item = tell.share("maya", "Frogface", Door.CLASS, words="A frogface.")
    assert kinds(tell, item) == []
    lead = tell.world.client("penhale")
    assert lead.post("/concerns/flags", {"added-en": "frogface"}).status_code == 303
    tell.world.work()
    assert kinds(tell, item) == [FlagKind.WORD, FlagKind.WORD]


def test_what_was_looked_at_again_is_kept_some_at_a_time(tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    items = [tell.share("maya", f"My badge {number}", Door.CLASS, words="A frogface.") for number in range(3)]
    kept: list[int] = []

    def raising(session: Session, item: Item, revision: Revision) -> frozenset[FlagKind]:
        kept.append(sum(FlagKind.WORD in kinds(tell, one) for one in items))
        return raise_flags(session, item, revision)

    monkeypatch.setattr(flagging, "AT_ONCE", 1)
    monkeypatch.setattr(flagging, "raise_flags", raising)
    tell.world.client("penhale").post("/concerns/flags", {"added-en": "frogface"})
    tell.world.work()
    assert kept == [0, 1, 2], "others write between"
    assert [kinds(tell, one) for one in items] == [[FlagKind.WORD]] * 3
