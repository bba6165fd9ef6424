"""What a pupil does with an entry: begin, save, hand in, withdraw, open and shut doors, delete."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.circles import FAMILY_KINDS, kind_of
from journal.clock import now
from journal.entries.doors_of import Doors, circles_of, still_open
from journal.entries.drafts import (
    begin_draft,
    draft_begun_meanwhile,
    in_force_again,
    leave_out,
    left_out_of,
    new_revision,
    persons_of,
    revision_of,
    untouched,
)
from journal.flagging import holding
from journal.holds import held
from journal.jobs import Work, ask_for, index_later
from journal.pauses import Doing, resting
from journal.photos import PhotoInput, has_photos, place, placements, save_photos, take_away
from journal.reasons import beyond
from journal.records import Attachment, Entry, Item, LeftOut, Placement, Revision, School, Waiting
from journal.refusals import Reason, Refusal, Unseen
from journal.release import (
    ACT,
    Terms,
    choose,
    chosen,
    in_turn,
    release,
    retract,
    shown_to,
    wait_no_more,
    waiting_circles,
)
from journal.rows import changed
from journal.seeing import Viewer
from journal.text import POLICY, html_from_words
from journal.trail import record
from journal.words import Learned

JUST_ME = Doors()


@dataclass(frozen=True, slots=True)
class DraftInput:
    """What a draft says. ``version`` is the one that the writer was looking at."""

    version: int
    title: str = ""
    words: str = ""
    learned: frozenset[Learned] = frozenset()
    doors: Doors = JUST_ME
    photos: tuple[PhotoInput, ...] = ()


def own_entry(session: Session, actor: Viewer, entry: UUID) -> Entry:
    """Return one of the pupil's own entries, the deleted ones too. Raises ``Unseen`` for any other."""
    found = session.scalars(select(Entry).where(Entry.id == entry, Entry.author_id == actor.membership)).one_or_none()
    if found is None:
        raise Unseen
    return found


def begin(session: Session, actor: Viewer, words: str = "", starts: Collection[str] = ()) -> Entry:
    """Begin a new entry, perhaps with the start of a sentence. Nobody else sees it.

    One that was begun with any of the ``starts`` and left as it was is taken up again, so that presses leave no heap.
    """
    if starts and (left := untouched(session, actor, starts)) is not None:
        left[1].words = words
        session.flush()
        index_later(session, left[0].school_id, left[0].id, soon=False)
        return left[0]
    entry = Entry(school_id=actor.school, author_id=actor.membership, pupil_id=actor.membership)
    session.add(entry)
    session.flush()
    draft = new_revision(session, entry, 1)
    draft.words = words
    entry.draft_id = draft.id
    record(session, actor, "begin", entry.id)
    session.flush()
    index_later(session, entry.school_id, entry.id, soon=False)
    return entry


def open_draft(session: Session, actor: Viewer, entry: UUID) -> tuple[Entry, Revision]:
    """Return an entry with the draft that is being written; one is begun from the newest revision if need be."""
    found = _there(own_entry(session, actor, entry))
    if found.draft_id is None:
        found.draft_id = draft_begun_meanwhile(session, found) or begin_draft(session, found).id
    return found, revision_of(session, found.draft_id)


def save_draft(session: Session, actor: Viewer, entry: UUID, typed: DraftInput) -> Revision:
    """Save what was typed. Raises Refusal(CHANGED_ELSEWHERE) if another window saved since this one read it."""
    found, draft = open_draft(session, actor, entry)
    in_force = chosen(session, found.revision_id) if found.revision_id else set()
    circles = circles_of(session, actor, typed.doors, in_force)
    same = update(Revision).where(
        Revision.id == draft.id, Revision.version == typed.version, Revision.handed_in_at.is_(None)
    )
    if not changed(session, same.values(version=typed.version + 1, saved_at=now())):
        raise Refusal(Reason.CHANGED_ELSEWHERE)
    draft.title, draft.words = typed.title, typed.words
    draft.learned = sorted(typed.learned)
    choose(session, found, draft, circles)
    leave_out(session, found, draft, persons_of(session, actor, typed.doors.left_out))
    save_photos(session, actor, found, draft, typed.photos)
    session.flush()
    index_later(session, found.school_id, found.id, soon=False)
    return draft


