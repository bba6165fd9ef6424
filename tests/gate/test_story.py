"""Any story that pupils, families and staff tell with the acts of the house keeps the promises of the product.

What they do stands in ``small_makes``, ``small_reads`` and ``small_cares``; the promises in ``small_promises``.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine, func, select

from journal.records import Decision
from journal.store.files import Files
from tests.gate.schools import seeing_all
from tests.gate.small_promises import Promises


@pytest.mark.parametrize("examples", [4])
def test_any_story_keeps_the_promises(engine: Engine, tmp_path: Path, examples: int) -> None:
    machine = type("Story", (Promises,), {"engine": engine, "files": Files(tmp_path)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            print_blob=True,
        ),
    )
    with seeing_all(engine) as session:
        assert session.scalar(select(func.count(Decision.id))), "they tell of something that was decided"
