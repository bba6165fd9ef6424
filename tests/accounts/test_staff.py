"""Staff join, move and leave without a technician; who gives what to whom; and what each of them sees."""

import re
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from journal.clock import at, now
from journal.demo.content import cast
from journal.moderation.waiting import queue
from journal.records import (
    Credential,
    ExportRight,
    FamilyLink,
    Invitation,
    Membership,
    School,
    SignIn,
    Teaching,
    Trail,
    Waiting,
)
from journal.words import STAFF, Role
from tests.accounts.conftest import Door, numbers_of
from tests.accounts.test_second import set_up, without_app
from tests.services import Mailbox
from tests.world import Browser, Template, World, copy_of

LINK = re.compile(r"https?://\S+(/invitation/\S+)")
NEW = "seven tangerine lamps under Orkney"


@pytest.fixture
def posted(demo_template: Template, tmp_path, mailbox: Mailbox):  # type: ignore[no-untyped-def]
    """A school that sends letters."""
    post = {"smtp_host": mailbox.host, "smtp_port": mailbox.port, "smtp_starttls": False}
    world = copy_of(demo_template, tmp_path, **post)
    yield world
    world.engine.dispose()


def staff_page(member: UUID) -> str:
    return f"/people/staff/{member}"


def add(office: Browser, world: World, email: str = "new@larkfield.example", role: str = "teacher") -> UUID:
    """Add somebody through the form; their membership."""
    sent = {"name": "Mr Ness", "email": email, "role": role, "groups": str(world.group("wrens"))}
    answer = office.post("/people/staff/new", sent)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return UUID(answer.location.rsplit("/", 1)[1])


def link_in(world: World, mailbox: Mailbox) -> str:
    """The link in the newest letter."""
    world.work()
    found = LINK.search(mailbox.wait_for(1)[-1].get_content())
    assert found
    return found.group(1)


def test_joining_a_letter_a_password_an_app_and_the_class_is_there(posted: World, mailbox: Mailbox) -> None:
    office, door = posted.client("bright"), Door(posted, posted.client())
    member = add(office, posted)
    assert "Letter on its way" in office.get(staff_page(member)).get_data(as_text=True)
    address = link_in(posted, mailbox)
    assert "Letter sent" in office.get("/people/staff").get_data(as_text=True)
    page = door.at.get(address).get_data(as_text=True)
    assert "Welcome, Mr Ness" in page
    assert "Larkfield Primary" in page
    assert door.at.get(address).status_code == 200, "looking uses nothing up: mail programs look too"
    short = door.at.post(address, {"password": "short", "again": "short"})
    assert short.status_code == 400
    about = door.at.post(address, {"password": "new@larkfield.example", "again": "new@larkfield.example"})
    assert about.status_code == 400
    assert door.at.post(address, {"password": NEW, "again": NEW}).location == "/"
    assert door.at.get("/").location == "/second-step", "half a session is none"
    assert door.at.get("/shared-with-me").location.startswith("/second-step")
    set_up(door)
    assert door.at.get("/").location == "/today"
    assert door.at.get(f"/classes/{posted.group('wrens')}").status_code == 200
    assert door.at.get(f"/classes/{posted.group('kingfishers')}").status_code in (200, 404)
    assert "Ready" in office.get(staff_page(member)).get_data(as_text=True)
    other = door.another()
    used = other.at.post(address, {"password": NEW, "again": NEW})
    assert used.status_code == 400
    assert "used or is too old" in used.get_data(as_text=True)


def test_until_the_link_is_used_nothing_is_there_for_them(posted: World, mailbox: Mailbox) -> None:
    office = posted.client("bright")
    member = add(office, posted)
    with posted.session() as session:
        hat = session.scalars(select(Membership).where(Membership.id == member)).one()
        assert hat.ended_at is not None
    assert "Mr Ness" not in posted.client("sami").get("/make").get_data(as_text=True)
    address = link_in(posted, mailbox)
    with at(now() + timedelta(days=7, minutes=1)):
        assert posted.client().get(address).status_code == 400
        assert "The letter is too old" in office_again(posted).get(staff_page(member)).get_data(as_text=True)


