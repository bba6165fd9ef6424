"""What people do with comments: say, answer, change, take back, hide for themselves."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.clock import now
from journal.feeds import shown_revisions
from journal.flagging import holding
from journal.jobs import Work, ask_for, index_later
from journal.notices.acts import tell
from journal.pauses import Doing, resting
from journal.photos import PhotoInput, place
from journal.reasons import beyond
from journal.records import Attachment, Comment, Entry, HiddenForMe, Item, Revision, School
from journal.refusals import Reason, Refusal, Unseen
from journal.release import ACT, Terms, choose, chosen, release, self_circle, shown_to
from journal.seeing import Viewer
from journal.talk.reach import Around, Reach, circles_for, terms
from journal.text import POLICY, html_from_words, safe_html, words_from_html
from journal.trail import record
from journal.words import DEEPEST, NoticeKind, Role


@dataclass(frozen=True, slots=True)
class SayInput:
    """What somebody says. ``html`` comes from the editor; without it ``words`` are plain."""

    words: str = ""
    html: str = ""
    reach: Reach | None = None
    looking_at: UUID | None = None
    """The revision that was on the page, so that an edit meanwhile does not carry the comment further."""
    photos: tuple[PhotoInput, ...] = ()
    once: UUID | None = None
    """The comment's id, chosen when the form was made: a second press finds it there."""


def around(session: Session, actor: Viewer, entry: Item, parent: Item | None, looking_at: UUID | None) -> Around:
    """Return what is around a comment that this viewer would write here."""
    revision = _looked_at(session, actor, entry, looking_at)
    shown = shown_to(session, entry.id)
    school = session.scalars(select(School).where(School.id == actor.school)).one()
    answered = None
    if parent is not None:
        answered = frozenset(chosen(session, parent.revision_id or parent.id))
    return Around(
        pupil=entry.pupil_id,
        circles=frozenset(one for one, number in shown.items() if number == revision.number),
        families_may=school.class_families_may_comment,
        answered=answered,
    )


def say(session: Session, actor: Viewer, entry: UUID, parent: UUID | None, said: SayInput) -> Comment:
    """Say something about an entry, or answer a comment. What reaches others than the family waits for a teacher.

    Raises ``Unseen`` for what one cannot see or may not comment on, Refusal(EMPTY_WORDS) for nothing at all,
    Refusal(RESTING) while writing back has a rest.
    """
    if said.once is not None and (twice := _mine(session, actor, said.once)) is not None:
        return twice
    about = session.scalars(
        select(Entry).where(Entry.id == entry, Entry.deleted_at.is_(None), Entry.revision_id.is_not(None))
    ).one_or_none()
    answered = _answered(session, entry, parent)
    if about is None:
        raise Unseen
    _awake(session, actor, about.pupil_id)
    here = around(session, actor, about, answered, said.looking_at)
    circles = circles_for(actor, here, said.reach)
    on_terms = terms(actor, here, shown_to(session, about.id))
    comment = Comment(
        school_id=actor.school,
        author_id=actor.membership,
        pupil_id=about.pupil_id,
        entry_id=about.id,
        parent_id=_stands_under(session, answered) if answered else None,
        handed_in_at=now(),
    )
    if said.once is not None:
        comment.id = said.once
    session.add(comment)
    session.flush()
    revision = _write(session, actor, comment, said, 1)
    _add_photos(session, actor, comment, revision, said.photos)
    comment.revision_id = revision.id
    choose(session, comment, revision, circles)
    release(session, comment, revision, circles, _read_first(session, actor, comment, revision, on_terms))
    tell_of(session, comment, answered)
    record(session, actor, "say", comment.id, entry=about.id.hex, circles=len(circles))
    return comment


def edit(session: Session, actor: Viewer, comment: UUID, said: SayInput) -> Comment:
    """Change one's own words; ``said.photos`` are all that it has from now on.

    Circles that a moderator had let it through to keep the old ones until asked again.
    """
    found = own_comment(session, actor, comment)
    old = session.scalars(select(Revision).where(Revision.id == found.revision_id)).one()
    circles = chosen(session, old.id)
    about = session.scalars(select(Entry).where(Entry.id == found.entry_id)).one_or_none()
    if about is None:
        raise Unseen
    _awake(session, actor, about.pupil_id)
    here = around(session, actor, about, None, None)
    revision = _write(session, actor, found, said, old.number + 1)
    _add_photos(session, actor, found, revision, said.photos)
    found.revision_id, found.sent_back_at = revision.id, None
    choose(session, found, revision, circles)
    on_terms = terms(actor, here, shown_to(session, about.id))
    release(session, found, revision, circles, _read_first(session, actor, found, revision, on_terms))
    record(session, actor, "edit", found.id, revision=revision.number)
    return found


def _awake(session: Session, actor: Viewer, pupil: UUID) -> None:
    if resting(session, actor, Doing.SAY, pupil=pupil) is not None:
        raise Refusal(Reason.RESTING)


def take_back(session: Session, actor: Viewer, comment: UUID, undo_time: int) -> Comment:
    """Take one's own comment back: gone at once for everybody, for good after ``undo_time`` seconds."""
    found = own_comment(session, actor, comment)
    found.deleted_at = now()
    ask_for(session, Work.REMOVE_ITEM, found.id, found.deleted_at + timedelta(seconds=undo_time))
    index_later(session, found.school_id, found.id)
    record(session, actor, "take_back", found.id)
    return found


