"""The house rules. Each takes the text of a file and yields what is wrong with it; ``test_rules.py`` asks them."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from sqlalchemy.orm import Mapper

from journal.records import Base
from journal.words import Role

RECORDS: frozenset[str] = frozenset(
    mapper.class_.__name__ for mapper in Base.registry.mappers if isinstance(mapper, Mapper)
)
CONDITIONS = frozenset({"shown_to_me", "newest_shown_to_me", "entry_shown_to_me", "left_me_out", "mine_to_decide"})
"""The rule's own conditions, which take bare tables."""

LOG_CALLS = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
LOGGED = frozenset(
    {
        "type(problem).__qualname__",
        "kind.__module__",
        "kind.__qualname__",
        "place",
        "request.endpoint",
        "kind",
        "job",
        "problem",
        "condition",
        "unfit",
        "school",
        "done.month",
        "wrong.number",
        "wrong.fault.value",
    }
)
"""What a line of the log may hold besides a constant. ``problem`` is only ``MailNotSent``, which names nobody,
``condition`` one of the words for how the index is; of the record an id, a month, a number and a word of our own;
``unfit`` at which migration the database is, in words of our own."""

STYLE_OR_SCRIPT = re.compile(
    r"<style(?! nonce=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"'{]|<script(?![^>]*\ssrc=)|javascript:|(?:src|href)=[\"']data:",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)


@cache
def parsed(source: str) -> ast.Module:
    """Return a file as Python reads it; many rules look at each. Nobody changes what is returned."""
    return ast.parse(source)


