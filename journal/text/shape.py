"""Bringing rich text into one shape: few tags, always closed, never deep.

Root and <blockquote> hold <p>, lists and <blockquote>; <ul> and <ol> hold <li>; <li> holds words
and lists; words hold <a>, <strong>, <em> (in this order) and <br>. Read again, the shape gives itself.
"""

import re
from collections import Counter
from typing import NamedTuple

from journal.text.links import good_href
from journal.text.markup import End, Start
from journal.text.runs import BREAK, Run, one_spaced, settled, written

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


class _Box(NamedTuple):
    name: str
    attrs: str
    paragraphs: int
    """How many paragraphs were open outside it."""


class Shaper:
    """Takes words and tags in order; `result()` gives the HTML. `links`: make bare addresses links."""

    def __init__(self, *, links: bool) -> None:
        self._links = links
        self.size = 0
        """Characters written so far; what waits for its paragraph to end is not counted."""
        self._out: list[str] = []
        self._runs: list[Run] = []
        self._line_has_words = False
        self._item_goes_on = False  # the last thing written were words of the list item that is open
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
        words = one_spaced(words)
        if words:
            self._runs.append(Run(words, self._href, self._marks["strong"] > 0, self._marks["em"] > 0))
            self._line_has_words = self._line_has_words or bool(words.strip())

    def line_break(self) -> None:
        """End a line; a second one in a row ends the paragraph (in a list item it is ignored)."""
        if self._line_has_words:
            self._runs.append(BREAK)
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
            else:
                self._end_line()
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
                self._write(f"</{box.name}>")
                self._written = len(self._boxes)

    def _flush(self) -> None:
        """Write the words that wait, opening the boxes around them; empty boxes are never written."""
        runs = settled(self._runs, links=self._links)
        self._runs = []
        self._line_has_words = False
        if not runs:
            return
        if self._in(*_LISTS):
            self._open("li", "")
        for box in self._boxes[self._written :]:
            self._write(f"<{box.name}{box.attrs}>")
        self._written = len(self._boxes)
        inner = written(runs)
        if self._in("li"):
            self._write(f"<br>{inner}" if self._item_goes_on else inner)
            self._item_goes_on = True
        else:
            self._write(f"<p{self._inherited()}>{inner}</p>")

    def _write(self, piece: str) -> None:
        self._out.append(piece)
        self.size += len(piece)
        self._item_goes_on = False


def _block_attrs(attrs: dict[str, str]) -> str:
    turned = attrs.get("dir", "").lower()
    lang = attrs.get("lang", "")
    return (f' dir="{turned}"' if turned in ("ltr", "rtl", "auto") else "") + (
        f' lang="{lang}"' if _LANG.fullmatch(lang) else ""
    )
