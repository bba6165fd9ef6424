"""The list of worries and the head and side of one, as the pages' parts want them."""

from datetime import date, datetime
from types import SimpleNamespace
from uuid import UUID

from babel.dates import format_date
from flask import url_for

from journal.clock import now
from journal.languages import formats_of, listed
from journal.pages import face_url, locale
from journal.records import Concern, Membership
from journal.safeguarding.shapes import Case
from journal.safeguarding.views.kept import teller
from journal.safeguarding.views.shown import day, pick_labels, title_of
from journal.saying import both
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.words import CaseState, Role


def reference(concern: Concern) -> str:
    """A short name for a worry, for the telephone and for paper. It tells nothing, not even how many there are."""
    return _short(concern.id)


def _short(concern: UUID) -> str:
    return f"C-{concern.hex[-6:].upper()}"


def state_words(state: CaseState) -> tuple[str, str, str]:
    """What a state is called, with its icon and ink."""
    words = {
        CaseState.NEW: (_("New"), "clock-countdown", "poppy"),
        CaseState.READ: (_("Read"), "eye", ""),
        CaseState.OPEN: (_("Open"), "door-open", "poppy"),
        CaseState.WAITING: (_("Waiting for others"), "hourglass-medium", "sky"),
        CaseState.CLOSED: (_("Closed"), "archive", "line"),
        CaseState.REOPENED: (_("Open again"), "arrow-counter-clockwise", "poppy"),
    }
    said, icon, tone = words[state]
    return str(said), icon, tone


def tag(words: str, icon: str, tone: str) -> SimpleNamespace:
    """A tag."""
    return SimpleNamespace(words=words, icon=icon, tone=tone)


def face_of(who: Membership | None) -> str | None:
    """The address of somebody's face; None for nobody, and for the initials."""
    return face_url(who.id, bool(who.face)) if who else None


def day_words(one: date) -> str:
    """A weekday and its date."""
    return str(format_date(one, "EEEE d MMMM", locale=formats_of(locale())))


def head(found: Case) -> SimpleNamespace:
    """The head of a case."""
    concern, people = found.concern, found.people()
    who = people[0] if people else found.told[0].teller
    words, icon, tone = state_words(found.case.state)
    raised = _("Concern %(which)s, raised by %(name)s. %(at)s.", which=reference(concern), name=teller(concern),
               at=day(concern.created_at))  # fmt: skip
    owner = found.name(found.case.assigned_id)
    names = listed((one.name for one in people), locale())
    return SimpleNamespace(
        id=concern.id,
        title=title_of(concern, names),
        meta=both(raised, _("With %(name)s.", name=owner) if owner else _("With nobody yet.")),
        name=who.name if who else teller(concern),
        face_url=face_of(who),
        people=names,
        state=tag(words, icon, tone),
        closed=found.case.state is CaseState.CLOSED,
        waiting=found.case.state is CaseState.WAITING,
        picks=pick_labels(concern.picks),
    )


def steps(found: Case) -> list[SimpleNamespace]:
    """What is to be done, what is due first on top, and below it what was done."""
    ordered = sorted(found.steps, key=lambda one: (one.done is not None, one.due or date.max, str(one.id)))
    return [
        SimpleNamespace(
            id=one.id,
            words=one.words,
            done=one.done is not None,
            late=one.done is None and one.due is not None and one.due < now().date(),
            meta=_step_words(found, one.who, one.due, one.done, one.done_by),
        )
        for one in ordered
    ]


def _step_words(found: Case, who: UUID | None, due: date | None, done: datetime | None, done_by: UUID | None) -> str:
    if done is not None:
        return str(_("%(name)s. Done %(at)s", name=found.name(done_by), at=day(done)))
    name = found.name(who) or str(_("Nobody yet"))
    return both(f"{name}.", _("By %(day)s", day=day_words(due))) if due else name


def holds(found: Case) -> list[SimpleNamespace]:
    """The holds that are on for it."""
    return [
        SimpleNamespace(
            id=one.id,
            what=_("All of %(name)s’s things", name=found.name(one.pupil))
            if one.pupil
            else _("What it is about, with all that was said there"),
            since=_("On since %(at)s, by %(name)s. Look again by %(day)s.", at=day(one.at), name=found.name(one.by),
                    day=day_words(one.review_on)),
            reason=one.reason,
            late=one.review_on <= now().date(),
        )
        for one in found.holds
    ]  # fmt: skip


def alike(found: Case) -> list[SimpleNamespace]:
    """Other worries about the same people, the newest first."""
    newest = sorted(found.alike.values(), key=lambda one: one.at, reverse=True)[:8]
    return [
        SimpleNamespace(
            id=one.concern,
            url=url_for(".concern", concern=one.concern),
            words=f"{_short(one.concern)}, {found.name(one.who)}, {day(one.at)}. {state_words(one.state)[0]}",
        )
        for one in newest
    ]


def choices(found: Case, me: Viewer) -> SimpleNamespace:
    """What can be chosen in the forms beside a case."""
    nobody = [SimpleNamespace(value="", label=_("Nobody yet"))]
    staff = [SimpleNamespace(value=str(one.id), label=one.name) for one in found.staff]
    pupils = [one for one in found.people() if one.role is Role.PUPIL]
    held = {one.pupil for one in found.holds}
    what = [] if None in held or not any(one in found.items for one in _items(found)) else [_what_it_is_about()]
    return SimpleNamespace(
        who=[*nobody, *staff],
        owners=[SimpleNamespace(value=str(one.id), label=one.name) for one in found.owners],
        owner=str(found.case.assigned_id or me.membership),
        holdable=[
            *what,
            *(
                SimpleNamespace(value=str(one.id), label=_("All of %(name)s’s things", name=one.name))
                for one in pupils
                if one.id not in held
            ),
        ],
        put_away=me.role is Role.LEAD,
        opens=me.role is Role.LEAD,
    )


def _items(found: Case) -> list[object]:
    return [one.concern.item_id for one in found.told if one.concern.item_id]


def _what_it_is_about() -> SimpleNamespace:
    return SimpleNamespace(value="", label=_("What it is about, with all that was said there"))
