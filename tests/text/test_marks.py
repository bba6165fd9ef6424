"""Marking words in clean HTML: escaped, and never inside a tag."""

from journal.text import html_from_words, with_marks


def test_words_are_marked_where_they_stand() -> None:
    assert with_marks("<p>ring 07700 now</p>", {"07700"}) == '<p>ring <mark class="flag">07700</mark> now</p>'


def test_a_tag_is_never_touched() -> None:
    html = '<p><a href="https://example.com" rel="x">example.com</a></p>'
    marked = with_marks(html, {"example.com", "href"})
    assert marked == '<p><a href="https://example.com" rel="x"><mark class="flag">example.com</mark></a></p>'


def test_signs_are_compared_as_they_are_written() -> None:
    html = html_from_words("a<b & 'c'")
    assert "<script" not in with_marks(html, {"<b &", "<script>"})
    assert 'class="flag"' in with_marks(html_from_words("say a<b"), {"a<b"})


def test_nothing_to_mark() -> None:
    assert with_marks("<p>a</p>", {" ", ""}) == "<p>a</p>"
