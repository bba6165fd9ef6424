"""What is over is dropped whole and in one way; the rest of the chain still holds; commands say what they find."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DatabaseError, ProgrammingError

from journal import create_app
from journal.cli import main
from journal.clock import at, now
from journal.ids import new_id
from journal.record.chain import Fault
from journal.record.dropping import drop_all, last_month_kept
from journal.record.sealing import seal_all
from journal.record.verify import verify_school
from journal.record.work import check_now, drop_over, keep
from journal.records import Job, School, Trail, TrailCheck, TrailDrop, TrailSegment
from journal.store.database import open_engine
from journal.store.guarding import grant_to_app
from tests.once import share_statements
from tests.record.tampering import add_lines, numbered, school_of, sealed, unprotected
from tests.world import World

THEN = now() - timedelta(days=366 * 9)


def lines_of(world: World, months: int) -> None:
    """Four lines in each of so many months, from nine years ago on, and one of today; sealed."""
    for month in range(months):
        with at(THEN + timedelta(days=32 * month)):
            add_lines(world, 4)
    add_lines(world, 1)
    seal_all(world.engine)


def test_the_oldest_month_that_is_kept() -> None:
    assert last_month_kept(datetime(2026, 11, 28, tzinfo=UTC), 7) == "2019-11"


def test_the_database_takes_no_drop_of_what_is_younger_than_a_year(bare_on_both: World) -> None:
    world = bare_on_both
    sealed(world)
    assert list(drop_all(world.engine)) == []
    with at(now() + timedelta(days=366 * 9)):
        sealed(world)
        with pytest.raises(DatabaseError, match="not over"):
            list(drop_all(world.engine))
        drop_over(world.engine)
    assert verify_school(world.engine, school_of(world)).wrong is None


def test_segments_that_are_over_are_dropped_oldest_first(bare_on_both: World) -> None:
    lines_of(bare_on_both, 2)
    school = school_of(bare_on_both)
    assert verify_school(bare_on_both.engine, school).lines == 9
    dropped = list(drop_all(bare_on_both.engine))
    assert [(one.first, one.last) for one in dropped] == [(1, 4), (5, 8)]
    seal_all(bare_on_both.engine)
    found = verify_school(bare_on_both.engine, school)
    assert (found.wrong, found.number) == (None, 11)
    with bare_on_both.session() as session:
        acts = list(session.scalars(select(Trail.act).where(Trail.school_id == school).order_by(Trail.id)))
        assert acts == ["say", "drop_record", "drop_record"]
        assert session.scalars(select(TrailDrop.last).order_by(TrailDrop.last)).all() == [4, 8]
        assert session.scalars(select(TrailSegment.first)).all() == [9]
    assert check_now(bare_on_both.engine, school).wrong is None


def test_a_beginning_that_was_cut_off_is_found(bare_on_both: World) -> None:
    lines_of(bare_on_both, 2)
    with unprotected(bare_on_both) as connection:
        connection.execute(text("DELETE FROM trail WHERE id IN (SELECT id FROM trail_link WHERE number < 5)"))
        connection.execute(text("DELETE FROM trail_link WHERE number < 5"))
        connection.execute(text("DELETE FROM trail_segment WHERE first = 1"))
    wrong = verify_school(bare_on_both.engine, school_of(bare_on_both)).wrong
    assert wrong is not None
    assert (wrong.fault, wrong.number) == (Fault.MISSING, 4)


def test_an_end_that_was_cut_off_is_found(bare_on_both: World) -> None:
    lines_of(bare_on_both, 1)
    assert check_now(bare_on_both.engine, school_of(bare_on_both)).number == 5
    with unprotected(bare_on_both) as connection:
        connection.execute(text("DELETE FROM trail WHERE id IN (SELECT id FROM trail_link WHERE number > 3)"))
        connection.execute(text("DELETE FROM trail_link WHERE number > 3"))
        connection.execute(text("DELETE FROM trail_segment WHERE first > 3"))
    wrong = verify_school(bare_on_both.engine, school_of(bare_on_both)).wrong
    assert wrong is not None
    assert (wrong.fault, wrong.number) == (Fault.CUT_OFF, 4)


def test_each_school_is_checked_once_a_day(bare: World) -> None:
    world = bare
    keep(world.engine)
    keep(world.engine)
    with world.session() as session:
        asked = session.scalars(select(Job.about_id).where(Job.kind == "check_record")).all()
        assert sorted(asked) == sorted(session.scalars(select(School.id)))
    world.work()
    keep(world.engine)
    with world.session() as session:
        assert session.scalars(select(Job.id).where(Job.kind == "check_record", Job.done_at.is_(None))).all() == []
        assert len(session.scalars(select(TrailCheck.fault).where(TrailCheck.fault == "")).all()) == len(asked)
    with at(now() + timedelta(hours=31)):
        keep(world.engine)
        with world.session() as session:
            assert session.scalars(select(Job.id).where(Job.kind == "check_record", Job.done_at.is_(None))).all()


def test_a_broken_chain_is_said_loudly(bare: World, caplog: pytest.LogCaptureFixture) -> None:
    world = bare
    school = sealed(world)
    [line] = numbered(world, 3)
    with unprotected(world) as connection:
        connection.exec_driver_sql("UPDATE trail SET act = 'nothing' WHERE id = ?", (line.hex,))
    check_now(world.engine, school)
    said = [one for one in caplog.records if one.levelname == "CRITICAL"]
    assert [one.getMessage() for one in said] == [f"THE RECORD IS BROKEN: line 3 is changed (school {school})"]


def test_the_command_names_the_line(
    bare: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world = bare
    monkeypatch.setenv("THIRDSPACE_DATABASE_URL", world.settings.database_url)
    monkeypatch.setenv("THIRDSPACE_INSTANCE", str(world.settings.instance))
    sealed(world, 15)
    assert main(["verify-trail"]) == 0
    assert "Larkfield Primary: unbroken since" in capsys.readouterr().out
    [line] = numbered(world, 11)
    with unprotected(world) as connection:
        connection.exec_driver_sql("UPDATE trail SET membership_id = NULL WHERE id = ?", (line.hex,))
    assert main(["verify-trail"]) == 1
    said = capsys.readouterr()
    assert f"Larkfield Primary: BROKEN: line 11 ({line}) is not as it was written" in said.err
    assert "Saltmarsh" in said.out
    assert main(["drop-record"]) == 0
    assert main(["grant-app", "somebody"]) == 2


@pytest.fixture
def as_app(bare_in_its_own: World) -> Iterator[World]:
    """A world on PostgreSQL whose app is run by a database user that owns nothing."""
    world = bare_in_its_own
    user = f"app_{new_id().hex}"
    with world.engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {user} LOGIN"))
    grant_to_app(world.engine, user)
    url = make_url(world.settings.database_url).set(username=user).render_as_string(hide_password=False)
    settings = replace(world.settings, database_url=url)
    engine = share_statements(open_engine(url))
    yield World(create_app(settings, engine), settings, engine, world.keys)
    engine.dispose()


def test_the_apps_database_user_adds_to_the_record_and_does_no_more(as_app: World) -> None:
    school = sealed(as_app)
    lead = as_app.client("penhale", "lead")
    assert "Wrote back" in lead.get("/record").get_data(as_text=True)
    as_app.work()
    assert check_now(as_app.engine, school).wrong is None
    for table in ("trail", "trail_link", "trail_segment", "trail_check", "trail_drop"):
        for how in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"):
            with pytest.raises(ProgrammingError), as_app.engine.begin() as connection:
                connection.execute(text(how.format(table)))
    drop_over(as_app.engine)
    assert check_now(as_app.engine, school).wrong is None
