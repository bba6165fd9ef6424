"""Before it is handed in, the child is told what will be read first and what stays behind, as the act will have it."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from journal.records import School, Waiting
from tests.consent.saying import photo_of
from tests.world import World

READ_BEFORE = "something in it that your school reads before your family gets it"
PHONE = "Ring 07700 900142 if you want to come."


def hold(world: World, kinds: str) -> None:
    """Let the school keep some flags back."""
    with world.session() as session:
        session.execute(update(School).values(flags_hold=kinds))
        session.commit()


def begin(world: World, who: str) -> UUID:
    """Begin an entry."""
    made = world.client(who).post("/make")
    return UUID(made.headers["Location"].split("/")[2])


def strip(world: World, who: str, entry: UUID, **fields: object) -> str:
    """Who would see it, as it is typed."""
    answer = world.client(who).post(f"/entries/{entry}/who", fields, headers={"X-Fragment": "1"})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_what_the_school_reads_before_the_family_is_said_while_the_doors_are_chosen(world: World) -> None:
    entry = begin(world, "maya")
    assert READ_BEFORE not in strip(world, "maya", entry, words=PHONE, audience=["family"])
    hold(world, "phone")
    told = strip(world, "maya", entry, words=PHONE, audience=["family"])
    assert READ_BEFORE in told
    assert "reads it first, to keep you safe (My family)" in told
    assert READ_BEFORE not in strip(world, "maya", entry, words="A snail.", audience=["family"])
    assert READ_BEFORE not in strip(world, "maya", entry, words=PHONE, audience=["class", "teachers"])
    assert READ_BEFORE not in strip(world, "maya", entry, words=PHONE)


@pytest.mark.parametrize(
    "words", [PHONE, "We won 4-3.", "07700 900142", "Look: www.example.com", "🐌" * 60, "maya at gmail dot com"]
)
def test_what_was_said_before_is_what_happens(world: World, words: str) -> None:
    hold(world, "phone,link,emoji")
    entry = begin(world, "maya")
    said = READ_BEFORE in strip(world, "maya", entry, words=words, audience=["family"])
    form = {"version": "1", "words": words, "audience": ["family"], "do": "hand-in"}
    for version in ("1", "2"):  # a second time where the kind question was asked
        world.client("maya").post(f"/entries/{entry}/edit", form | {"version": version})
    with world.session() as session:
        waits = session.scalars(select(Waiting.circle).where(Waiting.item_id == entry)).all()
    assert said is bool(waits)


def test_a_picture_that_stays_behind_is_told_kindly_and_names_nobody(world: World) -> None:
    entry, photo = world.entry("stick-bridge"), photo_of(world, "stick-bridge")
    femi = world.client("femi")
    for page in (f"/entries/{entry}/doors", f"/entries/{entry}/edit"):
        told = femi.get(page).get_data(as_text=True)
        assert "Picture 1 stays behind for now (My class" in told, page
        assert "Some families like faces kept at home. It is not because of you." in told
    strip_of_it = told[told.index("data-strip") :].split("</section>")[0]
    assert strip_of_it.count("Noah") == 1, "among those who will see it, and nowhere else"
    kept = {"audience": ["family", "class"], "do": "who", "order": [str(photo)], f"only-{photo}": "family"}
    assert "stays behind" not in femi.post(f"/entries/{entry}/doors", kept).get_data(as_text=True)
    near = {"audience": ["family", "teachers"], "do": "who", "order": [str(photo)]}
    assert "stays behind" not in femi.post(f"/entries/{entry}/doors", near).get_data(as_text=True)


def test_it_asks_the_database_eight_times_at_most(world: World) -> None:
    hold(world, "phone,changed")
    entry = world.entry("stick-bridge")
    femi = world.client("femi")
    for page in ("doors", "edit"):
        femi.get(f"/entries/{entry}/{page}")
        with world.counting() as asked:
            assert femi.get(f"/entries/{entry}/{page}").status_code == 200
        assert len(asked) <= 8, (page, asked)
