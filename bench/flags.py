"""The moderation aids: how often they are right, how much they find, and how long they take."""

from collections.abc import Iterable
from time import thread_time

from bench.corpus import known, scores, sentences
from bench.rows import Row, percentile, row
from bench.schools import Schools
from journal.aids import look

LONG = 10_000
"""Letters of a long text."""
ROUNDS = 20
LEAST = 0.9
"""The share below which an aid is no help; held by a test as well."""


def measure(_schools: Schools) -> Iterable[Row]:
    """Return precision and recall by kind on the corpus, and the time of a sentence and of a long text."""
    rows: list[Row] = []
    for kind, score in sorted(scores().items()):
        of = f"of {score.right + score.missed}"
        rows.append(row(f"flags, {kind}: rightly flagged", score.precision, "", of, least=LEAST))
        rows.append(row(f"flags, {kind}: found", score.recall, "", of, least=LEAST))
    many = sentences()
    words = " ".join(one.text for one in many)
    long = (words * (LONG // len(words) + 1))[:LONG]
    rows.append(row("flags, a sentence, p95", 1000 * percentile([_time(one.text) for one in many], 0.95), "ms"))
    rows.append(
        row(f"flags, {LONG:,} letters, p95", 1000 * percentile([_time(long) for _ in range(ROUNDS)], 0.95), "ms")
    )
    return rows


def _time(text: str) -> float:
    """Seconds of the processor that looking through a text takes."""
    school = known()
    began = thread_time()
    look({"words": text}, school)
    return thread_time() - began
