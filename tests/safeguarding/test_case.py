"""A worry as a case: notes, states, steps, who takes care, joining, filters; on both databases where it matters."""

import json
import zipfile
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from journal import clock
from journal.records import ConcernNote, Membership, Trail
from journal.safeguarding.acts import read_worry
from journal.safeguarding.course import StepInput, add_step, finish_step, move, write_note
from journal.words import CaseState, NoteKind, Role
from tests.safeguarding.caring import add_hat, case, does, name_second, read, told
from tests.world import World


def notes(world: World, concern: UUID) -> list[tuple[str, str]]:
    """The lines of a worry's course."""
    with world.session() as session:
        rows = select(ConcernNote).where(ConcernNote.concern_id == concern).order_by(ConcernNote.id)
        return [(one.kind, one.words) for one in session.scalars(rows)]


def test_from_new_to_closed_and_open_again(world: World) -> None:
    concern = told(world, words="Help")
    assert case(world, concern.id).state is CaseState.NEW
    read(world, f"/concerns/{concern.id}")
    assert case(world, concern.id).state is CaseState.READ
    assert does(world, concern.id, "note", note="Spoke with Mrs Doyle.").status_code == 303
    row = case(world, concern.id)
    assert (row.state, row.assigned_id, row.due_on) == (CaseState.OPEN, world.member("penhale", "lead"), None)
    assert does(world, concern.id, "move", state="waiting", waiting="For the council").status_code == 303
    assert str(concern.id) in read(world, "/concerns?tab=waiting")
    assert does(world, concern.id, "move", state="closed").status_code == 400, "closing wants a reason"
    assert does(world, concern.id, "move", state="closed", reason="Solved").status_code == 303
    assert str(concern.id) not in read(world, "/concerns?order=newest")
    assert str(concern.id) in read(world, "/concerns?tab=closed")
    assert does(world, concern.id, "move", state="closed", reason="Again").status_code == 409
    assert does(world, concern.id, "move", state="open").status_code == 409, "a closed one is opened with a reason"
    assert does(world, concern.id, "move", state="reopened", reason="It happened again").status_code == 303
    assert does(world, concern.id, "pass", passed="Council, 01632 960118, number 4711").status_code == 303
    html = read(world, f"/concerns/{concern.id}")
    course = ("raised this concern", "read it.", "wrote a note", "is waiting for", "closed it", "opened it again")
    places = [html.index(words) for words in (*course, "outside the school")]
    assert places == sorted(places)
    assert [kind for kind, _ in notes(world, concern.id)] == ["note", "waiting", "closed", "reopened", "passed"]


WRONG: list[tuple[str, dict[str, str]]] = [
    ("note", {"note": " \u200b "}),
    ("step", {"step": ""}),
    ("step", {"step": "Ring", "due": "tomorrow"}),
    ("step", {"step": "Ring", "due": "9999-12-31"}),
    ("step", {"step": "Ring", "who": str(uuid4())}),
    ("step", {"step": "x" * 201}),
    ("take", {"assigned": str(uuid4())}),
    ("done", {"which": "nonsense"}),
    ("pass", {"passed": ""}),
    ("join", {"join": ""}),
    ("name", {}),
    ("hold", {"hold_reason": ""}),
    ("hold", {"hold_reason": "Why", "review_on": "2020-01-01"}),
    ("move", {"state": "new", "reason": "x"}),
    ("nonsense", {}),
]


def test_what_cannot_be_taken_is_said_and_nothing_is_lost(world: World) -> None:
    concern = told(world, item=str(world.entry("snail-hotel")))
    lead = world.client("penhale")
    token = lead.token(f"/concerns/{concern.id}")
    for do, data in WRONG:
        answer = lead.client.post(f"/concerns/{concern.id}", data={"csrf_token": token, "do": do, **data})
        html = answer.get_data(as_text=True)
        assert answer.status_code in (400, 409), (do, data)
        assert "Something needs another look" in html
        for typed in data.values():
            assert typed not in ("Ring", "Why") or typed in html
    assert notes(world, concern.id) == []


