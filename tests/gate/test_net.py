"""Each way round the net that is known, and that it is shut; and each form of query that the net has to hold."""

import ast
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    Engine,
    column,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    union,
    union_all,
    update,
)
from sqlalchemy import true as everything
from sqlalchemy.exc import InvalidRequestError, StatementError
from sqlalchemy.orm import DeclarativeBase, Session, aliased, join
from sqlalchemy.orm.exc import ObjectDeletedError

import journal
from journal import records as r
from journal.circles import Kind, circle
from journal.covered import COVERED
from journal.net import open_session
from journal.reasons import REASONS, GatedSession, NoSight, beyond
from journal.seeing import ME, OF_VIEWER, Viewer
from journal.viewers import viewer_for
from journal.words import Role
from tests.gate.schools import EVERYTHING, LONG_AGO, empty, seeing_all
from tests.plans import statements

SECRET = "what Maya wrote"
BARE = r.Revision.__table__
OTHER = BARE.alias()
HERS, AGAIN, HERS_TOO = aliased(r.Revision), aliased(r.Revision), aliased(r.Entry)


@dataclass
class Two:
    """Two pupils of one school. Maya has an entry that she shows to nobody; Oscar has one of his own."""

    engine: Engine
    maya: Viewer
    oscar: Viewer
    secret: UUID
    """Maya's revision."""

    def as_oscar(self) -> GatedSession:
        return open_session(self.engine, self.oscar)


@pytest.fixture
def two(engine: Engine) -> Two:
    empty(engine)
    with seeing_all(engine) as session:
        school = r.School(name="S")
        session.add(school)
        session.flush()
        viewers, revisions = [], []
        for name in ("Maya", "Oscar"):
            person = r.Person()
            session.add(person)
            session.flush()
            hat = r.Membership(school_id=school.id, person_id=person.id, role=Role.PUPIL, name=name)
            session.add(hat)
            session.flush()
            entry = r.Entry(school_id=school.id, author_id=hat.id, pupil_id=hat.id)
            session.add(entry)
            session.flush()
            words = SECRET if name == "Maya" else "mine"
            revision = r.Revision(
                school_id=school.id, item_id=entry.id, number=1, words=words, saved_at=LONG_AGO, learned=[]
            )
            session.add(revision)
            session.flush()
            viewers.append(viewer_for(session, hat))
            revisions.append(revision.id)
        session.commit()
    return Two(engine, *viewers, revisions[0])


def _some(chosen: Any) -> Any:
    return select(chosen.c.words)


HELD = {
    "entity": select(r.Revision.words),
    "columns": select(r.Revision.words, r.Revision.title),
    "alias": select(HERS.words),
    "join": select(r.Revision.words).join(r.Item, r.Item.id == r.Revision.item_id),
    "outer join": select(r.Revision.words).select_from(r.Membership).join(r.Revision, everything(), isouter=True),
    "joined alias": select(HERS.words).select_from(r.Revision).join(HERS, everything()),
    "joined alias, outer": select(HERS.words).select_from(r.Revision).outerjoin(HERS, everything()),
    "joined alias of a kind of item": select(HERS_TOO.id)
    .select_from(r.Item)
    .join(HERS_TOO, everything())
    .where(HERS_TOO.pupil_id != r.Item.pupil_id),
    "two joined aliases": select(HERS.words, AGAIN.words)
    .select_from(r.Revision)
    .join(HERS, everything())
    .join(AGAIN, everything()),
    "alias in a join of its own": select(HERS.words).select_from(join(r.Revision, HERS, everything())),
    "joined alias in a subquery": _some(select(HERS.words).select_from(r.Revision).join(HERS, everything()).subquery()),
    "self join": select(HERS.words).join(r.Revision, r.Revision.school_id == HERS.school_id),
    "subquery": _some(select(r.Revision.words).subquery()),
    "alias of subquery": select(aliased(r.Revision, select(r.Revision).subquery()).words),
    "alias of bare subquery": select(aliased(r.Revision, select(BARE).subquery()).words),
    "cte": _some(select(r.Revision.words).cte()),
    "union": union(select(r.Revision.words), select(r.Revision.title)),
    "union all": union_all(select(r.Revision.words), select(HERS.words)),
    "scalar subquery": select(
        select(func.max(r.Revision.words)).where(r.Revision.words == SECRET).scalar_subquery()
    ).select_from(r.School),
    "exists": select(r.School.name).where(exists(select(r.Revision.id).where(r.Revision.words == SECRET))),
    "not exists": select(func.max(r.Revision.words)).where(
        ~exists(select(HERS.id).where(HERS.words == SECRET)), r.Revision.words == SECRET
    ),
    "in": select(r.School.name).where(r.School.id.in_(select(r.Revision.school_id).where(r.Revision.words == SECRET))),
    "greatest": select(func.max(r.Revision.words)).where(r.Revision.words == SECRET),
}


