"""The words of which the rule's SQL is made. Each is a condition about a row, for the viewer of the statement.

They name tables, not mapped classes, so that the net does not add the rule to the rule.
"""

from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, func, not_, or_, select

from journal.records import (
    Attachment,
    Cover,
    Enrolment,
    FamilyLink,
    Item,
    LeftOut,
    Membership,
    NarrowedTo,
    Pause,
    Placement,
    Revision,
    Second,
    Shown,
    Teaching,
)
from journal.seeing import (
    AM_LEAD,
    MY_CIRCLES,
    MY_GROUPS,
    MY_KIN,
    MY_PERSON,
    MY_PERSONS,
    MY_SECONDS,
    NOW,
    OPENED_ITEMS,
    OPENED_PUPILS,
)
from journal.store.seeking import unsought
from journal.words import DEEPEST, PauseKind, PictureState, Role


def table(entity: type) -> FromClause:
    """Return the table of a mapped class under a name of its own."""
    return entity.__table__.alias()  # type: ignore[attr-defined, no-any-return]


def there_is(*tables: FromClause, where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether these tables have such a row; every other table named in it is the outer query's."""
    return exists().select_from(*tables).where(where).correlate_except(*tables)


def shown_to_me(item: FromClause) -> ColumnElement[bool]:
    """A circle of mine that the item is shown to, and that all that it answers is shown to as well."""
    shown = table(Shown)
    mine = and_(shown.c.item_id == item.c.id, unsought(shown.c.circle).in_(MY_CIRCLES))
    above = and_(*(_open_above(item, shown, levels) for levels in range(1, DEEPEST)))
    return there_is(shown, where=and_(mine, or_(item.c.parent_id.is_(None), above)))


def entry_shown_to_me(entry: FromClause) -> ColumnElement[bool]:
    """A circle of mine that the entry is shown to; it answers nothing."""
    shown = table(Shown)
    return there_is(shown, where=and_(shown.c.item_id == entry.c.id, unsought(shown.c.circle).in_(MY_CIRCLES)))


def _open_above(item: FromClause, shown: FromClause, levels: int) -> ColumnElement[bool]:
    """What stands so many levels above the item is shown to the same circle, if anything stands there.

    One condition for each level, side by side: SQLite reads no deep nest of them.
    """
    between = [table(Item) for _ in range(levels - 1)]
    highest, there = (between or [item])[-1], table(Shown)
    open_there = there_is(there, where=and_(there.c.item_id == highest.c.parent_id, there.c.circle == shown.c.circle))
    if not between:
        return open_there
    line = and_(*(upper.c.id == lower.c.parent_id for lower, upper in pairwise([item, *between])))
    return not_(there_is(*between, where=and_(line, highest.c.parent_id.is_not(None), not_(open_there))))


def left_me_out(item: FromClause) -> ColumnElement[bool]:
    """I am left out of the item."""
    left = table(LeftOut)
    return there_is(left, where=and_(left.c.item_id == item.c.id, left.c.person_id.in_(MY_PERSONS)))


def newest_shown_to_me(revision: FromClause) -> ColumnElement[bool]:
    """The revision is the newest that a circle of mine was given."""
    shown = table(Shown)
    newest = (
        select(func.max(shown.c.number))
        .where(shown.c.item_id == revision.c.item_id, unsought(shown.c.circle).in_(MY_CIRCLES))
        .correlate_except(shown)
        .scalar_subquery()
    )
    return revision.c.number == newest


def staffed(wait: FromClause, item: FromClause) -> ColumnElement[bool]:
    """A teacher of the group, or one who covers for them today, can decide about it."""
    teaching, cover = table(Teaching), table(Cover)
    teaches = and_(teaching.c.group_id == wait.c.group_id, teaching.c.ended_at.is_(None))
    covers = and_(cover.c.group_id == wait.c.group_id, covers_now(cover.c))
    return or_(_able(teaching, teaches, wait, item), _able(cover, covers, wait, item))


def seconded(wait: FromClause, item: FromClause) -> ColumnElement[bool]:
    """Whom the school named for what waits too long in the group can decide about it."""
    second = table(Second)
    return _able(second, second.c.group_id == wait.c.group_id, wait, item)


def covers_now(columns: Any) -> ColumnElement[bool]:
    """The days of a cover have begun and are not over; ``columns`` are those of ``Cover``, mapped or bare."""
    return and_(columns.starts_at <= NOW, columns.ends_at > NOW)


def late(wait: FromClause) -> ColumnElement[bool]:
    """It has waited too long."""
    return and_(wait.c.late_at.is_not(None), wait.c.late_at <= NOW)


def _able(tie: FromClause, tied: ColumnElement[bool], wait: FromClause, item: FromClause) -> ColumnElement[bool]:
    """A teacher so tied to the group can decide: there still, no relative of the child, not the writer, and not whoever
    sent it back where the writer asked another grown-up to look.
    """
    teacher, author = table(Membership), table(Membership)
    link, relative = table(FamilyLink), table(Membership)
    related = there_is(
        link,
        relative,
        where=and_(
            link.c.pupil_id == item.c.pupil_id,
            link.c.ended_at.is_(None),
            relative.c.id == link.c.relative_id,
            relative.c.person_id == teacher.c.person_id,
        ),
    )
    return there_is(
        tie,
        teacher,
        author,
        where=and_(
            not_(related),
            tied,
            teacher.c.id == tie.c.teacher_id,
            teacher.c.role == Role.TEACHER,
            teacher.c.ended_at.is_(None),
            author.c.id == item.c.author_id,
            author.c.person_id != teacher.c.person_id,
            or_(wait.c.past_id.is_(None), wait.c.past_id != teacher.c.person_id),
        ),
    )


def mine_to_decide(wait: FromClause, item: FromClause, *, leads: bool = True) -> ColumnElement[bool]:
    """I decide about a circle that waits: not my child's, not my own words, not what another was asked to look at
    after me, and nobody nearer can, or does in time. ``leads`` is False for one who is known to be no lead.
    """
    author = table(Membership)
    my_words = there_is(author, where=and_(author.c.id == item.c.author_id, author.c.person_id == MY_PERSON))
    entry = table(Item)
    entry_gone = there_is(entry, where=and_(entry.c.id == item.c.entry_id, entry.c.deleted_at.is_not(None)))
    desks = [wait.c.group_id.in_(MY_GROUPS), and_(wait.c.group_id.in_(MY_SECONDS), late(wait))]
    if leads:
        nobody_in_time = or_(not_(staffed(wait, item)), and_(late(wait), not_(seconded(wait, item))))
        desks.append(and_(AM_LEAD, nobody_in_time))
    return and_(
        or_(*desks),
        item.c.deleted_at.is_(None),
        not_(entry_gone),
        item.c.pupil_id.not_in(MY_KIN),
        not_(my_words),
        or_(wait.c.past_id.is_(None), wait.c.past_id != MY_PERSON),
    )


def rests(item: FromClause, school: ColumnElement[Any], moment: ColumnElement[Any]) -> ColumnElement[bool]:
    """All of its pupil's class, or of the school, has a rest from being read too.

    Neither part depends on the item's row: each is looked up once for a statement.
    """
    pause, enrolment = table(Pause), table(Enrolment)
    over = or_(pause.c.until.is_(None), pause.c.until > moment)
    on = and_(pause.c.school_id == school, pause.c.ended_at.is_(None), pause.c.kind == PauseKind.EVERYTHING, over)
    theirs = and_(enrolment.c.group_id == pause.c.group_id, enrolment.c.ended_at.is_(None))
    pupils = select(enrolment.c.pupil_id).select_from(pause.join(enrolment, theirs)).where(on)
    return or_(there_is(pause, where=and_(on, pause.c.group_id.is_(None))), item.c.pupil_id.in_(pupils))


def opened_to_me(item: FromClause) -> ColumnElement[bool]:
    """A grant opens it to me: itself, or with its entry; or all that a pupil made, and what is said about that."""
    return or_(
        item.c.id.in_(OPENED_ITEMS),
        item.c.entry_id.in_(OPENED_ITEMS),
        item.c.pupil_id.in_(OPENED_PUPILS),
        item.c.author_id.in_(OPENED_PUPILS),
    )


def kept_for_me(placement: FromClause) -> ColumnElement[bool]:
    """The photo is not kept for some circles, or it is kept for one of mine."""
    kept = table(NarrowedTo)
    return or_(
        placement.c.narrowed == false(),
        there_is(kept, where=and_(kept.c.placement_id == placement.c.id, kept.c.circle.in_(MY_CIRCLES))),
    )


def kept_for_circle(placement: FromClause, wait: FromClause) -> ColumnElement[bool]:
    """The photo is not kept for some circles, or it is kept for the circle that waits."""
    kept = table(NarrowedTo)
    return or_(
        placement.c.narrowed == false(),
        there_is(kept, where=and_(kept.c.placement_id == placement.c.id, kept.c.circle == wait.c.circle)),
    )


def ready(placement: FromClause) -> ColumnElement[bool]:
    """All sizes of the photo are made. Who sees its placement sees the photo, so only the placement is judged."""
    photo = table(Attachment)
    return there_is(photo, where=and_(photo.c.id == placement.c.attachment_id, photo.c.state == PictureState.READY))


READ_BY_ME = newest_shown_to_me(Revision.__table__)
"""``newest_shown_to_me`` of the plain table; built once, for building it is dearer than running it."""

SHOWN_TO_ME = shown_to_me(Item.__table__)
"""``shown_to_me`` of the plain table; built once."""

PHOTO_READY = ready(Placement.__table__)
"""``ready`` of the plain table; built once."""
