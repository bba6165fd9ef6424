"""Staff in, moved and out, by the office and the head. What a lead or a head may see, only the head gives.

Who is invited has a membership that has not begun: it has ended until the invitation is taken up, so nothing is open to
it. Who is disabled has one that has ended; their groups stay written down, so that it can begin again.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.accounts.acts import end_all
from journal.accounts.codes import give_in_person
from journal.clock import now
from journal.reasons import beyond
from journal.records import (
    ExportRight,
    Group,
    Invitation,
    Membership,
    School,
    SignIn,
    Teaching,
)
from journal.refusals import Reason, Refusal, Unseen
from journal.seeing import Viewer
from journal.settings import Settings
from journal.trail import record
from journal.words import STAFF, Role

ACT = "carrying out an act that was allowed"
LONGEST_NAME = 120
BY_THE_HEAD = frozenset({Role.HEAD, Role.LEAD})


@dataclass(frozen=True, slots=True)
class Staffing:
    """What somebody of the staff is called, what they are, and which groups they teach."""

    name: str
    role: Role
    groups: frozenset[UUID]


def change(session: Session, actor: Viewer, member: UUID, typed: Staffing) -> UUID:
    """Change what somebody is called, is or teaches, and return their membership.

    Another role is another membership: what was done in the old one stays done in it, and they wear the new one from
    the next page on. Raises ``Unseen``, Refusal: NAME_NEEDED, NOT_YOURSELF, NOT_YOURS_TO_GIVE, NOT_NOW.
    """
    hat = colleague(session, actor, member)
    name = tidy_name(typed.name)
    if typed.role is not hat.role:
        may_give(session, actor, hat.role)
        may_give(session, actor, typed.role)
        if hat.ended_at is None:
            hat = _other_role(session, actor, hat, typed.role)
        elif _has_begun(session, hat):
            raise Refusal(Reason.NOT_NOW, "role")  # let them in again first: what is over keeps the role it had
        hat.role = typed.role
    hat.name = name
    teach(session, actor, hat, typed)
    record(session, actor, "change_staff", hat.id, role=typed.role, groups=len(typed.groups))
    return hat.id


def disable(session: Session, actor: Viewer, member: UUID) -> None:
    """Let somebody out: all their sessions end with this, everywhere, and so does what the head named them for.

    What waits for them goes to their colleagues by itself, for it is worked out from who is there. Raises ``Unseen``,
    Refusal (NOT_YOURSELF).
    """
    hat = colleague(session, actor, member)
    moment = now()
    hat.ended_at = hat.ended_at or moment
    end_all(session, hat.person_id)
    _end_right(session, actor, hat.id)
    with beyond(session, ACT):
        unused = (Invitation.membership_id == hat.id, Invitation.used_at.is_(None))
        session.execute(update(Invitation).where(*unused).values(used_at=moment))
    record(session, actor, "disable_staff", hat.id)


def sign_out(session: Session, actor: Viewer, member: UUID) -> None:
    """End all sessions of somebody who stays, as when a laptop was lost. Raises ``Unseen``, Refusal (NOT_YOURSELF)."""
    hat = colleague(session, actor, member)
    end_all(session, hat.person_id)
    record(session, actor, "sign_out_staff", hat.id)


def enable(session: Session, actor: Viewer, member: UUID) -> None:
    """Let somebody in again who was disabled, with the groups that they had. Raises as ``change`` does.

    Who never took their invitation up is to be invited again instead: Refusal (NOT_NOW).
    """
    hat = colleague(session, actor, member)
    may_give(session, actor, hat.role)
    if not _has_begun(session, hat):
        raise Refusal(Reason.NOT_NOW)
    hat.ended_at = None
    record(session, actor, "enable_staff", hat.id)


def let_in_once(session: Session, actor: Viewer, member: UUID, settings: Settings) -> str:
    """Return a code for somebody who stands there and has lost what they prove: once, within ten minutes.

    It is on record, with who gave it. Raises ``Unseen``, Refusal: NOT_YOURSELF, NOT_NOW.
    """
    hat = colleague(session, actor, member)
    if hat.ended_at is not None:
        raise Refusal(Reason.NOT_NOW)
    record(session, actor, "let_in_once", hat.id)
    return give_in_person(session, hat.person_id, actor.membership, settings)


def want_second(session: Session, actor: Viewer, wanted: bool) -> None:
    """Say whether the school's staff prove a second thing besides the password."""
    session.execute(update(School).where(School.id == actor.school).values(second_factor=wanted))
    record(session, actor, "want_second_factor", wanted=wanted)


