"""What is in a portfolio as plain data, for ``portfolio.json``: the same that its pages say."""

from collections.abc import Iterable, Mapping
from typing import Any

from journal.portfolio.book import Book
from journal.portfolio.gather import Leaf, Photo, Said


def as_data(leaf: Leaf, book: Book, sums: Mapping[str, str]) -> dict[str, Any]:
    """Return an entry as it stands in ``portfolio.json`` (docs/portfolio-format.md)."""
    revision = leaf.revision
    return {
        "id": str(leaf.id),
        "revision": revision.number,
        "made_at": leaf.at.isoformat(),
        "title": revision.title,
        "words": revision.words,
        "html": revision.html,
        "learned": list(revision.learned),
        "kept_out_of_portfolio": leaf.kept_out,
        "photos": _photos(leaf.photos, sums),
        "comments": [_said(one, book, sums) for one in leaf.said],
    }


def _said(said: Said, book: Book, sums: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": str(said.id),
        "revision": said.revision.number,
        "answers": str(said.answers) if said.answers and not said.gap else None,
        "answers_something_left_out": said.gap,
        "author": {"name": book.called(said.author), "role": said.author.role.value},
        "said_at": said.at.isoformat(),
        "words": said.revision.words,
        "html": said.revision.html,
        "photos": _photos(said.photos, sums),
    }


def _photos(photos: Iterable[Photo], sums: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.id),
            "file": None if one.missing else one.file,
            "sha256": sums.get(one.file),
            "missing": one.missing,
            "caption": one.caption,
            "description": one.description,
            "width": one.width,
            "height": one.height,
        }
        for one in photos
    ]
