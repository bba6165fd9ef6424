"""Bringing rich text into one shape: few tags, always closed, never deep.

Root and <blockquote> hold <p>, lists and <blockquote>; <ul> and <ol> hold <li>; <li> holds words
and lists; words hold <a>, <strong>, <em> (in this order) and <br>. Read again, the shape gives itself.
"""

import html
import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

from journal.text.links import REL, good_href, linked
from journal.text.markup import End, Start
from journal.text.plain import tidy, visible

DEEPEST = 12
"""Quotes and lists inside one another; anything deeper is laid flat."""

_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
_PARAGRAPHS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article", "header", "footer"}
    | {"figure", "figcaption", "address", "dt", "dd", "tr"}
)
"""Editors' and word processors' blocks; each becomes a paragraph."""
_LISTS = frozenset({"ul", "ol"})
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
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


_BREAK = Run("\n")


class _Box(NamedTuple):
    name: str
    attrs: str
    paragraphs: int
    """How many paragraphs were open outside it."""


class Shaper:
    """Takes words and tags in order; `result()` gives the HTML. `links`: make bare addresses links."""

    def __init__(self, *, links: bool) -> None:
        self._links = links
        self._out: list[str] = []
        self._runs: list[Run] = []
        self._line_has_words = False
        self._boxes: list[_Box] = []
        self._written = 0  # how many of the boxes have their start tag in _out
        self._paragraphs: list[tuple[str, str]] = []
        self._left_out: Counter[str] = Counter()  # boxes not opened, whose end tags must not close others
        self._marks: Counter[str] = Counter()
        self._href: str | None = None

    def take(self, token: str | Start | End) -> None:
        """Add one token."""
        if isinstance(token, str):
            self.words(token)
        elif isinstance(token, Start):
            self._start(token)
        else:
            self._end(token.name)

    def words(self, words: str) -> None:
        """Add words; every kind of white space in them is a space."""
        words = _SPACE.sub(" ", tidy(words))
        if words:
            self._runs.append(Run(words, self._href, self._marks["strong"] > 0, self._marks["em"] > 0))
            self._line_has_words = self._line_has_words or bool(words.strip())

    def line_break(self) -> None:
        """End a line; a second one in a row ends the paragraph (in a list item it is ignored)."""
        if self._line_has_words:
            self._runs.append(_BREAK)
            self._line_has_words = False
        elif not self._in("li"):
            self._flush()

    def result(self) -> str:
        """Close everything and return the HTML."""
        self._close_to(0)
        return "".join(self._out)

    def _in(self, *names: str) -> bool:
        return bool(self._boxes) and self._boxes[-1].name in names

    def _start(self, tag: Start) -> None:
        name = tag.name
        if name == "br":
            self.line_break()
        elif name == "a":
            self._href = good_href(tag.attrs.get("href", ""))
        elif name in _MARKS:
            self._marks[_MARKS[name]] += 1
        elif name in _PARAGRAPHS:
            self._start_paragraph(name, _block_attrs(tag.attrs))
        elif name == "li":
            self._start_item(_block_attrs(tag.attrs))
        elif name in _LISTS or name == "blockquote":
            self._flush()
            inside_list = any(box.name in _LISTS for box in self._boxes)
            if len(self._boxes) >= DEEPEST - 2 or (name == "blockquote" and inside_list):
                self._left_out[name] += 1
            else:
                if self._in(*_LISTS):
                    self._open("li", "")
                self._open(name, _block_attrs(tag.attrs) or self._inherited())

    def _end(self, name: str) -> None:
        if name == "a":
            self._href = None
        elif name in _MARKS:
            self._marks[_MARKS[name]] = max(0, self._marks[_MARKS[name]] - 1)
        elif name in _PARAGRAPHS:
            self._end_line()
            names = [one for one, _ in self._paragraphs]
            if name in names:
                del self._paragraphs[len(names) - 1 - names[::-1].index(name) :]
        elif name == "li":
            if self._in("li"):
                self._close_to(len(self._boxes) - 1)
        elif self._left_out[name] > 0:
            self._left_out[name] -= 1
            self._end_line()
        else:
            names = [box.name for box in self._boxes]
            if name in names:
                self._close_to(len(names) - 1 - names[::-1].index(name))

    def _end_line(self) -> None:
        """A block begins or ends: a new paragraph, or within a list item a new line."""
        if not self._in("li"):
            self._flush()
        elif self._line_has_words:
            self.line_break()

    def _start_paragraph(self, name: str, attrs: str) -> None:
        self._end_line()
        if self._paragraphs and self._paragraphs[-1][0] == "p":
            self._paragraphs.pop()
        if len(self._paragraphs) < DEEPEST:
            self._paragraphs.append((name, attrs))

    def _start_item(self, attrs: str) -> None:
        if not any(box.name in _LISTS for box in self._boxes):
            self._end_line()
            return
        if self._in("li"):
            self._close_to(len(self._boxes) - 1)
        self._flush()
        self._open("li", attrs)

    def _inherited(self) -> str:
        return next((attrs for _, attrs in reversed(self._paragraphs) if attrs), "")

    def _open(self, name: str, attrs: str) -> None:
        self._boxes.append(_Box(name, attrs, len(self._paragraphs)))

    def _close_to(self, count: int) -> None:
        self._flush()
        while len(self._boxes) > count:
            box = self._boxes.pop()
            del self._paragraphs[box.paragraphs :]
            if self._written > len(self._boxes):
                self._out.append(f"</{box.name}>")
                self._written = len(self._boxes)

    def _flush(self) -> None:
        """Write the words that wait, opening the boxes around them; empty boxes are never written."""
        runs = _settled(self._runs, links=self._links)
        self._runs = []
        self._line_has_words = False
        if not runs:
            return
        if self._in(*_LISTS):
            self._open("li", "")
        for box in self._boxes[self._written :]:
            self._out.append(f"<{box.name}{box.attrs}>")
        self._written = len(self._boxes)
        inner = _inline(runs)
        self._out.append(inner if self._in("li") else f"<p{self._inherited()}>{inner}</p>")


