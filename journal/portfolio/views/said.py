"""Portfolios, and what is in them, as the pages draw them: in words, with addresses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from journal.doors import account
from journal.faces import Face
from journal.learned import Place
from journal.pages import face_url, when
from journal.portfolio.choosing import Book, Listed, Whose
from journal.portfolio.shapes import Found
from journal.saying import gettext as _
from journal.text import excerpt


@dataclass(frozen=True, slots=True)
class Cover:
    """The first leaf."""

    title: str
    school: str
    name: str
    face_url: str | None


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a pupil made, as a line or as a leaf."""

    id: UUID
    title: str
    opening: str
    when: str
    url: str
    picture_url: str | None
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """The question what goes in."""

    legend: str
    all_words: str
    all_hint: str
    learned: Sequence[Place]
    lock_words: str
    one_by_one: bool = True
    kept_out_words: str = ""
    kept_out_hint: str = ""


def face_of_pupil(one: Whose) -> Face:
    """Return whose portfolio it is, with their face."""
    return Face(one.name, face_url(one.membership, one.has_face))


def things(found: Listed, ticked: Iterable[UUID] = ()) -> list[Thing]:
    """Return a page of a list as it is drawn."""
    chosen = set(ticked)
    return [_thing(one, found.photos.get(one.revision), one.entry in chosen) for one in found.rows]


def _thing(one: Found, photo: UUID | None, ticked: bool) -> Thing:
    title = one.title or excerpt(one.words, 60) or str(_("A picture"))
    return Thing(
        id=one.entry,
        title=title,
        opening=excerpt(one.words, 120) if one.title else "",
        when=when(one.at),
        url=url_for("entries.show", entry=one.entry),
        picture_url=url_for("attachments.photo", photo=photo, size="small") if photo else None,
        ticked=ticked,
    )


def book_title(name: str) -> str:
    """Return what a pupil's portfolio is called."""
    return str(_("%(name)s’s portfolio", name=name))


def cover_of(book: Book) -> Cover:
    """Return the first leaf of a pupil's portfolio."""
    one = book.pupil
    return Cover(book_title(one.name), _school(), one.name, face_url(one.membership, one.has_face))


def cover_called(title: str, name: str, face: str | None = None) -> Cover:
    """Return a first leaf with these words, and the face at an address."""
    return Cover(title, _school(), name, face)


def _school() -> str:
    known = account()
    return known.school_name if known else ""


def steps() -> list[str]:
    """Return the steps on the way to a portfolio."""
    return [str(_("What goes in")), str(_("Look at it")), str(_("Take it home"))]


def how_to_open() -> list[str]:
    """Return how to open a portfolio, a line each."""
    return [
        str(_("It is a ZIP file. Open it, and open the page called “index” in it. You do not need the internet.")),
        str(_("To print it, open it and choose Print.")),
    ]
