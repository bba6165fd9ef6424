"""The holds that are on, looking at one again, and putting one on all things of a pupil."""

from types import SimpleNamespace
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from journal.clock import now
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.names import Placed, placed
from journal.pages import face_url
from journal.refusals import Reason, Refusal, Unseen
from journal.roles import place_words
from journal.safeguarding import holding
from journal.safeguarding.forms import STEP, read_day, read_id, read_line
from journal.safeguarding.kept import HoldRow, holds_of, one_hold
from journal.safeguarding.people import pupils_like
from journal.safeguarding.reading import reads_worries
from journal.safeguarding.snapshot import seen
from journal.safeguarding.views import shown
from journal.safeguarding.views.blueprint import blueprint
from journal.safeguarding.views.cases import day_words
from journal.safeguarding.views.leads import READERS
from journal.safeguarding.views.shown import day
from journal.saying import gettext as _
from journal.words import Role


@blueprint.route("/holds", methods=["GET", "POST"])
@open_to(*READERS)
def holds() -> str | Response | tuple[str, int]:
    """What is kept, what is to be looked at first on top; and keeping all things of a pupil."""
    if not reads_worries(db(), viewer()) and viewer().role is not Role.HEAD:
        raise Unseen
    refusal = None
    if request.method == "POST" and request.form.get("do") == "put":
        try:
            _put()
            flash(_("The hold is on."))
            return redirect(url_for(".holds"), 303)
        except Refusal as problem:
            db().rollback()
            refusal = problem
    after = read_id(request.args.get("after"))
    found, more = holds_of(db(), after)
    find = request.form.get("find", "") or request.args.get("find", "")
    looked = pupils_like(db(), viewer(), find) if reads_worries(db(), viewer()) else None
    item = read_id(request.values.get("item"))
    about = seen(db(), item) if item and reads_worries(db(), viewer()) else None
    page = render_template(
        "safeguarding/holds.html",
        about=shown.about(about, None) if about else None,
        rows=[_row(one) for one in found],
        more=url_for(".holds", after=more) if more else None,
        newest=url_for(".holds") if after else None,
        may_put=reads_worries(db(), viewer()),
        find=find,
        pupils=[_pupil(one) for one in placed(db(), looked.people if looked else ())],
        many=bool(looked and looked.more),
        typed=request.form,
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )
    return page if refusal is None else (page, 409 if refusal.reason is Reason.NOT_NOW else 400)


@blueprint.route("/holds/<uuid:hold>", methods=["GET", "POST"])
@open_to(*READERS)
def hold(hold: UUID) -> str | Response | tuple[str, int]:
    """One hold: leave it on after a look, or take it off. Both want a reason."""
    found = one_hold(db(), hold)
    refusal = None
    if request.method == "POST":
        try:
            return _again(found)
        except Refusal as problem:
            db().rollback()
            refusal = problem
    page = render_template(
        "safeguarding/hold.html",
        row=_row(found),
        reviews=[
            SimpleNamespace(words=one.reason, meta=_("%(name)s, %(at)s", name=name, at=day(one.created_at)))
            for one, name in found.reviews
        ],
        typed=request.form,
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )
    return page if refusal is None else (page, 409 if refusal.reason is Reason.DECIDED_ALREADY else 400)


def _pupil(one: Placed) -> SimpleNamespace:
    who = one.who
    return SimpleNamespace(
        id=str(who.id), name=who.name, place=place_words(one), face_url=face_url(who.id, bool(who.face))
    )


def _again(found: HoldRow) -> Response:
    reason = read_line(request.form, "reason", STEP)
    if request.form.get("do") == "off":
        holding.take_off(db(), viewer(), found.hold.id, reason)
        flash(_("The hold is off. What was deleted meanwhile goes for good now."))
    else:
        holding.review_hold(db(), viewer(), found.hold.id, reason, read_day(request.form, "review_on"))
        flash(_("The hold stays on."))
    if found.hold.concern_id is not None:
        return redirect(url_for(".concern", concern=found.hold.concern_id), 303)
    return redirect(url_for(".holds"), 303)


def _put() -> None:
    pupil, item = read_id(request.form.get("child")), read_id(request.form.get("item"))
    if pupil is None and item is None:
        raise Refusal(Reason.NOBODY_CHOSEN, "child")
    reason = read_line(request.form, "hold_reason", STEP)
    day_of_review = read_day(request.form, "review_on")
    holding.put_hold(
        db(), viewer(), holding.HoldInput(reason, item=item, pupil=None if item else pupil, review_on=day_of_review)
    )


def _row(found: HoldRow) -> SimpleNamespace:
    one = found.hold
    if one.pupil_id is not None:
        what = _("All of %(name)s’s things", name=found.pupil)
    else:
        what = _("What a concern is about") if one.item_id is None else _("One thing, with all that was said there")
    return SimpleNamespace(
        id=one.id,
        url=url_for(".hold", hold=one.id),
        what=what,
        reason=one.reason,
        since=_("On since %(at)s, by %(name)s", at=day(one.created_at), name=found.by),
        review=_("Look again by %(day)s", day=day_words(one.review_on)),
        late=one.review_on <= now().date(),
        concern=url_for(".concern", concern=one.concern_id) if one.concern_id else None,
        off=_("Off since %(at)s", at=day(one.ended_at)) if one.ended_at else "",
    )
