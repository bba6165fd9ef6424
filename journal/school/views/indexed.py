"""How search and the record are, in a line each for the office."""

from dataclasses import dataclass

from flask_babel import ngettext

from journal.pages import day_and_time
from journal.reasons import GatedSession
from journal.record.reading import newest_check
from journal.saying import gettext as _
from journal.search.reading import index_health
from journal.seeing import Viewer
from journal.store.index import Index
from journal.words import Role


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """A line and its icon."""

    icon: str
    words: str


def search_line(session: GatedSession, viewer: Viewer, index: Index) -> OfficeLine | None:
    """Return whether search is in order, being made anew, or has something waiting; None for all but the office."""
    if viewer.role is not Role.OFFICE:
        return None
    health = index_health(session, viewer, index)
    if health.mending:
        return OfficeLine("hammer", _("Search is being made anew. Until that is done it finds nothing."))
    if health.waiting:
        waits = ngettext(
            "%(num)s change is on its way into search.", "%(num)s changes are on their way into search.", health.waiting
        )
        return OfficeLine("hourglass-medium", str(waits))
    return OfficeLine("check-circle", _("Search is in order."))


def record_line(session: GatedSession, viewer: Viewer) -> OfficeLine | None:
    """Return whether the chain of the record holds, which is no line of it; None for all but the office."""
    if viewer.role is not Role.OFFICE:
        return None
    check = newest_check(session)
    if check is None:
        return OfficeLine("hourglass-medium", _("The record has not been checked yet."))
    at = day_and_time(check.created_at)
    if check.fault:
        broken = _("The record is broken. Checked: %(at)s. Tell whoever looks after the server.", at=at)
        return OfficeLine("warning-circle", broken)
    return OfficeLine("seal-check", _("The record is whole. Checked: %(at)s.", at=at))
