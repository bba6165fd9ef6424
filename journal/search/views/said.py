"""A search and what it found as the page says it: in words, with addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_babel import ngettext

from journal.names import Known
from journal.pages import face_url, when
from journal.saying import gettext as _
from journal.search.asking import Found, Hit, Order, Piece, Place, Where
from journal.search.calendar import When
from journal.search.choices import Choices
from journal.search.forms import Typed
from journal.search.views.drawer import only_words
from journal.seeing import Viewer
from journal.talking import called
from journal.text import excerpt
from journal.words import Role

MOST_SAID = 60
"""Letters of what was typed that a sentence repeats."""


@dataclass(frozen=True, slots=True)
class Link:
    """One way on."""

    url: str
    label: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SaidHit:
    """A hit as ``_parts/find.html`` draws it."""

    url: str
    tone: str
    icon: str
    place: str
    title: Sequence[Piece]
    text: Sequence[Piece]
    by: str
    who: str
    face_url: str | None
    picture_url: str | None


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, and the ways on from there."""

    hits: Sequence[SaidHit]
    count: str
    order: str
    only: str
    suggestion: Link | None
    everywhere: str
    orders: Sequence[Link]
    numbers: Sequence[Link]
    next_url: str | None
    end: str
    mending: bool
    more: bool


def address(typed: Typed, page: int, order: Order | None = None, words: str = "") -> str:
    """Return the address of a page of a search, with another order or other words if asked."""
    return url_for(
        "search.results",
        q=words or typed.words,
        child=typed.child,
        group=typed.group,
        where=None if typed.where is Where.ANYWHERE else typed.where,
        when=None if typed.when is When.ANY else typed.when,
        order=None if (order or typed.order) is Order.BEST else (order or typed.order),
        page=page if page > 1 else None,
    )


def results_of(viewer: Viewer, typed: Typed, choices: Choices, found: Found) -> Results:
    """Return a page of what was found, in words."""
    words = quoted(typed.words)
    meant = found.suggestion
    several = len(found.hits) > 1 or found.pages > 1
    return Results(
        hits=[_hit(viewer, one) for one in found.hits],
        count=_count(found, words),
        order=_order(typed.order) if several else "",
        only=only_words(typed, choices),
        suggestion=Link(address(typed, 1, words=meant), meant) if meant else None,
        everywhere=address(Typed(typed.words, order=typed.order), 1) if typed.narrow else "",
        orders=_orders(typed) if several else (),
        numbers=_numbers(typed, found.pages),
        next_url=address(typed, typed.page + 1) if typed.page < found.pages else None,
        end=_end(found.pages),
        mending=found.mending,
        more=found.total is None,
    )


def quoted(words: str) -> str:
    """Return what was typed as a sentence repeats it: short, and with a direction of its own."""
    return _apart(excerpt(words, MOST_SAID))


def _apart(words: str) -> str:
    """Return words that run in their own direction, whatever stands around them."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def _count(found: Found, words: str) -> str:
    if found.total == 0:
        return str(_("Nothing says “%(words)s”", words=words))
    if found.total is None:
        return str(_("More than 50 things say “%(words)s”.", words=words))
    return str(ngettext("%(num)s thing says “%(words)s”.", "%(num)s things say “%(words)s”.", found.total, words=words))


def _order(order: Order) -> str:
    return str(_("The newest are first.") if order is Order.NEWEST else _("The nearest are first."))


def _orders(typed: Typed) -> list[Link]:
    labels = {Order.BEST: _("Nearest first"), Order.NEWEST: _("Newest first")}
    return [Link(address(typed, 1, order), label, order is typed.order) for order, label in labels.items()]


def _numbers(typed: Typed, pages: int) -> list[Link]:
    if pages < 2:
        return []
    return [Link(address(typed, number), str(number), number == typed.page) for number in range(1, pages + 1)]


def _end(pages: int) -> str:
    many = {
        2: _("Two pages, and then it ends."),
        3: _("Three pages, and then it ends."),
        4: _("Four pages, and then it ends."),
        5: _("Five pages, and then it ends."),
    }
    return str(many.get(pages, _("That is everything.")))


def _hit(viewer: Viewer, hit: Hit) -> SaidHit:
    tone, icon = _LOOKS[hit.place]
    own = hit.comment is None or hit.author.membership == hit.pupil.membership
    return SaidHit(
        url=url_for("talk.show", comment=hit.comment) if hit.comment else url_for("entries.show", entry=hit.entry),
        tone=tone,
        icon=icon,
        place=_place(hit),
        title=hit.title or (Piece(_no_title(hit.pupil)),),
        text=hit.text,
        by=_by(hit) if own else _to(hit),
        who=hit.author.name,
        face_url=_face(viewer, hit.author),
        picture_url=_picture(hit.picture) if hit.place is not Place.COMMENT else None,
    )


_LOOKS = {
    Place.TITLE: ("sun", "text-aa"),
    Place.WORDS: ("sun", "quotes"),
    Place.CAPTION: ("leaf", "image"),
    Place.DESCRIPTION: ("leaf", "images"),
    Place.COMMENT: ("sky", "chat-circle-dots"),
}
"""The ink and the icon of each place in which words can stand."""


def _place(hit: Hit) -> str:
    words = {
        Place.TITLE: _("In the title"),
        Place.WORDS: _("In the words"),
        Place.CAPTION: _("Under a picture"),
        Place.DESCRIPTION: _("In what a picture shows"),
        Place.COMMENT: _("In what you wrote back") if hit.author.me else _("In what people wrote back"),
    }
    return str(words[hit.place])


def _no_title(pupil: Known) -> str:
    return str(_("Something you made") if pupil.me else _("Something %(name)s made", name=_apart(pupil.name)))


def _by(hit: Hit) -> str:
    who = _("You") if hit.author.me else called(hit.author)
    return str(_("%(who)s, %(day)s", who=_apart(who), day=when(hit.at)))


def _to(hit: Hit) -> str:
    """Who wrote back to whom. Whose relative it is need not be said: it is whom they wrote to."""
    who, day = _apart(_("You") if hit.author.me else hit.author.name), when(hit.at)
    if hit.pupil.me:
        return str(_("%(who)s to you, %(day)s", who=who, day=day))
    return str(_("%(who)s to %(child)s, %(day)s", who=who, child=_apart(hit.pupil.name), day=day))


def _face(viewer: Viewer, one: Known) -> str | None:
    """Relatives meet no face of another family's child."""
    strange = viewer.role is Role.RELATIVE and one.role is Role.PUPIL and one.membership not in viewer.kin
    return face_url(one.membership, one.has_face and not strange)


def _picture(photo: UUID | None) -> str | None:
    return url_for("attachments.photo", photo=photo, size="small") if photo else None