@pytest.mark.parametrize("how", HELD)
def test_the_net_holds(two: Two, how: str) -> None:
    with two.as_oscar() as session:
        found = [tuple(row) for row in session.execute(HELD[how])]
    assert all(value in (None, "mine", "") for row in found for value in row), found


WHAT_I_WROTE = select(r.Revision.words).join(r.Item, r.Item.id == r.Revision.item_id).where(r.Item.author_id == ME)


def test_a_statement_has_the_eyes_of_its_own_session_and_of_none_before(two: Two) -> None:
    with open_session(two.engine, two.maya) as session:
        assert session.scalars(WHAT_I_WROTE).all() == [SECRET]
    with two.as_oscar() as session, beyond(session, "names under what is shown"):
        assert session.scalars(WHAT_I_WROTE).all() == ["mine"]
    with seeing_all(two.engine) as session, pytest.raises((LookupError, StatementError)):
        session.scalars(WHAT_I_WROTE).all()


def test_counts_do_not_count_what_is_not_seen(two: Two) -> None:
    with two.as_oscar() as session:
        assert session.scalar(select(func.count()).select_from(r.Revision)) == 1
        assert session.scalar(select(func.count(r.Item.id))) == 1
        assert session.scalar(select(func.count(HERS.id))) == 1


SHUT = {
    "text": text("select words from revision"),
    "bare table": select(BARE),
    "bare column": select(BARE.c.words),
    "bare table beside a class": select(r.School.id, BARE.c.words),
    "bare table joined to a class": select(r.School.id).join(OTHER, everything()),
    "bare alias beside its own class": select(func.count(r.Revision.id), OTHER.c.words),
    "bare alias in a union with its own class": select(r.Revision.words).union_all(select(OTHER.c.words)),
    "bare table in a union with its own class": select(r.Revision.words).union_all(select(BARE.c.words)),
    "bare table in a subquery": select(r.Revision.id).where(exists(select(BARE.c.id).where(BARE.c.words == SECRET))),
    "bare alias in a subquery": select(r.Revision.id).where(exists(select(OTHER.c.id).where(OTHER.c.words == SECRET))),
    "bare cte beside a class": select(r.School.id, select(BARE.c.words).cte().c.words),
    "table by name": select(r.School.id, table("revision", column("words")).c.words),
    "literal column": select(r.School.id, literal_column("(select words from revision)")),
    "text as a column": select(r.School.id, text("(select words from revision)")),
    "text as a condition": select(r.School.id).where(text("exists (select 1 from revision)")),
    "text as an order": select(r.School.id).order_by(text("(select max(words) from revision)")),
    "text before": select(r.School.id).prefix_with("(select max(words) from revision),"),
    "text behind": select(r.School.id).suffix_with("union select id from revision"),
    "from_statement": select(r.Revision).from_statement(text("select * from revision")),
    "from_statement of a select": select(r.Revision).from_statement(select(BARE)),
    "update with a bare value": update(r.Membership).values(name=select(BARE.c.words).limit(1).scalar_subquery()),
    "delete by a bare table": delete(r.Look).where(r.Look.item_id == BARE.c.item_id),
    "insert from select": insert(r.KeptWriting).from_select(["address"], select(r.Revision.words)),
    "insert with a subquery": insert(r.KeptWriting).values(address=select(r.Revision.words).scalar_subquery()),
    "a table's insert from select": insert(r.Person.__table__).from_select(["id"], select(BARE.c.id)),
}


@pytest.mark.parametrize("how", SHUT)
def test_the_net_refuses(two: Two, how: str) -> None:
    with two.as_oscar() as session, pytest.raises(NoSight):
        session.execute(SHUT[how])


def test_changing_many_rows_at_once_meets_only_what_is_seen(two: Two) -> None:
    with two.as_oscar() as session:
        assert session.execute(update(r.Revision).values(title="x")).rowcount == 1
        stolen = func.coalesce(select(r.Revision.words).where(r.Revision.words == SECRET).scalar_subquery(), "nothing")
        session.execute(update(r.Membership).values(name=stolen))
        assert set(session.scalars(select(r.Membership.name))) == {"nothing"}
        assert session.execute(delete(r.Revision)).rowcount == 1
        session.rollback()
    with seeing_all(two.engine) as session:
        assert session.scalars(select(r.Revision.title).where(r.Revision.id == two.secret)).one() == ""