def _block_attrs(attrs: dict[str, str]) -> str:
    turned = attrs.get("dir", "").lower()
    lang = attrs.get("lang", "")
    return (f' dir="{turned}"' if turned in ("ltr", "rtl", "auto") else "") + (
        f' lang="{lang}"' if _LANG.fullmatch(lang) else ""
    )


def _settled(runs: list[Run], *, links: bool) -> list[Run]:
    """Join runs of one look, trim every line, find links; [] when there is nothing to see."""
    runs = _trimmed(_joined(runs))
    if not any(visible(run.words) for run in runs):
        return []
    if links:
        runs = [piece for run in runs for piece in _with_links(run)]
    return _joined(runs)


def _with_links(run: Run) -> list[Run]:
    if run is _BREAK or run.href:
        return [run]
    return [run._replace(words=words, href=href) for words, href in linked(run.words) if words]


def _joined(runs: list[Run]) -> list[Run]:
    """Join neighbours of one look, and make each clean again: a letter and its accent may have met."""
    joined: list[Run] = []
    for is_break, group in groupby(runs, key=lambda run: run is _BREAK):
        if is_break:
            joined.extend(group)
            continue
        for _, alike in groupby(group, key=lambda run: run.look):
            first, *rest = alike
            words = tidy("".join([first.words, *(run.words for run in rest)])) if rest else first.words
            joined.append(first._replace(words=words))
    return joined


def _trimmed(runs: list[Run]) -> list[Run]:
    """No space at either end of a line, one between words, no line break at either end."""
    kept: list[Run] = []
    for run in [*runs, _BREAK]:
        if run is _BREAK:
            while kept and kept[-1] is not _BREAK and not kept[-1].words.rstrip():
                kept.pop()
            if kept and kept[-1] is not _BREAK:
                kept[-1] = kept[-1]._replace(words=kept[-1].words.rstrip())
                kept.append(_BREAK)
            continue
        words = run.words
        if not kept or kept[-1] is _BREAK:
            words = words.lstrip()
        elif kept[-1].words.endswith(" "):
            words = words.lstrip(" ")
        if words:
            kept.append(run._replace(words=words))
    return kept[:-1] if kept else kept


def _inline(runs: list[Run]) -> str:
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
    return "<br>" if run is _BREAK else html.escape(run.words, quote=False)
