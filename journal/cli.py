"""The ``journal`` command: serve, migrate, demo, reindex, verify-export, and what keeps the record."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from journal.settings import Settings, from_environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="journal", description="Thirdspace, a journal that belongs to the child.")
    words = parser.add_subparsers(dest="word", required=True)
    words.add_parser("serve", help="bring the database up to date, make the demo the first time, and serve")
    words.add_parser("migrate", help="bring the database up to date")
    demo = words.add_parser("demo", help="make the demo schools, if they are not there yet")
    demo.add_argument("--accounts", action="store_true", help="print the demo accounts as a JSON list")
    demo.add_argument("--entries", type=int, metavar="N", help="add a school of N entries too, made in bulk")
    checked = words.add_parser("verify-export", help="check a portfolio that was taken home: the ZIP, or its folder")
    checked.add_argument("file", type=Path, help="the ZIP file, or the folder that it was unpacked into")
    words.add_parser("reindex", help="build the search index anew beside the old one, and put it in its place")
    words.add_parser("verify-trail", help="check that nobody changed the record: 1 if somebody did, the line is named")
    words.add_parser("drop-record", help="drop the months of the record that are over, and say which")
    app_user = words.add_parser("grant-app", help="PostgreSQL: let a database user run the app, not change the record")
    app_user.add_argument("user", help="the database user of the app; this command is run as the tables' owner")
    chosen = parser.parse_args(arguments)
    if chosen.word == "verify-export":
        return verify_export(chosen.file)
    if chosen.word == "demo" and chosen.accounts:
        print_accounts()
        return 0
    try:
        settings = from_environment()
    except ValueError as problem:
        print(f"journal: {problem}", file=sys.stderr)
        return 2
    if chosen.word == "migrate":
        migrate(settings)
    elif chosen.word == "demo":
        demo_school(settings)
        if chosen.entries is not None:
            return large_school(settings, chosen.entries)
    elif chosen.word == "reindex":
        return reindex(settings)
    elif chosen.word in ("verify-trail", "drop-record", "grant-app"):
        from journal.record.command import run

        return run(settings, chosen.word, getattr(chosen, "user", ""))
    else:
        serve(settings)
    return 0


def migrate(settings: Settings) -> None:
    """Bring the database up to the newest migration."""
    from journal.migrations.run import upgrade

    upgrade(settings.database_url)


def print_accounts() -> None:
    """Print the demo accounts as a JSON list; this needs neither a database nor settings."""
    from journal.demo.build import accounts

    print(json.dumps(accounts(), ensure_ascii=False, indent=2))


def verify_export(file: Path) -> int:
    """Say whether a portfolio is whole: 0 if it is, 1 if something is wrong, 2 if it cannot be read."""
    from journal.portfolio.verify import verify

    try:
        found = verify(file)
    except OSError as problem:
        print(f"{file} cannot be read: {problem.strerror or problem}", file=sys.stderr)
        return 2
    for fault in found.faults:
        print(fault)
    if found.faults:
        print(f"{file} is not as it was made: {len(found.faults)} problem(s), named above.", file=sys.stderr)
        return 1
    print(
        f"{file} is whole: {found.files} files, {found.portfolios} portfolio(s). Nothing is missing, added or changed."
    )
    return 0


def demo_school(settings: Settings) -> None:
    """Bring the database up to date and make the demo schools if they are not there."""
    from journal.demo.build import build_demo, demo_is_there

    migrate(settings)
    if not demo_is_there(settings):
        print("Making the demo schools. The first time takes about half a minute.", flush=True)
        build_demo(settings)


def large_school(settings: Settings, entries: int) -> int:
    """Add the large school if it is not there, say whom one can sign in as, and return the exit code."""
    from journal.demo.large import build_large, large_is_there, plan_of
    from journal.demo.large_people import SCHOOL, large_accounts

    if large_is_there(settings):
        print(f"{SCHOOL} is there already; it stays as it is.")
    else:
        try:
            plan = plan_of(entries)
        except ValueError as problem:
            print(f"journal: {problem}", file=sys.stderr)
            return 2
        print(f"Making {SCHOOL}, without its search index.", flush=True)
        counts = build_large(settings, plan, lambda line: print(f"  {line}", flush=True))
        print("  rows: " + ", ".join(f"{table} {many:,}" for table, many in counts.items() if many))
        print("Its search index is made apart, by 'journal reindex', or bit by bit while the server runs.")
    for account in large_accounts():
        print(f"  {account['role']:<9} " + " · ".join(value for key, value in account.items() if key != "role"))
    return 0


def reindex(settings: Settings) -> int:
    """Build the search index anew and say how far it is; the old one is asked until then. Return the exit code."""
    from journal.house import open_house
    from journal.search.work import reindex as build
    from journal.store.database import open_engine
    from journal.store.index import IndexBusy

    migrate(settings)
    engine = open_engine(settings.database_url)

    def say(done: int, everything: int) -> None:
        print(f"\r{done:,} of {everything:,}", end="", flush=True)

    try:
        count = build(engine, open_house(settings, engine).index, say)
    except IndexBusy:
        print("journal: the search index is being written by another process; try again", file=sys.stderr)
        return 1
    except OSError as problem:
        why = problem.strerror or type(problem).__qualname__
        print(f"\njournal: the search index could not be built, and the old one stays: {why}", file=sys.stderr)
        return 1
    finally:
        engine.dispose()
    print(f"\rThe search index is new: {count:,} entries and comments are in it.")
    return 0


def serve(settings: Settings) -> None:
    """Make all ready, then become the server: it serves pages and does the jobs until it is told to stop."""
    demo_school(settings)
    say_accounts()
    os.execv(sys.executable, [sys.executable, "-P", "-m", "journal.serving"])  # noqa: S606 - ourselves


def say_accounts() -> None:
    """Print how to come into the demo schools."""
    from journal.demo.build import accounts

    left_out = ("role", "school", "name", "app_secret", "numbers_now")
    for account in accounts():
        way = " · ".join(str(value) for key, value in account.items() if key not in left_out)
        print(f"  {account['role']:<9} {account['school']:<18} {account['name']:<18} {way}")
    print("\nStaff are asked for six numbers too. Those of now: journal demo --accounts", flush=True)
