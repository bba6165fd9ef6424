"""The house rules hold in every file, and each rule finds the sample that breaks it."""

import ast
import inspect
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journal import create_app
from journal.reasons import REASONS
from tests.house import rules
from tests.house.rules import RECORDS, parsed
from tests.world import settings_in
from tools.floors import House

ROOT = Path(__file__).resolve().parent.parent.parent
Rule = Callable[[str], Iterator[str]]

CODE = {str(one.relative_to(ROOT)): one.read_text() for one in sorted((ROOT / "journal").rglob("*.py"))}
TEMPLATES = {
    str(one.relative_to(ROOT / "templates")): one.read_text() for one in sorted((ROOT / "templates").rglob("*.html"))
}
TESTS = {str(one.relative_to(ROOT)): one.read_text() for one in sorted((ROOT / "tests").rglob("test_*.py"))}

UP_TO_THREE = 3
BY_THE_RULE = {
    "journal/reasons.py": "says what it is",
    "journal/feeds.py": "ranges of what was shown",
    "journal/consents.py": "who in a photo that one sees lacks a yes",
    "journal/entries/reading.py": "the revision that one is shown",
    "journal/portfolio/inside.py": "the revision that the reader of a portfolio is shown",
    "journal/moderation/waiting.py": "what waits for whom",
    "journal/entries/reading_draft.py": "which pictures of a draft lack a yes",
    "journal/entries/reading_space.py": "which of one's own stand on a page or on the shelf, before they are read",
    "journal/school/reading.py": "the revision that one is shown",
    "journal/search/gated.py": "what was proposed, read again",
    "journal/talk/both.py": "the revision that somebody else is shown",
    "journal/talk/reading.py": "the revision that one is shown",
    "journal/talk/threads.py": "the revision that one is shown",
    "journal/wroteback.py": "who answered",
}
"""The modules whose statements carry the rule's own conditions. Another needs a reason, and somebody who reads it."""

KNOWN_REASONS = {
    "who is in which circle",
    "the facts that the rule asks about",
    "names under what is shown",
    "who is signing in",
    "what a signed-out person typed",
    "carrying out an act that was allowed",
    "doing the house's work",
    "whether search is up to date",
    "making the demo school",
    "a test looks at everything",
}
LONGER = {
    "journal/demo/comments.py": "what the demo's people say",
    "journal/demo/entries_herons.py": "what the demo's pupils wrote",
    "journal/demo/entries_kingfishers.py": "what the demo's pupils wrote",
    "journal/demo/people.py": "the demo's people",
}
"""Files of data, longer than a file of code may be."""

MOST_LINES, MOST_TEMPLATE_LINES = 300, 100


def floor_of(path: str) -> int:
    """The floor that a file stands on, as pyproject.toml has it; one that it does not name is judged as the highest."""
    table = next(
        one
        for one in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
        if one["type"] == "floors"
    )
    name = path.removesuffix(".py").removesuffix("/__init__").split("/")
    if len(name) == 1:
        return 7
    if name[1] in table["rooms"]:
        return 6 if len(name) > 2 and name[2].startswith(("views", "forms")) else 4
    for row in table["floors"]:
        number, _, modules = row.partition(":")
        if name[1] in modules.split():
            return int(number)
    return 7


ABOVE = {path: text for path, text in CODE.items() if floor_of(path) > UP_TO_THREE}


def broken(rule: Rule, files: dict[str, str], except_in: tuple[str, ...] = ()) -> list[str]:
    return [f"{path}: {fault}" for path, text in files.items() if path not in except_in for fault in rule(text)]


