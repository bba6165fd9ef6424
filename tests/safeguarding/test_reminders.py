"""Reminders: at most one letter a day, without a word, to those who read it alone; and when nobody reads in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import delete, select

from journal import clock
from journal.jobs import Work
from journal.mail import MailNotSent
from journal.records import Concern, Job, WorryReminder
from journal.safeguarding.work import remind
from tests.safeguarding.caring import does, name_second, read, told
from tests.world import World

FRIDAY = datetime(2031, 11, 21, 18, 16, tzinfo=UTC)
MONDAY = datetime(2031, 11, 24, 10, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _alone(world: World) -> None:
    """Without the demo's worries, of which some are due."""
    with world.session() as session:
        session.execute(delete(Concern))
        session.execute(delete(Job).where(Job.kind == Work.WORRY_REMINDERS))
        session.commit()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    with clock.at(moment):
        yield


def letters(world: World) -> list[tuple[str, str]]:
    """The letters that went out: to whom, and what they say."""
    found = []
    for one in sorted((world.settings.instance / "letters").glob("*.eml")):
        letter = message_from_bytes(one.read_bytes(), policy=policy.default)
        found.append((str(letter["To"]), f"{letter['Subject']}\n{letter.get_content()}"))
    return found


def test_what_is_not_read_by_ten_is_told_to_the_second(world: World) -> None:
    with at(FRIDAY):
        concern = told(world, words="SECRET Maya")
        page = read(world, "/worried", "maya")
        assert "Nobody at school reads this before Monday 24 November" in page
        assert "If it is not read by 10:00 on a school day, Mrs Kaur is told." in page
        world.work()
        assert letters(world) == []
    with at(MONDAY - timedelta(minutes=5)):
        world.work()
        assert letters(world) == []
        assert "Not read yet" not in read(world, "/concerns", "kaur")
        assert "Somebody at school can read it today" in read(world, "/worried", "maya")
    with at(MONDAY):
        world.work()
        assert "Not read yet" in read(world, "/concerns", "kaur")
        assert "You are the second: please read it now." in read(world, "/concerns", "kaur")
        sent = letters(world)
        assert [to for to, _ in sent] == ["head.larkfield@example.org", "m.penhale@example.org"] or {
            to for to, _ in sent
        } == {"head.larkfield@example.org", "m.penhale@example.org"}
        for _, words in sent:
            assert "SECRET" not in words
            assert "Maya" not in words
            assert str(concern.id) not in words
            assert "/concerns" in words
    with at(MONDAY + timedelta(hours=2)):
        with world.session() as session:
            remind(session, world.app.config["HOUSE"], concern.school_id)
            session.commit()
        assert len(letters(world)) == 2, "one a day"
        read(world, f"/concerns/{concern.id}")
        assert "Not read yet" not in read(world, "/concerns", "kaur")
    with at(MONDAY + timedelta(days=1)):
        world.work()
        assert [to for to, _ in letters(world)][2:] == ["m.penhale@example.org"], "read, and nobody does anything yet"


def test_who_takes_care_is_reminded_of_what_is_due(world: World) -> None:
    with at(FRIDAY):
        concern = told(world)
        does(world, concern.id, "step", step="Ring", due="2031-11-25")
    with at(MONDAY):
        world.work()
        assert letters(world) == []
    with at(MONDAY + timedelta(days=1)):
        world.work()
        assert [to for to, _ in letters(world)] == ["m.penhale@example.org"]
        does(world, concern.id, "move", state="closed", reason="Done")
    with at(MONDAY + timedelta(days=2)):
        world.work()
        assert len(letters(world)) == 1
    with world.session() as session:
        waiting = select(Job.id).where(Job.kind == Work.WORRY_REMINDERS, Job.done_at.is_(None))
        assert session.scalars(waiting).all() == [], "nothing is open: nobody is reminded"


def test_nobody_is_reminded_of_what_is_about_them(world: World) -> None:
    name_second(world, None)
    with at(FRIDAY):
        told(world, words="He", person=str(world.member("penhale", "lead")))
    with at(MONDAY):
        world.work()
        assert [to for to, _ in letters(world)] == ["head.larkfield@example.org"]


def test_a_letter_that_did_not_go_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with at(FRIDAY):
        concern = told(world)
    house = world.app.config["HOUSE"]
    post = type(house.post)

    def no(_post: object, _letter: object) -> None:
        raise MailNotSent("no way through", again=True)

    with at(MONDAY):
        with monkeypatch.context() as patch:
            patch.setattr(post, "send", no)
            world.work()
        assert letters(world) == []
        with world.session() as session:
            assert session.scalars(select(WorryReminder.id)).all() == []
            assert session.scalars(select(Job.problem).where(Job.done_at.is_(None), Job.problem != "")).all()
            remind(session, house, concern.school_id)
            session.commit()
        assert len(letters(world)) == 2
