"""Portfolios, and what is in them, as the pages draw them: in words, with addresses."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from journal.clock import now
from journal.doors import account
from journal.errors import say
from journal.learned import Place
from journal.pages import face_url, when
from journal.portfolio.choosing import Book, Listed, Whose
from journal.portfolio.inside import Found
from journal.portfolio.reading import Ordered
from journal.portfolio.scope import ZONE, read
from journal.portfolio.views.words import day_words, scope_words, size_words
from journal.records import Export
from journal.refusals import Reason, Refusal
from journal.text import excerpt
from journal.words import ExportState

ICONS = {
    ExportState.WAITING: "hourglass-medium",
    ExportState.MAKING: "hammer",
    ExportState.READY: "book-open",
    ExportState.FAILED: "warning-circle",
    ExportState.EXPIRED: "archive",
}


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody on a page."""

    name: str
    face_url: str | None
    rel: str = ""


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


@dataclass(frozen=True, slots=True)
class Made:
    """A portfolio that somebody ordered, and how far it has come."""

    url: str
    title: str
    short: str
    state: str
    icon: str
    say: str
    bar: bool
    far: str
    done: int
    total: int
    lines: Sequence[str]
    look_url: str
    file_url: str
    fetch_words: str
    anew_url: str


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


def made(one: Ordered) -> Made:
    """Return a portfolio that was ordered, in words."""
    export = one.export
    state = _state_of(export)
    far = ""
    if state is ExportState.MAKING and export.total:
        far = str(_("%(done)s of %(total)s", done=export.done, total=export.total))
    elif state in (ExportState.WAITING, ExportState.MAKING):
        far = str(_("It begins in a moment."))
    here = url_for("portfolio.made", export=export.id)
    busy = state in (ExportState.WAITING, ExportState.MAKING)
    ready = state is ExportState.READY
    return Made(
        url=here,
        title=book_title(one.about) if export.pupil_id else str(_("Portfolios of %(group)s", group=one.about)),
        short=_short(export, state),
        state=state,
        icon=ICONS[state],
        say=_say(state, export.group_id is not None and export.pupil_id is None),
        bar=busy,
        far=far,
        done=export.done,
        total=export.total,
        lines=_LINES[state](export),
        look_url=here if busy else "",
        file_url=url_for("portfolio.file", export=export.id) if ready else "",
        fetch_words=str(_("Take it home")),
        anew_url="" if busy else url_for("portfolio.anew", export=export.id),
    )


def _state_of(export: Export) -> ExportState:
    """Where it stands now: what was ready is over when its time is, also before it was swept away."""
    over = export.expires_at is not None and export.expires_at <= now()
    return ExportState.EXPIRED if over else export.state


def _say(state: ExportState, many: bool) -> str:
    words: dict[ExportState, tuple[str, str]] = {
        ExportState.WAITING: (_("The book waits for its turn"), _("The books wait for their turn")),
        ExportState.MAKING: (_("The book is being made"), _("The books are being made")),
        ExportState.READY: (_("The book is ready"), _("The books are ready")),
        ExportState.FAILED: (_("The book could not be made"), _("The books could not be made")),
        ExportState.EXPIRED: (_("The book is not here any more"), _("The books are not here any more")),
    }
    return str(words[state][many])


def _short(export: Export, state: ExportState) -> str:
    words = scope_words(read(export.scope), export.stand)
    said: dict[ExportState, str] = {
        ExportState.WAITING: _("It waits for its turn."),
        ExportState.MAKING: _("It is being made."),
        ExportState.READY: _("Ready. Here until %(day)s.", day=_until(export)),
        ExportState.FAILED: _("It could not be made."),
        ExportState.EXPIRED: _("Not here any more."),
    }
    return f"{words}. {said[state]}"


def _until(export: Export) -> str:
    """Return the day on which it goes."""
    if export.expires_at is None:
        return ""
    return day_words(export.expires_at.astimezone(ZONE).date())


def _busy(export: Export) -> list[str]:
    lines = [str(_("You can leave this page and come back. It goes on by itself."))]
    if export.made_anew:
        lines.insert(0, str(_("Something in it changed. So it is being made anew, with what you can see now.")))
    return lines


def _ready(export: Export) -> list[str]:
    return [
        str(_("It is one file: %(size)s.", size=size_words(export.bytes))),
        str(_("It is here until %(day)s. After that you can have it made anew.", day=_until(export))),
    ]


def _failed(export: Export) -> list[str]:
    known = export.problem in set(Reason)
    why = (
        say(Refusal(Reason(export.problem))) if known else str(_("Something broke on our side. You did nothing wrong."))
    )
    return [why, str(_("Nothing is lost. Try again."))]


def _gone(export: Export) -> list[str]:
    return [str(_("Files are kept for a while only. Have it made anew: it will hold what you can see then."))]


_LINES: dict[ExportState, Callable[[Export], list[str]]] = {
    ExportState.WAITING: _busy,
    ExportState.MAKING: _busy,
    ExportState.READY: _ready,
    ExportState.FAILED: _failed,
    ExportState.EXPIRED: _gone,
}


def mades(found: Iterable[Ordered]) -> list[Made]:
    """Return several that were ordered."""
    return [made(one) for one in found]


def how_to_open() -> list[str]:
    """Return how to open a portfolio, a line each."""
    return [
        str(_("It is a ZIP file. Open it, and open the page called “index” in it. You do not need the internet.")),
        str(_("To print it, open it and choose Print.")),
    ]
