"""What a carer says to pictures of a child, and what a pupil reads and says of their own."""

from types import SimpleNamespace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.consent import acts, reading
from journal.consent.forms import CHOICES, read_answer, read_answers, read_id
from journal.consent.views.shown import holds, said_words, told
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.pages import face_url
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.wordings import asked, name_of
from journal.words import Answer, Purpose, Role


def register(blueprint: Blueprint) -> None:
    """Add these pages to the room's."""
    view = open_to(Role.RELATIVE, Role.PUPIL)(mine)
    blueprint.add_url_rule("/pictures-of-us", view_func=view, methods=["GET", "POST"])


def mine() -> str | Response | tuple[str, int]:
    """Saying yes or no, one's own history, and what holds."""
    refusal = None
    if request.method == "POST":
        try:
            _say()
            flash(_("Kept. It works from now on, everywhere."))
            return redirect(url_for(".mine"), 303)
        except Refusal as problem:
            db().rollback()
            refusal = problem
    page = _pupils_page() if viewer().role is Role.PUPIL else _carers_page(say(refusal) if refusal else "")
    return page if refusal is None else (page, 400)


def _say() -> None:
    if viewer().role is Role.PUPIL:
        for purpose, said in read_answers(request.form).items():
            acts.answer_own(db(), viewer(), purpose, said)
        return
    pupil = read_id(request.form.get("pupil"))
    if pupil is None:
        raise Refusal(Reason.NOT_UNDERSTOOD, "pupil")
    photo = read_id(request.form.get("photo"))
    if photo is not None:
        said = read_answer(request.form.get("answer"), "answer", (Answer.YES, Answer.NO))
        acts.answer(db(), viewer(), pupil, Purpose.CLASS_JOURNAL, said, photo)
        return
    for purpose, said in read_answers(request.form).items():
        acts.answer(db(), viewer(), pupil, purpose, said)


def _pupils_page() -> str:
    me = viewer().membership
    now_, own = reading.holds_for(db(), me)
    may = acts.has_own_say(db(), viewer())
    return render_template(
        "consent/pupil.html",
        purposes=[_purpose(one, now_[one], own[one]) for one in Purpose],
        may=may,
        history=[told(one) for one in reading.history(db(), [me])[me]],
    )


def _carers_page(problem: str) -> str:
    found = reading.children(db(), viewer())
    said = reading.history(db(), [one.id for one in found])
    children = [
        SimpleNamespace(
            id=one.id,
            name=one.name,
            face_url=face_url(one.id, one.face),
            purposes=[_purpose(purpose, one.holds[purpose], one.mine[purpose]) for purpose in Purpose],
            history=[told(line) for line in said[one.id]],
        )
        for one in found
    ]
    waiting = [
        SimpleNamespace(
            photo=one.photo,
            pupil=one.pupil,
            url=url_for("attachments.photo", photo=one.photo, size="small"),
            name=one.name,
            said=said_words(one.answer) if one.answer else "",
        )
        for one in reading.to_ask(db(), viewer())
    ]
    return render_template("consent/carer.html", children=children, waiting=waiting, problem=problem)


def _purpose(purpose: Purpose, now_: Answer | None, mine_: Answer | None) -> SimpleNamespace:
    here = Answer.NO if mine_ is Answer.WITHDRAWN else mine_
    return SimpleNamespace(
        value=purpose.value,
        name=name_of(purpose),
        asked=asked(purpose),
        holds=holds(now_),
        stricter=here is not None and now_ is not None and here is not now_,
        value_now=here.value if here else "",
        options=[SimpleNamespace(value=one.value, label=said_words(one)) for one in CHOICES],
    )
