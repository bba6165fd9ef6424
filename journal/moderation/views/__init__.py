"""Pages of this room: what waits, and deciding about it."""

from collections.abc import Sequence
from types import SimpleNamespace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from journal.accounts.acts import drop_kept
from journal.accounts.reading import kept_for
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.flagging import Raised, flags_of
from journal.lacking import photos_that_wait
from journal.languages import listed
from journal.looks import look_at
from journal.moderation import acts
from journal.moderation.answers import NoteDesk, mark_read, note_desk
from journal.moderation.around import detail, what_happened
from journal.moderation.desk import Desk
from journal.moderation.forms import read_decision, read_words, with_note
from journal.moderation.reading import to_put_away
from journal.moderation.views import days, more, sentences, who
from journal.moderation.views.asked import Asked, asked, read_id
from journal.moderation.views.bar import fresh_object, lead_actions, parts, paused
from journal.moderation.views.noting import (
    TYPED,
    builder,
    needed,
    note_sent,
    told_words,
    typed_built,
    undone_words,
)
from journal.moderation.views.shown import count_words, happened, item_object, row
from journal.moderation.waiting import Queue, Waits, queue
from journal.pages import locale
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.site import url_for
from journal.text import excerpt
from journal.words import LookKind, Role, Verdict

blueprint = Blueprint("moderation", __name__)
more.register(blueprint)
who.register(blueprint)
days.register(blueprint)
sentences.register(blueprint)

LATE = (Reason.DECIDED_ALREADY, Reason.REPLACED, Reason.NOT_AT_DESK)
"""What happens when two decide about one thing, or it is changed meanwhile."""


@blueprint.route("/to-read", methods=["GET"])
@open_to(Role.TEACHER, Role.LEAD)
def to_read() -> str | Response:
    """What waits for this viewer, and one of it with all that is needed to decide."""
    kept: dict[str, list[str]] = {}
    item = read_id(request.args.get("item")) or read_id(request.args.get("then"))
    if item is not None and "kept" in request.args:
        kept = kept_for(db(), viewer(), url_for(".decide", item=item)) or {}
    words = {name: kept[name][0] for name in TYPED if kept.get(name)}
    return _page(item, words)


@blueprint.route("/to-read/<uuid:item>", methods=["GET", "POST"])
@open_to(Role.TEACHER, Role.LEAD)
def decide(item: UUID) -> Response | tuple[str, int]:
    """Decide, and go on to what waits next. (GET: the way back after signing in again.)"""
    if request.method == "GET":
        return redirect(url_for(".to_read", item=item, kept=1))
    try:
        if request.form.get("decision") == "build":
            return _page(item, typed_built(request.form)), 200
        decision = read_decision(request.form, item)
        if decision.verdict is Verdict.SENT_BACK:
            decision = with_note(decision, note_sent(request.form, decision.note))
        if viewer().role is Role.LEAD and decision.verdict is Verdict.PASSED_ON:
            raise Refusal(Reason.NOT_UNDERSTOOD)
        acts.decide(db(), viewer(), decision)
    except Refusal as refusal:
        db().rollback()
        page = _page(item, {name: request.form.get(name, "") for name in TYPED}, refusal)
        return page, 409 if refusal.reason in LATE else 400
    drop_kept(db(), viewer(), request.path)
    return redirect(asked().url(then=read_id(request.form.get("then")), _anchor="item"), 303)


@blueprint.route("/answers/<uuid:answer>/read", methods=["POST"])
@open_to(Role.TEACHER, Role.LEAD)
def answer_read(answer: UUID) -> Response:
    """Say that an answer to a note was read: the writer is told so, and it stands here no longer."""
    mark_read(db(), viewer(), answer)
    return redirect(url_for(".to_read"), 303)


@blueprint.route("/items/<uuid:item>/put-away", methods=["GET", "POST"])
@open_to(Role.TEACHER, Role.LEAD)
def put_away(item: UUID) -> str | Response | tuple[str, int]:
    """Put away what is shown already, with a reason."""
    about = to_put_away(db(), viewer(), item)
    back = url_for("entries.show", entry=about.entry)
    if about.concern is not None:
        back = url_for("safeguarding.concern", concern=about.concern)
    problem = None
    if request.method == "POST":
        try:
            acts.put_away_shown(db(), viewer(), item, read_words(request.form, "reason"))
            flash(_("Put away. %(name)s is told kindly, and that nobody is in trouble.", name=about.name))
            return redirect(back if about.concern is not None else url_for(".to_read"), 303)
        except Refusal as refusal:
            problem = refusal
    page = render_template(
        "moderation/put_away.html",
        about=about,
        title=about.title or excerpt(about.words, 60) or _("A picture"),
        groups=listed(about.groups, locale()),
        back=back,
        reason=request.form.get("reason", ""),
        problems=_problems(problem),
        wrong=_wrong(problem),
    )
    return (page, 400) if problem else page


