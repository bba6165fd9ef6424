"""The large demo: what is poured in bulk is what acts would have written, on both databases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from journal import cli, create_app
from journal import records as r
from journal.circles import GROUP_KINDS, Kind, circle, kind_of, owner_of
from journal.demo.large import RARELY, Plan, build_large, large_is_there, plan_of
from journal.demo.large_people import FIRST, KEY, PARENT, QUIET, SCHOOL, TEACHER, large_accounts
from journal.demo.large_words import OTHERS, VOCABULARY, vocabulary
from journal.facts import facts_of
from journal.migrations.run import upgrade
from journal.net import open_session
from journal.passwords import CHEAP
from journal.seeing import Viewer
from journal.settings import Settings
from journal.store.database import open_engine
from journal.text import html_from_words
from journal.viewers import viewer_for
from journal.visibility import may_see
from journal.words import Role, Verdict
from tests.gate.schools import seeing_all
from tests.world import Browser, World, settings_in

ENTRIES = 500
UNTIL = datetime(2026, 11, 23, 18, tzinfo=UTC)


@dataclass
class Large:
    """A database that holds the large school, and an app that serves it."""

    settings: Settings
    engine: Engine
    app: Flask
    counts: dict[str, int]

    def hat(self, email: str = "", role: Role | None = None, name: str = "") -> r.Membership:
        """Somebody's membership, by e-mail address, or the first of a role, or by name."""
        wanted = select(r.Membership).join(r.Credential, r.Credential.person_id == r.Membership.person_id)
        if email:
            wanted = wanted.where(r.Credential.email == email)
        if role:
            wanted = wanted.where(r.Membership.role == role)
        if name:
            wanted = wanted.where(r.Membership.name == name)
        with seeing_all(self.engine) as session:
            return session.scalars(wanted.order_by(r.Membership.id).limit(1)).one()

    def viewer(self, hat: r.Membership) -> Viewer:
        """Somebody as a viewer."""
        with seeing_all(self.engine) as session:
            return viewer_for(session, hat)

    def signed_in(self, email: str) -> Browser:
        """A browser in which a grown-up has typed what the command says."""
        found = next(one for one in large_accounts() if one.get("email") == email)
        browser = Browser(self.app.test_client())
        typed = {"email": email, "password": found["password"]}
        assert browser.post("/sign-in", typed, token_from="/sign-in").location == "/"
        return browser

    def signed_in_pupil(self, name: str) -> Browser:
        """A browser in which a pupil has typed what the command says."""
        found = next(one for one in large_accounts() if one["name"] == name)
        browser = Browser(self.app.test_client())
        browser.post("/sign-in/class", {"code": found["class_code"]}, token_from="/sign-in")
        address = f"/sign-in/class/pupils/{self.hat(name=name).id}"
        assert browser.post(address, {"phrase": found["pass_phrase"]}, token_from="/sign-in").location == "/"
        return browser


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    folder: Path = tmp_path_factory.mktemp("large")
    other = {}
    if request.param == "postgresql":
        other["database_url"] = request.getfixturevalue("postgres_server").new_database()
    settings = settings_in(folder, **other)
    upgrade(settings.database_url)
    assert not large_is_there(settings)
    counts = build_large(settings, Plan(ENTRIES, UNTIL, pictures=2, cost=CHEAP))
    engine = open_engine(settings.database_url)
    yield Large(settings, engine, create_app(settings, engine), counts)
    engine.dispose()


def test_the_school_has_everything_that_life_has(large: Large) -> None:
    with seeing_all(large.engine) as session:

        def many(entity: type, *where: object) -> int:
            return session.scalar(select(func.count()).select_from(entity).where(*where)) or 0  # type: ignore[arg-type]

        assert many(r.Entry) == ENTRIES
        assert many(r.Comment) > ENTRIES / 4
        assert many(r.Membership, r.Membership.role == Role.PUPIL) == 210
        for entity in (r.LeftOut, r.Waiting, r.NarrowedTo, r.Look, r.Notice, r.Trail, r.Rendition):
            assert many(entity) > 5, entity
        assert many(r.Revision, r.Revision.number > 1) > 5
        assert many(r.Entry, r.Entry.draft_id.is_not(None)) > 2
        assert {Verdict.LET_THROUGH, Verdict.SENT_BACK} <= set(session.scalars(select(r.Decision.verdict)))
        poured = {name: many(mapper.class_) for mapper in r.Base.registry.mappers if (name := _table(mapper))}
        assert {name: poured[name] for name in large.counts} == large.counts
        assert many(r.SearchOutbox) == many(r.Item, r.Item.revision_id.is_not(None))
        quiet = large.hat(name=QUIET)
        assert many(r.Entry, r.Entry.author_id == quiet.id) == RARELY
        files = set(session.scalars(select(r.Rendition.file)))
        assert len(files) == 8
        assert all((large.settings.media / one).is_file() for one in files)


