"""What people are told when something does not work: in every language, in plain words, and out of no database."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy import event
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

import journal
from journal import create_app
from journal.doors import ANYBODY, open_to
from journal.errors import SAY, SAY_NUMBER, say
from journal.languages import LANGUAGES, direction_of
from journal.migrations.run import upgrade
from journal.refusals import Reason, Refusal
from tests.world import World, settings_in

SECRET_WORDS = "Maya wrote this about her snails"
OFFICIAL = re.compile(r"\b(error|invalid|forbidden|denied|unauthorised|unauthorized|exception|failed)\b", re.I)
URDU = re.compile("[\u0600-\u06ff]")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The app with a page more, that goes wrong as it is told."""
    with pytest.MonkeyPatch.context() as patch:
        made = with_trouble(tmp_path_factory.mktemp("words"), patch)
    yield made
    made.config["ENGINE"].dispose()


def with_trouble(folder: Path, patch: pytest.MonkeyPatch) -> Flask:
    original = journal.pages.add_page_parts

    def and_trouble(app: Flask) -> None:
        original(app)

        @app.route("/wrong/<kind>", methods=["GET", "POST"])
        @open_to(ANYBODY)
        def wrong(kind: str) -> str:
            if kind == "413":
                raise RequestEntityTooLarge
            if kind == "429":
                raise TooManyRequests
            if kind == "refused":
                raise Refusal(Reason.TOO_LONG, "words", 5)
            raise LookupError(SECRET_WORDS)

    patch.setattr("journal.pages.add_page_parts", and_trouble)
    settings = settings_in(folder)
    upgrade(settings.database_url)
    made = create_app(settings)
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def words_of(page: str) -> str:
    """The words of a page's main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main))


def sentences_of(page: str) -> set[str]:
    """What stands between the tags of a page's main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return {said for each in re.findall(r">([^<]+)<", main) if len((said := " ".join(each.split())).split()) > 1}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_sentence(app: Flask, reason: Reason) -> None:
    assert (reason in SAY) != (reason in SAY_NUMBER), "one sentence, with a number or without"
    said = {}
    for language in LANGUAGES:
        with app.test_request_context(), force_locale(language):
            said[language] = say(Refusal(reason, "field", 7))
    assert all(len(one.split()) >= 3 for one in said.values())
    assert said["en"].endswith(".")
    assert "%(" not in "".join(said.values())
    assert not OFFICIAL.search(said["en"])
    if reason in SAY_NUMBER:
        assert all("7" in one or "۷" in one for one in said.values())
    assert URDU.search(said["ur"]), said["ur"]
    assert said["cy"] != said["en"]


def test_one_is_told_apart_from_many(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        for reason in set(SAY_NUMBER) - {
            Reason.WORD_NOT_PLAIN
        }:  # which line it is: that number names, and counts nothing
            assert say(Refusal(reason, limit=1)) != say(Refusal(reason, limit=2)).replace("2", "1"), reason


TROUBLE = [("/nowhere", 404), ("/wrong/refused", 400), ("/wrong/413", 413), ("/wrong/429", 429), ("/wrong/500", 500)]


@pytest.mark.parametrize(("path", "code"), TROUBLE)
def test_each_trouble_has_a_plain_page(client: FlaskClient, path: str, code: int) -> None:
    answer = client.get(path, headers={"Accept-Language": "en"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == code
    assert answer.mimetype == "text/html"
    assert '<html lang="en"' in page
    assert len(words_of(page).split()) >= 6
    assert not OFFICIAL.search(words_of(page)), words_of(page)
    assert "href=" in page, "a way on"
    assert SECRET_WORDS not in page
    assert "werkzeug" not in page.lower()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "code"), TROUBLE)
def test_each_trouble_speaks_the_persons_language(client: FlaskClient, path: str, code: int, language: str) -> None:
    answer = client.get(path, headers={"Accept-Language": f"{language}-GB,{language};q=0.9,en;q=0.1"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == code
    assert f'<html lang="{language}" dir="{direction_of(language)}"' in page
    if language != "en":
        english = client.get(path, headers={"Accept-Language": "en"}).get_data(as_text=True)
        assert not sentences_of(page) & sentences_of(english)
    if language == "ur":
        assert URDU.search(words_of(page)), words_of(page)
        assert not re.search(r"[a-z]{4,}", words_of(page)), words_of(page)


@pytest.mark.parametrize(("path", "code"), [one for one in TROUBLE if one[1] < 500])
def test_fragments_get_the_words_alone(client: FlaskClient, path: str, code: int) -> None:
    answer = client.get(path, headers={"X-Fragment": "1"})
    assert answer.status_code == code
    assert answer.is_json
    assert set(answer.get_json()) == {"message"}
    assert len(answer.get_json()["message"].split()) >= 3


def test_our_own_mistake_is_told_to_fragments_too(client: FlaskClient) -> None:
    answer = client.get("/wrong/500", headers={"X-Fragment": "1"})
    assert answer.status_code == 500
    assert set(answer.get_json()) == {"message"}
    assert SECRET_WORDS not in answer.get_data(as_text=True)


def test_the_log_knows_where_and_what_kind_and_no_words(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post(f"/wrong/500?q={SECRET_WORDS}", data={"words": SECRET_WORDS})
    assert "LookupError" in caplog.text
    assert "test_words.py:" in caplog.text
    assert "snails" not in caplog.text
    assert not any(one.exc_info for one in caplog.records)


def test_the_page_for_our_own_mistakes_asks_no_database(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Somebody is signed in, and the database is gone: who they are cannot be asked, and is not."""
    browser = world.client("maya")

    def gone(*_: object) -> None:
        raise ConnectionError(SECRET_WORDS)

    event.listen(world.engine, "before_cursor_execute", gone)
    answer = browser.get("/my-space")
    fragment = browser.get("/my-space", headers={"X-Fragment": "1"})
    event.remove(world.engine, "before_cursor_execute", gone)
    assert answer.status_code == fragment.status_code == 500
    assert "The line came down" in answer.get_data(as_text=True)
    assert "snails" not in caplog.text + answer.get_data(as_text=True)
    assert caplog.text.count("broken:") == 2, "the page itself broke"


def test_no_connection_at_all_gets_the_page_as_well(world: World) -> None:
    browser = world.client("maya")

    def closed(*_: object) -> None:
        raise ConnectionError

    world.engine.dispose()
    event.listen(world.engine, "do_connect", closed)
    answer = browser.get("/my-space")
    event.remove(world.engine, "do_connect", closed)
    assert answer.status_code == 500
    assert "The line came down" in answer.get_data(as_text=True)
    assert browser.get("/my-space").status_code == 200, "it comes back by itself"


def test_what_is_too_big_is_refused_before_it_is_read(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, largest_request=1000)
    upgrade(settings.database_url)
    app = create_app(settings)
    answer = app.test_client().post("/sign-in", data={"email": "x" * 5000})
    assert answer.status_code == 413
    assert "too much at once" in answer.get_data(as_text=True)
    app.config["ENGINE"].dispose()
