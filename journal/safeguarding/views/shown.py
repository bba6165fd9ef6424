"""Worries as the pages' parts want them: with words, days and addresses."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

from babel.dates import format_date
from flask import url_for

from journal.errors import say
from journal.languages import formats_of, in_a_row
from journal.moments import put_together
from journal.pages import clock, day_and_time, face_url, locale, when, zone
from journal.records import Concern
from journal.refusals import Reason, Refusal
from journal.safeguarding.acts import Contact, Worry
from journal.safeguarding.people import Person
from journal.safeguarding.reading import Told
from journal.safeguarding.snapshot import Seen
from journal.saying import gettext as _
from journal.text import excerpt
from journal.words import Role

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
    told = excerpt(concern.words, 60) or in_a_row(pick_labels(concern.picks), locale())
    if about and told:
        return str(_("%(name)s: %(what)s", name=about, what=told))
    return told or about or str(_("A worry"))


_on_paper: ContextVar[bool] = ContextVar("on paper", default=False)


@contextmanager
def on_paper() -> Iterator[None]:
    """Let days be said in full for what is enclosed: paper is read on another day."""
    token = _on_paper.set(True)
    try:
        yield
    finally:
        _on_paper.reset(token)


def day(at: datetime | None) -> str:
    """A day and a time of day."""
    if at is None:
        return ""
    if _on_paper.get():
        said = format_date(at.astimezone(zone()).date(), "EEEE d MMMM y", locale=formats_of(locale()))
        return put_together(said, clock(at))
    return day_and_time(at)


def moment(at: str) -> str:
    """A moment that was kept as text; empty for what is none."""
    try:
        return day(datetime.fromisoformat(at))
    except ValueError:
        return ""