def add_photo(session: Session, actor: Viewer, entry: UUID, attachment: Attachment) -> Placement:
    """Put a photo into the draft. Raises Refusal(TOO_MANY_PHOTOS), and CHANGED_ELSEWHERE if it was just handed in."""
    found, draft = open_draft(session, actor, entry)
    still = update(Revision).where(Revision.id == draft.id, Revision.handed_in_at.is_(None))
    if not changed(session, still.values(saved_at=now())):
        raise Refusal(Reason.CHANGED_ELSEWHERE)
    return place(session, actor, found, draft, attachment)


def hand_in(session: Session, actor: Viewer, entry: UUID) -> Entry:
    """Hand in the draft: to whom that is at once, to others when somebody let it through.

    A second press finds no draft and changes nothing. Raises Refusal(EMPTY_ENTRY), and Refusal(RESTING) while that has
    a rest: the draft stays as it is. What is for nobody else never rests.
    """
    found = _there(own_entry(session, actor, entry))
    if found.draft_id is None:
        return found
    draft = revision_of(session, found.draft_id)
    if not (draft.title.strip() or draft.words.strip() or has_photos(session, draft)):
        raise Refusal(Reason.EMPTY_ENTRY, "words")
    circles = chosen(session, draft.id)
    _awake(session, actor, circles)
    first = update(Item).where(Item.id == found.id, Item.draft_id == draft.id)
    if not changed(session, first.values(draft_id=None, revision_id=draft.id, sent_back_at=None)):
        return found
    draft.html, draft.html_policy = html_from_words(draft.words), POLICY
    draft.handed_in_at = now()
    found.handed_in_at = found.handed_in_at or now()
    with beyond(session, ACT):
        session.execute(delete(LeftOut).where(LeftOut.item_id == found.id, LeftOut.revision_id != draft.id))
    retract(
        session,
        found,
        (shown_to(session, found.id).keys() | waiting_circles(session, found).keys()) - circles,
    )
    release(session, found, draft, still_open(session, actor, circles), _terms(session, actor, found, draft), circles)
    record(session, actor, "hand_in", found.id, revision=draft.number, circles=len(circles))
    return found


def family_waits(session: Session, entry: UUID) -> bool:
    """Tell whether what an own entry says to the family waits until somebody has read it."""
    with beyond(session, ACT):
        circles = session.scalars(select(Waiting.circle).where(Waiting.item_id == entry))
        return any(kind_of(one) in FAMILY_KINDS for one in circles)


def set_doors(session: Session, actor: Viewer, entry: UUID, doors: Doors) -> Entry:
    """Open and shut doors of an entry that was handed in. Shutting works at once; opening is asked again.

    Raises Refusal(RESTING) for opening while that has a rest; shutting never rests.
    """
    found = _there(own_entry(session, actor, entry))
    if found.revision_id is None:
        raise Refusal(Reason.NOT_NOW)
    in_turn(session, entry)
    revision = revision_of(session, found.revision_id)
    before = chosen(session, revision.id)
    after = circles_of(session, actor, doors, before)
    held = shown_to(session, found.id).keys() | waiting_circles(session, found).keys()
    gone = (before | held) - after
    if after - before:
        _awake(session, actor, after - before)
    choose(session, found, revision, after)
    retract(session, found, gone)
    left_out = persons_of(session, actor, doors.left_out)
    leave_out(session, found, revision, left_out)
    if found.draft_id is not None:
        draft = revision_of(session, found.draft_id)
        choose(session, found, draft, chosen(session, draft.id) - gone)
        leave_out(session, found, draft, left_out_of(session, draft.id) | left_out)
    fresh = after - before
    if fresh:
        release(session, found, revision, fresh, _terms(session, actor, found, revision), after)
    record(session, actor, "set_doors", found.id, opened=len(fresh), shut=len(gone))
    return found


