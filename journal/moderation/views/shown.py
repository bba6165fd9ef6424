"""What waits, and what is known about it, as the page's parts want it: with words, days and addresses."""

from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace

from babel.dates import format_timedelta
from flask_babel import ngettext

from journal.circles import Kind, kind_of, owner_of
from journal.clock import now
from journal.flagging import Raised
from journal.languages import listed
from journal.moderation.around import Before, Detail, Picture, Room, Said
from journal.moderation.views.asked import Asked
from journal.moderation.views.changed import changes_object
from journal.moderation.waiting import MOST_COUNTED, Queue, Waits
from journal.noticed import RowMark, flag_words, marked, row_marks
from journal.pages import clock, face_url, locale, safe_words, when
from journal.saying import gettext as _
from journal.site import url_for
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


def title(waits: Waits) -> str:
    """What a thing is called in a list."""
    return waits.revision.title or excerpt(waits.revision.words, 60) or _("A picture")


def _meta(waits: Waits) -> str:
    said = {"name": waits.author.name, "child": waits.child, "at": _moment(waits.since)}
    if waits.item.parent_id:
        return str(_("Answer by %(name)s, in %(child)s’s space. %(at)s", **said))
    if waits.item.entry_id:
        return str(_("Comment by %(name)s, to %(child)s. %(at)s", **said))
    if waits.shown:
        return str(_("Changed by %(name)s. %(at)s", **said))
    return str(_("Post by %(name)s. %(at)s", **said))


def row(waits: Waits, chosen: Waits | None, here: Asked, raised: Sequence[Raised] = ()) -> SimpleNamespace:
    """A line of the list."""
    return SimpleNamespace(
        url=here.url(item=waits.item.id, _anchor="item"),
        id=waits.item.id,
        title=title(waits),
        meta=_meta(waits),
        name=waits.author.name,
        face_url=face_url(waits.author.id, bool(waits.author.face)),
        current=chosen is not None and waits.item.id == chosen.item.id,
        flags=[*_marks(waits), *row_marks(raised)],
    )


def chosen_row(waits: Waits, raised: Sequence[Raised] = ()) -> SimpleNamespace:
    """A line of what may be let through with others, with what stands under it in the list.

    What the aids noticed, or another is asked to look at again, is let through by a hand that ticks it.
    """
    noticed = row_marks(raised)
    return SimpleNamespace(
        value=f"{waits.item.id}:{waits.revision.id}",
        title=title(waits),
        meta=_meta(waits),
        flags=[*_marks(waits, looked=False), *noticed],
        look_again=bool(noticed) or waits.asked,
    )


def _marks(waits: Waits, looked: bool = True) -> list[RowMark]:
    """What stands under a line of the list: that it is asked about again, that it is late, that it was looked at."""
    asked = [RowMark(_("Asked to look again"), "users", "sun")] if waits.asked else []
    late = [RowMark(_("Has waited long"), "hourglass-medium", "sun")] if waits.late else []
    seen = [RowMark(_("Looked at"), "eye", "line")] if looked and waits.looked else []
    return asked + late + seen


def item_object(waits: Waits, around: Detail, raised: Sequence[Raised] = ()) -> SimpleNamespace:
    """One thing that waits, with all that is needed to decide."""
    wish = _("wants to share this") if waits.item.entry_id is None else _("wrote this to %(name)s", name=waits.child)
    return SimpleNamespace(
        id=waits.item.id,
        revision=waits.revision.id,
        number=waits.revision.number,
        title=title(waits) if waits.item.entry_id is None else _("What %(name)s wrote", name=waits.author.name),
        name=waits.author.name,
        face_url=face_url(waits.author.id, bool(waits.author.face)),
        wish=_("changed this") if around.now_shown else wish,
        words=marked(safe_words(waits.revision), raised, waits.revision.words),
        flags=flag_words(raised, _texts(waits, around)),
        photos=[_photo(one) for one in around.photos],
        circles=[SimpleNamespace(kind=TAGS[kind_of(one)], name=_room_name(one, around)) for one in _told(waits)],
        seers=[_seers(one, waits, around) for one in waits.circles],
        changes=changes_object(around.now_shown, waits.revision, around.photos) if around.now_shown else None,
        now_shown=_said(around.now_shown),
        entry=_said(around.entry),
        parent=_said(around.parent),
        before=[happened(one) for one in around.before],
        asked=waits.asked,
    )


def _texts(waits: Waits, around: Detail) -> dict[str, str]:
    """The parts of it in which an aid may have noticed something."""
    texts = {"title": waits.revision.title, "words": waits.revision.words}
    for number, one in enumerate(around.photos, start=1):
        texts |= {f"caption-{number}": one.caption, f"description-{number}": one.description}
    return texts


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
    kind, child = kind_of(circle), waits.child
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
    return SimpleNamespace(sentence=sentence, words=one.words, title=one.title)
