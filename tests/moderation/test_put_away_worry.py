"""A safeguarding lead puts away what a worry is about, without seeing more of it than was kept."""

from journal.words import Door
from tests.school.telling import Teller
from tests.world import World


def test_a_lead_puts_away_from_everybody_what_a_worry_is_about(world: World) -> None:
    entry = world.entry("snail-hotel")
    lead = world.client("penhale")
    path = f"/items/{entry}/put-away"
    assert lead.get(path).status_code == 404

    nadia = world.client("nadia")
    token = nadia.token(f"/worried?about={entry}")
    told = {"csrf_token": token, "item": str(entry), "words": "I am worried about this.", "do": "send"}
    nadia.client.post("/worried", data=told)

    page = lead.get(path)
    assert page.status_code == 200
    assert "The snail hotel" in page.get_data(as_text=True)
    assert lead.get(f"/entries/{entry}").status_code == 404

    assert lead.post(path, {"reason": "A phone number can be read."}, token_from=path).status_code == 303
    assert nadia.get(f"/entries/{entry}").status_code == 404
    assert world.client("maya").get(f"/entries/{entry}").status_code == 200
    assert lead.get(path).status_code == 404


def test_a_lead_of_another_school_has_no_such_page(world: World) -> None:
    other = next(key for key in world.keys["members"] if "/saltmarsh/lead" in key).split("/")[0]
    assert world.client(other).get(f"/items/{world.entry('robot-suit')}/put-away").status_code == 404
    assert world.client("penhale").get(f"/items/{world.entry('robot-suit')}/put-away").status_code == 200


def test_a_leads_reason_is_not_for_who_moderates_it_later(world: World) -> None:
    tell = Teller(world)
    item = tell.share("maya", "Bread", Door.CLASS)
    tell.let_through(item)
    teacher, path = world.client("adeyemi", "teacher"), f"/items/{item}/put-away"
    assert teacher.post(path, {"reason": "The oven was on."}, token_from=path).status_code == 303
    tell.edit("maya", item, "Bread again", Door.CLASS)
    tell.let_through(item)

    oscar = world.client("oscar")
    token = oscar.token(f"/worried?about={item}")
    told = {"csrf_token": token, "item": str(item), "words": "I am worried about this.", "do": "send"}
    oscar.client.post("/worried", data=told)
    lead = world.client("penhale")
    assert lead.post(path, {"reason": "Oscar is afraid of it."}, token_from=path).status_code == 303

    tell.edit("maya", item, "Bread once more", Door.CLASS)
    waits = lead.get(f"/to-read?item={item}").get_data(as_text=True)
    assert "Oscar is afraid of it." in waits, "another lead may have to know"
    tell.let_through(item, "penhale", "lead")
    tell.edit("maya", item, "Bread for the last time", Door.CLASS)
    page = teacher.get(f"/to-read?item={item}").get_data(as_text=True)
    assert "Mr Penhale put it away." in page
    assert "Oscar is afraid of it." not in page
    assert "The oven was on." in page
