"""What a browser says that it is, in a few plain words: enough to know one's own devices again, no more is kept."""

from collections.abc import Sequence

_KINDS = (
    ("tablet", ("iPad", "Tablet", "Silk/", "PlayBook")),
    ("phone", ("iPhone", "iPod", "Mobile")),
    ("tablet", ("Android",)),
    ("computer", ("Windows", "Macintosh", "X11", "CrOS", "Linux")),
)
_BROWSERS = (
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Opera", ("OPR/",)),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "CriOS/", "Chromium/")),
    ("Safari", ("Safari/",)),
)
_SYSTEMS = (
    ("iPad", ("iPad",)),
    ("iPhone", ("iPhone", "iPod")),
    ("Android", ("Android",)),
    ("ChromeOS", ("CrOS",)),
    ("Windows", ("Windows",)),
    ("Mac", ("Macintosh",)),
    ("Linux", ("Linux", "X11")),
)
LONGEST = 500


def describe(user_agent: str) -> tuple[str, str]:
    """Return the kind of device (phone, tablet, computer or unknown) and its software, such as "Firefox, Windows"."""
    said = user_agent[:LONGEST]
    names = [name for name in (_first(_BROWSERS, said), _first(_SYSTEMS, said)) if name]
    return _first(_KINDS, said) or "unknown", ", ".join(names)


def _first(table: Sequence[tuple[str, Sequence[str]]], said: str) -> str:
    return next((name for name, marks in table if any(mark in said for mark in marks)), "")
