"""How people and their words are named on a page, and the form to write back with: shared by all pages that talk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from journal.doors import account, db
from journal.ids import new_id
from journal.languages import listed
from journal.names import Known
from journal.noticed import Question
from journal.pages import clock, locale, when
from journal.pauses import Doing, resting
from journal.records import Entry, Revision
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.talk.reach import Around, Reach, Standpoint, standpoint
from journal.talk.reading import Offer, Surroundings, offers
from journal.text import excerpt, words_from_html
from journal.words import Role

KEPT = 300
"""Letters of kept words that stand on the entry's page."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a form."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Pic:
    """A photo that is on its way into a comment, as ``_parts/photos.html`` wants it."""

    id: UUID
    url: str | None
    caption: str = ""
    description: str = ""
    state: str = "ready"
    words: str = ""
    name: str = ""
    only: str = "all"
    progress: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, or with the whole form where ``field`` is empty."""

    field: str
    say: str


@dataclass(frozen=True, slots=True)
class SayForm:
    """The form to write back with, with what was typed into it so far."""

    entry: UUID
    parent: UUID | None
    to: str
    """Whom it answers."""
    looking_at: UUID | None
    once: UUID
    rich: bool
    reaches: tuple[Option, ...]
    reach: str
    words: str = ""
    html: str = ""
    starter: str = ""
    pics: tuple[Pic, ...] = ()
    problems: tuple[Problem, ...] = ()
    rests: bool = False
    """Whether writing back has a rest: what is written is kept."""
    kept: str = ""
    """The beginning of what was kept during a rest: it stands in place of the form, with the way to it."""
    holds_kept: bool = False
    """Whether the form holds what was kept."""
    asked: tuple[Question, ...] = ()
    """What the writer is kindly asked about."""

    def wrong(self, field: str) -> str:
        """Return what is wrong with a field, or ''."""
        return next((one.say for one in self.problems if one.field == field), "")


def called(one: Known) -> str:
    """Return what the viewer calls somebody: "Grandad Joe", or from further away "Maya’s Grandad Joe"."""
    return str(_("%(child)s’s %(name)s", child=one.of_pupil, name=one.name)) if one.of_pupil else one.name


def any_of(names: Iterable[str]) -> str:
    """Return names of which one is enough: "Mr Adeyemi or Mrs Doyle"."""
    return listed(names, locale(), "or")


def moment(at: datetime) -> str:
    """Return when something was said: today the time, else the day."""
    day = when(at)
    return clock(at) if day == _("Today") else day


def title_of(revision: Revision) -> str:
    """Return what an entry is called; one without a name is called by its first words."""
    return revision.title or excerpt(revision.words, 60) or str(_("A picture"))


def readers_named(names: Mapping[UUID, Known], readers: Iterable[UUID], viewer: Viewer) -> str:
    """Return who reads first, without the viewer."""
    found = sorted(names[one].name for one in readers if one in names and one != viewer.membership)
    return any_of(found) if found else str(_("The school"))


def form_for(
    viewer: Viewer,
    entry: Entry,
    revision: Revision,
    families_may: bool,
    around: Surroundings,
    names: Mapping[UUID, Known],
    parent: UUID | None = None,
    to: str = "",
) -> SayForm | None:
    """Return an empty form to write back with, or None for one who may only read."""
    here = Around(
        pupil=entry.pupil_id,
        circles=frozenset(one for one, number in around.shown.items() if number == revision.number),
        families_may=families_may,
        answered=around.answered,
    )
    found = offers(viewer, here, around.shown, around.desks)
    if not found:
        return None
    child = names[entry.pupil_id].name
    options = tuple(_option(one, standpoint(viewer, here), child, names, viewer) for one in found)
    return SayForm(
        entry=entry.id,
        parent=parent,
        to=to,
        looking_at=revision.id,
        once=new_id(),
        rich=viewer.role is not Role.PUPIL,
        reaches=options,
        reach=options[0].value,
    )


def rested(form: SayForm, pupil: UUID, kept: Mapping[str, Sequence[str]] | None = None) -> SayForm:
    """The form as it is while writing back has a rest; with what was kept in one. No query while nothing rests."""
    here = account()
    rests = here is not None and here.rests and here.viewer is not None
    stops = rests and resting(db(), here.viewer, Doing.SAY, pupil=pupil) is not None  # type: ignore[union-attr,arg-type]
    words = ""
    if kept is not None:
        typed = {name: many[0] for name, many in kept.items() if many}
        words = typed.get("words") or words_from_html(typed.get("words_html", ""))
        words = excerpt(words, KEPT) or str(_("A picture"))
    return replace(form, rests=bool(stops), kept=words)


def _option(offer: Offer, here: Standpoint, child: str, names: Mapping[UUID, Known], viewer: Viewer) -> Option:
    own = here is Standpoint.CHILD
    label = {
        Reach.FAMILY: _("My family") if own else _("%(child)s and the family", child=child),
        Reach.TEACHERS: _("My teachers") if own else _("%(child)s and the teachers", child=child),
        Reach.EVERYONE: _("Everyone who can see this"),
    }[offer.reach]
    if not offer.readers:
        hint = _("It is there at once.")
    elif offer.part:
        hint = _(
            "Some have it at once. %(names)s reads it before the others do.",
            names=readers_named(names, offer.readers, viewer),
        )
    else:
        hint = _("%(names)s reads it first.", names=readers_named(names, offer.readers, viewer))
    return Option(offer.reach.value, str(label), str(hint))