def test_ten_thousand_words_are_too_many_and_stay_on_the_page(world: World) -> None:
    concern = told(world)
    long = "Words " * 10_000
    answer = does(world, concern.id, "note", note=long)
    assert answer.status_code == 400
    assert long in answer.get_data(as_text=True)
    told_long = world.client("maya").post("/worried", {"do": "check", "words": long})
    assert told_long.status_code == 400
    assert long in told_long.get_data(as_text=True)


def test_what_is_waited_for_stays_in_its_own_field(world: World) -> None:
    concern, long = told(world), "The council. " * 200
    answer = does(world, concern.id, "move", state="waiting", waiting=long)
    assert answer.status_code == 400
    html = answer.get_data(as_text=True)
    assert 'href="#f-waiting"' in html
    assert html.index('id="f-waiting"') < html.index(long) < html.index('id="f-waiting-wrong"')
    assert html.count(long) == 1


def test_a_note_is_never_changed(world_on_both: World) -> None:
    world = world_on_both
    concern = told(world)
    does(world, concern.id, "note", note="As it was")
    with world.session() as session, pytest.raises(DBAPIError, match="never changed"):
        session.execute(update(ConcernNote).values(words="Something else"))
    with world.engine.begin() as connection, pytest.raises(DBAPIError, match="never changed"):
        connection.execute(text("update concern_note set by_id = concern_id"))
    assert ("note", "As it was") in notes(world, concern.id)


def test_steps_say_when_it_is_due_and_the_list_begins_with_what_is_late(world_on_both: World) -> None:
    world = world_on_both
    first, second, third = (told(world, words=words) for words in ("One", "Two", "Three"))
    today = clock.now().date()
    for concern, days in ((first, 3), (second, -2), (third, 0)):
        due = (today + timedelta(days=days)).isoformat()
        doyle = str(world.member("doyle"))
        assert does(world, concern.id, "step", step="Ring home", who=doyle, due=due).status_code == 303
        assert case(world, concern.id).due_on == date.fromisoformat(due)
    html = read(world, "/concerns")
    places = [html.index(str(one.id)) for one in (second, third, first)]
    assert places == sorted(places)
    assert "late, since" in html
    page = read(world, f"/concerns/{second.id}")
    assert "Mrs Doyle" in page
    step = page.split('name="which" value="')[1].split('"')[0]
    assert does(world, second.id, "done", which=step).status_code == 303
    assert does(world, second.id, "done", which=step).status_code == 303, "done is done"
    assert case(world, second.id).due_on is None
    assert [kind for kind, _ in notes(world, second.id)] == ["step", "step_done"]
    assert does(world, first.id, "done", which=step).status_code == 404


def test_nobody_whom_it_is_about_is_asked_to_do_something(world: World) -> None:
    concern = told(world, words="He", person=str(world.member("adeyemi", "teacher")))
    page = read(world, f"/concerns/{concern.id}")
    names = page.split('name="who"')[1].split("</select>")[0]
    assert "Mrs Doyle" in names
    assert "Mr Adeyemi" not in names
    answer = does(world, concern.id, "step", step="Talk", who=str(world.member("adeyemi", "teacher")))
    assert answer.status_code == 400


def test_two_that_are_about_the_same_are_one(world_on_both: World) -> None:
    world = world_on_both
    one = told(world, words="First words", item=str(world.entry("snail-hotel")))
    two = told(world, "nadia", words="Second words", person=str(world.member("kaur")))
    assert does(world, one.id, "join", join=str(one.id)).status_code == 409
    assert does(world, one.id, "join", join=str(uuid4())).status_code == 404
    assert does(world, one.id, "join", join=str(two.id)).status_code == 303
    html = read(world, f"/concerns/{one.id}")
    assert "First words" in html
    assert "Second words" in html
    assert str(two.id) not in read(world, "/concerns?order=newest").replace("value=", "")
    assert world.client("penhale").get(f"/concerns/{two.id}").location.endswith(str(one.id))
    assert world.client("kaur").get(f"/concerns/{one.id}").status_code == 404, "it is about her now"
    assert does(world, two.id, "note", note="On the second").status_code == 303
    assert ("note", "On the second") in notes(world, one.id)
    assert does(world, one.id, "join", join=str(two.id)).status_code == 409
    three = told(world, words="Third words")
    assert does(world, three.id, "join", join=str(two.id)).status_code == 303
    assert all(words in read(world, f"/concerns/{three.id}") for words in ("First", "Second", "Third"))
    answer = does(world, three.id, "answer", of=str(two.id), answer="Thank you, Nadia")
    assert answer.status_code == 303
    assert "Thank you, Nadia" in read(world, "/worried/mine", "nadia")
    assert "Thank you, Nadia" not in read(world, "/worried/mine", "maya")


