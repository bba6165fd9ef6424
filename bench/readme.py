"""Put the table of the last run into the README, between its two marks: ``python -m bench.readme``.

Of all rows of ``bench/results.json`` those that have a limit, and what the machine is: the others are in that file.
"""

import sys
from pathlib import Path

from bench.rows import Row, as_markdown, read_json

HERE = Path(__file__).parent
BEGIN, END = "<!-- the bench's table begins -->", "<!-- the bench's table ends -->"


def worth_showing(rows: list[Row]) -> list[Row]:
    """Return the rows of the README's table."""
    return [one for one in rows if one.limit is not None or one.name.startswith("machine")]


def with_table(text: str, rows: list[Row]) -> str:
    """Return a text with the table in place of what stood between the marks. Raises ValueError without the marks."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError("the marks of the table are not there, or there twice")
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{as_markdown(worth_showing(rows))}\n{END}{rest.partition(END)[2]}"


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
