"""Who can see something now, by name and face; each of them a way to look at it as they do."""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, render_template, url_for

from journal.doors import db, viewer
from journal.entries.reading import opened
from journal.entries.views.page import Answer
from journal.entries.views.parts import door_name
from journal.entries.views.seen import first_words
from journal.facts import facts_of
from journal.names import Known
from journal.pages import face_url
from journal.refusals import Unseen
from journal.saying import both
from journal.saying import gettext as _
from journal.strip import First, Seers, strip_now
from journal.talking import title_of
from journal.words import STAFF, Door


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody who sees it. ``url`` leads to it as they see it; a family has none, for it is several people."""

    name: str
    face_url: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The people behind one door; ``label`` where the door's usual name does not say which group."""

    kind: Door
    label: str
    people: tuple[LetIn, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """Doors that wait, and who reads first."""

    doors: tuple[Door, ...]
    words: str
    people: tuple[LetIn, ...]


def who_page(entry: UUID) -> Answer:
    """Who is let in now, circle by circle, what waits and for whom. For the child who made it."""
    found = opened(db(), viewer(), entry)
    if not found.mine:
        raise Unseen
    if found.revision is None:
        return redirect(url_for("entries.edit", entry=entry), 303)
    facts = facts_of(db(), [found.entry])[entry]
    strip = strip_now(db(), viewer(), facts)
    counts = {one.door: sum(1 for other in strip.seers if other.door is one.door) for one in strip.seers}
    return render_template(
        "entries/who.html",
        entry=entry,
        title=title_of(found.revision),
        behind=[_behind(one, entry, counts[one.door] > 1) for one in strip.seers if one.people or one.families],
        shut=not (facts.shown or facts.waiting),
        waits=[_waits(one, entry) for one in strip.first],
    )


def _behind(seers: Seers, entry: UUID, many: bool) -> Behind:
    families = [
        LetIn(str(_("%(name)s’s family", name=one.name)), face_url(one.membership, one.has_face), None)
        for one in seers.families
    ]
    label = str(_("%(door)s: %(group)s", door=door_name(seers.door), group=seers.group)) if many and seers.group else ""
    # Teachers first, and one's own family last: of a whole class not all stand in the first row.
    staff = [_let_in(one, entry) for one in seers.people if one.role in STAFF]
    others = [_let_in(one, entry) for one in seers.people if one.role not in STAFF]
    return Behind(seers.door, label, (*staff, *families, *others))


def _waits(first: First, entry: UUID) -> Waits:
    words = first_words(first)
    if first.older:
        words = both(words, _("Until then they see the one from before."))
    return Waits(first.doors, words, tuple(_let_in(one, entry) for one in first.people))


def _let_in(one: Known, entry: UUID) -> LetIn:
    there = url_for("entries.look_as", entry=entry, seer=one.membership)
    return LetIn(one.name, face_url(one.membership, one.has_face), there)
