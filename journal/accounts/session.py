"""Whose a session is, asked at every page in one statement."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from journal.accounts.acts import hash_of
from journal.accounts.people import Account
from journal.clock import now
from journal.conditions import table
from journal.hours import Hours
from journal.pauses import on
from journal.reasons import beyond
from journal.records import Authenticator, ExportRight, Membership, Passkey, Pause, Person, School, SignIn
from journal.records.base import UtcTime
from journal.settings import Settings
from journal.viewers import ties_of, viewer_with
from journal.words import STAFF, Role

Hat, Badge, Works = aliased(Membership), aliased(Membership), aliased(School)

SEEN_EVERY = timedelta(minutes=5)
"""How exactly the last visit is noted; noting each request would make every page a write."""

_HATS = (
    select(func.count(Hat.id))
    .where(Hat.person_id == SignIn.person_id, Hat.ended_at.is_(None))
    .correlate(SignIn)
    .scalar_subquery()
)
"""How many hats the person of a session could wear."""

_NAMED = (
    exists()
    .where(ExportRight.membership_id == SignIn.membership_id, ExportRight.ended_at.is_(None))
    .correlate(SignIn)
    .label("named")
)
"""Whether the head named the hat of a session to take portfolios home: its pages show the way there."""


_OF_STAFF = (Badge.person_id == SignIn.person_id, Badge.ended_at.is_(None), Badge.role.in_(STAFF))
_STAFF = exists().where(*_OF_STAFF).correlate(SignIn).label("staff")
_ASKED = exists().where(*_OF_STAFF, Works.id == Badge.school_id, Works.second_factor).correlate(SignIn).label("asked")
"""Whether a school that they work at wants a second thing proved besides the password."""

_RESTS = (
    exists()
    .where(Pause.school_id == Membership.school_id, on(Pause, bindparam("now", type_=UtcTime())))
    .correlate(Membership)
    .label("rests")
)
"""Whether anything in the school of the hat that is worn has a rest."""

_KEYED = or_(
    exists().where(Authenticator.person_id == SignIn.person_id, Authenticator.secret != "").correlate(SignIn),
    exists().where(Passkey.person_id == SignIn.person_id).correlate(SignIn),
).label("keyed")
"""Whether they set up something to prove. Who did is asked, also where the school does not want it."""


class _Hat(NamedTuple):
    """The hat of a session, as the page's frame shows it."""

    id: UUID
    person_id: UUID
    school_id: UUID
    role: Role
    ended_at: datetime | None
    name: str
    face: str | None
    school: str
    time_zone: str
    second_lead: UUID | None
    reads_before: str
    school_days: str
    closed_days: str


_WORN, _SIGNED_IN = table(Membership), table(SignIn)
_TIES = ties_of(
    _WORN, and_(_WORN.c.id == _SIGNED_IN.c.membership_id, _SIGNED_IN.c.token_hash == bindparam("token"))
).subquery("ties")

_SESSION: Select[*tuple[Any, ...]] = (
    select(_TIES.c.how, _TIES.c.first, _TIES.c.second)
    .add_columns(SignIn.id, SignIn.seen_at, Person.id, Person.locale, Person.theme, Person.letters, _HATS, _NAMED)
    .add_columns(SignIn.second_at, _STAFF, _ASKED, _KEYED, _RESTS)
    .add_columns(Membership.id, Membership.person_id, Membership.school_id, Membership.role, Membership.ended_at)
    .add_columns(Membership.name, Membership.face, School.name, School.time_zone, School.second_lead_id)
    .add_columns(School.reads_before, School.school_days, School.closed_days)
    .select_from(SignIn)
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Membership, (Membership.id == SignIn.membership_id) & Membership.ended_at.is_(None))
    .outerjoin(School, School.id == Membership.school_id)
    .outerjoin(_TIES, true())
    .where(SignIn.token_hash == bindparam("token"), SignIn.ended_at.is_(None))
    .where(SignIn.seen_at > bindparam("idle"), SignIn.created_at > bindparam("longest"))
)
"""Whose a session is, once beside each tie of the hat that is worn: who looks takes one query."""


def find_account(session: Session, token: str, settings: Settings, *, visit: bool = True) -> Account | None:
    """Return who a session's token belongs to, or None if the session is over or no membership is left.

    The session's circles are worked out anew each time, so that an ended link or membership acts at once. What a page
    asks by itself is no ``visit``: a laptop that is left open is signed out like any other.
    """
    moment = now()
    asked_for = {
        "token": hash_of(token),
        "now": moment,
        "idle": moment - timedelta(seconds=settings.session_idle),
        "longest": moment - timedelta(seconds=settings.session_longest),
    }
    with beyond(session, "who is signing in"), beyond(session, "who is in which circle"):
        rows = session.execute(_SESSION, asked_for).all()
    if not rows:
        return None
    _, _, _, sign_in, seen_at, person, locale, theme, letters, hats, named, second_at, *rest = rows[0]
    staff, asked, keyed, rests, *worn = rest
    if not hats:
        return None
    if visit and seen_at < moment - SEEN_EVERY:
        with beyond(session, "who is signing in"):
            session.execute(update(SignIn).where(SignIn.id == sign_in).values(seen_at=moment))
    hat = _Hat(*worn) if worn[0] is not None else None
    return Account(
        token=token,
        sign_in=sign_in,
        person=person,
        locale=locale,
        theme=theme,
        letters=letters,
        viewer=viewer_with(hat, (row[:3] for row in rows if row[0])) if hat is not None else None,
        name=hat.name if hat is not None else "",
        face=hat is not None and bool(hat.face),
        school_name=hat.school if hat is not None else "",
        time_zone=hat.time_zone if hat is not None else "",
        hours=Hours(hat.reads_before, hat.school_days, hat.closed_days, hat.time_zone) if hat else Hours(),
        hats=hats,
        named=bool(named),
        reads_worries=hat is not None and (hat.role in (Role.LEAD, Role.HEAD) or hat.id == hat.second_lead),
        staff=bool(staff),
        asked=bool(asked),
        keyed=bool(keyed),
        rests=bool(rests),
        half=second_at is None and bool(asked or keyed),
        second_at=second_at,
    )