def colleague(session: Session, actor: Viewer, member: UUID) -> Membership:
    """Return somebody else of the staff, there or not. Raises ``Unseen``, Refusal (NOT_YOURSELF)."""
    hat = session.scalars(select(Membership).where(Membership.id == member, Membership.role.in_(STAFF))).one_or_none()
    if hat is None:
        raise Unseen
    if hat.person_id == actor.person:
        raise Refusal(Reason.NOT_YOURSELF)
    return hat


def may_give(session: Session, actor: Viewer, role: Role) -> None:
    """Only the head decides who is head or lead; where a school has no head, the office may name one.

    Raises Refusal (NOT_YOURS_TO_GIVE).
    """
    if role not in BY_THE_HEAD or actor.role is Role.HEAD:
        return
    head = select(Membership.id).where(Membership.role == Role.HEAD, Membership.ended_at.is_(None)).limit(1)
    if role is Role.LEAD or session.scalar(head) is not None:
        raise Refusal(Reason.NOT_YOURS_TO_GIVE, "role")


def givable(session: Session, actor: Viewer) -> frozenset[Role]:
    """Return what this member of the staff may make of a colleague."""

    def may(role: Role) -> bool:
        try:
            may_give(session, actor, role)
        except Refusal:
            return False
        return True

    return frozenset(role for role in STAFF if may(role))


def tidy_name(raw: str) -> str:
    """Return what everybody calls somebody, with single spaces. Raises Refusal: NAME_NEEDED, TOO_LONG."""
    name = " ".join(raw.split())
    if not name:
        raise Refusal(Reason.NAME_NEEDED, "name")
    if len(name) > LONGEST_NAME:
        raise Refusal(Reason.TOO_LONG, "name", LONGEST_NAME)
    return name


def _other_role(session: Session, actor: Viewer, hat: Membership, role: Role) -> Membership:
    hat.ended_at = now()
    _end_right(session, actor, hat.id)
    new = Membership(
        school_id=hat.school_id, person_id=hat.person_id, role=role, name=hat.name, face=hat.face, ended_at=None
    )
    session.add(new)
    session.flush()
    with beyond(session, ACT):
        taught = update(Teaching).where(Teaching.teacher_id == hat.id, Teaching.ended_at.is_(None))
        session.execute(taught.values(ended_at=now()))
        session.execute(update(SignIn).where(SignIn.membership_id == hat.id).values(membership_id=new.id))
    return new


def teach(session: Session, actor: Viewer, hat: Membership, typed: Staffing) -> None:
    """Let a teacher teach these groups of this school and year, and no others; anybody else teaches none."""
    open_groups = set(session.scalars(select(Group.id).where(Group.closed_at.is_(None))))
    wanted = typed.groups & open_groups if typed.role is Role.TEACHER else set()
    now_taught = {
        one.group_id: one
        for one in session.scalars(select(Teaching).where(Teaching.teacher_id == hat.id, Teaching.ended_at.is_(None)))
        if one.group_id in open_groups
    }
    for group in now_taught.keys() - wanted:
        now_taught[group].ended_at = now()
    session.add_all(
        Teaching(school_id=actor.school, teacher_id=hat.id, group_id=one) for one in wanted - now_taught.keys()
    )
    session.flush()


def _has_begun(session: Session, hat: Membership) -> bool:
    """Whether somebody was here before: they were not invited, or took an invitation up."""
    with beyond(session, ACT):
        rows = session.scalars(select(Invitation).where(Invitation.membership_id == hat.id)).all()
    return not rows or any(one.taken for one in rows)


def _end_right(session: Session, actor: Viewer, member: UUID) -> None:
    given = update(ExportRight).where(ExportRight.membership_id == member, ExportRight.ended_at.is_(None))
    session.execute(given.values(ended_at=now(), ended_by_id=actor.membership))
