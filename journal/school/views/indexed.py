"""How search is, in a line for the office."""

from dataclasses import dataclass

from flask_babel import ngettext

from journal.reasons import GatedSession
from journal.saying import gettext as _
from journal.search.reading import index_health
from journal.seeing import Viewer
from journal.store.index import Index
from journal.words import Role


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A line and its icon."""

    icon: str
    words: str


def search_line(session: GatedSession, viewer: Viewer, index: Index) -> SearchLine | None:
    """Return whether search is in order, being made anew, or has something waiting; None for all but the office."""
    if viewer.role is not Role.OFFICE:
        return None
    health = index_health(session, viewer, index)
    if health.mending:
        return SearchLine("hammer", _("Search is being made anew. Until that is done it finds nothing."))
    if health.waiting:
        waits = ngettext(
            "%(num)s change is on its way into search.", "%(num)s changes are on their way into search.", health.waiting
        )
        return SearchLine("hourglass-medium", str(waits))
    return SearchLine("check-circle", _("Search is in order."))