def test_whoever_follows_the_link_the_moment_it_comes_is_welcome(posted: World, mailbox: Mailbox) -> None:
    add(posted.client("bright"), posted)
    newcomer, seen = posted.client(), []

    def follow(letter: EmailMessage) -> None:
        found = LINK.search(letter.get_content())
        seen.append(newcomer.get(found.group(1)).status_code if found else 0)

    with mailbox.read_by(follow):
        posted.work()
    assert seen == [200]


def test_while_a_letter_cannot_be_sent_it_is_on_its_way_and_not_sent(demo_template: Template, tmp_path) -> None:  # type: ignore[no-untyped-def]
    world = copy_of(demo_template, tmp_path, smtp_host="127.0.0.1", smtp_port=1, smtp_starttls=False)
    office = world.client("bright")
    member = add(office, world)
    world.work()
    assert "Letter on its way" in office.get(staff_page(member)).get_data(as_text=True)
    world.engine.dispose()


def office_again(world: World) -> Browser:
    return world.client("bright")


def test_another_letter_stops_the_first_and_taking_back_stops_both(posted: World, mailbox: Mailbox) -> None:
    office = posted.client("bright")
    member = add(office, posted)
    first = link_in(posted, mailbox)
    mailbox.clear()
    assert office.post(staff_page(member), {"do": "invite"}).status_code == 303
    second = link_in(posted, mailbox)
    assert posted.client().get(first).status_code == 400
    assert posted.client().get(second).status_code == 200
    office.post(staff_page(member), {"do": "disable"})
    page = office.get(staff_page(member)).get_data(as_text=True)
    assert "Taken back." in page
    assert "signed out everywhere" not in page, "nobody was in"
    assert posted.client().get(second).status_code == 400
    assert office.post(staff_page(member), {"do": "enable"}).status_code == 400, "who never came is invited again"


def test_a_parent_who_begins_to_work_here_types_the_password_they_have(posted: World, mailbox: Mailbox) -> None:
    nadia = next(one for one in cast().grownups if one.key == "nadia")
    office = posted.client("bright")
    member = add(office, posted, nadia.email)
    address = link_in(posted, mailbox)
    door = Door(posted, posted.client())
    assert "Type its password" in door.at.get(address).get_data(as_text=True)
    assert door.at.post(address, {"password": NEW, "again": NEW}).status_code == 400
    assert door.at.post(address, {"password": nadia.password}).status_code == 303
    set_up(door)
    assert "/hats" in door.at.get("/me").get_data(as_text=True)
    with posted.session() as session:
        assert session.scalar(select(Membership.ended_at).where(Membership.id == member)) is None


def test_the_office_learns_nothing_of_other_accounts(world: World) -> None:
    """Whether an address is known elsewhere is said to nobody: both answers are the same."""
    saltmarsh = next(one for one in cast().grownups if one.hats[0].school == "saltmarsh" and one.hats[0].role == "head")
    office = world.client("bright")
    known = office.post("/people/staff/new", {"name": "A", "email": saltmarsh.email, "role": "teacher"})
    unknown = office.post("/people/staff/new", {"name": "A", "email": "a@nowhere.example", "role": "teacher"})
    assert (known.status_code, unknown.status_code) == (303, 303)
    pages = [office.get(one.location).get_data(as_text=True) for one in (known, unknown)]
    assert all("Letter on its way" in one for one in pages)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Write the name"),
        ({"name": "  "}, "Write the name"),
        ({"name": "x" * 121}, "This is too long"),
        ({"email": ""}, "That is not an e-mail address"),
        ({"email": "nobody"}, "That is not an e-mail address"),
        ({"email": "a@b\r\nBcc: c@d.example"}, "That is not an e-mail address"),
        ({"email": "two@here.example,three@here.example"}, "That is not an e-mail address"),
        ({"email": "bright"}, ""),
        ({"role": "pupil"}, "We did not understand that"),
        ({"role": ""}, "We did not understand that"),
        ({"role": "head"}, "Only the head decides"),
        ({"role": "lead"}, "Only the head decides"),
        ({"email": "doyle"}, "works here already"),
    ],
)
def test_what_will_not_do_is_said_and_stays_as_typed(world: World, sent: dict[str, str], said: str) -> None:
    emails = {one.key: one.email for one in cast().grownups}
    typed = {"name": "Mr <b>Ness", "email": "n@larkfield.example", "role": "teacher", **sent}
    typed["email"] = emails.get(typed["email"], typed["email"])
    answer = world.client("bright").post("/people/staff/new", {**typed, "groups": ["not-an-id", str(uuid4())]})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert said in page
    if "name" not in sent:
        assert "Mr &lt;b&gt;Ness" in page
    with world.session() as session:
        assert session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_groups_of_other_schools_and_years_are_passed_over(world: World) -> None:
    office = world.client("bright")
    sent = {"name": "Mr Ness", "email": "n@larkfield.example", "role": "teacher"}
    groups = [str(world.group("terns")), str(world.group("wrens"))]
    answer = office.post("/people/staff/new", {**sent, "groups": groups})
    member = UUID(answer.location.rsplit("/", 1)[1])
    with world.session() as session:
        taught = session.scalars(select(Teaching.group_id).where(Teaching.teacher_id == member)).all()
    assert taught == [world.group("wrens")]