def test_others_about_the_same_people_stand_beside_it(world: World) -> None:
    one = told(world, item=str(world.entry("snail-hotel")))
    two = told(world, "adeyemi", words="Maya was sad", person=str(world.member("maya")))
    assert f"/concerns/{one.id}" in read(world, f"/concerns/{two.id}")


def test_the_list_is_narrowed(world_on_both: World) -> None:
    world = world_on_both
    pupil = told(world, "adeyemi", words="A pupil", person=str(world.member("kofi")))
    staff = told(world, "nadia", words="A teacher", person=str(world.member("doyle")))
    free = told(world, "maya", words="Nobody")

    def listed(query: str) -> set[UUID]:
        html = read(world, f"/concerns?order=newest&{query}")
        return {one.id for one in (pupil, staff, free) if str(one.id) in html}

    assert listed("") == {pupil.id, staff.id, free.id}
    assert listed("about=pupil") == {pupil.id}
    assert listed("about=staff") == {staff.id}
    assert listed("by=family") == {staff.id}
    assert listed("by=pupil") == {free.id}
    assert listed("by=street") == set()
    assert listed(f"group={world.group('kingfishers')}") == {pupil.id, free.id}
    assert listed(f"group={world.group('wrens')}") == set()
    for raw in ("tab=x&about=y&by=z&group=w&order=v", "before=\x00", "before=" + "9" * 41, "before=" + "x" * 41):
        assert world.client("penhale").get(f"/concerns?{raw}").status_code == 200
    oldest = read(world, "/concerns?order=oldest")
    assert oldest.index(str(pupil.id)) < oldest.index(str(free.id))


def test_a_teller_who_left_cannot_be_answered(world: World) -> None:
    concern = told(world, "nadia", words="Help")
    with world.session() as session:
        left = update(Membership).where(Membership.id == world.member("nadia"))
        session.execute(left.values(ended_at=clock.now()))
        session.commit()
    assert "has left the school" in read(world, f"/concerns/{concern.id}")
    assert does(world, concern.id, "answer", of=str(concern.id), answer="Hello").status_code == 404
    assert does(world, concern.id, "note", note="Ring her").status_code == 303


def test_two_leads_at_once(world_on_both: World) -> None:
    """A step done twice, a case closed twice: the first one counts, and the other is told."""
    world = world_on_both
    add_hat(world, "lowe", Role.LEAD)
    concern = told(world)
    with world.acting("penhale", "lead") as (one, me), world.acting("lowe", "lead") as (other, them):
        step = add_step(one, me, concern.id, StepInput("Ring"))
        one.commit()
        finish_step(one, me, concern.id, step.id)
        one.commit()
        finish_step(other, them, concern.id, step.id)
        write_note(other, them, concern.id, "Mine")
        other.commit()
        move(one, me, concern.id, CaseState.CLOSED, "Done")
    assert does(world, concern.id, "move", "lowe", "lead", state="closed", reason="Too").status_code == 409
    kinds = [kind for kind, _ in notes(world, concern.id)]
    assert kinds == [NoteKind.STEP, NoteKind.STEP_DONE, NoteKind.NOTE, NoteKind.CLOSED]


