"""A note that came back to its writer: reading it, answering it, taking words, asking another grown-up to look."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, aliased

from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.entries.acts import open_draft
from journal.jobs import index_later
from journal.reasons import beyond
from journal.records import Decision, FamilyLink, Item, Membership, NoteAnswer, Revision, Teaching
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT, in_turn, wait_again
from journal.rows import changed
from journal.seeing import Viewer
from journal.standing import standings
from journal.trail import record
from journal.words import AnswerKind, Role, Standing, Verdict


@dataclass(frozen=True, slots=True)
class CameBack:
    """A note, what it is about, who wrote it, and what its reader did with it so far."""

    decision: Decision
    item: Item
    revision: Revision
    by: Membership
    answers: dict[AnswerKind, NoteAnswer]
    asked: bool
    """Whether another grown-up was asked about this revision, because of this note or another."""

    @property
    def newest(self) -> bool:
        """Whether nothing else was handed in since."""
        return self.item.revision_id == self.revision.id


def came_back(session: Session, actor: Viewer, decision: UUID) -> CameBack:
    """Return a note that the viewer got, in two queries. Raises ``Unseen`` for any other."""
    row = session.execute(
        select(Decision, Item, Revision, Membership)
        .join(Item, Item.id == Decision.item_id)
        .join(Revision, Revision.id == Decision.revision_id)
        .join(Membership, Membership.id == Decision.by_id)
        .where(Decision.id == decision, Decision.verdict == Verdict.SENT_BACK)
        .where(Item.author_id == actor.membership, Item.deleted_at.is_(None), Decision.undone_at.is_(None))
        # Read again after waiting for one's turn, it is as the one before left it.
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Unseen
    found, item, revision, by = row
    answers = session.scalars(select(NoteAnswer).where(NoteAnswer.item_id == item.id)).all()
    mine = {one.kind: one for one in answers if one.decision_id == found.id}
    asked = any(one.kind is AnswerKind.ASKED and one.revision_id == revision.id for one in answers)
    return CameBack(found, item, revision, by, mine, asked)


def readers(session: Session, item: Item, group: UUID | None, past: UUID | None = None) -> list[Membership]:
    """Return who decides about an item at a group's desk today, but for one person; the leads where no teacher can."""
    with beyond(session, "names under what is shown"):
        teachers = select(Membership).join(Teaching, Teaching.teacher_id == Membership.id)
        here = teachers.where(Teaching.group_id == group, Teaching.ended_at.is_(None))
        found = list(session.scalars(_able(here, item, past))) if group else []
        leads = select(Membership).where(Membership.role == Role.LEAD)
        return found or list(session.scalars(_able(leads, item, past)))


def _able(people: Select[Membership], item: Item, past: UUID | None) -> Select[Membership]:
    """Of these, who may decide: there still, no relative of the child, not the writer, not the one person."""
    relative, author = aliased(Membership), aliased(Membership)
    kin = (
        select(relative.person_id)
        .join(FamilyLink, FamilyLink.relative_id == relative.id)
        .where(FamilyLink.pupil_id == item.pupil_id, FamilyLink.ended_at.is_(None))
    )
    writer = select(author.person_id).where(author.id == item.author_id)
    able = people.where(Membership.school_id == item.school_id, Membership.ended_at.is_(None))
    able = able.where(Membership.person_id.not_in(kin), Membership.person_id.not_in(writer))
    if past is not None:
        able = able.where(Membership.person_id != past)
    return able.order_by(Membership.name, Membership.id)


def who_else(session: Session, sent: CameBack) -> list[Membership]:
    """Return who can be asked to look again: another teacher of the group, else a lead; never who sent it back.

    After a lead it is another lead, and a teacher only where there is none.
    """
    groups = {group for group in _desks(session, sent).values() if group is not None}
    first = sent.decision.group_id or next(iter(sorted(groups, key=str)), None)
    if sent.decision.group_id is None:
        leads = readers(session, sent.item, None, sent.by.person_id)
        return leads or (readers(session, sent.item, first, sent.by.person_id) if first else [])
    return readers(session, sent.item, first, sent.by.person_id)


def answer(session: Session, actor: Viewer, decision: UUID, words: str) -> CameBack:
    """Answer a note, once. Raises Refusal(EMPTY_WORDS), and Refusal(NOT_NOW) for another answer than the first."""
    if not words.strip():
        raise Refusal(Reason.EMPTY_WORDS, "words")
    sent = came_back(session, actor, decision)
    in_turn(session, sent.item.id)
    _keep(session, actor, came_back(session, actor, decision), AnswerKind.SAID, words)
    return sent


