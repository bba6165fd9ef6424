"""Every macro renders with its documented objects, every icon exists, and no part smuggles in a style or a script."""

import hashlib
import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from journal.drawing import Drawing, Names, kept, marked
from tests.parts.samples import samples, shell

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "templates" / "_parts"
SHEET = (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")


def environment() -> Environment:
    """Jinja as the app sets it up, with stand-ins for what Flask puts in."""
    loader = FileSystemLoader([ROOT / "templates", ROOT / "tests" / "parts"])
    env = Environment(loader=loader, undefined=StrictUndefined, autoescape=True, extensions=["jinja2.ext.i18n"])
    env.template_class, env.context_class = Drawing, Names
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.filters["marked"] = marked
    env.globals.update(
        url_for=lambda endpoint, **values: f"/{endpoint}/{values['filename']}",
        kept=kept,
        csrf_token=lambda: "token",
        csp_nonce=lambda: "nonce",
        rest_bars=lambda: ["Writing back is having a rest until tomorrow."],
        get_flashed_messages=lambda with_categories: [("message", "Kept."), ("sun", "Look at <this>.")],
    )
    return env


@pytest.fixture(scope="module")
def page() -> str:
    return environment().get_template("gallery.html").render(shell=shell(), **samples())


def test_every_macro_stands_in_the_gallery() -> None:
    gallery = (ROOT / "tests" / "parts" / "gallery.html").read_text(encoding="utf-8")
    for part in PARTS.glob("*.html"):
        for name in re.findall(r"macro ([a-z]\w*)\(", part.read_text(encoding="utf-8")):
            assert re.search(rf"\b{name}\b", gallery), f"{part.name}: {name} is missing from the gallery"


def test_every_icon_that_is_drawn_exists(page: str) -> None:
    drawn = set(re.findall(r"icons\.svg#i-([\w-]+)", page))
    known = set(re.findall(r'<symbol id="i-([\w-]+)"', SHEET))
    assert drawn <= known, drawn - known


def test_every_icon_that_a_template_names_exists() -> None:
    known = set(re.findall(r'<symbol id="i-([\w-]+)"', SHEET))
    for template in (ROOT / "templates").rglob("*.html"):
        for name in re.findall(r"\bicon\('([\w-]+)'", template.read_text(encoding="utf-8")):
            assert name in known, f"{template.name}: no icon {name}; add it to tools/icons.mjs"


def test_parts_hold_no_style_script_or_data_uri(page: str) -> None:
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|data:|<script(?! type=\"module\" src=\"/static/)", page)


def test_words_are_escaped_and_kept(page: str) -> None:
    assert "&lt;b&gt;Me &amp; Dad" in page
    assert "Look at &lt;this&gt;." in page


def test_ids_are_not_given_twice(page: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page)
    twice = {one for one in ids if ids.count(one) > 1}
    assert twice <= {"seen-h", "helpline-h"}, twice  # the gallery draws two strips, a page draws one


@pytest.mark.parametrize("locale", ["en", "cy", "ur"])
def test_the_frame_stands_for_a_stranger(locale: str) -> None:
    frame = environment().from_string('{% extends "_parts/base.html" %}')
    page = frame.render(shell=shell(signed_in=False, locale=locale))
    assert 'class="tabs"' not in page
    assert f'lang="{locale}"' in page


def test_vendored_files_are_the_ones_that_are_written_down() -> None:
    vendor = ROOT / "static" / "vendor"
    table = (vendor / "README.md").read_text(encoding="utf-8")
    for script in vendor.glob("*.js"):
        assert hashlib.sha256(script.read_bytes()).hexdigest() in table, script.name


def test_the_broken_page_needs_nothing_of_the_app() -> None:
    page = environment().get_template("_parts/broken.html").render(locale="en", dir="ltr", home="/", again="/x")
    assert "The line came down" in page
