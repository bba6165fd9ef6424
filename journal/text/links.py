"""Which addresses a link may lead to, and finding bare addresses in text."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from journal.text.plain import tidy

REL = "nofollow ugc noopener"
_LONGEST = 2_000
_UNSAFE = re.compile("[\x00-\x20\x7f-\xa0\\\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]")
_MAIL = re.compile(r"mailto:[^\s@?&<>\"',:/]+@[^\s@?&<>\"',:/]+\.[^\s@?&<>\"',:/]+", re.IGNORECASE)
_BARE = re.compile(r"(?<!\w)(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_ENDS = ".,;:!?'’”»…*_~"
_PERCENT = {ord(char): f"%{ord(char):02X}" for char in "<>\"'`{}|^"}


def good_href(raw: str) -> str | None:
    """Return the address to link to, or None when it is not a whole http, https or mailto one.

    Not let through: relative and `//host` addresses, names and passwords before the host
    (`https://bank.example@evil.example`), control, space, bidi and invisible characters, backslashes.
    """
    href = raw.strip()
    if len(href) > _LONGEST or _UNSAFE.search(href):
        return None
    href = tidy(href).translate(_PERCENT)
    if _MAIL.fullmatch(href):
        return href
    try:
        parts = urlsplit(href)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return href if re.match(r"https?://[^/]", href, re.IGNORECASE) else None


def linked(text: str) -> Iterator[tuple[str, str | None]]:
    """Split `text` into (words, address) pieces, the address None for what is no bare link."""
    at = 0
    for match in _BARE.finditer(text):
        if len(match[0]) > _LONGEST:
            continue
        found = _trimmed(match[0])
        href = good_href(found if found[:4].lower() == "http" else f"https://{found}")
        if href is None or "." not in (urlsplit(href).hostname or ""):
            continue
        yield text[at : match.start()], None
        yield found, href
        at = match.start() + len(found)
    yield text[at:], None


def _trimmed(found: str) -> str:
    """Leave the sentence's own punctuation, and a bracket that was opened before, out of the link."""
    pairs = {")": "(", "]": "[", "}": "{"}
    while found:
        last = found[-1]
        if last in _ENDS or (last in pairs and found.count(last) > found.count(pairs[last])):
            found = found[:-1]
        else:
            break
    return found
