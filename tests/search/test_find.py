"""Finding in the demo school: words, phrases, filters, order, counts, and what hostile people type."""

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select

from journal import records as r
from journal.clock import now
from journal.photos import Only, narrow_now, placements
from journal.refusals import Reason, Refusal
from journal.search import spelling
from journal.search.asking import Ask, Order, Where
from journal.search.reading import find
from journal.search.spelling import variants
from journal.talk import acts as talk
from tests.gate.people import Story
from tests.world import World


def texts(world: World, who: str, words: str, **more: object) -> list[str]:
    """What somebody is shown, in order."""
    return ["".join(piece.text for piece in hit.text) for hit in world.found(who, words, **more).hits]


@pytest.fixture
def birds(world_on_both: World) -> Story:
    """Maya wrote about birds, for different people, and others wrote back."""
    story = Story(world_on_both)
    both = story.doors("family", "class")
    first = story.posts("maya", "The zebrafinch sings in the old tree. Its nest is blue.", both)
    story.decides("adeyemi", first)
    story.posts("maya", "A blue nest: the zebrafinch is a singing bird.", story.doors("family"))
    story.posts("maya", "My secret about the zebrafinch.", story.doors())
    story.says("joe", first, "I had a zebrafinch too, Maya.")
    world_on_both.index()
    return story


def test_everybody_finds_what_they_may_see(birds: Story) -> None:
    world = birds.world
    assert world.found("maya", "zebrafinch").total == 4
    assert world.found("joe", "zebrafinches").total == 3
    assert world.found("adeyemi", "zebrafinch", "teacher").total == 1
    assert world.found("okafor", "zebrafinch").total == 0
    assert world.found("joe", "secret zebrafinch").total == 0


def test_words_phrases_and_order(birds: Story) -> None:
    world = birds.world
    assert texts(world, "joe", '"blue nest"') == ["A blue nest: the zebrafinch is a singing bird."]
    assert texts(world, "joe", '"nest blue"') == []
    assert world.found("joe", "blue nest").total == 2
    assert world.found("joe", "sings").total == 2
    newest = texts(world, "joe", "zebrafinch", order=Order.NEWEST)
    assert newest[0].startswith("I had")
    assert newest[-1].startswith("The zebrafinch")
    hit = world.found("joe", '"blue nest"').hits[0]
    assert [piece.text for piece in hit.text if piece.marked] == ["blue nest"]


def test_what_stands_in_the_title_comes_first(world_on_both: World) -> None:
    hits = world_on_both.found("maya", "snail hotel").hits
    assert hits[0].entry == world_on_both.entry("snail-hotel")
    assert hits[0].place == "title"
    assert hits[0].picture is not None


def test_filters(birds: Story) -> None:
    world = birds.world
    assert world.found("joe", "zebrafinch", child=world.member("sami", "pupil")).total == 0
    assert world.found("joe", "zebrafinch", child=world.member("maya", "pupil")).total == 3
    assert world.found("joe", "zebrafinch", where=Where.BACK).total == 1
    assert world.found("joe", "zebrafinch", where=Where.WORDS).total == 2
    assert world.found("joe", "zebrafinch", where=Where.PICTURES).total == 0
    assert world.found("maya", "zebrafinch", group=world.group("kingfishers")).total == 1
    assert world.found("maya", "zebrafinch", group=world.group("wrens")).total == 0
    assert world.found("joe", "zebrafinch", since=now() - timedelta(minutes=5)).total == 3
    assert world.found("joe", "zebrafinch", until=now() - timedelta(minutes=5)).total == 0


def test_more_than_fifty_are_not_counted(world_on_both: World) -> None:
    found = world_on_both.found("maya", "the")
    assert (found.total, found.pages, len(found.hits)) == (None, 5, 10)
    assert len(world_on_both.found("maya", "the", page=5).hits) == 10
    assert world_on_both.found("maya", "the", page=99).hits == world_on_both.found("maya", "the", page=5).hits
    pages = [world_on_both.found("maya", "the", page=page).hits for page in range(1, 6)]
    assert len({(hit.entry, hit.comment, hit.place, hit.text) for page in pages for hit in page}) == 50


def test_one_spelling_is_suggested_out_of_what_may_be_seen(birds: Story) -> None:
    world = birds.world
    assert world.found("joe", "zebrafinhc").suggestion == "zebrafinch"
    assert world.found("joe", "zebrafinch nset").suggestion == "zebrafinch nest"
    assert world.found("joe", "zebrafinch nest").suggestion is None
    assert world.found("okafor", "zebrafinhc").suggestion is None
    assert world.found("joe", "sceret zebrafinch").suggestion is None


def test_a_word_is_respelled_where_it_stands_and_not_in_another(birds: Story) -> None:
    birds.posts("maya", "A robin is in the blue bluebell.", birds.doors("family"))
    birds.world.index()
    assert birds.world.found("joe", "bluebell bluee").suggestion == "bluebell blue"
    assert birds.world.found("joe", "robins robi").suggestion == "robins robin"


