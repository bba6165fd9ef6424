"""Above and below what is read: the parts of the list, what was just decided, the buttons."""

from collections.abc import Sequence
from types import SimpleNamespace
from uuid import UUID

from flask_babel import ngettext

from journal.clock import now
from journal.doors import account, db, viewer
from journal.moderation.desk import Desk, Fresh
from journal.moderation.places import Part
from journal.moderation.undoing import UNDO
from journal.moderation.views.asked import Asked
from journal.moderation.waiting import Waits
from journal.pauses import kept_waiting
from journal.saying import gettext as _
from journal.words import Verdict


def parts(desk: Desk, here: Asked, leading: bool) -> list[SimpleNamespace]:
    """The links that narrow the list: a teacher's groups, a lead's own desk. None where there is nothing to choose."""
    if leading:
        some = [(None, _("All")), (Part.DESK.value, _("For you")), (Part.INSTEAD.value, _("Instead of teachers"))]
    else:
        groups: list[tuple[UUID, str]] = list(desk.groups.items())
        some = [(None, _("All")), *((str(group), name) for group, name in groups)] if len(groups) > 1 else []
    return [
        SimpleNamespace(label=label, url=here.url(group=value, after=None), current=here.group == value)
        for value, label in some
    ]


def fresh_object(fresh: Fresh | None, here: Asked) -> SimpleNamespace | None:
    """What was just decided, as long as it can be undone."""
    if fresh is None:
        return None
    left = max(1, round((fresh.at + UNDO - now()).total_seconds()))
    return SimpleNamespace(go=fresh.go, words=done_words(fresh), seconds=min(left, round(UNDO.total_seconds())))


def done_words(fresh: Fresh) -> str:
    """What was just decided."""
    if fresh.things > 1:
        return str(
            ngettext(
                "%(num)s thing let through. It is shared now.",
                "%(num)s things let through. They are shared now.",
                fresh.things,
            )
        )
    words: dict[Verdict, str] = {
        Verdict.LET_THROUGH: _("Let through. It is shared now."),
        Verdict.SENT_BACK: _("Sent back, with your kind note."),
        Verdict.PUT_AWAY: _("Put away. The reason is in the school’s record."),
        Verdict.PASSED_ON: _("Passed on to the safeguarding lead."),
    }
    return words[fresh.verdict]


def paused(waiting: Sequence[Waits]) -> set[UUID]:
    """Those that cannot be let through now. No query while nothing in the school has a rest."""
    here = account()
    if not waiting or here is None or not here.rests:
        return set()
    return kept_waiting(db(), viewer(), {one.item.id: one.circles for one in waiting})


def lead_actions() -> list[SimpleNamespace]:
    """What a safeguarding lead decides: there is nobody to pass it on to."""
    return [
        _action("let_through", _("Let it through"), _("and share it"), "check-circle", "go"),
        _action("send_back", _("Send back"), _("with your note"), "arrow-bend-up-left"),
        _action("put_away", _("Put away"), _("from everybody, with a reason"), "eye-slash"),
    ]


def _action(value: str, label: str, small: str, icon: str, kind: str = "") -> SimpleNamespace:
    return SimpleNamespace(value=value, label=label, small=small, icon=icon, kind=kind)
