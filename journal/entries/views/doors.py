"""What becomes of something that was handed in: its doors, taking it back, deleting it, bringing it back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from journal.doors import db, open_to, viewer
from journal.entries import acts
from journal.entries.around import Around
from journal.entries.forms import Typed, check_picks, read_only, read_typed
from journal.entries.reading_draft import DraftPage, gone, handed_in_page
from journal.entries.views import parts, seen
from journal.entries.views.page import (
    Answer,
    Problem,
    doors_context,
    doors_typed,
    go,
    refused,
    rests,
    status_of,
    undo_time,
)
from journal.entries.views.parts import only_options
from journal.pages import clock, when_within
from journal.photos import Only, fewer, narrow_now
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.text import excerpt
from journal.words import Role


def register(blueprint: Blueprint) -> None:
    """Add these pages to the room's."""
    for rule, view, methods in (
        ("/entries/<uuid:entry>/doors", doors, ["GET", "POST"]),
        ("/entries/<uuid:entry>/withdraw", withdraw, ["POST"]),
        ("/entries/<uuid:entry>/throw-away", throw_away, ["POST"]),
        ("/entries/<uuid:entry>/delete", delete, ["POST"]),
        ("/entries/<uuid:entry>/bring-back", bring_back, ["POST"]),
        ("/gone", gone_list, ["GET"]),
    ):
        name = "gone" if view is gone_list else view.__name__
        blueprint.add_url_rule(rule, name, open_to(Role.PUPIL)(view), methods=methods)


def doors(entry: UUID) -> Answer:
    """The doors of something that was handed in: shutting works at once, opening is asked again."""
    page = handed_in_page(db(), viewer(), entry)
    if page is None:
        return redirect(url_for("entries.edit", entry=entry), 303)
    if request.method == "GET":
        return _page(page)
    typed = read_typed(request.form)
    try:
        around = Around(db(), viewer())
        chosen = doors_typed(around, typed)
        if typed.do == "who":
            return _page(page, typed)
        check_picks(typed, page.doors)
        only = read_only(typed)
        acts.set_doors(db(), viewer(), entry, chosen)
        _narrow(entry, page, only)
    except Refusal as refusal:
        db().rollback()
        return _page(page, typed, (refused(refusal),)), status_of(refusal)
    flash(_("Done. The doors are as you want them."))
    after = handed_in_page(db(), viewer(), entry)
    if after is not None:
        strip = around.strip(after.doors, after.left_out, acts.family_waits(db(), entry))
        for words in [seen.first_words(one) for one in strip.first if set(one.doors) - page.doors.open]:
            flash(words)
    return go("entries.show", entry=entry)


def _narrow(entry: UUID, page: DraftPage, only: dict[UUID, Only]) -> None:
    """Keep photos for fewer people. Raises Refusal(NOT_NOW) beside the photo that was to be kept for more."""
    item = acts.own_entry(db(), viewer(), entry)
    for photo in page.photos:
        wanted = only.get(photo.id, photo.only)
        if wanted is photo.only:
            continue
        try:
            narrow_now(db(), viewer(), item, photo.id, wanted)
        except Refusal:
            raise Refusal(Reason.NOT_NOW, f"only-{photo.id}") from None


def _page(page: DraftPage, typed: Typed | None = None, problems: tuple[Problem, ...] = ()) -> str:
    around = Around(db(), viewer())
    typed = typed or parts.typed_of(page, parts.left_out_values(around, page.left_out))
    now = {one.id: one.only for one in page.photos}
    return render_template(
        "entries/doors.html",
        page=page,
        rests=rests(),
        typed=typed,
        problems=problems,
        errors={one.field: one.say for one in problems},
        photos=[_photo(number, one, now[one.id]) for number, one in enumerate(parts.pics(page.photos, typed), start=1)],
        **doors_context(around, typed, page, parts.written_before(page, typed)),
    )


def _photo(number: int, pic: parts.Pic, now: Only) -> dict[str, object]:
    """One photo, with what it can be kept for at once: what it is now, or fewer people."""
    here = fewer(now)
    return {"pic": pic, "number": number, "options": [one for one in only_options() if one.value in here]}


def withdraw(entry: UUID) -> Answer:
    """Take back what still waits."""
    try:
        found = acts.withdraw(db(), viewer(), entry)
    except Refusal as refusal:
        db().rollback()
        flash(refused(refusal).say, "sun")
        return go("entries.show", entry=entry)
    if found.draft_id is not None:
        flash(_("It is back with you. Only you can see it."))
        return go("entries.edit", entry=entry)
    flash(_("Taken back. Those doors are shut again."))
    return go("entries.show", entry=entry)


def throw_away(entry: UUID) -> Answer:
    """Throw a draft away: one that was never handed in goes with a way back, changes to others are asked about."""
    found = acts.own_entry(db(), viewer(), entry)
    if found.deleted_at is not None:
        raise Unseen
    if found.revision_id is not None and request.form.get("sure") != "yes":
        return _ask(entry, "throw_away")
    acts.throw_away(db(), viewer(), entry, undo_time())
    if found.revision_id is not None:
        flash(_("Your changes are thrown away. It is as it was before."))
        return go("entries.show", entry=entry)
    flash(_("Thrown away. You can bring it back for a while."))
    return go("entries.gone")


def delete(entry: UUID) -> Answer:
    """Delete an entry with all that was said about it, after asking."""
    found = acts.own_entry(db(), viewer(), entry)
    if found.deleted_at is not None:
        raise Unseen
    if request.form.get("sure") != "yes":
        return _ask(entry, "delete")
    acts.delete_entry(db(), viewer(), entry, undo_time())
    flash(_("Deleted. Nobody can see it now. You can bring it back for a while."))
    return go("entries.gone")


def _ask(entry: UUID, what: str) -> str:
    return render_template("entries/sure.html", entry=entry, what=what, hours=max(1, undo_time() // 3600))


def bring_back(entry: UUID) -> Answer:
    """Undo a deletion."""
    found = acts.bring_back(db(), viewer(), entry)
    flash(_("It is back."))
    return go("entries.show" if found.revision_id is not None else "entries.edit", entry=entry)


def gone_list() -> Answer:
    """What was deleted and can still be brought back."""
    rows = [
        {
            "entry": one.entry,
            "title": one.title or excerpt(one.words, 60) or _("No name yet"),
            "until": _("until %(day)s at %(time)s", day=when_within(one.until), time=clock(one.until)),
        }
        for one in gone(db(), viewer(), undo_time())
    ]
    return render_template("entries/gone.html", rows=rows)
