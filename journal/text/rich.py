"""Rich text: HTML that anybody sent, made into the little that we keep; and plain text both ways."""

import re
import threading

from bleach.sanitizer import Cleaner
from markupsafe import Markup

from journal.text.links import REL, good_href
from journal.text.markup import End, Start, tokens
from journal.text.plain import COMMENT_WORDS, TooLong
from journal.text.shape import Shaper

POLICY = 1
"""Version of the rules below, kept beside stored HTML so that older HTML can be cleaned again."""
HTML_LIMIT = 60_000
"""Characters of HTML, markup included, before and after cleaning."""

_BLOCKS = ("p", "blockquote", "ul", "ol", "li")
_TAGS = frozenset((*_BLOCKS, "br", "strong", "em", "a"))
_LANG = re.compile(r"[A-Za-z0-9-]{2,50}")
_each_thread = threading.local()


def _attribute_kept(tag: str, name: str, value: str) -> bool:
    if tag == "a":
        return (name == "href" and good_href(value) is not None) or (name == "rel" and value == REL)
    if tag in _BLOCKS:
        return (name == "dir" and value in ("ltr", "rtl", "auto")) or (
            name == "lang" and _LANG.fullmatch(value) is not None
        )
    return False


def _bleached(shaped: str) -> str:
    """The last word on what is safe. A Cleaner holds a parser, so every thread has its own."""
    cleaner: Cleaner | None = getattr(_each_thread, "cleaner", None)
    if cleaner is None:
        cleaner = _each_thread.cleaner = Cleaner(
            tags=_TAGS,
            attributes=_attribute_kept,
            protocols=frozenset({"http", "https", "mailto"}),
            strip=True,
            strip_comments=True,
        )
    return str(cleaner.clean(shaped))


def safe_html(raw_html: str, limit: int = COMMENT_WORDS) -> str:
    """Return what is safe and wanted of `raw_html`; "" when nothing of it would be seen.

    Kept: p, br, strong, em, blockquote, ul, ol, li, links to http, https and mailto; lang and dir
    on blocks. Editors' div and double br become p; bare addresses become links. The result is
    balanced, at most a dozen levels deep, and cleaning it again changes nothing.

    Raises TooLong (holding `raw_html`) for more than HTML_LIMIT characters of markup or `limit` of words.
    """
    _check(len(raw_html), HTML_LIMIT, raw_html)
    shaper = Shaper(links=True)
    for token in tokens(raw_html):
        shaper.take(token)
        # At every token: few characters can ask for much, such as a long link around many paragraphs.
        _check(shaper.size, HTML_LIMIT, raw_html)
    shaped = shaper.result()
    _check(len(shaped), HTML_LIMIT, raw_html)
    safe = _bleached(shaped)
    _check(sum(len(token) for token in tokens(safe) if isinstance(token, str)), limit, raw_html)
    return safe


def _check(length: int, limit: int, given: str) -> None:
    if length > limit:
        raise TooLong(limit, length, given)


def html_from_words(plain: str, *, links: bool = False) -> str:
    """Return plain text as safe HTML: empty lines part paragraphs, other line ends are <br>.

    With `links` (adults' words only) bare web addresses become links. Nothing in `plain` is markup.
    """
    shaper = Shaper(links=links)
    for line in plain.splitlines():
        shaper.words(line)
        shaper.line_break()
    return shaper.result()


def trusted(kept: str) -> Markup:
    """Return HTML that was cleaned when it was written, as HTML. The one place that trusts it."""
    return Markup(kept)  # noqa: S704


_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def without_links(kept: str) -> Markup:
    """Return the same without links, for where nothing leads elsewhere: an address stands in brackets after words
    that do not show it."""

    def plain(found: re.Match[str]) -> str:
        href, shown = found.group(1), found.group(2).strip()
        if href in (shown, f"https://{shown}", f"http://{shown}", f"mailto:{shown}"):
            return found.group(2)
        return f"{found.group(2)} ({href.removeprefix('mailto:')})"

    return trusted(_LINK.sub(plain, kept))


def words_from_html(source: str) -> str:
    """Return the plain text of safe HTML, for search, excerpts and the plain field.

    Paragraphs are parted by an empty line, quotes begin with "> ", items with "• " or their number,
    and an address stands in brackets after words that do not show it.
    """
    writer = _Writer()
    for token in tokens(source):
        writer.take(token)
    return writer.result()


class _Writer:
    """Writes lines; each belongs to a depth of quotes and lists."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._bullet = ""
        self._quotes = 0
        self._lists: list[int] = []  # the next number of each open list, 0 for bullets
        self._link: tuple[str, int] = ("", 0)
        self._gap: int | None = None  # an empty line is due before the next, quoted so deep at most

    def take(self, token: str | Start | End) -> None:
        if isinstance(token, str):
            self._line += " ".join(re.split(r"[ \t\n\r\f]+", token))
        elif isinstance(token, Start):
            self._start(token)
        else:
            self._end(token.name)

    def result(self) -> str:
        self._new_line()
        return "\n".join(self._lines).strip()

    def _start(self, tag: Start) -> None:
        if tag.name == "a":
            self._link = (tag.attrs.get("href", ""), len(self._line))
        elif tag.name == "br":
            self._new_line()
        elif tag.name in _BLOCKS:
            self._block_edge(tag.name)
            if tag.name == "blockquote":
                self._quotes += 1
            elif tag.name in ("ul", "ol"):
                self._lists.append(1 if tag.name == "ol" else 0)
            elif tag.name == "li" and self._lists:
                number = self._lists[-1]
                self._bullet = f"{number}. " if number else "• "
                self._lists[-1] = number + 1 if number else 0

    def _end(self, name: str) -> None:
        if name == "a":
            href, start = self._link
            shown = self._line[start:].strip()
            if href and href not in (shown, f"https://{shown}", f"http://{shown}", f"mailto:{shown}"):
                self._line += f" ({href.removeprefix('mailto:')})"
            self._link = ("", 0)
        elif name in _BLOCKS:
            self._new_line()
            if name == "blockquote":
                self._quotes = max(0, self._quotes - 1)
            elif name in ("ul", "ol") and self._lists:
                self._lists.pop()
            self._block_edge(name)

    def _block_edge(self, name: str) -> None:
        self._new_line()
        if name != "li" and not self._lists:
            self._gap = self._quotes if self._gap is None else min(self._gap, self._quotes)

    def _new_line(self) -> None:
        if self._line.strip():
            if self._lines and self._gap is not None:
                self._lines.append(("> " * self._gap).rstrip())
            indent = "  " * (len(self._lists) - 1)
            self._lines.append("> " * self._quotes + indent + self._bullet + self._line.strip())
            self._bullet = ""
            self._gap = None
        self._line = ""
