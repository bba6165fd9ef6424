"""Rich text: whatever comes in, only the few wanted things come out, and they stay as they are."""

import re
from html.parser import HTMLParser

import pytest
from bleach._vendor import html5lib
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal.text import HTML_LIMIT, TooLong, html_from_words, safe_html, words_from_html
from journal.text.links import REL, good_href
from journal.text.markup import tokens
from journal.text.rich import _bleached

BLOCKS = {"p", "blockquote", "ul", "ol", "li"}
TAGS = BLOCKS | {"br", "strong", "em", "a"}


def assert_only_wanted(safe: str) -> None:
    """Parse `safe` as a browser does and look at every element and attribute."""
    tree = html5lib.parseFragment(safe, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if element is tree:
            continue
        assert element.tag in TAGS, element.tag
        wanted = {"href", "rel"} if element.tag == "a" else {"lang", "dir"} if element.tag in BLOCKS else set()
        assert set(element.attrib) <= wanted, element.attrib
        if element.tag == "a":
            assert element.attrib["href"].lower().startswith(("http://", "https://", "mailto:"))
            assert element.attrib["rel"] == REL
        assert element.attrib.get("dir", "auto") in ("ltr", "rtl", "auto")


class Balance(HTMLParser):
    """Counts tags by a second parser, and strictly: every end tag closes the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag


def assert_balanced(safe: str) -> None:
    parser = Balance()
    parser.feed(safe)
    parser.close()
    assert parser.open == []
    assert parser.deepest <= 16


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript&colon;alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="//evil.test">x</a>',
    '<a href="https:evil.test">x</a>',
    '<a href="https:\\\\evil.test">x</a>',
    '<a href="/people/1/delete">x</a>',
    '<a href="https://bank.example@evil.test/">x</a>',
    '<p style="position:fixed" class="modal" id="x" onclick="alert(1)">x</p>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<base href='https://evil.test/'><form action=/x><input name=y><button>z</button></form>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<p>script>alert(1)//<</p>/script>",
    '<a href="https://ok.test" target="_blank" rel="opener" ping="https://evil.test">x</a>',
    "<p dir=\"rtl' onclick='alert(1)\" lang='en\" onclick=\"x'>x</p>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<p/onclick=alert(1)>x</p>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<meta http-equiv=refresh content='0;url=https://evil.test'>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_come_out_harmless(attack: str) -> None:
    safe = safe_html(f"<p>before {attack} after</p>")
    assert_only_wanted(safe)
    assert_balanced(safe)
    assert "before" in safe
    assert safe_html(safe) == safe


@pytest.mark.parametrize("attack", [one for one in ATTACKS if "ok.test" not in one])
def test_bleach_alone_would_stop_them_too(attack: str) -> None:
    assert_only_wanted(re.sub("<a( rel=[^>]*)?>", "", _bleached(attack)))


@pytest.mark.parametrize("attack", [one for one in ATTACKS if one.startswith("<a ") and "ok.test" not in one])
def test_a_link_to_anywhere_else_is_only_its_words(attack: str) -> None:
    assert "<a" not in safe_html(attack)


SOUP = st.lists(
    st.one_of(
        st.sampled_from(
            [f"<{tag}>" for tag in (*sorted(TAGS), "div", "b", "i", "h1", "table", "td", "script", "svg", "pre")]
            + [f"</{tag}>" for tag in (*sorted(TAGS), "div", "b", "i", "h1", "table", "td", "script", "svg")]
            + [
                "<a href='https://one.test/?a=1&amp;b=2'>",
                '<a href="mailto:a@b.test">',
                "<a href=javascript:x>",
            ]
            + [
                "<p dir=rtl lang=ur>",
                "<div dir='rtl'>",
                "<ul dir=rtl>",
                "<li lang=en-GB>",
                "<a",
                "<p ",
                "'",
                '"',
                ">",
            ]
            + [
                "<!--",
                "-->",
                "<![CDATA[",
                "&",
                "&amp;",
                "&lt;",
                "&#60;",
                "&nbsp;",
                "&#0;",
                "&#xd800;",
                "&notit;",
                " ",
            ]
            + [
                "https://two.test/x(y)",
                "www.three.test.",
                ")",
                "_",
                "*",
                "\n",
                "\u0301",
                "\u202e",
                "\ud800",
                "\0",
                "e",
            ]
            + ["\u00a0", "\u200b", "\u2028", "\u037e", "\u1100", "\u1161", "سلام"]
        ),
        st.text(max_size=6),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
@example("<a href=https://one.test>e</a><a href=https://one.test>\u0301</a>")
@example("<p>https://one.test</p><b>.</b>")
def test_any_soup_gives_only_wanted_things_and_stays_as_it_is(soup: str) -> None:
    safe = safe_html(soup)
    assert_only_wanted(safe)
    assert_balanced(safe)
    assert safe_html(safe) == safe
    safe.encode()
    words_from_html(safe).encode()


@settings(max_examples=200, deadline=None)
@given(st.text() | SOUP)
def test_plain_words_become_html_that_cleaning_leaves_alone(words: str) -> None:
    made = html_from_words(words, links=True)
    assert_only_wanted(made)
    assert_balanced(made)
    assert safe_html(made) == made
    assert "<a" not in html_from_words(words)


def test_what_an_editor_writes_becomes_paragraphs() -> None:
    trix = "<div>Dear <strong>Bilal</strong>,<br><br>we saw <em>it</em> &amp; laughed.<br>Nana</div>"
    assert safe_html(trix) == ("<p>Dear <strong>Bilal</strong>,</p><p>we saw <em>it</em> &amp; laughed.<br>Nana</p>")


def test_lists_and_quotes_are_mended_where_they_are_broken() -> None:
    assert safe_html("<ul><li>a<ul><li>b</ul><li>c") == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    assert safe_html("<li>a</li>b<ul>c</ul>") == "<p>a</p><p>b</p><ul><li>c</li></ul>"
    assert safe_html("<b>x<p>y</b>z") == "<p><strong>x</strong></p><p><strong>y</strong>z</p>"
    assert safe_html("<ul><li></li></ul><blockquote><p> &nbsp;</p></blockquote><p><br></p>") == ""


def test_language_and_direction_stay_on_blocks_only() -> None:
    assert safe_html('<p lang="ur" dir="RTL"><em dir="rtl">سلام</em></p>') == (
        '<p dir="rtl" lang="ur"><em>سلام</em></p>'
    )


def test_links_are_made_marked_and_end_before_the_full_stop() -> None:
    assert safe_html("see https://one.test/a_(b), or (www.two.test).") == (
        f'<p>see <a href="https://one.test/a_(b)" rel="{REL}">https://one.test/a_(b)</a>, or '
        f'(<a href="https://www.two.test" rel="{REL}">www.two.test</a>).</p>'
    )
    assert safe_html('<a href="https://one.test/?a=1&amp;lt=2">x</a>') == (
        f'<p><a href="https://one.test/?a=1&amp;lt=2" rel="{REL}">x</a></p>'
    )
    assert "<a" not in safe_html("went.home so.well http://x http://a@b.test ftp://c.test")


@pytest.mark.parametrize(
    "bad",
    ["", "x", "//a.test", "http:", "https:///x", "https://[", "mailto:a", "https://a.test:x", "x" * 3000],
)
def test_what_is_no_address_is_none(bad: str) -> None:
    assert good_href(bad) is None


def test_too_long_is_told_and_given_back() -> None:
    for given_text in ("x" * 100_000, "<b></b>" * 10_000, "<p>" + "x " * 15_000):
        with pytest.raises(TooLong) as told:
            safe_html(given_text)
        assert told.value.text == given_text
        assert told.value.length > told.value.limit
        assert "x x" not in str(told.value)
    assert safe_html("x" * 300, limit=300) == f"<p>{'x' * 300}</p>"
    with pytest.raises(TooLong):
        safe_html("&" * 20_001, limit=HTML_LIMIT)


def test_deep_nesting_is_laid_flat_in_one_pass() -> None:
    """Bleach never sees the depth, so its time cannot grow with the square of it."""
    for tag in ("div", "blockquote", "ul", "b", "ul><li", "b><i"):
        nest = f"<{tag}>" * 4_500
        safe = safe_html(f"{nest}deep")
        assert "deep" in safe
        assert_balanced(safe)
    many = "".join(f"<b id={n}>" for n in range(50)) + "<p>x" * 2_000
    assert safe_html(many) == "<p><strong>x</strong></p>" * 2_000


def test_a_long_link_around_many_paragraphs_is_stopped_early() -> None:
    with pytest.raises(TooLong) as told:
        safe_html(f"<a href='https://one.test/{'x' * 1_900}'>" + "<p>x" * 10_000)
    assert told.value.length < HTML_LIMIT + 3_000


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a",
        "<a ",
        '<a "',
        "<a '\"",
        "<!",
        "<!--",
        "</",
        "&",
        "&#",
        "<a b=",
        "<a href='",
        ")",
        "www.",
        "(",
    ],
)
def test_reading_takes_steps_in_proportion_to_length(piece: str) -> None:
    """Bad input is read to the end; a reader that starts again at every "<" would not come back."""
    source = piece * (HTML_LIMIT // len(piece))
    assert sum(len(token) for token in tokens(source) if isinstance(token, str)) <= len(source)
    assert_only_wanted(safe_html(source[:9_000]))


def test_huge_character_references_do_no_harm() -> None:
    assert safe_html("&#" + "9" * 5_000 + ";x") == "<p>\ufffdx</p>"
    assert safe_html("&amp;#" + "9" * 5_000 + ";").startswith("<p>&amp;#999")


def test_words_come_back_readable() -> None:
    html = safe_html(
        "<p>One &amp; two<br>three</p><blockquote><p>said</p><p>more</p></blockquote>"
        "<ol><li>first<ul><li>inner</li></ul></li><li>second</li></ol>"
        '<p><a href="https://one.test">here</a> www.two.test &amp;lt;</p>'
    )
    assert words_from_html(html) == (
        "One & two\nthree\n\n> said\n>\n> more\n\n1. first\n  • inner\n2. second\n\n"
        "here (https://one.test) www.two.test &lt;"
    )


def test_plain_words_are_escaped_and_parted() -> None:
    assert html_from_words("a <b>\nb & c\n\n\n\nd www.x.test") == "<p>a &lt;b&gt;<br>b &amp; c</p><p>d www.x.test</p>"
    assert html_from_words(" \n\n") == ""
    assert words_from_html(html_from_words("a\nb\n\nc")) == "a\nb\n\nc"
