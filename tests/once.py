"""What is made once in a run of the tests, and used by every test that comes after.

A server makes a page's SQL and its templates ready at the first request and keeps them. Every test has an app and an
engine of its own, so that without this each would make them ready again: most of its time. And the demo schools are
built by one of the processes among which the tests are divided, and copied by all.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from werkzeug.routing import Rule

from journal.store.compiled import CompiledStatements


class _Compiled(CompiledStatements):
    """Statements as SQL. SQLAlchemy keys them by the engine's dialect first; here one kind's are the same for all."""

    def __init__(self) -> None:
        super().__init__()
        self.capacity = 4000  # more than all pages have together

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((None, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((None, *key[1:]), value)


_COMPILED: dict[str, _Compiled] = {}
"""For each kind of database what its engines have compiled."""


def share_statements(engine: Engine) -> Engine:
    """Let an engine run what others of its kind have compiled, and return it."""
    engine.update_execution_options(compiled_cache=_COMPILED.setdefault(engine.dialect.name, _Compiled()))
    return engine


class KeptTemplates(BytecodeCache):
    """Templates as Python, by what stands in them: one that is changed is made again."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for a template that an app has not loaded yet."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for a template that it has just compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = KeptTemplates()


def share_addresses() -> None:
    """Let all apps of this process have the functions that build addresses: Werkzeug writes and compiles two a rule."""
    made: dict[tuple[object, ...], Any] = {}
    make = Rule._compile_builder

    def kept(rule: Rule, append_unknown: bool = True) -> Any:
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, rule.host, rule.subdomain, rule.merge_slashes, defaults, append_unknown)
        if key not in made:
            made[key] = make(rule, append_unknown)
        return made[key]

    Rule._compile_builder = kept  # type: ignore[method-assign]


def folder_of_run(folders: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Let one process after another do what is done under this lock."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
