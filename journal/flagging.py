"""What the moderation aids notice in what is handed in: kept beside the revision, shown to whoever decides.

An aid judges nothing. It points at a place; a person decides. Where a school says so, some of what it points at is read
before the family gets it (``holding``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, exists, literal, or_, select, union_all
from sqlalchemy.orm import Session

from journal.aids import Found, Known, Texts, list_of, look, much_changed, shipped
from journal.aids.people import all_names, names_of
from journal.aids.wordlist import LANGUAGES
from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.house import House
from journal.jobs import Work, still_at_it
from journal.reasons import beyond
from journal.records import (
    Asked,
    Comment,
    Enrolment,
    FamilyLink,
    Flag,
    Item,
    Membership,
    Placement,
    Revision,
    School,
    Shown,
    Teaching,
    Waiting,
    WordList,
)
from journal.records.base import Id
from journal.release import ACT
from journal.seeing import Viewer
from journal.words import ABOUT_WORDS, FlagKind, Role

AT_ONCE = 100
OWN = "school"
"""How the school's own list is named in a flag."""
BEFORE = "before"
"""How a row with what is shown already is named."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What an aid noticed: where, from which letter to which. ``why`` names a list of words."""

    kind: FlagKind
    where: str
    start: int
    end: int
    why: str


_FLAGS = select(Flag).where(Flag.revision_id.in_(bindparam("revisions", expanding=True))).order_by(Flag.id)


def flags_of(session: Session, revisions: Collection[UUID]) -> dict[UUID, tuple[Raised, ...]]:
    """Return what the aids noticed in revisions about which the session's viewer decides, in one query."""
    found: dict[UUID, list[Raised]] = defaultdict(list)
    if revisions:
        for row in session.scalars(_FLAGS, {"revisions": list(revisions)}):
            found[row.revision_id].append(Raised(row.kind, row.part, row.begins, row.ends, row.why))
    return {revision: tuple(many) for revision, many in found.items()}


def raise_flags(session: Session, item: Item, revision: Revision) -> frozenset[FlagKind]:
    """Look through a revision and keep what is noticed, in place of what was noticed in it before; return its kinds.

    Before it is released: what the circles have now is what it is compared with.
    """
    with beyond(session, ACT):
        known = known_of(session, item.school_id, item.author_id)
        found = [*look(texts_of(session, revision), known), *_circumstances(session, item, revision)]
        session.execute(delete(Flag).where(Flag.revision_id == revision.id))
    for one in found:
        session.add(
            Flag(
                school_id=item.school_id,
                item_id=item.id,
                revision_id=revision.id,
                kind=one.kind,
                part=one.where,
                begins=one.start,
                ends=one.end,
                why=one.why,
            )
        )
    session.flush()
    return frozenset(one.kind for one in found)


def known_of(session: Session, school: UUID, writer: UUID) -> Known:
    """Return what the aids know of a school: the roll's names without the writer's, and the lists of words."""
    return _known(session.execute(union_all(*_roll_and_lists(school))).all(), writer)


def _roll_and_lists(school: UUID, *known: ColumnElement[bool]) -> tuple[Select[*tuple[Any, ...]], ...]:
    """The names of the roll, or the known of them, and the school's own lists of words, for one statement."""
    none = literal("")
    names = select(literal("name").label("what"), Membership.id, Membership.name.label("one"), none.label("two"))
    lists = select(WordList.language, WordList.id, WordList.added, WordList.left_alone)
    here = names.where(Membership.school_id == school, Membership.ended_at.is_(None), *known)
    return here, lists.where(WordList.school_id == school)


def _known(rows: Iterable[Row[Any]], writer: UUID) -> Known:
    names = {row.id: row.one for row in rows if row.what == "name"}
    own = {row.what: (row.one, row.two) for row in rows if row.what in LANGUAGES}
    lists = []
    for language in LANGUAGES:
        added, left_alone = own.get(language, ("", ""))
        lists.append(list_of(language, shipped(language), frozenset(left_alone.split("\n"))))
        if added:
            lists.append(list_of(OWN, tuple(added.split("\n"))))
    return Known(names_of(all_names(names.values()), names.get(writer, "")), tuple(lists))


def texts_of(session: Session, revision: Revision) -> Texts:
    """Return the parts of a revision that hold words."""
    texts = {"title": revision.title, "words": revision.words}
    photos = select(Placement.caption, Placement.description).where(Placement.revision_id == revision.id)
    rows = session.execute(photos.order_by(Placement.position, Placement.id)).all()
    for number, row in enumerate(rows, start=1):
        texts |= {f"caption-{number}": row.caption, f"description-{number}": row.description}
    return texts


def _circumstances(session: Session, item: Item, revision: Revision) -> Iterable[Found]:
    """What is noticed about the item rather than in its words."""
    if _changed_since(session, item.id, revision.id, revision.words):
        yield Found(FlagKind.CHANGED, "", 0, 0)
    author = select(Membership.role).where(Membership.id == item.author_id)
    if session.scalars(author).one() is Role.RELATIVE and not _said_before(session, item):
        yield Found(FlagKind.NEW_RELATIVE, "", 0, 0)


def _changed_since(session: Session, item: UUID, revision: UUID | None, words: str) -> bool:
    """Whether words say mostly other things than what is shown of an item, other than that revision."""
    before = session.scalars(_shown_before(item, revision)).first()
    return before is not None and much_changed(before, words)


