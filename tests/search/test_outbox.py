"""Whatever changes what can be found, or by whom, is written down for the index with the change itself."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from journal import clock
from journal import records as r
from journal.entries import acts as entries
from journal.entries.work import remove_item
from journal.photos import Only, PhotoInput, narrow_now, placements, take_away
from journal.search.units import units_of
from journal.store.index import Unit
from journal.talk import acts as talk
from journal.words import Verdict
from tests.gate.people import UNDO, Story
from tests.world import World


class Acts(Story):
    """The acts, on Maya's snail hotel, which is shown to her family, her teachers and her class."""

    @property
    def entry(self) -> UUID:
        return self.world.entry("snail-hotel")

    def waits(self) -> UUID:
        return self.posts("maya", "A torch for the snails.", self.doors("family", "class"))


def begin(acts: Acts) -> None:
    with acts.world.acting("maya") as (session, me):
        entries.begin(session, me, "Today I")


def write(acts: Acts) -> None:
    acts.writes("maya", acts.entry, "Other words", acts.doors("family"))


def open_to_edit(acts: Acts) -> None:
    with acts.world.acting("maya") as (session, me):
        entries.open_draft(session, me, acts.entry)


def caption(acts: Acts) -> None:
    with acts.world.acting("maya") as (session, me):
        _, draft = entries.open_draft(session, me, acts.entry)
        photos = tuple(PhotoInput(row.attachment_id, "Said anew") for row in placements(session, draft.id))
        entries.save_draft(session, me, acts.entry, entries.DraftInput(draft.version, words="W", photos=photos))


def take_photo_out(acts: Acts) -> None:
    with acts.world.acting("maya") as (session, me):
        _, draft = entries.open_draft(session, me, acts.entry)
        take_away(session, draft, placements(session, draft.id)[0].attachment_id)


def keep_photo_for_family(acts: Acts) -> None:
    with acts.world.acting("maya") as (session, me):
        entry = entries.own_entry(session, me, acts.entry)
        photo = placements(session, entry.revision_id)[0].attachment_id  # type: ignore[arg-type]
        narrow_now(session, me, entry, photo, Only.FAMILY)


def throw_away(acts: Acts) -> None:
    with acts.world.acting("maya") as (session, me):
        entries.throw_away(session, me, acts.entry, UNDO)


def delete_entry(acts: Acts) -> None:
    with acts.world.acting("maya") as (session, me):
        entries.delete_entry(session, me, acts.entry, UNDO)


def bring_back(acts: Acts) -> None:
    with acts.world.acting("maya") as (session, me):
        entries.bring_back(session, me, acts.entry)


def gone_for_good(acts: Acts) -> None:
    with acts.world.session() as session, clock.at(clock.now() + timedelta(seconds=acts.world.settings.undo_time + 1)):
        remove_item(session, acts.world.app.config["HOUSE"], acts.entry)
        session.commit()


def edit_comment(acts: Acts) -> None:
    with acts.world.acting("joe") as (session, me):
        mine = session.scalars(select(r.Comment.id).where(r.Comment.author_id == me.membership)).first()
        assert mine
        talk.edit(session, me, mine, talk.SayInput(words="I have thought about it."))


def take_comment_back(acts: Acts) -> None:
    with acts.world.acting("joe") as (session, me):
        mine = session.scalars(select(r.Comment.id).where(r.Comment.author_id == me.membership)).first()
        assert mine
        talk.take_back(session, me, mine, UNDO)


ACTS: list[tuple[Callable[[Acts], object], ...]] = [
    (begin,),
    (write,),
    (open_to_edit,),
    (caption,),
    (take_photo_out,),
    (keep_photo_for_family,),
    (write, throw_away),
    (write, lambda acts: acts.hands_in("maya", acts.entry)),
    (lambda acts: acts.opens("maya", acts.entry, acts.doors("family")),),
    (lambda acts: acts.opens("maya", acts.entry, acts.doors("family", "class", "class_families")),),
    (lambda acts: acts.waits(),),
    (delete_entry, bring_back),
    (delete_entry, gone_for_good),
    (lambda acts: acts.says("maya", acts.entry, "Thank you all!"),),
    (edit_comment,),
    (take_comment_back,),
]
"""What is done, the last of them watched."""


@pytest.mark.parametrize("steps", ACTS, ids=lambda steps: getattr(steps[-1], "__name__", "act"))
def test_an_act_writes_down_what_it_changed(world: World, steps: tuple[Callable[[Acts], object], ...]) -> None:
    acts = Acts(world)
    for step in steps[:-1]:
        step(acts)
    watched(world, lambda: steps[-1](acts))


@pytest.mark.parametrize("verdict", [Verdict.LET_THROUGH, Verdict.SENT_BACK, Verdict.PUT_AWAY, Verdict.PASSED_ON])
def test_a_decision_writes_down_what_it_changed(world: World, verdict: Verdict) -> None:
    acts = Acts(world)
    item = acts.waits()
    watched(world, lambda: acts.decides("adeyemi", item, verdict))


def test_withdrawing_and_putting_away_write_down_what_they_changed(world: World) -> None:
    acts = Acts(world)
    item = acts.waits()
    watched(world, lambda: acts.withdraws("maya", item))
    shared = acts.waits()
    acts.decides("adeyemi", shared)
    watched(world, lambda: acts.puts_away("adeyemi", shared))


def watched(world: World, act: Callable[[], object]) -> None:
    """Do something, and compare what has changed with what was written down."""
    with world.session() as session:
        session.execute(delete(r.SearchOutbox))
        session.commit()
    before = all_units(world)
    act()
    after = all_units(world)
    changed = {unit.item for unit in before ^ after}
    assert changed, "nothing changed, so nothing is shown"
    with world.session() as session:
        assert changed <= set(session.scalars(select(r.SearchOutbox.item_id)))


def all_units(world: World) -> set[Unit]:
    """All units there are."""
    with world.session() as session:
        return set(units_of(session, list(session.scalars(select(r.Item.id)))))
