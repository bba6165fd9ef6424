"""Where an item stands, circle by circle, for its author to know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
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
    """Return where items stand that the session's viewer wrote, in five queries however many they are.

    Items that were never handed in have nothing to tell.
    """
    current = {item.revision_id: item for item in items if item.revision_id is not None}
    ids = [item.id for item in current.values()]
    numbers = dict(session.execute(select(Revision.item_id, Revision.number).where(Revision.id.in_(current))).all())
    chosen = session.execute(
        select(Choice.item_id, Choice.circle).where(Choice.revision_id.in_(current)).order_by(Choice.circle)
    )
    shown = {(row.item_id, row.circle): row for row in session.scalars(select(Shown).where(Shown.item_id.in_(ids)))}
    waiting = {
        (row.item_id, row.circle): row for row in session.scalars(select(Waiting).where(Waiting.item_id.in_(ids)))
    }
    decisions: dict[UUID, list[Decision]] = {one: [] for one in ids}
    for decision in session.scalars(
        select(Decision).where(Decision.revision_id.in_(current)).order_by(Decision.id.desc())
    ):
        decisions[decision.item_id].append(decision)
    found: dict[UUID, list[CircleStanding]] = {one: [] for one in ids}
    for row in chosen:
        key = (row.item_id, row.circle)
        found[row.item_id].append(
            _one(row.circle, numbers[row.item_id], shown.get(key), waiting.get(key), decisions[row.item_id])
        )
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
