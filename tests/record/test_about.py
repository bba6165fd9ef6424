"""Whom the gravest acts are about: it stands in the line, also of lines that were sealed before they named anybody."""

import re
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from journal.accounts import staff
from journal.records import FamilyLink, Hold, Membership, Trail
from journal.trail import record
from journal.words import Role
from tests.breakglass.opening import opened
from tests.pausing.test_pauses import off, pause
from tests.record.tampering import sealed, unprotected
from tests.safeguarding.caring import add_hat
from tests.world import World

GRAVE = ("open_unshared", "list_unshared", "close_unshared", "put_hold", "pause", "take_pause_off")


def hold(world: World) -> None:
    """The lead keeps all that is Maya's from being deleted, and one thing of hers."""
    form = {"do": "put", "hold_reason": "It may be needed.", "child": str(world.member("maya"))}
    assert world.client("penhale", "lead").post("/holds", form).status_code == 303
    with world.acting("penhale", "lead") as (session, viewer):
        why = {"reason": "It may be needed.", "review_on": date(2027, 1, 1), "by_id": viewer.membership}
        one = Hold(school_id=viewer.school, item_id=world.entry("snail-hotel"), **why)
        session.add(one)
        session.flush()
        record(session, viewer, "put_hold", one.id)


def rows(world: World, query: str, who: str = "penhale", role: str = "lead") -> list[tuple[str, str]]:
    """What stands under What and under About in each line that somebody reads."""
    page = world.client(who, role).get(f"/record?{query}").get_data(as_text=True)
    return re.findall(r'class="is-wide">([^<]*)<.*?data-l="About" dir="auto">([^<]*)<', page)


def grave_acts(world: World) -> None:
    """A lead opens all that Maya made and looks through it; it is held, and she rests for a while."""
    lead, grant = opened(world)
    assert lead.get(f"/opened/{grant}").status_code == 200
    lead.post(f"/opened/{grant}/close")
    hold(world)
    off(world, pause(world, "person", member="maya"))


@pytest.mark.parametrize("before", [False, True])
def test_the_gravest_acts_say_whom_they_are_about(world: World, before: bool) -> None:
    """``before``: lines as they were written when they named nobody; they are sealed, and stay as they are."""
    grave_acts(world)
    if before:
        with unprotected(world) as connection:
            connection.exec_driver_sql("UPDATE trail SET about_id = NULL")
    sealed(world)
    with world.session() as session:
        lines = select(Trail.act, Trail.about_id).where(Trail.act.in_(GRAVE))
        about = dict(session.execute(lines).all())
    assert set(about) == set(GRAVE)
    assert set(about.values()) == {None if before else world.member("maya")}
    for kind, many in (("opened", 3), ("hold", 2), ("pause", 2)):
        found = rows(world, f"kind={kind}")[:many]
        assert [whom for _what, whom in found] == ["Maya"] * many, kind
        assert rows(world, f"kind={kind}&pupil=Maya")[:many] == found
        assert rows(world, f"kind={kind}&pupil=Oscar") == []
    lead = world.client("penhale", "lead")
    lead.get("/record")
    for query in ("", "?pupil=Maya", f"?about={world.member('maya')}"):
        with world.counting() as seen:
            lead.get(f"/record{query}")
        assert len(seen) <= 8, query


def test_a_class_and_somebody_of_the_staff_are_named(world: World) -> None:
    pause(world, "comments", "kingfishers")
    with world.acting("bright", "office") as (session, viewer):
        staff.sign_out(session, viewer, world.member("adeyemi", "teacher"))
    assert rows(world, "kind=pause")[0][1] == "Kingfishers"
    assert "Mr Adeyemi" in {whom for _what, whom in rows(world, "kind=people")}


def test_a_relative_in_the_leads_chair_reads_nothing_of_their_childs_rest(world: World) -> None:
    """Nor of what was opened of their child, when the row that allowed it is gone and the line alone names them."""
    grave_acts(world)
    pause(world, "person", member="oscar")
    assert {"Maya", "Oscar"} == {whom for _what, whom in rows(world, "kind=pause", "kaur", "head")}
    hat, child = add_hat(world, "kaur", Role.RELATIVE), world.member("maya")
    with world.session() as session:
        school = session.scalars(select(Membership.school_id).where(Membership.id == child)).one()
        session.add(FamilyLink(school_id=school, relative_id=hat, pupil_id=child, known_as="Aunt"))
        session.commit()
    assert {whom for _what, whom in rows(world, "kind=pause", "kaur", "head")} == {"Oscar"}
    with unprotected(world) as connection:
        connection.exec_driver_sql("UPDATE trail SET subject_id = ? WHERE kind = 'opened'", (UUID(int=7).hex,))
    assert "Maya" not in {whom for _what, whom in rows(world, "kind=opened", "kaur", "head")}
    assert "Maya" in {whom for _what, whom in rows(world, "kind=opened")}
