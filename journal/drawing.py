"""How templates are drawn: as Jinja draws them, with less between a page and its pieces.

A page calls some hundred macros and words and writes a thousand values. Jinja asks of each whether it wants to know
more (the context, the rules of escaping), and markupsafe wraps each piece anew that is HTML already: together that
took longer than all else in a page with a long talk. Here what a page calls most often is known by its type.
Nothing else differs: what is not known goes Jinja's own way.
"""

from collections.abc import Callable, MutableMapping
from functools import lru_cache, partial
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any, cast

from flask import Flask, g
from flask.templating import Environment
from flask_babel import ngettext
from flask_wtf.csrf import generate_csrf
from jinja2 import Template
from jinja2.runtime import Context, Macro
from jinja2.utils import missing, pass_eval_context
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as _escaped
except ImportError:  # where markupsafe had no compiler
    from markupsafe._native import _escape_inner as _escaped

from journal.saying import gettext, one_language

_html = partial(str.__new__, Markup)
"""Marks a text as HTML as it stands: one that a macro drew, or the translators wrote."""


_PLAIN = frozenset({FunctionType, MethodType, BuiltinMethodType})
"""What is called as it is, unless it says that it wants to know more."""


class Piece(Macro):
    """A macro, drawn without asking what it is."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.takes_any = self.catch_kwargs or self.catch_varargs or self.explicit_caller
        """Whether it takes more than it names, or its caller by name. Jinja draws these."""

    def draw(self, args: tuple[Any, ...], named: dict[str, Any], escaped: bool) -> str:
        """Return what the macro makes of its arguments, as ``Macro`` does. Raises TypeError for arguments too many."""
        given = [*args]
        for name in self.arguments[len(given) :]:
            given.append(named.pop(name, missing))
        if self.caller:
            given.append(named.pop("caller", None) or self._environment.undefined("No caller defined", name="caller"))
        if named or len(args) > self._argument_count:
            raise TypeError(f"macro {self.name!r} does not take {[*named] or args[self._argument_count :]!r}")
        said = self._func(*given)
        return _html(said) if escaped else said


class Names(Context):
    """What a template knows by name while it is drawn."""

    def call(__self, __called: Any, *args: Any, **named: Any) -> Any:  # noqa: N805 - as in Jinja: any name is free for a macro's own
        """Call what a template calls."""
        kind = type(__called)
        if kind is Piece and not __called.takes_any:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
            return __called.draw(args, named, __self.eval_ctx.autoescape)
        if kind in _PLAIN:
            wants = getattr(__called, "jinja_pass_arg", None)
            if wants is None or __called is said:
                named.pop("_loop_vars", None)
                named.pop("_block_vars", None)
                return __called(__self.eval_ctx, *args, **named) if wants else __called(*args, **named)
        return super().call(__called, *args, **named)


@pass_eval_context
def said(rules: Any, words: str, /, **values: object) -> str:
    """Return words in the page's language, with values put in by name: as HTML where the template is."""
    found: str = _html(gettext(words)) if rules.autoescape else gettext(words)
    return found % values if values else found


def written(value: object) -> str:
    """Return a value as it stands in HTML: with its special letters escaped, unless it is HTML."""
    kind = type(value)
    if kind is str:
        return _escaped(cast(str, value))
    return cast(str, value) if kind is Markup else escape(value)


def form_token() -> str:
    """Return the token that every form of a page carries: Flask-WTF's own, asked for once."""
    return str(g.get("csrf_token") or generate_csrf())


def kept(piece: Piece) -> Callable[..., str]:
    """Return a macro whose answers are kept: for one whose answer follows from what it is handed alone.

    Words and HTML of the same letters are told apart: one is escaped, the other is not. What is handed by name, such as
    words that name people, is not kept.
    """
    escaped = bool(piece._default_autoescape)
    drawn = lru_cache(maxsize=1024, typed=True)(lambda *args: piece.draw(args, {}, escaped=escaped))

    def draw(*args: Any, **named: Any) -> str:
        return piece.draw(args, named, escaped=escaped) if named else drawn(*args)

    return draw


@lru_cache(maxsize=512)
def marked(kinds: str, block: str) -> str:
    """Return the classes of a block with some of its kinds: ``'go l'|marked('btn')`` is ``btn btn--go btn--l``."""
    return " ".join((block, *(f"{block}--{kind}" for kind in kinds.split())))


class Drawing(Template):
    """A template that is drawn in one language."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Any,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja calls it so
    ) -> "Drawing":
        """Make the template of its compiled code, which finds here what it imported of Jinja."""
        namespace.update(Macro=Piece, escape=written)
        return super()._from_namespace(environment, namespace, globals)  # type: ignore[return-value]

    def render(self, *args: Any, **more: Any) -> str:
        """Return the page."""
        with one_language():
            return super().render(*args, **more)


class Sheets(Environment):
    """Where templates come from. What each of them may name without being handed it is copied for it when it is read.

    Jinja looks through a chain of them instead, at each template and each import of a page: an eighth of drawing it.
    """

    context_class = Names
    template_class = Drawing

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template may name, with some of its own. Later changes are not seen: the app makes none."""
        return {**self.globals, **(d or {})}


def add_words(app: Flask) -> None:
    """Give the templates their ``_``. After Flask-Babel, for whose own this stands in."""
    env: Any = app.jinja_env  # its i18n extension adds the method
    env.install_gettext_callables(gettext, ngettext, newstyle=True)
    env.globals.update(_=said, kept=kept)
    env.filters["marked"] = marked
