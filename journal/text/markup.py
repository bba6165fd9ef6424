"""Reading HTML in one pass, in time that grows with its length and no faster.

This reader decides only how things look. Whatever it makes of bad input, bleach has the last word.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Possessive throughout, and no "<" outside quotes, so that a failed match costs little and is
# not tried again from every "<" to the end. A comment without an end runs to the end, as in HTML.
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>"']*+)(?P<attrs>(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+)>"""
    r"|<!--.*?(?:-->|\Z)|<[!?/][^<>]*+>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""([^\s=/"'<>]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>]++)))?""",
)
# Python refuses to read a number of more than 4,300 digits; no character has more than seven.
_HUGE_REFERENCE = re.compile(r"&#0*+[0-9]{8,}+;?")


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag: its name and attributes in lower case, values decoded, the first of each kept."""

    name: str
    attrs: dict[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """An end tag, its name in lower case."""

    name: str


def decode(text: str) -> str:
    """Turn character references into characters, once. Never raises."""
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def tokens(source: str) -> Iterator[str | Start | End]:
    """Yield decoded text, start tags and end tags in order; comments and declarations are left out.

    A "<" that begins no complete tag is text.
    """
    at = 0
    for match in _TAG.finditer(source):
        if match.start() > at:
            yield decode(source[at : match.start()])
        at = match.end()
        name = match["name"]
        if name is None:
            continue
        yield End(name.lower()) if match["end"] else Start(name.lower(), _attributes(match["attrs"]))
    if at < len(source):
        yield decode(source[at:])


def _attributes(raw: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(raw):
        found.setdefault(name.lower(), decode(double or single or bare))
    return found