def test_rows_are_not_changed_by_their_ids(two: Two) -> None:
    row = {"id": two.secret, "school_id": two.oscar.school, "words": "x"}
    with two.as_oscar() as session, pytest.raises(NoSight):
        session.execute(update(r.Revision), [row])


ROUND: dict[str, Callable[[Session, UUID], object]] = {
    "get": lambda session, one: session.get(r.Revision, one),
    "get_one": lambda session, one: session.get_one(r.Revision, one),
    "merge": lambda session, one: session.merge(r.Revision(id=one)),
    "merge_all": lambda session, one: session.merge_all([r.Revision(id=one)]),
    "query": lambda session, one: session.query(r.Revision).all(),
    "bulk_update_mappings": lambda session, one: session.bulk_update_mappings(r.Revision, [{"id": one}]),
    "bulk_insert_mappings": lambda session, one: session.bulk_insert_mappings(r.Revision, [{"id": one}]),
    "bulk_save_objects": lambda session, one: session.bulk_save_objects([r.Revision(id=one)]),
}


@pytest.mark.parametrize("how", ROUND)
def test_what_was_loaded_beyond_the_viewer_is_not_handed_out(two: Two, how: str) -> None:
    with two.as_oscar() as session:
        with beyond(session, EVERYTHING):
            kept = session.scalars(select(r.Revision)).all()
        assert len(kept) == 2
        with pytest.raises(NoSight):
            ROUND[how](session, two.secret)
        assert [row.words for row in session.scalars(select(r.Revision))] == ["mine"]


def test_a_row_is_not_read_again_by_who_may_not_see_it(two: Two) -> None:
    with two.as_oscar() as session:
        with beyond(session, EVERYTHING):
            rows = {row.words: row for row in session.scalars(select(r.Revision))}
        session.refresh(rows["mine"])
        with pytest.raises(InvalidRequestError):
            session.refresh(rows[SECRET])
        session.expire_all()
        assert rows["mine"].words == "mine"
        with pytest.raises(ObjectDeletedError):
            assert rows[SECRET].words


def test_a_session_without_a_viewer_reads_nothing(two: Two) -> None:
    with open_session(two.engine) as session:
        for statement in (select(r.School.id), select(r.Person), text("select 1"), update(r.Person).values(theme="x")):
            with pytest.raises(NoSight):
                session.execute(statement)


def test_a_reason_has_to_be_known(two: Two) -> None:
    with pytest.raises(NoSight):
        open_session(two.engine, sees_all="because")
    with two.as_oscar() as session:
        with pytest.raises(NoSight), beyond(session, "because"):
            pass
        with suppress(RuntimeError), beyond(session, EVERYTHING):
            raise RuntimeError
        assert len(session.scalars(select(r.Revision)).all()) == 1
    with Session(two.engine) as plain, pytest.raises(NoSight), beyond(plain, EVERYTHING):
        pass


def test_another_viewer_in_the_middle_sees_with_their_own_eyes(two: Two) -> None:
    with two.as_oscar() as session, open_session(two.engine, two.maya) as hers:
        assert session.scalars(select(r.Revision.words)).all() == ["mine"]
        assert hers.scalars(select(r.Revision.words)).all() == [SECRET]
        assert session.scalars(select(r.Revision.words)).all() == ["mine"]
        session.viewer = two.maya
        assert session.scalars(select(r.Revision.words)).all() == [SECRET]
        session.viewer = two.oscar
        assert [row.words for row in session.scalars(select(r.Revision))] == ["mine"]


@pytest.mark.parametrize("asked", [select(r.Revision.words), select(r.Revision)], ids=["columns", "objects"])
def test_a_statement_that_is_kept_keeps_no_eyes(two: Two, asked: Any) -> None:
    def seen(session: GatedSession) -> list[str]:
        return [getattr(one, "words", one) for one in session.scalars(asked)]

    for _ in range(2):
        with two.as_oscar() as session, open_session(two.engine, two.maya) as hers:
            assert seen(session) == ["mine"]
            assert seen(hers) == [SECRET]
            with beyond(session, EVERYTHING):
                assert set(seen(session)) == {"mine", SECRET}
            assert seen(session) == ["mine"]


