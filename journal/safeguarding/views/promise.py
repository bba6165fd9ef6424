"""Who reads a worry, when, what happens then, and where there is help: before it is sent, and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from babel.dates import format_date

from journal.clock import now
from journal.languages import formats_of, listed
from journal.moments import of_the_clock, put_together
from journal.pages import face_url, locale
from journal.safeguarding.acts import Contact
from journal.safeguarding.hours import Hours
from journal.safeguarding.reading import Care
from journal.safeguarding.views.shown import moment
from journal.saying import gettext as _
from journal.words import Role
from journal.worries import Reader


@dataclass(frozen=True, slots=True)
class Sent:
    """What a browser remembers of the worry that it has just sent: no words of it."""

    at: str
    signed_in: bool
    child: bool
    talk_with: str = ""
    contact: str = ""


def names(found: Sequence[Reader]) -> str:
    """Who reads a worry first, by name: the leads; where there is none, whoever reads it."""
    first = [one for one in found if one.role is Role.LEAD and not one.second] or found
    return listed((one.name for one in first), locale()) or str(_("your school"))


def readers(found: Sequence[Reader], signed_in: bool) -> list[SimpleNamespace]:
    """Who reads a worry, with their faces. (Faces are for people of the school: signed out there are initials.)"""
    return [
        SimpleNamespace(
            id=one.id,
            name=one.name,
            face_url=face_url(one.id, one.face and signed_in),
            head=one.role is Role.HEAD,
        )
        for one in found
    ]


def watch(care: Care) -> SimpleNamespace:
    """Whether somebody reads worries now, and else when."""
    moment = now()
    if care.hours.watched(moment):
        return SimpleNamespace(now=True, words=_("Somebody at school can read it today."), before="")
    following = care.hours.next_watch(moment)
    if following is None:
        return SimpleNamespace(now=False, words=_("We do not know when somebody at school reads it."), before="")
    at = on_day(following, care.hours)
    return SimpleNamespace(
        now=False,
        words=_("Nobody at school reads this now. They read again on %(at)s.", at=at),
        before=_("Nobody at school reads this before %(at)s.", at=at),
    )


def on_day(moment: datetime, hours: Hours) -> str:
    """A weekday, its date and a time of day, by the school's clock."""
    here = moment.astimezone(hours.zone)
    day = str(format_date(here.date(), "EEEE d MMMM", locale=formats_of(locale())))
    return put_together(day, of_the_clock(here.time()))


def cover(care: Care, found: Sequence[Reader]) -> str:
    """Who reads it when the lead is away; '' where nobody is named, or they read it first."""
    second = next((one for one in found if one.second), None)
    if second is None or len(found) < 2:
        return ""
    at = of_the_clock(care.hours.by)
    return str(_("If it is not read by %(at)s on a school day, %(name)s is told.", name=second.name, at=at))


def lines(care: Care | None) -> list[SimpleNamespace]:
    """Where there is help now."""
    numbers = care.lines if care else ()
    own = [
        SimpleNamespace(icon="phone-call", title=one.name, number=one.number, words=one.hours)
        for one in numbers
        if "999" not in (one.name, one.number)  # it stands there already, in words of ours
    ]
    trusted = SimpleNamespace(
        icon="users",
        title=_("Tell a grown-up you trust"),
        number="",
        words=_("Someone at home, next door, or at a friend’s."),
    )
    danger = SimpleNamespace(
        icon="siren", title=_("In danger now? Ring"), number="999", words=_("Say your name and where you are.")
    )
    return [trusted, *own, danger]


def steps(care: Care, found: Sequence[Reader], told: Sent) -> list[SimpleNamespace]:
    """What happens next."""
    first = found[0] if found else None
    by = care.hours.read_by(now())
    when_read = _("By %(at)s.", at=on_day(by, care.hours)) if by else _("On the next school day.")
    reads = SimpleNamespace(
        state="now",
        icon="eye",
        title=_("%(name)s reads it", name=names(found)),
        words=f"{when_read} {watch(care).words} {cover(care, found)}".strip(),
        face_url=face_url(first.id, first.face) if first and told.signed_in else None,
        name=first.name if first else "",
    )
    done = SimpleNamespace(state="done", icon="check", title=_("You told us"), words=moment(told.at))
    return [done, reads, *_after(told)]


def _after(told: Sent) -> list[SimpleNamespace]:
    """What comes after it was read."""
    if not told.signed_in:
        words = _(
            "You are not signed in. If you want an answer, sign in and tell us, or talk with a grown-up you trust."
        )
        return [_next("info", _("No answer can come back to this page"), words)]
    here = _next(
        "eye",
        _("You see the answer here"),
        _("Open “I am worried about something” again. It is not in your space."),
    )
    if told.child:
        talk = [
            _next(
                "chat-circle-dots",
                _("%(name)s talks with you", name=told.talk_with) if told.talk_with else _("Somebody talks with you"),
                _("You can say no, or ask for someone else."),
            )
        ]
        return [*talk, here]
    quiet = _next(
        "lock-simple",
        _("Then it may go quiet"),
        _("Perhaps nobody can tell you what was done: it is about somebody else. Quiet does not mean forgotten."),
    )
    if told.contact == Contact.RING:
        return [_next("phone", _("Somebody rings you"), _("You said that they may.")), here, quiet]
    return [quiet] if told.contact == Contact.NO else [here, quiet]


def _next(icon: str, title: str, words: str) -> SimpleNamespace:
    return SimpleNamespace(state="next", icon=icon, title=title, words=words)
