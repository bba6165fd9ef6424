"""What is in a portfolio is what the gate lets its orderer see, in random schools, on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from journal import records as r
from journal.house import House, open_house
from journal.ids import new_id
from journal.net import open_session
from journal.portfolio import acts, choosing, orders, taking
from journal.portfolio.orderers import eyes_of, wanted_by
from journal.portfolio.scope import Scope
from journal.portfolio.work import make
from journal.refusals import Reason, Refusal, Unseen
from journal.seeing import Viewer
from journal.store.database import open_engine
from journal.viewers import viewer_for
from journal.words import ExportState, PictureState, Role
from tests.gate.oracle import Oracle
from tests.gate.schools import LONG_AGO, Town, hats, keep, seeing_all, towns
from tests.portfolio.telling import Packed
from tests.world import settings_in

Seen = dict[UUID, tuple[int, set[UUID], dict[UUID, tuple[int, set[UUID]]]]]
"""Entries, each with its revision, its photos, and its comments with theirs."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    if request.param == "sqlite":
        opened = open_engine(f"sqlite:///{tmp_path_factory.mktemp('gate') / 'gate.sqlite3'}")
    else:
        opened = open_engine(request.getfixturevalue("postgres_server").new_database())
    r.Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return open_house(settings_in(tmp_path_factory.mktemp("house")))


def with_portfolios(town: Town) -> Town:
    """The same schools, with what only a portfolio asks about."""
    random = town.random
    for item in town.of(r.Item):
        revisions = [row for row in town.of(r.Revision) if row.item_id == item.id]
        item.revision_id = random.choice([*(one.id for one in revisions), None])
        item.handed_in_at = town.moment() if town.perhaps(0.8) else None
        item.gone_at = item.gone_at if item.deleted_at else None  # what is gone was deleted before
        if item.kind == "entry" and town.perhaps(0.2):
            item.kept_out_at = LONG_AGO
        if item.kind == "comment":
            for hat in town.some(town.of(r.Membership, item.school_id), 1) if town.perhaps(0.3) else ():
                town.add(r.HiddenForMe(school_id=item.school_id, item_id=item.id, membership_id=hat.id))
    for photo in town.of(r.Attachment):
        if town.perhaps(0.2):
            photo.state = PictureState.WAITING
        else:
            file = {"file": f"{new_id().hex}.jpg", "sha256": "", "width": 1, "height": 1, "length": 7}
            town.add(r.Rendition(school_id=photo.school_id, attachment_id=photo.id, size="master", **file))
    for hat in town.of(r.Membership):
        heads = [one for one in town.of(r.Membership, hat.school_id) if one.role is Role.HEAD]
        if hat.role in (Role.TEACHER, Role.LEAD) and heads and town.perhaps(0.7):
            given_by = heads[0].id
            ended = town.ended(0.3)
            town.add(r.ExportRight(school_id=hat.school_id, membership_id=hat.id, given_by_id=given_by, ended_at=ended))
    return town


