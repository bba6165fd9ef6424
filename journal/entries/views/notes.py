"""The page of a note that came back with something: to hear it, answer it, take words, ask another grown-up."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Literal
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.accounts.acts import drop_kept
from journal.accounts.reading import kept_for
from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.entries import answers
from journal.entries.answers import CameBack
from journal.errors import say
from journal.kindness import note_words
from journal.languages import listed
from journal.pages import face_url, locale, when
from journal.records import Membership
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.text import NOTE, TooLong, clean_words
from journal.words import AnswerKind


def register(blueprint: Blueprint) -> None:
    """Add the page to its room."""
    blueprint.add_url_rule("/notes/<uuid:decision>", "note", note, methods=["GET", "POST"])


@open_to(*SIGNED_IN)
def note(decision: UUID) -> str | Response | tuple[str, int]:
    """A note, for whoever got it; and what they do with it."""
    if request.method == "GET":
        kept = kept_for(db(), viewer(), request.path) or {}
        return _page(decision, {name: many[0] for name, many in kept.items() if many})
    try:
        return _done(decision)
    except Refusal as refusal:
        db().rollback()
        return _page(decision, {name: request.form.get(name, "") for name in ("words", "why")}, refusal), 400


def _done(decision: UUID) -> Response:
    do = request.form.get("do")
    if do == "answer":
        answers.answer(db(), viewer(), decision, _words("words"))
        flash(_("Your answer is sent."))
    elif do == "ask":
        answers.ask_again(db(), viewer(), decision, _words("why"))
        flash(_("Another grown-up looks at it now."))
    elif do == "keep":
        answers.keep_mine(db(), viewer(), decision)
        flash(_("You keep your own words."))
    elif do == "use":
        sent = answers.use_words(db(), viewer(), decision)
        flash(_("The new words are in it. Nobody sees them until you share it."))
        return redirect(url_for("entries.edit", entry=sent.item.id), 303)
    else:
        raise Refusal(Reason.NOT_UNDERSTOOD)
    drop_kept(db(), viewer(), request.path)
    return redirect(url_for("entries.note", decision=decision), 303)


def _words(field: str) -> str:
    try:
        return clean_words(request.form.get(field, ""), NOTE)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, field, long.limit) from None


def _page(decision: UUID, words: dict[str, str], refusal: Refusal | None = None) -> str:
    sent = answers.came_back(db(), viewer(), decision)
    can_ask = answers.can_ask(db(), sent)
    others = answers.who_else(db(), sent) if can_ask else []
    readers = answers.readers(db(), sent.item, sent.decision.group_id)
    entry = sent.item.entry_id or sent.item.id
    return render_template(
        "entries/note.html",
        sent=_sent(sent),
        said=_done_before(sent, AnswerKind.SAID),
        asked=_done_before(sent, AnswerKind.ASKED),
        others=_names(others, "or"),
        readers=_names(readers) or _("The school"),
        mend=url_for("entries.edit", entry=entry) if sent.item.entry_id is None else None,
        back=url_for("entries.show", entry=entry, _anchor=None if sent.item.entry_id is None else f"c-{sent.item.id}"),
        words=words,
        wrong={refusal.field: say(refusal)} if refusal and refusal.field else {},
        problems=[SimpleNamespace(field=refusal.field, say=say(refusal))] if refusal else [],
    )


def _sent(sent: CameBack) -> SimpleNamespace:
    decision = sent.decision
    used = AnswerKind.USED in sent.answers
    return SimpleNamespace(
        id=decision.id,
        title=sent.revision.title,
        words=note_words(decision.note, decision.pieces),
        who=SimpleNamespace(name=sent.by.name, face_url=face_url(sent.by.id, bool(sent.by.face))),
        when=when(decision.created_at),
        suggests=bool(decision.suggest_old),
        old=decision.suggest_old,
        new=decision.suggest_new,
        used=used,
        kept=AnswerKind.KEPT in sent.answers and not used,
        usable=sent.newest and sent.item.entry_id is None and not used,
    )


def _done_before(sent: CameBack, kind: AnswerKind) -> SimpleNamespace | None:
    there = sent.answers.get(kind)
    return SimpleNamespace(words=there.words, when=when(there.created_at), read=bool(there.read_at)) if there else None


def _names(people: Sequence[Membership], between: Literal["standard", "or"] = "standard") -> str:
    return listed((one.name for one in people), locale(), between) if people else ""
