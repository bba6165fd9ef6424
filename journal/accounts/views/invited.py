"""Taking an invitation up."""

from flask import request, url_for

from journal.accounts import acts, devices, forms, invitations
from journal.accounts.invitations import Invited
from journal.accounts.views.blueprint import Answer, blueprint, enter, go, here, know_again, page, settings
from journal.doors import ANYBODY, db, open_to
from journal.limits import tries_by_address
from journal.refusals import Reason, Refusal
from journal.roles import role_words
from journal.saying import gettext as _


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@open_to(ANYBODY)
@tries_by_address
def invitation(token: str) -> Answer:
    """A mailed link: choose a password, or type the one that one has. Opening the page uses nothing up."""
    try:
        found = invitations.invited_by(db(), token)
        if request.method == "GET":
            return _page(token, found)
        proved = invitations.take_up(db(), forms.take_up(token, found.known), settings())
    except forms.NotTheSame:
        return _page(token, found, 400, (forms.two_ways(),))
    except Refusal as refusal:
        if refusal.reason is Reason.LINK_OLD:
            words = _("This invitation has been used or is too old. Ask the school office for another.")
            return page("invitation_old", 400, words=words)
        return _page(token, found, 400, (forms.problem(refusal),))
    browser = here()
    device = devices.arrive(db(), proved.person, browser)
    enter(acts.begin(db(), proved.person, proved.hat, device=device.id))
    return know_again(go(url_for("accounts.home")), browser)


def _page(token: str, found: Invited, status: int = 200, problems: tuple[forms.Problem, ...] = ()) -> Answer:
    role = role_words(found.hat.role)
    return page("invitation", status, problems, token=token, school=found.school, role=role, known=found.known,
                name=found.hat.name, email=found.email)  # fmt: skip
