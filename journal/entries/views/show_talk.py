"""The talk on an entry's page, as the thread's macro wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask import request
from markupsafe import Markup

from journal.entries.reading import Photo
from journal.kindness import note_words
from journal.names import Known
from journal.pages import face_url, safe_words
from journal.promise import usual_words
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.site import url_for
from journal.talk.reading import Desks, Said, Talk
from journal.talking import called, moment, readers_named
from journal.words import STAFF, PictureState, Role, Verdict


@dataclass(frozen=True, slots=True)
class Circle:
    """One circle's tag."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo to look at, as ``photo_grid`` wants it."""

    url: str
    alt: str
    caption: str
    width: int
    height: int
    srcset: str
    open_url: str
    busy: bool
    only: tuple[Circle, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, as ``thread`` wants it."""

    id: UUID
    state: str
    name: str = ""
    ink: str = "peer"
    face_url: str | None = None
    rel: str = ""
    when: str = ""
    to: str = ""
    edited: bool = False
    words: Markup | str = ""
    photos: Sequence[Picture] = ()
    state_words: str = ""
    note_url: str | None = None
    reply_url: str | None = None
    change_url: str | None = None
    worried_url: str | None = None
    take_back_url: str | None = None
    hide_url: str | None = None
    unhide_url: str | None = None
    replies: Sequence["Comment"] = ()


@dataclass(frozen=True, slots=True)
class Tellers:
    """What the words under comments are made of."""

    viewer: Viewer
    pupil: UUID
    entry: UUID
    may_talk: bool
    desks: Desks
    names: Mapping[UUID, Known]
    photos: Mapping[UUID, Sequence[Photo]] = field(default_factory=dict)
    quiet: bool = False
    """Whether the talk is only looked at: nothing under it can be pressed."""
    instead: Mapping[UUID, str] = field(default_factory=dict)
    """Words that stand in the place of a comment that is not shown here."""

    def name(self, one: UUID) -> str:
        """What the viewer calls somebody; oneself is "You"."""
        known = self.names[one]
        return str(_("You")) if known.me else called(known)

    def to(self, one: UUID) -> str:
        """Whom somebody answers."""
        known = self.names[one]
        return str(_("to you") if known.me else _("to %(name)s", name=called(known)))


def pictures(photos: Sequence[Photo], mine: bool = False) -> list[Picture]:
    """Photos that can be looked at; of one still on its way the small size serves."""
    return [_picture(one, mine) for one in photos if one.state is not PictureState.BROKEN]


def _picture(photo: Photo, mine: bool) -> Picture:
    def at(size: str) -> str:
        return url_for("attachments.photo", photo=photo.id, size=size)

    ready = photo.state is PictureState.READY
    longest = max(photo.width, photo.height, 1)
    wide = {size: photo.width * min(1, most / longest) for size, most in (("medium", 960), ("large", 1920))}
    only = {
        "family": Circle("family", _("Only my family")),
        "teachers": Circle("teachers", _("Only my teachers")),
        "class": Circle("class", _("Only my class")),
        "me": Circle("me"),
    }.get(photo.only.value)
    return Picture(
        url=at("medium" if ready else "small"),
        alt=photo.description or photo.caption or str(_("A picture without a description")),
        caption=photo.caption,
        width=photo.width or 1000,
        height=photo.height or 750,
        srcset=", ".join(f"{at(size)} {max(1, round(width))}w" for size, width in wide.items()) if ready else "",
        open_url=at("master") if ready else "",
        busy=not ready,
        only=(only,) if mine and only else (),
    )


def comments(talk: Talk, tell: Tellers) -> list[Comment]:
    """The threads of a page."""
    return [_comment(thread.first, tell, [_comment(one, tell) for one in thread.answers]) for thread in talk.threads]


def _comment(said: Said, tell: Tellers, replies: Sequence[Comment] = ()) -> Comment:
    if said.revision is None:
        return Comment(said.id, "gone", state_words=tell.instead.get(said.id, ""), replies=replies)
    name = tell.name(said.author)
    if said.hidden:
        again = None if tell.quiet else url_for("talk.show_again", comment=said.id)
        return Comment(said.id, "hidden", name, unhide_url=again, replies=replies)
    state, words = _state(said, tell) if said.author == tell.viewer.membership else ("there", "")
    known = tell.names[said.author]
    return Comment(
        id=said.id,
        state=state,
        name=name,
        ink=_ink(known),
        face_url=face_url(known.membership, known.has_face),
        rel=_rel(known, tell),
        when=moment(said.at),
        to=tell.to(said.to) if said.to else "",
        edited=said.revision.number > 1,
        words=safe_words(said.revision),
        photos=pictures(tell.photos.get(said.revision.id, ())),
        state_words=words,
        replies=replies,
        **_ways(said, tell, known.me),
    )


def _ways(said: Said, tell: Tellers, mine: bool) -> dict[str, str]:
    """Where the buttons under a comment lead."""
    ways: dict[str, str] = {}
    if tell.quiet:
        return ways
    if tell.may_talk:
        here = request.args.get("after") or None
        ways["reply_url"] = url_for("entries.show", entry=tell.entry, after=here, reply=said.id, _anchor="say")
    if mine and not said.waits and said.verdict is Verdict.SENT_BACK and said.decision:
        ways["note_url"] = url_for("entries.note", decision=said.decision)
    if mine:
        ways["change_url"] = url_for("talk.edit", comment=said.id)
        ways["take_back_url"] = url_for("talk.take_back", comment=said.id)
    else:
        ways["hide_url"] = url_for("talk.hide", comment=said.id)
        ways["worried_url"] = url_for("safeguarding.worried", about=said.id)
    return ways


def _ink(known: Known) -> str:
    if known.me:
        return "me"
    return "school" if known.role in STAFF else "family" if known.role is Role.RELATIVE else "peer"


def _rel(known: Known, tell: Tellers) -> str:
    if known.me:
        return ""
    if known.role is Role.TEACHER:
        return str(_("your teacher") if tell.viewer.membership == tell.pupil else _("teacher"))
    return str(_("family")) if known.role is Role.RELATIVE and not known.of_pupil else ""


def _state(said: Said, tell: Tellers) -> tuple[str, str]:
    """How one's own comment stands, and why."""
    if said.waits:
        names = readers_named(tell.names, tell.desks.at(said.desk), tell.viewer)
        words = _("%(names)s reads this before other people can see it. You can still change it.", names=names)
        if said.shown:
            words = _(
                "Some have it already. %(names)s reads it before the others do. You can still change it.", names=names
            )
        usually = usual_words(tell.viewer.role, teacher=said.desk is not None)
        return "waiting", f"{words} {usually}".strip()
    if said.verdict is Verdict.SENT_BACK:
        return "returned", str(_("Back to you, with a note: %(note)s", note=note_words(said.note, said.pieces)))
    if said.verdict is Verdict.PUT_AWAY:
        return "returned", str(_("We have put this away for now. You are not in trouble."))
    return "there", ""
