"""The ``journal`` command: serve, migrate, demo."""

import argparse
import json
import sys
from collections.abc import Sequence

from journal.settings import Settings, from_environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="journal", description="Thirdspace, a journal that belongs to the child.")
    words = parser.add_subparsers(dest="word", required=True)
    words.add_parser("serve", help="bring the database up to date, make the demo the first time, and serve")
    words.add_parser("migrate", help="bring the database up to date")
    demo = words.add_parser("demo", help="make the demo schools, if they are not there yet")
    demo.add_argument("--accounts", action="store_true", help="print the demo accounts as a JSON list")
    chosen = parser.parse_args(arguments)
    try:
        settings = from_environment()
    except ValueError as problem:
        print(f"journal: {problem}", file=sys.stderr)
        return 2
    if chosen.word == "migrate":
        migrate(settings)
    elif chosen.word == "demo":
        return demo_school(settings, only_accounts=chosen.accounts)
    else:
        serve(settings)
    return 0


def migrate(settings: Settings) -> None:
    """Bring the database up to the newest migration."""
    from journal.migrations.run import upgrade

    upgrade(settings.database_url)


def demo_school(settings: Settings, *, only_accounts: bool = False) -> int:
    """Make the demo schools if they are not there, or print their accounts."""
    from journal.demo.build import accounts, build_demo, demo_is_there

    if only_accounts:
        print(json.dumps(accounts(), ensure_ascii=False, indent=2))
        return 0
    migrate(settings)
    if not demo_is_there(settings):
        build_demo(settings)
    return 0


def serve(settings: Settings) -> None:
    """Serve pages and do the jobs, in one process with threads, until told to stop."""
    from journal.serving import Server

    first = demo_school(settings)
    if first == 0:
        Server(settings).run()
