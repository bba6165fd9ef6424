"""Cards, people and news as the pages say them: in words, with addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from journal import pages
from journal.clock import now
from journal.faces import Face
from journal.languages import listed
from journal.names import Known
from journal.saying import gettext as _
from journal.school.family import Child, Class, Family, Person
from journal.school.reading import Card
from journal.seeing import Viewer
from journal.site import url_for
from journal.text import excerpt
from journal.words import NoticeKind, Role
from journal.wroteback import News

OPENING = 140
"""Letters of an entry's words on a card."""


class Link(NamedTuple):
    """One way to narrow a list."""

    url: str
    label: str
    current: bool


class Shot(NamedTuple):
    """A picture on a card."""

    url: str
    alt: str


class Said(NamedTuple):
    """An entry on a page, for any of the macros that draw one."""

    url: str
    write_url: str
    title: str
    excerpt: str
    words: str
    opening: str
    when: str
    who: Face
    pupil: UUID
    picture_url: str | None
    picture_alt: str
    pictures: tuple[Shot, ...]
    talked: tuple[Face, ...]
    talked_words: str
    state: str
    state_words: str
    circles: tuple[object, ...] = ()


def greeting(name: str) -> str:
    """Return a greeting for the time of day."""
    hour = now().astimezone(pages.zone()).hour
    if hour < 12:
        return str(_("Good morning, %(name)s", name=name))
    if hour < 18:
        return str(_("Good afternoon, %(name)s", name=name))
    return str(_("Good evening, %(name)s", name=name))


def names(people: Iterable[str]) -> str:
    """Return names as one list in words."""
    return listed(people, pages.locale())


def called_so(one: Known) -> str:
    """Return what a page calls somebody."""
    if one.me:
        return str(_("You"))
    return str(_("%(child)s’s %(name)s", child=one.of_pupil, name=one.name)) if one.of_pupil else one.name


def face(person: Person, rel: str = "") -> Face:
    """Return somebody with their face."""
    return Face(person.name, pages.face_url(person.membership, person.has_face), rel)


def said(viewer: Viewer, cards: Iterable[Card], size: str, *, mark_new: bool = False) -> list[Said]:
    """Return cards as a page draws them, with pictures of one size; with ``mark_new`` what is not opened yet says so.

    Relatives meet no face of another family's child.
    """
    return [_said(viewer, card, size, mark_new and card.new) for card in cards]


def marked_new(one: Said) -> Said:
    """The same, with its day saying that it is new."""
    return one._replace(when=_("%(day)s · New", day=one.when)) if one.state else one


def _said(viewer: Viewer, card: Card, size: str, new: bool) -> Said:
    title = card.title or excerpt(card.words, 60) or _("A picture")
    opening = excerpt(card.words, OPENING)
    url = url_for("entries.show", entry=card.entry)
    shot = None
    if card.picture:
        address = url_for("attachments.photo", photo=card.picture.photo, size=size)
        shot = Shot(address, card.picture.description or title)
    when = pages.when(card.at)
    back = sorted(card.back, key=lambda one: not one.me)
    return Said(
        url=url,
        write_url=f"{url}#say",
        title=title,
        excerpt=opening if card.title else "",
        words=opening if card.title else "",
        opening=opening or title,
        when=when,
        who=_face(viewer, card.pupil),
        pupil=card.pupil.membership,
        picture_url=shot.url if shot else None,
        picture_alt=shot.alt if shot else "",
        pictures=(shot,) if shot else (),
        talked=tuple(_face(viewer, one) for one in back),
        talked_words=_("%(names)s wrote back", names=names(called_so(one) for one in back)) if back else "",
        state="shared" if new else "",
        state_words=_("New since last time") if new else "",
    )


def _face(viewer: Viewer, one: Known) -> Face:
    strange = viewer.role is Role.RELATIVE and one.role is Role.PUPIL and one.membership not in viewer.kin
    return Face(called_so(one), pages.face_url(one.membership, one.has_face and not strange))


