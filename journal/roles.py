"""What roles are called on pages."""

from journal.saying import gettext as _
from journal.words import Role


def role_words(role: Role) -> str:
    """Return what a role is called, in the language of the page."""
    words = {
        Role.PUPIL: _("Pupil"),
        Role.RELATIVE: _("Family"),
        Role.TEACHER: _("Teacher"),
        Role.HEAD: _("Head teacher"),
        Role.LEAD: _("Safeguarding lead"),
        Role.OFFICE: _("School office"),
    }
    return str(words[role])
