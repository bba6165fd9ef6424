"""Portfolios of a class while the class changes: who leaves, who has something new, who has nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from journal import clock
from journal.portfolio import acts, reading, rounds
from journal.records import Export, ExportPart, Job
from journal.words import ExportState
from tests.gate.people import Story
from tests.portfolio.asking import Asker
from tests.portfolio.telling import Packed, Teller


@pytest.fixture
def tell(tell_of_few: Teller) -> Teller:
    """People of the demo school, with a small class."""
    return tell_of_few


def pupils_in(packed: Packed) -> set[str]:
    return {one["pupil"] for one in packed.json["portfolios"]}


def fetched(tell: Teller, whole: UUID) -> Packed:
    packed = tell.fetches("kaur", whole, "head")
    assert packed is not None
    return packed


def made(tell: Teller) -> UUID:
    whole = tell.orders_class("kaur")
    tell.world.work()
    return whole


def test_ordered_again_after_a_pupil_left_the_school_it_is_made_of_who_is_there(tell: Teller) -> None:
    first = made(tell)
    assert "Maya" in pupils_in(fetched(tell, first))
    Story(tell.world).leaves("maya", "pupil")
    second = made(tell)
    assert second != first
    there = pupils_in(fetched(tell, second))
    assert "Maya" not in there
    assert len(there) > 4


def test_fetched_after_a_pupil_left_the_school_it_is_made_anew_of_who_is_there(tell: Teller) -> None:
    kaur = Asker(tell.world, "kaur", "head")
    first = made(tell)
    Story(tell.world).leaves("maya", "pupil")
    answer = kaur.browser.get(f"/portfolio/made/{first}/file")
    assert answer.status_code == 303
    tell.world.work()
    assert "Maya" not in pupils_in(fetched(tell, UUID(answer.headers["Location"].rsplit("/", 1)[1])))
    assert tell.row(first).file is None


def test_made_anew_after_a_pupil_left_the_school_it_is_of_who_is_there(tell: Teller) -> None:
    kaur = Asker(tell.world, "kaur", "head")
    first = made(tell)
    Story(tell.world).leaves("maya", "pupil")
    place = kaur.send(f"/portfolio/made/{first}/anew", 303)
    tell.world.work()
    assert "Maya" not in pupils_in(fetched(tell, UUID(place.rsplit("/", 1)[1])))


@pytest.mark.parametrize("again", ["ordered", "made anew"])
def test_what_is_new_is_in_it_when_it_is_asked_for_again(tell: Teller, again: str) -> None:
    whole = made(tell)
    before = fetched(tell, whole)
    story = Story(tell.world)
    story.posts("maya", "Something new for school.", story.doors("teachers"))
    if again == "ordered":
        assert tell.orders_class("kaur") == whole
    else:
        with tell.world.acting("kaur", "head") as (session, me):
            assert acts.make_again(session, me, tell.house, whole).id == whole
    tell.world.work()
    after = fetched(tell, whole)
    changed = [one for one in before.names if before.read(one) != after.read(one) and one.startswith("portfolio-")]
    assert "portfolio-maya.zip" in changed


def test_ordered_again_with_nothing_new_it_is_not_made_anew(tell: Teller) -> None:
    whole = made(tell)
    assert tell.orders_class("kaur") == whole
    assert tell.row(whole).state is ExportState.READY


def test_each_pupils_is_there_as_long_as_the_class_s(tell: Teller) -> None:
    whole = made(tell)
    with tell.world.session() as session:
        first_ends = session.scalars(select(func.min(Export.expires_at)).where(Export.batch_id == whole)).one()
    later = first_ends - timedelta(seconds=60)
    with clock.at(later), tell.world.acting("kaur", "head") as (session, me):
        acts.make_again(session, me, tell.house, whole)
    with clock.at(later):
        tell.world.work()
    with tell.world.session() as session:
        ends = set(session.scalars(select(Export.expires_at).where(Export.batch_id == whole)))
    assert ends == {tell.row(whole).expires_at}


def test_who_has_nothing_in_it_is_not_told_that_it_was_taken_home(tell: Teller) -> None:
    whole = made(tell)
    fetched(tell, whole)
    with tell.world.session() as session:
        rows = session.execute(select(Export.bytes, Export.fetched_at).where(Export.batch_id == whole)).all()
    assert {bool(length) for length, _ in rows} == {True, False}
    assert all(bool(length) == (at is not None) for length, at in rows)


@pytest.mark.parametrize("again", ["ordered", "made anew"])
def test_what_was_given_up_on_is_made_when_it_is_asked_for_again(tell: Teller, again: str) -> None:
    """A machine that dies each time before it says anything leaves an order that nobody goes on with."""
    export = tell.orders("joe")
    with tell.world.session() as session:
        session.execute(
            update(Job).where(Job.about_id == export).values(tries=5, started_at=clock.now() - timedelta(hours=1))
        )
        session.execute(update(Export).where(Export.id == export).values(state=ExportState.MAKING))
        session.commit()
    if again == "ordered":
        assert tell.orders("joe") == export
    else:
        with tell.world.acting("joe") as (session, me):
            acts.make_again(session, me, tell.house, export)
    tell.world.work()
    assert tell.fetches("joe", export) is not None


def test_whose_link_ended_does_not_see_what_they_ordered_either(tell: Teller) -> None:
    joe = Asker(tell.world, "joe")
    place = joe.made("maya")
    sami = joe.made("sami")
    Story(tell.world).link_ends("joe", "maya")
    joe.get(place, 404)
    assert joe.browser.client.head(f"{place}/file").status_code == 404
    joe.get(sami)
    with tell.world.acting("joe") as (session, me):
        assert [one.about for one in reading.exports(session, me)] == ["Sami"]


def test_a_change_that_the_database_refused_is_said_in_the_end(tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(session: Session, *_more: object) -> None:
        session.add(ExportPart())
        session.flush()

    export = tell.orders("joe")
    monkeypatch.setattr(rounds, "write_one", refused)
    for _ in range(6):
        tell.world.work()
    assert (tell.row(export).state, tell.row(export).problem) == (ExportState.FAILED, "broken")
