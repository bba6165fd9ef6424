"""Ordering a pupil's portfolio: what goes in, a look at it, the order. All of it works without scripts."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, redirect, request

from journal.doors import SIGNED_IN, db, open_to, viewer
from journal.pages import locale, zone
from journal.portfolio import acts
from journal.portfolio.forms import LOOK, TICK, Part, Typed, read_scope, read_typed
from journal.portfolio.scope import EVERYTHING
from journal.portfolio.views.asking import ask, here_of
from journal.portfolio.views.blueprint import LONGEST_ADDRESS, Answer, Problem, address_of, go, house, opened, refused
from journal.portfolio.views.looking import look
from journal.portfolio.views.ticking import choose, turned
from journal.refusals import Reason, Refusal


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule(
        "/portfolio/of/<uuid:membership>", view_func=open_to(*SIGNED_IN)(order), methods=["GET", "POST"]
    )


def order(membership: UUID) -> Answer:
    """Choose what goes in, look at it, order it. Each step has an address: the way back through them is free."""
    typed = read_typed(request.args if request.method == "GET" else request.form)
    try:
        return _page(membership, typed) if request.method == "GET" else _pressed(membership, typed)
    except Refusal as refusal:
        db().rollback()
        return _again(membership, typed, refused(refusal)), 400


def _pressed(pupil: UUID, typed: Typed) -> Answer:
    by_hand = typed.part == Part.CHOSEN
    if typed.do == "order":
        scope = read_scope(typed, zone().key)
        found = acts.order(db(), viewer(), house(), pupil, scope, locale())
        return go("portfolio.made", export=found.id)
    if typed.do == "change":
        return _on(pupil, typed, TICK if by_hand and typed.step == LOOK else "")
    if by_hand and typed.do == "look" and not typed.step:
        return _on(pupil, typed, TICK)
    if by_hand and typed.do != "look":
        return _on(pupil, turned(pupil, typed), TICK)
    if typed.do != "look":
        raise Refusal(Reason.NOT_UNDERSTOOD)
    read_scope(typed, zone().key)
    return _on(pupil, typed, LOOK)


def _on(pupil: UUID, typed: Typed, step: str) -> Answer:
    """Go on to a step by its address. With more things ticked than fit into one, its page is drawn at once."""
    opened(pupil, EVERYTHING)  # raises Unseen
    address = address_of(here_of(pupil), typed, step)
    return redirect(address, 303) if len(address) <= LONGEST_ADDRESS else _page(pupil, replace(typed, step=step))


def _page(pupil: UUID, typed: Typed) -> str:
    """The page of a step: ``typed.step`` names it."""
    if typed.step == LOOK:
        return look(pupil, typed)
    return choose(pupil, typed) if typed.step == TICK else ask(pupil, typed)


def _again(pupil: UUID, typed: Typed, problem: Problem) -> str:
    """The page that was sent, with what is wrong with it."""
    if typed.part == Part.CHOSEN and typed.step:
        return choose(pupil, typed, (problem,))
    return ask(pupil, typed, (problem,))
