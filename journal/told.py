"""What a child is told of what was opened without being shared, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import ngettext

from journal.faces import Face
from journal.opened import Told
from journal.pages import clock, face_url, when_within
from journal.saying import both, locale
from journal.saying import gettext as _
from journal.site import url_for


@dataclass(frozen=True, slots=True)
class ToldWords:
    """One grant, as ``_parts/told.html`` wants it."""

    grant: UUID
    title: str
    lang: str
    """The language that it is said in, for whoever has it read aloud."""
    by: Face
    lines: Sequence[str]
    talks: Face | None
    asked: bool
    seen: bool
    url: str | None
    """The page on which the one item stands; None on that page, where it is gone, and where it was about all."""
    worried_url: str
    why_url: str
    seen_url: str


def told_words(found: Sequence[Told], on: UUID | None = None) -> list[ToldWords]:
    """Return what a child is told, in words; ``on`` is the item on whose page it stands."""
    return [_words(one, on) for one in found]


def _words(one: Told, on: UUID | None) -> ToldWords:
    about = on or one.entry
    return ToldWords(
        grant=one.grant,
        title=_title(one, on),
        lang=locale(),
        by=Face(one.name, face_url(one.by, one.has_face)),
        lines=(
            _what(one, on),
            _("%(name)s was worried about you, and needed to check that you are safe.", name=one.name),
        ),
        talks=Face(one.talks_name, face_url(one.talks, one.talks_has_face)) if one.talks else None,
        asked=one.asked,
        seen=one.seen,
        url=url_for("entries.show", entry=one.entry) if one.entry and on is None else None,
        worried_url=url_for("safeguarding.worried", about=about) if about else url_for("safeguarding.worried"),
        why_url=url_for("breakglass.why", grant=one.grant),
        seen_url=url_for("breakglass.seen", grant=one.grant),
    )


def _title(one: Told, on: UUID | None) -> str:
    if on is not None or (one.one and one.looked):
        return str(_("%(name)s opened this", name=one.name) if on else _("%(name)s opened one thing", name=one.name))
    return str(_("%(name)s opened your things", name=one.name))


def opened_words(name: str, at: datetime) -> str:
    """Return who opened something without its being shared, and when; told before it is done, too."""
    shared = _("You had not shared it with %(name)s.", name=name)
    return both(shared, _("It was opened: %(day)s at %(time)s.", day=when_within(at), time=clock(at)))


def _what(one: Told, on: UUID | None) -> str:
    at = one.read_at or one.at
    day, time = when_within(at), clock(at)
    if one.read_at is None:
        looked = _("In the end nobody looked at it.")
        return both(_("It could be opened: %(day)s at %(time)s.", day=day, time=time), looked)
    opened = opened_words(one.name, at)
    if on is None and not one.one:
        opened = ngettext(
            "%(num)s thing was looked at, shared or not.", "%(num)s things were looked at, shared or not.", one.looked
        )
        opened = both(opened, _("It began: %(day)s at %(time)s.", day=day, time=time))
    minutes = ngettext("The door was open for %(num)s minute.", "The door was open for %(num)s minutes.", one.minutes)
    return both(opened, minutes)
