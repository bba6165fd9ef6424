"""Who may see what. This page is the whole rule; lists, pages, pictures, mails and exports all ask it.

| who                                                | sees of an entry or a comment                   |
|----------------------------------------------------|-------------------------------------------------|
| whoever wrote it                                   | all of it, until it is gone for good            |
|   ... or would be, and is kept under a hold        | nothing                                         |
| whoever is in a circle that it is shown to         | the newest revision shown to a circle of theirs |
|   ... but is left out, or it was deleted           | nothing                                         |
|   ... while everything of its class has a rest     | nothing                                         |
| whoever decides about what waits                   | the revision that waits                         |
|   ... but is a relative of the child, or wrote it  | nothing more than they saw anyway               |
| whoever takes a portfolio home for the school      | what that pupil's teachers are shown, no more   |
|   ... but one of those teachers is left out        | nothing                                         |
| a lead under a grant, until it ends                | every revision of what it opens, in any state   |
| anybody else                                       | nothing                                         |

A comment is seen only with its entry, and an answer only in circles where what it answers is shown.
A photo is seen with a revision that it stands in; one that is kept for some circles, only from those circles. One in
which a pupil is named, without a yes for the class journal, is not seen through the circles of a class (and of its
families): who was given the revision by no other circle does not see it. ``journal.consents`` says what a yes is.
The teachers of a group decide for its circles, with those who cover for them on the days that are written down;
where none of them can, and for what a school that checks first holds back from the family alone, the safeguarding
lead decides. What has waited too long is decided as well by whom the school named for that group, else by the lead.
Who covers, or is named, holds no circle of the group: they see what waits, and nothing that was let through.
For a portfolio that the school takes home, somebody looks in those teachers' stead
(``journal.viewers.in_teachers_stead``): with their circles, deciding nothing.
A grant opens one item with all that was said about it, or all items of a pupil. Who looks under it is a viewer of its
own (``journal.viewers.under_grant``), who writes, reads and decides nothing else; the lead's own pages, lists, search,
notices and takings home know nothing of it. So it adds nobody to an audience: the child is told who looked instead.

The rule has three faces, held together by a property test: ``may_see`` (one viewer, one item), ``audience_of``
(one item, everybody), and the conditions in SQL (``SEEN``), which the net adds to every query.
Later rules (pause, bar, hold) may only narrow: they are added to ``ALSO_NEEDED``, once for each face.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, and_, not_, or_

from journal.conditions import (
    entry_shown_to_me,
    kept_for_circle,
    kept_for_me,
    left_me_out,
    mine_to_decide,
    newest_shown_to_me,
    opened_to_me,
    rests,
    shown_to_me,
    table,
    there_is,
)
from journal.consents import may_be_shown
from journal.facts import Facts, Photo, Wait
from journal.records import Attachment, Item, Placement, Rendition, Revision, Waiting
from journal.seeing import ME, MY_SCHOOL, NOW, Viewer

ALSO_NEEDED: tuple[tuple[Callable[[Viewer, Facts], bool], Callable[[FromClause], ColumnElement[bool]]], ...] = (
    (lambda _viewer, item: not item.rests, lambda item: not_(rests(item, MY_SCHOOL, NOW))),
)
"""Slots that may only narrow what a reader sees: the rule for one viewer, and the same in SQL."""


# --- one viewer, one item ---------------------------------------------------------------------------------------


def revision_for(viewer: Viewer, item: Facts) -> int | None:
    """Return the number of the revision that this viewer reads as one of its readers, or None."""
    if viewer.school != item.school or item.deleted or viewer.persons & item.left_out:
        return None
    if item.entry and not _reads_entry(viewer, item.entry):
        return None
    if not all(allows(viewer, item) for allows, _ in ALSO_NEEDED):
        return None
    mine = [(circle, number) for circle, number in item.shown if circle in viewer.circles]
    here = [circle for circle, _ in mine if item.answers is None or circle in item.answers]
    return max(number for _, number in mine) if here else None


def _reads_entry(viewer: Viewer, entry: Facts) -> bool:
    own = viewer.membership == entry.author and not entry.deleted
    return own or revision_for(viewer, entry) is not None


def may_decide(viewer: Viewer, item: Facts, wait: Wait) -> bool:
    """Tell whether this viewer decides about a circle that waits."""
    if viewer.school != item.school or item.deleted or (item.entry is not None and item.entry.deleted):
        return False
    if item.pupil in viewer.kin or viewer.person in (item.author_person, wait.past):
        return False
    if wait.group in viewer.decides_for or (wait.late and wait.group in viewer.seconds_for):
        return True
    return viewer.leads and (not wait.staffed or (wait.late and not wait.seconded))


def _wrote(viewer: Viewer, item: Facts) -> bool:
    return viewer.membership == item.author and not item.gone


def _opened(viewer: Viewer, item: Facts) -> bool:
    """Whether a grant that runs now opens it."""
    named = item.id in viewer.opened_items or (item.entry is not None and item.entry.id in viewer.opened_items)
    whose = item.pupil in viewer.opened_pupils or item.author in viewer.opened_pupils
    return viewer.school == item.school and (named or whose)


def may_see(viewer: Viewer, item: Facts) -> bool:
    """Tell whether a viewer may see anything of an item."""
    if _opened(viewer, item) or _wrote(viewer, item) or revision_for(viewer, item) is not None:
        return True
    return any(may_decide(viewer, item, wait) for wait in item.waiting)


def may_see_photo(viewer: Viewer, item: Facts, photo: Photo) -> bool:
    """Tell whether a viewer may see a photo where it stands in one revision of an item."""
    if _opened(viewer, item) or _wrote(viewer, item):
        return True
    near = any(number == photo.number and circle in viewer.near_circles for circle, number in item.shown)
    kept = photo.kept is None or photo.kept & viewer.circles
    if kept and (near or not photo.lacks) and revision_for(viewer, item) == photo.number:
        return True
    asked = (wait for wait in item.waiting if wait.number == photo.number and may_decide(viewer, item, wait))
    return any(photo.kept is None or wait.circle in photo.kept for wait in asked)


# --- one item, everybody ----------------------------------------------------------------------------------------


class People(Protocol):
    """Who is in which circle today."""

    def members(self, circle: str) -> frozenset[Viewer]:
        """Return the viewers who hold a circle."""

    def deciders(self, wait: Wait) -> frozenset[Viewer]:
        """Return the viewers who may be asked about what waits there."""


def audience_of(item: Facts, people: People) -> frozenset[UUID]:
    """Return the memberships that see an item: those in its circles, those who decide, and its author.

    Who looks under a grant does so as nobody's membership: no notice is made for them, and the page that names
    everybody who will see an item never changes for it.
    """
    asked = {viewer for circle, _ in item.shown for viewer in people.members(circle)}
    asked |= {viewer for wait in item.waiting for viewer in people.deciders(wait)}
    seen = {viewer.membership for viewer in asked if may_see(viewer, item)}
    return frozenset(seen if item.gone else seen | {item.author})


def audience_of_photo(item: Facts, photo: Photo, people: People) -> frozenset[UUID]:
    """Return the memberships that see a photo where it stands in one revision of an item."""
    asked = {viewer for circle, _ in item.shown for viewer in people.members(circle)}
    asked |= {viewer for wait in item.waiting for viewer in people.deciders(wait)}
    seen = {viewer.membership for viewer in asked if may_see_photo(viewer, item, photo)}
    return frozenset(seen if item.gone else seen | {item.author})


# --- the same in SQL, for the viewer of the statement ------------------------------------------------------------
# What is nested deepest stands first in each conjunction: SQLite reads no deep nest, and what comes before counts too.


def _reads(item: FromClause, revision: FromClause | None = None) -> ColumnElement[bool]:
    """I read an item as one of its readers; where one of its revisions is named, in that one.

    A revision that is shown to me shows the item to me, so an entry needs no second look; an answer does, for what it
    answers may be shown to others than it is.
    """
    shown = shown_to_me(item)
    if revision is not None:
        shown = and_(newest_shown_to_me(revision), or_(item.c.parent_id.is_(None), shown))
    entry = table(Item)
    mine_or_shown = or_(entry.c.author_id == ME, and_(entry_shown_to_me(entry), not_(left_me_out(entry))))
    reads_entry = and_(entry.c.id == item.c.entry_id, entry.c.deleted_at.is_(None), mine_or_shown)
    return and_(
        item.c.deleted_at.is_(None),
        shown,
        not_(left_me_out(item)),
        or_(item.c.entry_id.is_(None), there_is(entry, where=reads_entry)),
        *(condition(item) for _, condition in ALSO_NEEDED),
    )


def _mine(item: FromClause) -> ColumnElement[bool]:
    """I wrote it, and it is not gone for good: what is kept under a hold after its time is gone for its author too."""
    return and_(item.c.author_id == ME, item.c.gone_at.is_(None))


class Sight(NamedTuple):
    """By which ways somebody may come to see what is neither theirs nor shown to them.

    A way that is closed to a viewer by who they are is not asked of each row: that is half of the rule's SQL. To leave
    one out shows nobody more.
    """

    decides: bool
    leads: bool
    opened: bool


EVERY_WAY = Sight(decides=True, leads=True, opened=True)


def sight_of(viewer: Viewer) -> Sight:
    """Return which ways are open to a viewer: whoever decides for no group, and leads nobody, never decides."""
    leads = viewer.leads
    return Sight(
        decides=leads or bool(viewer.decides_for or viewer.seconds_for),
        leads=leads,
        opened=bool(viewer.opened_items or viewer.opened_pupils),
    )


def _by(
    sight: Sight, item: FromClause, reads: ColumnElement[bool], decides: ColumnElement[bool]
) -> ColumnElement[bool]:
    ways = [_mine(item), reads]
    ways += [decides] if sight.decides else []
    ways += [opened_to_me(item)] if sight.opened else []
    return and_(or_(*ways), item.c.school_id == MY_SCHOOL)


def _item_seen(item: FromClause, sight: Sight) -> ColumnElement[bool]:
    wait = table(Waiting)
    mine = mine_to_decide(wait, item, leads=sight.leads)
    return _by(sight, item, _reads(item), there_is(wait, where=and_(mine, wait.c.item_id == item.c.id)))


def _revision_seen(revision: FromClause, sight: Sight) -> ColumnElement[bool]:
    item, wait = table(Item), table(Waiting)
    mine = mine_to_decide(wait, item, leads=sight.leads)
    decides = there_is(wait, where=and_(mine, wait.c.revision_id == revision.c.id))
    seen = _by(sight, item, _reads(item, revision), decides)
    return there_is(item, where=and_(seen, item.c.id == revision.c.item_id))


def _placement_seen(placement: FromClause, sight: Sight) -> ColumnElement[bool]:
    revision, item, wait = table(Revision), table(Item), table(Waiting)
    mine = and_(mine_to_decide(wait, item, leads=sight.leads), kept_for_circle(placement, wait))
    decides = there_is(wait, where=and_(mine, wait.c.revision_id == revision.c.id))
    reads = and_(may_be_shown(placement, revision), kept_for_me(placement), _reads(item, revision))
    stands_in = and_(revision.c.id == placement.c.revision_id, item.c.id == revision.c.item_id)
    return there_is(revision, item, where=and_(_by(sight, item, reads, decides), stands_in))


def _attachment_seen(attachment: FromClause, sight: Sight) -> ColumnElement[bool]:
    placement, item = table(Placement), table(Item)
    placed = and_(_placement_seen(placement, sight), placement.c.attachment_id == attachment.c.id)
    gone = there_is(item, where=and_(item.c.id == attachment.c.item_id, item.c.gone_at.is_not(None)))
    mine = and_(attachment.c.owner_id == ME, not_(gone))
    return and_(or_(mine, there_is(placement, where=placed)), attachment.c.school_id == MY_SCHOOL)


def _rendition_seen(rendition: FromClause, sight: Sight) -> ColumnElement[bool]:
    attachment = table(Attachment)
    of_it = and_(_attachment_seen(attachment, sight), attachment.c.id == rendition.c.attachment_id)
    return there_is(attachment, where=of_it)


SEEN: Mapping[type, Callable[[FromClause, Sight], ColumnElement[bool]]] = {
    Item: _item_seen,
    Revision: _revision_seen,
    Placement: _placement_seen,
    Attachment: _attachment_seen,
    Rendition: _rendition_seen,
}


def seen(entity: type, sight: Sight) -> ColumnElement[bool]:
    """Return the rule in SQL for a class that it is about, by the ways that are open. Raises KeyError for another."""
    return SEEN[entity](entity.__table__, sight)  # type: ignore[attr-defined]
