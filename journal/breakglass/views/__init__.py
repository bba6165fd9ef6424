"""Pages of this room: asking to open, looking, what is known of it, and the child's answers."""

from journal.breakglass.views import asking, known, looking, telling
from journal.breakglass.views.blueprint import blueprint

__all__ = ["asking", "blueprint", "known", "looking", "telling"]
