"""The page on which a lead says what is flagged."""

from html import unescape

import pytest
from sqlalchemy import select

from journal.records import School, Trail, WordList
from tests.world import World


def test_words_and_what_is_kept_back(world: World) -> None:
    lead = world.client("penhale")
    sent = {"added-en": "Frogface\n\nfrogface\nslime*", "left-en": "Loser", "hold": ["phone", "word"]}
    assert lead.post("/concerns/flags", sent).status_code == 303
    with world.session() as session:
        row = session.scalars(select(WordList).where(WordList.language == "en")).one()
        assert (row.added, row.left_alone) == ("frogface\nslime*", "loser")
        school = session.scalars(select(School).where(School.id == row.school_id)).one()
        assert school.flags_hold == "phone,word"
        trail = session.scalars(select(Trail).where(Trail.act == "set_aids")).one()
        assert "frog" not in str(trail.details)
    html = unescape(lead.get("/concerns/flags").get_data(as_text=True))
    assert "frogface" in html
    lead.post("/concerns/flags", {"added-en": "newt"})
    with world.session() as session:
        assert session.scalars(select(WordList.added).where(WordList.language == "en")).one() == "newt"


@pytest.mark.parametrize("line", ["(a+)+$", "[a", "a*b*", "\\d"])
def test_what_is_no_plain_word_is_refused_by_its_line(world: World, line: str) -> None:
    answer = world.client("penhale").post("/concerns/flags", {"added-cy": f"broga\n{line}"})
    html = unescape(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert "Line 2 is no plain word" in html
    assert "broga" in html
    assert line in html


def test_what_is_on_no_list_cannot_be_left_alone(world: World) -> None:
    answer = world.client("penhale").post("/concerns/flags", {"left-en": "butterfly"})
    assert answer.status_code == 400
    assert "Line 1 is not on the list" in unescape(answer.get_data(as_text=True))


def test_a_flag_that_is_none(world: World) -> None:
    assert world.client("penhale").post("/concerns/flags", {"hold": "nonsense"}).status_code == 400


def test_ten_thousand_words(world: World) -> None:
    words = "\n".join(f"w{''.join(chr(97 + int(digit)) for digit in f'{at:05}')}" for at in range(10_000))
    lead = world.client("penhale")
    assert lead.post("/concerns/flags", {"added-ur": words}).status_code == 303
    assert lead.post("/concerns/flags", {"added-ur": words + "\none too many"}).status_code == 400