def test_every_act_is_on_record_without_a_word(world: World) -> None:
    concern = told(world, words="SECRET words", item=str(world.entry("snail-hotel")))
    with world.acting("penhale", "lead") as (session, me):
        read_worry(session, me, concern.id)
    for do, data in (
        ("note", {"note": "SECRET note"}),
        ("step", {"step": "SECRET step"}),
        ("hold", {"hold_reason": "SECRET reason"}),
        ("answer", {"of": str(concern.id), "answer": "SECRET answer"}),
        ("move", {"state": "closed", "reason": "SECRET reason"}),
    ):
        assert does(world, concern.id, do, **data).status_code == 303
    world.client("penhale").get(f"/concerns/{concern.id}/paper")
    world.client("penhale").post(f"/concerns/{concern.id}/file")
    with world.session() as session:
        rows = session.scalars(select(Trail).where(Trail.id > concern.id)).all()
    acts = {one.act for one in rows}
    wanted = {"tell_worry", "read_worry", "note_worry", "add_step", "put_hold", "answer_worry", "move_worry"}
    assert acts >= wanted | {"print_worry", "export_worry"}
    assert "SECRET" not in str([one.details for one in rows])


def test_few_queries(world_on_both: World) -> None:
    world = world_on_both
    concern = told(world, item=str(world.entry("snail-hotel")), person=str(world.member("oscar")))
    for number in range(4):
        does(world, concern.id, "note", note=f"Note {number}")
        does(world, concern.id, "step", step=f"Step {number}")
        told(world, "adeyemi", words="Again", person=str(world.member("maya")))
    browser = world.client("penhale")
    for path in (f"/concerns/{concern.id}", "/concerns", "/concerns/times", "/holds"):
        browser.get(path)
        with world.counting() as seen:
            assert browser.get(path).status_code == 200
        assert len(seen) <= 8, (path, len(seen), seen)


def test_what_was_opened_for_it_stands_in_its_course(world: World) -> None:
    """On the page with a way to it, on paper, and in the file; not for a second, who reads of no opening."""
    concern = told(world)
    lead = world.client("penhale", "lead")
    why = "She told her teacher that she does not sleep at home on Fridays."
    form = {"what": "all", "reason": why, "minutes": "15", "tell": "yes", "concern": str(concern.id)}
    sent = lead.post(f"/break-glass?pupil={world.member('maya')}&concern={concern.id}", form)
    assert sent.status_code == 303
    grant = sent.headers["Location"].rsplit("/", 1)[1]
    opened, closed = "Mr Penhale opened what Maya had not shared.", "What Mr Penhale had opened was closed again."
    page = read(world, f"/concerns/{concern.id}")
    assert f'<a href="/opened/{grant}/record">{opened}</a>' in page
    assert why in page
    assert closed not in page
    lead.post(f"/opened/{grant}/close")
    for path in ("", "/paper"):
        page = read(world, f"/concerns/{concern.id}{path}")
        assert page.index(opened) < page.index(closed)
    saved = lead.post(f"/concerns/{concern.id}/file")
    with zipfile.ZipFile(BytesIO(saved.get_data())) as archive:
        course = json.loads(archive.read("concern.json"))["course"]
    assert [one["what"] for one in course if "unshared" in one["what"]] == ["open_unshared", "close_unshared"]
    name_second(world, world.member("doyle"))
    assert opened not in read(world, f"/concerns/{concern.id}", "doyle")


def test_beside_the_next_step_stands_who_does_it(world: World) -> None:
    concern = told(world)
    read(world, f"/concerns/{concern.id}")
    assert does(world, concern.id, "take", assigned=str(world.member("penhale", "lead"))).status_code == 303

    def beside() -> str:
        return (
            read(world, "/concerns?order=newest")
            .split(str(concern.id))[1]
            .split('class="case__due"')[1]
            .split("</li>")[0]
        )

    assert "Mr Penhale" in beside()
    assert does(world, concern.id, "step", step="Ring home", who=str(world.member("doyle"))).status_code == 303
    assert "Ring home" in beside()
    assert "Mrs Doyle" in beside()
    assert "Mr Penhale" not in beside()
    page = read(world, f"/concerns/{concern.id}")
    assert "1 step is not done yet. It stays as it is." in page, "said before it is closed"
