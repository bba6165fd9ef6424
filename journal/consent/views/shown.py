"""Answers in words, as the room's pages show them."""

from datetime import date
from types import SimpleNamespace

from babel.dates import format_date

from journal.consent.reading import Told
from journal.languages import formats_of
from journal.pages import locale
from journal.saying import gettext as _
from journal.wordings import name_of
from journal.words import Answer, Purpose, SaidHow


def day(on: date) -> str:
    """A day in words."""
    return str(format_date(on, "d MMMM y", locale=formats_of(locale())))


def holds(answer: Answer | None) -> SimpleNamespace:
    """What holds, as a tag: words, icon, tone."""
    if answer is Answer.YES:
        return SimpleNamespace(words=_("Yes"), icon="check", tone="leaf")
    if answer is Answer.ASK:
        return SimpleNamespace(words=_("Ask each time"), icon="chat-circle-dots", tone="sun")
    if answer is None:
        return SimpleNamespace(words=_("No answer yet"), icon="hourglass-medium", tone="line")
    return SimpleNamespace(words=_("No"), icon="x", tone="poppy")


def said_words(answer: Answer) -> str:
    """What somebody said, in words."""
    words: dict[Answer, str] = {
        Answer.YES: _("Yes"),
        Answer.ASK: _("Ask me each time"),
        Answer.NO: _("No"),
        Answer.WITHDRAWN: _("Not any more"),
        Answer.SET_ASIDE: _("Does not count any more"),
    }
    return words[answer]


def told(one: Told) -> SimpleNamespace:
    """A line of what was said."""
    purpose = name_of(one.purpose, one.wording)
    if one.one_photo:
        purpose = _("%(purpose)s, one picture", purpose=purpose)
    how = _("on paper") if one.how is SaidHow.PAPER else _("here")
    said = {"name": one.name, "answer": said_words(one.answer), "purpose": purpose}
    return SimpleNamespace(
        words=_("%(purpose)s: %(name)s said “%(answer)s”.", **said),
        meta=_("%(day)s, %(how)s. Words of version %(num)s.", day=day(one.on), how=how, num=one.wording),
    )


def columns() -> list[str]:
    """What the purposes are called."""
    return [name_of(purpose) for purpose in Purpose]
