"""Joining another worry to one, and naming somebody more whom it is about."""

from types import SimpleNamespace
from uuid import UUID

from flask import render_template, request, url_for

from journal.doors import db, open_to, viewer
from journal.languages import in_a_row
from journal.pages import locale
from journal.safeguarding import listing
from journal.safeguarding.caseload import case_for
from journal.safeguarding.listing import Narrow, Order
from journal.safeguarding.people import Choice, Person, to_name
from journal.safeguarding.views import cases, shown
from journal.safeguarding.views.blueprint import blueprint
from journal.safeguarding.views.leads import READERS
from journal.saying import gettext as _
from journal.seeing import Viewer

MOST = 12
"""How many other worries are offered for joining."""


@blueprint.route("/concerns/<uuid:concern>/more", methods=["GET"])
@open_to(*READERS)
def more(concern: UUID) -> str:
    """What can be joined to a worry, and whom it could be about besides."""
    found = case_for(db(), viewer(), concern)
    others, _next = listing.listed(db(), Narrow(order=Order.NEWEST), None)
    near = list(found.alike)
    lines = sorted((one for one in others if one.concern.id != concern), key=lambda one: one.concern.id not in near)
    find = request.args.get("find", "")[:120]
    choice = _with_me(viewer(), found.name(viewer().membership), to_name(db(), viewer(), find))
    there = set(found.about)
    return render_template(
        "safeguarding/more.html",
        case=cases.head(found),
        others=[
            SimpleNamespace(
                value=str(one.concern.id),
                label=shown.title_of(one.concern, in_a_row((who.name for who in one.about[:3]), locale())),
                hint=shown.day(one.concern.created_at),
            )
            for one in lines[:MOST]
        ],
        people=SimpleNamespace(
            groups=shown.named_groups([one for one in choice.people if one.id not in there]),
            many=choice.many,
            found=bool(choice.people) or not find.strip(),
        ),
        find=find,
        here=url_for(".more", concern=concern),
    )


def _with_me(me: Viewer, name: str, choice: Choice) -> Choice:
    """Oneself among them: whoever it is about may hand it to the others."""
    mine = Person(me.membership, str(_("%(name)s (me)", name=name)), me.role, face=False)
    return Choice((mine, *choice.people), choice.many)
