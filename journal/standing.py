"""Where an item stands, circle by circle, for its author to know."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from journal.circles import GROUP_KINDS, Kind, kind_of, owner_of
from journal.records import Choice, Decision, Item, Revision, Shown, Waiting
from journal.words import Standing, Verdict


@dataclass(frozen=True, slots=True)
class CircleStanding:
    """One circle: how it stands, since when, whether an older revision is shown meanwhile, and the note if any."""

    circle: str
    standing: Standing
    since: datetime | None = None
    older_shown: bool = False
    with_lead: bool = False
    note: str = ""
    decided_by: UUID | None = None

    @property
    def kind(self) -> Kind:
        """The kind of circle."""
        return kind_of(self.circle)


def standings(session: Session, items: list[Item]) -> dict[UUID, list[CircleStanding]]:
    """Return where items stand that the session's viewer wrote, in one query however many they are.

    Items that were never handed in have nothing to tell.
    """
    current = {item.revision_id: item for item in items if item.revision_id is not None}
    found: dict[UUID, list[CircleStanding]] = {item.id: [] for item in current.values()}
    rows = session.execute(
        select(Choice.item_id, Choice.circle, Revision.number, Shown, Waiting, Decision)
        .join(Revision, Revision.id == Choice.revision_id)
        .outerjoin(Shown, and_(Shown.item_id == Choice.item_id, Shown.circle == Choice.circle))
        .outerjoin(Waiting, and_(Waiting.item_id == Choice.item_id, Waiting.circle == Choice.circle))
        .outerjoin(Decision, Decision.revision_id == Choice.revision_id)
        .where(Choice.revision_id.in_(current))
        .order_by(Choice.item_id, Choice.circle, Decision.id.desc())
    )
    # One row for each circle and decision, the circle's together, its newest decision first.
    for (item, circle), one_circle in groupby(rows, key=lambda row: (row.item_id, row.circle)):
        same = list(one_circle)
        _item, _circle, number, shown, waiting, _decision = same[0]
        decisions = [row.Decision for row in same if row.Decision is not None]
        found[item].append(_one(circle, number, shown, waiting, decisions))
    return found


def _one(
    circle: str, number: int, shown: Shown | None, waiting: Waiting | None, decisions: list[Decision]
) -> CircleStanding:
    if shown is not None and shown.number == number:
        return CircleStanding(circle, Standing.SHARED, shown.released_at)
    older = shown is not None
    decision = next((one for one in decisions if _about(one, circle)), None)
    if waiting is not None:
        return CircleStanding(circle, Standing.WAITING, waiting.since, older, with_lead=waiting.group_id is None)
    if decision is None:
        return CircleStanding(circle, Standing.NOT_ASKED, None, older)
    standing = {
        Verdict.SENT_BACK: Standing.SENT_BACK,
        Verdict.PUT_AWAY: Standing.PUT_AWAY,
        Verdict.PASSED_ON: Standing.PASSED_ON,
        Verdict.LET_THROUGH: Standing.SHARED,
    }[decision.verdict]
    return CircleStanding(circle, standing, decision.created_at, older, note=decision.note, decided_by=decision.by_id)


def _about(decision: Decision, circle: str) -> bool:
    """A lead's decision is about every circle that waited for the lead; a teacher's about those of the group."""
    if decision.group_id is None:
        return True
    return kind_of(circle) not in GROUP_KINDS or owner_of(circle) == decision.group_id
