"""Where I am signed in: sessions, keys, and what happened at the door lately."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import ngettext

from journal.accounts import forms, lately, passkeys, second
from journal.accounts.forms import Problem
from journal.accounts.lately import Came, Open
from journal.accounts.people import Account
from journal.accounts.views.blueprint import Answer, blueprint, go, page, settings
from journal.accounts.views.keys import LATELY
from journal.doors import HATLESS, account, db, open_to
from journal.pages import clock, day_and_time, when_within
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _
from journal.stepup import ask_again, proved_lately
from journal.words import Key, Tried

ICONS = {"computer": "laptop", "tablet": "device-tablet", "phone": "device-mobile"}


@dataclass(frozen=True, slots=True)
class Line:
    """One session, key or thing that happened, in words."""

    id: str
    icon: str
    title: str
    words: str
    here: bool = False
    ask: bool = False
    tone: str = ""


def _me() -> Account:
    found = account()
    if found is None:
        raise Unseen
    return found


def device_words(kind: str, software: str) -> str:
    """Return what a device is called: its kind and its software."""
    kinds = {"computer": _("Computer"), "tablet": _("Tablet"), "phone": _("Phone")}
    name = kinds.get(kind, _("A device we do not know"))
    return f"{name}: {software}" if software else name


def by_words(by: str) -> str:
    """Return by what somebody proved a second thing."""
    words = {
        Key.APP: _("Numbers of the app"),
        Key.PASSKEY: _("Passkey"),
        Key.CODE: _("Recovery code"),
        Key.OFFICE: _("Let in by the office"),
    }
    return words[Key(by)] if by else ""


def _open(one: Open, here: UUID) -> Line:
    words = [_("Since %(day)s, %(time)s", day=when_within(one.since), time=clock(one.since))]
    words += [_("Last used %(day)s, %(time)s", day=when_within(one.seen), time=clock(one.seen))]
    words += [by_words(one.by)] if one.by else []
    words += [_("Only the password was typed there")] if one.half else []
    title = device_words(one.kind, one.software)
    return Line(str(one.id), ICONS.get(one.kind, "monitor"), title, ". ".join(words), one.id == here)


def _came(one: Came) -> Line:
    where = device_words(one.kind, one.software)
    at = day_and_time(one.at)
    if one.half:
        words = _("The password was typed, and the second step was not taken. %(device)s", device=where)
        return Line(str(one.id), "", words, at, tone="sun")
    if not one.tries:
        return Line(str(one.id), "", _("Came in. %(device)s", device=where), at, tone="leaf")
    what = {
        Tried.PASSWORD: ngettext("Wrong password, %(num)s time", "Wrong password, %(num)s times", one.tries),
        Tried.NUMBERS: ngettext("Wrong numbers, %(num)s time", "Wrong numbers, %(num)s times", one.tries),
        Tried.PASSKEY: ngettext("Wrong passkey, %(num)s time", "Wrong passkey, %(num)s times", one.tries),
        Tried.CODE: ngettext("Wrong recovery code, %(num)s time", "Wrong recovery code, %(num)s times", one.tries),
    }[Tried(one.what)]
    words = _("%(what)s. %(device)s. It did not get in.", what=what, device=where)
    return Line(str(one.id), "", words, at, ask=not one.answered, tone="poppy")


def _keys(me: Account, ways: second.Ways) -> list[Line]:
    found = [
        Line(
            str(one.id),
            "fingerprint",
            _("Passkey: %(device)s", device=one.name) if one.name else _("Passkey"),
            _("Made %(made)s, used %(used)s", made=when_within(one.made), used=when_within(one.used or one.made)),
        )
        for one in lately.passkeys_of(db(), me.person)
    ]
    if ways.app_since is not None:
        words = _("Set up %(day)s", day=when_within(ways.app_since))
        found.append(Line("app", "device-mobile", _("Six numbers from my app"), words))
    return found


def _shown(me: Account, status: int = 200, problems: tuple[Problem, ...] = ()) -> Answer:
    ways = second.ways_of(db(), me.person)
    sessions = lately.open_sessions(db(), me, settings())
    unsure = lately.unsure_devices(db(), me)
    return page(
        "signed_in",
        status,
        problems,
        sessions=[_open(one, me.sign_in) for one in sessions],
        unsure=[Line(str(one.id), "", device_words(one.kind, one.software), day_and_time(one.since)) for one in unsure],
        keys=_keys(me, ways) if me.staff or me.keyed else [],
        keyed=me.staff or me.keyed,
        codes_left=ways.codes,
        keys_work=passkeys.possible(settings()),
        came=[_came(one) for one in lately.lately(db(), me)],
    )


@blueprint.route("/signed-in", methods=["GET", "POST"])
@open_to(HATLESS)
def signed_in() -> Answer:
    """Where I am signed in, and what I can end there."""
    me = _me()
    if request.method == "GET":
        return _shown(me)
    what, about = request.form.get("do", ""), _id(request.form.get("about", ""))
    if what == "end-others":
        lately.end_others(db(), me.person, me.sign_in)
        flash(_("You are signed out everywhere else."), "leaf")
    elif what == "end" and about:
        lately.end_one(db(), me.person, about)
        flash(_("Signed out there."), "leaf")
    elif what == "mine" and about:
        lately.is_mine(db(), me, about)
    elif what == "not-mine" and about:
        lately.is_not_mine(db(), me, about)
        return _choose_another()
    elif what == "tries-mine":
        lately.answer_tries(db(), me.person)
    elif what == "tries-not-mine":
        lately.answer_tries(db(), me.person)
        return _choose_another()
    else:
        return _shown(me, 400, (forms.problem(Refusal(Reason.NOT_UNDERSTOOD)),))
    return go(url_for("accounts.signed_in"))


def _choose_another() -> Answer:
    flash(_("That device is signed out. Choose a new password, so that nobody can use the old one."), "sun")
    return go(url_for("accounts.new_password"))


@blueprint.route("/signed-in/drop", methods=["POST"])
@open_to(HATLESS)
def drop_key() -> Answer:
    """Take a passkey away, or the app; never the last, where the school wants one."""
    me = _me()
    if not (me.staff or me.keyed):
        raise Unseen
    if not proved_lately(db(), me, LATELY):
        return ask_again(url_for("accounts.signed_in"))
    ways, key = second.ways_of(db(), me.person), request.form.get("key", "")
    if me.asked and ways.passkeys + ways.app < 2:
        return _shown(me, 400, (forms.problem(Refusal(Reason.LAST_KEY)),))
    if key == "app":
        second.drop_app(db(), me.person)
    elif (about := _id(key)) is None or not passkeys.drop(db(), me.person, about):
        return _shown(me, 400, (forms.problem(Refusal(Reason.NOT_NOW)),))
    flash(_("Taken away."))
    return go(url_for("accounts.signed_in"))


def _id(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None
