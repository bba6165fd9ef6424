"""The commands of the record: ``verify-trail``, ``drop-record``, ``grant-app``."""

import sys

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from journal.net import open_session
from journal.record.chain import Fault
from journal.record.dropping import drop_all
from journal.record.verify import Checked
from journal.record.work import check_now
from journal.records import School
from journal.settings import Settings
from journal.store.database import open_engine
from journal.store.guarding import NotPostgres, grant_to_app

WRONG = {
    Fault.CHANGED: "is not as it was written",
    Fault.MISSING: "is missing",
    Fault.INSERTED: "stands in the record and did not come the way all lines come",
    Fault.MOVED: "does not follow from the line before it: it was moved, or its seal was changed",
    Fault.CUT_OFF: "and all behind it were cut off: they were there at the last check",
}


def run(settings: Settings, word: str, user: str = "") -> int:
    """Run one of the commands and return the exit code."""
    engine = open_engine(settings.database_url)
    try:
        if word == "verify-trail":
            return verify_trail(engine)
        return drop_record(engine) if word == "drop-record" else grant_app(engine, user)
    except DBAPIError as problem:
        _say(f"journal: the database refuses: {type(problem.orig).__qualname__}", wrong=True)
        return 2
    finally:
        engine.dispose()


def verify_trail(engine: Engine) -> int:
    """Check every school's chain, write down and say what was found: 0 if all hold, 1 if a line is wrong."""
    with open_session(engine, sees_all="doing the house's work") as session:
        schools = [(one.id, one.name) for one in session.scalars(select(School).order_by(School.name, School.id))]
    broken = 0
    for school, name in schools:
        found = check_now(engine, school)
        broken += found.wrong is not None
        _say(f"{name}: {_words(found)}", wrong=found.wrong is not None)
    return 1 if broken else 0


def _words(found: Checked) -> str:
    if found.wrong is None:
        since = f"{found.since:%Y-%m-%d %H:%M} UTC" if found.since else "now"
        return f"unbroken since {since}, {found.lines} lines. The last is {found.number}, its hash {found.hash}"
    which = f"line {found.wrong.number}" if found.wrong.number else "a line"
    named = f" ({found.wrong.id})" if found.wrong.id else ""
    return f"BROKEN: {which}{named} {WRONG[found.wrong.fault]}"


def drop_record(engine: Engine) -> int:
    """Drop what is over, and say which months."""
    for one in drop_all(engine):
        _say(f"{one.school}: {one.month} is dropped, lines {one.first} to {one.last}")
    return 0


def grant_app(engine: Engine, user: str) -> int:
    """Say what the app's database user may do."""
    try:
        grant_to_app(engine, user)
    except NotPostgres:
        _say("journal: only PostgreSQL has users of its own; whoever can open a SQLite file owns it", wrong=True)
        return 2
    _say(f"{user} may run the app, and cannot change the record.")
    return 0


def _say(words: str, wrong: bool = False) -> None:
    (sys.stderr if wrong else sys.stdout).write(words + "\n")
