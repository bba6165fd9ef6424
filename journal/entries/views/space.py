"""My space: the door to making something, what waits for the child, what they have made."""

from dataclasses import dataclass, field
from uuid import UUID

from flask import Blueprint, request

from journal.circles import Kind
from journal.doors import account, db, open_to, viewer
from journal.entries.reading_names import Named
from journal.entries.reading_news import News
from journal.entries.reading_space import Filter, Made, Space, space
from journal.entries.views.page import Answer
from journal.entries.views.write import starts
from journal.faces import Face
from journal.feeds import read_mark
from journal.kindness import note_words
from journal.languages import listed
from journal.opened import told_new
from journal.pages import face_url, locale, render_template, when
from journal.promise import reads_first
from journal.saying import gettext as _
from journal.site import url_for
from journal.text import excerpt
from journal.told import told_words
from journal.words import Door, NoticeKind, Role, Standing

RIBBONS = {
    Standing.WAITING: "waiting",
    Standing.SHARED: "shared",
    Standing.SENT_BACK: "returned",
    Standing.PUT_AWAY: "hidden",
    Standing.PASSED_ON: "waiting",
}
"""How a standing is drawn. The first of these that any circle has is the one that the card shows."""
FIRST = (Standing.SENT_BACK, Standing.PUT_AWAY, Standing.WAITING, Standing.PASSED_ON, Standing.SHARED)
KINDS = {
    Kind.FAMILY: Door.FAMILY,
    Kind.RELATIVE: Door.PICKED,
    Kind.TEACHERS: Door.TEACHERS,
    Kind.CLASS: Door.CLASS,
    Kind.CLASS_FAMILIES: Door.CLASS_FAMILIES,
}


@dataclass(frozen=True, slots=True)
class Circle:
    """A door's tag."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Something that the child made, as a card."""

    url: str
    title: str
    picture_url: str | None
    picture_alt: str
    opening: str
    when: str
    state: str
    state_words: str
    circles: list[Circle] = field(default_factory=list)
    talked: tuple[Face, ...] = ()
    """Who wrote back."""
    talked_words: str = ""


@dataclass(frozen=True, slots=True)
class OnShelf:
    """Something for the child to look at."""

    url: str
    title: str
    picture_url: str | None
    words: str = ""
    state: str = ""
    key: str = ""
    icon: str = "note-pencil"
    warm: bool = False


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule("/my-space", view_func=open_to(Role.PUPIL)(my_space), methods=["GET"])


def my_space() -> Answer:
    """The child's own first page."""
    wanted = _filter(request.args.get("only", ""))
    before = read_mark(request.args.get("before"))
    found = space(db(), viewer(), wanted, before)
    here = account()
    return render_template(
        "entries/my_space.html",
        name=here.name if here else "",
        my_face=face_url(viewer().membership, here is not None and here.face),
        groups=listed(found.groups, locale()),
        starts=starts(),
        told=told_words(told_new(db(), viewer())) if before is None else [],
        shelf=_shelf(found) if before is None else [],
        more_drafts=url_for("entries.my_space", only=Filter.MAKING) if found.more_drafts and before is None else None,
        cards=[_card(one, found) for one in found.made],
        filters=_filters(wanted),
        making=wanted is Filter.MAKING,
        older=url_for("entries.my_space", only=_only(wanted), before=str(found.older)) if found.older else None,
        newest=url_for("entries.my_space", only=_only(wanted)) if before else None,
    )


def _filter(raw: str) -> Filter:
    return Filter(raw) if raw in list(Filter) else Filter.ALL


def _only(wanted: Filter) -> str | None:
    return None if wanted is Filter.ALL else wanted.value


def _filters(wanted: Filter) -> list[dict[str, object]]:
    labels = {
        Filter.ALL: _("Everything"),
        Filter.HOME: _("From home"),
        Filter.MINE: _("Just mine"),
        Filter.MAKING: _("Still making it"),
    }
    return [
        {"url": url_for("entries.my_space", only=_only(one)), "label": label, "current": one is wanted}
        for one, label in labels.items()
    ]


