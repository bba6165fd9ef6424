"""The record of acts and of sight. Never anybody's words: ids, kinds and numbers only.

A request adds one line and no more. The line cannot be changed from then on (the database refuses to); the worker
puts it into the chain within a minute (``journal.record.sealing``).
"""

import re
from ipaddress import ip_address, ip_network
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from journal.actkinds import KIND_OF
from journal.records import Grant, Hold, Item, Membership, Pause, Trail
from journal.seeing import Viewer
from journal.words import Role

KIND = re.compile(r"[a-z0-9][a-z0-9_.:/-]{0,63}")
"""What a detail that is no number may look like: an id in hexadecimal, or one of the house's own words."""

NETWORKS = {4: 24, 6: 48}
"""How many bits of an address are kept: enough to tell the school from elsewhere, too few for one home of many."""


def record(session: Session, actor: Viewer, act: str, subject: UUID | None = None, **details: str | int | bool) -> None:
    """Write one line: this viewer did this, to that. Raises ValueError for a detail that is no id, kind or number."""
    write(session, actor.school, actor.membership, act, subject, **details)


def sight(session: Session, actor: Viewer, what: str, subject: UUID | None = None, **why: str | int | bool) -> None:
    """Write one line: this viewer looked at that, where looking is on record. ``why`` names what allowed it, by ids.

    Looks at what was shared with somebody are no such sight: the child sees those (``Look``). Raises as ``record``.
    """
    write(session, actor.school, actor.membership, what, subject, **why)


def write(
    session: Session,
    school: UUID,
    member: UUID | None,
    act: str,
    subject: UUID | None = None,
    **details: str | int | bool,
) -> None:
    """Write one line of somebody who is nobody's viewer yet, or, with no member, of the house. Raises as ``record``."""
    for name, value in details.items():
        if isinstance(value, str) and not KIND.fullmatch(value):
            raise ValueError(f"{name} of {act} is no id, kind or number: words have no place in the record")
    session.add(
        Trail(
            school_id=school,
            membership_id=member,
            act=act,
            kind=KIND_OF.get(act, ""),
            subject_id=subject,
            about_id=_about(subject) if subject is not None else None,
            place=session.info.get("place", ""),
            details={name: str(value) if isinstance(value, str) else value for name, value in details.items()},
        )
    )


def network_of(address: str | None) -> str:
    """Return the network that an address belongs to, as 192.0.2.0/24 or 2001:db8:1::/48; empty for what is none."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network((mapped, NETWORKS[mapped.version]), strict=False))


def _about(subject: UUID) -> ColumnElement[UUID | None]:
    """The pupil in whose space something stands, or who it is; the database finds out while it writes the line.

    Of what was opened it is whose things they are; of a hold, whose are kept; of a pause, the pupil who rests.
    """
    space = select(Item.pupil_id).where(Item.id == subject)
    pupil = select(Membership.id).where(Membership.id == subject, Membership.role == Role.PUPIL)
    opened = select(Grant.pupil_id).where(Grant.id == subject)
    kept = select(Hold.pupil_id).where(Hold.id == subject)
    kept_in = select(Item.pupil_id).join(Hold, Hold.item_id == Item.id).where(Hold.id == subject)
    rests = select(Membership.id).join(Pause, Pause.member_id == Membership.id)
    rests = rests.where(Pause.id == subject, Membership.role == Role.PUPIL)
    return func.coalesce(*(one.scalar_subquery() for one in (space, pupil, opened, kept, kept_in, rests)))
