"""The ways on at the head and the foot of every page, and which of them the page at hand belongs to."""

from dataclasses import dataclass
from uuid import UUID

from flask import g, request

from journal.circles import Kind, kind_of
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.site import url_for
from journal.words import Role


@dataclass(frozen=True, slots=True)
class NavItem:
    """One way on, in the top bar and in the tabs."""

    url: str
    icon: str
    label: str
    current: str
    """``page`` on that very page, ``true`` on one that belongs to it, else empty: as ``aria-current`` has it."""
    make: bool = False


FIRST_PAGES = ("entries.my_space", "school.family_home", "school.today")
PEOPLE = ("school.people",)
CONCERNS = ("safeguarding.concerns",)

BELONGS = {
    "school.class_page": ("school.classes",),
    "entries.doors": FIRST_PAGES,
    "entries.edit": FIRST_PAGES,
    "entries.gone": FIRST_PAGES,
    "entries.look_as": FIRST_PAGES,
    "entries.note": FIRST_PAGES,
    "entries.who": FIRST_PAGES,
    "entries.delete": FIRST_PAGES,
    "entries.throw_away": FIRST_PAGES,
    "consent.mine": FIRST_PAGES,
    "consent.who": ("entries.my_space", "moderation.to_read"),
    "consent.table": PEOPLE,
    "consent.paper": PEOPLE,
    "accounts.staff_list": PEOPLE,
    "accounts.colleague": PEOPLE,
    "accounts.new_colleague": PEOPLE,
    "moderation.school_days": ("moderation.who_reads", *PEOPLE),
    "safeguarding.concern": CONCERNS,
    "safeguarding.more": CONCERNS,
    "safeguarding.paper": CONCERNS,
    "safeguarding.holds": CONCERNS,
    "safeguarding.hold": CONCERNS,
    "safeguarding.times": CONCERNS,
    "safeguarding.aids": CONCERNS,
}
"""Pages that stand in no bar, and where in a bar they belong: the first of these that is in the bar at hand."""

ROOMS = {
    "portfolio": ("portfolio.front",),
    "moderation": ("moderation.to_read", *PEOPLE),
    "breakglass": ("breakglass.opened", *CONCERNS),
    "pausing": ("pausing.page",),
    "record": ("record.front",),
}
"""The same for all other pages of a room."""


def belongs_to(*ways: str) -> None:
    """Say where in the bar the page belongs that is being made, where its address alone does not say it."""
    g.belongs = ways


def belongs_with_entry(viewer: Viewer, pupil: UUID, shown: frozenset[str] = frozenset()) -> None:
    """The same for what stands by an entry: a child's own, one of the family's, one for teachers, else the class's."""
    near = pupil == viewer.membership or pupil in viewer.kin
    teachers = any(kind_of(one) is Kind.TEACHERS for one in shown & viewer.circles)
    if viewer.role in (Role.PUPIL, Role.RELATIVE):
        belongs_to(*(FIRST_PAGES if near else ("school.classes",)))
    elif viewer.role is Role.TEACHER:
        belongs_to("school.shared_with_me" if teachers else "school.classes")


def _way_of_page() -> tuple[str, ...]:
    if "belongs" in g:
        return tuple(g.belongs)
    return BELONGS.get(request.endpoint or "") or ROOMS.get(request.blueprint or "", ())


def ways_on(role: Role, *, named: bool, reads_worries: bool) -> list[NavItem]:
    """Return the ways on of somebody in a role, the one at which they are marked."""
    shown = _ways(role, named, reads_worries)
    stand = {name for name, _icon, _label in shown}
    exact = request.endpoint in stand and "belongs" not in g
    here = request.endpoint if exact else next((one for one in _way_of_page() if one in stand), None)
    mark = "page" if exact else "true"
    return [
        NavItem(url_for(name), icon, label, mark if name == here else "", name == "entries.make")
        for name, icon, label in shown
    ]


def _ways(role: Role, named: bool, reads_worries: bool) -> tuple[tuple[str, str, str], ...]:
    who_reads = ("moderation.who_reads", "hourglass-medium", str(_("Who reads")))
    pause = ("pausing.page", "moon-stars", str(_("Pause")))
    portfolios = ("portfolio.front", "book-open", str(_("Portfolios")))
    the_record = ("record.front", "list-checks", str(_("Record")))
    ways: dict[Role, tuple[tuple[str, str, str], ...]] = {
        Role.PUPIL: (
            ("entries.my_space", "tent", _("My space")),
            ("school.classes", "users-three", _("Class")),
            ("portfolio.front", "book-open", _("My portfolio")),
            ("entries.make", "plus", _("Make")),
        ),
        Role.RELATIVE: (
            ("school.family_home", "house", _("Home")),
            ("school.classes", "users-three", _("Class")),
            portfolios,
        ),
        Role.TEACHER: (
            ("school.today", "sun-horizon", _("Today")),
            ("moderation.to_read", "tray", _("To read")),
            ("school.classes", "users-three", _("Class")),
            ("school.shared_with_me", "chalkboard-teacher", _("Shared with me")),
        ),
        Role.LEAD: (("moderation.to_read", "tray", _("To read")), who_reads, pause, the_record),
        Role.HEAD: (
            ("school.people", "identification-card", _("People")),
            portfolios,
            ("breakglass.opened", "key", _("Opened")),
            pause,
            the_record,
        ),
        Role.OFFICE: (("school.people", "identification-card", _("People")), who_reads),
    }
    shown = (*ways[role], portfolios) if named and role is not Role.HEAD else ways[role]
    if reads_worries:
        concerns = ("safeguarding.concerns", "lifebuoy", str(_("Concerns")))
        shown = (concerns, *shown) if role is Role.LEAD else (*shown, concerns)
    return shown