def bring_back(session: Session, actor: Viewer, comment: UUID) -> Comment:
    """Undo taking back, while that can be done. Raises ``Unseen``, also when its words are gone for good."""
    found = _mine(session, actor, comment)
    if found is None or found.revision_id is None:
        raise Unseen
    found.deleted_at = None
    index_later(session, found.school_id, found.id)
    record(session, actor, "bring_back", found.id)
    return found


def hide(session: Session, actor: Viewer, comment: UUID) -> Comment:
    """Hide a comment from oneself."""
    found = seen_comment(session, comment)
    if _hidden(session, actor, comment) is None:
        session.add(HiddenForMe(school_id=actor.school, item_id=comment, membership_id=actor.membership))
        session.flush()
    return found


def show_again(session: Session, actor: Viewer, comment: UUID) -> Comment:
    """Show a comment again that one had hidden."""
    found = seen_comment(session, comment)
    row = _hidden(session, actor, comment)
    if row is not None:
        session.delete(row)
    return found


def seen_comment(session: Session, comment: UUID) -> Comment:
    """Return a comment that the session's viewer sees. Raises ``Unseen``."""
    found = session.scalars(select(Comment).where(Comment.id == comment, Comment.deleted_at.is_(None))).one_or_none()
    if found is None:
        raise Unseen
    return found


def own_comment(session: Session, actor: Viewer, comment: UUID) -> Comment:
    """Return one's own comment that is there still. Raises ``Unseen``."""
    found = _mine(session, actor, comment)
    if found is None or found.deleted_at is not None:
        raise Unseen
    return found


def tell_of(session: Session, comment: Item, answered: Item | None) -> None:
    """Tell the child, and whom it answers, as far as the comment is shown to them by now."""
    if self_circle(comment) in shown_to(session, comment.id) and comment.author_id != comment.pupil_id:
        tell(session, comment, comment.pupil_id, NoticeKind.SAID)
    if answered is not None and answered.author_id not in (comment.author_id, comment.pupil_id):
        tell(session, comment, answered.author_id, NoticeKind.ANSWERED)


def _mine(session: Session, actor: Viewer, comment: UUID) -> Comment | None:
    return session.scalars(
        select(Comment).where(Comment.id == comment, Comment.author_id == actor.membership)
    ).one_or_none()


def _hidden(session: Session, actor: Viewer, comment: UUID) -> HiddenForMe | None:
    return session.scalars(
        select(HiddenForMe).where(HiddenForMe.item_id == comment, HiddenForMe.membership_id == actor.membership)
    ).one_or_none()


def _answered(session: Session, entry: UUID, parent: UUID | None) -> Comment | None:
    if parent is None:
        return None
    found = seen_comment(session, parent)
    if found.entry_id != entry:
        raise Unseen
    return found


def _stands_under(session: Session, answered: Comment) -> UUID:
    """Return what an answer stands under: what it answers, or beside that where the thread would grow too deep."""
    above: list[UUID] = []
    parent = answered.parent_id
    with beyond(session, ACT):
        while parent is not None and len(above) < DEEPEST:
            above.append(parent)
            parent = session.scalars(select(Item.parent_id).where(Item.id == parent)).one()
    return above[0] if len(above) >= DEEPEST - 1 else answered.id


def _looked_at(session: Session, actor: Viewer, entry: Item, looking_at: UUID | None) -> Revision:
    """Return the revision that the page showed, as long as the viewer still sees it; else what they see now."""
    if looking_at is not None:
        there = session.scalars(
            select(Revision).where(Revision.id == looking_at, Revision.item_id == entry.id)
        ).one_or_none()
        if there is not None and there.handed_in_at is not None:
            return there
    if actor.membership == entry.author_id:
        return session.scalars(select(Revision).where(Revision.id == entry.revision_id)).one()
    seen = shown_revisions(session, [entry.id])
    if entry.id not in seen:
        raise Unseen
    return seen[entry.id][1]


def _write(session: Session, actor: Viewer, comment: Comment, said: SayInput, number: int) -> Revision:
    """Write the words down: rich for grown-ups, plain for children."""
    rich = bool(said.html) and actor.role is not Role.PUPIL
    html = safe_html(said.html) if rich else html_from_words(said.words, links=actor.role is not Role.PUPIL)
    words = words_from_html(html) if rich else said.words
    if not words.strip() and not said.photos:
        raise Refusal(Reason.EMPTY_WORDS, "words")
    revision = Revision(
        school_id=comment.school_id,
        item_id=comment.id,
        number=number,
        words=words,
        html=html,
        html_policy=POLICY,
        learned=[],
        saved_at=now(),
        handed_in_at=now(),
    )
    session.add(revision)
    session.flush()
    return revision


def _read_first(session: Session, actor: Viewer, comment: Comment, revision: Revision, usual: Terms) -> Terms:
    """The terms, with what the school wants read first because an aid noticed something. Teachers' words are not."""
    school = session.scalars(select(School).where(School.id == actor.school)).one()
    if not holding(session, actor, school, comment, revision) or actor.role is Role.TEACHER:
        return usual
    return replace(usual, family_first=True, child_first=comment.author_id != comment.pupil_id)


def _add_photos(
    session: Session, actor: Viewer, comment: Comment, revision: Revision, photos: tuple[PhotoInput, ...]
) -> None:
    for photo in photos:
        attachment = session.scalars(
            select(Attachment).where(Attachment.id == photo.attachment, Attachment.owner_id == actor.membership)
        ).one_or_none()
        if attachment is None or attachment.item_id not in (None, comment.id):
            raise Unseen
        placed = place(session, actor, comment, revision, attachment)
        placed.caption, placed.description = photo.caption, photo.description
