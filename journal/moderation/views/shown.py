"""What waits, and what is known about it, as the page's parts want it: with words, days and addresses."""

from datetime import datetime
from types import SimpleNamespace

from babel.dates import format_timedelta
from flask import request, url_for
from flask_babel import ngettext

from journal.circles import Kind, kind_of, owner_of
from journal.clock import now
from journal.languages import listed
from journal.moderation.around import Before, Detail, Picture, Room, Said
from journal.moderation.waiting import MOST_COUNTED, Queue, Waits
from journal.pages import clock, face_url, locale, safe_words, when
from journal.saying import gettext as _
from journal.text import excerpt
from journal.words import Verdict

TAGS = {
    Kind.FAMILY: "family",
    Kind.RELATIVE: "picked",
    Kind.TEACHERS: "teachers",
    Kind.CLASS: "class",
    Kind.CLASS_FAMILIES: "class_families",
    Kind.SELF: "me",
}


def count_words(found: Queue) -> str:
    """How much waits, and how long the oldest has."""
    if found.oldest is None:
        return ""
    ago = format_timedelta(found.oldest - now(), add_direction=True, locale=locale())
    if found.total > MOST_COUNTED:
        return str(_("More than %(num)s things waiting; the oldest came in %(ago)s.", num=MOST_COUNTED, ago=ago))
    return str(
        ngettext(
            "%(num)s thing waiting; it came in %(ago)s.",
            "%(num)s things waiting; the oldest came in %(ago)s.",
            found.total,
            ago=ago,
        )
    )


def _moment(at: datetime) -> str:
    day = when(at)
    return clock(at) if day == _("Today") else day


def _title(waits: Waits) -> str:
    return waits.revision.title or excerpt(waits.revision.words, 60) or _("A picture")


def _meta(waits: Waits) -> str:
    said = {"name": waits.author.name, "child": waits.child.name, "at": _moment(waits.since)}
    if waits.item.parent_id:
        return str(_("Answer by %(name)s, in %(child)s’s space. %(at)s", **said))
    if waits.item.entry_id:
        return str(_("Comment by %(name)s, to %(child)s. %(at)s", **said))
    if waits.shown:
        return str(_("Changed by %(name)s. %(at)s", **said))
    return str(_("Post by %(name)s. %(at)s", **said))


def row(waits: Waits, chosen: Waits | None) -> SimpleNamespace:
    """A line of the list."""
    return SimpleNamespace(
        url=url_for(".to_read", item=waits.item.id, after=request.values.get("after") or None, _anchor="item"),
        title=_title(waits),
        meta=_meta(waits),
        name=waits.author.name,
        face_url=face_url(waits.author.id, bool(waits.author.face)),
        current=chosen is not None and waits.item.id == chosen.item.id,
        flags=[SimpleNamespace(words=_("Asked to look again"), icon="users", tone="sun")] if waits.asked else [],
    )


def item_object(waits: Waits, around: Detail) -> SimpleNamespace:
    """One thing that waits, with all that is needed to decide."""
    wish = (
        _("wants to share this") if waits.item.entry_id is None else _("wrote this to %(name)s", name=waits.child.name)
    )
    return SimpleNamespace(
        id=waits.item.id,
        revision=waits.revision.id,
        number=waits.revision.number,
        title=_title(waits) if waits.item.entry_id is None else _("What %(name)s wrote", name=waits.author.name),
        name=waits.author.name,
        face_url=face_url(waits.author.id, bool(waits.author.face)),
        wish=_("changed this") if around.now_shown else wish,
        words=safe_words(waits.revision),
        photos=[_photo(one) for one in around.photos],
        circles=[SimpleNamespace(kind=TAGS[kind_of(one)], name=_room_name(one, around)) for one in _told(waits)],
        seers=[_seers(one, waits, around) for one in waits.circles],
        now_shown=_said(around.now_shown),
        entry=_said(around.entry),
        parent=_said(around.parent),
        before=[happened(one) for one in around.before],
        asked=waits.asked,
    )


