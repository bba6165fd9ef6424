"""What happened, in order: one line each, for the page, for paper and for another system."""

from collections.abc import Mapping
from types import SimpleNamespace

from journal.pages import clock
from journal.safeguarding.caseload import CLOSED, OPENED
from journal.safeguarding.shapes import Case, Event
from journal.safeguarding.views.kept import teller
from journal.safeguarding.views.shown import day
from journal.saying import gettext as _
from journal.site import url_for
from journal.words import NoteKind, Verdict

TONES: Mapping[str, str] = {
    "told": "poppy",
    "read": "leaf",
    "hand_in": "blossom",
    "say": "blossom",
    "edit": "blossom",
    "delete": "poppy",
    "take_back": "poppy",
    OPENED: "poppy",
    NoteKind.PASSED: "poppy",
    NoteKind.HELD: "sun",
    NoteKind.HOLD_OFF: "sun",
    NoteKind.HOLD_REVIEWED: "sun",
    Verdict.LET_THROUGH: "sky",
    Verdict.SENT_BACK: "sky",
    Verdict.PUT_AWAY: "sky",
    "put_away_shown": "sky",
}


def lines(found: Case) -> list[SimpleNamespace]:
    """All that happened, in the order of time."""
    known = [
        *(Event(one.concern.created_at, one.concern.by_id, "told", teller(one.concern)) for one in found.told),
        *(
            Event(one.concern.read_at, one.concern.read_by_id, "read")
            for one in found.told[:1]
            if one.concern.read_at is not None
        ),
        *found.course,
    ]
    said = []
    for one in sorted(known, key=lambda event: event.at):
        name = one.words if one.what == "told" else found.name(one.by) or str(_("Somebody who is not here any more"))
        said.append(
            SimpleNamespace(
                at=one.at.isoformat(timespec="seconds"),
                when=day(one.at),
                clock=clock(one.at),
                tone=TONES.get(one.what, "leaf"),
                words=_words(found, one, name),
                note=one.words if one.what != "told" else "",
                url=url_for("breakglass.known_of", grant=one.grant) if one.grant else "",
            )
        )
    return said


def _words(found: Case, event: Event, name: str) -> str:
    """One line, in words."""
    about = found.name(event.about)
    words = {
        "told": _("%(name)s raised this concern.", name=name),
        "read": _("%(name)s read it.", name=name),
        "hand_in": _("%(name)s handed it in.", name=name),
        "say": _("%(name)s wrote it.", name=name),
        "edit": _("%(name)s changed it.", name=name),
        "delete": _("%(name)s deleted it.", name=name),
        "take_back": _("%(name)s took it back.", name=name),
        "bring_back": _("%(name)s brought it back.", name=name),
        OPENED: _("%(name)s opened what %(who)s had not shared.", name=name, who=about),
        CLOSED: _("What %(name)s had opened was closed again.", name=name),
        "put_away_shown": _("%(name)s put it away.", name=name),
        Verdict.LET_THROUGH: _("%(name)s let it through.", name=name),
        Verdict.SENT_BACK: _("%(name)s sent it back with a note.", name=name),
        Verdict.PUT_AWAY: _("%(name)s put it away.", name=name),
        Verdict.PASSED_ON: _("%(name)s passed it on.", name=name),
        NoteKind.NOTE: _("%(name)s wrote a note.", name=name),
        NoteKind.OPEN: _("%(name)s took it up.", name=name),
        NoteKind.WAITING: _("%(name)s is waiting for others.", name=name),
        NoteKind.CLOSED: _("%(name)s closed it.", name=name),
        NoteKind.REOPENED: _("%(name)s opened it again.", name=name),
        NoteKind.PASSED: _("%(name)s passed it to somebody outside the school.", name=name),
        NoteKind.TAKEN: _("%(who)s takes care of it (written down by %(name)s).", name=name, who=about),
        NoteKind.NAMED: _("%(name)s wrote down that it is about %(who)s too.", name=name, who=about),
        NoteKind.JOINED: _("%(name)s joined another concern to it.", name=name),
        NoteKind.STEP: _("%(name)s added a step.", name=name),
        NoteKind.STEP_DONE: _("%(name)s finished a step.", name=name),
        NoteKind.HELD: _("%(name)s put a hold on.", name=name),
        NoteKind.HOLD_REVIEWED: _("%(name)s looked at a hold again and left it on.", name=name),
        NoteKind.HOLD_OFF: _("%(name)s took a hold off.", name=name),
        NoteKind.ANSWERED: _("%(name)s wrote back.", name=name),
        NoteKind.PRINTED: _("%(name)s printed it.", name=name),
        NoteKind.EXPORTED: _("%(name)s saved it for another system.", name=name),
    }
    return str(words.get(event.what, name))
