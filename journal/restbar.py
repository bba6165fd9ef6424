"""What has a rest, in words: the bar on the pages of those whom it concerns."""

from datetime import datetime, timedelta

from flask import Flask, g

from journal.clock import now
from journal.doors import account, db
from journal.pages import clock, when_within, zone
from journal.pauses import Resting, concerning
from journal.saying import gettext as _
from journal.words import PauseKind, Role


def add_bars(app: Flask) -> None:
    """Give the frame of all pages what rests."""
    app.jinja_env.globals.update(rest_bars=rest_bars, reading_rests=reading_rests)


def rest_bars() -> list[str]:
    """Return what has a rest that concerns whoever looks, a sentence or two each. No query while nothing has."""
    found = account() if "db" in g else None
    child = found is not None and found.viewer is not None and found.viewer.role is Role.PUPIL
    return list(dict.fromkeys(said_of(one, child) for one in _concerning()))


def reading_rests() -> bool:
    """Tell whether what others shared with whoever looks is not read now: an empty page is no empty school then."""
    return any(one.kind is PauseKind.EVERYTHING for one in _concerning())


def _concerning() -> list[Resting]:
    if "resting" not in g:
        found = account() if "db" in g else None
        here = found.viewer if found is not None and found.rests else None
        g.resting = concerning(db(), here) if here is not None else []
    resting: list[Resting] = g.resting
    return resting


def said_of(one: Resting, child: bool) -> str:
    """Return what is said of a pause: the school's own words, else ours in the language of whoever reads."""
    own = one.child_words if child else one.grown_words
    return own or (child_words if child else grown_words)(one.kind, one.group_name, one.until)


def child_words(kind: PauseKind, group: str, until: datetime | None) -> str:
    """Return what children read, in plain words that blame nobody."""
    words = {
        PauseKind.COMMENTS: _("Writing back is having a rest %(until)s. You can still make things and read."),
        PauseKind.PERSON: _("You can read, and keep what you write. Sharing new things is having a rest %(until)s."),
        PauseKind.GROUP: _("Your class is having a rest %(until)s. You can make things and keep them, and read."),
        PauseKind.EVERYTHING: _("Everything is having a rest %(until)s. Your own things are safe, and still yours."),
    }
    return str(words[kind]) % {"until": until_words(until)}


def grown_words(kind: PauseKind, group: str, until: datetime | None) -> str:
    """Return what families and staff read."""
    where = group or str(_("the whole school"))
    words = {
        PauseKind.COMMENTS: _("Comments are paused %(until)s (%(where)s). Nothing you wrote is lost."),
        PauseKind.PERSON: _("You can read. Adding anything is paused for you %(until)s. Nothing you wrote is lost."),
        PauseKind.GROUP: _("Nothing new is shared %(until)s (%(where)s). What waits goes on waiting. Nothing is lost."),
        PauseKind.EVERYTHING: _("Everything is paused %(until)s, reading too (%(where)s). Nothing is lost."),
    }
    return str(words[kind]) % {"until": until_words(until), "where": where}


def until_words(until: datetime | None) -> str:
    """Return until when, in words that fit into a sentence."""
    if until is None:
        return str(_("for now"))
    here = zone()
    days = (until.astimezone(here).date() - now().astimezone(here).date()) // timedelta(days=1)
    if days == 0:
        return str(_("until %(time)s today", time=clock(until)))
    if days == 1:
        return str(_("until %(time)s tomorrow", time=clock(until)))
    return str(_("until %(day)s, %(time)s", day=when_within(until), time=clock(until)))
