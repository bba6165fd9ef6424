"""What roles are called on pages."""

from journal.languages import listed
from journal.names import Placed
from journal.pages import locale
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


def place_words(one: Placed) -> str:
    """Return what somebody is here, beside their name: a pupil's classes; of all others also what they are."""
    groups = listed(one.groups, locale())
    if one.who.role is Role.PUPIL:
        return groups or role_words(Role.PUPIL)
    role = role_words(one.who.role)
    return _("%(role)s, %(groups)s", role=role, groups=groups) if groups else role
