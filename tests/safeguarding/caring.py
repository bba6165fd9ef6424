"""What the tests of worries share: telling one, reading pages, giving somebody another hat."""

from copy import deepcopy
from html import unescape
from uuid import UUID

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from journal.records import Concern, ConcernCase, Membership, School
from journal.words import Role
from tests.safeguarding.test_telling import concerns, tell
from tests.world import World


def told(world: World, who: str = "maya", **data: object) -> Concern:
    """Somebody tells a worry, in both steps."""
    tell(world.client(who), {"about": "saw", **data})
    return concerns(world)[0]


def read(world: World, path: str, who: str = "penhale", role: str = "") -> str:
    """What somebody reads at an address."""
    answer = world.client(who, role).get(path)
    assert answer.status_code == 200, path
    return unescape(answer.get_data(as_text=True))


def does(world: World, concern: UUID, do: str, by: str = "penhale", hat: str = "", **data: object) -> TestResponse:
    """Somebody presses a button on the page of a worry."""
    return world.client(by, hat).post(f"/concerns/{concern}", {"do": do, **data})


def case(world: World, concern: UUID) -> ConcernCase:
    """Where a worry stands."""
    with world.session() as session:
        return session.scalars(select(ConcernCase).where(ConcernCase.concern_id == concern)).one()


def add_hat(world: World, key: str, role: Role) -> UUID:
    """Give somebody of Larkfield another hat."""
    world.keys = deepcopy(world.keys)
    with world.session() as session:
        old = session.scalars(select(Membership).where(Membership.id == world.member(key, school="larkfield"))).one()
        hat = Membership(school_id=old.school_id, person_id=old.person_id, role=role, name=f"{old.name} ({role})")
        session.add(hat)
        session.commit()
    world.keys["members"][f"{key}/larkfield/{role}"] = str(hat.id)
    return hat.id


def name_second(world: World, second: UUID | None) -> None:
    """Let somebody be the second at Larkfield, or nobody."""
    with world.session() as session:
        larkfield = UUID(world.keys["schools"]["larkfield"])
        session.execute(update(School).where(School.id == larkfield).values(second_lead_id=second))
        session.commit()


def sees(world: World, concern: UUID, who: str, role: str = "") -> bool:
    """Whether somebody can open a worry; if not, nothing of it is there for them, nor anything that hangs on it."""
    browser = world.client(who, role)
    there = browser.get(f"/concerns/{concern}").status_code == 200
    others = [browser.get(f"/concerns/{concern}/{part}").status_code for part in ("paper", "more")]
    others.append(browser.post(f"/concerns/{concern}/file").status_code)
    others.append(browser.post(f"/concerns/{concern}", {"do": "note", "note": "x"}).status_code)
    assert all((one != 404) == there for one in others), others
    listed = browser.get("/concerns?order=newest")
    assert listed.status_code in (200, 404)
    assert (str(concern) in listed.get_data(as_text=True)) == there
    return there
