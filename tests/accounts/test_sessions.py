"""Sessions: renewed at sign-in, dead after sign-out, and what was written when one ran out."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from journal.accounts import acts, reading
from journal.clock import now
from journal.demo.content import cast
from journal.records import KeptWriting, Membership, SignIn, Trail
from tests.accounts.conftest import Door


def run_out(door: Door) -> None:
    """Let all sessions run out, as if nobody had come for a day."""
    with door.world.session() as session:
        session.execute(update(SignIn).values(seen_at=now() - timedelta(days=1)))
        session.commit()


def test_signing_in_leaves_nothing_of_the_session_before(door: Door) -> None:
    door.class_code("PLUM-RIVER-62")
    with door.at.client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["locale"] = "ur"
        before = cookie["csrf_token"]
    door.grown_up("nadia")
    with door.at.client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "class" not in cookie
        assert cookie.get("csrf_token") != before
        assert cookie["locale"] == "ur"


def test_a_session_that_somebody_planted_is_not_the_one_signed_in_to(door: Door) -> None:
    attacker = door.another()
    attacker.grown_up("tom")
    planted = attacker.token()
    with door.at.client.session_transaction() as cookie:
        cookie["_user_id"] = planted
    nadia = next(one for one in cast().grownups if one.key == "nadia")
    door.at.post("/sign-in", {"email": nadia.email, "password": nadia.password})
    assert door.token() not in ("", planted)
    assert not attacker.is_in()  # what was planted here has ended


def test_after_sign_out_a_copied_cookie_is_dead_and_nothing_stays_in_the_browser(door: Door) -> None:
    door.pupil("maya")
    name = door.world.app.config["SESSION_COOKIE_NAME"]
    copied = door.at.client.get_cookie(name)
    assert copied is not None
    answer = door.at.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    page = door.at.get("/sign-in").get_data(as_text=True)
    assert "Your space is closed" in page
    assert "Maya" not in page
    assert not door.is_in()
    thief = door.another()
    thief.at.client.set_cookie(name, copied.value)
    assert not thief.is_in()
    assert thief.at.get("/my-space").status_code == 302


def test_a_session_ends_after_hours_without_a_visit_and_after_days_in_any_case(door: Door) -> None:
    door.grown_up("nadia")
    run_out(door)
    assert not door.is_in()
    door.grown_up("nadia")
    with door.world.session() as session:
        session.execute(update(SignIn).values(created_at=now() - timedelta(days=8)))
        session.commit()
    assert not door.is_in()


def test_what_was_sent_after_the_session_ran_out_waits_for_the_same_person(door: Door) -> None:
    door.pupil("maya")
    token = door.at.token()
    run_out(door)
    sent = {"csrf_token": token, "title": "Snails", "words": "They came \u202e at night"}
    answer = door.at.client.post("/make", data=sent)
    assert answer.location == "/sign-in?next=/make"
    assert "Your words are kept" in door.at.get(answer.location).get_data(as_text=True)
    door.pupil("maya", next="/make")
    with door.world.acting("maya") as (session, viewer):
        kept = reading.kept_for(session, viewer, "/make")
        assert kept == {"title": ["Snails"], "words": ["They came \u202e at night"]}
        assert reading.kept_for(session, viewer, "/elsewhere") is None


def test_what_was_kept_is_there_for_nobody_else(door: Door) -> None:
    door.pupil("maya")
    token = door.at.token()
    run_out(door)
    door.at.client.post("/make", data={"csrf_token": token, "title": "Snails"})
    door.pupil("oscar", next="/make")
    assert "Snails" not in door.at.get("/make").get_data(as_text=True)
    with door.world.acting("oscar") as (session, viewer):
        assert reading.kept_for(session, viewer, "/make") is None
        assert reading.all_kept(session, viewer) == []
        acts.drop_kept(session, viewer, "/make")
    with door.world.acting("maya") as (session, viewer):
        assert reading.kept_for(session, viewer, "/make") is not None


def test_home_says_once_where_writing_waits_and_not_when_it_has_arrived(door: Door) -> None:
    address = f"/entries/{door.world.entry('snail-hotel')}/say"
    door.grown_up("nadia")
    token = door.at.token()
    run_out(door)
    door.at.client.post(address, data={"csrf_token": token, "words": "What a hotel!"})
    door.grown_up("nadia")
    door.at.get("/")
    page = door.at.get("/me").get_data(as_text=True)
    assert f'href="{address}"' in page
    door.at.get("/")
    assert "It is kept" not in door.at.get("/me").get_data(as_text=True)
    with door.world.acting("nadia") as (session, viewer):
        acts.drop_kept(session, viewer, address)
        assert reading.all_kept(session, viewer) == []


def test_nothing_is_kept_after_sign_out_nor_of_buttons_nor_of_a_flood(door: Door) -> None:
    door.pupil("maya")
    cookie = door.at.client.get_cookie(door.world.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    token = door.at.token()
    door.at.post("/sign-out")
    door.at.client.set_cookie(cookie.key, cookie.value)
    door.at.client.post("/make", data={"csrf_token": token, "title": "after sign-out"})
    door.pupil("maya")
    token = door.at.token()
    run_out(door)
    door.at.client.post("/sign-out", data={"csrf_token": token, "extra": "words"})
    door.at.client.post("/make", data={"csrf_token": token, "title": "  "})
    door.at.client.post("/make", data={"csrf_token": token, "title": "x" * 200_001})
    for number in range(9):
        door.at.client.post(f"/entries/{UUID(int=number)}/edit", data={"csrf_token": token, "title": f"piece {number}"})
    with door.world.session() as session:
        titles = [kept.fields["title"] for kept in session.scalars(select(KeptWriting).order_by(KeptWriting.id))]
    assert titles == [[f"piece {number}"] for number in range(acts.KEPT_PIECES)]


def test_of_a_page_that_saves_itself_the_newest_words_are_kept(door: Door) -> None:
    address = f"/entries/{door.world.entry('snail-hotel')}"
    door.pupil("maya")
    token = door.at.token()
    run_out(door)
    for number in range(9):
        answer = door.at.client.post(f"{address}/save", data={"csrf_token": token, "title": f"piece {number}"})
        assert answer.status_code == 302
    with door.world.acting("maya") as (session, viewer):
        assert reading.kept_for(session, viewer, f"{address}/save") == {"title": ["piece 8"]}
        assert len(reading.all_kept(session, viewer)) == 1
    for way in ("edit", "save"):
        door.at.client.post(f"{address}/{way}", data={"csrf_token": token, "title": f"by {way}"})
        with door.world.acting("maya") as (session, viewer):
            newest = reading.kept_for(session, viewer, f"{address}/edit", f"{address}/save")
        assert newest == {"title": [f"by {way}"]}


def test_kept_writing_goes_after_a_week(door: Door) -> None:
    with door.world.session() as session:
        people = [person_of(door, key) for key in ("maya", "oscar")]
        for person in people:
            for days in (6, 8):
                at = now() - timedelta(days=days)
                session.add(KeptWriting(person_id=person, address=f"/{days}", fields={}, created_at=at))
        session.commit()
    door.pupil("maya")
    with door.world.session() as session:
        left = session.execute(select(KeptWriting.person_id, KeptWriting.address)).all()
    assert sorted(address for person, address in left if person == people[0]) == ["/6"]
    assert sorted(address for person, address in left if person == people[1]) == ["/6", "/8"]


def person_of(door: Door, key: str) -> UUID:
    """The account of somebody."""
    with door.world.session() as session:
        return session.scalars(select(Membership.person_id).where(Membership.id == door.world.member(key))).one()


def test_who_has_several_hats_chooses_one_and_can_change(door: Door) -> None:
    answer = door.grown_up("adeyemi", next="/classes")
    assert answer.location == "/hats?next=/classes"
    assert door.numbers("adeyemi", next=answer.location).location == answer.location
    assert door.at.get("/to-read").location == "/hats"
    assert door.at.get("/").location == "/hats"
    assert door.at.get("/me").location == "/hats"
    page = door.at.get(answer.location).get_data(as_text=True)
    teacher, parent = (door.world.member("adeyemi", role) for role in ("teacher", "relative"))
    assert f'value="{teacher}"' in page
    assert f'value="{parent}"' in page
    before = door.token()
    chosen = door.at.post("/hats", {"hat": str(teacher), "next": "/classes"}, token_from="/hats")
    assert (chosen.status_code, chosen.location) == (303, "/classes")
    assert door.token() != before
    assert door.at.get("/").location == "/today"
    assert 'href="/hats"' in door.at.get("/me").get_data(as_text=True)
    door.at.post("/hats", {"hat": str(parent)}, token_from="/hats")
    assert door.at.get("/").location == "/home"
    assert door.at.get("/to-read").status_code == 404
    with door.world.session() as session:
        worn = session.scalars(select(Trail.membership_id).where(Trail.act == "wear_hat").order_by(Trail.id)).all()
    assert worn == [teacher, parent]


def test_the_token_before_a_change_of_hat_is_dead_and_the_session_gets_no_older(door: Door) -> None:
    door.staff("adeyemi")
    name = door.world.app.config["SESSION_COOKIE_NAME"]
    before = door.at.client.get_cookie(name)
    assert before is not None
    door.at.post("/hats", {"hat": str(door.world.member("adeyemi", "teacher"))}, token_from="/hats")
    thief = door.another()
    thief.at.client.set_cookie(name, before.value)
    assert not thief.is_in()
    with door.world.session() as session:
        assert len(session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all()) == 1


def test_hats_of_others_hats_that_ended_and_no_hats_are_not_there(door: Door) -> None:
    door.staff("adeyemi")
    others = door.world.member("nadia")
    assert door.at.post("/hats", {"hat": str(others)}, token_from="/hats").status_code == 404
    assert door.at.post("/hats", {"hat": "teacher"}, token_from="/hats").status_code == 400
    assert door.at.post("/hats", token_from="/hats").status_code == 400
    ended = door.world.member("adeyemi", "teacher")
    with door.world.session() as session:
        session.execute(update(Membership).where(Membership.id == ended).values(ended_at=now()))
        session.commit()
    assert str(ended) not in door.at.get("/hats").get_data(as_text=True)
    assert door.at.post("/hats", {"hat": str(ended)}, token_from="/hats").status_code == 404
    assert door.another().grown_up("adeyemi").location == "/"  # one hat is left, so there is nothing to choose


def test_everybody_comes_in_with_what_the_demo_prints(door: Door) -> None:
    for one in cast().grownups[:6]:
        assert door.another().typed(one.email, one.password).status_code == 303
