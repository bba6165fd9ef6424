"""What the form to write back with sends: kept as it was typed, and read into what the acts want."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.photos import PhotoInput
from journal.refusals import Reason, Refusal
from journal.talk.reach import Reach
from journal.text import (
    CAPTION,
    COMMENT_WORDS,
    DESCRIPTION,
    HTML_LIMIT,
    TooLong,
    clean_line,
    clean_words,
    safe_html,
    words_from_html,
)

STARTER = 80
MOST_KEPT = 200
SINGLE = ("words", "words_html", "reach", "parent", "looking_at", "once", "starter", "do")


@dataclass(frozen=True, slots=True)
class TypedPhoto:
    """What was typed about one photo."""

    caption: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it came, to be given back if something is wrong with it."""

    words: str = ""
    html: str = ""
    reach: str = ""
    parent: str = ""
    looking_at: str = ""
    once: str = ""
    starter: str = ""
    do: str = ""
    photos: dict[str, TypedPhoto] = field(default_factory=dict)
    """What was said about each photo, in order."""
    kept: tuple[str, ...] = ()
    """Marks of what the writer was asked about."""
    twice: tuple[str, ...] = ()
    """Single fields that came more than once."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that were read: plain, or as safe HTML from the editor."""

    words: str = ""
    html: str = ""


def read_typed(form: MultiDict[str, str]) -> Typed:
    """Return a form as it was typed. Never raises."""
    photos = {
        one: TypedPhoto(form.get(f"caption-{one}", ""), form.get(f"description-{one}", ""))
        for one in dict.fromkeys(form.getlist("order"))
    }
    return Typed(
        words=form.get("words", ""),
        html=form.get("words_html", ""),
        reach=form.get("reach", ""),
        parent=form.get("parent", ""),
        looking_at=form.get("looking_at", ""),
        once=form.get("once", ""),
        starter=form.get("starter", ""),
        do=form.get("do", "") or "send",
        photos=photos,
        kept=tuple(form.getlist("kept"))[:MOST_KEPT],
        twice=tuple(name for name in SINGLE if len(form.getlist(name)) > 1),
    )


def read_words(typed: Typed, rich: bool) -> Words:
    """Return the words of a form. A slip that was picked stands in front of them.

    Raises Refusal(TOO_LONG).
    """
    start = _cut("words", lambda: clean_line(typed.starter, STARTER))
    if rich and typed.html.strip():
        html = _cut("words", lambda: safe_html(typed.html, COMMENT_WORDS))
        return Words(words_from_html(html), html)
    words = _cut("words", lambda: clean_words(typed.words, COMMENT_WORDS))
    return Words(f"{start} {words}" if start and words and not words.startswith(start) else words)


def read_photos(typed: Typed, known: set[UUID]) -> tuple[PhotoInput, ...]:
    """Return what was said about the photos that are known. Raises Refusal(TOO_LONG)."""
    return tuple(
        PhotoInput(
            photo,
            _cut(f"caption-{photo}", lambda one=one: clean_line(one.caption, CAPTION)),  # type: ignore[misc]
            _cut(f"description-{photo}", lambda one=one: clean_line(one.description, DESCRIPTION)),  # type: ignore[misc]
        )
        for raw, one in typed.photos.items()
        if (photo := read_id(raw)) is not None and photo in known
    )


def read_reach(typed: Typed) -> Reach | None:
    """Return the reach that was chosen, None for the usual one. Raises Refusal(NOT_YOUR_DOOR)."""
    try:
        return Reach(typed.reach) if typed.reach else None
    except ValueError:
        raise Refusal(Reason.NOT_YOUR_DOOR, "reach") from None


def read_id(raw: str | None) -> UUID | None:
    """Return an id, or None for none and for what is no id."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None


def given_back(typed: Typed) -> Words:
    """Return what was typed as it can be shown again, however long it is."""
    try:
        return Words(typed.words, safe_html(typed.html, HTML_LIMIT))
    except TooLong:
        return Words(typed.words or words_from_html(typed.html), "")


def _cut(name: str, read: Callable[[], str]) -> str:
    try:
        return read()
    except TooLong as problem:
        raise Refusal(Reason.TOO_LONG, name, problem.limit) from None