def test_moving_between_classes_acts_on_the_next_page(world: World) -> None:
    teacher, office = world.client("doyle"), world.client("bright")
    member = world.member("doyle")
    with world.session() as session:
        before = session.scalars(select(Teaching.group_id).where(Teaching.teacher_id == member)).all()
    assert teacher.get(f"/classes/{before[0]}").status_code == 200
    new = world.group("herons") if world.group("herons") not in before else world.group("wrens")
    sent = {"do": "keep", "name": "Mr Doyle", "role": "teacher", "groups": str(new)}
    assert office.post(staff_page(member), sent).status_code == 303
    assert teacher.get(f"/classes/{before[0]}").status_code == 404
    assert teacher.get(f"/classes/{new}").status_code == 200


def test_another_role_is_another_membership_worn_at_once(world_on_both: World) -> None:
    world = world_on_both
    teacher, office = world.client("doyle"), world.client("bright")
    member = world.member("doyle")
    answer = office.post(staff_page(member), {"do": "keep", "name": "Mr Doyle", "role": "office"})
    new = UUID(answer.location.rsplit("/", 1)[1])
    assert new != member
    assert teacher.get("/people/staff").status_code == 200
    assert teacher.get("/to-read").status_code == 404
    assert office.get("/people/staff").get_data(as_text=True).count(">Mr Doyle<") == 1
    with world.session() as session:
        ended = session.scalar(select(Membership.ended_at).where(Membership.id == member))
        teaches = session.scalars(select(Teaching).where(Teaching.teacher_id == member, Teaching.ended_at.is_(None)))
        assert ended is not None
        assert not teaches.all()


def test_leaving_ends_all_sessions_at_once_and_leaves_no_queue(world_on_both: World) -> None:
    world = world_on_both
    office, teacher, at_home = world.client("bright"), world.client("lowe"), world.client("lowe")
    half = world.client("lowe", proved=False)
    member, group = world.member("lowe"), world.group("wrens")
    with world.session() as session:
        assert session.scalar(select(func.count()).where(Waiting.group_id == group)), "something waits for her class"
        session.execute(update(Waiting).where(Waiting.group_id == group).values(late_at=None))  # late, it is the lead's
        session.commit()
    with world.acting("penhale") as (session, _):
        before = queue(session).total
    with world.session() as session:
        colleagues = session.scalars(
            select(Teaching.teacher_id).where(Teaching.group_id == group, Teaching.teacher_id != member)
        ).all()
    assert office.post(staff_page(member), {"do": "disable"}).status_code == 303
    for browser in (teacher, at_home, half):
        assert browser.get("/to-read").location.startswith("/sign-in?next="), "at the next page"
    with world.session() as session:
        assert not session.scalars(
            select(SignIn).join(Membership, Membership.person_id == SignIn.person_id)
            .where(Membership.id == member, SignIn.ended_at.is_(None))
        ).all()  # fmt: skip
    with world.acting("penhale") as (session, _):
        after = queue(session).total
    assert colleagues or after > before, "where no colleague teaches the class, the lead has it"
    door = Door(world, world.client())
    assert door.grown_up("lowe").status_code == 400, "her password opens nothing"


