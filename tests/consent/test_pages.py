"""The pages: a carer, a pupil of age, the office's table and what came on paper, the queue, the composer."""

import csv
import io
import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from journal import records as r
from journal.words import Answer, Purpose, Role, SaidHow
from tests.consent.saying import gets, names, photo_of, says
from tests.fixtures.pictures import jpeg
from tests.world import World


def text(world: World, who: str, path: str, role: str = "") -> str:
    """A page as somebody gets it."""
    answer = world.client(who, role).get(path)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def test_what_waits_shows_who_has_no_yes_and_the_words_go_up_alone(world: World) -> None:
    entry, photo = world.entry("stick-bridge"), photo_of(world, "stick-bridge")
    page = text(world, "adeyemi", f"/to-read?item={entry}", "teacher")
    assert "Picture 1 stays behind for now" in page
    assert ">Noah<" in page
    assert gets(world, "adeyemi", photo, "teacher") == {200}
    with world.session() as session:
        revision = session.scalars(select(r.Waiting.revision_id).where(r.Waiting.item_id == entry)).first()
    browser = world.client("adeyemi", "teacher")
    done = browser.post(f"/to-read/{entry}", {"revision": str(revision), "decision": "let_through"})
    assert done.status_code == 302 or done.status_code == 303
    assert "bridge" in text(world, "maya", f"/entries/{entry}").lower()
    assert gets(world, "maya", photo) == {404}
    own = text(world, "femi", f"/photos/{photo}/who")
    assert "Some families like faces kept at home" in own
    assert "No answer" not in own


def test_a_yes_that_is_taken_back_while_the_queue_is_open(world: World) -> None:
    photo = photo_of(world, "swim-badge")
    entry = world.entry("swim-badge")
    assert "stays behind" not in text(world, "adeyemi", f"/to-read?item={entry}", "teacher")
    says(world, "g-tennant", "ruby", Answer.NO)
    with world.session() as session:
        revision = session.scalars(select(r.Waiting.revision_id).where(r.Waiting.item_id == entry)).first()
    world.client("adeyemi", "teacher").post(f"/to-read/{entry}", {"revision": str(revision), "decision": "let_through"})
    assert gets(world, "maya", photo) == {404}


def test_each_time_is_asked_for_each_picture(world: World) -> None:
    photo = photo_of(world, "bank-tent")  # Imani's own, for her class and her family
    names(world, "imani", photo, "imani")
    assert gets(world, "maya", photo) == {404}
    carer = world.client("d-clarke", "relative")
    assert str(photo) in carer.get("/pictures-of-us").get_data(as_text=True)
    said = {"pupil": str(world.member("imani")), "photo": str(photo), "answer": "yes"}
    assert carer.post("/pictures-of-us", said).status_code == 303
    assert gets(world, "maya", photo) == {200}
    assert carer.post("/pictures-of-us", {**said, "answer": "no"}).status_code == 303
    assert gets(world, "maya", photo) == {404}
    assert carer.post("/pictures-of-us", {**said, "photo": str(photo_of(world, "robin"))}).status_code == 404


def test_a_moderator_writes_down_a_yes_to_one_picture_for_who_wants_to_be_asked(world: World) -> None:
    photo, imani = photo_of(world, "stick-bridge"), world.member("imani")
    names(world, "adeyemi", photo, "imani", role="teacher")
    assert "Dad of Imani said yes" in text(world, "adeyemi", f"/photos/{photo}/who", "teacher")
    said = {"asked": str(imani), "carer": str(world.member("d-clarke"))}
    teacher = world.client("adeyemi", "teacher")
    assert teacher.post(f"/photos/{photo}/who", {**said, "carer": str(world.member("nadia"))}).status_code == 404
    assert teacher.post(f"/photos/{photo}/who", said).status_code == 303
    assert "Imani said yes" not in text(world, "adeyemi", f"/photos/{photo}/who", "teacher")
    with world.session() as session:
        about = select(r.Consent).where(r.Consent.about_id == photo, r.Consent.pupil_id == imani)
        assert [row.how for row in session.scalars(about)] == [SaidHow.PAPER]


def test_only_a_carer_of_the_child_says_it(world: World) -> None:
    noah = {"pupil": str(world.member("noah")), "class_journal": "yes"}
    for who in ("nadia", "joe"):
        assert world.client(who, "relative").post("/pictures-of-us", noah).status_code == 404
    maya = {"pupil": str(world.member("maya")), "class_journal": "no"}
    assert world.client("joe", "relative").post("/pictures-of-us", maya).status_code == 404
    bad = {"pupil": str(world.member("maya")), "class_journal": "perhaps"}
    assert world.client("nadia", "relative").post("/pictures-of-us", bad).status_code == 400
    assert world.client("nadia", "relative").post("/pictures-of-us", {"pupil": "x"}).status_code == 400


