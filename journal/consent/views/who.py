"""Saying who is in a picture: the page of the pupil who made it, and of the moderator."""

from types import SimpleNamespace
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.consent import acts, tagging
from journal.consent.forms import read_id, read_named
from journal.consents import missing
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.lacking import why
from journal.pages import face_url
from journal.refusals import Refusal
from journal.saying import gettext as _
from journal.words import Role


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    view = open_to(Role.PUPIL, Role.TEACHER, Role.LEAD)(who)
    blueprint.add_url_rule("/photos/<uuid:photo>/who", view_func=view, methods=["GET", "POST"])


def who(photo: UUID) -> str | Response | tuple[str, int]:
    """Name the pupils in a picture."""
    picture = tagging.picture(db(), viewer(), photo)
    refusal = None
    if request.method == "POST":
        try:
            _keep(picture)
            # A child goes on with what they are making; a moderator sees what the names mean.
            return redirect(_back(picture) if picture.own else url_for(".who", photo=photo), 303)
        except Refusal as problem:
            db().rollback()
            refusal = problem
    pupils, others = tagging.pupils(db(), viewer(), picture)
    people = [_person(one) for one in pupils]
    page = render_template(
        "consent/who.html",
        picture=picture,
        url=url_for("attachments.photo", photo=photo, size="large") if picture.seen else None,
        back=_back(picture),
        people=people,
        named=[one for one in people if one.chosen],
        others=others,
        lacking=(lacking := _lacking(picture)),
        asking=_asking(picture) if any(one.asks for one in lacking) else [],
        kept_back=any(one.lacks for one in pupils),
        problem=say(refusal) if refusal else "",
    )
    return page if refusal is None else (page, 400)


def _keep(picture: tagging.Picture) -> None:
    pupil, carer = read_id(request.form.get("asked")), read_id(request.form.get("carer"))
    if pupil is not None and carer is not None:
        acts.note_yes(db(), viewer(), picture.photo, pupil, carer)
        flash(_("Written down: yes to this picture."))
        return
    chosen, others, before = read_named(request.form)
    tagging.say_who(db(), viewer(), picture.photo, chosen, others, before)
    flash(_("Kept. Nobody was told."))


def _back(picture: tagging.Picture) -> str:
    if picture.own and not picture.handed_in:
        return url_for("entries.edit", entry=picture.entry, _anchor="pictures")
    if picture.own:
        return url_for("entries.show", entry=picture.entry)
    return url_for("moderation.to_read", item=picture.item)


def _person(one: tagging.Pupil) -> SimpleNamespace:
    return SimpleNamespace(
        id=str(one.id), name=one.name, face_url=face_url(one.id, one.face), chosen=one.chosen, kept=one.kept
    )


def _asking(picture: tagging.Picture) -> list[SimpleNamespace]:
    """The carers who want to be asked about this picture, for a moderator to write down that they said yes."""
    return [
        SimpleNamespace(pupil=str(pupil), carer=str(carer), name=name)
        for pupil, carers in acts.askers(db(), picture.photo).items()
        for carer, name in carers.items()
    ]


def _lacking(picture: tagging.Picture) -> list[SimpleNamespace]:
    """Who lacks a yes, by name, for a moderator alone."""
    if picture.own or picture.revision is None:
        return []
    found = missing(db(), [picture.revision]).get(picture.revision, ())
    return [why(one) for one in found if one.photo == picture.photo]
