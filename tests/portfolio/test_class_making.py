"""Making the portfolios of a class: what ends meanwhile, what lies on the disk, how much is asked to judge it."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from journal import clock
from journal.exported import expire_with
from journal.portfolio import acts, rights, rounds, taking
from journal.portfolio.verify import verify
from journal.records import Enrolment, Export
from journal.refusals import Unseen
from journal.words import ExportState
from tests.portfolio.asking import Asker
from tests.portfolio.telling import Packed, Teller


@pytest.fixture
def tell(tell_of_few: Teller) -> Teller:
    """People of the demo school, with a small class."""
    return tell_of_few


def fetched(tell: Teller, whole: UUID) -> Packed:
    packed = tell.fetches("kaur", whole, "head")
    assert packed is not None
    return packed


def made(tell: Teller) -> UUID:
    whole = tell.orders_class("kaur")
    tell.world.work()
    return whole


def is_whole(tell: Teller, whole: UUID) -> None:
    """A class's portfolios are there in one file in which all is as its list says, Maya's among them."""
    row = tell.row(whole)
    assert (row.state, row.problem) == (ExportState.READY, "")
    checked = verify(tell.world.settings.media / str(row.file))
    assert checked.faults == ()
    assert checked.portfolios == 7, "one of the eight has shared nothing"
    assert Packed(fetched(tell, whole).read("portfolio-maya.zip")).titles


def gone_for_good(tell: Teller) -> None:
    """What Maya showed is removed: her portfolio, done by now, comes to its end."""
    with tell.world.session() as session:
        expire_with(session, tell.house.files, items=[tell.world.entry("snail-hotel")])
        session.commit()


def swept_away(tell: Teller) -> None:
    """The file of Maya's, done by now, is not there any more."""
    with tell.world.session() as session:
        asked = select(Export.file).where(Export.pupil_id == tell.world.member("maya", "pupil"))
        (file,) = session.scalars(asked.where(Export.file.is_not(None)))
    (tell.world.settings.media / str(file)).unlink()


def once_in(monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[], None]) -> None:
    """Something happens once, in the middle of the making, just before one of its steps."""
    step = getattr(rounds, name)
    changes = [change]

    def with_it(*given: Any) -> Any:
        while changes:
            changes.pop()()
        return step(*given)

    monkeypatch.setattr(rounds, name, with_it)


@pytest.mark.parametrize("ends", [gone_for_good, swept_away])
def test_a_pupils_that_comes_to_its_end_while_the_class_is_made_is_made_again(
    tell: Teller, monkeypatch: pytest.MonkeyPatch, ends: Callable[[Teller], None]
) -> None:
    whole = tell.orders_class("kaur")
    once_in(monkeypatch, "write_class", lambda: ends(tell))
    tell.world.work()
    is_whole(tell, whole)


