"""Templates drawn as the house draws them say what Jinja would have them say."""

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from journal.drawing import Drawing, Piece, Sheets, kept
from journal.site import Site

SHEETS = {
    "pieces.html": (
        "{% macro face(name, size='s', alt='') %}<i class={{ size }}>{{ name }}{{ alt }}</i>{% endmacro %}"
        "{% macro box(title) %}<b>{{ title }}</b>{% if caller %}{{ caller() }}{% endif %}{% endmacro %}"
        "{% macro rest() %}{{ varargs|join('+') }}{{ kwargs.items()|map('join', '=')|join }}{% endmacro %}"
    ),
    "page.html": (
        "{% from 'pieces.html' import face, box, rest %}"
        "{{ face(name) }}{{ face(name, alt='<>') }}{{ face(size='l', name=safe) }}"
        "{% for one in many %}{{ face(one) }}{{ loop.index }}{{ one|upper }}{{ shout(one) }}{% endfor %}"
        "{% call box('a & b') %}{{ name }}{% endcall %}{{ rest(1, name, c=3) }}{{ none }}{{ 2.5 }}"
        "{% set kept %}{{ name }}!{% endset %}{{ kept }}{{ name ~ kept }}{{ many|length }}{{ wrapped }}"
    ),
    "letter.txt": "{% macro name(x) %}{{ x }}{{ varargs }}{% endmacro %}{{ name(name_is) }} & {{ shout(name_is) }}",
    "names.txt": "{% macro name(x) %}{{ x }}{% endmacro %}",
    "wrong.html": "{% from 'pieces.html' import face %}{{ face(1, 2, 3, 4) }}",
    "strange.html": "{% from 'pieces.html' import face %}{{ face(1, colour='red') }}",
    "twice.html": "{% from 'pieces.html' import face %}{{ face(1, name=2) }}",
    "nobody.html": "{{ who }}",
}


class Wrapped:
    """Something that knows its own HTML."""

    def __html__(self) -> str:
        return "<u>own</u>"


def shout(words: str) -> str:
    return f"{words}!"


VALUES: dict[str, Any] = {
    "name": "<Ada & Bo>",
    "name_is": "<Ada & Bo>",
    "safe": Markup("<em>Cy</em>"),
    "many": ["<1>", Markup("<2>")],
    "shout": shout,
    "wrapped": Wrapped(),
}


@pytest.fixture(scope="module")
def ours() -> Sheets:
    app = Site(__name__)
    app.jinja_options = {"loader": DictLoader(SHEETS), "undefined": StrictUndefined, "autoescape": _of_html}
    assert isinstance(app.jinja_env, Sheets)
    return app.jinja_env


@pytest.fixture(scope="module")
def jinja() -> Environment:
    return Environment(loader=DictLoader(SHEETS), undefined=StrictUndefined, autoescape=_of_html)


def _of_html(name: str | None) -> bool:
    return name is not None and name.endswith(".html")


@pytest.mark.parametrize("sheet", ["page.html", "letter.txt"])
def test_a_template_says_what_jinja_makes_of_it(ours: Sheets, jinja: Environment, sheet: str) -> None:
    said = ours.get_template(sheet).render(VALUES)
    assert said == jinja.get_template(sheet).render(VALUES)
    assert "Ada" in said
    assert isinstance(ours.get_template(sheet), Drawing)


def test_macros_are_drawn_without_being_asked_what_they_are(ours: Sheets) -> None:
    assert type(ours.get_template("pieces.html").module.face) is Piece  # type: ignore[attr-defined]


@pytest.mark.parametrize("sheet", ["wrong.html", "strange.html", "twice.html"])
def test_a_macro_refuses_what_it_does_not_take(ours: Sheets, jinja: Environment, sheet: str) -> None:
    for environment in (ours, jinja):
        with pytest.raises(TypeError, match="face"):
            environment.get_template(sheet).render()


def test_what_is_not_there_is_an_error(ours: Sheets) -> None:
    with pytest.raises(Exception, match="'who' is undefined"):
        ours.get_template("nobody.html").render()


def test_what_is_kept_of_a_macro_tells_words_from_html(ours: Sheets) -> None:
    face = kept(ours.get_template("pieces.html").module.face)  # type: ignore[attr-defined]
    for _ in range(2):
        assert face("<b>") == "<i class=s>&lt;b&gt;</i>"
        assert face(Markup("<b>")) == "<i class=s><b></i>"
        assert face(name="<b>", alt=Markup("<i>")) == "<i class=s>&lt;b&gt;<i></i>"
        assert face(name="<b>", alt="<i>") == "<i class=s>&lt;b&gt;&lt;i&gt;</i>"
        assert type(face("<b>")) is Markup


def test_what_is_kept_of_a_text_is_no_html(ours: Sheets) -> None:
    name = kept(ours.get_template("names.txt").module.name)  # type: ignore[attr-defined]
    assert name("<b>") == "<b>"
    assert type(name("<b>")) is str
