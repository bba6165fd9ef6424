"""The record as the lead and the head read it: what stands on it, for whom, and that reading is on it."""

import ast
import csv
import re
from io import StringIO
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

import journal
from journal.actkinds import ACTS, KIND_OF, Kind
from journal.record.sealing import seal_all
from journal.record.views.words import SENTENCES
from journal.record.work import check_now
from journal.records import Concern, ConcernAbout, ConcernCase, Membership, School, Trail
from journal.trail import network_of, record
from journal.words import About, AnswerKind, Key, Verdict
from tests.record.tampering import add_lines, numbered, sealed, unprotected
from tests.world import World

CALLS = {"record": 2, "sight": 2, "note": 2, "write": 3, "note_as_staff": 2}
"""What writes a line, and which argument names the act."""
BUILT = {
    "decision.verdict": {one.value for one in Verdict},
    "f'second_{by}'": {f"second_{one}" for one in Key},
    "f'note_{kind}'": {f"note_{one}" for one in AnswerKind},
    "act": set(),
    "what": set(),
}
"""Acts that are named by a value: those that it can have. (Those that hand an act on have been called with one.)"""


def acts_in_code() -> set[str]:
    """Every act that the house's code records."""
    found: set[str] = set()
    for path in Path(journal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            place = CALLS.get(getattr(node.func, "attr", getattr(node.func, "id", "")))
            if place is None or len(node.args) <= place:
                continue
            found |= named(node.args[place])
    return found


def named(word: ast.expr) -> set[str]:
    """The acts that an argument can be."""
    if isinstance(word, ast.Constant):
        return {str(word.value)}
    if isinstance(word, ast.IfExp):
        return named(word.body) | named(word.orelse)
    return BUILT[ast.unparse(word)]


def test_every_act_has_a_kind_and_a_sentence(world: World) -> None:
    from_code = acts_in_code()
    assert {"sign_in", "hand_in", "let_through", "read_worry", "tell_worry", "read_record"} <= from_code
    assert from_code - set(SENTENCES) == set()
    assert set(KIND_OF) - set(SENTENCES) == set()
    assert from_code - set(KIND_OF) == {"begin", "set_doors", "withdraw", "throw_away"}
    assert sum(map(len, ACTS.values())) == len(KIND_OF)
    with world.session() as session:
        there = set(session.scalars(select(Trail.act).distinct()))
    assert there - set(SENTENCES) == set()


@pytest.mark.parametrize("word", ["I feel sad", "Maya", "a\nb", "", "ünïcode", "x" * 65])
def test_words_do_not_come_into_the_record(world: World, word: str) -> None:
    with world.acting("maya") as (session, viewer), pytest.raises(ValueError, match="words have no place"):
        record(session, viewer, "say", viewer.membership, words=word)


def test_all_details_of_the_demo_are_ids_kinds_and_numbers(world: World) -> None:
    with world.session() as session:
        values = {type(value) for row in session.scalars(select(Trail.details)) for value in row.values()}
        texts = [value for row in session.scalars(select(Trail.details)) for value in row.values()]
    assert values <= {int, str, bool}
    assert [one for one in texts if isinstance(one, str) and " " in one] == []


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("not an address", ""),
        (None, ""),
    ],
)
def test_from_where_is_a_network_and_no_home(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_the_lead_reads_it_and_that_is_on_it(world: World) -> None:
    sealed(world)
    page = world.client("penhale", "lead").get("/record").get_data(as_text=True)
    assert "Wrote back" in page
    assert "Maya" in page
    with world.session() as session:
        last = session.scalars(select(Trail).order_by(Trail.id.desc()).limit(1)).one()
    assert (last.act, last.membership_id) == ("read_record", world.member("penhale", "lead"))
    assert last.place == "127.0.0.0/24"
    assert "Read the record" in world.client("kaur", "head").get("/record").get_data(as_text=True)


def test_nobody_else_reads_it(world: World) -> None:
    for who, role in (("maya", "pupil"), ("nadia", "relative"), ("adeyemi", "teacher"), ("bright", "office")):
        assert world.client(who, role).get("/record").status_code == 404
        assert world.client(who, role).post("/record/file").status_code == 404


def test_what_a_child_does_with_drafts_and_doors_is_not_read(world: World) -> None:
    with world.acting("maya") as (session, viewer):
        record(session, viewer, "begin", viewer.membership)
        record(session, viewer, "set_doors", viewer.membership, opened=1, shut=0)
    lead = world.client("penhale", "lead")
    assert "Began something" not in lead.get("/record?pupil=Maya").get_data(as_text=True)
    assert "set_doors" not in lead.post("/record/file", token_from="/record").get_data(as_text=True)


def test_whom_a_worry_is_about_does_not_read_of_it_there(world: World) -> None:
    lead = world.member("penhale", "lead")
    with world.session() as session:
        school, person = session.execute(
            select(Membership.school_id, Membership.person_id).where(Membership.id == lead)
        ).one()
        worry = Concern(school_id=school, by_id=world.member("maya"), by_name="Maya")
        session.add(worry)
        session.flush()
        session.add(ConcernCase(school_id=school, concern_id=worry.id))
        shared = {"school_id": school, "concern_id": worry.id, "how": About.NAMED}
        session.add(ConcernAbout(membership_id=lead, person_id=person, **shared))
        session.commit()
        told = worry.id
    with world.acting("maya") as (session, viewer):
        record(session, viewer, "tell_worry", told)
    for who, role, sees in (("penhale", "lead", False), ("kaur", "head", True)):
        page = world.client(who, role).get(f"/record?kind=concern&who={world.member('maya')}").get_data(as_text=True)
        assert ("Told of a worry" in page) is sees
        taken = world.client(who, role).post("/record/file", token_from="/record").get_data(as_text=True)
        assert (str(told) in taken) is sees


def test_it_is_narrowed(world: World) -> None:
    sealed(world)
    lead = world.client("penhale", "lead")
    by_kind = lead.get("/record?kind=sign_in").get_data(as_text=True)
    assert "Wrote back" not in by_kind
    assert "Signed in" in by_kind
    about = lead.get("/record?pupil=Maya").get_data(as_text=True)
    assert "Wrote back" in about
    assert "About Maya" in about
    assert "None of these" in lead.get("/record?first=2020-01-01&last=2020-02-01").get_data(as_text=True)
    who = lead.get(f"/record?who={world.member('adeyemi', 'teacher')}&kind=decided").get_data(as_text=True)
    assert "Let something through" in who
    assert "No pupil of that name" in lead.get("/record?pupil=Nobody+At+All").get_data(as_text=True)
    for odd in ("first=yesterday", "last=9999-12-31", "first=0001-01-01", "who=x", "kind=x", "before=x", "about=1"):
        assert lead.get(f"/record?{odd}").status_code == 200


def test_pages_follow_one_another_without_a_gap(world: World) -> None:
    add_lines(world, 45)
    lead, seen, path = world.client("penhale", "lead"), list[str](), "/record?kind=shared&pupil=Maya"
    for _ in range(40):
        page = lead.get(path).get_data(as_text=True)
        seen += [part.split("<")[0] for part in page.split("Version ")[1:]]
        if 'rel="next"' not in page:
            break
        path = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert seen[:45] == [str(number) for number in reversed(range(45))]


def test_it_asks_few_things_however_long_it_is(world: World) -> None:
    lead = world.client("penhale", "lead")
    counts = []
    for more in (1, 150):
        add_lines(world, more)
        lead.get("/record")
        with world.counting() as seen:
            lead.get("/record?kind=shared")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_the_lines_are_taken_along_and_that_is_on_it(world: World) -> None:
    add_lines(world, 3)
    with world.session() as session:
        session.execute(update(Membership).where(Membership.id == world.member("maya")).values(name="=Maya"))
        session.commit()
    seal_all(world.engine)
    answer = world.client("penhale", "lead").post("/record/file", {"kind": "shared"}, token_from="/record")
    rows = list(csv.DictReader(StringIO(answer.get_data(as_text=True))))
    assert answer.headers["Content-Disposition"] == "attachment; filename=record.csv"
    assert {"say"} <= {row["act"] for row in rows}
    assert [row["who"] for row in rows][:3] == ["'=Maya"] * 3
    assert rows[0]["details"] == "revision: 2"
    with world.session() as session:
        assert session.scalars(select(Trail.act).order_by(Trail.id.desc()).limit(1)).one() == "take_record"


def test_the_page_says_whether_it_is_whole(world: World) -> None:
    school = sealed(world)
    lead = world.client("penhale", "lead")
    assert "It has not been checked yet" in lead.get("/record").get_data(as_text=True)
    assert lead.post("/record/check", token_from="/record").status_code == 303
    assert "It is being checked now" in lead.get("/record").get_data(as_text=True)
    world.work()
    assert "Unbroken since" in lead.get("/record").get_data(as_text=True)
    [line] = numbered(world, 7)
    with unprotected(world) as connection:
        connection.exec_driver_sql("UPDATE trail SET act = 'nothing' WHERE id = ?", (line.hex,))
    check_now(world.engine, school)
    page = lead.get("/record").get_data(as_text=True)
    assert "Broken. Line 7 was changed." in page
    assert "Unbroken" not in page


def test_the_head_says_how_long_it_is_kept(world: World) -> None:
    head = world.client("kaur", "head")
    assert head.post("/record/years", {"years": "12"}, token_from="/record").status_code == 303
    with world.session() as session:
        school = select(School.record_years).where(School.id == UUID(world.keys["schools"]["larkfield"]))
        assert session.scalars(school).one() == 12
    for odd in ("", "0", "76", "-1", "seven", "٧"):
        answer = head.post("/record/years", {"years": odd}, token_from="/record")
        assert answer.status_code == 400
        assert "from 1 to 75" in answer.get_data(as_text=True)
    assert world.client("penhale", "lead").post("/record/years", {"years": "12"}).status_code == 404


ID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}")


def test_no_id_stands_on_the_page(world: World) -> None:
    with world.session() as session:
        kept = " ".join(str(one) for one in session.scalars(select(Trail.details)))
    assert ID.search(kept), "the record has some"
    lead, read = world.client("penhale", "lead"), 0
    for kind in Kind:
        page = lead.get(f"/record?kind={kind}").get_data(as_text=True)
        words = re.sub(r"<[^>]*>", " ", page[page.index("<main") :])
        assert not ID.search(words), kind
        read += page.count("<tr>")
    assert read > 20