def test_parents_apart_see_what_holds_and_not_what_the_other_said(world: World) -> None:
    page = text(world, "b-fenn", "/pictures-of-us", "relative")
    assert "something stricter" in page
    assert "Papa Nick" not in page
    assert "Papa Nick" in text(world, "leo", "/pictures-of-us")


def test_history_is_kept_and_never_changed(world: World) -> None:
    says(world, "nadia", "maya", Answer.NO)
    says(world, "nadia", "maya", Answer.NO)
    says(world, "nadia", "maya", Answer.YES)
    with world.session() as session:
        rows = session.scalars(
            select(r.Consent)
            .where(r.Consent.pupil_id == world.member("maya"), r.Consent.purpose == Purpose.CLASS_JOURNAL)
            .order_by(r.Consent.number)
        ).all()
        assert [row.answer for row in rows] == [Answer.YES, Answer.WITHDRAWN, Answer.YES]
        assert {row.how for row in rows} == {SaidHow.ONLINE}
        assert {row.wording for row in rows} == {1}
        with pytest.raises(DatabaseError):
            session.execute(update(r.Consent).values(answer=Answer.YES))
    assert "Not any more" in text(world, "nadia", "/pictures-of-us", "relative")


def test_a_pupil_has_a_say_from_the_schools_age_on(world: World) -> None:
    photo = photo_of(world, "bramble-bread")
    names(world, "adeyemi", photo, "aisha", role="teacher")
    assert gets(world, "maya", photo) == {200}
    assert "What you say" in text(world, "aisha", "/pictures-of-us")
    assert world.client("aisha").post("/pictures-of-us", {"class_journal": "no"}).status_code == 303
    assert gets(world, "maya", photo) == {404}
    assert "What you say" not in text(world, "noah", "/pictures-of-us")
    assert world.client("noah").post("/pictures-of-us", {"class_journal": "yes"}).status_code == 404
    # Said is said: the school asks older pupils alone from now on, and hers is still a no.
    assert world.client("bright", "office").post("/people/consent", {"age": "14"}).status_code == 303
    assert gets(world, "maya", photo) == {404}
    assert world.client("bright", "office").post("/people/consent", {"age": "99"}).status_code == 400


def test_the_office_sees_names_and_answers_and_takes_them_home(world: World) -> None:
    group = world.group("kingfishers")
    page = text(world, "bright", f"/people/consent?group={group}")
    assert "Aisha" in page
    assert "No answer yet" in page
    assert "Noah" in text(world, "bright", f"/people/consent?group={group}&only=no")
    assert ">Noah<" not in text(world, "bright", f"/people/consent?group={group}&only=open")
    body = world.client("bright", "office").get(f"/people/consent.csv?group={group}").get_data(as_text=True)
    lines = list(csv.reader(io.StringIO(body.lstrip("\ufeff"))))
    noah = next(line for line in lines if line[0] == "Noah")
    assert noah[1:4] == ["No", "No", "No"]
    assert "Sue" in noah[4]
    with world.session() as session:
        taken = session.scalars(select(r.Trail).where(r.Trail.act == "take_consents")).all()
    assert [(row.membership_id, row.subject_id) for row in taken] == [(world.member("bright"), group)]
    office = world.client("bright")
    with world.counting() as seen:
        assert office.get(f"/people/consent?group={group}").status_code == 200
    assert len(seen) <= 8
    assert world.client("bright", "office").get(f"/photos/{photo_of(world, 'onam')}/who").status_code == 404


def test_many_answers_on_paper_at_once_all_or_nothing(world: World) -> None:
    group, noah, oscar = world.group("kingfishers"), world.member("noah"), world.member("oscar")
    office = world.client("bright", "office")
    mine = {"group": str(group), "said_on": "2026-11-20", "wording": "1", "all-class_journal": "yes"}
    sent = {**mine, "pupil": [str(noah), str(oscar)], f"who-{noah}": str(world.member("s-aldous"))}
    wrong = office.post("/people/consent/paper", sent)
    assert wrong.status_code == 400
    page = wrong.get_data(as_text=True)
    assert "Oscar: choose who said it" in page
    assert "2026-11-20" in page
    photo = photo_of(world, "bramble-bread")
    names(world, "adeyemi", photo, "noah", "oscar", role="teacher")
    assert gets(world, "maya", photo) == {404}
    right = {**sent, f"who-{oscar}": "somebody", f"name-{oscar}": "Foster carer"}
    assert office.post("/people/consent/paper", right).status_code == 303
    assert gets(world, "maya", photo) == {200}
    assert "Foster carer" in text(world, "bright", f"/people/consent?group={group}")
    aside = {**mine, f"who-{oscar}": "somebody", f"name-{oscar}": "foster CARER", f"class_journal-{oscar}": "set_aside"}
    assert office.post("/people/consent/paper", aside).status_code == 303
    assert gets(world, "maya", photo) == {404}


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"said_on": "tomorrow"},
        {"said_on": "2199-01-01", "all-class_journal": "yes"},
        {"said_on": "2026-11-20", "wording": "77"},
        {"said_on": "2026-11-20", "wording": "-1"},
        {"said_on": "2026-11-20", "all-class_journal": "withdrawn"},
        {"said_on": "2026-11-20", "born": "then"},
        {"said_on": "2026-11-20", "page": "400"},
    ],
)
def test_paper_that_cannot_be_read_keeps_what_was_typed(world: World, sent: dict[str, str]) -> None:
    noah = world.member("noah")
    line = {f"who-{noah}": str(world.member("s-aldous")), f"born-{noah}": sent.get("born", "")}
    sent = {"group": str(world.group("kingfishers")), "pupil": str(noah), **line, **sent}
    answer = world.client("bright", "office").post("/people/consent/paper", sent)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert 'role="alert"' in page
    marked = 'aria-describedby="f-said_on-wrong" aria-invalid="true"' in page
    assert marked is (sent.get("said_on") != "2026-11-20")


