"""Who reads the record: the safeguarding leads and the head, each within what they may know.

A line about a worry, or about a hold, is for those who read that worry, or see that hold (``journal.worries``): the
record tells nobody that there is a worry about them. What a child does in a draft or with doors is written down and
chained like the rest, and nobody reads it here (decision 0012 has it so for worries).
"""

from sqlalchemy import ColumnElement, Engine, FromClause, and_, not_, or_
from sqlalchemy.orm import Session

from journal.conditions import table, there_is
from journal.records import Concern, Hold, Trail, TrailCheck, TrailLink
from journal.seeing import AM_LEAD, MY_SCHOOL
from journal.worries import AM_HEAD, hold_seen, read_by_me

CHILDS_OWN = ("begin", "set_doors", "withdraw", "throw_away")
"""Acts that are the child's own business."""

READS = or_(AM_LEAD, AM_HEAD)


def _kept_from_me(line: FromClause) -> tuple[ColumnElement[bool], ...]:
    worry, hold = table(Concern), table(Hold)
    of_worry = there_is(worry, where=and_(worry.c.id == line.c.subject_id, not_(read_by_me(worry))))
    of_hold = there_is(hold, where=and_(hold.c.id == line.c.subject_id, not_(hold_seen(hold))))
    return of_worry, of_hold


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
