"""As whom somebody takes a portfolio home: as the pupil, as a relative, or for the school."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from sqlalchemy import exists, literal, or_, select
from sqlalchemy.orm import Session

from journal.circles import Kind, circle
from journal.net import for_viewer
from journal.portfolio.scope import Scope
from journal.portfolio.shapes import Wanted
from journal.reasons import GatedSession
from journal.records import ExportRight, Membership
from journal.refusals import Unseen
from journal.seeing import Viewer
from journal.viewers import in_teachers_stead
from journal.words import STAFF, Role, Stand


def stand_of(viewer: Viewer) -> Stand:
    """Return as whom somebody would take a portfolio home; whether they may is another question."""
    own = {Role.PUPIL: Stand.PUPIL, Role.RELATIVE: Stand.RELATIVE}
    return own.get(viewer.role, Stand.SCHOOL)


def may_take_for_school(session: Session, viewer: Viewer) -> bool:
    """Tell whether somebody takes portfolios home for the school: the head, or whom the head named."""
    if viewer.role is Role.HEAD:
        return session.scalar(_still_here(viewer)) is not None
    if viewer.role not in STAFF:
        return False
    return session.scalar(_still_here(viewer).where(_named(viewer))) is not None


def wanted_by(session: Session, viewer: Viewer, pupil: UUID, scope: Scope) -> Wanted:
    """Return whose things somebody wants, and with whose eyes they are seen. Raises ``Unseen`` if they may not.

    At most two queries.
    """
    stand = stand_of(viewer)
    if stand is Stand.SCHOOL:
        return wanted_of_class(session, viewer, [pupil], scope)[0]
    own = stand is Stand.PUPIL and pupil == viewer.membership and circle(Kind.SELF, pupil) in viewer.circles
    related = stand is Stand.RELATIVE and circle(Kind.FAMILY, pupil) in viewer.circles
    if not (own or related):
        raise Unseen
    chosen = scope if own else _without_kept_out(scope)
    return Wanted(viewer, stand, frozenset({pupil}), chosen)


def wanted_of_class(session: Session, viewer: Viewer, pupils: Collection[UUID], scope: Scope) -> list[Wanted]:
    """Return the same for several pupils of the school, those who are seen with the same eyes together.

    Raises ``Unseen`` for who takes nothing home for the school, and for a pupil who is not in it. Two queries.
    """
    if viewer.role not in STAFF or not pupils:
        raise Unseen
    allowed = literal(True) if viewer.role is Role.HEAD else _named(viewer)
    here = session.scalars(
        select(Membership.id).where(
            Membership.id.in_(set(pupils) | {viewer.membership}),
            Membership.ended_at.is_(None),
            or_(Membership.role == Role.PUPIL, Membership.id == viewer.membership),
            allowed,
        )
    )
    if set(here) != set(pupils) | {viewer.membership}:
        raise Unseen
    together: dict[Viewer, set[UUID]] = {}
    for pupil, eyes in in_teachers_stead(session, viewer, pupils).items():
        together.setdefault(eyes, set()).add(pupil)
    plain = _without_kept_out(scope)
    return [Wanted(eyes, Stand.SCHOOL, frozenset(many), plain) for eyes, many in together.items()]


@contextmanager
def eyes_of(session: Session, wanted: Wanted) -> Iterator[GatedSession]:
    """Give a session of the viewer with whose eyes a portfolio is made: the same one where that is its viewer."""
    assert isinstance(session, GatedSession)  # noqa: S101 - the house makes no other
    if session.viewer == wanted.viewer and not session.reasons:
        yield session
        return
    with for_viewer(session, wanted.viewer) as theirs:
        yield theirs


def _still_here(viewer: Viewer):  # type: ignore[no-untyped-def] # a select of an id
    return select(Membership.id).where(Membership.id == viewer.membership, Membership.ended_at.is_(None))


def _named(viewer: Viewer):  # type: ignore[no-untyped-def] # a condition
    return exists().where(ExportRight.membership_id == viewer.membership, ExportRight.ended_at.is_(None))


def _without_kept_out(scope: Scope) -> Scope:
    return replace(scope, kept_out_too=False)
