"""The rule's SQL leaves room: SQLite reads a hundred things inside one another, and pages put the rule into more."""

import pytest
from sqlalchemy import create_engine, select

from journal.covered import COVERED
from journal.ids import new_id
from journal.records.base import Base
from journal.seeing import Viewer, looking
from journal.words import Role

ROOM = 12
"""How many more parentheses have to fit around each condition."""


@pytest.mark.parametrize("entity", COVERED, ids=lambda entity: entity.__name__)
def test_there_is_room_around_every_condition(entity: type) -> None:
    table = entity.__table__  # type: ignore[attr-defined]
    statement = select(*table.primary_key).where(COVERED[entity])
    engine = create_engine("sqlite://", paramstyle="named")
    Base.metadata.create_all(engine)
    someone = Viewer(new_id(), new_id(), new_id(), Role.LEAD, frozenset(), frozenset(), frozenset())
    mark = looking.set(someone)
    try:
        compiled = statement.compile(engine, compile_kwargs={"render_postcompile": True})
        values = dict.fromkeys(compiled.params, "")
    finally:
        looking.reset(mark)
    before, where, condition = str(compiled).partition("\nWHERE ")
    assert where, "nobody is kept from anything"
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(f"EXPLAIN {before} WHERE {'(' * ROOM}{condition}{')' * ROOM}", values)
