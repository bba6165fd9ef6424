"""Making something: beginning, saving, showing who will see it, handing in. All of it works without scripts."""

from dataclasses import replace
from typing import BinaryIO, cast
from uuid import UUID

from flask import Blueprint, flash, jsonify, render_template, request, url_for

from journal.attachments import acts as attachments
from journal.doors import db, open_to, viewer
from journal.entries import acts
from journal.entries.around import Around
from journal.entries.doors_of import Doors
from journal.entries.forms import Typed, check_picks, moved, read_action, read_draft, read_typed
from journal.entries.reading_draft import draft_page, last_doors, version_handed_in
from journal.entries.views import seen
from journal.entries.views.asking import must_ask, saved_as, saved_just_now
from journal.entries.views.page import (
    Answer,
    Problem,
    composer,
    doors_typed,
    drop_kept_words,
    go,
    house,
    kept_words,
    refused,
    status_of,
    strip_typed,
)
from journal.entries.views.parts import typed_written
from journal.entries.views.who import who_page
from journal.photos import broken_photos, take_away
from journal.refusals import Reason, Refusal
from journal.saying import gettext as _
from journal.words import MOST_PHOTOS, Role

MOVES = {"earlier": -1, "later": 1}


def register(blueprint: Blueprint) -> None:
    """Add these pages to the room's."""
    for rule, view, methods in (
        ("/make", make, ["GET", "POST"]),
        ("/entries/<uuid:entry>/edit", edit, ["GET", "POST"]),
        ("/entries/<uuid:entry>/save", save, ["POST"]),
        ("/entries/<uuid:entry>/who", who, ["GET", "POST"]),
    ):
        blueprint.add_url_rule(rule, view_func=open_to(Role.PUPIL)(view), methods=methods)


def starts() -> list[dict[str, str]]:
    """The ways to begin a sentence."""
    return [
        {"value": "made", "label": _("I made…"), "icon": "hammer", "words": _("I made")},
        {"value": "found", "label": _("I found…"), "icon": "binoculars", "words": _("I found")},
        {"value": "learned", "label": _("I learned…"), "icon": "lightbulb", "words": _("I learned")},
        {"value": "wonder", "label": _("I wonder…"), "icon": "cloud", "words": _("I wonder")},
    ]


def make() -> Answer:
    """Begin something: with the start of a sentence, or with an empty page."""
    if request.method == "GET":
        return render_template("entries/make.html", starts=starts())
    begun = {one["value"]: f"{one['words']} " for one in starts()}
    words = begun.get(request.form.get("start", ""), "")
    entry = acts.begin(db(), viewer(), words, starts=["", *begun.values()])
    return go("entries.edit", entry=entry.id)


def edit(entry: UUID) -> Answer:
    """The page on which an entry is written."""
    if request.method == "GET":
        return composer(entry, kept_words(entry), asked="ask" in request.args, sure=request.args.get("away", ""))
    acts.own_entry(db(), viewer(), entry)
    typed = read_typed(request.form)
    try:
        return _pressed(entry, typed)
    except Refusal as refusal:
        db().rollback()
        if refusal.reason is Reason.CHANGED_ELSEWHERE and _handed_in_already(entry, typed):
            return go("entries.show", entry=entry)
        if refusal.reason is Reason.CHANGED_ELSEWHERE and saved_just_now(draft_page(db(), viewer(), entry), typed):
            return go("entries.edit", "ask", entry=entry, ask=1)
        if refusal.reason is Reason.CHANGED_ELSEWHERE:
            return composer(entry, typed, conflict=True), 409
        return composer(entry, typed, (refused(refusal),)), status_of(refusal)


def _pressed(entry: UUID, typed: Typed) -> Answer:
    """Save, then do what was pressed. Whatever it is, what was typed and the pictures that came are kept first."""
    if _handed_in_already(entry, typed):
        return go("entries.show", entry=entry)
    action, photo = read_action(typed.do or "stay")
    if action == "use-mine":
        typed = replace(typed, version=str(draft_page(db(), viewer(), entry).version))
    if action in MOVES and photo is not None:
        typed = moved(typed, photo, MOVES[action])
    problems = _take_pictures(entry)
    around = Around(db(), viewer())
    revision = acts.save_draft(db(), viewer(), entry, read_draft(typed, _wanted_doors(around, entry, typed, action)))
    drop_kept_words(entry)
    if problems:
        db().commit()
        return composer(entry, None, problems), 400
    if action == "hand-in":
        return _hand_in(entry, around, typed)
    if action == "take-away" and photo is not None:
        return go("entries.edit", "sure", entry=entry, away=photo)
    if action == "take-away-now" and photo is not None:
        take_away(db(), revision, photo)
        flash(_("The picture is taken away."))
    if action == "name" and photo is not None:
        return go("consent.who", photo=photo)
    if action == "keep":
        flash(_("Kept. Only you can see it."))
        return go("entries.my_space")
    anchors = {"stay": "", "who": "seen-h", "same-as-last": "f-audience", "use-mine": "seen-h"}
    return go("entries.edit", anchors.get(action, "pictures"), entry=entry)


