"""The page of an entry: for the child who made it, and for everybody whom it is shown to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.entries import acts
from journal.entries.doors_of import Doors
from journal.entries.reading import Opened, Photo, left_out_of, opened, photos_in
from journal.entries.views.show_standing import Note, StandingWords, notes_of, ribbon_of, standing_words
from journal.entries.views.show_talk import Comment, Picture, Tellers, comments, pictures
from journal.feeds import read_mark
from journal.learned import Place, learned_places
from journal.looks import look_at
from journal.names import Known, known
from journal.nav import belongs_with_entry
from journal.notices import acts as notices
from journal.opened import Told, told_on
from journal.pages import face_url, safe_words, when
from journal.records import Revision
from journal.refusals import Unseen
from journal.saying import gettext as _
from journal.site import url_for
from journal.standing import CircleStanding, standings
from journal.talk.reading import Looked, Said, Surroundings, Talk, kept_words, surroundings, talk_about, undone
from journal.talking import SayForm, called, form_for, moment, rested, title_of
from journal.told import ToldWords, told_words
from journal.words import PictureState, Role, Standing


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody with a face; ``when`` for those who have looked, ``took`` for those who took it home."""

    name: str
    face_url: str | None
    when: str = ""
    took: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What only the child who made it sees."""

    standing: Sequence[StandingWords]
    notes: Sequence[Note]
    ribbon: str
    looked: Sequence[Somebody]
    waits: bool
    open_doors: bool
    draft: bool
    kept_out: bool
    broken: int
    told: Sequence[ToldWords]
    """What was opened without being shared."""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The page, as ``entries/show.html`` wants it."""

    id: UUID
    title: str
    who: Somebody
    when: str
    words: str
    learned: Sequence[Place]
    photos: Sequence[Picture]
    broken: int
    own: Own | None
    comments: Sequence[Comment]
    more_url: str | None
    first_url: str | None
    form: SayForm | None


@dataclass(frozen=True, slots=True)
class _Read:
    """All that was read for the page."""

    opened: Opened
    revision: Revision
    talk: Talk
    around: Surroundings
    photos: Mapping[UUID, Sequence[Photo]]
    names: Mapping[UUID, Known]
    standing: Sequence[CircleStanding]
    answered: Said | None
    told: Sequence[Told]


def register(blueprint: Blueprint) -> None:
    """Add the page to its room."""
    blueprint.add_url_rule("/entries/<uuid:entry>", "show", show, methods=["GET"])
    blueprint.add_url_rule("/entries/<uuid:entry>/take-back", "take_back", take_back, methods=["POST"])


@open_to(*SIGNED_IN)
def show(entry: UUID) -> str | Response:
    """An entry. Its readers' looking is noted."""
    found = opened(db(), viewer(), entry)
    if found.revision is None:
        return _elsewhere(found)
    read = _read(found, found.revision)
    belongs_with_entry(viewer(), found.entry.pupil_id, frozenset(read.around.shown))
    if not found.mine:
        look_at(db(), viewer(), found.entry)
    if found.news:
        notices.seen(db(), viewer(), [entry, *(one.id for one in read.talk.said())])
    undo = undone(db(), viewer(), _id(request.args.get("undo")))
    return render_template("entries/show.html", page=_page(read), undo=undo)


@open_to(Role.PUPIL)
def take_back(entry: UUID) -> Response:
    """Shut all the doors at once. Whoever was left out stays left out, should a door open again."""
    acts.set_doors(db(), viewer(), entry, Doors(left_out=left_out_of(db(), viewer(), entry)))
    flash(_("All the doors are shut. Only you can see it."))
    return redirect(url_for("entries.show", entry=entry), 303)


def _elsewhere(found: Opened) -> Response:
    """Where to go with an entry that was not shown to this viewer: on with making it, or to decide about it."""
    if found.mine:
        return redirect(url_for("entries.edit", entry=found.entry.id))
    if viewer().role in (Role.TEACHER, Role.LEAD):
        return redirect(url_for("moderation.to_read", item=found.entry.id))
    raise Unseen