SAMPLES: list[tuple[Rule, str]] = [
    (rules.text_or_connection, "session.execute(text('select 1'))"),
    (rules.text_or_connection, "session.connection().execute(x)"),
    (rules.text_or_connection, "select(Item).from_statement(x)"),
    (rules.bare_tables, "select(Item.__table__)"),
    (rules.bare_tables, "shown_to_me(Item.__table__)  # without saying that it is by the rule"),
    (rules.bare_tables, "BY_THE_RULE\nselect(Item.__table__.c.id)"),
    (rules.records_by_key, "session.get(Item, key)"),
    (rules.records_by_key, "session.get_one(records.Entry, key)"),
    (rules.records_by_key, "db().refresh(row)"),
    (rules.relationships, "items: Mapped[list[Item]] = relationship(lazy='raise')"),
    (rules.markup, "Markup(words)"),
    (rules.markup, "markupsafe.Markup('<b>')"),
    (rules.own_time, "datetime.now(UTC)"),
    (rules.own_time, "date.today()"),
    (rules.own_time, "datetime.utcnow()"),
    (rules.prints, "print(words)"),
    (rules.loose_logging, "log.info(f'{words}')"),
    (rules.loose_logging, "log.warning('said: %s', words)"),
    (rules.loose_logging, "log.exception('it broke')"),
    (rules.loose_logging, "log.error('it broke', exc_info=True)"),
    (rules.roles_in_template, "{% if me.role == x %}a{% endif %}"),
    (rules.roles_in_template, "{% if who == 'teacher' %}a{% endif %}"),
    (rules.roles_in_template, "{{ current_user.name }}"),
    (rules.roles_in_template, "{{ text('who', _('Who'), 'pupil') }}"),
    (rules.unsafe_in_template, "{{ words|safe }}"),
    (rules.unsafe_in_template, "{% autoescape false %}{{ words }}{% endautoescape %}"),
    (rules.inline_in_template, '<p style="color: red">'),
    (rules.inline_in_template, "<style>p {}</style>"),
    (rules.inline_in_template, "<script>go()</script>"),
    (rules.inline_in_template, '<button onclick="go()">'),
    (rules.inline_in_template, '<img src="//example.org/a.png">'),
    (rules.inline_in_template, '<a href="javascript:go()">'),
    (rules.inline_in_template, '<img src="data:image/png;base64,AAAA">'),
    (rules.no_asserts, "def test_nothing():\n    go()"),
    (rules.words_in_strings, "f'{name}: {_(\"Kept.\")}'"),
    (rules.no_asserts, "assert True"),
]
GOOD: list[tuple[Rule, str]] = [
    (rules.text_or_connection, "text = read(x)"),
    (rules.text_or_connection, "op.get_bind().dialect.name"),
    (rules.bare_tables, "BY_THE_RULE\nnewest_shown_to_me(Revision.__table__)"),
    (rules.records_by_key, "request.form.get('item')"),
    (rules.loose_logging, "log.error('work %s failed: %s', kind, type(problem).__qualname__)"),
    (rules.roles_in_template, "{{ news|map(attribute='pupil') }}"),
    (rules.roles_in_template, "{{ text('pupil', _('Which pupil'), asked.get('pupil', '')) }}"),
    (rules.roles_in_template, "{{ _('The teacher reads it first') }}"),
    (rules.inline_in_template, '<script type="module" src="{{ url_for(x) }}"></script><a href="/on=1">'),
]


@pytest.mark.parametrize(("rule", "sample"), SAMPLES)
def test_each_rule_finds_what_breaks_it(rule: Rule, sample: str) -> None:
    assert list(rule(sample)), sample


@pytest.mark.parametrize(("rule", "sample"), GOOD)
def test_each_rule_lets_what_is_meant_pass(rule: Rule, sample: str) -> None:
    assert not list(rule(sample)), sample


def test_every_rule_has_a_sample() -> None:
    every = {one for _, one in inspect.getmembers(rules, inspect.isgeneratorfunction) if one is not rules.calls}
    assert every - {rules.macros_in_template} == {rule for rule, _ in SAMPLES}


def test_a_floor_is_known_for_every_file() -> None:
    assert floor_of("journal/visibility.py") == 3
    assert floor_of("journal/entries/views/show.py") == 6
    assert floor_of("journal/entries/acts.py") == 4
    assert floor_of("journal/errors.py") == 5
    assert len(ABOVE) > 30
    assert House.__doc__


