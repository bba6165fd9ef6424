"""The words with which carers and pupils are asked about pictures, every version of them.

An answer names the version it was given to. A version is never changed once somebody may have answered to it: who wants
other words adds one. ``tests/consent/test_wordings.py`` holds old versions to what they were.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from journal.saying import gettext as _
from journal.words import ASKED_WITH, Purpose


class Wording(NamedTuple):
    """How one purpose is called, and what is asked."""

    name: Callable[[], str]
    asked: Callable[[], str]


WORDINGS: Mapping[int, Mapping[Purpose, Wording]] = {
    1: {
        Purpose.CLASS_JOURNAL: Wording(
            lambda: _("Class journal"),
            lambda: _(
                "May pictures of your child be seen by the children of the class, by their teachers and by the families"
                " of the class, where a child chose to share them and a teacher let them through?"
            ),
        ),
        Purpose.PHOTO_FRAME: Wording(
            lambda: _("Photo frame"),
            lambda: _("May pictures of your child be shown on the screen in the school, where visitors see it?"),
        ),
        Purpose.SHOWCASE: Wording(
            lambda: _("School showcase"),
            lambda: _("May pictures of your child be shown to everybody, on the school’s own pages and in print?"),
        ),
    },
}
NEWEST = ASKED_WITH[-1]


def name_of(purpose: Purpose, version: int = NEWEST) -> str:
    """Return what a purpose is called."""
    return WORDINGS[version][purpose].name()


def asked(purpose: Purpose, version: int = NEWEST) -> str:
    """Return what was asked, in the language of the page."""
    return WORDINGS[version][purpose].asked()
