"""The staff's accounts, for the office and the head: who joins, moves and leaves, and who stands there locked out."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, request, url_for

from journal.accounts import forms, joining, roster, staff
from journal.accounts.forms import Choice, Problem
from journal.accounts.people import Account
from journal.accounts.roster import Colleague, State
from journal.accounts.views.blueprint import Answer, blueprint, go, page, settings
from journal.doors import account, db, open_to, viewer
from journal.languages import in_a_row
from journal.pages import face_url, locale, when_within
from journal.refusals import Reason, Refusal, Unseen
from journal.roles import role_words
from journal.saying import gettext as _
from journal.stepup import ask_again, proved_lately
from journal.trail import sight
from journal.words import STAFF, Role

LATELY = 30
"""Minutes since the second step within which the office may let somebody in, or change who has to take it."""
TONES = {State.READY: "leaf", State.LEFT: "", State.NOT_SENT: "poppy"}
ICONS = {State.READY: "check", State.LEFT: "moon", State.NOT_SENT: "warning-circle"}


@dataclass(frozen=True, slots=True)
class Face:
    """Whose row it is."""

    name: str
    face_url: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One of the staff, in words."""

    who: Face
    does: str
    groups: str
    email: str
    state: str
    icon: str
    tone: str


def state_words(one: Colleague) -> str:
    """Return how far somebody is."""
    words = {
        State.READY: _("Ready"),
        State.SECOND_MISSING: _("No second step yet"),
        State.ON_ITS_WAY: _("Letter on its way"),
        State.NOT_SENT: _("The letter did not go"),
        State.INVITED: _("Letter sent"),
        State.TOO_OLD: _("The letter is too old"),
        State.LEFT: _("Cannot come in, since %(day)s", day=when_within(one.left)),
    }
    return words[one.state]


def _row(one: Colleague) -> Row:
    return Row(
        who=Face(one.name, face_url(one.member, one.face), url_for("accounts.colleague", staff_member=one.member)),
        does=role_words(one.role),
        groups=in_a_row(one.groups.values(), locale()),
        email=one.email,
        state=state_words(one),
        icon=ICONS.get(one.state, "hourglass-medium"),
        tone=TONES.get(one.state, "sun"),
    )


def _me() -> Account:
    found = account()
    if found is None:
        raise Unseen
    return found


@blueprint.route("/people/staff", methods=["GET", "POST"])
@open_to(Role.HEAD, Role.OFFICE)
def staff_list() -> Answer:
    """All of them; and whether the school wants the second step."""
    if request.method == "POST":
        wanted = request.form.get("second_factor", "")
        if wanted not in ("yes", "no"):
            raise Refusal(Reason.NOT_UNDERSTOOD)
        if not proved_lately(db(), _me(), LATELY):
            return ask_again(url_for("accounts.staff_list"))
        staff.want_second(db(), viewer(), wanted == "yes")
        flash(_("Kept."))
        return go(url_for("accounts.staff_list"))
    found = roster.staff_of(db(), viewer())
    sight(db(), viewer(), "see_contacts")
    here = [one for one in found if one.state is not State.LEFT]
    roles = {one.role for one in here if one.left is None}
    missing = [role_words(one) for one in (Role.HEAD, Role.LEAD) if one not in roles]
    return page(
        "staff",
        rows=[_row(one) for one in here],
        gone=[_row(one) for one in found if one.state is State.LEFT],
        missing=missing,
        second=roster.second_wanted(db(), viewer()),
    )


@blueprint.route("/people/staff/new", methods=["GET", "POST"])
@open_to(Role.HEAD, Role.OFFICE)
def new_colleague() -> Answer:
    """Make a place for somebody and send them a letter."""
    if request.method == "GET":
        return _form("staff_new", {"does": Role.TEACHER.value})
    try:
        added = joining.add(db(), viewer(), forms.staffing(), forms.email(), settings())
    except Refusal as refusal:
        return _form("staff_new", forms.staffing_typed(), refusal)
    flash(_("A letter with a link is on its way. Until it is used, nothing is open."), "leaf")
    return go(url_for("accounts.colleague", staff_member=added))