def test_a_lost_laptop_is_signed_out_and_its_owner_comes_in_again(world: World) -> None:
    office, lost = world.client("bright"), Door(world, world.client())
    lost.grown_up("lowe")
    lost.numbers("lowe", remember="yes")
    assert office.post(staff_page(world.member("lowe")), {"do": "sign-out"}).status_code == 303
    assert not lost.is_in()
    lost.grown_up("lowe")
    assert not lost.is_in(), "and is asked for the second step, whatever was ticked"


def test_coming_back_brings_the_classes_back(world: World) -> None:
    office, member = world.client("bright"), world.member("lowe")
    office.post(staff_page(member), {"do": "disable"})
    assert "Cannot come in" in office.get(staff_page(member)).get_data(as_text=True)
    assert office.post(staff_page(member), {"do": "enable"}).status_code == 303
    teacher = world.client("lowe")
    assert teacher.get(f"/classes/{world.group('wrens')}").status_code == 200


def test_what_is_over_keeps_the_role_it_had(world: World) -> None:
    office, member = world.client("bright"), world.member("doyle")
    office.post(staff_page(member), {"do": "disable"})
    sent = {"do": "keep", "name": "Mrs Doyle", "role": "office"}
    assert office.post(staff_page(member), sent).status_code == 400
    with world.session() as session:
        assert session.scalar(select(Membership.role).where(Membership.id == member)) is Role.TEACHER


def test_who_was_named_to_export_is_named_no_more_after_leaving(world: World) -> None:
    member = world.member("doyle")
    world.client("kaur").post("/portfolio/who-may", {"membership": str(member), "do": "name"})
    office = world.client("bright")
    office.post(staff_page(member), {"do": "disable"})
    office.post(staff_page(member), {"do": "enable"})
    with world.session() as session:
        right = session.scalars(select(ExportRight).where(ExportRight.membership_id == member)).one()
        assert right.ended_at is not None


def test_only_the_head_gives_the_head_and_the_lead(world: World) -> None:
    office, head, member = world.client("bright"), world.client("kaur"), world.member("doyle")
    for role in ("lead", "head"):
        sent = {"do": "keep", "name": "Mr Doyle", "role": role}
        refused = office.post(staff_page(member), sent)
        assert refused.status_code == 400
        assert "Only the head decides" in refused.get_data(as_text=True)
    demote = {"do": "keep", "name": "X", "role": "teacher"}
    assert office.post(staff_page(world.member("penhale")), demote).status_code == 400
    for browser, offered in ((office, False), (head, True)):
        for path in ("/people/staff/new", staff_page(world.member("lowe"))):
            page = browser.get(path).get_data(as_text=True)
            assert [f'value="{role}"' in page for role in ("head", "lead", "teacher")] == [offered, offered, True]
    assert 'value="lead"' in office.get(staff_page(world.member("penhale"))).get_data(as_text=True), "what he is"
    assert head.post(staff_page(member), {"do": "keep", "name": "Mr Doyle", "role": "lead"}).status_code == 303


def test_nobody_changes_themselves(world: World) -> None:
    office = world.client("bright")
    me = staff_page(world.member("bright"))
    assert "This is you" in office.get(me).get_data(as_text=True)
    for sent in ({"do": "keep", "name": "X", "role": "office"}, {"do": "disable"}, {"do": "let-in"}):
        answer = office.post(me, sent)
        assert answer.status_code == 400, sent
        assert "Ask a colleague" in answer.get_data(as_text=True)


def test_a_school_without_a_head_can_have_one_again(world: World) -> None:
    office = world.client("bright")
    office.post(staff_page(world.member("kaur")), {"do": "disable"})
    assert "Nobody has this part now: Head teacher" in office.get("/people/staff").get_data(as_text=True)
    sent = {"do": "keep", "name": "Mr Doyle", "role": "head"}
    assert office.post(staff_page(world.member("doyle")), sent).status_code == 303


