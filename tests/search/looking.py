"""What the tests of search's pages do: people share things, the index takes them in, somebody looks for them."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from tests.school.telling import Door, Teller
from tests.world import World

ISOLATES = {0x2068: None, 0x2069: None}
"""Marks that let words run in their own direction; nothing is to be seen of them."""
CARD = re.compile(r'<li class="hit.*?</li>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


@dataclass
class Card:
    """A card of the page: its words without tags, and its HTML."""

    words: str
    html: str


@dataclass
class Looker(Teller):
    """Lets people share things, and look for them."""

    def ready(self) -> None:
        """Let the index take in whatever was shared."""
        self.world.index()

    def look_for(self, who: str, words: str, role: str = "", code: int = 200, **more: object) -> str:
        """The page that somebody gets who looks for words."""
        page = self.page(who, f"/search?{urlencode({'q': words, **more})}", role, code)
        return page.translate(ISOLATES)

    def cards(self, who: str, words: str, role: str = "", **more: object) -> list[Card]:
        """The cards that somebody finds."""
        found = CARD.findall(self.look_for(who, words, role, **more))
        return [Card(" ".join(unescape(TAGS.sub("", one)).split()), one) for one in found]


def main_of(page: str) -> str:
    """A page's own part, without what stands around it."""
    return page.translate(ISOLATES).partition("<main")[2].partition("</main>")[0]


__all__ = ["Card", "Door", "Looker", "World", "main_of"]
