"""On which days there is school: said once, and read by all that is promised and counted."""

from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import select, update

from journal import clock
from journal.hours import Hours
from journal.records import School, Trail, Waiting
from tests.world import World

MONDAY = datetime(2026, 12, 7, 9, tzinfo=UTC)
GOOD = {"day": list("12345"), "closed": "2026-12-08\n\n2026-12-21 – 2027-01-04"}


def text(world: World, who: str, path: str) -> str:
    """A page as somebody gets it."""
    return unescape(world.client(who).get(path).get_data(as_text=True))


@pytest.mark.parametrize("who", ["bright", "kaur", "penhale"])
def test_said_once_it_holds_for_the_queue_and_for_worries(world: World, who: str) -> None:
    with world.session() as session:
        session.execute(update(School).values(reads_before="08:00", late_after=24))
        session.commit()
    with clock.at(MONDAY):
        assert world.client(who).post("/school-days", GOOD).status_code == 303
        page = text(world, who, "/school-days")
        assert "2026-12-08 2026-12-08\n2026-12-21 2027-01-04" in page
        assert "usually on Wednesday before 8 o’clock" in text(world, "maya", "/my-space")
    with clock.at(datetime(2026, 12, 7, 18, tzinfo=UTC)):
        assert "Nobody at school reads this before Wednesday 9 December" in text(world, "maya", "/worried")
    with world.session() as session:
        school = session.scalars(select(School).where(School.id == UUID(world.keys["schools"]["larkfield"]))).one()
        rows = session.scalars(select(Waiting).where(Waiting.school_id == school.id)).all()
        hours = Hours(days=school.school_days, closed=school.closed_days, zone=school.time_zone)
        assert rows
        assert all(row.late_at == hours.late(row.since, 24) for row in rows), "what waits already is counted anew"
        assert session.scalars(select(Trail.id).where(Trail.act == "set_school_days")).all()


def test_both_pages_lead_to_it(world: World) -> None:
    assert 'href="/school-days"' in text(world, "bright", "/who-reads")
    assert "Monday, Tuesday, Wednesday, Thursday and Friday" in text(world, "bright", "/who-reads")
    assert 'href="/school-days"' in text(world, "kaur", "/concerns/times")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"closed": "at Christmas"}, "We do not know that day"),
        ({"closed": "2027-01-03 2026-12-21"}, "We do not know that day"),
        ({"closed": "2026-02-30"}, "We do not know that day"),
        ({"day": []}, "Nothing is chosen yet"),
        ({"closed": "2026-12-21\n" * 400}, "too long"),
    ],
)
def test_what_is_wrong_is_said_and_stays(world: World, wrong: dict[str, object], said: str) -> None:
    answer = world.client("kaur").post("/school-days", GOOD | wrong)
    assert answer.status_code == 400
    page = unescape(answer.get_data(as_text=True))
    assert said in page
    assert str(wrong.get("closed", GOOD["closed"])).splitlines()[0] in page
    with world.session() as session:
        assert set(session.scalars(select(School.closed_days))) == {""}
