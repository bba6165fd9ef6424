"""Writing an entry through the front door: beginning, saving, handing in, and everything that can be wrong with it."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from journal.clock import now
from journal.records import Choice, Entry, FamilyLink, Item, LeftOut, Revision, Shown, SignIn, Waiting
from tests.world import Browser, World


def begin(world: World, who: str = "maya", start: str = "empty") -> tuple[Browser, UUID]:
    """A new draft of somebody's, and the browser in which they write it."""
    browser = world.client(who)
    went = browser.post("/make", {"start": start})
    assert went.status_code == 303
    return browser, UUID(went.headers["Location"].split("/")[2])


def draft(world: World, entry: UUID) -> Revision:
    """The draft of an entry, or with none what was handed in."""
    with world.session() as session:
        return session.scalars(
            select(Revision)
            .join(Item, Revision.id == func.coalesce(Item.draft_id, Item.revision_id))
            .where(Item.id == entry)
        ).one()


def write(browser: Browser, entry: UUID, do: str, version: int = 1, **more: Any):
    """Press a button of the composer."""
    fields = {"version": str(version), "title": "A den", "words": "We built it.", "do": do}
    return browser.post(f"/entries/{entry}/edit", {**fields, **more})


def circles(world: World, entry: UUID) -> dict[str, set[str]]:
    """The kinds of circle that an entry is shown to and waits for."""
    with world.session() as session:
        shown = session.scalars(select(Shown.circle).where(Shown.item_id == entry))
        waiting = session.scalars(select(Waiting.circle).where(Waiting.item_id == entry))
        return {name: {one.split("/")[0] for one in some} for name, some in (("shown", shown), ("waiting", waiting))}


def test_a_start_of_a_sentence_stands_in_the_words(world: World) -> None:
    browser, entry = begin(world, start="found")
    assert "I found " in browser.get(f"/entries/{entry}/edit").get_data(as_text=True)


def test_nothing_ticked_means_just_me(world: World) -> None:
    browser, entry = begin(world)
    assert write(browser, entry, "hand-in").headers["Location"].endswith(f"/entries/{entry}")
    assert circles(world, entry) == {"shown": set(), "waiting": set()}
    assert world.client("nani").get(f"/entries/{entry}").status_code == 404


def test_family_has_it_at_once_and_the_class_waits(world: World) -> None:
    browser, entry = begin(world)
    write(browser, entry, "hand-in", audience=["family", "class"], learned=["home", "family"])
    assert circles(world, entry) == {"shown": {"family"}, "waiting": {"class"}}
    assert world.client("nani").get(f"/entries/{entry}").status_code == 200
    assert world.client("aisha").get(f"/entries/{entry}").status_code == 404


def test_that_others_go_on_seeing_the_one_before_is_said_where_they_do(world: World) -> None:
    browser, entry = begin(world)
    write(browser, entry, "hand-in", audience=["class"])
    assert "keep seeing" not in browser.get(f"/entries/{entry}/edit").get_data(as_text=True), "nobody has seen it yet"
    browser, entry = begin(world)
    write(browser, entry, "hand-in", audience=["family", "class"])
    assert "keep seeing" in browser.get(f"/entries/{entry}/edit").get_data(as_text=True)


def test_just_me_beats_the_other_doors(world: World) -> None:
    browser, entry = begin(world)
    write(browser, entry, "hand-in", audience=["me", "family", "class"])
    assert circles(world, entry) == {"shown": set(), "waiting": set()}


def test_people_picked_one_by_one(world: World) -> None:
    browser, entry = begin(world)
    write(browser, entry, "hand-in", audience=["picked"], picked=[str(world.link("nani", "maya"))])
    assert world.client("nani").get(f"/entries/{entry}").status_code == 200
    assert world.client("nadia").get(f"/entries/{entry}").status_code == 404


def test_somebody_left_out_does_not_see_it_and_stays_left_out(world: World) -> None:
    browser, entry = begin(world)
    out = {"audience": ["family"], "left_out": [str(world.member("nani"))]}
    write(browser, entry, "stay", **out)
    page = browser.get(f"/entries/{entry}/edit").get_data(as_text=True)
    assert f'value="{world.member("nani")}" checked' in page
    write(browser, entry, "hand-in", version=2, **out)
    assert world.client("nani").get(f"/entries/{entry}").status_code == 404
    assert world.client("nadia").get(f"/entries/{entry}").status_code == 200


