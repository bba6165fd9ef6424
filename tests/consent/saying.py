"""People saying this and that to pictures, through the front door."""

from uuid import UUID

from sqlalchemy import select

from journal import records as r
from journal.words import Answer, Purpose
from tests.world import World


def photo_of(world: World, entry: str) -> UUID:
    """The first photo of an entry."""
    with world.session() as session:
        found = select(r.Attachment.id).where(r.Attachment.item_id == world.entry(entry))
        return session.scalars(found.order_by(r.Attachment.id)).first()


def gets(world: World, who: str, photo: UUID, role: str = "") -> set[int]:
    """The answers that somebody gets for every size of a photo."""
    browser = world.client(who, role)
    return {browser.get(f"/media/{photo}/{size}").status_code for size in ("small", "medium", "large")}


def names(world: World, who: str, photo: UUID, *pupils: str, role: str = "") -> None:
    """Somebody says who is in a picture."""
    chosen = [str(world.member(one)) for one in pupils]
    said = world.client(who, role).post(f"/photos/{photo}/who", {"pupil": chosen})
    assert said.status_code == 303, said.get_data(as_text=True)


def says(world: World, carer: str, pupil: str, answer: Answer, purpose: Purpose = Purpose.CLASS_JOURNAL) -> None:
    """A carer says something about all pictures of a child."""
    said = world.client(carer, "relative").post("/pictures-of-us", {"pupil": str(world.member(pupil)), purpose: answer})
    assert said.status_code == 303, said.get_data(as_text=True)