@dataclass
class Expected:
    """What should be in a pupil's portfolio for somebody, said a second time as plain loops."""

    town: Town
    hat: r.Membership
    pupil: r.Membership

    def allowed(self) -> bool:
        """Whether they may have it at all."""
        if self.hat.ended_at or self.hat.school_id != self.pupil.school_id:
            return False
        if self.hat.role is Role.PUPIL:
            return self.hat.id == self.pupil.id
        if self.hat.role is Role.RELATIVE:
            return f"family/{self.pupil.id.hex}" in Oracle(self.town).circles(self.hat)
        named = {one.membership_id for one in self.town.of(r.ExportRight) if not one.ended_at}
        return not self.pupil.ended_at and (self.hat.role is Role.HEAD or self.hat.id in named)

    def oracle(self) -> tuple[Oracle, r.Membership]:
        """With whose eyes it is made."""
        if self.hat.role in (Role.PUPIL, Role.RELATIVE):
            return Oracle(self.town), self.hat
        return InTheirStead(self.town, self.hat, self.pupil), r.Membership(
            id=new_id(), school_id=self.hat.school_id, person_id=new_id(), role=Role.HEAD
        )

    def seen(self, kept_out_too: bool) -> Seen:
        """Everything that should be in it."""
        oracle, eyes = self.oracle()
        hidden = {one.item_id for one in self.town.of(r.HiddenForMe) if one.membership_id == eyes.id}
        found: Seen = {}
        for item in self.town.of(r.Item):
            if item.kind != "entry" or item.pupil_id != self.pupil.id or (item.kept_out_at and not kept_out_too):
                continue
            number = self.reads(oracle, eyes, item)
            if number is None:
                continue
            said = {}
            for comment in self.town.of(r.Item):
                if comment.entry_id == item.id and comment.id not in hidden:
                    revision = self.reads(oracle, eyes, comment)
                    if revision is not None:
                        said[comment.id] = (revision, self.photos(oracle, eyes, comment, revision))
            found[item.id] = (number, self.photos(oracle, eyes, item, number), said)
        return found

    def reads(self, oracle: Oracle, eyes: r.Membership, item: r.Item) -> int | None:
        """The revision that stands in it: of one's own the newest that was handed in."""
        if item.deleted_at:
            return None
        if item.author_id != eyes.id:
            return oracle.reads(eyes, item)
        return next((one.number for one in self.town.of(r.Revision) if one.id == item.revision_id), None)

    def photos(self, oracle: Oracle, eyes: r.Membership, item: r.Item, number: int) -> set[UUID]:
        """The photos that stand in a revision, as far as they see them."""
        (revision,) = (one.id for one in self.town.of(r.Revision) if one.item_id == item.id and one.number == number)
        ready = {one.id for one in self.town.of(r.Attachment) if one.state is PictureState.READY}
        found = set()
        for place in self.town.of(r.Placement):
            if place.revision_id != revision or place.attachment_id not in ready:
                continue
            if item.author_id == eyes.id or oracle.lets_see(eyes, place):
                found.add(place.attachment_id)
        return found


class InTheirStead(Oracle):
    """The rule for who takes a portfolio home for the school."""

    def __init__(self, town: Town, orderer: r.Membership, pupil: r.Membership) -> None:
        super().__init__(town)
        self.groups = self._groups_of(pupil.id)
        here = {one.id: one.person_id for one in town.of(r.Membership) if not one.ended_at}
        teachers = {
            here[one.teacher_id]
            for one in town.of(r.Teaching)
            if one.group_id in self.groups and not one.ended_at and one.teacher_id in here
        }
        self.persons = teachers | {orderer.person_id}

    def circles(self, hat: r.Membership) -> set[str]:
        return {f"{kind}/{one.hex}" for one in self.groups for kind in ("teachers", "class", "class-families")}

    def reads(self, hat: r.Membership, item: r.Item) -> int | None:
        if any(row.item_id == item.id and row.person_id in self.persons for row in self.town.of(r.LeftOut)):
            return None
        return super().reads(hat, item)


def in_it(said: Any) -> Seen:
    """What a portfolio's JSON says is in it."""

    def photos(one: Any) -> set[UUID]:
        return {UUID(photo["id"]) for photo in one["photos"]}

    return {
        UUID(one["id"]): (
            one["revision"],
            photos(one),
            {UUID(each["id"]): (each["revision"], photos(each)) for each in one["comments"]},
        )
        for one in said["entries"]
    }


MADE = 3
"""Portfolios made in each town; the others are asked for as a preview alone, which says the same in numbers."""


@settings(max_examples=6)
@given(town=towns(), kept_out_too=st.booleans())
def test_a_portfolio_holds_what_its_orderer_sees_and_no_more(
    engine: Engine, house: House, town: Town, kept_out_too: bool
) -> None:
    keep(engine, with_portfolios(town))
    scope = Scope(kept_out_too=kept_out_too)
    made = 0
    for hat, pupil in pairs(town):
        with seeing_all(engine) as session:
            viewer = viewer_for(session, hat)
        with open_session(engine, viewer) as session:
            expected = Expected(town, hat, pupil)
            if not expected.allowed():
                with pytest.raises(Unseen):
                    acts.order(session, viewer, house, pupil.id, scope, "en")
                with pytest.raises(Unseen):
                    choosing.open_book(session, viewer, pupil.id, scope)
                continue
        seen = expected.seen(kept_out_too and hat.role is Role.PUPIL)
        _as_previewed(engine, viewer, pupil.id, scope, seen)
        if made < MADE:
            _as_made(engine, house, viewer, pupil.id, scope, seen)
            made += bool(seen)


