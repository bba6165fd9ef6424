"""The ``journal`` command: serve, migrate, demo, verify-export."""

import argparse
import json
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
    checked = words.add_parser("verify-export", help="check a portfolio that was taken home: the ZIP, or its folder")
    checked.add_argument("file", type=Path, help="the ZIP file, or the folder that it was unpacked into")
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


def serve(settings: Settings) -> None:
    """Serve pages and do the jobs, in one process with threads, until told to stop."""
    from journal.serving import Server

    demo_school(settings)
    Server(settings).run()
