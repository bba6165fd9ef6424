"""Signing in and out. Sessions are rows, so that they can be listed and ended; the cookie holds only a token."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, delete, exists, func, select, true, update
from sqlalchemy.orm import Session, aliased

from journal.accounts.people import Account
from journal.clock import now
from journal.conditions import table
from journal.reasons import GatedSession, beyond
from journal.records import ExportRight, KeptWriting, Membership, Person, School, SignIn
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.settings import Settings
from journal.trail import write
from journal.viewers import ties_of, viewer_with
from journal.words import Role

Hat = aliased(Membership)

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


_WORN, _SIGNED_IN = table(Membership), table(SignIn)
_TIES = ties_of(
    _WORN, and_(_WORN.c.id == _SIGNED_IN.c.membership_id, _SIGNED_IN.c.token_hash == bindparam("token"))
).subquery("ties")

_SESSION: Select[*tuple[Any, ...]] = (
    select(_TIES.c.how, _TIES.c.first, _TIES.c.second)
    .add_columns(SignIn.id, SignIn.seen_at, Person.id, Person.locale, Person.theme, Person.letters, _HATS, _NAMED)
    .add_columns(Membership.id, Membership.person_id, Membership.school_id, Membership.role, Membership.ended_at)
    .add_columns(Membership.name, Membership.face, School.name, School.time_zone, School.second_lead_id)
    .select_from(SignIn)
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Membership, (Membership.id == SignIn.membership_id) & Membership.ended_at.is_(None))
    .outerjoin(School, School.id == Membership.school_id)
    .outerjoin(_TIES, true())
    .where(SignIn.token_hash == bindparam("token"), SignIn.ended_at.is_(None))
    .where(SignIn.seen_at > bindparam("idle"), SignIn.created_at > bindparam("longest"))
)
"""Whose a session is, once beside each tie of the hat that is worn: who looks takes one query."""

KEPT_LETTERS = 200_000
KEPT_PIECES = 5
KEPT_TIME = timedelta(days=7)

NO_WRITING = frozenset({"/hats", "/sign-out"})
"""Forms that hold nobody's words."""


def hash_of(token: str) -> str:
    """Return what is kept of a token: enough to know it again, not to make it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def find_account(session: Session, token: str, settings: Settings) -> Account | None:
    """Return who a session's token belongs to, or None if the session is over or no membership is left.

    The session's circles are worked out anew each time, so that an ended link or membership acts at once.
    """
    moment = now()
    asked = {
        "token": hash_of(token),
        "idle": moment - timedelta(seconds=settings.session_idle),
        "longest": moment - timedelta(seconds=settings.session_longest),
    }
    with beyond(session, "who is signing in"), beyond(session, "who is in which circle"):
        rows = session.execute(_SESSION, asked).all()
    if not rows:
        return None
    _, _, _, sign_in, seen_at, person, locale, theme, letters, hats, named, *worn = rows[0]
    if not hats:
        return None
    if seen_at < moment - SEEN_EVERY:
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
        hats=hats,
        named=bool(named),
        reads_worries=hat is not None and (hat.role in (Role.LEAD, Role.HEAD) or hat.id == hat.second_lead),
    )


def begin(session: Session, person: UUID, hat: Membership | None) -> str:
    """Begin a session for somebody who proved who they are, and return its token.

    What was kept for them a week ago and never asked for goes.
    """
    token = secrets.token_urlsafe(32)
    with beyond(session, "who is signing in"):
        session.execute(
            delete(KeptWriting).where(KeptWriting.person_id == person, KeptWriting.created_at < now() - KEPT_TIME)
        )
    session.add(
        SignIn(
            token_hash=hash_of(token),
            person_id=person,
            membership_id=hat.id if hat else None,
            seen_at=now(),
        )
    )
    if hat is not None:
        note(session, hat, "sign_in")
    session.flush()
    return token


def note(session: Session, hat: Membership, act: str) -> None:
    """Write into a school's record what somebody did as themselves, before they are anybody's viewer."""
    write(session, hat.school_id, hat.id, act)


def end(session: Session, token: str) -> None:
    """End a session. Its token opens nothing any more, wherever it was copied to."""
    if not token:
        return
    with beyond(session, "who is signing in"):
        session.execute(
            update(SignIn).where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None)).values(ended_at=now())
        )


def end_all(session: Session, person: UUID) -> None:
    """End all sessions of a person."""
    with beyond(session, "who is signing in"):
        session.execute(
            update(SignIn).where(SignIn.person_id == person, SignIn.ended_at.is_(None)).values(ended_at=now())
        )


def wear(session: Session, account: Account, membership: UUID) -> str:
    """Put on another hat and return the session's new token; the old one ends.

    Raises ``Unseen`` for a membership that has ended or is somebody else's.
    """
    token = secrets.token_urlsafe(32)
    with beyond(session, "who is signing in"):
        hat = session.scalars(
            select(Membership).where(
                Membership.id == membership, Membership.person_id == account.person, Membership.ended_at.is_(None)
            )
        ).one_or_none()
        if hat is None:
            raise Unseen
        session.execute(
            update(SignIn)
            .where(SignIn.id == account.sign_in)
            .values(membership_id=hat.id, token_hash=hash_of(token), seen_at=now())
        )
    note(session, hat, "wear_hat")
    session.flush()
    return token


def make_own(session: Session, person: UUID, **choices: str) -> None:
    """Keep a person's choices of ``locale``, ``theme`` or ``letters``; the page has checked the values."""
    with beyond(session, "who is signing in"):
        session.execute(update(Person).where(Person.id == person).values(**choices))


def keep_writing(session: GatedSession, token: str, address: str, fields: dict[str, Any]) -> bool:
    """Keep what somebody sent whose session ran out, for that person alone; tell whether it was kept.

    The token must be one of a session that ran out by itself: one that was closed keeps nothing. What is sent to one
    address again (a page saves itself as long as somebody writes) takes the place of what was kept for it before.
    """
    if not token or address in NO_WRITING:
        return False
    words = {name: value for name, value in fields.items() if name not in ("csrf_token", "password")}
    if not any(part.strip() for value in words.values() for part in value):
        return False
    if sum(len(part) for value in words.values() for part in value) > KEPT_LETTERS:
        return False
    with beyond(session, "who is signing in"):
        over = session.scalars(
            select(SignIn).where(SignIn.token_hash == hash_of(token), SignIn.ended_at.is_(None))
        ).one_or_none()
        if over is None:
            return False
        theirs, here = KeptWriting.person_id == over.person_id, address[:200]
        others = session.scalar(
            select(func.count()).select_from(KeptWriting).where(theirs, KeptWriting.address != here)
        )
        if (others or 0) >= KEPT_PIECES:
            return False
        session.execute(delete(KeptWriting).where(theirs, KeptWriting.address == here))
    session.add(KeptWriting(person_id=over.person_id, address=here, fields=words))
    return True


def drop_kept(session: Session, viewer: Viewer, address: str) -> None:
    """Let kept writing go, because it arrived where it was meant for."""
    session.execute(delete(KeptWriting).where(KeptWriting.person_id == viewer.person, KeptWriting.address == address))
