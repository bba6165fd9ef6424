"""What the tests of the portfolio's pages let people do: open, order, wait, take home."""

import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from typing import Any

from werkzeug.test import TestResponse

from tests.school.telling import Teller
from tests.world import Browser, World

TAGS = re.compile(r"<svg.*?</svg>|<[^>]+>", re.S)


def of(world: World, pupil: str) -> str:
    """The address where a pupil's portfolio is ordered."""
    return f"/portfolio/of/{world.member(pupil, 'pupil')}"


def words_of(answer: TestResponse) -> str:
    """The words of a page's main part."""
    page = answer.get_data(as_text=True)
    main = page[page.index("<main") : page.index("</main>")]
    return unescape(re.sub(r"\s+", " ", TAGS.sub(" ", main)))


@dataclass
class Asker:
    """Somebody with a browser who asks for portfolios."""

    world: World
    who: str
    role: str = ""
    school: str = ""

    def __post_init__(self) -> None:
        self.browser: Browser = self.world.client(self.who, self.role, self.school)

    def get(self, path: str, code: int = 200, **more: Any) -> str:
        """Open a page and return its words."""
        answer = self.browser.get(path, **more)
        assert answer.status_code == code, (self.who, path, answer.status_code)
        return words_of(answer)

    def send(self, path: str, code: int = 200, **fields: Any) -> str:
        """Send a form and return the words of the page that comes."""
        answer = self.browser.post(path, fields)
        if code != 303 and answer.status_code == 303:  # each step has an address
            answer = self.browser.get(str(answer.headers["Location"]))
        assert answer.status_code == code, (self.who, path, answer.status_code, words_of(answer)[:300])
        return words_of(answer) if code < 300 or code >= 400 else str(answer.headers["Location"])

    def look(self, pupil: str, **fields: Any) -> str:
        """See what would be in a pupil's portfolio."""
        return self.send(of(self.world, pupil), do="look", **({"part": "all"} | fields))

    def order(self, pupil: str, **fields: Any) -> str:
        """Order a pupil's portfolio and return the address of its page."""
        return self.send(of(self.world, pupil), 303, do="order", **({"part": "all"} | fields))

    def made(self, pupil: str, **fields: Any) -> str:
        """Order a pupil's portfolio, wait until it is made, and return the address of its page."""
        place = self.order(pupil, **fields)
        self.world.work()
        return place

    def take_home(self, place: str) -> zipfile.ZipFile:
        """Fetch what is ready."""
        answer = self.browser.get(f"{place}/file")
        assert answer.status_code == 200, words_of(answer)
        return zipfile.ZipFile(io.BytesIO(answer.get_data()))


def text_in(book: zipfile.ZipFile) -> str:
    """All the words of a book's pages."""
    pages = [book.read(name).decode() for name in book.namelist() if name.endswith(".html")]
    return unescape(" ".join(TAGS.sub(" ", page) for page in pages))


__all__ = ["Asker", "Teller", "of", "text_in", "words_of"]