def pairs(town: Town) -> list[tuple[r.Membership, r.Membership]]:
    """Everybody in each hat, with each pupil, in some order."""
    pupils = [one for one in town.of(r.Membership) if one.role is Role.PUPIL]
    found = [(hat, pupil) for hat in hats(town) for pupil in pupils]
    town.random.shuffle(found)
    return found


def _as_previewed(engine: Engine, viewer: Viewer, pupil: UUID, scope: Scope, expected: Seen) -> None:
    with open_session(engine, viewer) as session:
        book = choosing.open_book(session, viewer, pupil, scope)
        would_be = choosing.preview(session, book)
        shown = choosing.listed(session, book, limit=len(expected) + 1)
    assert {one.entry for one in shown.rows} == set(expected)
    assert would_be.entries == len(expected)
    assert would_be.comments == sum(len(said) for _, _, said in expected.values())
    photos = sum(len(own) + sum(len(some) for _, some in said.values()) for _, own, said in expected.values())
    assert (would_be.photos, would_be.bytes) == (photos, 7 * photos)


def _as_made(engine: Engine, house: House, viewer: Viewer, pupil: UUID, scope: Scope, expected: Seen) -> None:
    with open_session(engine, viewer) as session:
        if not expected:
            with pytest.raises(Refusal) as refused:
                acts.order(session, viewer, house, pupil, scope, "en")
            assert refused.value.reason is Reason.NOTHING_IN_IT
            return
        export = acts.order(session, viewer, house, pupil, scope, "en").id
        session.commit()
    with open_session(engine, sees_all="doing the house's work") as session:
        make(session, house, export)
        session.commit()
    with open_session(engine, viewer) as session:
        handed = taking.fetch(session, viewer, house, export)
        assert handed.path is not None
        packed = Packed(handed.path.read_bytes())
        assert in_it(packed.json) == expected
        # As pages, too: each entry and each comment stands there once.
        page = packed.words("whole-book.html")
        for entry, (_, _, said) in expected.items():
            assert page.count(f'id="e-{entry.hex}"') == 1
            for comment in said:
                assert page.count(f'id="c-{comment.hex}"') == 1
        assert page.count("<article") == len(expected) + sum(len(said) for _, _, said in expected.values())
        session.rollback()
        assert orders.own(session, viewer, export).state is ExportState.READY


@settings(max_examples=6)
@given(town=towns(), choose=st.randoms(use_true_random=False))
def test_what_is_narrowed_afterwards_is_never_handed_out(engine: Engine, house: House, town: Town, choose) -> None:  # type: ignore[no-untyped-def]
    """Any row that lets somebody see, or hides something, goes away; what is judged again follows the rule."""
    keep(engine, with_portfolios(town))
    made = 0
    for hat, pupil in pairs(town):
        expected = Expected(town, hat, pupil)
        if made == MADE or not expected.allowed() or not (before := expected.seen(False)):
            continue
        made += 1
        with seeing_all(engine) as session:
            viewer = viewer_for(session, hat)
        with open_session(engine, viewer) as session:
            export = acts.order(session, viewer, house, pupil.id, Scope(), "en").id
            session.commit()
        with open_session(engine, sees_all="doing the house's work") as session:
            make(session, house, export)
            session.commit()
        taken = choose.choice([row for row in town.rows if isinstance(row, (r.Shown, r.NarrowedTo, r.HiddenForMe))])
        with seeing_all(engine) as session:
            row = session.scalars(select(type(taken)).where(type(taken).id == taken.id)).one_or_none()
            if row is not None:
                session.delete(row)
                session.commit()
                town.rows.remove(taken)
        after = expected.seen(False)
        narrower = any(one not in after or not _within(before[one], after[one]) for one in before)
        with open_session(engine, viewer) as session:
            wanted = wanted_by(session, viewer, pupil.id, Scope())
            with eyes_of(session, wanted):
                handed = taking.fetch(session, viewer, house, export)
            assert (handed.path is None) == narrower
            session.rollback()


def _within(old: tuple[int, set[UUID], Any], new: tuple[int, set[UUID], Any]) -> bool:
    """Whether all that stood in an entry's page would stand there still."""
    same = old[0] == new[0] and old[1] <= new[1]
    return same and all(
        one in new[2] and new[2][one][0] == number and photos <= new[2][one][1]
        for one, (number, photos) in old[2].items()
    )