def test_a_pupils_that_ends_when_all_is_written_is_made_again(tell: Teller, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tell.orders_class("kaur")
    write, ends = rounds.write_class, [gone_for_good]

    def then_it_ends(*given: Any) -> None:
        write(*given)
        while ends:
            ends.pop()(tell)

    monkeypatch.setattr(rounds, "write_class", then_it_ends)
    tell.world.work()
    is_whole(tell, whole)


def test_what_ended_while_nobody_went_on_with_it_is_not_in_what_is_gone_on_with(
    tell: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The class's file is written, the machine dies before that is said, and then Maya takes something out."""
    whole, entry = tell.orders_class("kaur"), tell.world.entry("snail-hotel")
    write, deaths = rounds.write_class, [OSError]

    def dies(*given: Any) -> None:
        write(*given)
        while deaths:
            raise deaths.pop()

    monkeypatch.setattr(rounds, "write_class", dies)
    tell.world.work()
    assert tell.row(whole).state is ExportState.MAKING
    with tell.world.acting("maya") as (session, me):
        rights.keep_out(session, me, entry, True)
    gone_for_good(tell)
    tell.world.work()
    is_whole(tell, whole)
    assert entry not in Packed(fetched(tell, whole).read("portfolio-maya.zip")).entries


def test_asking_for_a_pupils_while_the_class_is_made_does_not_stop_it(
    tell: Teller, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tell.orders_class("kaur")

    def asked_for() -> None:
        one = part_of(tell, whole)
        with pytest.raises(Unseen):
            tell.fetches("kaur", one, "head")
        with tell.world.acting("kaur", "head") as (session, me):
            assert acts.make_again(session, me, tell.house, one).id == one
        words = Asker(tell.world, "kaur", "head").get(f"/portfolio/made/{one}")
        assert "The book is being made" in words

    once_in(monkeypatch, "write_class", asked_for)
    tell.world.work()
    is_whole(tell, whole)


def part_of(tell: Teller, whole: UUID) -> UUID:
    """Maya's in a class's."""
    with tell.world.session() as session:
        maya = tell.world.member("maya", "pupil")
        return session.scalars(select(Export.id).where(Export.batch_id == whole, Export.pupil_id == maya)).one()


def test_when_the_class_s_is_whole_it_alone_lies_on_the_disk(tell: Teller) -> None:
    whole = made(tell)
    assert tell.files() == [str(tell.row(whole).file).rpartition("/")[2]]
    one = part_of(tell, whole)
    kaur = Asker(tell.world, "kaur", "head")
    answer = kaur.browser.get(f"/portfolio/made/{one}/file")
    assert answer.status_code == 200
    assert answer.headers["Content-Length"] == str(len(answer.get_data()))
    assert "maya" in answer.headers["Content-Disposition"]
    assert answer.get_data() == fetched(tell, whole).read("portfolio-maya.zip")


def test_of_a_pupil_with_nothing_in_it_that_is_said_and_nothing_can_be_fetched(tell: Teller) -> None:
    whole = made(tell)
    with tell.world.session() as session:
        one = session.scalars(select(Export.id).where(Export.batch_id == whole, Export.bytes == 0)).first()
    kaur = Asker(tell.world, "kaur", "head")
    assert "There was nothing to put in." in kaur.get(f"/portfolio/made/{one}")
    assert "There was nothing to put in." in kaur.get(f"/portfolio/made/{whole}")
    kaur.get(f"/portfolio/made/{one}/file", 404)


def test_a_pupils_of_which_the_class_s_file_is_gone_is_made_anew(tell: Teller) -> None:
    whole = made(tell)
    (tell.world.settings.media / str(tell.row(whole).file)).unlink()
    assert tell.fetches("kaur", part_of(tell, whole), "head") is None
    tell.world.work()
    is_whole(tell, whole)


def stay_in_class(tell: Teller, pupils: Collection[UUID]) -> None:
    """Everybody else leaves the class."""
    with tell.world.session() as session:
        session.execute(
            update(Enrolment)
            .where(Enrolment.group_id == tell.world.group("kingfishers"), Enrolment.pupil_id.not_in(pupils))
            .values(ended_at=clock.now())
        )
        session.commit()


def of_one_group(tell: Teller) -> list[UUID]:
    """The pupils of the class who are in no other group, and of whom something was shown to their teachers."""
    whole = made(tell)
    once = select(Enrolment.pupil_id).where(Enrolment.ended_at.is_(None)).group_by(Enrolment.pupil_id)
    with tell.world.session() as session:
        asked = select(Export.pupil_id).where(Export.batch_id == whole, Export.bytes > 0)
        asked = asked.where(Export.pupil_id.in_(once.having(func.count() == 1))).order_by(Export.pupil_id)
        return [one for one in session.scalars(asked) if one]


def test_a_class_is_judged_in_as_many_queries_however_many_pupils_are_in_it(tell: Teller) -> None:
    pupils = of_one_group(tell)
    queries = {}
    for number in (12, 3):
        stay_in_class(tell, pupils[:number])
        whole = made(tell)
        with tell.world.acting("kaur", "head") as (session, me), tell.world.counting() as seen:
            assert taking.fetch(session, me, tell.house, whole).path is not None
        queries[number] = len(seen)
    assert queries[12] == queries[3] <= 20