def test_only_staff_of_this_school_have_such_a_page(world: World) -> None:
    office = world.client("bright")
    theirs = [world.member("maya"), world.member("nadia"), world.member("yara")]
    with world.session() as session:
        salt = select(Membership.id).where(Membership.role.in_(STAFF), Membership.school_id == select(
            School.id).where(School.name == "Saltmarsh School").scalar_subquery())  # fmt: skip
        theirs += session.scalars(salt.limit(1)).all()
    for member in theirs:
        assert office.get(staff_page(member)).status_code == 404
        assert office.post(staff_page(member), {"do": "disable"}).status_code == 404


def test_let_in_once_in_person_on_record(world: World) -> None:
    office, member = world.client("bright"), world.member("lowe")
    page = office.post(staff_page(member), {"do": "let-in"}).get_data(as_text=True)
    found = re.search(r'<code class="typed">([a-z0-9-]+)</code>', page)
    assert found
    assert "We show the code only now" in page
    door = Door(world, world.client())
    door.grown_up("lowe")
    answer = door.at.post("/second-step/code", {"code": found.group(1), "next": "/shared-with-me"})
    assert answer.location == "/second-step/set-up?next=/shared-with-me", "to set up another"
    set_up(door)
    again = door.another()
    again.grown_up("lowe")
    assert again.at.post("/second-step/code", {"code": found.group(1)}).status_code == 400
    with world.session() as session:
        acts = session.execute(select(Trail.act, Trail.membership_id, Trail.subject_id)).all()
    assert ("let_in_once", world.member("bright"), member) in [tuple(one) for one in acts]
    assert "second_office" in {one.act for one in acts}


def test_the_offices_code_is_old_after_ten_minutes(world: World) -> None:
    office, member = world.client("bright"), world.member("lowe")
    page = office.post(staff_page(member), {"do": "let-in"}).get_data(as_text=True)
    code = re.search(r'<code class="typed">([a-z0-9-]+)</code>', page).group(1)  # type: ignore[union-attr]
    with at(now() + timedelta(minutes=11)):
        door = Door(world, world.client())
        door.grown_up("lowe")
        assert door.at.post("/second-step/code", {"code": code}).status_code == 400


def test_letting_in_and_the_schools_choice_ask_the_office_for_the_step_again(world: World) -> None:
    office, member = world.client("bright"), world.member("lowe")
    with at(now() + timedelta(minutes=31)):
        asked = office.post(staff_page(member), {"do": "let-in"})
        assert asked.location == f"/second-step?next={staff_page(member)}"
        assert office.post("/people/staff", {"second_factor": "no"}).location == "/second-step?next=/people/staff"
        office.post("/second-step", {"numbers": numbers_of("bright"), "next": "/people/staff"})
        assert office.post("/people/staff", {"second_factor": "no"}).location == "/people/staff"
    with world.session() as session:
        chosen = session.execute(select(School.name, School.second_factor)).all()
        assert dict(tuple(one) for one in chosen) == {"Larkfield Primary": False, "Saltmarsh School": True}
        assert session.scalars(select(Trail.details).where(Trail.act == "want_second_factor")).all() == [
            {"wanted": False}
        ]


@pytest.mark.parametrize("sent", [{}, {"do": ""}, {"do": "fly"}, {"do": "keep"}, {"second_factor": "maybe"}])
def test_strange_forms_are_only_wrong(world: World, sent: dict[str, str]) -> None:
    office = world.client("bright")
    assert office.post(staff_page(world.member("doyle")), sent).status_code == 400
    assert office.post("/people/staff", sent).status_code == 400


def test_two_in_the_office_at_once(world: World) -> None:
    one, other, member = world.client("bright"), world.client("kaur"), world.member("doyle")
    sent = {"do": "keep", "name": "Mr Doyle", "role": "office"}
    assert one.post(staff_page(member), sent).status_code == 303
    assert other.post(staff_page(member), {"do": "disable"}).status_code == 303, "the old membership is over anyhow"
    assert other.post(staff_page(member), {"do": "let-in"}).status_code == 400