def test_nothing_above_the_third_floor_passes_by_the_net() -> None:
    assert broken(rules.text_or_connection, ABOVE, ("journal/migrations/env.py",)) == []
    migrations = tuple(path for path in ABOVE if path.startswith("journal/migrations/"))
    assert broken(rules.bare_tables, ABOVE, migrations) == []
    assert broken(rules.records_by_key, CODE) == []
    assert len(RECORDS) > 25


def test_only_the_listed_modules_say_by_the_rule() -> None:
    found = {
        path
        for path, text in CODE.items()
        for node in ast.walk(parsed(text))
        if isinstance(node, (ast.Name, ast.alias))
        and "BY_THE_RULE" in (getattr(node, "id", ""), getattr(node, "name", ""))
    }
    assert found == set(BY_THE_RULE)
    assert {path for path, text in CODE.items() if '"by_the_rule"' in text} == {"journal/reasons.py", "journal/net.py"}


def test_the_reasons_to_see_past_a_viewer_are_these() -> None:
    assert set(REASONS) == KNOWN_REASONS


@pytest.mark.parametrize("reason", sorted(KNOWN_REASONS))
def test_each_reason_is_used(reason: str) -> None:
    files = {**CODE, **{str(one): one.read_text() for one in (ROOT / "tests").glob("*.py")}}
    users = {
        path
        for path, text in files.items()
        if path != "journal/reasons.py" and reason in text
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.Constant) and node.value == reason
    }
    assert users
    if reason == "a test looks at everything":
        assert not users & CODE.keys()
    if reason == "making the demo school":
        assert all(path.startswith("journal/demo/") for path in users)


def test_no_class_loads_others_along() -> None:
    assert broken(rules.relationships, CODE) == []


def test_words_become_html_in_one_place() -> None:
    assert broken(rules.markup, CODE, ("journal/text/rich.py", "journal/pages.py")) == []


def test_one_place_knows_the_time() -> None:
    assert broken(rules.own_time, CODE, ("journal/clock.py",)) == []


def test_only_commands_print() -> None:
    assert broken(rules.prints, CODE, ("journal/cli.py", "journal/serving.py")) == []


def test_the_log_holds_nobodys_words() -> None:
    assert broken(rules.loose_logging, CODE) == []


def test_files_are_short() -> None:
    long = {path for path, text in CODE.items() if text.count("\n") > MOST_LINES and "/versions/" not in path}
    assert long == set(LONGER)
    assert {path for path, text in TEMPLATES.items() if text.count("\n") > MOST_TEMPLATE_LINES} == set()


def test_templates_ask_nobody_who_they_are() -> None:
    assert broken(rules.roles_in_template, TEMPLATES) == []


def test_all_words_are_found_by_who_translates() -> None:
    assert broken(rules.words_in_strings, CODE) == []


def test_templates_never_switch_escaping_off() -> None:
    assert broken(rules.unsafe_in_template, TEMPLATES) == []


def test_templates_hold_no_inline_script_or_style() -> None:
    assert broken(rules.inline_in_template, TEMPLATES) == []


def test_every_template_compiles_with_the_macros_there_are(tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path))
    for name in TEMPLATES:
        app.jinja_env.get_template(name)
    faults = [
        f"{name}: {fault}"
        for name, text in TEMPLATES.items()
        for fault in rules.macros_in_template(text, name, TEMPLATES)
    ]
    assert faults == []


@pytest.mark.parametrize(
    "sample",
    [
        "{% macro mine() %}x{% endmacro %}",
        "{% from '_parts/button.html' import knob %}",
        "{% import '_parts/button.html' as parts %}{{ parts.knob() }}",
        "{% extends '_parts/frame.html' %}",
        "{% if %}",
    ],
)
def test_a_template_with_a_wrong_macro_is_found(sample: str) -> None:
    assert list(rules.macros_in_template(sample, "school/page.html", TEMPLATES))


def test_every_test_file_asserts_something() -> None:
    assert len(TESTS) > 10
    assert broken(rules.no_asserts, TESTS) == []
