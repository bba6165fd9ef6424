"""Whom the head names to take portfolios home, and what a pupil keeps out of the portfolio."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.clock import now
from journal.exported import expire
from journal.reasons import beyond
from journal.records import Entry, Export, ExportRight, Membership
from journal.refusals import Unseen
from journal.rows import changed
from journal.seeing import Viewer
from journal.store.files import Files
from journal.trail import record
from journal.words import STAFF, Role, Stand

ACT = "carrying out an act that was allowed"


def keep_out(session: Session, actor: Viewer, entry: UUID, out: bool) -> Entry:
    """Keep one's own entry out of the portfolio, or let it in again; at once. Raises ``Unseen``."""
    found = session.scalars(
        select(Entry).where(Entry.id == entry, Entry.author_id == actor.membership, Entry.deleted_at.is_(None))
    ).one_or_none()
    if found is None:
        raise Unseen
    if out != (found.kept_out_at is not None):
        found.kept_out_at = now() if out else None
        record(session, actor, "keep_out" if out else "let_in", found.id)
        session.flush()
    return found


def name(session: Session, actor: Viewer, member: UUID) -> None:
    """Name somebody of the staff to take portfolios home. A second time changes nothing. Raises ``Unseen``."""
    _head(actor)
    someone = session.scalars(
        select(Membership).where(
            Membership.id == member, Membership.role.in_(STAFF - {Role.HEAD}), Membership.ended_at.is_(None)
        )
    ).one_or_none()
    if someone is None:
        raise Unseen
    there = select(ExportRight.id).where(ExportRight.membership_id == member, ExportRight.ended_at.is_(None))
    if session.scalar(there) is None:
        session.add(ExportRight(school_id=actor.school, membership_id=member, given_by_id=actor.membership))
        record(session, actor, "name_to_export", member)
        session.flush()


def unname(session: Session, actor: Viewer, files: Files, member: UUID) -> None:
    """Name somebody no longer: what they ordered for the school cannot be fetched any more, at once."""
    _head(actor)
    given = update(ExportRight).where(ExportRight.membership_id == member, ExportRight.ended_at.is_(None))
    if not changed(session, given.values(ended_at=now(), ended_by_id=actor.membership)):
        return
    record(session, actor, "unname_to_export", member)
    with beyond(session, ACT):
        theirs = list(
            session.scalars(select(Export).where(Export.ordered_by_id == member, Export.stand == Stand.SCHOOL))
        )
        for export in theirs:
            expire(session, files, export)


def _head(actor: Viewer) -> None:
    if actor.role is not Role.HEAD:
        raise Unseen
