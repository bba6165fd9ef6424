"""What a form on the page of a worry asks for, done."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from journal.refusals import Reason, Refusal
from journal.safeguarding import acts, course, holding, joining
from journal.safeguarding.forms import STEP, read_day, read_id, read_ids, read_line, read_long, read_step
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.text import CONCERN, NOTE
from journal.words import CaseState

Form = MultiDict[str, str]


def do(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    """Do what the pressed button says, and return what is told then. Raises Refusal(NOT_UNDERSTOOD) for no button."""
    known = _DOES.get(form.get("do", "answer"))
    if known is None:
        raise Refusal(Reason.NOT_UNDERSTOOD)
    return known(session, me, concern, form)


def _answer(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    which = read_id(form.get("of")) or concern
    acts.answer_worry(session, me, which, read_long(form, "answer"))
    return _("Your answer is there for them to read.")


def _note(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    course.write_note(session, me, concern, read_long(form, "note", CONCERN))
    return _("Your note is added.")


def _step(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    course.add_step(session, me, concern, read_step(form))
    return _("The step is added.")


def _done(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    step = read_id(form.get("which"))
    if step is None:
        raise Refusal(Reason.NOT_UNDERSTOOD)
    course.finish_step(session, me, concern, step)
    return _("Done.")


def _take(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    course.take(session, me, concern, read_id(form.get("assigned")) or me.membership)
    return _("It is written down who takes care of it.")


def _move(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    state = next((one for one in CaseState if one == form.get("state")), CaseState.NEW)
    reason = "waiting" if state is CaseState.WAITING else "reason"
    course.move(session, me, concern, state, read_long(form, reason, NOTE))
    return _("It is written down where it stands.")


def _pass(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    course.pass_on(session, me, concern, read_long(form, "passed", NOTE))
    return _("It is written down that you passed it on.")


def _join(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    other = read_id(form.get("join"))
    if other is None:
        raise Refusal(Reason.NOTHING_CHOSEN, "join")
    joining.join(session, me, concern, other)
    return _("They are one now.")


def _name(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    joining.name_more(session, me, concern, read_ids(form.getlist("person")))
    return _("It is written down whom else it is about.")


def _hold(session: Session, me: Viewer, concern: UUID, form: Form) -> str:
    wanted = holding.HoldInput(
        reason=read_line(form, "hold_reason", STEP),
        pupil=read_id(form.get("child")),
        concern=concern,
        review_on=read_day(form, "review_on"),
    )
    holding.put_hold(session, me, wanted)
    return _("The hold is on.")


_DOES: Mapping[str, Callable[[Session, Viewer, UUID, Form], str]] = {
    "answer": _answer,
    "note": _note,
    "step": _step,
    "done": _done,
    "take": _take,
    "move": _move,
    "pass": _pass,
    "join": _join,
    "name": _name,
    "hold": _hold,
}