def withdraw(session: Session, actor: Viewer, entry: UUID) -> Entry:
    """Take back what still waits. A revision that nobody has seen is a draft again; else those doors shut.

    What is held stays as it was handed in: a draft could be written over.
    """
    found = _there(own_entry(session, actor, entry))
    in_turn(session, entry)
    waiting = waiting_circles(session, found)
    if found.revision_id is None or not waiting:
        raise Refusal(Reason.NOT_NOW)
    revision = revision_of(session, found.revision_id)
    shown = shown_to(session, found.id)
    if found.draft_id is None and revision.number not in shown.values() and not held(session, [found.id]):
        wait_no_more(session, found)
        revision.handed_in_at = None
        found.draft_id, found.revision_id = revision.id, None
        if shown:
            found.revision_id = in_force_again(session, found, revision, max(shown.values()))
    else:
        choose(session, found, revision, chosen(session, revision.id) - waiting.keys())
        retract(session, found, waiting)
    record(session, actor, "withdraw", found.id)
    session.flush()
    return found


def throw_away(session: Session, actor: Viewer, entry: UUID, undo_time: int) -> Entry:
    """Throw a draft away. An entry that was never handed in goes whole, and can be brought back for a while."""
    found = _there(own_entry(session, actor, entry))
    if found.revision_id is None:
        return delete_entry(session, actor, entry, undo_time)
    if found.draft_id is not None:
        draft = revision_of(session, found.draft_id)
        for row in placements(session, draft.id):
            take_away(session, draft, row.attachment_id)
        found.draft_id = None
        session.flush()
        session.delete(draft)
        index_later(session, found.school_id, found.id)
        record(session, actor, "throw_away", found.id)
    return found


def delete_entry(session: Session, actor: Viewer, entry: UUID, undo_time: int) -> Entry:
    """Delete an entry with all that was said about it: hidden at once, gone for good after ``undo_time`` seconds."""
    found = _there(own_entry(session, actor, entry))
    found.deleted_at = now()
    ask_for(session, Work.REMOVE_ITEM, found.id, found.deleted_at + timedelta(seconds=undo_time))
    index_later(session, found.school_id, found.id)
    record(session, actor, "delete", found.id)
    return found


def bring_back(session: Session, actor: Viewer, entry: UUID) -> Entry:
    """Undo a deletion while that can be done."""
    found = own_entry(session, actor, entry)
    if found.deleted_at is not None:
        found.deleted_at = None
        index_later(session, found.school_id, found.id)
        record(session, actor, "bring_back", found.id)
    return found


def sharing_rests(session: Session, actor: Viewer, circles: Collection[str]) -> bool:
    """Tell whether nothing of the pupil's own may be given to these circles now. For nobody else it never rests."""
    if not circles:
        return False
    return resting(session, actor, Doing.HAND_IN, pupil=actor.membership, circles=circles) is not None


def _awake(session: Session, actor: Viewer, circles: Collection[str]) -> None:
    """Raise Refusal(RESTING) while nothing may be given to these circles."""
    if sharing_rests(session, actor, circles):
        raise Refusal(Reason.RESTING)


def _there(entry: Entry) -> Entry:
    if entry.deleted_at is not None:
        raise Unseen
    return entry


def _terms(session: Session, actor: Viewer, entry: Entry, revision: Revision) -> Terms:
    """On what terms a revision is released; what the aids notice in it is kept by the way."""
    school = session.scalars(select(School).where(School.id == actor.school)).one()
    held_back = holding(session, actor, school, entry, revision)
    return Terms(family_first=school.family_checked_first or held_back)
