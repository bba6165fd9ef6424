"""The list of worries, as the pages' parts want it."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from types import SimpleNamespace
from typing import Any

from flask import url_for
from flask_babel import ngettext

from journal.clock import now
from journal.languages import listed
from journal.moments import of_the_clock
from journal.pages import face_url, locale
from journal.records import Group
from journal.safeguarding.hours import Hours
from journal.safeguarding.listing import Kin, Line, Narrow, Order, Tab
from journal.safeguarding.reading import Care
from journal.safeguarding.views.cases import day_words, face_of, state_words, tag
from journal.safeguarding.views.kept import teller
from journal.safeguarding.views.shown import day, pick_labels, title_of
from journal.saying import both
from journal.saying import gettext as _
from journal.words import CaseState


def case(line: Line, hours: Hours) -> SimpleNamespace:
    """One line of the list."""
    concern, state = line.concern, line.case.state
    who = line.about[0] if line.about else line.teller
    # Beside the next step stands who does it; where there is none, who takes care of it.
    does = line.step_who if line.step else line.owner
    tags = []
    if state is CaseState.NEW and (last := hours.last_by(now())) is not None and concern.created_at < last:
        tags.append(tag(_("Not read yet"), "warning-circle", "poppy"))
    if state is not CaseState.OPEN:
        tags.append(tag(*state_words(state)))
    if line.held:
        tags.append(tag(_("Hold"), "lock-key", "sun"))
    tags += [tag(one, "hand", "blossom") for one in pick_labels(concern.picks)[:2]]
    also = ngettext(" Also from %(num)s other.", " Also from %(num)s others.", line.joined) if line.joined else ""
    about = listed((one.name for one in line.about[:4]), locale())
    meta = _("From %(name)s. %(at)s.", name=teller(concern), at=day(concern.created_at)) + str(also)
    return SimpleNamespace(
        url=url_for(".concern", concern=concern.id),
        title=title_of(concern, about),
        meta=both(meta, _("About %(names)s.", names=about)) if about else meta,
        new=state is CaseState.NEW,
        name=who.name if who else teller(concern),
        face_url=face_of(who),
        due=_due(line, hours),
        owner=SimpleNamespace(name=does.name, face_url=face_url(does.id, bool(does.face))) if does else None,
        tags=tags,
    )


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
    today = hours.day_of(now())
    if due < today:
        return str(_("late, since %(day)s", day=day_words(due)))
    return str(_("today")) if due == today else str(_("by %(day)s", day=day_words(due)))


def clock_words(at: time) -> str:
    """A time of day."""
    return of_the_clock(at)


def heading(found: Sequence[Line], hours: Hours) -> str:
    """The day, and how many on this page are new."""
    new = sum(one.case.state is CaseState.NEW for one in found)
    said = ngettext("%(num)s is new.", "%(num)s are new.", new) if new else _("Nothing is new.")
    return f"{day_words(hours.day_of(now()))}. {said}"


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
    return both(said, _("You are the second: please read it now.")) if second else str(said)


def away(care: Care) -> SimpleNamespace | None:
    """Who covers when the lead does not read in time."""
    second = next((one for one in care.readers.there if one.second), None)
    if second is None:
        return None
    return SimpleNamespace(name=second.name, face_url=face_url(second.id, second.face), at=clock_words(care.hours.by))
