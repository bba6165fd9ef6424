"""Pages of this room: what waits, and deciding about it."""

from types import SimpleNamespace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.accounts.acts import drop_kept
from journal.accounts.reading import kept_for
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.feeds import read_mark
from journal.languages import listed
from journal.looks import look_at
from journal.moderation import acts
from journal.moderation.answers import mark_read, note_desk
from journal.moderation.around import detail, what_happened
from journal.moderation.forms import read_decision, read_words, with_note
from journal.moderation.reading import to_put_away
from journal.moderation.views import sentences
from journal.moderation.views.noting import TYPED, builder, note_sent, told_words, typed_built
from journal.moderation.views.shown import count_words, done_words, happened, item_object, lead_actions, row
from journal.moderation.waiting import Queue, Waits, queue
from journal.pages import locale
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.text import excerpt
from journal.words import LookKind, Role, Verdict

blueprint = Blueprint("moderation", __name__)
sentences.register(blueprint)

LATE = (Reason.DECIDED_ALREADY, Reason.REPLACED)
"""What happens when two decide about one thing, or it is changed meanwhile."""


@blueprint.route("/to-read", methods=["GET"])
@open_to(Role.TEACHER, Role.LEAD)
def to_read() -> str | Response:
    """What waits for this viewer, and one of it with all that is needed to decide."""
    kept: dict[str, list[str]] = {}
    item = _id(request.args.get("item")) or _id(request.args.get("then"))
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
    flash(done_words(decision.verdict))
    return redirect(
        url_for(".to_read", then=_id(request.form.get("then")), after=request.form.get("after") or None), 303
    )


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
    mark = read_mark(request.values.get("after"))
    found = queue(db(), mark, item)
    if mark is not None and not found.rows:
        mark, found = None, queue(db(), None, item)
    chosen = found.chosen or (found.rows[0] if found.rows else None)
    late = refusal is not None and refusal.reason is Reason.DECIDED_ALREADY and item is not None
    leading = viewer().role is Role.LEAD
    if chosen is not None:
        look_at(db(), viewer(), chosen.item, LookKind.MODERATED)
    desk = note_desk(db(), chosen.item.id if chosen else None)
    return render_template(
        "moderation/to_read.html",
        count=count_words(found),
        rows=[row(one, chosen) for one in found.rows],
        older=url_for(".to_read", after=str(found.older)) if found.older else None,
        newest=url_for(".to_read") if mark else None,
        after=str(mark or ""),
        then=_next(found, chosen),
        item=item_object(chosen, detail(db(), chosen)) if chosen else None,
        lead=found.lead,
        builder=builder(desk),
        told=[told_words(one) for one in desk.told],
        answers=[told_words(one) for one in desk.unread],
        leading=leading,
        actions=lead_actions() if leading or not found.lead else None,
        gone=found.chosen is None and "item" in request.args and not late,
        happened=[happened(one) for one in what_happened(db(), viewer(), item)] if late and item else [],
        kept=words if late or found.chosen is None else {},
        words={} if late or found.chosen is None else words,
        problems=_problems(refusal),
        wrong=_wrong(refusal),
    )


def _id(raw: str | None) -> UUID | None:
    try:
        return UUID(raw) if raw else None
    except ValueError:
        return None


def _problems(refusal: Refusal | None) -> list[SimpleNamespace]:
    return [SimpleNamespace(field=refusal.field, say=say(refusal))] if refusal else []


def _wrong(refusal: Refusal | None) -> dict[str, str]:
    return {refusal.field: say(refusal)} if refusal and refusal.field else {}


def _next(found: Queue, chosen: Waits | None) -> str:
    later = [one for one in found.rows if chosen is not None and one.mark > chosen.mark]
    return str(later[0].item.id) if later else ""
