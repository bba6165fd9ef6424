"""What a moderator does besides deciding: undo it, see the keys and switch them off."""

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.moderation.desk import desk_of, use_keys
from journal.moderation.undoing import undo
from journal.moderation.views.asked import asked, read_id
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.words import Role

Answer = str | Response | tuple[str, int]


def register(blueprint: Blueprint) -> None:
    """Add these pages to the room's."""
    for rule, view, methods in (
        ("/to-read/undo", take_back, ["POST"]),
        ("/to-read/keys", keys, ["GET", "POST"]),
    ):
        blueprint.add_url_rule(rule, view.__name__, open_to(Role.TEACHER, Role.LEAD)(view), methods=methods)


def take_back() -> Answer:
    """Undo what was decided less than a minute ago, and read it again."""
    go = read_id(request.form.get("go"))
    if go is None:
        raise Refusal(Reason.NOT_UNDONE)
    try:
        done = undo(db(), viewer(), go)
    except Refusal as refusal:
        db().rollback()
        flash(say(refusal), "sun")
        return redirect(asked().url(), 303)
    flash(_("Undone. It waits again.") if done.back == 1 else _("Undone. They wait again."))
    if done.moved_on:
        flash(_("Some could not be undone: something has happened to them since."), "sun")
    return redirect(asked().url(then=done.item), 303)


def keys() -> Answer:
    """The keys that decide, and switching them off."""
    if request.method == "POST":
        use_keys(db(), viewer(), request.form.get("keys") == "on")
        flash(_("Keys are on.") if request.form.get("keys") == "on" else _("Keys are off."))
        return redirect(asked().url(), 303)
    return render_template("moderation/keys.html", keys=desk_of(db()).keys, back=asked().url(), hidden=asked().query)