def _title(made: Made) -> str:
    return made.title or excerpt(made.words, 60) or _("No name yet")


def _picture(made: Made, size: str) -> str | None:
    return url_for("attachments.photo", photo=made.picture.photo, size=size) if made.picture else None


def _card(made: Made, found: Space) -> Card:
    standing = {one.standing for one in made.standing}
    state = next((RIBBONS[one] for one in FIRST if one in standing), "" if made.handed_in else "draft")
    kinds = list(dict.fromkeys(KINDS[one.kind] for one in made.standing if one.kind in KINDS))
    circles = [Circle(kind) for kind in sorted(kinds, key=list(Door).index)]
    return Card(
        url=url_for("entries.show" if made.handed_in else "entries.edit", entry=made.entry),
        title=_title(made),
        picture_url=_picture(made, "medium"),
        picture_alt=made.picture.description if made.picture else "",
        opening=excerpt(made.words, 80) or _title(made),
        when=when(made.at),
        state=state,
        state_words=_waits_for(found.first_readers(made)) if state == "waiting" else "",
        circles=circles or [Circle("me")],
        talked=tuple(Face(one.name, face_url(one.membership, one.has_face)) for one in made.back),
        talked_words=_wrote_back(made),
    )


def _wrote_back(made: Made) -> str:
    if not made.back:
        return ""
    return str(_("%(names)s wrote back", names=listed((one.name for one in made.back), locale())))


def _waits_for(names: list[str]) -> str:
    reader = listed(names, locale(), "or") or _("The school")
    return reads_first(reader)


def _shelf(found: Space) -> list[OnShelf]:
    back = [one for one in found.shelf if one.came_back]
    drafts = [one for one in found.shelf if one.is_draft and not one.came_back]
    return [
        *([_taken(found.takers)] if found.takers else []),
        *(_returned(one, found) for one in back),
        *(_draft(one) for one in drafts),
        *(_new(some) for some in _by_entry(found.news)),
    ]


def _taken(takers: list[Named]) -> OnShelf:
    """That the school took the portfolio home: the pupil is told, in one line whoever did, newest first."""
    return OnShelf(
        url_for("portfolio.front"),
        _("%(name)s took your portfolio home for the school", name=listed((one.name for one in takers), locale())),
        None,
        _("In it is what your teachers could see, and nothing else."),
        key=when(takers[0].at),
        icon="book-open",
    )


def _note(made: Made, found: Space) -> str:
    for one in made.standing:
        if one.standing is Standing.SENT_BACK and one.note:
            name = found.names.get(one.decided_by, "") if one.decided_by else ""
            return str(_("%(name)s: “%(note)s”", name=name, note=excerpt(note_words(one.note, one.pieces), 160)))
    return ""


def _returned(made: Made, found: Space) -> OnShelf:
    here = url_for("entries.edit", entry=made.entry)
    return OnShelf(here, _title(made), _picture(made, "small"), _note(made, found), "returned", warm=True)


def _draft(made: Made) -> OnShelf:
    here = url_for("entries.edit", entry=made.entry)
    return OnShelf(here, _title(made), _picture(made, "small"), state="draft")


def _new(news: list[News]) -> OnShelf:
    """What was said about one thing, by however many."""
    newest = news[0]
    title = newest.title or _("what you made")
    answer = newest.kind is NoticeKind.ANSWERED
    words = _("An answer about %(title)s", title=title) if answer else _("Words about %(title)s", title=title)
    names = listed((one.name for one in news), locale())
    here = url_for("entries.show", entry=newest.entry, _anchor=f"c-{newest.comment}")
    face = face_url(newest.face, newest.face is not None)
    return OnShelf(here, words, face, key=_("New from %(names)s", names=names), icon="chat-circle-dots")


def _by_entry(news: list[News]) -> list[list[News]]:
    found: dict[UUID, list[News]] = {}
    for one in news:
        found.setdefault(one.entry, []).append(one)
    return list(found.values())