def test_ways_that_are_closed_to_a_viewer_are_not_asked_of_each_row(two: Two) -> None:
    asked = select(r.Item.id).join(r.Revision).join(r.Placement)
    teacher = replace(two.oscar, decides_for=frozenset({two.secret}))
    lead = replace(two.oscar, circles=frozenset({circle(Kind.SAFEGUARDING, two.oscar.school)}))
    for viewer, tables in (
        (two.oscar, set()),
        (teacher, {"waiting"}),
        (lead, {"waiting", "teaching", "cover", "second"}),
        (two.oscar, set()),
    ):
        with open_session(two.engine, viewer) as session, statements(two.engine) as said:
            session.execute(asked).all()
        [(text_of_it, _)] = said
        assert {one for one in ("waiting", "teaching", "cover", "second") if f"FROM {one} " in text_of_it} == tables


@pytest.mark.parametrize("name", sorted(OF_VIEWER))
def test_nobody_else_is_put_in_for_the_viewer(two: Two, name: str) -> None:
    with two.as_oscar() as session:
        for asked in (select(r.Revision.words), select(r.Revision), update(r.Revision).values(title="x")):
            with pytest.raises(NoSight):
                session.execute(asked, {name: two.maya.membership})


def test_what_is_not_kept_yet_is_kept_before_columns_are_read(two: Two) -> None:
    with two.as_oscar() as session:
        session.add(r.KeptWriting(person_id=two.oscar.person, address="/here", fields={}))
        assert session.scalars(select(r.KeptWriting.address)).all() == ["/here"]


def test_two_viewers_in_two_threads_do_not_see_through_each_other(two: Two) -> None:
    together = Barrier(2)

    def look(viewer: Viewer) -> set[str]:
        seen: set[str] = set()
        for _ in range(20):
            together.wait()
            with open_session(two.engine, viewer) as session:
                seen |= set(session.scalars(select(r.Revision.words)))
        return seen

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(look, (two.maya, two.oscar))) == [{SECRET}, {"mine"}]


def test_a_class_that_nobody_registered_cannot_be_read(two: Two) -> None:
    class Elsewhere(DeclarativeBase):
        metadata = r.Base.metadata

    class Copy(Elsewhere):
        __table__ = BARE
        __mapper_args__ = {"primary_key": [BARE.c.id]}  # noqa: RUF012 - declared so by SQLAlchemy

    with two.as_oscar() as session, pytest.raises(NoSight):
        session.scalars(select(Copy)).all()


def test_every_table_is_registered_and_nothing_is_loaded_along() -> None:
    mappers = list(r.Base.registry.mappers)
    assert {mapper.class_ for mapper in mappers} - {r.Entry, r.Comment} == set(COVERED)
    assert [mapper.class_ for mapper in mappers if mapper.relationships] == []
    deferred = [str(column) for mapper in mappers for column in mapper.column_attrs if column.deferred]
    assert deferred == []


# --- where the house steps round the net itself ------------------------------------------------------------------


def _calls() -> Iterator[tuple[str, str, ast.Call]]:
    """All calls in the house's code, with the module and the name of what is called."""
    folder = Path(journal.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        if path.parts[-2] == "versions":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                yield path.relative_to(folder).as_posix(), name, node


def test_the_ways_round_the_net_stand_in_named_modules_alone() -> None:
    where: dict[str, set[str]] = {}
    for module, name, _ in _calls():
        where.setdefault(name, set()).add(module)
    # The net itself runs what it holds there, where a statement asks for columns alone.
    assert where.get("connection", set()) == {"feeds.py", "net.py"}
    assert where.get("from_statement", set()) == set()
    # What pours a large demo in tells the database how to take it; nothing comes out there.
    assert where.get("exec_driver_sql", set()) == {"store/bulk.py"}
    by_the_rule = {
        path.relative_to(Path(journal.__file__).parent).as_posix()
        for path in Path(journal.__file__).parent.rglob("*.py")
        if "BY_THE_RULE" in path.read_text()
    }
    assert by_the_rule == {
        "consents.py",
        "entries/reading.py",
        "entries/reading_draft.py",
        "entries/reading_space.py",
        "feeds.py",
        "moderation/waiting.py",
        "portfolio/inside.py",
        "reasons.py",
        "school/reading.py",
        "search/gated.py",
        "talk/both.py",
        "talk/reading.py",
        "talk/threads.py",
        "wroteback.py",
    }


def test_every_reason_is_a_known_one_and_every_known_one_is_used() -> None:
    said: set[str] = set()
    for _, name, call in _calls():
        words = [*call.args[1:2]] if name == "beyond" else [k.value for k in call.keywords if k.arg == "sees_all"]
        said |= {word.value for word in words if isinstance(word, ast.Constant)}
    named = {"carrying out an act that was allowed"}  # by its name: journal.release.ACT
    assert said <= REASONS
    assert REASONS - said - named == {EVERYTHING}