def _told(waits: Waits) -> list[str]:
    """One circle of each kind: people picked one by one are one tag."""
    return list({kind_of(one): one for one in waits.circles}.values())


def _room_name(circle: str, around: Detail) -> str:
    room = around.rooms.get(owner_of(circle))
    if room is None:
        return ""
    return room.name if kind_of(circle) is Kind.CLASS else _("Families of %(group)s", group=room.name)


def _seers(circle: str, waits: Waits, around: Detail) -> str:
    """Who would see it, in words."""
    kind, child = kind_of(circle), waits.child.name
    room = around.rooms.get(owner_of(circle))
    if kind is Kind.CLASS and room is not None:
        return _class_words(room)
    if kind is Kind.CLASS_FAMILIES and room is not None:
        return str(
            ngettext(
                "%(group)s: the family of %(num)s pupil.",
                "%(group)s: the families of %(num)s pupils.",
                room.pupils,
                group=room.name,
            )
        )
    words = {
        Kind.FAMILY: _("%(child)s’s family.", child=child),
        Kind.RELATIVE: _("Somebody %(child)s picked from the family.", child=child),
        Kind.SELF: _("%(child)s.", child=child),
    }
    return str(words.get(kind) or _("%(child)s’s teachers.", child=child))


def _class_words(room: Room) -> str:
    teachers = listed(room.teachers, locale())
    return str(
        ngettext(
            "%(group)s: %(num)s pupil, %(teachers)s.",
            "%(group)s: %(num)s pupils, %(teachers)s.",
            room.pupils,
            group=room.name,
            teachers=teachers,
        )
    )


def _photo(picture: Picture) -> SimpleNamespace:
    return SimpleNamespace(
        url=url_for("attachments.photo", photo=picture.id, size="medium" if picture.ready else "small"),
        open_url=url_for("attachments.photo", photo=picture.id, size="large") if picture.ready else None,
        alt=picture.description,
        description=picture.description,
        caption=picture.caption,
        busy=not picture.ready,
        width=picture.width or 1000,
        height=picture.height or 750,
    )


def _said(said: Said | None) -> SimpleNamespace | None:
    if said is None:
        return None
    photos = [_photo(one) for one in said.photos]
    return SimpleNamespace(
        title=said.title, words=said.words.split("\n"), short=excerpt(said.words, 240), name=said.name, photos=photos
    )


def happened(one: Before) -> SimpleNamespace:
    """A decision, in words."""
    said = {"name": one.name, "at": _moment(one.at)}
    sentence = {
        Verdict.LET_THROUGH: _("%(name)s let it through. %(at)s", **said),
        Verdict.SENT_BACK: _("%(name)s sent it back. %(at)s", **said),
        Verdict.PUT_AWAY: _("%(name)s put it away. %(at)s", **said),
        Verdict.PASSED_ON: _("%(name)s passed it on. %(at)s", **said),
    }[one.verdict]
    return SimpleNamespace(sentence=sentence, words=one.words)


def lead_actions() -> list[SimpleNamespace]:
    """What a safeguarding lead decides: there is nobody to pass it on to."""
    return [
        _action("let_through", _("Let it through"), _("and share it"), "check-circle", "go"),
        _action("send_back", _("Send back"), _("with your note"), "arrow-bend-up-left"),
        _action("put_away", _("Put away"), _("from everybody, with a reason"), "eye-slash"),
    ]


def _action(value: str, label: str, small: str, icon: str, kind: str = "") -> SimpleNamespace:
    return SimpleNamespace(value=value, label=label, small=small, icon=icon, kind=kind)


def done_words(verdict: Verdict) -> str:
    """What was just decided."""
    words: dict[Verdict, str] = {
        Verdict.LET_THROUGH: _("Let through. It is shared now."),
        Verdict.SENT_BACK: _("Sent back, with your kind note."),
        Verdict.PUT_AWAY: _("Put away. The reason is in the school’s record."),
        Verdict.PASSED_ON: _("Passed on to the safeguarding lead."),
    }
    return words[verdict]
