"""The book opens from the disk with the network off, in any browser, and prints as A4; its names are safe."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from journal.portfolio import acts
from journal.portfolio.filenames import LONGEST, download_name, folder_name, photo_name, slug
from journal.portfolio.gather import in_threads
from journal.portfolio.scope import EVERYTHING
from journal.records import Revision
from journal.text import html_from_words, safe_html, without_links
from tests.gate.people import Story
from tests.portfolio.telling import Packed, Teller

OUTSIDE = re.compile(
    r"""(?:src|href|action|data|poster|srcset)\s*=\s*["'](?:[a-z]+:)?//|url\(\s*["']?(?:https?:)?//|@import"""
)
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


@pytest.fixture
def unpacked(tell: Teller, tmp_path: Path) -> Path:
    """Maya's whole portfolio, unpacked in a folder whose name is not easy."""
    packed = tell.takes_home("maya")
    folder = tmp_path / "Ünpacked & 100% #1"
    packed.zip.extractall(folder)
    return folder / packed.folder


ABORTED = "net::ERR_ABORTED"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A browser that has no network. What it complains about is on ``complaints``."""
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 740})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda said: complaints.append(said.text))
    opened.on("pageerror", lambda problem: complaints.append(str(problem)))
    # What was still on its way when the next page was opened is broken off; what is not there fails otherwise.
    opened.on("requestfailed", lambda request: request.failure == ABORTED or complaints.append(request.url))
    opened.on("request", lambda request: None if request.url.startswith("file:") else complaints.append(request.url))
    yield opened
    context.close()
    assert complaints == []


@pytest.mark.browser
def test_every_page_opens_from_the_disk_with_the_network_off(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "index.html").as_uri())
    assert page.locator("h1").inner_text() == "Maya’s portfolio"
    links = page.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert len(links) > 10
    pages = sorted({link.partition("#")[0] for link in links})
    for link in links:
        page.goto(link)
        if "#" in link:
            assert page.locator(f"[id='{link.partition('#')[2]}']").count() == 1
    for address in pages:
        page.goto(address)
        page.evaluate("document.querySelectorAll('img').forEach(one => one.loading = 'eager')")
        page.wait_for_function("[...document.images].every(one => one.complete)")
        assert page.evaluate("[...document.images].every(one => one.naturalWidth > 100 && one.alt)")
        assert page.evaluate("document.documentElement.scrollWidth <= 360"), address
        assert page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts].some(one => one.status === 'loaded'))"
        )
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.browser
def test_it_prints_as_a_book_of_a4_pages(unpacked: Path, page: Page) -> None:
    page.goto((unpacked / "whole-book.html").as_uri())
    page.wait_for_function("[...document.images].every(one => one.complete)")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", printed)
    assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {(595, 842)}
    assert 6 < len(re.findall(rb"/Type\s*/Page\b", printed)) < 30
    page.emulate_media(media="print")
    assert page.locator(".bar").is_hidden()


@pytest.mark.browser
def test_words_run_in_their_own_direction(tell: Teller, page: Page, tmp_path: Path) -> None:
    story = Story(tell.world)
    entry = story.posts("maya", "آج ہم نے نانی کے ساتھ پراٹھے بنائے۔", story.doors("family"))
    packed = tell.takes_home("nani")
    packed.zip.extractall(tmp_path)
    page.goto((tmp_path / packed.folder / "whole-book.html").as_uri())
    words = page.locator(f"#e-{entry.hex} .words")
    assert words.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "ltr"
    page.wait_for_function(
        "[...document.fonts].some(one => one.family.includes('Nastaliq') && one.status === 'loaded')"
    )


def test_nothing_in_it_leads_elsewhere(tell: Teller) -> None:
    written = '<p>Look: <a href="https://snails.example/a?b=1&amp;c=2">snails</a></p>'
    with tell.world.session() as session:
        comment = Revision.item_id == tell.world.comment("snail-hotel.1")
        session.execute(update(Revision).where(comment).values(html=safe_html(written)))
        session.commit()
    packed = tell.takes_home("maya")
    for name in packed.names:
        if name.endswith((".html", ".css")):
            assert not OUTSIDE.search(packed.words(name)), name
            assert "<script" not in packed.words(name)
        if name.endswith(".html"):
            assert "default-src 'none'" in packed.words(name)
    assert "snails (https://snails.example/a?b=1&amp;c=2)" in packed.words("whole-book.html")


def test_an_urdu_reader_gets_an_urdu_book(tell: Teller) -> None:
    with tell.world.acting("nani") as (session, me):
        export = acts.order(session, me, tell.house, tell.world.member("maya", "pupil"), EVERYTHING, "ur").id
    tell.world.work()
    packed = tell.fetches("nani", export)
    assert packed is not None
    assert '<html lang="ur" dir="rtl">' in packed.words("index.html")
    assert "نومبر" in packed.words("index.html")
    assert packed.json["language"] == "ur"


def test_hostile_words_are_words(tell: Teller) -> None:
    story = Story(tell.world)
    hostile = "</p><script>alert(1)</script>{{ 7*7 }}<b onclick=x>\u202e ../../etc/passwd"
    entry = story.posts("maya", hostile, story.doors("family"))
    packed = tell.takes_home("joe")
    page = packed.words("whole-book.html")
    assert "<script" not in page
    assert "onclick" not in re.sub(r"&lt;.*?&gt;", "", page)
    assert "{{ 7*7 }}" in page
    assert entry in packed.entries


@given(st.text(max_size=300))
def test_any_words_make_a_safe_name(words: str) -> None:
    made = slug(words)
    assert len(made.encode()) <= LONGEST
    assert made == unicodedata.normalize("NFC", made)
    assert not set(made) & set('<>:"/\\|?*.\x00 ')
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert all(unicodedata.category(one)[0] in "LMN" or one == "-" for one in made)
    for name in (photo_name(3, words), folder_name(words), download_name(words)):
        last = name.rpartition("/")[2]
        assert last.split(".")[0].lower() not in RESERVED
        assert last[0] not in ".-"
        assert last[-1] not in ". "
        assert len(last.encode()) < 100


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The snail hotel!", "the-snail-hotel"),
        ("CON", "con"),
        ("../../etc/passwd", "etc-passwd"),
        ("Maya’s  “book”: part 1/2", "mayas-book-part-1-2"),
        ("🐌🐌", ""),
        ("cafe\u0301", "café"),
        ("گھونگھے کا ہوٹل", "گھونگھے-کا-ہوٹل"),
        ("হোটেল", "হোটেল"),
        ("\u0301x", "x"),
    ],
)
def test_names_can_be_read(words: str, name: str) -> None:
    assert slug(words) == name


def test_links_become_words() -> None:
    assert (
        without_links(safe_html('<p><a href="https://a.example/">here</a></p>')) == "<p>here (https://a.example/)</p>"
    )
    assert without_links(safe_html("<p>https://a.example/x</p>")) == "<p>https://a.example/x</p>"
    assert without_links(html_from_words("no <a href> here")) == html_from_words("no <a href> here")


def test_answers_stand_below_what_they_answer() -> None:
    class Word:
        def __init__(self, id: str, answers: str | None) -> None:  # noqa: A002
            self.id, self.answers, self.depth, self.gap = id, answers, 0, False

    said = [Word("a", None), Word("b", "gone"), Word("c", "a"), Word("d", None), Word("e", "c"), Word("f", "a")]
    found = in_threads(said)  # type: ignore[arg-type]
    assert [(str(one.id), one.depth, one.gap) for one in found] == [
        ("a", 0, False),
        ("c", 1, False),
        ("e", 2, False),
        ("f", 1, False),
        ("b", 0, True),
        ("d", 0, False),
    ]
    deep = [Word("0", None), *(Word(str(n), str(n - 1)) for n in range(1, 5000))]
    assert len(in_threads(deep)) == 5000  # type: ignore[arg-type]


def test_a_class_lists_its_pupils(tell: Teller) -> None:
    whole = tell.orders_class("kaur")
    tell.world.work()
    packed = tell.fetches("kaur", whole)
    assert packed is not None
    page = packed.words("index.html")
    assert 'href="portfolio-maya.zip"' in page
    assert "There is nothing to put in it." in page, "Oscar has shared nothing"
    inner = Packed(packed.read("portfolio-maya.zip"))
    assert inner.titles == tell.takes_home("kaur").titles
