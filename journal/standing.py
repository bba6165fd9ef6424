"""Where an item stands, circle by circle, for its author to know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, bindparam, select
from sqlalchemy.orm import Session

from journal.circles import GROUP_KINDS, Kind, kind_of, owner_of
from journal.records import Choice, Decision, Revision, Shown, Waiting
from journal.words import Standing, Verdict

Pieces = Sequence[Mapping[str, Any]]
"""A note in pieces, see ``Decision.pieces``."""


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
    pieces: Pieces = ()
    decision: UUID | None = None
    """The decision that the note belongs to."""
    past: UUID | None = None
    """The person who sent it back, where another grown-up was asked to look."""

    @property
    def kind(self) -> Kind:
        """The kind of circle."""
        return kind_of(self.circle)


_STANDINGS: Select[*tuple[Any, ...]] = (
    select(
        Choice.item_id,
        Choice.circle,
        Revision.number,
        Shown.number.label("shown"),
        Shown.released_at,
        Waiting.since,
        Waiting.group_id.label("desk"),
        Waiting.past_id.label("past"),
        Decision.verdict,
        Decision.created_at,
        Decision.id.label("decision"),
        Decision.note,
        Decision.pieces,
        Decision.by_id,
        Decision.group_id.label("group"),
    )
    .join(Revision, Revision.id == Choice.revision_id)
    .outerjoin(Shown, and_(Shown.item_id == Choice.item_id, Shown.circle == Choice.circle))
    .outerjoin(Waiting, and_(Waiting.item_id == Choice.item_id, Waiting.circle == Choice.circle))
    .outerjoin(Decision, and_(Decision.revision_id == Choice.revision_id, Decision.undone_at.is_(None)))
    .where(Choice.revision_id.in_(bindparam("revisions", expanding=True)))
    .order_by(Choice.item_id, Choice.circle, Decision.id.desc())
)


def standings(session: Session, current: Mapping[UUID, UUID]) -> dict[UUID, list[CircleStanding]]:
    """Return where items stand that the session's viewer wrote, in one query however many they are.

    ``current`` are the revisions that were handed in last, each with its item.
    """
    found: dict[UUID, list[CircleStanding]] = {item: [] for item in current.values()}
    rows = session.execute(_STANDINGS, {"revisions": list(current)}).all()
    # One row for each circle and decision, the circle's together, its newest decision first.
    for (item, _), same in groupby(rows, key=lambda row: (row.item_id, row.circle)):
        found[item].append(_one([*same]))
    return found


def _one(rows: Sequence[Row[*tuple[Any, ...]]]) -> CircleStanding:
    first = rows[0]
    circle, older = first.circle, first.shown is not None
    if first.shown == first.number:
        return CircleStanding(circle, Standing.SHARED, first.released_at)
    if first.since is not None:
        lead = first.desk is None
        sent_back = next((one.by_id for one in rows if one.verdict is Verdict.SENT_BACK and first.past), None)
        return CircleStanding(circle, Standing.WAITING, first.since, older, lead, decided_by=sent_back, past=first.past)
    decision = next((one for one in rows if one.verdict is not None and _about(one.group, circle)), None)
    if decision is None:
        return CircleStanding(circle, Standing.NOT_ASKED, None, older)
    standing = {
        Verdict.SENT_BACK: Standing.SENT_BACK,
        Verdict.PUT_AWAY: Standing.PUT_AWAY,
        Verdict.PASSED_ON: Standing.PASSED_ON,
        Verdict.LET_THROUGH: Standing.SHARED,
    }[decision.verdict]
    return CircleStanding(
        circle,
        standing,
        decision.created_at,
        older,
        note=decision.note,
        decided_by=decision.by_id,
        pieces=decision.pieces,
        decision=decision.decision,
    )


def _about(group: UUID | None, circle: str) -> bool:
    """A lead's decision is about every circle that waited for the lead; a teacher's about those of the group."""
    return group is None or kind_of(circle) not in GROUP_KINDS or owner_of(circle) == group
