"""Judging portfolios that were made: whether all that is in them could be there now."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from journal.portfolio import inside
from journal.portfolio.orderers import eyes_of, wanted_by, wanted_of_class
from journal.portfolio.scope import read
from journal.records import Export
from journal.seeing import Viewer


def changed(session: Session, actor: Viewer, exports: Sequence[Export]) -> list[Export]:
    """Return those of somebody's portfolios, one pupil's or some of one class, in which something changed.

    Those of a class take two queries, and three for each set of pupils that are in the same groups, however many
    pupils there are. Raises ``Unseen`` for who may not have one of them any more.
    """
    by_pupil = {one.pupil_id: one for one in exports if one.pupil_id is not None}
    if not by_pupil:
        return []
    scope = read(exports[0].scope)
    if len(by_pupil) == 1:
        several = [wanted_by(session, actor, next(iter(by_pupil)), scope)]
    else:
        several = wanted_of_class(session, actor, by_pupil.keys(), scope)
    found = set()
    for wanted in several:
        with eyes_of(session, wanted) as eyes:
            found |= inside.changed(eyes, wanted, [by_pupil[one].id for one in wanted.pupils])
    return [one for one in exports if one.id in found]