@pytest.mark.parametrize("letters", ["abcdefghijklmnopqrstuvwxyz" * 3, "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह" * 2])
def test_nobody_makes_it_try_the_spellings_of_what_is_no_word(birds: Story, letters: str) -> None:
    tried: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling, "variants", lambda written: tried.append(len(variants(written))) or variants(written))
        assert birds.world.found("joe", " ".join(letters[:60][at:] for at in range(3))).total == 0
        assert birds.world.found("joe", " ".join(letters[at : at + 12] for at in range(15))).total == 0
    assert len(tried) == 3
    assert sum(tried) < 15_000


def test_what_is_taken_away_is_gone_at_once_whatever_the_index_says(birds: Story) -> None:
    world = birds.world
    with world.session() as session:
        first = session.scalars(select(r.Comment.entry_id).order_by(r.Comment.id.desc())).first()
        comment = session.scalars(select(r.Comment.id).order_by(r.Comment.id.desc())).first()
    assert first
    assert comment
    with world.acting("maya") as (session, me):
        talk.hide(session, me, comment)
    assert world.found("maya", "zebrafinch", where=Where.BACK).total == 0
    assert world.found("joe", "zebrafinch", where=Where.BACK).total == 1
    birds.opens("maya", first, birds.doors())
    assert world.found("joe", "zebrafinch").total == 2 - 1
    assert world.found("adeyemi", "zebrafinch", "teacher").total == 0
    birds.link_ends("joe", "maya")
    assert world.found("joe", "zebrafinch").total == 0
    assert world.found("joe", "zebrafinhc").suggestion is None


def test_a_caption_is_found_by_those_who_may_see_the_picture(world_on_both: World) -> None:
    entry = world_on_both.entry("snail-hotel")

    def pictured(who: str, role: str = "") -> list[str]:
        hits = world_on_both.found(who, "snail", role, where=Where.PICTURES).hits
        return [hit.place for hit in hits if hit.entry == entry]

    before = pictured("adeyemi", "teacher")
    with world_on_both.acting("maya") as (session, me):
        item = session.scalars(select(r.Entry).where(r.Entry.id == entry)).one()
        assert item.revision_id
        for row in placements(session, item.revision_id):
            narrow_now(session, me, item, row.attachment_id, Only.FAMILY)
    assert before
    for _ in range(2):
        assert pictured("adeyemi", "teacher") == []
        assert pictured("joe")
        world_on_both.index()


def test_what_waits_is_found_by_who_decides_and_drafts_by_their_writer(world_on_both: World) -> None:
    story = Story(world_on_both)
    entry = story.posts("maya", "A heronry at dawn.", story.doors("class"))
    story.writes("maya", entry, "A heronry at dusk.", story.doors("class"))
    world_on_both.index()
    assert texts(world_on_both, "adeyemi", "heronry", role="teacher") == ["A heronry at dawn."]
    assert texts(world_on_both, "maya", "heronry") == ["A heronry at dusk."]
    assert texts(world_on_both, "maya", "heronry dawn") == []
    assert texts(world_on_both, "joe", "heronry") == []


HOSTILE = [
    "school_id:1",
    "*",
    "a* OR *",
    "' OR 1=1 --",
    "words:snail",
    "NOT snail",
    "snail AND NOT hotel",
    "snail~2",
    "[a TO z]",
    '"unfinished',
    "snail\x00hotel",
    "\\' & ! | ( ) <-> :*",
    "§ snail",
    "=seashell ~হদ",
    "ﷺ",
    "<script>alert(1)</script>",
    "🐌🐌",
    "the",
    "\u202elians",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_words_or_nothing(world: World, typed: str) -> None:
    with suppress(Refusal):  # of which the front door makes words
        found = world.found("joe", typed)
        assert found.total is None or found.total <= 50


def test_tokens_of_circles_are_words_when_typed(world_on_both: World) -> None:
    with world_on_both.session() as session:
        circles = sorted(set(session.scalars(select(r.Shown.circle))))
        member = world_on_both.member("maya", "pupil")
    for token in (*circles[::7], f"author/{member.hex}", "kind/words", f"pupil/{member.hex}"):
        for who in ("joe", "okafor"):
            assert world_on_both.found(who, token).total == 0
            assert world_on_both.found(who, f'"{token}"').total == 0


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.NOTHING_TO_FIND),
        ("   ", Reason.NOTHING_TO_FIND),
        ('"', Reason.NOTHING_TO_FIND),
        ('""', Reason.NOTHING_TO_FIND),
        ("ًٌٍ", Reason.NOTHING_TO_FIND),
        ("?!…", Reason.NOTHING_TO_FIND),
        ("snail " * 10_000, Reason.TOO_LONG),
        ("ab " * 30, Reason.TOO_MANY_WORDS),
        ('"' + "ab " * 30 + '"', Reason.TOO_MANY_WORDS),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(world: World, typed: str, reason: Reason) -> None:
    with pytest.raises(Refusal) as refused:
        world.found("joe", typed)
    assert refused.value.reason is reason
    assert refused.value.field == "words"


@pytest.mark.parametrize("words", ["snail hotel", "the", "bridge", "zzzqqq", "hotle"])
def test_it_takes_few_statements_however_much_is_found(world_on_both: World, words: str) -> None:
    world_on_both.found("maya", words)  # PostgreSQL is asked now and then which words are common
    with world_on_both.acting("maya") as (session, me), world_on_both.counting() as seen:
        find(session, me, world_on_both.app.config["HOUSE"].index, Ask(words))
    assert 0 < len(seen) + (words == "zzzqqq") <= 5
