"""Whose a row is, by what it hangs on: conditions of the net for the tables that do not say it themselves."""

from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_

from journal import records as r
from journal.conditions import mine_to_decide, table, there_is
from journal.seeing import AM_LEAD, ME, MY_KIN, MY_PERSON, MY_SCHOOL
from journal.worries import AM_HEAD


def on_my_item(row: Any) -> ColumnElement[bool]:
    """What hangs on an item, for who wrote it. ``row`` is the mapped class."""
    item = table(r.Item)
    # The school makes the key whole: SQLite would else look through all that I ever wrote.
    here = and_(item.c.id == row.item_id, item.c.school_id == MY_SCHOOL)
    return there_is(item, where=and_(here, item.c.author_id == ME, item.c.gone_at.is_(None)))


def on_my_placement() -> ColumnElement[bool]:
    """Whom a place was narrowed to, for who wrote the item."""
    placement, revision, item = table(r.Placement), table(r.Revision), table(r.Item)
    own = and_(item.c.author_id == ME, item.c.gone_at.is_(None))
    mine = and_(revision.c.item_id == item.c.id, item.c.school_id == MY_SCHOOL, own)
    here = and_(placement.c.id == r.NarrowedTo.placement_id, placement.c.revision_id == revision.c.id)
    return there_is(placement, revision, item, where=and_(here, mine))


def on_my_photo() -> ColumnElement[bool]:
    """Who was tagged in a photo, for whose photo it is."""
    photo = table(r.Attachment)
    here = and_(photo.c.id == r.Tagged.attachment_id, photo.c.school_id == MY_SCHOOL, photo.c.owner_id == ME)
    return there_is(photo, where=here)


def in_my_export() -> ColumnElement[bool]:
    """A part of a portfolio, for who ordered it."""
    export = table(r.Export)
    mine = and_(export.c.id == r.ExportPart.export_id, export.c.school_id == MY_SCHOOL, export.c.person_id == MY_PERSON)
    return there_is(export, where=mine)


def on_what_i_decide(row: Any) -> ColumnElement[bool]:
    """What hangs on a revision, for who is about to decide on it. ``row`` is the mapped class."""
    wait, item = table(r.Waiting), table(r.Item)
    here = and_(wait.c.revision_id == row.revision_id, wait.c.school_id == MY_SCHOOL, item.c.id == wait.c.item_id)
    return there_is(wait, item, where=and_(here, mine_to_decide(wait, item)))


def pause_of_others() -> ColumnElement[bool]:
    """What rests, with why, for leads and the head; not where it is they, or their own child, who rest.

    Why somebody rests may be a worry about them, or about their home.
    """
    hat = table(r.Membership)
    mine = or_(hat.c.person_id == MY_PERSON, hat.c.id.in_(MY_KIN))
    theirs = there_is(hat, where=and_(hat.c.id == r.Pause.member_id, mine))
    return and_(r.Pause.school_id == MY_SCHOOL, or_(AM_LEAD, AM_HEAD), not_(theirs))
