"""Looking for something, through the front door: who finds what, how it stands there, and where it leads."""

import re
import shutil

import pytest
from sqlalchemy import func, select, update

from journal.records import Attachment, Look
from journal.words import PictureState
from tests.search.looking import Door, Looker, main_of
from tests.world import World

ROLES = [
    ("maya", ""),
    ("nadia", ""),
    ("adeyemi", "teacher"),
    ("penhale", ""),
    ("kaur", ""),
    ("bright", ""),
    ("yara", ""),
]


@pytest.fixture
def looker(world: World) -> Looker:
    return Looker(world)


def test_a_parent_finds_what_the_family_may_see_and_is_led_to_it(looker: Looker) -> None:
    entry = looker.share("maya", "A marmalade machine", Door.FAMILY, words="It can spread by itself.")
    looker.ready()
    (card,) = looker.cards("nadia", "marmalade")
    assert card.words == "In the title A marmalade machine “It can spread by itself.” Maya, Today" or (
        "In the title A marmalade machine" in card.words and "Maya," in card.words
    )
    assert "A <mark>marmalade</mark> machine" in card.html
    assert f'href="/entries/{entry}"' in card.html
    assert "A marmalade machine" in looker.page("nadia", f"/entries/{entry}")


def test_words_that_somebody_wrote_back_lead_to_their_place(looker: Looker) -> None:
    entry = looker.share("maya", "A machine", Door.FAMILY)
    comment = looker.say("nadia", entry, "Could it make marmalade as well?")
    looker.ready()
    (card,) = looker.cards("maya", "marmalade")
    assert "In what people wrote back" in card.words
    assert "Mum to you," in card.words
    assert f'href="/comments/{comment}"' in card.html
    answer = looker.world.client("maya").get(f"/comments/{comment}")
    assert answer.headers["Location"].endswith(f"#c-{comment}")
    (own,) = looker.cards("nadia", "marmalade")
    assert "In what you wrote back" in own.words
    assert "You to Maya," in own.words


def test_what_a_picture_shows_is_found_with_the_picture(looker: Looker) -> None:
    looker.ready()
    (card,) = looker.cards("nadia", "crayon labels")
    assert "In what a picture shows" in card.words
    assert "The snail hotel" in card.words
    assert "/media/" in card.html


@pytest.mark.parametrize("state", [PictureState.WAITING, PictureState.BROKEN])
def test_a_photo_that_is_not_ready_is_found_by_its_words_and_shows_no_empty_picture(
    looker: Looker, state: PictureState
) -> None:
    looker.ready()
    (ready,) = looker.cards("nadia", "crayon labels")
    assert "/media/" in ready.html
    with looker.world.session() as session:
        session.execute(update(Attachment).values(state=state))
        session.commit()
    (card,) = looker.cards("nadia", "crayon labels")
    assert card.words == ready.words
    assert "/media/" not in card.html


def test_each_finds_what_they_may_see_and_nothing_tells_of_the_rest(looker: Looker) -> None:
    looker.share("maya", "My marmalade secret")
    looker.share("maya", "Marmalade for my family", Door.FAMILY)
    looker.share("maya", "Marmalade for my teachers", Door.TEACHERS)
    through = looker.share("maya", "Marmalade for my class", Door.CLASS)
    looker.let_through(through)
    looker.share("maya", "Marmalade that waits", Door.CLASS)
    looker.ready()
    finds = {
        "maya": {"secret", "family", "teachers", "class", "waits"},
        "nadia": {"family"},
        "tomasz": {"class"},
        "adeyemi": {"teachers", "class", "waits"},
        "amara": set(),
        "kaur": set(),
        "bright": set(),
        "penhale": set(),
        "yara": set(),
    }
    for who, wanted in finds.items():
        role = "teacher" if who == "adeyemi" else ""
        cards = looker.cards(who, "marmalade", role)
        found = {word for word in finds["maya"] if any(word in one.words for one in cards)}
        assert found == wanted, who
        if not wanted:
            for_nothing = looker.look_for(who, "zzyzzy", role).replace("zzyzzy", "marmalade")
            assert main_of(looker.look_for(who, "marmalade", role)) == main_of(for_nothing), who


