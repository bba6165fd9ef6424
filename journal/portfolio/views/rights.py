"""Whom the head names to take portfolios home."""

from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request

from journal.doors import db, open_to, viewer
from journal.pages import face_url, when, when_within
from journal.portfolio import choosing, reading, rights
from journal.portfolio.forms import read_id
from journal.portfolio.reading import Right
from journal.portfolio.views.blueprint import Answer, go, house
from journal.records import Membership
from journal.refusals import Reason, Refusal
from journal.roles import role_words
from journal.saying import gettext as _
from journal.words import Role

NAME, UN_NAME = "name", "un-name"


@dataclass(frozen=True, slots=True)
class Staff:
    """One of the staff, to be named or named no longer."""

    id: str
    name: str
    face_url: str | None
    rel: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A line of the history."""

    words: str
    when: str


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule("/portfolio/who-may", view_func=open_to(Role.HEAD)(who_may), methods=["GET", "POST"])


def who_may() -> Answer:
    """Who is named, who could be, and what was decided so far."""
    if request.method == "POST":
        return _decide()
    found = reading.rights(db(), viewer())
    named = [one for one in found if one.ended_at is None]
    faces = choosing.members(db(), [one.member for one in named])
    return render_template(
        "portfolio/who_may.html",
        named=[
            _staff(
                faces[one.member], _("Named by %(name)s, %(when)s", name=one.given_by, when=when_within(one.given_at))
            )
            for one in named
        ],
        others=[_staff(one, role_words(one.role)) for one in reading.nameable(db(), viewer())],
        history=_history(found),
    )


def _decide() -> Answer:
    member, do = read_id(request.form.get("membership")), request.form.get("do")
    if member is None or do not in (NAME, UN_NAME):
        raise Refusal(Reason.NOT_UNDERSTOOD, "membership")
    if do == NAME:
        rights.name(db(), viewer(), member)
        flash(_("Named. They find Portfolios at the top of their pages."))
    else:
        rights.unname(db(), viewer(), house().files, member)
        flash(_("Not any more. What they ordered for the school cannot be taken home now."))
    return go("portfolio.who_may")


def _staff(one: Membership, rel: str) -> Staff:
    return Staff(str(one.id), one.name, face_url(one.id, bool(one.face)), rel)


def _history(found: list[Right]) -> list[Decided]:
    """What was decided, the newest first."""
    lines = [(one.given_at, _("%(by)s named %(name)s.", by=one.given_by, name=one.name)) for one in found]
    lines += [
        (one.ended_at, _("%(by)s said: %(name)s not any more.", by=one.ended_by, name=one.name))
        for one in found
        if one.ended_at is not None
    ]
    lines.sort(key=lambda one: one[0], reverse=True)
    return [Decided(str(words), when(at)) for at, words in lines]