def _page(item: UUID | None, words: dict[str, str], refusal: Refusal | None = None) -> str:
    """The page with this item chosen, or the oldest that waits."""
    here = asked()
    found = queue(db(), here.after, item, here.only)
    if here.after is not None and not found.rows:
        here = Asked(None, here.only)
        found = queue(db(), None, item, here.only)
    chosen = found.chosen or (found.rows[0] if found.rows else None)
    late = refusal is not None and refusal.reason in (Reason.DECIDED_ALREADY, Reason.NOT_AT_DESK) and item is not None
    if chosen is not None:
        look_at(db(), viewer(), chosen.item, LookKind.MODERATED, chosen.revision.number)
    gone = found.chosen is None and "item" in request.args and not late
    waits = {one.revision.id: one for one in (*found.rows, *([chosen] if chosen else []))}
    flags = flags_of(db(), waits)
    notes = note_desk(db(), chosen.item.id if chosen else None)
    return render_template(
        "moderation/to_read.html",
        rows=[row(one, chosen, here, flags.get(one.revision.id, ())) for one in found.rows],
        item=_item(chosen, flags.get(chosen.revision.id, ())) if chosen else None,
        builder=builder(notes),
        told=[told_words(one) for one in notes.told],
        answers=[told_words(one) for one in notes.unread],
        gone=gone,
        happened=[happened(one) for one in what_happened(db(), viewer(), item)]
        if late and item and refusal and refusal.reason is Reason.DECIDED_ALREADY
        else [],
        kept=words if late or found.chosen is None else {},
        words=_typed(words, notes, chosen) if not late and (found.chosen or not words) else {},
        needed=needed(),
        problems=_problems(refusal),
        wrong=_wrong(refusal),
        **_around_it(found, chosen, here, notes.desk),
    )


def _around_it(found: Queue, chosen: Waits | None, here: Asked, desk: Desk) -> dict[str, object]:
    """What stands around the thing that is read: the list's ends, the desk, the bar."""
    leading = viewer().role is Role.LEAD
    earlier, later = _beside(found, chosen)
    return {
        "count": count_words(found),
        "news": url_for(".news", item=chosen.item.id if chosen else None, **here.query),
        "several": url_for(".together", **here.query) if any(one.looked for one in found.rows) else None,
        "parts": parts(desk, here, leading),
        "older": here.url(after=str(found.older)) if found.older else None,
        "newest": here.url(after=None) if here.after else None,
        "hidden": here.query,
        "then": str(later.item.id) if later else "",
        "next": here.url(item=later.item.id, _anchor="item") if later else None,
        "previous": here.url(item=earlier.item.id, _anchor="item") if earlier else None,
        "lead": found.lead,
        "leading": leading,
        "actions": lead_actions() if leading or not found.lead else None,
        "rests": chosen is not None and bool(paused([chosen])),
        "keys": desk.keys,
        "fresh": fresh_object(desk.fresh, here),
    }


def _typed(words: dict[str, str], notes: NoteDesk, chosen: Waits | None) -> dict[str, str]:
    """What stands in the fields: what was typed, else what was written with a decision that was just undone."""
    return words or (undone_words(notes, chosen.revision.id) if chosen else {})


def _problems(refusal: Refusal | None) -> list[SimpleNamespace]:
    return [SimpleNamespace(field=refusal.field, say=say(refusal))] if refusal else []


def _wrong(refusal: Refusal | None) -> dict[str, str]:
    return {refusal.field: say(refusal)} if refusal and refusal.field else {}


def _beside(found: Queue, chosen: Waits | None) -> tuple[Waits | None, Waits | None]:
    """What stands before and behind the chosen one in the list."""
    if chosen is None:
        return None, None
    earlier = [one for one in found.rows if one.mark < chosen.mark]
    later = [one for one in found.rows if one.mark > chosen.mark]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def _item(chosen: Waits, raised: Sequence[Raised]) -> SimpleNamespace:
    """One thing that waits, with what the aids noticed and who in its pictures lacks a yes."""
    around = detail(db(), chosen)
    found = item_object(chosen, around, raised)
    photos = [one.id for one in around.photos]
    found.consent = photos_that_wait(db(), chosen.revision.id, photos, chosen.circles)
    return found