def _form(name: str, typed: dict[str, object], refusal: Refusal | None = None, **more: object) -> Answer:
    problems: tuple[Problem, ...] = (forms.problem(refusal),) if refusal else ()
    offered = {one.value for one in staff.givable(db(), viewer())} | {str(typed.get("does", ""))}
    roles = [Choice(one.value, role_words(one)) for one in Role if one in STAFF and one.value in offered]
    groups = [Choice(str(one.id), one.name, hint=one.label) for one in roster.groups_of(db())]
    status = 400 if refusal else 200
    return page(name, status, problems, typed={"name": "", "email": "", "groups": (), **typed}, roles=roles,
                all_groups=groups, **more)  # fmt: skip


@blueprint.route("/people/staff/<uuid:staff_member>", methods=["GET", "POST"])
@open_to(Role.HEAD, Role.OFFICE)
def colleague(staff_member: UUID) -> Answer:
    """One of the staff: what they are and teach, and whether they may come in."""
    found = roster.staff_of(db(), viewer(), staff_member)
    if not found:
        raise Unseen
    if request.method == "GET":
        sight(db(), viewer(), "see_contact", staff_member)
        return _shown(found[0])
    do = request.form.get("do", "")
    try:
        if do == "let-in":
            return _let_in(found[0])
        there = _DOES[do](found[0]) if do in _DOES else None
        if there is None:
            raise Refusal(Reason.NOT_UNDERSTOOD)
    except Refusal as refusal:
        return _shown(found[0], refusal, forms.staffing_typed() if do == "keep" else {})
    return go(url_for("accounts.colleague", staff_member=there))


def _shown(one: Colleague, refusal: Refusal | None = None, typed: dict[str, object] | None = None) -> Answer:
    stands = {"name": one.name, "does": one.role.value, "groups": tuple(str(each) for each in one.groups)}
    return _form(
        "colleague",
        {**stands, **(typed or {})},
        refusal,
        row=_row(one),
        membership=one.member,
        me=one.person == viewer().person,
        active=one.left is None,
        left=one.state is State.LEFT,
        invited=one.left is not None and one.state is not State.LEFT,
    )


def _let_in(one: Colleague) -> Answer:
    if not proved_lately(db(), _me(), LATELY):
        return ask_again(url_for("accounts.colleague", staff_member=one.member))
    code = staff.let_in_once(db(), viewer(), one.member, settings())
    return page("let_in", name=one.name, code=code, membership=one.member)


def _keep(one: Colleague) -> UUID:
    there = staff.change(db(), viewer(), one.member, forms.staffing())
    flash(_("Kept. It holds from their next page on."), "leaf")
    return there


def _disable(one: Colleague) -> UUID:
    staff.disable(db(), viewer(), one.member)
    if one.left is None or one.state is State.LEFT:
        flash(_("Done. They are signed out everywhere. What waited for them waits for their colleagues now."), "leaf")
    else:
        flash(_("Taken back. The link in the letter opens nothing any more."), "leaf")
    return one.member


def _sign_out(one: Colleague) -> UUID:
    staff.sign_out(db(), viewer(), one.member)
    flash(_("They are signed out everywhere, and can sign in again."), "leaf")
    return one.member


def _enable(one: Colleague) -> UUID:
    staff.enable(db(), viewer(), one.member)
    flash(_("They can come in again."), "leaf")
    return one.member


def _invite(one: Colleague) -> UUID:
    joining.invite_again(db(), viewer(), one.member, settings())
    flash(_("Another letter is on its way. The link before opens nothing any more."), "leaf")
    return one.member


_DOES = {"keep": _keep, "disable": _disable, "enable": _enable, "invite": _invite, "sign-out": _sign_out}
