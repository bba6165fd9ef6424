"""Pages of this room: telling a worry, and the safeguarding leads' list."""

from journal.safeguarding.views import leads, telling
from journal.safeguarding.views.blueprint import blueprint

__all__ = ["blueprint", "leads", "telling"]