def _shown_before(item: UUID, revision: UUID | None) -> Select[str]:
    shown = select(Revision.words).join(Shown, Shown.revision_id == Revision.id).where(Shown.item_id == item)
    if revision is not None:
        shown = shown.where(Revision.id != revision)
    return shown.order_by(Revision.number.desc()).limit(1)


def _said_before(session: Session, item: Item) -> bool:
    """Whether the author said anything before this."""
    earlier = exists().where(Comment.author_id == item.author_id, Comment.id != item.id, Comment.id < item.id)
    return bool(session.scalar(select(earlier)))


def holding(session: Session, writer: Viewer, school: School, item: Item, revision: Revision) -> bool:
    """Raise the flags of a revision; tell whether the school wants one of them read before the family gets it.

    A relative's words are not held for a name alone that they do not know: that they wait would tell what ``to_ask``
    does not.
    """
    held = raise_flags(session, item, revision) & held_kinds(school)
    if writer.role is Role.RELATIVE and held == {FlagKind.NAME}:
        with beyond(session, ACT):
            texts = texts_of(session, revision)
        return any(one.kind is FlagKind.NAME for one in to_ask(session, writer, texts))
    return bool(held)


def would_hold(
    session: Session, writer: Viewer, kinds: frozenset[FlagKind], texts: Texts, item: UUID, revision: UUID | None
) -> bool:
    """Tell whether a pupil's words, handed in as they stand, would be read before the family gets them.

    By the same rules as ``holding``, in one query, and nothing is kept. ``revision`` is the one that they stand in, if
    there is one.
    """
    if not kinds:
        return False
    shown = _shown_before(item, revision).subquery()
    before = select(literal(BEFORE), literal(item, Id()), shown.c.words, literal(""))
    with beyond(session, ACT):
        rows = session.execute(union_all(*_roll_and_lists(writer.school), before)).all()
    noticed = {one.kind for one in look(texts, _known(rows, writer.membership))}
    if any(much_changed(row.one, texts["words"]) for row in rows if row.what == BEFORE):
        noticed.add(FlagKind.CHANGED)
    return bool(noticed & kinds)


def held_kinds(school: School) -> frozenset[FlagKind]:
    """Return the flags that keep back what would go straight to the family."""
    return kinds_in(school.flags_hold)


def kinds_in(kept: str) -> frozenset[FlagKind]:
    """Return kinds of flags out of the words in which a school's row keeps them."""
    return frozenset(FlagKind(one) for one in kept.split(",") if one)


def to_ask(session: Session, writer: Viewer, texts: Texts) -> tuple[Found, ...]:
    """Return what a writer is kindly asked about: what stands in the words, each place once."""
    with beyond(session, ACT):
        rows = session.execute(union_all(*_roll_and_lists(writer.school, *_whom_they_know(writer)))).all()
    return tuple(one for one in look(texts, _known(rows, writer.membership)) if one.kind in ABOUT_WORDS)


def _whom_they_know(writer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """A relative is asked about names of their own children, with class and family: or the question would tell them
    whether somebody of a name is at the school. Who works or learns there knows the others."""
    if writer.role is not Role.RELATIVE:
        return ()
    groups = [owner_of(one) for one in writer.circles if kind_of(one) in GROUP_KINDS]
    classmates = select(Enrolment.pupil_id).where(Enrolment.group_id.in_(groups), Enrolment.ended_at.is_(None))
    teachers = select(Teaching.teacher_id).where(Teaching.group_id.in_(groups), Teaching.ended_at.is_(None))
    family = select(FamilyLink.relative_id).where(
        FamilyLink.pupil_id.in_(list(writer.kin)), FamilyLink.ended_at.is_(None)
    )
    return (or_(*(Membership.id.in_(one) for one in (list(writer.kin), classmates, teachers, family))),)


def digest_of(found: Found, texts: Texts) -> str:
    """Return a mark of what was asked: the kind and the words, however they are spaced."""
    words = "".join(texts[found.where][found.start : found.end].casefold().split())
    return sha256(f"{found.kind}:{words}".encode()).hexdigest()[:32]


def asked_already(session: Session, item: UUID) -> set[str]:
    """Return the marks of what the writer of an entry was asked about."""
    with beyond(session, ACT):
        return set(session.scalars(select(Asked.digest).where(Asked.item_id == item)))


def note_asked(session: Session, item: Item, digests: Iterable[str]) -> None:
    """Keep what a writer was asked about, so that it is not asked again."""
    for one in sorted(set(digests) - asked_already(session, item.id)):
        session.add(Asked(school_id=item.school_id, item_id=item.id, digest=one))
    session.flush()


def look_again(session: Session, _house: House, school: UUID) -> None:
    """Look again through all that waits in a school, for its lists of words are others now. Twice does no harm.

    What was looked through is kept some at a time: on SQLite nobody else writes until it is.
    """
    last = UUID(int=0)
    waits = select(Waiting.revision_id).where(Waiting.school_id == school).distinct().order_by(Waiting.revision_id)
    while revisions := list(session.scalars(waits.where(Waiting.revision_id > last).limit(AT_ONCE))):
        last = revisions[-1]
        here = select(Revision, Item).join(Item, Item.id == Revision.item_id).where(Revision.id.in_(revisions))
        for revision, item in session.execute(here).all():
            raise_flags(session, item, revision)
        still_at_it(session, Work.FLAGS, school)
        session.commit()
