"""The words of one paragraph: runs of one look each, joined, trimmed, linked and written as HTML."""

import html
import re
from itertools import groupby
from typing import NamedTuple

from journal.text.links import REL, linked
from journal.text.plain import tidy, visible

_SPACE = re.compile(r"[ \t\n\r\f]+")


class Run(NamedTuple):
    """Words of one look; the words "\\n" alone stand for <br>."""

    words: str
    href: str | None = None
    strong: bool = False
    em: bool = False

    @property
    def look(self) -> tuple[str | None, bool, bool]:
        """All but the words."""
        return self.href, self.strong, self.em


BREAK = Run("\n")


def one_spaced(words: str) -> str:
    """Return clean words, every stretch of white space in them one space."""
    return _SPACE.sub(" ", tidy(words))


def settled(runs: list[Run], *, links: bool) -> list[Run]:
    """Join runs of one look, trim every line, find links; [] when there is nothing to see."""
    runs = _trimmed(_joined(runs))
    if not any(visible(run.words) for run in runs):
        return []
    if links:
        runs = [piece for run in runs for piece in _with_links(run)]
    return _joined(runs)


def _with_links(run: Run) -> list[Run]:
    if run is BREAK or run.href:
        return [run]
    return [run._replace(words=words, href=href) for words, href in linked(run.words) if words]


def _joined(runs: list[Run]) -> list[Run]:
    """Join neighbours of one look, and make each clean again: a letter and its accent may have met."""
    joined: list[Run] = []
    for is_break, group in groupby(runs, key=lambda run: run is BREAK):
        if is_break:
            joined.extend(group)
            continue
        for _, alike in groupby(group, key=lambda run: run.look):
            first, *rest = alike
            if rest:
                words = "".join([first.words, *(run.words for run in rest)])
                first = first._replace(words=one_spaced(words))
            joined.append(first)
    return joined


def _trimmed(runs: list[Run]) -> list[Run]:
    """No space at either end of a line, one between words, no line break at either end."""
    kept: list[Run] = []
    for run in [*runs, BREAK]:
        if run is BREAK:
            while kept and kept[-1] is not BREAK and not kept[-1].words.rstrip():
                kept.pop()
            if kept and kept[-1] is not BREAK:
                kept[-1] = kept[-1]._replace(words=kept[-1].words.rstrip())
                kept.append(BREAK)
            continue
        words = run.words
        if not kept or kept[-1] is BREAK:
            words = words.lstrip()
        elif kept[-1].words.endswith(" "):
            words = words.lstrip(" ")
        if words:
            kept.append(run._replace(words=words))
    return kept[:-1] if kept else kept


def written(runs: list[Run]) -> str:
    """Write runs, each look's tags around as many neighbours as share it."""
    out: list[str] = []
    for href, linked_runs in groupby(runs, key=lambda run: run.href):
        inner = ""
        for strong, strong_runs in groupby(linked_runs, key=lambda run: run.strong):
            words = "".join(f"<em>{_escaped(run)}</em>" if run.em else _escaped(run) for run in strong_runs)
            inner += f"<strong>{words}</strong>" if strong else words
        out.append(f'<a href="{html.escape(href)}" rel="{REL}">{inner}</a>' if href else inner)
    return "".join(out)


def _escaped(run: Run) -> str:
    return "<br>" if run is BREAK else html.escape(run.words, quote=False)
