"""A row of the table, and what is made of rows: JSON for machines, Markdown for people, lines for the screen."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``holds`` is None for a figure that has no limit."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    holds: bool | None = None
    note: str = ""


def row(
    name: str, value: float, unit: str, note: str = "", *, most: float | None = None, least: float | None = None
) -> Row:
    """Return a row with what it says about its limit: at most, or at least."""
    limit = most if most is not None else least
    holds = None if limit is None else value <= limit if most is not None else value >= limit
    way = "at least" if least is not None else ""
    return Row(name, _short(value), unit, limit, holds, ", ".join(one for one in (way, note) if one))


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which that part of the values lies. Raises ValueError for no values."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def as_json(rows: Iterable[Row]) -> str:
    """Return rows as a JSON list."""
    return json.dumps([asdict(one) for one in rows], ensure_ascii=False, indent=1) + "\n"


def read_json(path: Path) -> list[Row]:
    """Return the rows that a file holds. Raises what reading and JSON raise."""
    return [Row(**one) for one in json.loads(path.read_text())]


def as_markdown(rows: Iterable[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| what | value | limit | holds | note |", "| --- | ---: | ---: | --- | --- |"]
    lines += [
        f"| {one.name} | {_number(one.value)} {one.unit} | {_limit(one)} | {_holds(one)} | {one.note} |" for one in rows
    ]
    return "\n".join(lines) + "\n"


def as_line(one: Row) -> str:
    """Return a row as a line for the screen."""
    limit = f"  limit {_limit(one)}: {_holds(one)}" if one.limit is not None else ""
    return f"{one.name:<72} {_number(one.value):>10} {one.unit:<8}{limit}{'  ' + one.note if one.note else ''}"


def _short(value: float) -> float:
    return float(f"{value:.4g}") if value < 10_000 else round(value)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:g}"


def _limit(one: Row) -> str:
    return "" if one.limit is None else _number(one.limit)


def _holds(one: Row) -> str:
    return {None: "", True: "yes", False: "**no**"}[one.holds]
