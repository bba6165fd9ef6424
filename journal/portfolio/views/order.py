"""Ordering a pupil's portfolio: what goes in, a look at it, the order. All of it works without scripts."""

from uuid import UUID

from flask import Blueprint, request

from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.pages import locale, zone
from journal.portfolio import acts
from journal.portfolio.forms import LOOK, Part, Typed, read_scope, read_typed
from journal.portfolio.views.asking import ask
from journal.portfolio.views.blueprint import Answer, Problem, go, house, refused
from journal.portfolio.views.looking import look
from journal.portfolio.views.ticking import choose, turn
from journal.refusals import Reason, Refusal


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule(
        "/portfolio/of/<uuid:membership>", view_func=open_to(*SIGNED_IN)(order), methods=["GET", "POST"]
    )


def order(membership: UUID) -> Answer:
    """Choose what goes in, look at it, order it."""
    if request.method == "GET":
        return ask(membership, Typed())
    typed = read_typed(request.form)
    try:
        return _pressed(membership, typed)
    except Refusal as refusal:
        db().rollback()
        return _again(membership, typed, refused(refusal)), 400


def _pressed(pupil: UUID, typed: Typed) -> Answer:
    by_hand = typed.part == Part.CHOSEN
    if typed.do == "change":
        return choose(pupil, typed) if by_hand and typed.step == LOOK else ask(pupil, typed)
    if by_hand and typed.do == "look" and not typed.step:
        return choose(pupil, typed)
    if by_hand and typed.do not in ("look", "order"):
        return turn(pupil, typed)
    if typed.do == "order":
        scope = read_scope(typed, zone().key)
        found = acts.order(db(), viewer(), house(), pupil, scope, locale())
        return go("portfolio.made", export=found.id)
    if typed.do != "look":
        raise Refusal(Reason.NOT_UNDERSTOOD)
    return look(pupil, typed)


def _again(pupil: UUID, typed: Typed, problem: Problem) -> str:
    """The page that was sent, with what is wrong with it."""
    if typed.part == Part.CHOSEN and typed.step:
        return choose(pupil, typed, (problem,))
    return ask(pupil, typed, (problem,))
