"""Put the table of the last run into the README, between its two marks: ``python -m bench.readme``.

First in a few lines, one for each thing that is measured. Then, folded up, of all rows of ``bench/results.json`` those
that have a limit, and what the machine is: the others are in that file.
"""

import sys
from pathlib import Path

from bench.rows import Row, as_markdown, read_json

HERE = Path(__file__).parent
BEGIN, END = "<!-- the bench's table begins -->", "<!-- the bench's table ends -->"


def worth_showing(rows: list[Row]) -> list[Row]:
    """Return the rows of the README's table."""
    return [one for one in rows if one.limit is not None or one.name.startswith("machine")]


SUBJECTS = {
    "feed": "pages of twenty",
    "entry": "an entry with thirty comments",
    "queue": "the queue",
    "pages a second": "pages a second",
    "photo": "photos",
    "memory of all": "memory of all processes",
    "search": "search",
    "export": "portfolios",
    "flags": "what the aids find",
}
"""What is measured: a word of the names of its rows, and what the README calls it."""


def in_short(rows: list[Row]) -> str:
    """Return a line for each subject: how many limits hold, and which row is farthest from its limit."""
    lines = ["| what | limits that hold | the farthest from its limit |", "| --- | --- | --- |"]
    for word, called in SUBJECTS.items():
        mine = [one for one in rows if word in one.name and one.limit]
        missed = [one for one in mine if not one.holds]
        far = max(missed, key=lambda one: one.value / (one.limit or 1), default=None)
        worst = f"{far.name}: {far.value:g} {far.unit} for {far.limit:g}" if far else ""
        if mine:
            lines.append(f"| {called} | {len(mine) - len(missed)} of {len(mine)} | {worst} |")
    return "\n".join(lines) + "\n"


def with_table(text: str, rows: list[Row]) -> str:
    """Return a text with the table in place of what stood between the marks. Raises ValueError without the marks."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError("the marks of the table are not there, or there twice")
    before, _, rest = text.partition(BEGIN)
    every = as_markdown(worth_showing(rows))
    folded = f"<details>\n<summary>Every row that has a limit</summary>\n\n{every}\n</details>\n"
    return f"{before}{BEGIN}\n\n{in_short(rows)}\n{folded}\n{END}{rest.partition(END)[2]}"


def main() -> int:
    """Write the README anew; return 2 where no run has left its results."""
    results, readme = HERE / "results.json", HERE.parent / "README.md"
    if not results.exists():
        print("there are no results yet: run 'make bench'", file=sys.stderr)
        return 2
    readme.write_text(with_table(readme.read_text(), read_json(results)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
