"""The form to write back with: its page, what was typed into it, the pictures that come with it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import BinaryIO, cast
from uuid import UUID

from flask import current_app, request, url_for
from werkzeug.datastructures import FileStorage

from journal.attachments.acts import refusal_for, take_in_ahead
from journal.doors import db, viewer
from journal.entries.reading import opened, photos_in
from journal.errors import say
from journal.house import House
from journal.names import known
from journal.nav import belongs_with_entry
from journal.records import Attachment, Comment
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.talk.forms import Typed, TypedPhoto, given_back, read_id
from journal.talk.reading import comment_to_answer, own_words, surroundings, unsent_photos
from journal.talking import Pic, Problem, SayForm, called, form_for, rested, title_of
from journal.text import clean_line, excerpt
from journal.words import MOST_PHOTOS, PictureState, Role

QUOTED = 300
"""Letters of the answered comment that stand above the form."""
FILE_NAME = 200


@dataclass(frozen=True, slots=True)
class SayPage:
    """The form by itself, as ``talk/say.html`` wants it."""

    entry: UUID
    title: str
    form: SayForm
    quoted: str = ""


def say_page(entry: UUID, parent: UUID | None) -> SayPage:
    """The empty form to write back about an entry. Raises ``Unseen`` for one who cannot see it or may not."""
    session, who = db(), viewer()
    found = opened(session, who, entry)
    if found.revision is None:
        raise Unseen
    answered = comment_to_answer(session, entry, parent) if parent else None
    around = surroundings(session, who, found.entry, parent)
    pupil = found.entry.pupil_id
    belongs_with_entry(who, pupil, frozenset(around.shown))
    people = around.desks.people() | {pupil} | ({answered[0].author_id} if answered else set())
    names = {member: one for (member, _p), one in known(session, who, [(one, pupil) for one in people]).items()}
    to = called(names[answered[0].author_id]) if answered else ""
    form = form_for(who, found.entry, found.revision, found.families_may, around, names, parent, to)
    if form is None:
        raise Unseen
    form = rested(form, pupil)
    quoted = excerpt(answered[1].words, QUOTED) if answered else ""
    return SayPage(entry, title_of(found.revision), form, quoted)


def edit_page(comment: UUID) -> tuple[Comment, SayForm]:
    """One's own words in the form, to be changed. Raises ``Unseen``."""
    found, revision = own_words(db(), viewer(), comment)
    belongs_with_entry(viewer(), found.pupil_id)
    photos = photos_in(db(), [revision.id])[revision.id]
    typed = Typed(
        words=revision.words,
        html=revision.html,
        photos={str(one.id): TypedPhoto(one.caption, one.description) for one in photos},
    )
    rich = viewer().role is not Role.PUPIL
    form = SayForm(found.entry_id or found.id, found.parent_id, "", None, found.id, rich, reaches=(), reach="")
    return found, rested(filled(form, typed, comment=comment), found.pupil_id)


def filled(form: SayForm, typed: Typed, problems: Iterable[Problem] = (), comment: UUID | None = None) -> SayForm:
    """The form with what was typed into it."""
    words = given_back(typed)
    offered = {one.value for one in form.reaches}
    return replace(
        form,
        words=words.words,
        html=words.html if form.rich else "",
        starter=typed.starter,
        reach=typed.reach if typed.reach in offered else form.reach,
        looking_at=read_id(typed.looking_at) or form.looking_at,
        once=read_id(typed.once) or form.once,
        pics=tuple(_pics(typed, comment)),
        problems=tuple(problems),
    )


def _pics(typed: Typed, comment: UUID | None) -> Iterable[Pic]:
    ids = [one for raw in typed.photos if (one := read_id(raw)) is not None]
    here = {row.id: row for row in unsent_photos(db(), viewer(), ids, comment)} if ids else {}
    for raw, said in typed.photos.items():
        row = here.get(read_id(raw) or UUID(int=0))
        if row is not None:
            yield _pic(row, said)


def _pic(row: Attachment, said: TypedPhoto) -> Pic:
    state = {PictureState.WAITING: "working", PictureState.BROKEN: "failed"}.get(row.state, "ready")
    words = {"working": _("Getting it ready"), "failed": say(refusal_for(row.problem))}.get(state, "")
    url = url_for("attachments.photo", photo=row.id, size="small")
    return Pic(row.id, url, said.caption, said.description, state, str(words))


def with_pictures(typed: Typed, comment: UUID | None = None) -> tuple[Typed, list[Problem]]:
    """Take in the pictures that came with a form, and do what its picture buttons say.

    A picture that does not get through is named; the others and the words stay.
    """
    ids = [one for raw in typed.photos if (one := read_id(raw)) is not None]
    room = MOST_PHOTOS - (len(unsent_photos(db(), viewer(), ids, comment)) if ids else 0)
    photos, problems = dict(typed.photos), []
    for file in request.files.getlist("photo"):
        if not file.filename:
            continue
        try:
            if room <= 0:
                raise Refusal(Reason.TOO_MANY_PHOTOS, "photo", MOST_PHOTOS)
            photos[str(_take_in(file))] = TypedPhoto()
            room -= 1
        except Refusal as refusal:
            name = clean_line(file.filename[:FILE_NAME], FILE_NAME) or _("A picture")
            problems.append(Problem("photo", _("%(file)s: %(why)s", file=name, why=say(refusal))))
    return replace(typed, photos=_moved(photos, typed.do)), problems


def _take_in(file: FileStorage) -> UUID:
    """Take in one picture and keep it, whatever becomes of the rest of the form."""
    house: House = current_app.config["HOUSE"]
    taken = take_in_ahead(db(), viewer(), house.files, cast(BinaryIO, file.stream)).id
    db().commit()
    return taken


def _moved(photos: dict[str, TypedPhoto], do: str) -> dict[str, TypedPhoto]:
    """Photos after a picture button was pressed."""
    what, _colon, raw = do.partition(":")
    order = list(photos)
    if raw in photos and what in ("earlier", "later", "take-away", "take-away-now"):
        at = order.index(raw)
        order.remove(raw)
        if not what.startswith("take-away"):
            order.insert(max(0, at - 1) if what == "earlier" else at + 1, raw)
    return {one: photos[one] for one in order}
