"""What a moderator does besides deciding: undo it, let several through, see news, see the keys and switch them off."""

import hashlib
from types import SimpleNamespace
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from journal.doors import by_itself, db, open_to, viewer
from journal.errors import say
from journal.flagging import flags_of
from journal.languages import listed
from journal.moderation.desk import desk_of, use_keys
from journal.moderation.together import let_through_together, looked_at, titles_of
from journal.moderation.undoing import undo
from journal.moderation.views.asked import asked, read_id
from journal.moderation.views.bar import paused
from journal.moderation.views.shown import chosen_row, row
from journal.moderation.waiting import queue
from journal.pages import locale
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.text import excerpt
from journal.words import Role

Answer = str | Response | tuple[str, int]


def register(blueprint: Blueprint) -> None:
    """Add these pages to the room's."""
    for rule, view, methods in (
        ("/to-read/undo", take_back, ["POST"]),
        ("/to-read/keys", keys, ["GET", "POST"]),
        ("/to-read/news", news, ["GET"]),
        ("/to-read/together", together, ["GET", "POST"]),
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


@by_itself
def news() -> Response:
    """The list as it is now, and which revision of the thing that is read waits: asked for again and again.

    Two queries while nothing has changed (304), and one more for what was noticed.
    """
    here = asked()
    found = queue(db(), here.after, read_id(request.args.get("item")), here.only)
    names = [f"{one.item.id} {one.revision.id} {one.late} {one.looked}" for one in found.rows]
    chosen = str(found.chosen.revision.id) if found.chosen else ""
    stands = hashlib.sha256("\n".join([chosen, str(found.older), *names]).encode()).hexdigest()[:32]
    answer = make_response("")
    answer.set_etag(stands)
    answer.headers["X-Revision"] = chosen
    if answer.make_conditional(request).status_code != 304:
        older = here.url(after=str(found.older)) if found.older else None
        newest = here.url(after=None) if here.after else None
        flags = flags_of(db(), {one.revision.id for one in found.rows})
        rows = [row(one, found.chosen, here, flags.get(one.revision.id, ())) for one in found.rows]
        answer.set_data(render_template("moderation/_list.html", rows=rows, older=older, newest=newest))
    return answer


def together() -> Answer:
    """Let through several things at once that were looked at."""
    refusal = None
    if request.method == "POST":
        try:
            done = let_through_together(db(), viewer(), _each(request.form.getlist("each")))
        except Refusal as problem:
            db().rollback()
            refusal = problem
        else:
            if done.left:
                flash(_left_words(done.left), "sun")
            if done.resting:
                flash(_resting_words(done.resting), "sun")
            return redirect(asked().url(), 303)
    looked = looked_at(db())
    rest = paused(looked)
    flags = flags_of(db(), {one.revision.id: one for one in looked})
    page = render_template(
        "moderation/together.html",
        rows=[chosen_row(one, flags.get(one.revision.id, ())) for one in looked if one.item.id not in rest],
        rests=bool(rest),
        back=asked().url(),
        hidden=asked().query,
        problems=[SimpleNamespace(field="", say=say(refusal))] if refusal else [],
    )
    return (page, 400) if refusal else page


def _each(raw: list[str]) -> list[tuple[UUID, UUID]]:
    pairs = [(read_id(item), read_id(revision)) for item, _bar, revision in (one.partition(":") for one in raw)]
    if any(item is None or revision is None for item, revision in pairs):
        raise Refusal(Reason.NOT_UNDERSTOOD)
    return [(item, revision) for item, revision in pairs if item and revision]


def _left_words(left: tuple[UUID, ...]) -> str:
    """Name what was not let through, as far as it still waits for this moderator."""
    names = _names(left)
    if not names:
        return str(_("Some were not let through: somebody else has decided about them."))
    return str(
        _(
            "Not let through, because you have not looked at them as they are now: %(names)s.",
            names=listed(names, locale()),
        )
    )


def _resting_words(resting: tuple[UUID, ...]) -> str:
    names = listed(_names(resting), locale())
    return str(_("Not let through, because they are paused: %(names)s. They go on waiting.", names=names))


def _names(items: tuple[UUID, ...]) -> list[str]:
    return [words or excerpt(more, 60) or _("A picture") for words, more in titles_of(db(), items)]
