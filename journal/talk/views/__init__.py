"""Pages of this room: writing back, changing and taking back one's own words, hiding others'."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from journal.accounts.acts import drop_kept
from journal.accounts.reading import kept_for
from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.entries.reading import photos_in
from journal.errors import say as words_for
from journal.noticed import Question
from journal.records import Comment
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.talk import acts, keeping
from journal.talk.forms import Typed, read_id, read_photos, read_reach, read_typed, read_words
from journal.talk.reading import kept_words, own_words, page_of, reads, said_before, unsent_photos
from journal.talk.views.asking import questions_about
from journal.talk.views.form import edit_page, filled, say_page, with_pictures
from journal.talking import Problem, SayForm
from journal.words import Role

blueprint = Blueprint("talk", __name__)


@blueprint.route("/entries/<uuid:entry>/say", methods=["GET", "POST"])
@open_to(*SIGNED_IN)
def say(entry: UUID) -> str | tuple[str, int] | Response:
    """Write back. (GET: the form by itself, with words that were kept while somebody was signed out.)"""
    if request.method == "GET":
        rested = kept_words(db(), viewer(), entry)
        kept = kept_for(db(), viewer(), request.path) or rested
        typed = read_typed(MultiDict(kept or {}))
        page = say_page(entry, read_id(typed.parent or request.args.get("reply")))
        page = replace(page, form=filled(page.form, typed)) if kept else page
        page = replace(page, form=replace(page.form, holds_kept=rested is not None))
        return render_template("talk/say.html", page=page)
    typed = read_typed(request.form)
    once, parent = read_id(typed.once), read_id(typed.parent)
    twice = said_before(db(), viewer(), once) if once else None
    if twice is not None and _says_the_same(twice, typed):
        return _to(twice)
    once = once if twice is None else None  # a form that a browser brought back: other words are said for themselves
    try:
        say_page(entry, parent)
    except Unseen:
        # Perhaps it was open on their screen when reading came to rest: what they wrote is not lost.
        if typed.do != "send" or not keeping.rests_from_reading(db(), viewer(), entry):
            raise
        _keep(entry, typed)
        return redirect(url_for("accounts.home"), 303)
    if typed.do == "drop":
        keeping.drop_words(db(), viewer(), entry)
        flash(_("It is thrown away. Nobody has seen it."))
        return redirect(url_for("entries.show", entry=entry), 303)
    typed, problems = with_pictures(typed)
    asked: tuple[Question, ...] = ()
    if typed.do == "send" and not problems:
        try:
            asked = questions_about(_said(typed), typed.kept)
            if not asked:
                return _to(_say(entry, parent, typed, once))
        except Refusal as refusal:
            db().rollback()
            if refusal.reason is Reason.RESTING:
                return _keep(entry, typed)
            problems = [Problem(refusal.field, words_for(refusal))]
    page = say_page(entry, parent)
    page = replace(page, form=replace(filled(page.form, typed, problems), asked=asked))
    return render_template("talk/say.html", page=page), 400 if problems else 200


def _says_the_same(comment: Comment, typed: Typed) -> bool:
    """Whether a form was sent twice, and not other words in it."""
    try:
        words = read_words(typed, rich=viewer().role is not Role.PUPIL).words
        revision = own_words(db(), viewer(), comment.id)[1]
    except (Refusal, Unseen):
        return False
    photos = {str(one.id) for one in photos_in(db(), [revision.id])[revision.id]}
    return words == revision.words and set(typed.photos) <= photos


def _say(entry: UUID, parent: UUID | None, typed: Typed, once: UUID | None) -> Comment:
    """Say what was typed. Of two presses at one moment the second finds what the first said."""
    session, who = db(), viewer()
    said = replace(_said(typed), reach=read_reach(typed), looking_at=read_id(typed.looking_at), once=once)
    try:
        comment = acts.say(session, who, entry, parent, said)
    except IntegrityError:
        session.rollback()
        twice = said_before(session, who, once) if once else None
        if twice is None:
            raise Refusal(Reason.NOT_UNDERSTOOD) from None
        return twice
    drop_kept(session, who, request.path)
    keeping.drop_words(session, who, entry)
    return comment


def _keep(entry: UUID, typed: Typed) -> Response:
    """Keep what was written while writing back has a rest, with its pictures."""
    fields = {name: many for name, many in request.form.to_dict(flat=False).items() if name not in ("csrf_token", "do")}
    keeping.keep_for_later(db(), viewer(), entry, {**fields, "order": list(typed.photos)})
    flash(_("Kept. Only you can see it. You can send it when writing back wakes up."), "sun")
    return redirect(url_for("entries.show", entry=entry, _anchor="say"), 303)


def _said(typed: Typed, comment: UUID | None = None) -> acts.SayInput:
    """What was typed, as the acts want it. Raises Refusal."""
    if typed.twice:
        raise Refusal(Reason.NOT_UNDERSTOOD)
    words = read_words(typed, rich=viewer().role is not Role.PUPIL)
    ids = [one for raw in typed.photos if (one := read_id(raw)) is not None]
    known = {row.id for row in unsent_photos(db(), viewer(), ids, comment)} if ids else set()
    return acts.SayInput(words=words.words, html=words.html, photos=read_photos(typed, known))


@blueprint.route("/comments/<uuid:comment>", methods=["GET"])
@open_to(*SIGNED_IN)
def show(comment: UUID) -> Response:
    """A comment, where it stands: on its entry's page, for whoever has yet to decide about it where that is done."""
    found = acts.seen_comment(db(), comment)
    if not reads(db(), viewer(), found):
        return redirect(url_for("moderation.to_read", item=comment), 303)
    return _to(found)