def _table(mapper) -> str:  # type: ignore[no-untyped-def] # SQLAlchemy's own
    return "" if mapper.inherits else mapper.local_table.name


def test_the_cast_is_who_the_command_says(large: Large) -> None:
    parent, teacher = large.viewer(large.hat(PARENT)), large.viewer(large.hat(TEACHER))
    assert len(parent.kin) == 2
    assert len([one for one in parent.circles if kind_of(one) is Kind.CLASS_FAMILIES]) >= 2
    assert len(teacher.decides_for) == 2
    with seeing_all(large.engine) as session:
        both = select(r.Membership.person_id).group_by(r.Membership.person_id).having(func.count() > 1)
        hats = list(session.scalars(select(r.Membership).where(r.Membership.person_id.in_(both))))
    assert {one.role for one in hats} == {Role.TEACHER, Role.RELATIVE}


def test_the_gate_and_its_sql_agree_about_what_was_poured(large: Large) -> None:
    with seeing_all(large.engine) as session:
        items = list(session.scalars(select(r.Item)))
        facts = facts_of(session, items)
    asked = [large.hat(PARENT), large.hat(TEACHER), large.hat(name=FIRST), large.hat(name=QUIET)]
    asked += [large.hat(role=role) for role in (Role.HEAD, Role.LEAD)]
    asked += [large.hat(f"family{number}.{KEY}@example.org") for number in (240, 260)]
    seen = {}
    for hat in asked:
        viewer = large.viewer(hat)
        allowed = {one for one, about in facts.items() if may_see(viewer, about)}
        with open_session(large.engine, viewer) as session:
            assert set(session.scalars(select(r.Item.id))) == allowed
        seen[hat.id] = len(allowed)
    assert seen[asked[0].id] > 3
    assert seen[asked[1].id] > 50
    assert seen[asked[3].id] >= RARELY


def test_every_circle_was_chosen_and_nobody_sees_unasked_words(large: Large) -> None:
    with seeing_all(large.engine) as session:
        chosen = {(row.revision_id, row.circle) for row in session.scalars(select(r.Choice))}
        decided = {row.id: row for row in session.scalars(select(r.Decision))}
        authors = {row.id: row for row in session.scalars(select(r.Item))}
        own = {(row.group_id, row.teacher_id) for row in session.scalars(select(r.Teaching))}
        shown = list(session.scalars(select(r.Shown)))
        for row in [*shown, *session.scalars(select(r.Waiting))]:
            assert (row.revision_id, row.circle) in chosen
        for row in shown:
            if kind_of(row.circle) not in GROUP_KINDS:
                continue
            if row.decision_id is None:
                assert (owner_of(row.circle), authors[row.item_id].author_id) in own
            else:
                assert decided[row.decision_id].verdict is Verdict.LET_THROUGH


def test_what_came_back_is_noted_as_the_decisions_say(large: Large) -> None:
    with seeing_all(large.engine) as session:
        back = select(r.Decision.revision_id).where(r.Decision.verdict == Verdict.SENT_BACK)
        said = set(session.scalars(select(r.Entry.id).where(r.Entry.revision_id.in_(back))))
        assert said
        assert said == set(session.scalars(select(r.Entry.id).where(r.Entry.sent_back_at.is_not(None))))


def test_nobody_decides_about_their_own_child_or_their_own_words(large: Large) -> None:
    with seeing_all(large.engine) as session:
        items = {row.id: row for row in session.scalars(select(r.Item))}
        hats = {row.id: row for row in session.scalars(select(r.Membership))}
        kin = {(row.relative_id, row.pupil_id) for row in session.scalars(select(r.FamilyLink))}
        related = {(hats[relative].person_id, pupil) for relative, pupil in kin}
        for row in session.scalars(select(r.Decision)):
            item, person = items[row.item_id], hats[row.by_id].person_id
            assert (person, item.pupil_id) not in related
            assert person != hats[item.author_id].person_id


