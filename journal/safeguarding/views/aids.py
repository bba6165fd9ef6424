"""The page on which the head and the leads say what the moderation aids look for, and what they keep back."""

from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from journal.aids import shipped
from journal.aids.wordlist import LANGUAGES as WITH_LISTS
from journal.doors import db, open_to, viewer
from journal.errors import say
from journal.languages import LANGUAGES
from journal.noticed import label_of
from journal.refusals import Reason, Refusal
from journal.safeguarding.aids import AidsInput, Lists, aids_of, set_aids
from journal.safeguarding.views.blueprint import blueprint
from journal.saying import gettext as _
from journal.words import FlagKind, Role

LONGEST = 400_000
"""Letters of one list: ten thousand lines of usual length, and more."""


@blueprint.route("/concerns/flags", methods=["GET", "POST"])
@open_to(Role.HEAD, Role.LEAD)
def aids() -> str | Response | tuple[str, int]:
    """What the aids look for."""
    refusal = None
    if request.method == "POST":
        try:
            set_aids(db(), viewer(), _read(request.form))
            flash(_("It is written down. What waits now is looked at again."))
            return redirect(url_for(".aids"), 303)
        except Refusal as problem:
            db().rollback()
            refusal = problem
    kept = aids_of(db(), viewer())
    page = render_template(
        "safeguarding/aids.html",
        lists=[_list(one, kept.lists[one], refusal) for one in WITH_LISTS],
        kinds=[_kind(one, kept, refusal) for one in FlagKind],
        problem=say(refusal) if refusal else "",
        field=refusal.field if refusal else "",
    )
    return page if refusal is None else (page, 400)


def _list(language: str, kept: Lists, refusal: Refusal | None) -> SimpleNamespace:
    added, left = f"added-{language}", f"left-{language}"
    return SimpleNamespace(
        language=language,
        name=LANGUAGES.get(language, language),
        added=request.form.get(added, "") if refusal else kept.added,
        left=request.form.get(left, "") if refusal else kept.left_alone,
        shipped=shipped(language),
    )


def _kind(kind: FlagKind, kept: AidsInput, refusal: Refusal | None) -> SimpleNamespace:
    on = kind in request.form.getlist("hold") if refusal else kind in kept.hold
    return SimpleNamespace(value=kind, label=label_of(kind), on=on)


def _read(form: MultiDict[str, str]) -> AidsInput:
    for field in (f"{name}-{one}" for one in WITH_LISTS for name in ("added", "left")):
        if len(form.get(field, "")) > LONGEST:
            raise Refusal(Reason.TOO_LONG, field, LONGEST)
    try:
        hold = frozenset(FlagKind(one) for one in form.getlist("hold"))
    except ValueError:
        raise Refusal(Reason.NOT_UNDERSTOOD, "hold") from None
    lists = {one: Lists(form.get(f"added-{one}", ""), form.get(f"left-{one}", "")) for one in WITH_LISTS}
    return AidsInput(lists, hold)