def test_a_card_in_the_list_is_no_look(looker: Looker) -> None:
    looker.share("maya", "A marmalade machine", Door.FAMILY)
    looker.ready()
    with looker.world.session() as session:
        before = session.scalar(select(func.count()).select_from(Look))
    assert looker.cards("nadia", "marmalade")
    with looker.world.session() as session:
        assert session.scalar(select(func.count()).select_from(Look)) == before


def test_relatives_meet_no_face_of_another_familys_child(looker: Looker) -> None:
    through = looker.share("maya", "A marmalade machine", Door.CLASS, Door.CLASS_FAMILIES)
    looker.let_through(through)
    looker.ready()
    maya = f"/faces/{looker.world.member('maya', school='larkfield')}"
    (seen_by_classmate,) = looker.cards("tomasz", "marmalade")
    assert maya in seen_by_classmate.html
    (seen_by_family,) = looker.cards("p-kowal", "marmalade")
    assert "Maya" in seen_by_family.words
    assert maya not in seen_by_family.html


@pytest.mark.parametrize(("who", "role"), ROLES)
def test_the_magnifier_stands_on_everybodys_pages(looker: Looker, who: str, role: str) -> None:
    page = looker.page(who, "/me", role)
    assert 'class="top__find" href="/search"' in page
    assert 'role="search"' in looker.page(who, "/search", role)


def test_who_is_signed_out_has_no_magnifier_and_comes_back_after_signing_in(looker: Looker) -> None:
    street = looker.world.client()
    assert "top__find" not in street.get("/help").get_data(as_text=True)
    answer = street.get("/search?q=marmalade")
    assert answer.headers["Location"] == "/sign-in?next=/search?q%3Dmarmalade"


def test_the_same_queries_at_few_and_many(world_on_both: World) -> None:
    looker = Looker(world_on_both)
    entry = looker.share("maya", "A marmalade machine", Door.FAMILY)
    looker.ready()
    _queries(looker, "marmalade")  # PostgreSQL is asked now and then which words are common
    few = _queries(looker, "marmalade")
    for number in range(60):
        looker.say("nadia", entry, f"Marmalade number {number}")
    looker.ready()
    many = _queries(looker, "marmalade")
    assert few == many
    for words in ("marmalade", "the", "marmelade", "zzyzzy", '"marmalade number"'):
        assert _queries(looker, words) <= 8, words


def _queries(looker: Looker, words: str) -> int:
    client = looker.world.client("maya")
    with looker.world.counting() as seen:
        assert client.get("/search", query_string={"q": words, "order": "newest"}).status_code == 200
    return len(seen)


def test_while_the_index_is_made_anew_nothing_wrong_is_said_and_the_office_is_told(looker: Looker) -> None:
    looker.share("maya", "A marmalade machine", Door.FAMILY)
    assert "way into search." in looker.page("bright", "/people")
    looker.ready()
    assert "Search is in order." in looker.page("bright", "/people")
    shutil.rmtree(looker.world.settings.instance / "index")
    page = looker.look_for("nadia", "marmalade")
    assert "We are putting things in order" in page
    assert "Nothing says" not in page
    assert "Search is being made anew." in looker.page("bright", "/people")
    assert "Search is" not in looker.page("kaur", "/people")
    looker.ready()
    assert len(looker.cards("nadia", "marmalade")) == 1
    assert "Search is in order." in looker.page("bright", "/people")


def test_what_waits_leads_whoever_decides_to_it(looker: Looker) -> None:
    entry = looker.share("maya", "A marmalade machine", Door.CLASS)
    looker.ready()
    (card,) = looker.cards("adeyemi", "marmalade", "teacher")
    assert f'href="/entries/{entry}"' in card.html
    answer = looker.world.client("adeyemi", "teacher").get(f"/entries/{entry}")
    assert answer.headers["Location"] == f"/to-read?item={entry}"
    looker.let_through(entry)
    comment = looker.say("tomasz", entry, "Does it eat quinces?")
    looker.ready()
    (waits,) = looker.cards("adeyemi", "quinces", "teacher")
    place = re.search(r'<a href="(/[^"]+)"', waits.html)
    assert place
    page = looker.world.client("adeyemi", "teacher").get(place.group(1), follow_redirects=True)
    assert "Does it eat quinces?" in page.get_data(as_text=True), comment