def test_comments_travel_no_further_than_they_were_written_for(large: Large) -> None:
    with seeing_all(large.engine) as session:
        items = {row.id: row for row in session.scalars(select(r.Item))}
        circles: dict[object, set[str]] = {}
        for row in session.scalars(select(r.Choice)):
            circles.setdefault(row.item_id, set()).add(row.circle)
        answers = 0
        for one in items.values():
            if one.entry_id is None:
                continue
            child = {circle(Kind.SELF, one.pupil_id), circle(Kind.FAMILY, one.pupil_id)}
            beyond = circles[one.id] - circles[one.entry_id] - child
            assert {kind_of(value) for value in beyond} <= {Kind.TEACHERS}
            assert one.parent_id is None or circles[one.id] <= circles[one.parent_id]
            answers += one.parent_id is not None
        assert answers > 5


def test_words_are_clean_and_their_html_is_what_an_act_makes_of_them(large: Large) -> None:
    with seeing_all(large.engine) as session:
        rows = session.execute(select(r.Revision.words, r.Revision.html).where(r.Revision.handed_in_at.is_not(None)))
        said = list(rows.all())
    assert len(said) > ENTRIES
    assert all(html_from_words(words) == html for words, html in said[::7])
    for script in ("[\u0600-\u06ff]", "[\u0980-\u09ff]", "[ŵŷ]"):
        assert any(re.search(script, words) for words, _ in said), script


def test_no_row_points_at_nothing(large: Large) -> None:
    with large.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        ids = connection.execute(select(r.Item.revision_id, r.Item.draft_id)).all()
        known = set(connection.scalars(select(r.Revision.id)))
    assert {one for row in ids for one in row if one} <= known


def test_the_pages_of_the_large_school_open(large: Large) -> None:
    teacher, parent = large.signed_in(TEACHER), large.signed_in(PARENT)
    pupil, quiet = large.signed_in_pupil(FIRST), large.signed_in_pupil(QUIET)
    entry = re.compile(r'href="(/entries/[0-9a-f-]{36})')
    picture = re.compile(r'src="(/media/[^"]+)"')
    for browser, paths in (
        (teacher, ["/to-read", "/shared-with-me", "/classes"]),
        (parent, ["/home"]),
        (pupil, ["/my-space", "/classes"]),
        (quiet, ["/my-space"]),
    ):
        for path in paths:
            answer = browser.get(path, follow_redirects=True)
            assert answer.status_code == 200, path
    for browser, path in ((parent, "/home"), (pupil, "/my-space"), (teacher, "/shared-with-me")):
        page = browser.get(path).text
        assert browser.get(entry.findall(page)[0], follow_redirects=True).status_code == 200
    assert teacher.get(picture.findall(page)[-1]).mimetype == "image/jpeg"


def test_the_same_plan_makes_the_same_rows(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        settings = settings_in(tmp_path / name)
        upgrade(settings.database_url)
        build_large(settings, Plan(60, UNTIL, seed=7, pictures=1, cost=CHEAP))
        engine = open_engine(settings.database_url)
        with seeing_all(engine) as session:
            found.append(session.execute(select(r.Revision.id, r.Revision.words).order_by(r.Revision.id)).all())
        engine.dispose()
    assert found[0] == found[1]


def test_an_interrupted_start_leaves_nothing_behind(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    upgrade(settings.database_url)

    def stop(_line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_large(settings, Plan(40, UNTIL, pictures=1, cost=CHEAP), stop)
    assert not large_is_there(settings)
    left = set(settings.media.rglob("*.jpg"))
    build_large(settings, Plan(40, UNTIL, pictures=1, cost=CHEAP))
    assert large_is_there(settings)
    assert left
    assert not any(one.exists() for one in left)


def test_the_command_adds_the_school_once_and_says_how_to_come_in(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.large_school(world.settings, 0) == 2
    assert "at least one entry" in capsys.readouterr().err
    assert cli.large_school(world.settings, 30) == 0
    said = capsys.readouterr().out
    assert "30 of 30 entries" in said
    assert "journal reindex" in said
    assert all(one["name"] in said for one in large_accounts())
    assert cli.large_school(world.settings, 30) == 0
    assert f"{SCHOOL} is there already" in capsys.readouterr().out
    with world.session() as session:
        assert session.scalar(select(func.count(r.School.id))) == 3
        assert plan_of(5).entries == 5


def test_the_vocabulary_is_large_and_made_of_letters() -> None:
    words = vocabulary()
    assert len(set(words)) == VOCABULARY
    assert all(re.fullmatch("[a-z’']+", one) for one in words)
    assert set(OTHERS) == {"cy", "ur", "bn"}