def _wanted_doors(around: Around, entry: UUID, typed: Typed, action: str) -> Doors:
    doors = doors_typed(around, typed)
    if action != "same-as-last":
        return doors
    last = last_doors(db(), viewer(), entry)
    if last is None:
        raise Refusal(Reason.NOT_NOW)
    own = {UUID(one.value) for one in around.relatives()}
    return replace(last, picked=last.picked & own, left_out=doors.left_out)


def _hand_in(entry: UUID, around: Around, typed: Typed) -> Answer:
    """Hand in what was just saved. A broken picture, a door open for nobody, a kind question (once) keep it here."""
    page = draft_page(db(), viewer(), entry)
    draft = acts.open_draft(db(), viewer(), entry)[1]
    try:
        check_picks(typed)
        if broken_photos(db(), draft):
            raise Refusal(Reason.PICTURE_BROKEN, "photo")
    except Refusal as refusal:
        db().commit()
        typed = replace(typed, version=str(page.version))
        return composer(entry, typed, (refused(refusal),)), 400
    if must_ask(page, draft):
        return go("entries.edit", "ask", entry=entry, ask=1)
    try:
        acts.hand_in(db(), viewer(), entry)
    except Refusal as refusal:
        db().rollback()
        return composer(entry, read_typed(request.form), (refused(refusal),)), status_of(refusal)
    family_first = acts.family_waits(db(), entry)
    for words in seen.handed_in_words(around.strip(page.doors, page.left_out, family_first)):
        flash(words)
    return go("entries.show", entry=entry)


def _handed_in_already(entry: UUID, typed: Typed) -> bool:
    """Tell whether this very form was handed in a moment ago: the button was pressed twice."""
    if typed.do != "hand-in":
        return False
    last = version_handed_in(db(), viewer(), entry)
    return last is not None and saved_as(typed) == last


def _take_pictures(entry: UUID) -> tuple[Problem, ...]:
    """Take in the pictures that came with the form, each for itself; return what is wrong with the others."""
    problems: list[Problem] = []
    sent = [one for one in request.files.getlist("photo") if one.filename or one.stream.read(1)]
    room = MOST_PHOTOS - len(draft_page(db(), viewer(), entry).photos) if sent else 0
    for number, file in enumerate(sent, start=1):
        try:
            if number - len(problems) > room:
                raise Refusal(Reason.TOO_MANY_PHOTOS, "photo", MOST_PHOTOS)
            file.stream.seek(0)
            received = attachments.receive(house().files, cast(BinaryIO, file.stream))
            taken = attachments.keep(db(), viewer(), house().files, received)
            acts.add_photo(db(), viewer(), entry, taken)
            db().commit()
        except Refusal as refusal:
            db().rollback()
            if refusal.reason is Reason.CHANGED_ELSEWHERE:
                raise
            problems.append(refused(refusal, number if len(sent) > 1 else 0))
            if refusal.reason is Reason.TOO_MANY_PHOTOS:
                break
    return tuple(problems)


def save(entry: UUID) -> Answer:
    """Save a draft, for the page's script: says when, the next version, and who will see it now."""
    acts.own_entry(db(), viewer(), entry)
    typed = read_typed(request.form)
    around = Around(db(), viewer())
    try:
        revision = acts.save_draft(db(), viewer(), entry, read_draft(typed, doors_typed(around, typed)))
    except Refusal as refusal:
        if refusal.reason is Reason.CHANGED_ELSEWHERE:
            here = url_for("entries.edit", entry=entry)
            return {"message_html": render_template("entries/conflict.html", here=here)}, 409
        return {"message": refused(refusal).say, "field": refusal.field}, status_of(refusal)
    drop_kept_words(entry)
    return jsonify(
        saved_at_words=_("Only you can see this. Saved."),
        version=revision.version,
        strip_html=_strip(around, entry, revision.id, typed),
        problems=[],
    )


def who(entry: UUID) -> Answer:
    """Who can see it now. Posted: who will see it through the doors that are ticked; nothing is saved."""
    if request.method == "GET":
        return who_page(entry)
    found = acts.own_entry(db(), viewer(), entry)
    return _strip(Around(db(), viewer()), entry, found.draft_id, read_typed(request.form))


def _strip(around: Around, entry: UUID, draft: UUID | None, typed: Typed) -> str:
    strip = strip_typed(around, typed, typed_written(entry, draft, typed, draft))
    return render_template("entries/strip.html", strip=strip)
