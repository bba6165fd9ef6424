"""Sealed doors: the app does not start with a page of which nobody said who may open it, and the grid holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

import journal.pages
from journal import create_app, doors
from journal.doors import ANYBODY, HALF, HATLESS
from journal.reasons import GatedSession
from journal.records import Item, Shown
from journal.words import Role
from tests.house.doorsteps import NOBODYS, Street, answer_class, same, street, unknown
from tests.house.grid import PERSONAS, ROWS
from tests.world import Template, World, copy_of, settings_in

ALIKE = {
    "accounts.pass_phrase": "without a class code in this browser every pupil's address leads to the code's page",
    "moderation.decide": "whatever is not theirs to decide is answered with what waits for them now",
}
"""Addresses that answer alike whether the id stands for something or not."""


def rules(app: Flask) -> list[tuple[str, str, Rule]]:
    """Every rule with each method that changes or reads something."""
    return sorted(
        (
            (rule.endpoint, method, rule)
            for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        ),
        key=lambda one: one[:2],
    )


@pytest.fixture(scope="module")
def reading(demo_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """A street that is only looked at."""
    made = street(copy_of(demo_template, tmp_path_factory.mktemp("reading")))
    yield made
    made.world.engine.dispose()


@pytest.fixture
def writing(world: World) -> Street:
    """A street of one's own, to change things in."""
    return street(world)


def test_the_app_does_not_start_with_a_bare_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = journal.pages.add_page_parts

    def and_a_bare_one(app: Flask) -> None:
        original(app)
        app.add_url_rule("/bare", "bare", lambda: "hello")

    monkeypatch.setattr("journal.pages.add_page_parts", and_a_bare_one)
    with pytest.raises(RuntimeError, match="bare"):
        create_app(settings_in(tmp_path))


def test_no_page_can_be_added_to_an_app_that_has_begun(world: World) -> None:
    world.client().get("/sign-in")
    with pytest.raises(AssertionError):
        world.app.add_url_rule("/late", "late", lambda: "hello")


def test_every_rule_has_its_row_and_every_row_its_rule(reading: Street) -> None:
    assert {f"{endpoint} {method}" for endpoint, method, _ in rules(reading.world.app)} == set(ROWS)
    assert all(len(row) == len(PERSONAS) and set(row) <= set("osh-") for row in ROWS.values())


def test_a_rule_says_only_who_there_is(reading: Street) -> None:
    known = {ANYBODY, HALF, HATLESS, *Role}
    for view in reading.world.app.view_functions.values():
        assert view.open_to, "nobody may open it"  # type: ignore[attr-defined]
        assert view.open_to <= known  # type: ignore[attr-defined]
    assert tuple(Role) == doors.SIGNED_IN


@pytest.mark.parametrize("persona", PERSONAS)
def test_whoever_looks_finds_what_the_grid_says(reading: Street, persona: str) -> None:
    browser, wrong = reading.browser(persona), []
    for endpoint, method, rule in rules(reading.world.app):
        if method != "GET":
            continue
        found = answer_class(browser.get(reading.path(rule)))
        if found != ROWS[f"{endpoint} GET"][PERSONAS.index(persona)]:
            wrong.append(f"{endpoint}: {found}")
    assert wrong == []


@pytest.mark.parametrize("persona", PERSONAS)
def test_whoever_may_not_send_is_told_what_the_grid_says(reading: Street, persona: str) -> None:
    browser, wrong = reading.browser(persona), []
    data = {"csrf_token": browser.token("/easier")}
    for endpoint, method, rule in rules(reading.world.app):
        expected = ROWS[f"{endpoint} {method}"][PERSONAS.index(persona)]
        if method == "GET" or expected == "o":
            continue
        found = answer_class(browser.client.post(reading.path(rule), data=data))
        if found != expected:
            wrong.append(f"{endpoint}: {found}")
    assert wrong == []


@pytest.mark.parametrize("key", sorted(key for key in ROWS if key.endswith(" POST")))
def test_whoever_may_send_is_heard(writing: Street, key: str) -> None:
    endpoint = key.split()[0]
    rule = next(rule for name, method, rule in rules(writing.world.app) if (name, method) == (endpoint, "POST"))
    heard = [persona for persona, found in zip(PERSONAS, ROWS[key], strict=True) if found == "o"]
    assert heard, "nobody may send this"
    # Everybody has come in before anything changes.
    browsers = [(persona, writing.browser(persona)) for persona in heard]
    tokens = [browser.token("/easier") for _, browser in browsers]
    for (persona, browser), token in zip(browsers, tokens, strict=True):
        answer = browser.client.post(writing.path(rule), data={"csrf_token": token})
        assert answer_class(answer) == "o", persona


