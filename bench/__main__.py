"""Run the bench: see ``bench/__init__.py``."""

import logging
import os
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter

from bench import machine
from bench.rows import Row, as_json, as_line, as_markdown
from bench.schools import kept_schools

HERE = Path(__file__).parent

SUBJECTS = ("feed", "pages", "served", "photos", "search", "export", "flags")
"""Each a module with a function ``measure``."""


def main() -> int:
    """Measure what was asked for, print and write the table; return 2 for a subject that there is none of."""
    asked = os.environ.get("BENCH_ONLY", "").replace(" ", "").strip(",")
    chosen = asked.split(",") if asked else list(SUBJECTS)
    if unknown := set(chosen) - set(SUBJECTS):
        print(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(SUBJECTS)}", file=sys.stderr)
        return 2
    logging.disable(logging.WARNING)
    folder = Path(os.environ.get("BENCH_DIR") or HERE / ".data").absolute()
    rows: list[Row] = []
    began = perf_counter()
    with kept_schools(folder) as schools:
        for name in chosen:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            machine.look()
            rows += import_module(f"bench.{name}").measure(schools)
        rows = [*machine.rows(), *schools.rows(), *rows]
    print("\n".join(as_line(one) for one in rows))
    (HERE / "results.json").write_text(as_json(rows))
    (HERE / "results.md").write_text(as_markdown(rows))
    missed = sum(one.holds is False for one in rows)
    held = sum(one.holds is True for one in rows)
    print(f"\n{held} limits hold, {missed} do not; measured in {perf_counter() - began:.0f} s. See bench/results.json.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
