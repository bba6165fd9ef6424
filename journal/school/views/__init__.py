"""Pages of the school: a family's home, classes, what was shared with teachers, who is who, help and keeping safe."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from journal.circles import Kind, circle
from journal.doors import ANYBODY, SIGNED_IN, account, db, open_to, viewer
from journal.feeds import Mark
from journal.refusals import Unseen
from journal.saying import gettext as _
from journal.school import people as who_is_who
from journal.school.family import Child, Family, family_of
from journal.school.forms import read_query
from journal.school.groups import class_circles, groups_of
from journal.school.groups import class_page as head_of
from journal.school.reading import cards, newest_besides, page_of
from journal.school.safe import safe_words_of
from journal.school.views import people_rows, today
from journal.school.views.indexed import record_line, search_line
from journal.school.views.said import (
    Link,
    face,
    greeting,
    group_words,
    marked_new,
    name_in,
    names,
    news_words,
    said,
    said_children,
    said_circles,
)
from journal.site import url_for
from journal.words import Role
from journal.wroteback import talk_about

blueprint = Blueprint("school", __name__)
today.register(blueprint)

FROM_CLASS = 4
"""How many of the newest things from the class stand on a family's home."""

MOST_FACES = 8
"""How many faces stand at the head of a class's page."""


def _older(endpoint: str, mark: Mark | None, **more: object) -> str | None:
    return url_for(endpoint, before=str(mark), **more) if mark else None


@blueprint.route("/home", methods=["GET"])
@open_to(Role.RELATIVE)
def family_home() -> str:
    """What a relative's children chose to show, newest first; of one child with ``child``."""
    me, query = viewer(), read_query(request.args)
    family = family_of(db(), me)
    only = query.child if query.child in family.children else None
    chosen = [child for pupil, child in family.children.items() if only in (None, pupil)]
    read, more = page_of(db(), me, family.doors(me, chosen), query.before)
    own_doors, class_doors = family.doors(me, family.children.values()), family.class_doors(me, chosen)
    from_class = [] if query.before else newest_besides(db(), me, class_doors, own_doors, FROM_CLASS)
    here = {one.mark.item for one in read}
    talk = talk_about(db(), list(here), notices=True)
    found = cards(db(), me, [*read, *from_class], talk)
    known = account()
    children = said_children(me, list(family.children.values()))
    return render_template(
        "school/home.html",
        hello=greeting(known.name if known else ""),
        names=names(child.pupil.name for child in family.children.values()),
        children=children,
        pictures_of=names(child.pupil.name for child in family.children.values() if child.carer),
        circles=said_circles(one for pupil, one in children.items() if only in (None, pupil)),
        filters=_children_links(family, only),
        notices=[
            (news_words(one, name_in(family, one)), url_for("talk.show", comment=one.comment)) for one in talk.news
        ],
        news=said(me, [card for card in found if card.entry in here], "medium", mark_new=True),
        from_class=said(me, [card for card in found if card.entry not in here], "medium"),
        older_url=_older("school.family_home", more, child=only),
        newest_url=url_for("school.family_home", child=only) if query.before else None,
    )


def _children_links(family: Family, only: UUID | None) -> list[Link]:
    if len(family.children) < 2:
        return []
    everybody = Link(url_for("school.family_home"), _("All of them"), only is None)
    return [everybody, *(_child_link(child, only) for child in family.children.values())]


def _child_link(child: Child, only: UUID | None) -> Link:
    pupil = child.pupil.membership
    return Link(url_for("school.family_home", child=pupil), child.pupil.name, pupil == only)


@blueprint.route("/classes", methods=["GET"])
@open_to(*SIGNED_IN)
def classes() -> str | Response:
    """The way to a class's page; a choice where there are several."""
    me = viewer()
    if me.role not in (Role.PUPIL, Role.RELATIVE, Role.TEACHER):
        raise Unseen
    groups = groups_of(db(), me, Kind.CLASS, Kind.CLASS_FAMILIES)
    if len(groups) == 1:
        return redirect(url_for("school.class_page", group=groups[0].id))
    links = [
        (url_for("school.class_page", group=one.id), group_words(one.name, one.label, one.year, one.closed_at))
        for one in groups
    ]
    return render_template("school/classes.html", links=links)


