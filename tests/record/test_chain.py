"""The chain: what was done is sealed in order; what is altered afterwards is found and named, on both databases."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from journal.clock import at, now
from journal.record import sealing
from journal.record.chain import Fault
from journal.record.sealing import seal_all, seal_school
from journal.record.verify import verify_school
from journal.records import Trail, TrailLink, TrailUnsealed
from tests.record.tampering import add_lines, key, numbered, school_of, sealed, unprotected
from tests.world import World

TABLES = ("trail", "trail_link", "trail_segment")


def count(world: World, entity: type) -> int:
    with world.session() as session:
        return session.scalar(select(func.count()).select_from(entity).where(entity.school_id == school_of(world))) or 0  # type: ignore[attr-defined]


def test_every_line_is_sealed_once_and_the_chain_holds(bare_on_both: World) -> None:
    world = bare_on_both
    school = sealed(world)
    lines = count(world, Trail)
    assert lines == count(world, TrailLink) == 5
    assert count(world, TrailUnsealed) == 0
    found = verify_school(world.engine, school)
    assert (found.wrong, found.lines, found.number) == (None, lines, lines)
    assert seal_all(world.engine) == 0
    add_lines(world, 3)
    assert verify_school(world.engine, school).wrong is None
    assert seal_school(world.engine, school) == 3
    assert verify_school(world.engine, school).number == lines + 3


def test_the_database_refuses_to_change_it(bare_on_both: World) -> None:
    world = bare_on_both
    sealed(world)
    before = count(world, Trail)
    ways = ["UPDATE {} SET school_id = school_id", "DELETE FROM {}"]
    if world.engine.dialect.name == "postgresql":
        ways.append("TRUNCATE {} CASCADE")
    for table in TABLES:
        for how in ways:
            with pytest.raises(DatabaseError, match="only added to"), world.engine.begin() as connection:
                connection.execute(text(how.format(table)))
    assert count(world, Trail) == before
    assert verify_school(world.engine, school_of(world)).wrong is None


def test_a_line_that_waits_to_be_sealed_does_not_leave_the_queue(bare_on_both: World) -> None:
    add_lines(bare_on_both, 1)
    with pytest.raises(DatabaseError, match="only added to"), bare_on_both.engine.begin() as connection:
        connection.execute(text("DELETE FROM trail_unsealed"))


TAMPERED = {
    "altered": (Fault.CHANGED, "UPDATE trail SET act = 'nothing' WHERE id = :id"),
    "who": (Fault.CHANGED, "UPDATE trail SET membership_id = NULL WHERE id = :id"),
    "when": (Fault.CHANGED, "UPDATE trail SET created_at = '2020-01-01 00:00:00.000000' WHERE id = :id"),
    "details": (Fault.CHANGED, "UPDATE trail SET details = '{}' WHERE id = :id"),
    "missing": (Fault.MISSING, "DELETE FROM trail WHERE id = :id"),
    "missing with its link": (Fault.MISSING, "DELETE FROM trail_link WHERE id = :id"),
    "another sum": (Fault.CHANGED, "UPDATE trail_link SET sum = 'x' WHERE id = :id"),
    "another hash": (Fault.MOVED, "UPDATE trail_link SET hash = 'x' WHERE id = :id"),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_is_tampered_with_is_named(bare: World, how: str) -> None:
    world = bare
    school = sealed(world)
    number = count(world, TrailLink) - 2
    [line] = numbered(world, number)
    fault, statement = TAMPERED[how]
    with unprotected(world) as connection:
        connection.execute(text(statement), {"id": key(world.engine, line)})
    wrong = verify_school(world.engine, school).wrong
    assert wrong is not None
    assert (wrong.fault, wrong.number) == (fault, number)
    assert wrong.id in (line, None)


def test_two_lines_that_change_places_are_named(bare_on_both: World) -> None:
    world = bare_on_both
    school = sealed(world)
    number = count(world, TrailLink) - 3
    one, other = numbered(world, number, number + 1)
    move = text("UPDATE trail_link SET number = :number WHERE id = :id")
    with unprotected(world) as connection:
        for place, line in ((-1, one), (number, other), (number + 1, one)):
            connection.execute(move, {"number": place, "id": key(world.engine, line)})
    wrong = verify_school(world.engine, school).wrong
    assert wrong is not None
    assert (wrong.fault, wrong.number, wrong.id) == (Fault.MOVED, number, other)


def test_a_line_that_did_not_come_the_usual_way_is_named(bare_on_both: World) -> None:
    world = bare_on_both
    school = sealed(world)
    [line] = numbered(world, 1)
    forged = key(world.engine, school)
    with unprotected(world) as connection:
        connection.execute(
            text(
                "INSERT INTO trail (id, school_id, created_at, act, place, details) "
                "SELECT :forged, school_id, created_at, act, place, details FROM trail WHERE id = :id"
            ),
            {"forged": forged, "id": key(world.engine, line)},
        )
    wrong = verify_school(world.engine, school).wrong
    assert wrong is not None
    assert (wrong.fault, wrong.id) == (Fault.INSERTED, school)


def test_a_clock_that_goes_back_does_not_break_it(bare: World) -> None:
    world = bare
    sealed(world)
    with at(now() - timedelta(days=40)):
        add_lines(world, 2)
    add_lines(world, 1)
    seal_all(world.engine)
    found = verify_school(world.engine, school_of(world))
    assert found.wrong is None
    with world.session() as session:
        last = select(Trail.details, Trail.created_at).join(TrailLink, TrailLink.id == Trail.id)
        rows = session.execute(last.where(TrailLink.number > found.number - 3).order_by(TrailLink.number)).all()
    assert [one.details["revision"] for one in rows] == [0, 1, 0]
    assert rows[0].created_at < rows[2].created_at


def test_two_that_seal_at_once_make_one_chain(bare_on_both: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = bare_on_both
    monkeypatch.setattr(sealing, "AT_ONCE", 7)
    add_lines(world, 40)
    begin, trouble = Barrier(2), list[BaseException]()

    def seal() -> None:
        begin.wait()
        try:
            seal_all(world.engine)
        except BaseException as problem:  # noqa: BLE001 - told by the test
            trouble.append(problem)

    both = [Thread(target=seal) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert trouble == []
    assert count(world, TrailUnsealed) == 0
    assert verify_school(world.engine, school_of(world)).lines == count(world, Trail)


def test_what_is_interrupted_is_sealed_the_next_time(bare_on_both: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = bare_on_both
    add_lines(world, 4)

    def killed(*_any: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(sealing, "hash_of", killed)
        with pytest.raises(KeyboardInterrupt):
            seal_all(world.engine)
    assert count(world, TrailLink) == 0
    seal_all(world.engine)
    assert verify_school(world.engine, school_of(world)).lines == count(world, Trail)
