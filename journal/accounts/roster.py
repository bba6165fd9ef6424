"""The staff as the office and the head see them: name, role, groups, address, and how far they are with coming in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from journal.clock import now
from journal.reasons import beyond
from journal.records import Authenticator, Credential, Group, Invitation, Membership, Passkey, School, Teaching
from journal.seeing import Viewer
from journal.words import STAFF, Role

ACT = "carrying out an act that was allowed"
MOST = 500


class State(StrEnum):
    """How far somebody is."""

    READY = "ready"
    SECOND_MISSING = "second_missing"
    ON_ITS_WAY = "on_its_way"
    NOT_SENT = "not_sent"
    INVITED = "invited"
    TOO_OLD = "too_old"
    LEFT = "left"


@dataclass(slots=True)
class Colleague:
    """One of the staff. ``member`` is the membership."""

    member: UUID
    person: UUID
    name: str
    face: bool
    role: Role
    email: str
    state: State
    left: datetime | None
    groups: dict[UUID, str] = field(default_factory=dict)


def staff_of(session: Session, viewer: Viewer, only: UUID | None = None) -> list[Colleague]:
    """Return the staff of the viewer's school, by name, in two queries; of one alone with ``only``."""
    later = aliased(Invitation)
    newest = ~exists().where(later.membership_id == Membership.id, later.id > Invitation.id)
    keyed = or_(
        exists().where(Authenticator.person_id == Membership.person_id, Authenticator.secret != ""),
        exists().where(Passkey.person_id == Membership.person_id),
    )
    asked = (
        select(Membership, Credential.email, keyed.label("keyed"), Invitation)
        .join(Credential, Credential.person_id == Membership.person_id)
        .outerjoin(Invitation, and_(Invitation.membership_id == Membership.id, newest))
        .where(Membership.school_id == viewer.school, Membership.role.in_(STAFF))
        .order_by(func.lower(Membership.name), Membership.id)
        .limit(MOST)
    )
    if only is not None:
        asked = asked.where(Membership.id == only)
    with beyond(session, ACT):
        rows = session.execute(asked).all()
    found = {
        hat.id: Colleague(
            member=hat.id,
            person=hat.person_id,
            name=hat.name,
            face=bool(hat.face),
            role=hat.role,
            email=email or "",
            state=_state(hat, bool(keyed), invitation),
            left=hat.ended_at,
        )
        for hat, email, keyed, invitation in rows
    }
    _add_groups(session, found)
    return _once_each(list(found.values()))


def _add_groups(session: Session, found: dict[UUID, Colleague]) -> None:
    taught = session.execute(
        select(Teaching.teacher_id, Group.id, Group.name)
        .join(Group, Group.id == Teaching.group_id)
        .where(Teaching.ended_at.is_(None), Group.closed_at.is_(None))
        .order_by(Group.name, Group.id)
    )
    for teacher, group, name in taught:
        if teacher in found:
            found[teacher].groups[group] = name


def _state(hat: Membership, keyed: bool, invitation: Invitation | None) -> State:
    if hat.ended_at is None:
        return State.READY if keyed else State.SECOND_MISSING
    if invitation is None or invitation.used_at is not None:
        return State.LEFT
    if invitation.problem:
        return State.NOT_SENT
    if invitation.token_hash is None:
        return State.ON_ITS_WAY
    return State.INVITED if invitation.expires_at > now() else State.TOO_OLD


def _once_each(found: list[Colleague]) -> list[Colleague]:
    """Leave out a membership that ended because its owner has another role now: they did not leave."""
    here = {one.person for one in found if one.left is None}
    return [one for one in found if one.state is not State.LEFT or one.person not in here]


def second_wanted(session: Session, viewer: Viewer) -> bool:
    """Tell whether the viewer's school wants a second thing proved."""
    return bool(session.scalar(select(School.second_factor).where(School.id == viewer.school)))


def groups_of(session: Session) -> list[Group]:
    """Return the groups of this school year, by name."""
    return list(session.scalars(select(Group).where(Group.closed_at.is_(None)).order_by(Group.name, Group.id)))
