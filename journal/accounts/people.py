"""Who is signed in, as Flask-Login knows them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from journal.hours import Hours
from journal.seeing import Viewer


@dataclass(frozen=True, slots=True)
class Account:
    """A signed-in person: their session, and the hat they wear if they have chosen one."""

    token: str
    sign_in: UUID
    person: UUID
    locale: str | None
    theme: str
    letters: str
    viewer: Viewer | None
    name: str
    face: bool
    school_name: str
    time_zone: str
    """The zone of the school's clock; empty before a hat is chosen."""
    hours: Hours
    """When the school says that it looks."""
    hats: int
    """How many hats they could wear."""
    named: bool
    """Whether the head named them, in this hat, to take portfolios home."""
    reads_worries: bool
    """Whether worries may come to them in this hat: as lead, as the second, or as head."""
    staff: bool
    """Whether one of their hats is of the staff of a school, whichever they wear now."""
    asked: bool
    """Whether a school that they work at wants a second thing proved besides the password."""
    keyed: bool
    """Whether they set up something to prove besides the password."""
    half: bool
    """Whether they proved the password alone, and have to prove a second thing: until then no page is theirs."""
    rests: bool
    """Whether anything in the school has a rest now: then the page asks what."""
    second_at: datetime | None
    """When they proved a second thing last."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Return the session's token (what Flask-Login puts in the cookie)."""
        return self.token
