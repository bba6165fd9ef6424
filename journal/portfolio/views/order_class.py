"""Ordering the portfolios of a class at once."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import ngettext

from journal.doors import db, open_to, viewer
from journal.faces import Face
from journal.learned import learned_places
from journal.pages import locale, zone
from journal.portfolio import acts, choosing, reading
from journal.portfolio.forms import LOOK, Part, Typed, read_scope, read_typed
from journal.portfolio.views import said
from journal.portfolio.views.asking import OrderPage
from journal.portfolio.views.blueprint import Answer, Problem, Way, address_of, carried, front_of, go, house, refused
from journal.portfolio.views.looking import PreviewPage, nothing_in
from journal.portfolio.views.state import mades
from journal.portfolio.views.words import Line, inside_lines, outside_lines, scope_words
from journal.records import Group, Membership
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.words import Role, Stand


def register(blueprint: Blueprint) -> None:
    """Add this page to the room's."""
    blueprint.add_url_rule(
        "/portfolio/class/<uuid:group>",
        view_func=open_to(Role.TEACHER, Role.HEAD, Role.LEAD, Role.OFFICE)(order_class),
        methods=["GET", "POST"],
    )


def order_class(group: UUID) -> Answer:
    """Choose what goes in, look at it, order it: a book for each pupil of a class."""
    typed = read_typed(request.args if request.method == "GET" else request.form)
    if typed.part == Part.CHOSEN:
        typed = replace(typed, part=Part.ALL, do="", step="")
    try:
        if request.method == "GET":
            return _look(group, typed) if typed.step == LOOK else _ask(group, typed)
        if typed.do == "order":
            scope = read_scope(typed, zone().key)
            found = acts.order_class(db(), viewer(), house(), group, scope, locale())
            return go("portfolio.made", export=found.id)
        if typed.do not in ("look", "change"):
            raise Refusal(Reason.NOT_UNDERSTOOD)
        if typed.do == "look":
            read_scope(typed, zone().key)
        return _on(group, replace(typed, chosen=()), LOOK if typed.do == "look" else "")
    except Refusal as refusal:
        db().rollback()
        return _ask(group, typed, (refused(refusal),)), 400


def _on(group: UUID, typed: Typed, step: str) -> Answer:
    """Go on to a step by its address."""
    if not reading.may_take_for_school(db(), viewer()):
        raise Unseen
    reading.class_of(db(), viewer(), group)  # raises Unseen, too
    return redirect(address_of(_here(group), typed, step), 303)


def _ask(group: UUID, typed: Typed, problems: tuple[Problem, ...] = ()) -> str:
    if not reading.may_take_for_school(db(), viewer()):
        raise Unseen
    one, pupils = reading.class_of(db(), viewer(), group)
    title = _title(one)
    page = OrderPage(
        title=title,
        lead=_("A book for each pupil, of what they shared with their teachers."),
        url=_here(group),
        steps=said.steps(),
        back=front_of(Stand.SCHOOL),
        whose=Face(one.name, None, _books(pupils)),
        other=Way(url_for("portfolio.front", group=group), _("Another class")),
        ask=said.Ask(
            legend=_("What goes in?"),
            all_words=_("Everything shared with teachers"),
            all_hint="",
            learned=learned_places(),
            lock_words=_(
                "“Just me” things and what is for the family alone are never in it. Pupils see who took theirs home."
            ),
            one_by_one=False,
        ),
        cover=said.cover_called(title, one.name),
        first=[],
        mades=mades(reading.exports(db(), viewer())),
        mades_title=_("Ordered by you"),
    )
    errors = {one.field: one.say for one in problems}
    return render_template("portfolio/order.html", page=page, typed=typed, problems=problems, errors=errors)


def _look(group: UUID, typed: Typed) -> str:
    scope = read_scope(typed, zone().key)
    one, pupils = reading.class_of(db(), viewer(), group)
    found = choosing.preview_of_class(db(), viewer(), [pupil.id for pupil in pupils], scope)
    title = _title(one)
    inside = [Line("users-three", _books(pupils), "i--leaf"), *inside_lines(found, len(pupils))]
    page = PreviewPage(
        title=title,
        what=scope_words(scope, Stand.SCHOOL),
        url=_here(group),
        steps=said.steps(),
        inside=inside if found.entries else [Line("info", _("Nothing. Choose something else."))],
        outside=outside_lines({str(why): number for why, number in found.left_out.items()}, Stand.SCHOOL, ""),
        told=_("Each pupil sees who took theirs home for the school, and it is written into the school’s record."),
        make_words=_("Make the books"),
        empty=not found.entries,
        cover=said.cover_called(title, one.name),
        first=[],
    )
    fields = carried(typed, LOOK)
    return render_template("portfolio/preview.html", page=page, fields=fields, problems=nothing_in(found))


def _title(group: Group) -> str:
    return str(_("Portfolios of %(group)s", group=group.name))


def _books(pupils: Sequence[Membership]) -> str:
    return str(ngettext("%(num)s pupil, a book each", "%(num)s pupils, a book each", len(pupils)))


def _here(group: UUID) -> str:
    return url_for("portfolio.order_class", group=group)
