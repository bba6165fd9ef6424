"""Requests of this room, read into typed commands. What was typed wrongly is said beside its field."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, request, url_for
from flask import session as browser
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from journal.accounts.chosen import Change
from journal.accounts.invitations import TakeUp
from journal.accounts.passkeys import LONGEST_ANSWER, Signed
from journal.accounts.people import Account
from journal.accounts.proof import LONGEST_EMAIL, ByPassword, ByPhrase
from journal.accounts.reading import Hat
from journal.accounts.resets import NewPassword
from journal.accounts.second import Typed
from journal.accounts.staff import LONGEST_NAME, Staffing
from journal.errors import say
from journal.languages import LANGUAGES
from journal.pages import local_path
from journal.refusals import Reason, Refusal
from journal.roles import role_words
from journal.saying import gettext as _
from journal.words import STAFF

THEMES = {"device": "", "light": "light", "dark": "dark"}
LETTERS = {"usual": "", "infant": "infant"}
"""What the form sends, and what is kept of it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that needs another look: the field, and the sentence."""

    field: str
    say: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: what is sent, what it is called, its picture or a second line."""

    value: str
    label: str
    icon: str = ""
    hint: str = ""


class NotTheSame(Exception):
    """The new password was typed in two ways."""


def problem(refusal: Refusal) -> Problem:
    """Return what a refusal says on the page."""
    return Problem(refusal.field, say(refusal))


def two_ways() -> Problem:
    """Return what is said when the new password was typed in two ways."""
    return Problem("again", _("The two are not the same. Type them once more."))


def _one(name: str) -> str:
    return request.form.get(name, "")


def email() -> str:
    """Return the e-mail address as it was typed."""
    return _one("email")[: LONGEST_EMAIL + 1]


def by_password() -> ByPassword:
    """Read a grown-up's sign-in."""
    return ByPassword(email(), _one("password"))


def by_phrase(group: UUID, membership: UUID) -> ByPhrase:
    """Read a pupil's three words."""
    return ByPhrase(group, membership, _one("phrase"))


def new_password(token: str) -> NewPassword:
    """Read a new password. Raises NotTheSame where it was typed in two ways."""
    if _one("password") != _one("again"):
        raise NotTheSame
    return NewPassword(token, _one("password"))


def numbers() -> Typed:
    """Read six numbers of an app."""
    return Typed(_one("numbers")[:40], remember())


def code() -> Typed:
    """Read a recovery code."""
    return Typed(_one("code")[:100], remember())


def remember() -> bool:
    """Read whether this device is not to be asked again for a while."""
    return _one("remember") == "yes"


def signed(device: str) -> Signed:
    """Read what a browser answered about a passkey."""
    return Signed(_one("answer")[: LONGEST_ANSWER + 1], device)


def change() -> Change:
    """Read the password of now and a new one. Raises NotTheSame where that was typed in two ways."""
    if _one("password") != _one("again"):
        raise NotTheSame
    return Change(_one("current"), _one("password"))


def take_up(token: str, known: bool) -> TakeUp:
    """Read the password of who takes an invitation up. Raises NotTheSame where a new one was typed in two ways."""
    if not known and _one("password") != _one("again"):
        raise NotTheSame
    return TakeUp(token, _one("password"))


def staffing() -> Staffing:
    """Read what somebody of the staff is. Raises Refusal (NOT_UNDERSTOOD) for a role that is none of the staff's."""
    role = next((one for one in STAFF if one.value == _one("role")), None)
    if role is None:
        raise Refusal(Reason.NOT_UNDERSTOOD, "role")
    groups = set()
    for raw in request.form.getlist("groups"):
        with suppress(ValueError):
            groups.add(UUID(raw))
    return Staffing(_one("name")[: LONGEST_NAME * 2], role, frozenset(groups))


def staffing_typed() -> dict[str, object]:
    """Return the same as it was typed, to be shown again."""
    groups = tuple(request.form.getlist("groups"))
    return {"name": _one("name"), "email": email(), "does": _one("role"), "groups": groups}


def hat() -> UUID:
    """Read which hat was chosen. Raises Refusal (NOT_UNDERSTOOD)."""
    try:
        return UUID(_one("hat"))
    except ValueError:
        raise Refusal(Reason.NOT_UNDERSTOOD, "hat") from None


def language() -> dict[str, str]:
    """Read a choice of language; one that we do not speak is no choice."""
    chosen = _one("locale")
    return {"locale": chosen} if chosen in LANGUAGES else {}


def easier() -> dict[str, str]:
    """Read what makes pages easier; what is not on the form is no choice."""
    chosen = {}
    if _one("theme") in THEMES:
        chosen["theme"] = THEMES[_one("theme")]
    if _one("letters") in LETTERS:
        chosen["letters"] = LETTERS[_one("letters")]
    return chosen


def easier_choices(found: Account | None) -> dict[str, tuple[list[Choice], str]]:
    """Return what the form offers, field by field, each with what stands now."""
    theme = found.theme if found else browser.get("theme", "")
    letters = found.letters if found else browser.get("letters", "")
    themes = [
        Choice("device", _("Like my device"), "device-mobile"),
        Choice("light", _("Light"), "sun"),
        Choice("dark", _("Dark"), "moon"),
    ]
    shapes = [
        Choice("usual", _("Usual letters"), "text-aa"),
        Choice("infant", _("Letters as we learn to write them"), "pencil-simple"),
    ]
    return {"theme": (themes, theme or "device"), "letters": (shapes, letters or "usual")}


def hat_choices(hats: list[Hat]) -> list[Choice]:
    """Return a person's hats, each with the name it has and the school it is of."""
    return [Choice(str(each.id), role_words(each.role), hint=f"{each.name} · {each.school}") for each in hats]


def next_page() -> str:
    """Return where to go on to, "" for home: ``next``, if it is a page of ours.

    Where it is the address of a form, and no page, the page above it is meant.
    """
    return page_of(request.values.get("next", ""))


def page_of(address: str) -> str:
    """Return the page at or above an address of this site, or ""."""
    path, _mark, query = local_path(address, "").partition("?")
    ours = current_app.url_map.bind("")
    first = True
    while path:
        try:
            ours.match(path, method="GET")
        except (NotFound, MethodNotAllowed, RequestRedirect):
            path, first = path.rpartition("/")[0], False
        else:
            return f"{path}?{query}" if query and first else path
    return ""


def onward() -> str:
    """Return ``next``, or home."""
    return next_page() or url_for("accounts.home")
