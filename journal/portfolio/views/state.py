"""How far a portfolio has come that somebody ordered, in words, and what can be done with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from journal.pages import zone
from journal.portfolio.anew import is_over
from journal.portfolio.reading import Ordered
from journal.portfolio.scope import read
from journal.portfolio.views import said
from journal.portfolio.views.words import day_words, scope_words, size_words
from journal.records import Export
from journal.saying import gettext as _
from journal.words import ExportState

ICONS = {
    ExportState.WAITING: "hourglass-medium",
    ExportState.MAKING: "hammer",
    ExportState.READY: "book-open",
    ExportState.FAILED: "warning-circle",
    ExportState.EXPIRED: "archive",
}


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


def made(one: Ordered) -> Made:
    """Return a portfolio that was ordered, in words."""
    export = one.export
    state = _state_of(one)
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
        title=said.book_title(one.about) if export.pupil_id else str(_("Portfolios of %(group)s", group=one.about)),
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


def _state_of(one: Ordered) -> ExportState:
    """Where it stands now: one of a class is ready when the class's is, which holds it, and if anything is in it."""
    ready = one.export.state is ExportState.READY
    if ready and one.whole is not None and one.whole is not ExportState.READY:
        return one.whole
    if is_over(one.export):
        return ExportState.EXPIRED
    empty = one.export.batch_id is not None and not one.export.bytes
    return ExportState.FAILED if ready and empty else one.export.state


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
        ExportState.FAILED: _failed(export)[0] if _problem(export) == "nothing" else _("It could not be made."),
        ExportState.EXPIRED: _("Not here any more."),
    }
    return f"{words}. {said[state]}"


def _until(export: Export) -> str:
    """Return the day on which it goes."""
    if export.expires_at is None:
        return ""
    return day_words(export.expires_at.astimezone(zone()).date())


def _busy(export: Export) -> list[str]:
    lines = [str(_("You can leave this page and come back. It goes on by itself."))]
    if export.made_anew:
        lines.insert(0, str(_("It is being made anew, with what you can see now.")))
    return lines


def _ready(export: Export) -> list[str]:
    return [
        str(_("It is one file: %(size)s.", size=size_words(export.bytes))),
        str(_("It is here until %(day)s. After that you can have it made anew.", day=_until(export))),
    ]


def _failed(export: Export) -> list[str]:
    """Why it could not be made, as the work that made it says (see ``journal.portfolio.work``)."""
    words = {
        "disk_full": _(
            "There was not enough room on the school’s computer. Try again later, or ask the school office."
        ),
        "nothing": _("There was nothing to put in."),
        "changing": _("Things in it changed again and again while it was made. Try again in a while."),
    }
    return [str(words.get(_problem(export)) or _("Something broke on our side. You did nothing wrong. Try again."))]


def _problem(export: Export) -> str:
    """What the work that made it says; one of a class with nothing in it is done, and there is nothing to fetch."""
    return "nothing" if export.state is ExportState.READY else export.problem


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