def keep_mine(session: Session, actor: Viewer, decision: UUID) -> CameBack:
    """Keep one's own words, not those that were suggested."""
    sent = came_back(session, actor, decision)
    in_turn(session, sent.item.id)
    _keep(session, actor, came_back(session, actor, decision), AnswerKind.KEPT)
    return sent


def use_words(session: Session, actor: Viewer, decision: UUID) -> CameBack:
    """Put the suggested words into the draft; the child shares it, or does not. Refusal(WORDS_GONE) if they changed."""
    sent = came_back(session, actor, decision)
    if sent.item.entry_id is not None or not sent.decision.suggest_old:
        raise Refusal(Reason.NOT_NOW)
    in_turn(session, sent.item.id)
    if AnswerKind.USED in came_back(session, actor, decision).answers:
        return sent
    _entry, draft = open_draft(session, actor, sent.item.id)
    old, new = sent.decision.suggest_old, sent.decision.suggest_new
    title, words = draft.title, draft.words
    if old in words:
        words = _in_their_place(words, old, new)
    elif old in title:
        title = _in_their_place(title, old, new)
    else:
        raise Refusal(Reason.WORDS_GONE)
    # A window in which the old words stand is told that there are newer ones.
    first = (Revision.id == draft.id, Revision.version == draft.version, Revision.handed_in_at.is_(None))
    if not changed(session, update(Revision).where(*first).values(title=title, words=words, version=draft.version + 1)):
        raise Refusal(Reason.CHANGED_ELSEWHERE)
    index_later(session, sent.item.school_id, sent.item.id, soon=False)
    _keep(session, actor, sent, AnswerKind.USED)
    return sent


def ask_again(session: Session, actor: Viewer, decision: UUID, words: str = "") -> CameBack:
    """Ask another grown-up to look at what came back, once for a revision. What they decide stands.

    Raises Refusal(NOBODY_ELSE), and Refusal(NOT_NOW) where it was asked before, or something else was handed in since.
    """
    sent = came_back(session, actor, decision)
    in_turn(session, sent.item.id)
    sent = came_back(session, actor, decision)
    if AnswerKind.ASKED in sent.answers:
        return sent
    desks = _desks(session, sent)
    if sent.asked or not sent.newest or not desks:
        raise Refusal(Reason.NOT_NOW)
    if not who_else(session, sent):
        raise Refusal(Reason.NOBODY_ELSE)
    if sent.decision.group_id is None and readers(session, sent.item, None, sent.by.person_id):
        desks = dict.fromkeys(desks)
    wait_again(session, sent.item, sent.revision, desks, sent.by.person_id)
    with beyond(session, ACT):
        sent.item.sent_back_at = None
    _keep(session, actor, sent, AnswerKind.ASKED, words)
    return sent


def can_ask(session: Session, sent: CameBack) -> bool:
    """Tell whether there is something left to ask about, and it was not asked yet."""
    return not sent.asked and sent.newest and bool(_desks(session, sent))


def _desks(session: Session, sent: CameBack) -> dict[str, UUID | None]:
    """The circles that this note sent back and that are as they were, each with the group that decides about it."""
    found = standings(session, {sent.revision.id: sent.item.id})[sent.item.id]
    back = [one.circle for one in found if one.standing is Standing.SENT_BACK and one.decision == sent.decision.id]
    return {one: owner_of(one) if kind_of(one) in GROUP_KINDS else sent.decision.group_id for one in back}


def _in_their_place(words: str, old: str, new: str) -> str:
    """Words with others in place of the first such; where they are left out, no gap stays."""
    before, _old, after = words.partition(old)
    if new:
        return f"{before}{new}{after}"
    if before.endswith(" ") and (not after or after[0] in " .,;:!?\n"):
        before = before.removesuffix(" ")
    return before + after


def _keep(session: Session, actor: Viewer, sent: CameBack, kind: AnswerKind, words: str = "") -> None:
    """Write down what the writer did. Nothing that was written down is written over."""
    there = sent.answers.get(kind)
    if there is not None:
        if there.words != words:
            raise Refusal(Reason.NOT_NOW)
        return
    session.add(
        NoteAnswer(
            school_id=sent.item.school_id,
            item_id=sent.item.id,
            revision_id=sent.revision.id,
            decision_id=sent.decision.id,
            kind=kind,
            words=words,
        )
    )
    session.flush()
    record(session, actor, f"note_{kind}", sent.item.id, revision=sent.revision.number)