@dataclass(frozen=True, slots=True)
class SaidChild:
    """A relative's child on a page."""

    pupil: UUID
    name: str
    face_url: str | None
    tone: str
    classes: str
    url: str
    circle: tuple[Face, ...]


def said_children(viewer: Viewer, children: Sequence[Child]) -> dict[UUID, SaidChild]:
    """Return children as a page draws them, each in an ink of their own."""
    return {child.pupil.membership: _said_child(viewer, child, at) for at, child in enumerate(children)}


def _said_child(viewer: Viewer, child: Child, at: int) -> SaidChild:
    pupil = child.pupil
    mine = [one for one in child.circle if one.membership == viewer.membership]
    others = [one for one in child.circle if one.membership != viewer.membership]
    me = [Face(_("You"), pages.face_url(one.membership, one.has_face)) for one in mine]
    return SaidChild(
        pupil=pupil.membership,
        name=pupil.name,
        face_url=pages.face_url(pupil.membership, pupil.has_face),
        tone="leaf" if at % 2 else "sun",
        classes=" · ".join(_class_words(one) for one in child.classes.values() if one.open),
        url=url_for("school.family_home", child=pupil.membership),
        circle=(*me, *(face(one) for one in others)),
    )


@dataclass(frozen=True, slots=True)
class SaidCircle:
    """Who can come in at the family door of some children: the same people for all of them."""

    all_names: str
    any_name: str
    people: tuple[Face, ...]


def said_circles(children: Iterable[SaidChild]) -> list[SaidCircle]:
    """Return the family circles of children, each once: brothers and sisters mostly share one."""
    found: dict[tuple[Face, ...], list[str]] = {}
    for child in children:
        found.setdefault(child.circle, []).append(child.name)
    language = pages.locale()
    return [SaidCircle(names(some), listed(some, language, "or"), people) for people, some in found.items()]


def _class_words(group: Class) -> str:
    if not group.teachers:
        return group.name
    return str(_("%(group)s, with %(teachers)s", group=group.name, teachers=names(one.name for one in group.teachers)))


def news_words(news: News, name: str | None) -> str:
    """Return what a notice on a first page tells; ``name`` is what the reader calls whoever wrote."""
    if news.title is None:
        return _news_of_nothing(news.kind, name)
    title = news.title or _("a picture")
    if news.kind is NoticeKind.LET_THROUGH:
        return str(_("A teacher has read your words about %(title)s. Now everybody they are for can read them.",
                     title=title))  # fmt: skip
    if news.kind is NoticeKind.SENT_BACK:
        return str(_("A teacher sent your words about %(title)s back to you, with a note.", title=title))
    if news.kind is NoticeKind.PUT_AWAY:
        return str(_("Your words about %(title)s were put away for now.", title=title))
    if name is None:
        return str(_("Somebody answered you about %(title)s.", title=title))
    return str(_("%(name)s answered you about %(title)s.", name=name, title=title))


def _news_of_nothing(kind: NoticeKind, name: str | None) -> str:
    """The same about something that the reader cannot see any more."""
    if kind is NoticeKind.LET_THROUGH:
        return str(_("A teacher has read what you wrote. Now everybody it is for can read it."))
    if kind is NoticeKind.SENT_BACK:
        return str(_("A teacher sent your words back to you, with a note."))
    if kind is NoticeKind.PUT_AWAY:
        return str(_("What you wrote was put away for now."))
    return str(_("%(name)s answered you.", name=name)) if name else _("Somebody answered you.")


def name_in(family: Family, news: News) -> str | None:
    """Return what a family calls whoever wrote; None for a stranger from another family."""
    name = family.calls.get((news.author.id, news.pupil))
    return news.author.name if name is None and news.author.role is not Role.RELATIVE else name


def group_words(name: str, label: str, year: str, closed_at: datetime | None) -> str:
    """Return a class's name; last year's with its year."""
    if closed_at is not None:
        return str(_("%(group)s, %(year)s", group=name, year=year))
    return str(_("%(group)s, %(year)s", group=name, year=label)) if label else name
