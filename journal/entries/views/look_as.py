"""Something as one of those people sees it who are let in. Looked at by the child who made it, and noted nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, render_template, request
from markupsafe import Markup

from journal.circles import Kind, circle
from journal.doors import db, open_to, viewer
from journal.entries.around import Around
from journal.entries.reading import Photo, Seen, opened, photos_in, seen
from journal.entries.views.show_talk import Comment, Picture, Tellers, comments, pictures
from journal.faces import Face
from journal.feeds import read_mark
from journal.learned import Place, learned_places
from journal.names import Known, known
from journal.net import for_viewer
from journal.pages import face_url, safe_words, when
from journal.reasons import GatedSession
from journal.refusals import Unseen
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.site import url_for
from journal.talk.reading import Both, Desks, read_by_both, talk_about
from journal.talking import title_of
from journal.viewers import viewer_beside
from journal.words import Door, PictureState, Role


@dataclass(frozen=True, slots=True)
class AsPage:
    """The page, as ``entries/look_as.html`` wants it."""

    seer: Face
    me: str
    line: str
    title: str
    who: Face
    when: str
    words: Markup | str
    learned: Sequence[Place]
    photos: Sequence[Picture]
    broken: int
    talks: bool
    """Whether the talk stands on their page: not for who only decides about it."""
    comments: Sequence[Comment]
    more_url: str | None
    first_url: str | None
    form: None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """All that was read through their eyes; ``said`` is what both read, None where there is no talk for them."""

    seen: Seen
    said: Both | None
    photos: dict[UUID, list[Photo]]


def register(blueprint: Blueprint) -> None:
    """Add the page to its room."""
    blueprint.add_url_rule("/entries/<uuid:entry>/as/<uuid:seer>", "look_as", look_as, methods=["GET"])


@open_to(Role.PUPIL)
def look_as(entry: UUID, seer: UUID) -> str:
    """One's own entry through somebody else's eyes, or a kind word that they do not see it."""
    them = viewer_beside(db(), viewer(), seer)
    if them is None or seer == viewer().membership:
        raise Unseen
    read = _read(entry, them) if _by_name(them) else None
    if read is None:
        return _cannot(entry, seer)
    return render_template("entries/look_as.html", entry=entry, page=_page(read, seer))


def _by_name(them: Viewer) -> bool:
    """Whether a child sees somebody by name who is let in: other children's relatives stand there as a family."""
    return them.role is not Role.RELATIVE or circle(Kind.FAMILY, viewer().membership) in them.circles


def _cannot(entry: UUID, seer: UUID) -> str:
    """The page that says that one of the child's own people does not see it. Raises ``Unseen`` for all others."""
    own = opened(db(), viewer(), entry)
    if not own.mine or own.revision is None:
        raise Unseen
    around = Around(db(), viewer()).can_be_left_out()
    people = [one for door in (Door.FAMILY, Door.TEACHERS, Door.CLASS) for one in around.get(door, ())]
    found = next((one for one in people if seer in one.members), None)
    if found is None:
        raise Unseen
    face = Face(found.name, face_url(seer, found.face is not None))
    return render_template("entries/look_as.html", entry=entry, page=None, seer=face, title=title_of(own.revision))


def _read(entry: UUID, them: Viewer) -> _Read | None:
    with for_viewer(db(), them) as eyes:
        found = seen(eyes, entry, viewer().membership)
        if found is None:
            return None
        if found.decides:
            return _Read(found, None, photos_in(eyes, [found.revision.id]))
        talk = talk_about(db(), entry, read_mark(request.args.get("after")))
        said = read_by_both(eyes, viewer().membership, talk)
        return _Read(found, said, _photos(eyes, found, said))


def _photos(eyes: GatedSession, found: Seen, said: Both) -> dict[UUID, list[Photo]]:
    """The photos that they see in the entry, and in what was said those that both see."""
    here = [one.revision.id for one in said.talk.said() if one.revision and not one.hidden]
    theirs = photos_in(eyes, {found.revision.id, *here, *said.theirs})
    seen_by_them = {photo.id for many in theirs.values() for photo in many}
    mine = photos_in(db(), here)
    shared = {one: [photo for photo in many if photo.id in seen_by_them] for one, many in mine.items()}
    return {**shared, found.revision.id: theirs[found.revision.id]}


def _page(read: _Read, seer: UUID) -> AsPage:
    entry, revision = read.seen.entry, read.seen.revision
    names = _names(read, seer)
    photos = read.photos[revision.id]
    talk = read.said.talk if read.said else None
    return AsPage(
        seer=_face(names[seer]),
        me=names[entry.author_id].name,
        line=_line(read.seen, names[seer].name),
        title=title_of(revision),
        who=_face(names[entry.author_id]),
        when=when(entry.handed_in_at),
        words=safe_words(revision),
        learned=[one for one in learned_places() if one.value in revision.learned],
        photos=pictures(photos),
        broken=sum(1 for one in photos if one.state is PictureState.BROKEN),
        talks=talk is not None,
        comments=comments(talk, _tellers(read, read.said, names, seer)) if talk and read.said else (),
        more_url=_talk_url(entry.id, seer, str(talk.after)) if talk and talk.after else None,
        first_url=_talk_url(entry.id, seer) if request.args.get("after") else None,
    )


def _names(read: _Read, seer: UUID) -> dict[UUID, Known]:
    """How the child calls those who are named on the page; the child stands there by name too."""
    pupil, said = read.seen.entry.pupil_id, [*read.said.talk.said()] if read.said else []
    people = {seer, pupil} | {one.author for one in said} | {one.to for one in said if one.to}
    found = known(db(), viewer(), [(one, pupil) for one in people])
    return {member: one._replace(me=False) for (member, _pupil), one in found.items()}


def _tellers(read: _Read, said: Both, names: dict[UUID, Known], seer: UUID) -> Tellers:
    entry = read.seen.entry
    authors = {one.id: one.author for one in said.talk.said()}
    older = {
        one: str(
            _(
                "%(writer)s changed what stood here. %(name)s still sees it as it was before.",
                writer=names[authors[one]].name,
                name=names[seer].name,
            )
        )
        for one in said.before
    }
    return Tellers(viewer(), entry.pupil_id, entry.id, False, Desks(), names, read.photos, quiet=True, instead=older)


def _line(found: Seen, name: str) -> str:
    """What to know besides of one who decides about it."""
    if found.decides:
        return str(_("%(name)s reads this first, before other people can see it.", name=name))
    return (
        str(_("%(name)s also reads your new words, before other people can see them.", name=name))
        if found.newer
        else ""
    )


def _face(one: Known) -> Face:
    return Face(one.name, face_url(one.membership, one.has_face))


def _talk_url(entry: UUID, seer: UUID, after: str | None = None) -> str:
    return url_for("entries.look_as", entry=entry, seer=seer, after=after, _anchor="talk")