def test_pages_of_the_staff_ask_few_questions(world: World) -> None:
    office = world.client("bright")
    for path in ("/people/staff", "/people/staff/new", staff_page(world.member("doyle"))):
        with world.counting() as statements:
            assert office.get(path).status_code == 200
        assert len(statements) <= 8, path


# --- least privilege ------------------------------------------------------------------------------------------------


def test_the_office_reads_nothing_that_a_child_wrote(world: World) -> None:
    office = world.client("bright")
    with world.session() as session:
        from journal.records import Attachment, Entry

        entries = session.scalars(select(Entry.id)).all()
        photos = session.scalars(select(Attachment.id)).all()
    assert len(entries) > 20
    assert all(office.get(f"/entries/{one}").status_code == 404 for one in entries)
    assert all(office.get(f"/media/{one}/small").status_code == 404 for one in photos[:20])
    assert 'class="hits"' in world.client("nadia").get("/search?q=snail").get_data(as_text=True)
    assert 'class="hits"' not in office.get("/search?q=snail").get_data(as_text=True)


@pytest.mark.parametrize("who", ["adeyemi", "penhale", "nadia", "maya"])
def test_nobody_but_office_and_head_sees_contact_details(world: World, who: str) -> None:
    browser = world.client(who, "teacher" if who == "adeyemi" else "")
    with world.session() as session:
        person = select(Membership.person_id).where(Membership.id == world.member(who))
        emails = {
            one for one in session.scalars(select(Credential.email).where(Credential.person_id.not_in(person))) if one
        }
    pages = ["/me", "/signed-in", "/classes", "/shared-with-me", "/to-read", "/concerns", "/home", "/people",
             "/people/staff", f"/entries/{world.entry('snail-hotel')}", "/help", "/search?q=a"]  # fmt: skip
    for path in pages:
        text = browser.get(path, follow_redirects=True).get_data(as_text=True)
        assert not [one for one in emails if one in text], path


def test_separated_parents_and_all_families_have_no_address_on_the_offices_list_of_staff(world: World) -> None:
    page = world.client("bright").get("/people/staff").get_data(as_text=True)
    with world.session() as session:
        families = session.scalars(
            select(Credential.email)
            .join(Membership, Membership.person_id == Credential.person_id)
            .join(FamilyLink, FamilyLink.relative_id == Membership.id)
            .where(
                ~select(Membership.id)
                .where(Membership.person_id == Credential.person_id, Membership.role.in_(STAFF))
                .correlate(Credential)
                .exists()
            )
        ).all()
    assert families
    assert not [one for one in families if one and one in page]


def test_who_may_open_the_pages_of_the_staff(world: World) -> None:
    for who, status in (("kaur", 200), ("bright", 200), ("doyle", 404), ("penhale", 404), ("nadia", 404)):
        assert world.client(who).get("/people/staff").status_code == status, who
    assert Role.OFFICE in STAFF


def test_a_membership_that_waits_is_told_from_one_that_ended(world: World) -> None:
    without_app(Door(world, world.client()), "doyle")
    page = world.client("bright").get("/people/staff").get_data(as_text=True)
    assert "No second step yet" in page
    with world.session() as session:
        session.execute(update(Membership).where(Membership.id == world.member("doyle")).values(ended_at=now()))
        session.commit()
    assert "Who cannot come in any more" in world.client("bright").get("/people/staff").get_data(as_text=True)


@pytest.mark.parametrize("who", ["bright", "kaur"])
def test_that_somebody_looked_up_an_address_is_on_record(world: World, who: str) -> None:
    client, member = world.client(who), world.member("doyle")
    assert "@" in client.get("/people/staff").get_data(as_text=True)
    assert client.get(staff_page(member)).status_code == 200
    with world.session() as session:
        rows = session.scalars(select(Trail).where(Trail.act.in_(("see_contacts", "see_contact"))).order_by(Trail.id))
        found = [(row.act, row.subject_id, row.details) for row in rows if row.membership_id == world.member(who)]
    assert found == [("see_contacts", None, {}), ("see_contact", member, {})]
