"""What is sent on the pages about pictures."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.consent.acts import PaperInput
from journal.consent.reading import Row
from journal.consent.tagging import MOST_NAMED, Others
from journal.refusals import Reason, Refusal
from journal.text import TooLong, clean_line
from journal.words import ASKED_WITH, Answer, Purpose

NAME = 80
SOMEBODY = "somebody"
"""In place of a carer: somebody who is not here, whose name is written beside it."""
CHOICES = (Answer.YES, Answer.ASK, Answer.NO)
ON_PAPER = (*CHOICES, Answer.SET_ASIDE)


def read_id(raw: str | None) -> UUID | None:
    """Return an id, or None for what is none."""
    try:
        return UUID(raw or "")
    except ValueError:
        return None


def read_day(raw: str | None, name: str) -> date:
    """Return a day. Raises Refusal(NOT_A_DAY)."""
    try:
        return date.fromisoformat((raw or "").strip())
    except ValueError:
        raise Refusal(Reason.NOT_A_DAY, name) from None


def read_number(raw: str | None, name: str) -> int:
    """Return a small number. Raises Refusal(NOT_UNDERSTOOD)."""
    text = (raw or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise Refusal(Reason.NOT_UNDERSTOOD, name)
    return int(text)


def read_answers(form: MultiDict[str, str], among: tuple[Answer, ...] = CHOICES) -> dict[Purpose, Answer]:
    """Return what was said to each purpose; those left alone are not among them. Raises Refusal(NOT_UNDERSTOOD)."""
    found = {}
    for purpose in Purpose:
        if form.get(purpose):
            found[purpose] = read_answer(form[purpose], purpose, among)
    return found


def read_answer(raw: str | None, name: str, among: tuple[Answer, ...] = CHOICES) -> Answer:
    """Return one answer. Raises Refusal(NOT_UNDERSTOOD)."""
    for one in among:
        if one == raw:
            return one
    raise Refusal(Reason.NOT_UNDERSTOOD, name)


def read_named(form: MultiDict[str, str]) -> tuple[frozenset[UUID], Others, frozenset[UUID] | None]:
    """Return who is said to be in a picture, and who was named on the page that was looked at, if it says.

    Raises Refusal(NOT_UNDERSTOOD).
    """
    raw = form.getlist("pupil")[: MOST_NAMED + 1]
    chosen = {read_id(one) for one in raw}
    if None in chosen:
        raise Refusal(Reason.NOT_UNDERSTOOD, "pupil")
    others = form.getlist("other")
    before = frozenset(one for one in map(read_id, form["before"].split()) if one) if "before" in form else None
    return frozenset(one for one in chosen if one), Others("grown_up" in others, "nobody" in others), before


@dataclass(slots=True)
class Paper:
    """A page of answers on paper: those that can be taken, and what is wrong, with the child's name."""

    rows: list[PaperInput] = field(default_factory=list)
    born: list[tuple[UUID, date]] = field(default_factory=list)
    wrong: dict[UUID, str] = field(default_factory=dict)
    """The field that is wrong, by pupil."""


def read_paper(form: MultiDict[str, str], people: list[Row]) -> Paper:
    """Return what came on paper for the children of a page. Raises Refusal(NOT_A_DAY) for the day of all of it.

    A child whose line cannot be taken is named in ``wrong``, and nothing of the page is to be kept then.
    """
    paper = Paper()
    said_on = read_day(form.get("said_on"), "said_on")
    wording = read_number(form.get("wording") or str(ASKED_WITH[-1]), "wording")
    ticked = {read_id(one) for one in form.getlist("pupil")}
    for one in people:
        _line(form, one, one.id in ticked, paper, said_on, wording)
    return paper


def _line(form: MultiDict[str, str], one: Row, ticked: bool, paper: Paper, said_on: date, wording: int) -> None:
    try:
        if raw := form.get(f"born-{one.id}", "").strip():
            paper.born.append((one.id, read_day(raw, "born")))
        carer, name = _speaker(form, one)
        for purpose in Purpose:
            chosen = form.get(f"{purpose}-{one.id}") or (form.get(f"all-{purpose}") if ticked else "")
            if not chosen:
                continue
            answer = read_answer(chosen, purpose, ON_PAPER)
            if (carer is None and not name) or (answer is Answer.SET_ASIDE and carer is not None):
                raise Refusal(Reason.NOT_UNDERSTOOD, "who")
            paper.rows.append(PaperInput(one.id, purpose, answer, said_on, carer, name, wording))
    except Refusal as problem:
        paper.wrong[one.id] = problem.field


def _speaker(form: MultiDict[str, str], one: Row) -> tuple[UUID | None, str]:
    """Who said it: a carer of the child, or the name of somebody who is not here."""
    try:
        name = clean_line(form.get(f"name-{one.id}", ""), NAME)
    except TooLong:
        raise Refusal(Reason.TOO_LONG, "name", NAME) from None
    who = form.get(f"who-{one.id}", "")
    if who == SOMEBODY or not who:
        return None, name
    carer = read_id(who)
    if carer not in {id_ for id_, _ in one.carers}:
        raise Refusal(Reason.NOT_UNDERSTOOD, "who")
    return carer, ""
