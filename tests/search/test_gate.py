"""Hits, counts, stretches and suggestions are what the gate says, whatever the school, on both kinds of index."""

from dataclasses import replace
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal import records as r
from journal.net import open_session
from journal.search import reading
from journal.search.asking import Ask, Found, Order, Piece, Place, Where
from journal.search.reading import find
from journal.search.spelling import variants
from journal.search.work import reindex
from journal.store.index import Kind
from journal.text.terms import terms_in
from journal.viewers import viewer_for
from tests.gate.schools import LONG_AGO, Town, hats, keep, seeing_all, towns
from tests.search.asking_oracle import WORDS, Expected, Finding, say_something
from tests.search.conftest import House

TYPED = (*WORDS, "zolw", "snails", "snial", "hotl", "moon torch", '"snail hotel"', "the snail", "বল", "brigde moon")


def plain(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def asked(random: Random, town: Town) -> Ask:
    """A question with or without filters."""
    return Ask(
        words=random.choice(TYPED),
        child=random.choice([None, None, *(row.id for row in town.of(r.Membership))]),
        group=random.choice([None, None, *(row.id for row in town.of(r.Group))]),
        where=random.choice([Where.ANYWHERE, *Where]),
        since=random.choice([None, None, LONG_AGO]),
        until=random.choice([None, None, town.moment()]),
        order=random.choice(list(Order)),
    )


def says(unit: Expected, typed: str) -> bool:
    """Whether a unit says what was typed, by the plainest of means."""
    if typed.startswith('"'):
        phrase = " ".join(terms_in(typed))
        return any(f" {phrase} " in f" {' '.join(terms_in(text))} " for text in (unit.short, unit.long))
    terms = set(terms_in(" ".join(unit.said)))
    wanted = [term for term in terms_in(typed) if term != "the"] or terms_in(typed)
    return all(term in terms or (term == "বল" and "বাংলা" in unit.said) for term in wanted)


def expected(units: list[Expected], typed: str) -> dict[tuple[UUID, UUID | None, UUID | None], Expected]:
    """What has to be found: each thing in the newest of its revisions that say it."""
    found: dict[tuple[UUID, UUID | None, UUID | None], Expected] = {}
    for unit in sorted(units, key=lambda one: one.number):
        if says(unit, typed):
            found[unit.key] = unit
    return found


def check(pages: list[Found], units: list[Expected], ask: Ask) -> None:
    """Compare all pages of an answer with what has to be in it."""
    wanted = expected(units, ask.words)
    hits = {}
    for hit in [hit for page in pages for hit in page.hits]:
        key = (hit.entry, hit.comment, hit.words_of)
        assert (hit.place in (Place.CAPTION, Place.DESCRIPTION)) == (hit.words_of is not None)
        assert key not in hits, "the same thing twice"
        hits[key] = hit
    assert hits.keys() == wanted.keys()
    assert {page.total for page in pages} == {len(wanted)}
    for key, hit in hits.items():
        unit = wanted[key]
        assert plain(hit.text) == (unit.short if hit.place is Place.CAPTION else unit.long)
        if unit.kind is Kind.WORDS:
            assert plain(hit.title) == unit.short
        assert hit.pupil.membership == hit.author.membership or hit.comment
    if ask.order is Order.NEWEST:
        times = [hit.at for hit in hits.values()]
        assert times == sorted(times, reverse=True)


def check_suggestion(found: Found, units: list[Expected], ask: Ask) -> None:
    """What is suggested stands in something that may be seen; where such a word stands, one is suggested."""
    near = variants(ask.words)
    could_be = {word for unit in units for word in unit.said if near.intersection(terms_in(word))}
    if found.hits or '"' in ask.words or " " in ask.words:
        assert found.suggestion is None or says_any(units, found.suggestion)
    else:
        assert (found.suggestion in could_be) if could_be else found.suggestion is None


def says_any(units: list[Expected], typed: str) -> bool:
    return any(says(unit, typed) for unit in units)


@settings(max_examples=8)
@given(town=towns(most_items=4), seed=st.integers(0, 2**32))
def test_search_finds_what_the_gate_says_and_nothing_else(house: House, town: Town, seed: int) -> None:
    random = Random(seed)
    say_something(town)
    keep(house.engine, town)
    reindex(house.engine, house.index)
    finding = Finding(town)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "FIRST_LOOK", random.choice([2, 64]))  # so that a small school takes many looks
        for hat in hats(town):
            with seeing_all(house.engine) as session:
                viewer = viewer_for(session, hat)
            for ask in [asked(random, town) for _ in range(3)]:
                units = finding.units(hat, ask)
                with open_session(house.engine, viewer) as session:
                    first = find(session, viewer, house.index, ask)
                    more = [find(session, viewer, house.index, replace(ask, page=n)) for n in range(2, first.pages + 1)]
                check([first, *more], units, ask)
                check_suggestion(first, units, ask)