NOT_MINE: tuple[dict[str, list[str]], ...] = (
    {"audience": ["the-moon"]},
    {"audience": ["picked"], "picked": ["not an id"]},
    {"audience": ["family"], "left_out": ["\x00"]},
    {"audience": ["family"], "left_out": ["family-00000000-0000-0000-0000-000000000001"]},
    {"audience": ["family"], "left_out": ["00000000-0000-0000-0000-000000000001"]},
)


def test_doors_that_are_not_there(world: World) -> None:
    browser, entry = begin(world)
    for doors in NOT_MINE:
        answer = write(browser, entry, "hand-in", words="Kept as typed", **doors)
        assert answer.status_code == 400, doors
        page = answer.get_data(as_text=True)
        assert "One of the doors is not yours to open" in page
        assert "Kept as typed" in page
    assert draft(world, entry).words == ""


def test_somebody_elses_relative_cannot_be_picked(world: World) -> None:
    browser, entry = begin(world)
    with world.session() as session:
        other = session.scalars(select(FamilyLink.id).where(FamilyLink.pupil_id != world.member("maya")).limit(1)).one()
    answer = write(browser, entry, "hand-in", audience=["picked"], picked=[str(other)])
    assert answer.status_code == 400
    with world.session() as session:
        assert session.scalar(select(Choice.id).where(Choice.item_id == entry)) is None
        assert session.scalar(select(LeftOut.id).where(LeftOut.item_id == entry)) is None


def test_nothing_in_it(world: World) -> None:
    browser, entry = begin(world)
    answer = write(browser, entry, "hand-in", title=" ", words="\u200b \n", audience=["family"])
    assert answer.status_code == 400
    assert "There is nothing in it yet" in answer.get_data(as_text=True)
    assert circles(world, entry) == {"shown": set(), "waiting": set()}


def test_too_many_letters_stay_in_the_field(world: World) -> None:
    browser, entry = begin(world)
    long = "sna " * 25_000
    answer = write(browser, entry, "hand-in", words=long)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "This is too long" in page
    assert "20000" in page.replace(",", "")
    assert long in page
    assert draft(world, entry).words == ""
    saved = browser.post(f"/entries/{entry}/save", {"version": "1", "words": long}, headers={"X-Fragment": "1"})
    assert saved.status_code == 400
    assert "too long" in saved.get_json()["message"]