@pytest.mark.parametrize("persona", PERSONAS)
def test_head_and_options_open_nothing_more(reading: Street, persona: str) -> None:
    browser, wrong = reading.browser(persona), []
    for endpoint, method, rule in rules(reading.world.app):
        expected = ROWS[f"{endpoint} {method}"][PERSONAS.index(persona)]
        path = reading.path(rule)
        if method == "GET":
            head = browser.client.head(path)
            if answer_class(head) != expected or head.get_data():
                wrong.append(f"HEAD {endpoint}: {answer_class(head)}")
        # The door alone answers OPTIONS, before any id is looked at.
        options = browser.client.options(path)
        found = answer_class(options)
        if (found == "o") != rule_opens_to(reading.world.app, endpoint, persona):
            wrong.append(f"OPTIONS {endpoint}: {found}")
    assert wrong == []


def test_head_is_never_taken_for_a_sent_form(writing: Street) -> None:
    """HEAD carries no form token, so a view that took it for one would act for whoever made a browser ask."""
    browser = writing.browser("pupil")
    with writing.world.session() as session:
        before = shown_and_chosen(session)
    assert len(before) > 50
    for endpoint, method, rule in rules(writing.world.app):
        if method == "GET":
            assert browser.client.head(writing.path(rule)).status_code < 500, endpoint
    with writing.world.session() as session:
        assert shown_and_chosen(session) == before
    assert 'class="me"' in browser.get("/easier").get_data(as_text=True), "still signed in"


def shown_and_chosen(session: GatedSession) -> set[tuple[object, ...]]:
    """What is shown to whom, and who is to see what."""
    shown = session.execute(select(Shown.item_id, Shown.circle, Shown.revision_id))
    gone = session.execute(select(Item.id, Item.deleted_at).where(Item.deleted_at.is_not(None)))
    return {tuple(one) for one in (*shown, *gone)}


def rule_opens_to(app: Flask, endpoint: str, persona: str) -> bool:
    """Whether a door says that it opens to such a person at all."""
    said = app.view_functions[endpoint].open_to  # type: ignore[attr-defined]
    role = {"other": "pupil", "out": "", "ended": "", "hatless": ""}.get(persona, persona)
    signed_in = persona not in ("out", "ended")
    return ANYBODY in said or role in said or (bool({HATLESS, HALF} & said) and signed_in)


@pytest.mark.parametrize("persona", [one for one in PERSONAS if one not in ("out", "ended", "hatless")])
def test_what_is_not_theirs_is_byte_for_byte_what_never_was(reading: Street, persona: str) -> None:
    browser = reading.browser(persona)
    never = same(browser.get(NOBODYS))
    assert b"nothing here" in never
    checked = 0
    for endpoint, method, rule in rules(reading.world.app):
        path = reading.path(rule)
        if ROWS[f"{endpoint} {method}"][PERSONAS.index(persona)] == "-" and method == "GET":
            assert same(browser.get(path)) == never, endpoint
            checked += 1
    assert checked >= 5


@pytest.mark.parametrize("persona", ["pupil", "relative", "teacher", "lead", "head", "office", "other"])
def test_ids_that_nobody_has_are_nothing(reading: Street, persona: str) -> None:
    browser = reading.browser(persona)
    never, token = same(browser.get(NOBODYS)), browser.token("/help")
    for endpoint, method, rule in rules(reading.world.app):
        if not set(rule.arguments) & set(unknown()) or endpoint in ALIKE:
            continue
        path = reading.path(rule, **unknown())
        if method == "GET":
            answer = browser.get(path)
            assert same(answer) == never, endpoint
        else:
            answer = browser.client.post(path, data={"csrf_token": token})
        assert answer.status_code == 404, f"{method} {endpoint}"


@pytest.mark.parametrize("persona", ["out", "pupil", "relative", "teacher", "lead", "head", "office", "other"])
def test_a_form_without_its_token_gets_the_kind_page_and_changes_nothing(reading: Street, persona: str) -> None:
    browser = reading.browser(persona)
    with reading.world.counting() as statements:
        for endpoint, method, rule in rules(reading.world.app):
            opens = rule_opens_to(reading.world.app, endpoint, persona)
            if method != "POST" or not opens:
                continue
            for data in ({}, {"csrf_token": "made-up"}):
                answer = browser.client.post(reading.path(rule), data=data)
                assert answer.status_code == 400, endpoint
                assert "This page was open for a long time" in answer.get_data(as_text=True), endpoint
    changed = [one for one in statements if one.startswith(("INSERT", "DELETE")) or "UPDATE item" in one]
    assert changed == []


def test_other_methods_are_refused_kindly(reading: Street) -> None:
    browser = reading.browser("pupil")
    for method in ("PUT", "PATCH", "DELETE"):
        answer = browser.client.open("/my-space", method=method)
        assert answer.status_code in (400, 405)
        assert "That did not work" in answer.get_data(as_text=True)


def test_a_part_without_a_name_is_passed_over(reading: Street) -> None:
    bodies = (b"Content-Disposition: form-data", b"Content-Disposition: form-data; filename=a")
    for body in bodies:
        answer = reading.browser("pupil").client.post(
            "/make", data=b"--a\r\n" + body + b"\r\n\r\nx\r\n--a--", content_type="multipart/form-data; boundary=a"
        )
        assert answer.status_code == 400
        assert "This page was open for a long time" in answer.get_data(as_text=True)
