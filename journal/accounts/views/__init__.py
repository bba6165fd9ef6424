"""Pages of this room: coming in, the second step, keys, where one is signed in, one's own things, the staff."""

from journal.accounts.views import entering, invited, keys, own, second, sessions, staff
from journal.accounts.views.blueprint import blueprint

__all__ = ["blueprint", "entering", "invited", "keys", "own", "second", "sessions", "staff"]
