"""What a moderator does: let through, send back with a kind note, put away, pass to the safeguarding lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.clock import now
from journal.facts import facts_of
from journal.jobs import index_later
from journal.looks import look_at
from journal.moderation.undoing import Go, awake, remembered
from journal.notices.acts import tell
from journal.reasons import beyond
from journal.records import Concern, Decision, FamilyLink, Item, Look, Membership, Revision, Waiting
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT, in_turn, retract, self_circle, show, shown_to, waiting_circles
from journal.rows import changed
from journal.seeing import Viewer
from journal.trail import record
from journal.viewers import open_groups
from journal.visibility import may_decide
from journal.words import LookKind, NoticeKind, Role, Verdict


@dataclass(frozen=True, slots=True)
class DecideInput:
    """A decision about the revision that the moderator was looking at."""

    item: UUID
    revision: UUID
    verdict: Verdict
    note: str = ""
    """What the author reads; needed for sending back."""
    reason: str = ""
    """For the record; needed for putting away."""
    pieces: tuple[Mapping[str, Any], ...] = ()
    """The note as it was built, see ``Decision.pieces``."""
    suggest_old: str = ""
    """Words of the revision for which others are suggested, when it is sent back."""
    suggest_new: str = ""
    """The others; none to leave them out."""


def decide(session: Session, actor: Viewer, decision: DecideInput, go: Go | None = None) -> Item:
    """Decide about what waits for this moderator; what is decided in one ``go`` is undone in one.

    Raises Refusal(DECIDED_ALREADY) when another was first, Refusal(REPLACED) when the author changed it meanwhile,
    Refusal(NOTE_NEEDED), Refusal(REASON_NEEDED), Refusal(NOBODY_LEADS) and Refusal(WORDS_NOT_THERE), Refusal(RESTING)
    for letting through while that has a rest, and ``Unseen`` for what was never this moderator's to decide.
    """
    item = _decidable(session, actor, decision.item)
    in_turn(session, item.id)
    mine = _waiting_for(session, actor, item)
    if not mine:
        raise Refusal(Reason.DECIDED_ALREADY)
    if any(row.revision_id != decision.revision for row in mine):
        raise Refusal(Reason.REPLACED)
    if decision.verdict is Verdict.SENT_BACK and not decision.note.strip():
        raise Refusal(Reason.NOTE_NEEDED, "note")
    if decision.verdict in (Verdict.PUT_AWAY, Verdict.PASSED_ON) and not decision.reason.strip():
        raise Refusal(Reason.REASON_NEEDED, "reason")
    if decision.verdict is Verdict.PASSED_ON and not _somebody_leads(session, item):
        raise Refusal(Reason.NOBODY_LEADS)
    if decision.verdict is Verdict.LET_THROUGH:
        awake(session, actor, item, {row.circle for row in mine})
    with remembered(session, item, go or Go()), beyond(session, ACT):
        revision = session.scalars(select(Revision).where(Revision.id == decision.revision)).one()
        _suggests_well(revision, decision)
        for group in sorted({row.group_id for row in mine}, key=str):
            circles = {row.circle for row in mine if row.group_id == group}
            _carry_out(session, actor, item, revision, group, circles, decision)
    index_later(session, item.school_id, item.id)
    look_at(session, actor, item, LookKind.MODERATED, revision.number)
    _tell_author(session, item, decision.verdict)
    record(session, actor, decision.verdict, item.id, revision=revision.number)
    return item


def _somebody_leads(session: Session, item: Item) -> bool:
    """Whether there is a safeguarding lead who may read it: no relative of the child, and not whoever wrote it."""
    relative, author = aliased(Membership), aliased(Membership)
    wrote = select(author.person_id).where(author.id == item.author_id)
    kin = (
        select(relative.person_id)
        .join(FamilyLink, FamilyLink.relative_id == relative.id)
        .where(FamilyLink.pupil_id == item.pupil_id, FamilyLink.ended_at.is_(None))
    )
    here = Membership.role == Role.LEAD, Membership.school_id == item.school_id, Membership.ended_at.is_(None)
    with beyond(session, ACT):
        may = select(Membership.id).where(*here, Membership.person_id.not_in(wrote), Membership.person_id.not_in(kin))
        return session.scalar(may.limit(1)) is not None


def put_away_shown(session: Session, actor: Viewer, item_id: UUID, reason: str) -> Item:
    """Put away what is shown already: a teacher from their groups' circles, a safeguarding lead from everybody.

    A lead sees what waits for them, and may besides put away what a worry is about. Raises Refusal(NOT_NOW) for what
    is shown to nobody: where it waits, they decide.
    """
    item = _shown_item(session, actor, item_id)
    if item is None or item.pupil_id in actor.kin or item.author_id == actor.membership:
        raise Unseen
    shown = shown_to(session, item.id)
    groups = {owner_of(one) for one in shown if kind_of(one) in GROUP_KINDS} & actor.decides_for
    if not groups and actor.role is not Role.LEAD:
        raise Unseen
    if not shown:
        raise Refusal(Reason.NOT_NOW)
    if not reason.strip():
        raise Refusal(Reason.REASON_NEEDED, "reason")
    numbers = {number for one, number in shown.items() if kind_of(one) in GROUP_KINDS} or set(shown.values())
    with beyond(session, ACT):
        revision = session.scalars(
            select(Revision).where(Revision.item_id == item.id, Revision.number == max(numbers))
        ).one()
    desks: list[UUID | None] = [*sorted(groups)] or [None]
    put_away = DecideInput(item.id, revision.id, Verdict.PUT_AWAY, reason=reason)
    with remembered(session, item, Go()):
        for group in desks:
            _note(session, actor, item, revision, group, put_away)
            _put_away(session, actor, item, group)
    _tell_author(session, item, Verdict.PUT_AWAY)
    record(session, actor, "put_away_shown", item.id)
    return item


def _shown_item(session: Session, actor: Viewer, item_id: UUID) -> Item | None:
    """Return an item that the viewer sees, or for a safeguarding lead one that a worry is about."""
    there = select(Item).where(Item.id == item_id, Item.deleted_at.is_(None))
    item = session.scalars(there).one_or_none()
    if item is not None or not worry_about(session, actor, item_id):
        return item
    with beyond(session, ACT):
        return session.scalars(there.where(Item.school_id == actor.school)).one_or_none()


def worry_about(session: Session, actor: Viewer, item_id: UUID) -> bool:
    """Tell whether the viewer is a safeguarding lead to whom somebody told a worry about an item."""
    if actor.role is not Role.LEAD:
        return False
    return session.scalar(select(Concern.id).where(Concern.item_id == item_id).limit(1)) is not None


def _decidable(session: Session, actor: Viewer, item_id: UUID) -> Item:
    """Return the item, if it is or lately was this viewer's to decide; who decides may learn that another has.

    Raises Refusal(NOT_AT_DESK) for one who looked at it and has left that desk since.
    """
    with beyond(session, ACT):
        item = session.scalars(select(Item).where(Item.id == item_id)).one_or_none()
        if item is None or item.school_id != actor.school or item.deleted_at is not None:
            raise Unseen
        if item.pupil_id in actor.kin or item.author_id == actor.membership:
            raise Unseen
        decided = set(session.scalars(select(Decision.group_id).where(Decision.item_id == item.id)))
        waiting = dict(
            session.execute(select(Waiting.group_id, Waiting.late_at).where(Waiting.item_id == item.id)).all()
        )
        looked = select(Look.id).where(Look.item_id == item.id, Look.membership_id == actor.membership)
        read = session.scalar(looked.where(Look.kind == LookKind.MODERATED)) is not None
    there = decided | waiting.keys()
    if actor.leads or there & actor.decides_for:
        if there:
            return item
        raise Unseen
    too_late = {group for group, at in waiting.items() if at is not None and at <= now()}
    if (there if read else too_late) & actor.seconds_for:
        return item
    if read and there:
        raise Refusal(Reason.NOT_AT_DESK)
    raise Unseen


def _waiting_for(session: Session, actor: Viewer, item: Item) -> list[Waiting]:
    facts = facts_of(session, [item])[item.id]
    mine = {wait.circle for wait in facts.waiting if may_decide(actor, facts, wait)}
    with beyond(session, ACT):
        rows = session.scalars(select(Waiting).where(Waiting.item_id == item.id, Waiting.circle.in_(mine)))
        return list(rows)


def _carry_out(
    session: Session,
    actor: Viewer,
    item: Item,
    revision: Revision,
    group: UUID | None,
    circles: set[str],
    decision: DecideInput,
) -> None:
    if decision.verdict is Verdict.LET_THROUGH and not _takes_in(session, item, circles):
        raise Refusal(Reason.NOT_NOW)
    rows = (Waiting.item_id == item.id, Waiting.revision_id == revision.id, Waiting.circle.in_(circles))
    if decision.verdict is Verdict.PASSED_ON:
        met = changed(session, update(Waiting).where(*rows).values(group_id=None))
    else:
        met = changed(session, delete(Waiting).where(*rows))
    if met != len(circles):
        raise Refusal(Reason.DECIDED_ALREADY)
    noted = _note(session, actor, item, revision, group, decision)
    if decision.verdict is Verdict.SENT_BACK:
        item.sent_back_at = noted.created_at
    elif decision.verdict is Verdict.LET_THROUGH:
        for one in sorted(circles):
            show(session, item, revision, one, noted)
    elif decision.verdict is Verdict.PUT_AWAY:
        _put_away(session, actor, item, group)


def _takes_in(session: Session, item: Item, circles: set[str]) -> bool:
    """Whether the child is still in the groups whose circles these are, and their year is not over."""
    groups = {owner_of(one) for one in circles if kind_of(one) in GROUP_KINDS}
    return groups <= {group.id for group in open_groups(session, item.pupil_id)}


def _put_away(session: Session, actor: Viewer, item: Item, group: UUID | None) -> None:
    """A teacher's decision reaches the group's circles; only the safeguarding lead puts an item away from everybody."""
    shown = shown_to(session, item.id)
    if actor.role is Role.LEAD:
        retract(session, item, shown.keys() | waiting_circles(session, item).keys())
    else:
        retract(session, item, [one for one in shown if kind_of(one) in GROUP_KINDS and owner_of(one) == group])


def _note(
    session: Session,
    actor: Viewer,
    item: Item,
    revision: Revision,
    group: UUID | None,
    decision: DecideInput,
) -> Decision:
    back = decision.verdict is Verdict.SENT_BACK
    row = Decision(
        school_id=item.school_id,
        item_id=item.id,
        revision_id=revision.id,
        group_id=None if actor.role is Role.LEAD else group,
        verdict=decision.verdict,
        note=decision.note if back else "",
        pieces=[dict(one) for one in decision.pieces] if back else [],
        suggest_old=decision.suggest_old if back else "",
        suggest_new=decision.suggest_new if back else "",
        reason=decision.reason if decision.verdict in (Verdict.PUT_AWAY, Verdict.PASSED_ON) else "",
        by_id=actor.membership,
    )
    session.add(row)
    session.flush()
    return row


def _suggests_well(revision: Revision, decision: DecideInput) -> None:
    """Words can be suggested only for words that stand there: it is the child who puts them in."""
    if decision.verdict is not Verdict.SENT_BACK or not (decision.suggest_old or decision.suggest_new):
        return
    if not decision.suggest_old or not (
        decision.suggest_old in revision.title or decision.suggest_old in revision.words
    ):
        raise Refusal(Reason.WORDS_NOT_THERE, "suggest_old")


def _tell_author(session: Session, item: Item, verdict: Verdict) -> None:
    kinds = {
        Verdict.LET_THROUGH: NoticeKind.LET_THROUGH,
        Verdict.SENT_BACK: NoticeKind.SENT_BACK,
        Verdict.PUT_AWAY: NoticeKind.PUT_AWAY,
    }
    if verdict in kinds:
        tell(session, item, item.author_id, kinds[verdict])
    from_others = item.entry_id is not None and item.author_id != item.pupil_id
    if verdict is Verdict.LET_THROUGH and from_others and self_circle(item) in shown_to(session, item.id):
        tell(session, item, item.pupil_id, NoticeKind.SAID)
