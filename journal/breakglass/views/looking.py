"""Looking at what was opened without being shared. Nothing else of the house is reached with a grant's eyes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace
from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from journal.attachments.reading import best_rendition
from journal.breakglass import acts, reading
from journal.breakglass.forms import read_id
from journal.breakglass.reading import Inside, Thing
from journal.breakglass.views.blueprint import blueprint
from journal.circles import Kind, kind_of
from journal.clock import now
from journal.doors import db, open_to, viewer
from journal.entries.reading import Photo, photos_in
from journal.house import House
from journal.names import Known, known
from journal.net import for_viewer
from journal.pages import clock, day_and_time, face_url, safe_words
from journal.reasons import GatedSession
from journal.records import Grant, Item, Revision
from journal.refusals import Unseen
from journal.saying import gettext as _
from journal.site import url_for
from journal.talking import called
from journal.text import excerpt
from journal.viewers import under_grant
from journal.words import Door, PictureState, Role

KINDS = {
    Kind.FAMILY: Door.FAMILY,
    Kind.RELATIVE: Door.PICKED,
    Kind.TEACHERS: Door.TEACHERS,
    Kind.CLASS: Door.CLASS,
    Kind.CLASS_FAMILIES: Door.CLASS_FAMILIES,
}


@contextmanager
def _eyes(grant: UUID) -> Iterator[tuple[Grant, GatedSession]]:
    """Open the eyes of a grant. Raises ``Unseen`` when it is over: the same page as for what was never there."""
    found = acts.running_grant(db(), viewer(), grant)
    with for_viewer(db(), under_grant(viewer(), found, now())) as eyes:
        yield found, eyes


@blueprint.route("/opened/<uuid:grant>", methods=["GET"])
@open_to(Role.LEAD)
def look(grant: UUID) -> Response:
    """What a grant opens: the one item, or a list of all that the pupil made."""
    with _eyes(grant) as (found, eyes):
        if found.item_id is not None:
            return _one(found, eyes, found.item_id)
        things, older = reading.things(eyes, found.pupil_id, read_id(request.args.get("before")))
        acts.look_through(db(), viewer(), found)
        rows = [_row(found, one) for one in things]
    return _answer(
        found,
        render_template(
            "breakglass/list.html",
            bar=_bar(found),
            rows=rows,
            older=url_for("breakglass.look", grant=grant, before=older) if older else None,
            newest=url_for("breakglass.look", grant=grant) if request.args.get("before") else None,
        ),
    )


@blueprint.route("/opened/<uuid:grant>/items/<uuid:entry>", methods=["GET"])
@open_to(Role.LEAD)
def look_inside(grant: UUID, entry: UUID) -> Response:
    """One thing that a grant opens."""
    with _eyes(grant) as (found, eyes):
        return _one(found, eyes, entry)


@blueprint.route("/opened/<uuid:grant>/media/<uuid:photo>/<size>", methods=["GET"])
@open_to(Role.LEAD)
def media(grant: UUID, photo: UUID, size: str) -> Response:
    """A picture in what a grant opens. It is kept by no browser."""
    with _eyes(grant) as (found, eyes):
        picture = best_rendition(eyes, photo, size)
        acts.look_at_photo(db(), viewer(), found, photo)
    house: House = current_app.config["HOUSE"]
    try:
        body = house.files.path(picture.file).read_bytes()
    except FileNotFoundError:
        raise Unseen from None
    answer = FlaskResponse(body, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    return answer


@blueprint.route("/opened/<uuid:grant>/close", methods=["POST"])
@open_to(Role.LEAD)
def close(grant: UUID) -> Response:
    """Close it now."""
    acts.close_it(db(), viewer(), grant)
    return redirect(url_for("breakglass.known_of", grant=grant), 303)


def _one(found: Grant, eyes: GatedSession, item: UUID) -> Response:
    inside = reading.inside(eyes, item, read_id(request.args.get("after")))
    newest = [one.revision.id for one in inside.comments if one.revision]
    photos = photos_in(eyes, [*(one.id for one in inside.revisions), *newest])
    people = {inside.item.author_id} | {one.item.author_id for one in inside.comments}
    names = known(eyes, viewer(), [(one, inside.item.pupil_id) for one in people])
    acts.look_under(db(), viewer(), found, item)
    named = {member: one for (member, _pupil), one in names.items()}
    page = render_template(
        "breakglass/item.html",
        bar=_bar(found),
        thing=_thing(found, inside, named, photos),
        said=[_said(found, one, named, photos) for one in inside.comments],
        all_url=url_for("breakglass.look", grant=found.id) if found.item_id is None else None,
        more_url=url_for("breakglass.look_inside", grant=found.id, entry=item, after=inside.more)
        if inside.more
        else None,
        concern_url=url_for("safeguarding.concern", concern=found.concern_id) if found.concern_id else None,
    )
    return _answer(found, page)


def _answer(found: Grant, page: str) -> Response:
    """A page that goes to what is known of the grant when its time is up, with scripts and without."""
    answer = make_response(page)
    left = max(0, int((found.until - now()).total_seconds())) + 1
    answer.headers["Refresh"] = f"{left}; url={url_for('breakglass.known_of', grant=found.id)}"
    return answer


def _bar(found: Grant) -> SimpleNamespace:
    left = max(0, int((found.until - now()).total_seconds()))
    return SimpleNamespace(
        grant=found.id,
        left=f"{left // 60}:{left % 60:02d}",
        seconds=left,
        until=clock(found.until),
        told=found.told_at is not None,
    )


def _thing(found: Grant, inside: Inside, names: dict[UUID, Known], photos: dict[UUID, list[Photo]]) -> SimpleNamespace:
    first = inside.revisions[0] if inside.revisions else None
    author = names[inside.item.author_id]
    doors = list(dict.fromkeys(KINDS[kind_of(one)].value for one in inside.shown if kind_of(one) in KINDS))
    return SimpleNamespace(
        title=_title(first),
        name=called(author),
        face_url=face_url(author.membership, author.has_face),
        at=_at(inside.item.handed_in_at or inside.item.created_at),
        state=_state(inside.item),
        doors=[SimpleNamespace(kind=one, name="") for one in doors or ["me"]],
        versions=[_version(found, one, photos) for one in inside.revisions],
    )


def _version(found: Grant, one: Revision, photos: dict[UUID, list[Photo]]) -> SimpleNamespace:
    kept = _("Handed in: %(at)s", at=_at(one.handed_in_at)) if one.handed_in_at else _("Not handed in")
    return SimpleNamespace(
        label=kept, title=one.title, words=safe_words(one), photos=_pictures(found, photos.get(one.id, []))
    )


def _said(found: Grant, one: Thing, names: dict[UUID, Known], photos: dict[UUID, list[Photo]]) -> SimpleNamespace:
    author = names[one.item.author_id]
    return SimpleNamespace(
        name=called(author),
        face_url=face_url(author.membership, author.has_face),
        at=_at(one.item.handed_in_at or one.item.created_at),
        state=_state(one.item),
        words=safe_words(one.revision) if one.revision else "",
        photos=_pictures(found, photos.get(one.revision.id, [])) if one.revision else [],
    )


def _pictures(found: Grant, photos: list[Photo]) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(
            url=url_for("breakglass.media", grant=found.id, photo=one.id, size="medium"),
            open_url=url_for("breakglass.media", grant=found.id, photo=one.id, size="master"),
            alt=one.description or one.caption or str(_("A picture without a description")),
            caption=one.caption,
            width=one.width or 1000,
            height=one.height or 750,
        )
        for one in photos
        if one.state is not PictureState.BROKEN
    ]


def _row(found: Grant, one: Thing) -> SimpleNamespace:
    return SimpleNamespace(
        url=url_for("breakglass.look_inside", grant=found.id, entry=one.item.id),
        title=_title(one.revision),
        at=_at(one.item.handed_in_at or one.item.created_at),
        state=_state(one.item),
        comment=one.item.entry_id is not None,
    )


def _title(revision: Revision | None) -> str:
    if revision is None:
        return str(_("Nothing is in it yet"))
    return revision.title or excerpt(revision.words, 60) or str(_("A picture"))


def _state(item: Item) -> str:
    """Where something stands, in a word; empty for what was handed in and is there."""
    if item.gone_at is not None:
        return str(_("Deleted, and kept under a hold"))
    if item.deleted_at is not None:
        return str(_("Deleted or taken back"))
    if item.revision_id is None:
        return str(_("Not handed in"))
    if item.sent_back_at is not None:
        return str(_("Sent back"))
    return str(_("A new version is begun")) if item.draft_id is not None else ""


def _at(moment: datetime) -> str:
    return day_and_time(moment)
