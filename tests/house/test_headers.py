"""What every answer carries: a strict policy, no sniffing, no frames, nothing kept that is not to be kept."""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.records import Attachment
from tests.house.doorsteps import NOBODYS
from tests.world import Template, World, copy_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGES = [
    ("", "/sign-in"),
    ("", "/sign-in/class"),
    ("", "/help"),
    ("", "/keeping-safe"),
    ("", "/worried"),
    ("", NOBODYS),
    ("maya", "/my-space"),
    ("maya", "/make"),
    ("maya", "/gone"),
    ("maya", "/easier"),
    ("nadia", "/home"),
    ("nadia", "/me"),
    ("penhale", "/concerns"),
    ("penhale", "/to-read"),
    ("kaur", "/people"),
    ("bright", "/people"),
    ("bright", "/people/staff"),
    ("lowe", "/second-step"),
    ("lowe", "/second-step/set-up"),
    ("lowe", "/signed-in"),
]
ELSEWHERE = re.compile(r"""(?:src|srcset|href|action|content|poster)\s*=\s*["']\s*(?:https?:)?//(?!localhost)[^"']*""")
ADDRESS = "https://journal.example.org"


@pytest.fixture(scope="module")
def looked(demo_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world that is only looked at."""
    world = copy_of(demo_template, tmp_path_factory.mktemp("looked"))
    yield world
    world.engine.dispose()


@pytest.fixture(scope="module")
def secure(demo_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world that people reach over HTTPS."""
    world = copy_of(demo_template, tmp_path_factory.mktemp("secure"), public_address=ADDRESS)
    yield world
    world.engine.dispose()


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_every_page_carries_its_headers(looked: World, who: str, path: str) -> None:
    answer = looked.client(who).get(path)
    assert answer.status_code == (404 if path == NOBODYS else 200)
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    style = f"'self' 'nonce-{nonce.group(1)}'" if nonce else "'self'"
    assert policy == POLICY.format(style=style)
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer.headers
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers
    assert len(answer.headers.getlist("Content-Security-Policy")) == 1


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_no_page_names_anybody_elses_address(looked: World, who: str, path: str) -> None:
    page = looked.client(who).get(path).get_data(as_text=True)
    assert not ELSEWHERE.findall(page)
    assert not re.search(r"<style(?! nonce)|\sstyle=|\son[a-z]+=[\"']|javascript:", page)


def test_the_nonce_is_new_each_time(looked: World) -> None:
    browser = looked.client("nadia")
    path = f"/entries/{looked.entry('snail-hotel')}"
    policies = [browser.get(path).headers["Content-Security-Policy"] for _ in range(2)]
    if "nonce" in policies[0]:
        assert policies[0] != policies[1]


def test_photos_are_asked_about_each_time(looked: World) -> None:
    with looked.session() as session:
        photo = session.scalars(
            select(Attachment.id)
            .where(Attachment.item_id == looked.entry("snail-hotel"))
            .order_by(Attachment.id)
            .limit(1)
        ).one()
    browser = looked.client("maya")
    for path in (f"/media/{photo}/small", f"/media/{photo}/large", f"/faces/{looked.member('maya')}"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert answer.mimetype == "image/jpeg"
        again = browser.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert not again.get_data()
        assert again.headers["Cache-Control"] == "private, no-cache"
        strangers = looked.client("yara").get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert strangers.status_code == 404, "an ETag that one knows opens nothing"
        assert strangers.headers["Cache-Control"] == "no-store"
        out = looked.client().get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert out.status_code in (302, 404)


def test_static_files_may_be_kept(looked: World) -> None:
    answer = looked.client().get("/static/icon.svg")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]
    assert "max-age=" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    answer.close()


@pytest.mark.parametrize("path", ["/static/../journal/__init__.py", "/static/..%2fpyproject.toml", "/static/%2e%2e/x"])
def test_static_files_end_at_their_folder(looked: World, path: str) -> None:
    assert looked.client().get(path).status_code == 404


def test_over_https_all_stays_there(secure: World) -> None:
    answer = secure.app.test_client().get("/sign-in", base_url=ADDRESS)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookie = SimpleCookie(answer.headers["Set-Cookie"])
    (name,) = cookie
    assert name == "__Host-thirdspace"
    assert cookie[name]["secure"] is True
    assert cookie[name]["httponly"] is True
    assert cookie[name]["samesite"] == "Lax"
    assert cookie[name]["path"] == "/"
    assert cookie[name]["domain"] == ""


def test_on_ones_own_machine_the_cookie_is_closed_to_scripts(looked: World) -> None:
    answer = looked.app.test_client().get("/sign-in")
    (name,) = cookie = SimpleCookie(answer.headers["Set-Cookie"])
    assert name == "thirdspace"
    assert cookie[name]["httponly"] is True
    assert cookie[name]["samesite"] == "Lax"
    assert cookie[name]["max-age"] == "", "it ends with the browser"


def test_pages_name_the_public_address_alone_where_they_name_one(secure: World) -> None:
    page = secure.app.test_client().get("/sign-in", base_url=ADDRESS).get_data(as_text=True)
    assert "http://" not in re.sub(r'xmlns="http://www.w3.org/[^"]*"', "", page)


def test_scripts_ask_nobody_else() -> None:
    root = Path(__file__).resolve().parent.parent.parent / "static"
    far = re.compile(r"(?:fetch|import|from|open|src =)\s*\(?\s*[\"'`]https?:|\beval\(")
    for script in root.glob("js/*.js"):
        assert not far.search(script.read_text()), script
    for sheet in root.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import\s+(url\()?[\"']?https?:", sheet.read_text()), sheet