@blueprint.route("/classes/<uuid:group>", methods=["GET"])
@open_to(*SIGNED_IN)
def class_page(group: UUID) -> str:
    """What is shown to a class, or to its families."""
    me, query = viewer(), read_query(request.args)
    circles = class_circles(me, group)
    head = head_of(db(), me, group)
    read, more = page_of(db(), me, circles, query.before)
    return render_template(
        "school/class.html",
        name=head.name,
        key=group_words(_("Class page"), head.label, head.year, head.closed_at),
        words=_class_words(me.role, head.closed_at is not None),
        faces=[face(person) for person in head.pupils][:MOST_FACES],
        entries=said(me, cards(db(), me, read), "medium"),
        older_url=_older("school.class_page", more, group=group),
        newest_url=url_for("school.class_page", group=group) if query.before else None,
    )


def _class_words(role: Role, closed: bool) -> str:
    if closed:
        return str(_("This school year is over. What was shared here stays here."))
    if role is Role.RELATIVE:
        return str(_("What children have opened to the families of this class."))
    if role is Role.TEACHER:
        return str(_("What children have opened to this class or to its families."))
    return str(_("What we have opened to our class. Our teachers see it too."))


@blueprint.route("/shared-with-me", methods=["GET"])
@open_to(Role.TEACHER)
def shared_with_me() -> str:
    """What pupils chose to show their teachers; of one group with ``group``."""
    me, query = viewer(), read_query(request.args)
    groups = groups_of(db(), me, Kind.TEACHERS)
    only = query.group if query.group in {one.id for one in groups} else None
    read, more = page_of(db(), me, [circle(Kind.TEACHERS, one.id) for one in groups if only in (None, one.id)],
                          query.before)  # fmt: skip
    links = [Link(url_for("school.shared_with_me"), _("All my classes"), only is None)]
    links += [Link(url_for("school.shared_with_me", group=one.id), one.name, one.id == only) for one in groups]
    return render_template(
        "school/shared.html",
        entries=[marked_new(one) for one in said(me, cards(db(), me, read), "small", mark_new=True)],
        filters=links if len(groups) > 1 else [],
        older_url=_older("school.shared_with_me", more, group=only),
        newest_url=url_for("school.shared_with_me", group=only) if query.before else None,
    )


@blueprint.route("/people", methods=["GET"])
@open_to(Role.HEAD, Role.OFFICE)
def people() -> str:
    """Who is in the school, a group at a time."""
    groups = who_is_who.open_groups_of(db())
    wanted = request.args.get("group", "")
    chosen = read_query(request.args).group
    group = next((one for one in groups if one.id == chosen), None)
    if group is None and groups and wanted not in ("staff", "others"):
        group = groups[0]
    rows = people_rows.of_group(db(), viewer(), group) if group else people_rows.of_others(db(), viewer(), wanted)
    current = group.id if group else ("others" if wanted == "others" else "staff")
    links = [(one.id, group_words(one.name, one.label, one.year, None)) for one in groups]
    named = [*links, ("staff", _("Staff")), ("others", _("Without a class"))]
    return render_template(
        "school/people.html",
        filters=[Link(url_for("school.people", group=one), label, one == current) for one, label in named],
        people=rows,
        sentences=url_for("moderation.sentences") if viewer().role is Role.OFFICE else None,
        kept=[
            one
            for one in (search_line(db(), viewer(), current_app.config["HOUSE"].index), record_line(db(), viewer()))
            if one
        ],
    )


@blueprint.route("/help", methods=["GET"])
@open_to(ANYBODY)
def help_page() -> str:
    """How it works."""
    return render_template("school/help.html", role=_role())


@blueprint.route("/keeping-safe", methods=["GET"])
@open_to(ANYBODY)
def keeping_safe() -> str:
    """Who can see what, and where to get help."""
    known = account()
    words, language, lines = safe_words_of(db()) if known and known.viewer else ("", "", [])
    return render_template("school/safe.html", worries_read=words, worries_read_in=language, lines=lines)


def _role() -> str:
    known = account()
    return known.viewer.role if known and known.viewer else ""
