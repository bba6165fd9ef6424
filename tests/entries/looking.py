"""Looking at one's own entry as somebody else, and what such a page holds."""

import re
from html import unescape
from uuid import UUID

from tests.world import TestResponse, World

STORY = re.compile(r'<div class="story__text rich" dir="auto">(.*?)</div>\n', re.DOTALL)
PHOTO = re.compile(r"/media/([0-9a-f-]{36})/")
COMMENT = re.compile(r'<li class="comment[^"]*" id="c-([0-9a-f-]{36})">')
BODY = re.compile(r'<div class="comment__body[^>]*>(.*?)</div>', re.DOTALL)
SEER = re.compile(r'href="/entries/[0-9a-f-]{36}/as/([0-9a-f-]{36})"')


def main(answer: TestResponse) -> str:
    """What stands in the page's own part, the bar above it included."""
    text = unescape(answer.get_data(as_text=True))
    return text[text.index("<main") : text.index("</main>")]


def look(world: World, entry: UUID, who: str, role: str = "", by: str = "maya", **query: str) -> TestResponse:
    """A pupil looks at an entry as somebody."""
    return world.client(by).get(f"/entries/{entry}/as/{world.member(who, role)}", query_string=query)


def looked(world: World, entry: UUID, who: str, role: str = "", **query: str) -> str:
    """What Maya sees who looks as somebody who sees it."""
    answer = look(world, entry, who, role, **query)
    assert answer.status_code == 200
    text = main(answer)
    assert 'class="asbar"' in text
    return text


def cannot(world: World, entry: UUID, who: str, role: str = "") -> bool:
    """Whether Maya is told kindly that somebody does not see it."""
    answer = look(world, entry, who, role)
    return answer.status_code == 200 and "cannot see this." in main(answer) and "story" not in main(answer)


def who_page(world: World, entry: UUID, by: str = "maya") -> str:
    """The page of who can see it."""
    answer = world.client(by).get(f"/entries/{entry}/who")
    assert answer.status_code == 200
    return main(answer)


def seers(page: str) -> set[UUID]:
    """Whom one can look as."""
    return {UUID(one) for one in SEER.findall(page)}


def story(page: str) -> tuple[list[str], set[str]]:
    """The words of an entry on a page, and its photos."""
    upper = page.partition('class="talk"')[0]
    return STORY.findall(upper), set(PHOTO.findall(upper))


def talk(page: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The comments on a page, each with its words and its photos."""
    parts = COMMENT.split(page.partition('class="talk"')[2])[1:]
    pieces = zip(parts[::2], parts[1::2], strict=True)
    return {one: ("".join(BODY.findall(text)), frozenset(PHOTO.findall(text))) for one, text in pieces}
