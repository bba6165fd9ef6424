"""Who reads the record: the safeguarding leads and the head, each within what they may know.

A line about a worry, or about a hold, is for those who read that worry, or see that hold (``journal.worries``): the
record tells nobody that there is a worry about them. What was opened without being shared is not for a relative of the
child whose it is (``journal.opened``): it may be about that home. Nor is a pause of somebody for themselves or for
their relatives (``journal.owned``): why they rest may be a worry. What a child does in a draft or with doors is written
down and chained like the rest, and nobody reads it here (decision 0012 has it so for worries).
"""

from sqlalchemy import ColumnElement, Engine, FromClause, and_, not_, or_
from sqlalchemy.orm import Session

from journal.actkinds import ACTS, Kind
from journal.conditions import table, there_is
from journal.opened import read_by_staff
from journal.records import Concern, Grant, Hold, Item, Membership, Pause, Trail, TrailCheck, TrailLink
from journal.seeing import AM_LEAD, MY_KIN, MY_PERSON, MY_SCHOOL
from journal.worries import AM_HEAD, hold_seen, read_by_me

CHILDS_OWN = ("begin", "set_doors", "withdraw", "throw_away")
"""Acts that are the child's own business."""

READS = or_(AM_LEAD, AM_HEAD)


def _kept_from_me(line: FromClause) -> tuple[ColumnElement[bool], ...]:
    worry, hold = table(Concern), table(Hold)
    of_worry = there_is(worry, where=and_(worry.c.id == line.c.subject_id, not_(read_by_me(worry))))
    of_hold = there_is(hold, where=and_(hold.c.id == line.c.subject_id, not_(hold_seen(hold))))
    return of_worry, of_hold, *_opened_of_my_kin(line), _pause_of_mine(line)


def _pause_of_mine(line: FromClause) -> ColumnElement[bool]:
    """Where it is I, or my own child, who rest."""
    pause, hat = table(Pause), table(Membership)
    mine = or_(hat.c.person_id == MY_PERSON, hat.c.id.in_(MY_KIN))
    return there_is(pause, hat, where=and_(pause.c.id == line.c.subject_id, hat.c.id == pause.c.member_id, mine))


def _opened_of_my_kin(line: FromClause) -> tuple[ColumnElement[bool], ...]:
    grant, item = table(Grant), table(Item)
    of_grant = there_is(grant, where=and_(grant.c.id == line.c.subject_id, not_(read_by_staff(grant))))
    theirs = or_(item.c.pupil_id.in_(MY_KIN), item.c.author_id.in_(MY_KIN))
    thing = there_is(item, where=and_(item.c.id == line.c.subject_id, theirs))
    # What is gone for good is known by the pupil whom the line itself names.
    named = and_(line.c.about_id.is_not(None), line.c.about_id.in_(MY_KIN))
    looked = and_(line.c.act == "look_unshared", thing)
    return of_grant, looked, and_(line.c.act.in_(ACTS[Kind.OPENED]), named)


_LINE = Trail.__table__
LINE_SEEN = and_(
    _LINE.c.school_id == MY_SCHOOL,
    READS,
    _LINE.c.act.not_in(CHILDS_OWN),
    *(not_(one) for one in _kept_from_me(_LINE)),
)
LINK_SEEN = and_(TrailLink.__table__.c.school_id == MY_SCHOOL, READS)
CHECK_SEEN = TrailCheck.__table__.c.school_id == MY_SCHOOL
"""Whether the record is whole is no secret of its readers."""


def engine_of(session: Session) -> Engine:
    """Return the database that a session works with: the chain is kept beside the session that asked for it."""
    return session.get_bind().engine
