"""Worries as the pages' parts want them: with words, days and addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from babel.dates import format_date, format_time
from flask import url_for

from journal.clock import now
from journal.errors import say
from journal.languages import formats_of, listed
from journal.pages import clock, face_url, locale, when
from journal.records import Concern
from journal.refusals import Reason, Refusal
from journal.safeguarding.acts import Contact, Worry
from journal.safeguarding.hours import Hours
from journal.safeguarding.people import Person
from journal.safeguarding.reading import Care, Told
from journal.safeguarding.snapshot import Seen
from journal.saying import gettext as _
from journal.text import excerpt
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


ICONS = {
    Worry.SAW: "eye",
    Worry.UNKIND: "smiley-sad",
    Worry.SECRET: "chat-slash",
    Worry.HURT: "bandaids",
    Worry.HOME: "house",
    Worry.SCHOOL: "backpack",
    Worry.ONLINE: "device-mobile",
    Worry.SAD: "cloud-rain",
    Worry.FRIEND: "users",
    Worry.UNSURE: "question",
}


def worry_options() -> list[SimpleNamespace]:
    """The pictures that can be touched."""
    labels = _labels()
    return [SimpleNamespace(value=one.value, label=labels[one], icon=ICONS[one]) for one in Worry]


def pick_labels(picks: Sequence[str]) -> list[str]:
    """What was touched, in words."""
    labels = _labels()
    return [labels[one] for one in Worry if one in picks]


def _labels() -> dict[Worry, str]:
    return {
        Worry.SAW: _("Something I saw"),
        Worry.UNKIND: _("Someone was unkind"),
        Worry.SECRET: _("A secret I do not like"),
        Worry.HURT: _("Someone got hurt"),
        Worry.HOME: _("Something at home"),
        Worry.SCHOOL: _("Something at school"),
        Worry.ONLINE: _("Someone on a phone or game"),
        Worry.SAD: _("I feel sad or scared"),
        Worry.FRIEND: _("A friend"),
        Worry.UNSURE: _("I do not know how to say it"),
    }


def problems(refusal: Refusal | None) -> list[SimpleNamespace]:
    """What needs another look."""
    if refusal is None:
        return []
    kind = _("What is it about? Touch a picture, or write a few words. They need not be the right ones.")
    return [SimpleNamespace(field=refusal.field, say=kind if refusal.reason is Reason.EMPTY_WORDS else say(refusal))]


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
    language = formats_of(locale())
    day = format_date(here.date(), "EEEE d MMMM", locale=language)
    return f"{day}, {format_time(here.time(), 'short', locale=language)}"


def weekdays(language: str) -> list[tuple[int, str]]:
    """The days of the week as ISO numbers, with their names."""
    monday = date(2024, 1, 1)
    named = formats_of(language)
    return [
        (number + 1, str(format_date(monday + timedelta(days=number), "EEEE", locale=named))) for number in range(7)
    ]


def cover(care: Care, found: Sequence[Reader]) -> str:
    """Who reads it when the lead is away; '' where nobody is named, or they read it first."""
    second = next((one for one in found if one.second), None)
    if second is None or len(found) < 2:
        return ""
    at = format_time(care.hours.by, "short", locale=formats_of(locale()))
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


def known_as(person: Person) -> str:
    """Somebody's name, for a relative with whose they are."""
    return str(_("%(name)s, for %(child)s", name=person.name, child=person.of)) if person.of else person.name


def named_groups(people: Sequence[Person]) -> list[tuple[str, list[SimpleNamespace]]]:
    """Whom one can name, children first, then the grown-ups at school, then families."""
    titles = {Role.PUPIL: _("Children"), Role.RELATIVE: _("Families")}
    found: dict[str, list[SimpleNamespace]] = {}
    for one in people:
        row = SimpleNamespace(
            id=one.id,
            name=one.name,
            face_url=face_url(one.id, one.face),
            rel=_("with %(child)s", child=one.of) if one.of else "",
        )
        found.setdefault(titles.get(one.role, _("Grown-ups at school")), []).append(row)
    return list(found.items())


def contacts() -> list[SimpleNamespace]:
    """How a grown-up may be reached."""
    return [
        SimpleNamespace(value=Contact.RING.value, label=_("Ring me"), icon="phone"),
        SimpleNamespace(value=Contact.WRITE.value, label=_("Write to me here"), icon="chat-circle-dots"),
        SimpleNamespace(value=Contact.NO.value, label=_("Please do not"), icon="x"),
    ]


def about(found: Seen, photo: tuple[UUID, str] | None) -> SimpleNamespace:
    """What a worry is about, in short."""
    item, revision = found.item, found.revision
    return SimpleNamespace(
        id=item.id,
        title=revision.title,
        words=excerpt(revision.words, 240),
        name=found.author.name,
        face_url=face_url(found.author.id, bool(found.author.face)),
        when=when(revision.handed_in_at or revision.saved_at),
        keep_words=_("We keep this just as it is now. It stays kept if somebody changes it."),
        picture_url=url_for("attachments.photo", photo=photo[0], size="small") if photo else None,
        picture_alt=photo[1] if photo else "",
    )


def my_worry(told: Told) -> SimpleNamespace:
    """One of my own worries."""
    concern = told.concern
    return SimpleNamespace(
        title=title_of(concern),
        when=day(concern.created_at),
        picks=pick_labels(concern.picks),
        words=concern.words.split("\n"),
        read=_("%(name)s read it. %(at)s", name=told.reader, at=day(concern.read_at))
        if concern.read_at
        else _("It has not been read yet."),
        answer=concern.answer.split("\n") if concern.answer else [],
        answered=_("%(name)s answered. %(at)s", name=told.answerer, at=day(concern.answered_at))
        if concern.answered_at
        else "",
        new=concern.answered_at is not None and concern.answer_seen_at is None,
    )


def title_of(concern: Concern, about: str = "") -> str:
    """What a worry is called in a list: what it is about, else its first words, else what was touched, else whom."""
    kept = concern.snapshot
    if kept:
        what = kept["title"] or kept["entry_title"] or excerpt(kept["words"], 40) or _("A picture")
        said = {"name": kept["author"], "what": what}
        return str(
            _("%(name)s: %(what)s", **said)
            if kept["kind"] == "entry"
            else _("%(name)s: a comment on “%(what)s”", **said)
        )
    told = excerpt(concern.words, 60) or ", ".join(pick_labels(concern.picks))
    if about and told:
        return str(_("%(name)s: %(what)s", name=about, what=told))
    return told or about or str(_("A worry"))


def day(at: datetime | None) -> str:
    """A day and a time of day."""
    return f"{when(at)}, {clock(at)}" if at else ""


def moment(at: str) -> str:
    """A moment that was kept as text; empty for what is none."""
    try:
        return day(datetime.fromisoformat(at))
    except ValueError:
        return ""