def calls(source: str | ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file, with the last word of what is called."""
    for node in ast.walk(parsed(source) if isinstance(source, str) else source):
        if isinstance(node, ast.Call):
            called = node.func
            yield node, called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def text_or_connection(source: str) -> Iterator[str]:
    """SQL as text, and connections, pass by the net. (A migration has no viewer; it asks which database it is on.)"""
    for call, name in calls(source):
        if ast.unparse(call.func) == "op.get_bind":
            continue
        if name == "text" and isinstance(call.func, ast.Name):
            yield f"line {call.lineno}: text()"
        if name in ("connection", "from_statement", "exec_driver_sql", "get_bind"):
            yield f"line {call.lineno}: .{name}()"


def bare_tables(source: str) -> Iterator[str]:
    """A bare table stands nowhere but in a condition of the rule."""
    tree = parsed(source)
    in_conditions = {id(one) for call, name in calls(tree) if name in CONDITIONS for one in call.args}
    inside = in_conditions if "BY_THE_RULE" in source else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "__table__" and id(node) not in inside:
            yield f"line {node.lineno}: __table__"


def records_by_key(source: str) -> Iterator[str]:
    """A row by its key may come out of the session's memory, unasked; so may a refreshed one."""
    for call, name in calls(source):
        first = call.args[0] if call.args else None
        record = first.attr if isinstance(first, ast.Attribute) else getattr(first, "id", "")
        if name in ("get", "get_one", "merge") and record in RECORDS:
            yield f"line {call.lineno}: .{name}({record}"
        if name == "refresh":
            yield f"line {call.lineno}: .refresh()"


def relationships(source: str) -> Iterator[str]:
    """What is loaded along is not asked about."""
    for call, name in calls(source):
        if name in ("relationship", "backref", "association_proxy"):
            yield f"line {call.lineno}: {name}()"


def markup(source: str) -> Iterator[str]:
    """Words become HTML in one place."""
    for call, name in calls(source):
        if name == "Markup" or name == "render_template_string":
            yield f"line {call.lineno}: {name}()"


def own_time(source: str) -> Iterator[str]:
    """What time it is, one place knows."""
    for call, name in calls(source):
        of = ast.unparse(call.func)
        if name in ("utcnow", "today") or of in ("datetime.now", "time.time", "datetime.datetime.now"):
            yield f"line {call.lineno}: {of}()"


def prints(source: str) -> Iterator[str]:
    for call, name in calls(source):
        if name == "print" and isinstance(call.func, ast.Name):
            yield f"line {call.lineno}: print()"


def loose_logging(source: str) -> Iterator[str]:
    """A log line is a constant, with kinds and ids in it, and never what somebody wrote."""
    for call, name in calls(source):
        if not isinstance(call.func, ast.Attribute) or name not in LOG_CALLS:
            continue
        if ast.unparse(call.func.value) not in ("log", "logger", "logging", "current_app.logger", "app.logger"):
            continue
        if not (call.args and isinstance(call.args[0], ast.Constant)):
            yield f"line {call.lineno}: the message is built"
        for one in call.args[1:]:
            if ast.unparse(one) not in LOGGED:
                yield f"line {call.lineno}: {ast.unparse(one)} is logged"
        if call.keywords or name == "exception":
            yield f"line {call.lineno}: more than a constant, kinds and ids"


def roles_in_template(source: str) -> Iterator[str]:
    """A template does not decide by who somebody is; what it is given decides."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)
    # map(attribute='pupil') names a part of an object, not a role.
    parts = {id(one.value) for one in tree.find_all(nodes.Keyword) if one.key == "attribute"}
    # Nor do text('pupil', ...) and typed.get('pupil'), which name a field of a form.
    parts |= {id(call.args[0]) for call in tree.find_all(nodes.Call) if call.args and _of_a_form(call.node)}
    for node in tree.find_all((nodes.Const, nodes.Getattr, nodes.Name)):
        if isinstance(node, nodes.Const) and node.value in set(Role) and id(node) not in parts:
            yield f"line {node.lineno}: {node.value!r}"
        elif (isinstance(node, nodes.Getattr) and node.attr == "role") or (
            isinstance(node, nodes.Name) and node.name in ("Role", "current_user", "viewer")
        ):
            yield f"line {node.lineno}: asks who somebody is"


def _of_a_form(called: nodes.Expr) -> bool:
    if isinstance(called, nodes.Getattr) and isinstance(called.node, nodes.Name):
        return called.attr in ("get", "getlist") and called.node.name in ("asked", "typed")
    return isinstance(called, nodes.Name) and called.name in ("check", "text")


def unsafe_in_template(source: str) -> Iterator[str]:
    """Escaping is never switched off."""
    tree = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"]).parse(source)
    for one in tree.find_all(nodes.Filter):
        if one.name in ("safe", "urlize"):
            yield f"line {one.lineno}: |{one.name}"
    for scope in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
        yield f"line {scope.lineno}: autoescape"


def inline_in_template(source: str) -> Iterator[str]:
    """No inline script or style, and nothing from elsewhere."""
    for rule in (STYLE_OR_SCRIPT, ELSEWHERE):
        for found in rule.finditer(source):
            yield f"line {source.count(chr(10), 0, found.start()) + 1}: {found.group().strip()}"


def macros_in_template(source: str, name: str, parts: dict[str, str]) -> Iterator[str]:
    """Macros stand in ``_parts``, or in a room's file that begins with ``_``; what is imported is there."""
    environment = Environment(extensions=["jinja2.ext.i18n"])
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as problem:
        yield f"line {problem.lineno}: {problem.message}"
        return
    room, _, file = name.rpartition("/")
    if room != "_parts" and not file.startswith("_"):
        for macro in tree.find_all(nodes.Macro):
            yield f"line {macro.lineno}: macro {macro.name} outside _parts"
    known = {part: _macros_of(text) for part, text in parts.items()}
    for one in tree.find_all(nodes.FromImport):
        wanted = {each if isinstance(each, str) else each[0] for each in one.names}
        for missing in wanted - known.get(_constant(one.template), frozenset()):
            yield f"line {one.lineno}: no macro {missing} in {_constant(one.template)}"
    aliases = {one.target: known.get(_constant(one.template), frozenset()) for one in tree.find_all(nodes.Import)}
    for call in tree.find_all(nodes.Getattr):
        if isinstance(call.node, nodes.Name) and call.node.name in aliases and call.attr not in aliases[call.node.name]:
            yield f"line {call.lineno}: no macro {call.attr} behind {call.node.name}"
    for kind in (nodes.Include, nodes.Extends):
        for there in tree.find_all(kind):
            if _constant(there.template) not in parts:
                yield f"line {there.lineno}: there is no {_constant(there.template)}"


@cache
def _macros_of(source: str) -> frozenset[str]:
    """The macros of a part, and those of which it keeps what they draw: ``{% set icon = kept(_icon) %}``."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(source)
    kept = {
        one.target.name for one in tree.find_all(nodes.Assign) if _keeps(one) and isinstance(one.target, nodes.Name)
    }
    return frozenset(kept | {macro.name for macro in tree.find_all(nodes.Macro)})


def _keeps(one: nodes.Assign) -> bool:
    called = one.node.node if isinstance(one.node, nodes.Call) else None
    return isinstance(called, nodes.Name) and called.name == "kept"


def _constant(node: nodes.Expr) -> str:
    return str(node.value) if isinstance(node, nodes.Const) else "something that is chosen while it runs"


def words_in_strings(source: str) -> Iterator[str]:
    """Words inside a string that is put together are not found, and so not translated."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.JoinedStr):
            for call, name in calls(node):
                if name in ("_", "gettext", "ngettext"):
                    yield f"line {call.lineno}: {name}() in a string"


def no_asserts(source: str) -> Iterator[str]:
    """A test file that asserts nothing proves nothing."""
    tree = parsed(source)
    if not any(isinstance(node, ast.Assert) for node in ast.walk(tree)):
        yield "nothing is asserted"
    if not any(isinstance(node, ast.FunctionDef) and node.name.startswith("test_") for node in ast.walk(tree)):
        yield "there is no test in it"
