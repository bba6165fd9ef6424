"""Pages of this room: telling a worry, and for those who read them the list, a case, holds, and when they are read."""

from journal.safeguarding.views import aids, holds, leads, more, paper, telling, times
from journal.safeguarding.views.blueprint import blueprint

__all__ = ["aids", "blueprint", "holds", "leads", "more", "paper", "telling", "times"]
