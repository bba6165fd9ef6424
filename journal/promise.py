"""What the school promises about looking, in words for the child: "usually before 4 o’clock"."""

from datetime import datetime

from journal.clock import now
from journal.doors import account
from journal.pages import clock, weekday, when, zone
from journal.saying import gettext as _
from journal.words import Role


def reads_first(names: str) -> str:
    """Who reads it first, and until when they usually have, where the school says so."""
    usually = usual_time()
    if not usually:
        return str(_("%(names)s reads it first", names=names))
    return str(_("%(names)s reads it first, usually %(when)s", names=names, when=usually))


def usual_words(role: Role, *, teacher: bool) -> str:
    """Until when what somebody said has usually been read, in a sentence for a child or for a grown-up; or nothing.

    ``teacher``: a teacher reads it; else the safeguarding lead does.
    """
    usually = usual_time()
    if not usually:
        return ""
    if not teacher:
        return str(_("Usually that is %(when)s.", when=usually))
    if role is Role.PUPIL:
        return str(_("Your teacher usually looks %(when)s.", when=usually))
    return str(_("Teachers usually look %(when)s.", when=usually))


def usual_time() -> str:
    """Until when teachers usually will have looked: "before 4 o’clock", "tomorrow before 4 o’clock"; or nothing."""
    found = account()
    moment = found.hours.promised(now()) if found else None
    if moment is None:
        return ""
    ahead = (moment.date() - now().astimezone(zone()).date()).days
    if ahead == 0:
        return str(_("before %(time)s", time=_hour(moment)))
    if ahead == 1:
        return str(_("tomorrow before %(time)s", time=_hour(moment)))
    return str(_("on %(day)s before %(time)s", day=_day(moment, ahead), time=_hour(moment)))


def _hour(moment: datetime) -> str:
    if moment.minute:
        return clock(moment)
    return str(_("%(hour)s o’clock", hour=(moment.hour - 1) % 12 + 1))


def _day(moment: datetime, ahead: int) -> str:
    return weekday(moment) if ahead < 7 else when(moment)
