"""The page of the sentences of which kind notes are built: those that come along, and the school's own."""

from types import SimpleNamespace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.kindness import shipped
from journal.moderation import notes
from journal.moderation.forms import read_words
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.words import NotePart, Role


def register(blueprint: Blueprint) -> None:
    """Add the page to its room."""
    blueprint.add_url_rule("/kind-sentences", "sentences", sentences, methods=["GET", "POST"])


@open_to(Role.TEACHER, Role.LEAD, Role.OFFICE)
def sentences() -> str | Response | tuple[str, int]:
    """The sentences, to add one's own, take them out, and say which of those that come along are offered."""
    if request.method == "GET":
        return _page()
    try:
        flash(_done())
    except Refusal as refusal:
        db().rollback()
        return _page(refusal), 400
    return redirect(url_for(".sentences"), 303)


def _done() -> str:
    form, who = request.form, viewer()
    if form.get("do") == "add":
        notes.add_sentence(db(), who, _part(form.get("part", "")), read_words(form, "words"))
        return str(_("Added. It is offered with the next note."))
    if form.get("do") == "take-out":
        notes.take_out(db(), who, _id(form.get("sentence", "")))
        return str(_("Taken out. Notes that hold it stay as they are."))
    known = {one.key: one.part for one in shipped()}
    key = form.get("sentence", "")
    if form.get("do") not in ("offer", "leave-out") or key not in known:
        raise Refusal(Reason.NOT_UNDERSTOOD)
    notes.offer(db(), who, key, known[key], form.get("do") == "offer")
    return str(_("Offered again.") if form.get("do") == "offer" else _("Not offered any more."))


def _part(raw: str) -> NotePart:
    if raw not in tuple(NotePart):
        raise Refusal(Reason.NOT_UNDERSTOOD)
    return NotePart(raw)


def _id(raw: str) -> UUID:
    try:
        return UUID(raw)
    except ValueError:
        raise Refusal(Reason.NOT_UNDERSTOOD) from None


def _page(refusal: Refusal | None = None) -> str:
    rows = notes.own_sentences(db())
    off = {row.key for row in rows if row.key}
    legends = {
        NotePart.GOOD: _("One true thing that is good"),
        NotePart.CHANGE: _("One thing to change, and why"),
        NotePart.BACK: _("The way back"),
    }
    parts = [
        SimpleNamespace(
            value=part.value,
            label=legend,
            own=[row for row in rows if not row.key and row.part is part],
            shipped=[
                SimpleNamespace(key=one.key, words=one.words, offered=one.key not in off)
                for one in shipped()
                if one.part is part
            ],
        )
        for part, legend in legends.items()
    ]
    wrong = {refusal.field: say(refusal)} if refusal and refusal.field else {}
    problems = [SimpleNamespace(field=refusal.field, say=say(refusal))] if refusal else []
    part, words = request.form.get("part", "good"), request.form.get("words", "") if refusal else ""
    back = url_for("moderation.to_read") if viewer().role is not Role.OFFICE else url_for("accounts.home")
    return render_template(
        "moderation/sentences.html", parts=parts, wrong=wrong, problems=problems, part=part, words=words, back=back
    )
