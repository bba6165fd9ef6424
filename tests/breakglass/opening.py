"""Opening something as the lead, through the front door."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from journal.records import Grant
from tests.world import Browser, World

WHY = "She told her teacher that she does not sleep at home on Fridays."


def form(**other: str) -> dict[str, str]:
    """What a lead sends, all filled in."""
    return {"what": "item", "reason": WHY, "minutes": "15", "tell": "yes", **other}


def send(world: World, who: Browser, address: str, **fields: str) -> Any:
    """Send the page of asking."""
    return who.post(address, form(**fields))


def opened(world: World, entry: UUID | None = None, pupil: str = "maya", **fields: str) -> tuple[Browser, UUID]:
    """A lead's browser under a new grant, and the grant."""
    lead = world.client("penhale", "lead")
    where = f"item={entry}" if entry else f"pupil={world.member(pupil)}"
    what = {} if entry else {"what": "all"}
    answer = send(world, lead, f"/break-glass?{where}", **what, **fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    grant = UUID(answer.headers["Location"].rsplit("/", 1)[1])
    return lead, grant


def the(world: World, grant: UUID) -> Grant:
    """A grant as it is kept."""
    with world.session() as session:
        return session.scalars(select(Grant).where(Grant.id == grant)).one()


def text(answer: Any) -> str:
    """The words of a page."""
    return str(answer.get_data(as_text=True))
