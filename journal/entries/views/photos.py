"""Pictures that a script sends one by one: taken in at once, each answered with its tile."""

from typing import BinaryIO, cast
from uuid import UUID

from flask import Blueprint, render_template, request

from journal.attachments import acts as attachments
from journal.doors import db, open_to, viewer
from journal.entries import acts
from journal.entries.reading_draft import draft_page
from journal.entries.views import parts
from journal.entries.views.page import Answer, house, refused, status_of
from journal.entries.views.parts import only_options
from journal.refusals import Reason, Refusal, Unseen
from journal.words import MOST_PHOTOS, Role


def register(blueprint: Blueprint) -> None:
    """Add these pages to the room's."""
    for rule, view, methods in (
        ("/entries/<uuid:entry>/photos", add_photo, ["POST"]),
        ("/entries/<uuid:entry>/photos/<uuid:photo>", photo_tile, ["GET"]),
    ):
        blueprint.add_url_rule(rule, view_func=open_to(Role.PUPIL)(view), methods=methods)


def add_photo(entry: UUID) -> Answer:
    """Take in one picture and put it into the draft."""
    sent = request.files.getlist("photo")
    try:
        page = draft_page(db(), viewer(), entry)
        if len(sent) != 1:
            raise Refusal(Reason.NOT_UNDERSTOOD, "photo")
        if len(page.photos) >= MOST_PHOTOS:
            raise Refusal(Reason.TOO_MANY_PHOTOS, "photo", MOST_PHOTOS)
        db().commit()  # nothing is held while the picture is looked at: that takes longer than a query may
        received = attachments.receive(house().files, cast(BinaryIO, sent[0].stream))
        taken = attachments.keep(db(), viewer(), house().files, received)
        acts.add_photo(db(), viewer(), entry, taken)
    except Refusal as refusal:
        return {"message": refused(refusal).say}, status_of(refusal)
    return _tile(entry, taken.id), 201


def photo_tile(entry: UUID, photo: UUID) -> Answer:
    """How far a picture of the draft has come."""
    return _tile(entry, photo)


def _tile(entry: UUID, photo: UUID) -> str:
    for one in draft_page(db(), viewer(), entry).photos:
        if one.id == photo:
            return render_template("entries/tile.html", pic=parts.pic(one), options=only_options())
    raise Unseen
