"""The list of worries and the head and side of one, as the pages' parts want them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from babel.dates import format_date, format_time
from flask import url_for
from flask_babel import ngettext

from journal.clock import now
from journal.languages import formats_of, listed
from journal.pages import face_url, locale
from journal.records import Concern, Group, Membership
from journal.safeguarding.caseload import Case
from journal.safeguarding.hours import Hours
from journal.safeguarding.listing import Kin, Line, Narrow, Order, Tab
from journal.safeguarding.reading import Care
from journal.safeguarding.views.kept import teller
from journal.safeguarding.views.shown import day, pick_labels, title_of
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


def case(line: Line, hours: Hours) -> SimpleNamespace:
    """One line of the list."""
    concern, state = line.concern, line.case.state
    who = line.about[0] if line.about else line.teller
    tags = []
    if state is CaseState.NEW and (last := hours.last_by(now())) is not None and concern.created_at < last:
        tags.append(_tag(_("Not read yet"), "warning-circle", "poppy"))
    if state is not CaseState.OPEN:
        tags.append(_tag(*state_words(state)))
    if line.held:
        tags.append(_tag(_("Hold"), "lock-key", "sun"))
    tags += [_tag(one, "hand", "blossom") for one in pick_labels(concern.picks)[:2]]
    also = ngettext(" Also from %(num)s other.", " Also from %(num)s others.", line.joined) if line.joined else ""
    about = listed((one.name for one in line.about[:4]), locale())
    meta = _("From %(name)s. %(at)s", name=teller(concern), at=day(concern.created_at)) + str(also)
    return SimpleNamespace(
        url=url_for(".concern", concern=concern.id),
        title=title_of(concern, about),
        meta=f"{meta} {_('About %(names)s.', names=about)}" if about else meta,
        new=state is CaseState.NEW,
        name=who.name if who else teller(concern),
        face_url=_face(who),
        due=_due(line, hours),
        owner=SimpleNamespace(name=line.owner.name, face_url=_face(line.owner)) if line.owner else None,
        tags=tags,
    )


def _tag(words: str, icon: str, tone: str) -> SimpleNamespace:
    return SimpleNamespace(words=words, icon=icon, tone=tone)


def _face(who: Membership | None) -> str | None:
    return face_url(who.id, bool(who.face)) if who else None


def _due(line: Line, hours: Hours) -> str:
    """What is to be done next, and until when."""
    state = line.case.state
    if state is CaseState.CLOSED:
        return str(_("Closed %(at)s", at=day(line.case.closed_at)))
    if line.step:
        due = line.step_due
        return f"{line.step} ({due_words(due, hours)})" if due else line.step
    if line.case.due_on is not None:
        until = due_words(line.case.due_on, hours)
        return str(_("Read it: %(until)s", until=until) if state is CaseState.NEW else _("Act: %(until)s", until=until))
    return str(_("Answered by %(name)s", name=line.answerer) if line.answerer else _("Nothing is due"))


def due_words(due: date, hours: Hours) -> str:
    """Until when, in words: late, today, or the day."""
    today = hours.today(now())
    if due < today:
        return str(_("late, since %(day)s", day=day_words(due)))
    return str(_("today")) if due == today else str(_("by %(day)s", day=day_words(due)))


def day_words(one: date) -> str:
    """A weekday and its date."""
    return str(format_date(one, "EEEE d MMMM", locale=formats_of(locale())))


def clock_words(at: time) -> str:
    """A time of day."""
    return str(format_time(at, "short", locale=formats_of(locale())))


def heading(found: Sequence[Line], hours: Hours) -> str:
    """The day, and how many on this page are new."""
    new = sum(one.case.state is CaseState.NEW for one in found)
    said = ngettext("%(num)s is new.", "%(num)s are new.", new) if new else _("Nothing is new.")
    return f"{day_words(hours.today(now()))}. {said}"


def tabs(narrow: Narrow, here: Mapping[str, Any]) -> list[SimpleNamespace]:
    """Which worries can be listed."""
    labels = {Tab.OPEN: _("Open"), Tab.WAITING: _("Waiting for others"), Tab.CLOSED: _("Closed")}
    return [
        SimpleNamespace(url=url_for(".concerns", **{**here, "tab": one.value}), label=label, current=one is narrow.tab)
        for one, label in labels.items()
    ]


def selects(narrow: Narrow, groups: Sequence[Group]) -> list[SimpleNamespace]:
    """What narrows the list."""
    people = {Kin.PUPIL: _("Pupils"), Kin.FAMILY: _("Families"), Kin.STAFF: _("Staff")}
    about = {Kin.ANYONE: _("Anyone"), **people}
    by = {**about, Kin.STREET: _("Not signed in")}
    orders = {Order.DUE: _("What is due first"), Order.NEWEST: _("Newest"), Order.OLDEST: _("Oldest")}
    classes = {"": _("Any class"), **{str(one.id): one.name for one in groups}}
    return [
        _select("about", _("About"), about, narrow.about),
        _select("by", _("Raised by"), by, narrow.by),
        _select("group", _("Class"), classes, str(narrow.group or "")),
        _select("order", _("Order"), orders, narrow.order),
    ]


def _select(name: str, label: str, options: Mapping[Any, str], value: str) -> SimpleNamespace:
    rows = [SimpleNamespace(value=str(one), label=said) for one, said in options.items()]
    return SimpleNamespace(name=name, label=label, options=rows, value=str(value))


def late_words(late: int, second: bool) -> str:
    """That something was not read in time; to the second, that it is theirs now."""
    said = ngettext(
        "%(num)s concern is not read yet, and should be.", "%(num)s concerns are not read yet, and should be.", late
    )
    return f"{said} {_('You are the second: please read it now.')}" if second else str(said)


def away(care: Care) -> SimpleNamespace | None:
    """Who covers when the lead does not read in time."""
    second = next((one for one in care.readers.there if one.second), None)
    if second is None:
        return None
    return SimpleNamespace(name=second.name, face_url=face_url(second.id, second.face), at=clock_words(care.hours.by))


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
        meta=f"{raised} {_('With %(name)s.', name=owner) if owner else _('With nobody yet.')}",
        name=who.name if who else teller(concern),
        face_url=_face(who),
        people=names,
        state=_tag(words, icon, tone),
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
    return f"{name}. {_('By %(day)s', day=day_words(due))}" if due else name


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
    reads = [one for one in found.staff if one.role in (Role.LEAD, Role.HEAD) or one.id == found.second]
    pupils = [one for one in found.people() if one.role is Role.PUPIL]
    held = {one.pupil for one in found.holds}
    what = [] if None in held or not any(one in found.items for one in _items(found)) else [_what_it_is_about()]
    return SimpleNamespace(
        who=[*nobody, *staff],
        owners=[SimpleNamespace(value=str(one.id), label=one.name) for one in reads],
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