def _read(found: Opened, revision: Revision) -> _Read:
    session, who, pupil = db(), viewer(), found.entry.pupil_id
    talk = talk_about(session, found.entry.id, read_mark(request.args.get("after")))
    asked = _id(request.args.get("reply"))
    answered = next((one for one in talk.said() if one.id == asked and one.revision and not one.hidden), None)
    around = surroundings(session, who, found.entry, answered.id if answered else None, looks=found.mine)
    standing = standings(session, {revision.id: found.entry.id})[found.entry.id] if found.mine else []
    photos = photos_in(session, [revision.id, *(one.revision.id for one in talk.said() if one.revision)])
    people = {pupil} | {one.author for one in talk.said()} | {one.to for one in talk.said() if one.to}
    people |= around.desks.people() | {one.membership for one in around.looked}
    people |= {one.decided_by for one in standing if one.decided_by}
    named = known(session, who, [(one, pupil) for one in people])
    names = {member: one for (member, _pupil), one in named.items()}
    told = told_on(session, who, found.entry.id) if found.mine else []
    return _Read(found, revision, talk, around, photos, names, standing, answered, told)


def _page(read: _Read) -> EntryPage:
    entry, revision, who = read.opened.entry, read.revision, viewer()
    answered = read.answered
    to = called(read.names[answered.author]) if answered else ""
    alone = read.opened.mine and not any(number == revision.number for number in read.around.shown.values())
    form = (
        None
        if alone
        else form_for(
            who,
            entry,
            revision,
            read.opened.families_may,
            read.around,
            read.names,
            answered.id if answered else None,
            to,
        )
    )
    if form is not None:
        kept = kept_words(db(), who, entry.id) if read.opened.kept else None
        form = rested(form, entry.pupil_id, kept)
    tell = Tellers(who, entry.pupil_id, entry.id, form is not None, read.around.desks, read.names, read.photos)
    photos = read.photos[revision.id]
    after = request.args.get("after", "")
    return EntryPage(
        id=entry.id,
        title=title_of(revision),
        who=_somebody(read.names[entry.author_id]),
        when=when(entry.handed_in_at),
        words=safe_words(revision),
        learned=[one for one in learned_places() if one.value in revision.learned],
        photos=pictures(photos, read.opened.mine),
        broken=sum(1 for one in photos if one.state is PictureState.BROKEN),
        own=_own(read) if read.opened.mine else None,
        comments=comments(read.talk, tell),
        more_url=_talk_url(entry.id, str(read.talk.after)) if read.talk.after else None,
        first_url=_talk_url(entry.id) if after else None,
        form=form,
    )


def _own(read: _Read) -> Own:
    found = read.standing
    return Own(
        standing=standing_words(found, read.around.desks, read.names, viewer()),
        notes=notes_of(found, read.names),
        ribbon=ribbon_of(found),
        looked=[
            *(_keeper(one) for one in read.told if one.read_at),
            *(_looker(read.names[one.membership], one) for one in read.around.looked),
        ],
        waits=any(one.standing in (Standing.WAITING, Standing.PASSED_ON) for one in found),
        open_doors=bool(found),
        draft=read.opened.entry.draft_id is not None,
        kept_out=read.opened.entry.kept_out_at is not None,
        broken=sum(1 for one in read.photos[read.revision.id] if one.state is PictureState.BROKEN),
        told=told_words(read.told, read.opened.entry.id),
    )


def _keeper(one: Told) -> Somebody:
    """A lead who looked at it though it was not shared."""
    at = moment(one.read_at or one.at)
    return Somebody(one.name, face_url(one.by, one.has_face), _("%(when)s. To keep you safe", when=at))


def _somebody(one: Known) -> Somebody:
    return Somebody(called(one), face_url(one.membership, one.has_face))


def _looker(one: Known, look: Looked) -> Somebody:
    took = _("Took it home: %(when)s", when=moment(look.took_home)) if look.took_home else ""
    return replace(_somebody(one), when=moment(look.at) if look.at else "", took=took)


def _talk_url(entry: UUID, after: str | None = None) -> str:
    return url_for("entries.show", entry=entry, after=after, _anchor="talk")


def _id(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None