def test_letters_that_no_database_wants_are_cleaned(world: World) -> None:
    browser, entry = begin(world)
    body = b"csrf_token=" + browser.token().encode() + b"&version=1&do=stay&title=a%00b&words=x%ED%A0%80y%00z%FF"
    answer = browser.client.post(f"/entries/{entry}/edit", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 303
    kept = draft(world, entry)
    assert kept.title == "ab"
    assert "\x00" not in kept.words
    kept.words.encode("utf-8")


def test_a_field_that_comes_twice_is_not_guessed_at(world: World) -> None:
    browser, entry = begin(world)
    for field in ("title", "words", "version", "do"):
        sent = {"version": "1", "title": "One", "do": "hand-in", field: ["1", "2"]}
        answer = browser.post(f"/entries/{entry}/edit", sent)
        assert answer.status_code == 400, field
        assert "We did not understand that" in answer.get_data(as_text=True)
    assert draft(world, entry).title == ""


def test_nonsense_is_refused_and_the_words_stay(world: World) -> None:
    browser, entry = begin(world)
    for more in ({"version": "x"}, {"version": ""}, {"version": "9" * 40}, {"learned": ["moon"]}, {"order": ["x"]}):
        sent: dict[str, Any] = {"version": "1", "words": "Still here", "do": "keep", **more}
        answer = browser.post(f"/entries/{entry}/edit", sent)
        assert answer.status_code == 400, more
        assert "Still here" in answer.get_data(as_text=True)
    for do in ("take-away:x", "earlier:", "later:00000000-0000-0000-0000-000000000001", "fly", ""):
        answer = browser.post(f"/entries/{entry}/edit", {"version": str(draft(world, entry).version), "do": do})
        assert answer.status_code in (303, 400), do


def test_two_windows(world: World) -> None:
    browser, entry = begin(world)
    assert write(browser, entry, "keep", words="The first window").status_code == 303
    answer = write(browser, entry, "keep", words="The second window")
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "You changed this in another window" in page
    assert "The second window" in page
    assert "Show me the newest" in page
    assert draft(world, entry).words == "The first window"
    assert write(browser, entry, "use-mine", words="The second window").status_code == 303
    assert draft(world, entry).words == "The second window"


def test_two_windows_that_save_by_themselves(world: World) -> None:
    browser, entry = begin(world)
    here = {"X-Fragment": "1"}
    first = browser.post(f"/entries/{entry}/save", {"version": "1", "words": "One"}, headers=here)
    assert first.status_code == 200
    assert first.get_json()["version"] == 2
    assert "data-strip" in first.get_json()["strip_html"]
    second = browser.post(f"/entries/{entry}/save", {"version": "1", "words": "Two"}, headers=here)
    assert second.status_code == 409
    assert "Show me the newest" in second.get_json()["message_html"]
    assert draft(world, entry).words == "One"


def test_pressed_twice_hands_in_once(world: World) -> None:
    browser, entry = begin(world)
    first = write(browser, entry, "hand-in", audience=["family"])
    second = write(browser, entry, "hand-in", audience=["family"])
    assert first.headers["Location"] == second.headers["Location"]
    with world.session() as session:
        assert session.scalar(select(func.count(Revision.id)).where(Revision.item_id == entry)) == 1


def test_an_old_window_cannot_overwrite_what_was_handed_in(world: World) -> None:
    browser, entry = begin(world)
    write(browser, entry, "hand-in", words="Handed in", audience=["family"])
    answer = write(browser, entry, "hand-in", words="From an old window", audience=["family"])
    assert answer.status_code == 409
    assert "From an old window" in answer.get_data(as_text=True)
    saved = browser.post(f"/entries/{entry}/save", {"version": "1", "words": "Old"}, headers={"X-Fragment": "1"})
    assert saved.status_code == 409
    assert draft(world, entry).words == "Handed in"


def test_the_strip_names_everybody_and_saves_nothing(world: World) -> None:
    browser, entry = begin(world)
    answer = browser.post(f"/entries/{entry}/who", {"audience": ["family", "class"]}, headers={"X-Fragment": "1"})
    strip = answer.get_data(as_text=True)
    for name in ("Nani", "Grandad Joe", "Aisha", "Mr Adeyemi"):
        assert name in strip
    assert "reads it first" in strip
    with world.session() as session:
        assert session.scalar(select(Choice.id).where(Choice.item_id == entry)) is None
    nobody = browser.post(f"/entries/{entry}/who", {}, headers={"X-Fragment": "1"}).get_data(as_text=True)
    assert "Only you. All the doors are shut." in nobody


def test_same_doors_as_last_time(world: World) -> None:
    browser, first = begin(world)
    write(browser, first, "hand-in", audience=["family", "teachers"])
    _, second = begin(world)
    assert write(browser, second, "same-as-last", words="New words").status_code == 303
    page = browser.get(f"/entries/{second}/edit").get_data(as_text=True)
    assert 'value="family" checked' in page
    assert 'value="teachers" checked' in page
    assert 'value="class" checked' not in page
    assert "New words" in page


def test_somebody_elses_entry_is_not_there(world: World) -> None:
    entry = world.entry("snail-hotel")
    for who in ("aisha", "nani", "adeyemi"):
        browser = world.client(who)
        for path in ("edit", "save", "who", "doors", "withdraw", "throw-away", "delete", "bring-back"):
            answer = browser.post(f"/entries/{entry}/{path}", {"version": "1", "do": "keep", "sure": "yes"})
            assert answer.status_code == 404, (who, path)
        assert browser.get(f"/entries/{entry}/edit").status_code == 404
    with world.session() as session:
        assert session.scalars(select(Entry).where(Entry.id == entry)).one().deleted_at is None


def test_what_was_typed_when_the_session_ran_out_comes_back_to_its_writer(world: World) -> None:
    browser, entry = begin(world)
    with world.session() as session:
        session.execute(update(SignIn).values(seen_at=now().replace(year=2000)))
        session.commit()
    answer = write(browser, entry, "keep", words="Typed while away")
    assert answer.status_code in (302, 303)
    again = world.client("maya").get(f"/entries/{entry}/edit").get_data(as_text=True)
    assert "Typed while away" in again
    assert "Your words are kept" in again
    assert "Typed while away" not in world.client("aisha").get("/my-space").get_data(as_text=True)


def test_a_version_that_is_no_number_is_asked_for_again(world: World) -> None:
    browser, entry = begin(world)
    assert write(browser, entry, "hand-in").status_code == 303
    for version in ("²", "9" * 5000, "٣", "-1", ""):
        answer = browser.post(
            f"/entries/{entry}/edit",
            {"version": version, "title": "A den", "words": "We built it.", "do": "hand-in"},
        )
        assert answer.status_code == 400, version
        assert "We built it." in answer.get_data(as_text=True)