@blueprint.route("/comments/<uuid:comment>/edit", methods=["GET", "POST"])
@open_to(*SIGNED_IN)
def edit(comment: UUID) -> str | tuple[str, int] | Response:
    """Change one's own words."""
    found, form = edit_page(comment)
    if request.method == "GET":
        kept = kept_for(db(), viewer(), request.path)
        if kept:
            form = filled(form, read_typed(MultiDict(kept)), comment=comment)
        return render_template("talk/edit.html", comment=found, form=form, typed=bool(kept))
    typed, problems = with_pictures(read_typed(request.form), comment)
    status = 400
    if typed.do == "send" and not problems:
        try:
            said = _said(typed, comment)
            asked = questions_about(said, typed.kept, form.words)
            if asked:
                form = _asking(form, typed, comment, asked)
                return render_template("talk/edit.html", comment=found, form=form, typed=True)
            changed = acts.edit(db(), viewer(), comment, said)
            drop_kept(db(), viewer(), request.path)
            return _to(changed)
        except Refusal as refusal:
            db().rollback()
            problems = [Problem(refusal.field, words_for(refusal))]
        except IntegrityError:
            db().rollback()
            status, problems = 409, [Problem("", words_for(Refusal(Reason.CHANGED_ELSEWHERE)))]
    found, form = edit_page(comment)
    form = filled(form, typed, problems, comment)
    return render_template("talk/edit.html", comment=found, form=form, typed=True), status if problems else 200


def _asking(form: SayForm, typed: Typed, comment: UUID, asked: tuple[Question, ...]) -> SayForm:
    return replace(filled(form, typed, comment=comment), asked=asked)


@blueprint.route("/comments/<uuid:comment>/take-back", methods=["POST"])
@open_to(*SIGNED_IN)
def take_back(comment: UUID) -> Response:
    """Take one's own words back; the next page offers to undo it."""
    found = acts.take_back(db(), viewer(), comment, current_app.config["SETTINGS"].undo_time)
    return redirect(url_for("entries.show", entry=found.entry_id, undo=found.id), 303)


@blueprint.route("/comments/<uuid:comment>/bring-back", methods=["POST"])
@open_to(*SIGNED_IN)
def bring_back(comment: UUID) -> Response:
    """Undo taking back."""
    return _to(acts.bring_back(db(), viewer(), comment))


@blueprint.route("/comments/<uuid:comment>/hide", methods=["POST"])
@open_to(*SIGNED_IN)
def hide(comment: UUID) -> Response:
    """Hide somebody's words from oneself."""
    try:
        found = acts.hide(db(), viewer(), comment)
    except IntegrityError:  # pressed twice at once: the other press has hidden it
        db().rollback()
        found = acts.seen_comment(db(), comment)
    flash(_("It is hidden from you. Everybody else still sees it."))
    return _to(found)


@blueprint.route("/comments/<uuid:comment>/show-again", methods=["POST"])
@open_to(*SIGNED_IN)
def show_again(comment: UUID) -> Response:
    """Show oneself again what one had hidden."""
    return _to(acts.show_again(db(), viewer(), comment))


def _to(comment: Comment) -> Response:
    """On to a comment where it stands: the page of the talk that holds it."""
    after = page_of(db(), comment)
    where = url_for(
        "entries.show", entry=comment.entry_id, after=str(after) if after else None, _anchor=f"c-{comment.id}"
    )
    return redirect(where, 303)