def test_a_pupil_names_people_while_making_something_and_adds_only_once_it_is_handed_in(world: World) -> None:
    photo = photo_of(world, "goal-keeper")
    names(world, "femi", photo, "kofi", "ellie")
    names(world, "femi", photo, "harjit")
    with world.session() as session:
        named = set(session.scalars(select(r.Tagged.pupil_id).where(r.Tagged.attachment_id == photo)))
    assert named == {world.member(one) for one in ("kofi", "ellie", "harjit")}
    assert world.client("femi").post(f"/photos/{photo}/who", {"pupil": str(uuid4())}).status_code == 400
    assert world.client("femi").post(f"/photos/{photo}/who", {"pupil": "Kofi"}).status_code == 400


def test_nobody_else_names_people_and_nobody_is_told(world: World) -> None:
    photo = photo_of(world, "goal-keeper")
    for who, role in (("maya", ""), ("grant", "teacher"), ("penhale", "lead")):
        assert world.client(who, role).get(f"/photos/{photo}/who").status_code == 404
    before = _notices(world)
    names(world, "femi", photo, "kofi")
    assert _notices(world) == before
    with world.acting("kofi") as (session, _):
        assert session.scalars(select(r.Tagged)).all() == []


def _notices(world: World) -> int:
    with world.session() as session:
        return len(session.scalars(select(r.Notice)).all())


def test_a_relative_of_the_child_names_nobody(world: World) -> None:
    photo = photo_of(world, "goal-keeper")
    with world.session() as session:
        school = session.scalars(select(r.Membership.school_id).where(r.Membership.id == world.member("femi"))).one()
        as_family = world.member("adeyemi", Role.RELATIVE)
        session.add(
            r.FamilyLink(school_id=school, relative_id=as_family, pupil_id=world.member("femi"), known_as="Uncle")
        )
        session.commit()
    assert world.client("adeyemi", "teacher").get(f"/photos/{photo}/who").status_code == 404


def test_a_name_that_another_has_set_meanwhile_is_not_taken_away_by_an_older_page(world: World) -> None:
    photo = photo_of(world, "stick-bridge")
    first = world.client("adeyemi", "teacher")
    page = first.get(f"/photos/{photo}/who").get_data(as_text=True)
    before = re.search(r'name="before" value="([^"]*)"', page)
    assert before is not None
    named = before[1].split()
    assert str(world.member("noah")) in named
    names(world, "adeyemi", photo, "noah", "leo", role="teacher")
    kept = [*(one for one in named if one != str(world.member("noah"))), str(world.member("aisha"))]
    assert first.post(f"/photos/{photo}/who", {"pupil": kept, "before": before[1]}).status_code == 303
    with world.session() as session:
        there = session.scalars(select(r.Tagged.pupil_id).where(r.Tagged.attachment_id == photo)).all()
    assert {str(one) for one in there} == {*kept, str(world.member("leo"))}, "somebody else named Leo meanwhile"


def test_after_naming_a_child_is_back_at_what_they_are_making(world: World) -> None:
    maya = world.client("maya")
    entry = maya.post("/make").headers["Location"].split("/")[2]
    maya.post(f"/entries/{entry}/photos", {"photo": (io.BytesIO(jpeg()), "a.jpg")})
    with world.session() as session:
        photo = session.scalars(select(r.Attachment.id).where(r.Attachment.item_id == UUID(entry))).one()
    answer = maya.post(f"/photos/{photo}/who", {"pupil": str(world.member("oscar"))})
    assert (answer.status_code, answer.location) == (303, f"/entries/{entry}/edit#pictures")
    assert "Kept. Nobody was told." in maya.get(answer.location).get_data(as_text=True)
