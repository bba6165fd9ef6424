"""The check of translations finds what is missing or broken, in samples broken on purpose."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural

from tools.check_translations import check
from tools.translations import catalogue_path, collect, isolated, problems
from tools.update_translations import update

HEADER = r"""
msgid ""
msgstr ""
"Language: ur\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"""
HELLO = """
msgid "Hello, %(name)s"
msgstr "سلام، \u2068%(name)s\u2069"
"""
PHOTOS = """
msgid "One photo"
msgid_plural "%(num)s photos"
msgstr[0] "ایک تصویر"
msgstr[1] "\u200f\u2068%(num)s\u2069 تصویریں"
"""
DOOR = """
msgid "Open <strong>my door</strong>"
msgstr "<strong>میرا دروازہ</strong> کھولیں"
"""
WHOLE = HEADER + HELLO + PHOTOS + DOOR


@pytest.fixture
def wanted() -> Catalog:
    """What the pages of a small sample say."""
    catalogue = Catalog()
    catalogue.add("Hello, %(name)s")
    catalogue.add(("One photo", "%(num)s photos"))
    catalogue.add("Open <strong>my door</strong>")
    return catalogue


def test_a_whole_catalogue_has_no_problems(wanted: Catalog) -> None:
    assert list(problems(wanted, WHOLE, "ur")) == []


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        pytest.param(HELLO, "", "is missing", id="missing"),
        pytest.param("سلام، \u2068%(name)s\u2069", "", "is not translated", id="empty"),
        pytest.param('"ایک تصویر"', '""', "empty form", id="empty form"),
        pytest.param('msgstr[0] "ایک تصویر"\n', "", "empty form", id="a form fewer"),
        pytest.param(HELLO, "\n#, fuzzy" + HELLO, "fuzzy", id="fuzzy"),
        pytest.param(HELLO, HELLO + '\nmsgid "Gone"\nmsgstr "گیا"\n', "no page says", id="left over"),
        pytest.param(HELLO, HELLO + '\n#~ msgid "Gone"\n#~ msgstr "گیا"\n', "obsolete", id="obsolete"),
        pytest.param(HELLO, HELLO + HELLO, "twice", id="twice"),
        pytest.param("سلام، \u2068%(name)s\u2069", "سلام، %(nam)s", "placeholders differ", id="placeholder misspelt"),
        pytest.param("سلام، \u2068%(name)s\u2069", "سلام", "placeholders differ", id="placeholder forgotten"),
        pytest.param("سلام، \u2068%(name)s\u2069", "سلام، %(name)", "placeholders differ", id="placeholder cut"),
        pytest.param(
            "سلام، \u2068%(name)s\u2069", "سلام، %(name)d", "placeholders differ", id="placeholder of a number"
        ),
        pytest.param("سلام، \u2068%(name)s\u2069", "50% سلام، %(name)s", "lone %", id="lone per cent"),
        pytest.param("\u2068%(num)s\u2069 تصویریں", "تصویریں", "many numbers lacks", id="plural without number"),
        pytest.param("(n != 1)", "(n > 1)", "Plural-Forms", id="plural rule"),
        pytest.param("<strong>میرا دروازہ</strong>", "میرا دروازہ", "HTML differs", id="HTML forgotten"),
        pytest.param("<strong>میرا دروازہ</strong>", "<b>میرا دروازہ</b>", "HTML differs", id="HTML swapped"),
        pytest.param("<strong>میرا دروازہ</strong>", "</strong>میرا<strong>", "not nested", id="HTML crossed"),
        pytest.param("سلام، \u2068%(name)s\u2069", "Hello, %(name)s", "script", id="not Urdu"),
        pytest.param("\u2068%(name)s\u2069", "%(name)s", "isolate", id="no isolate"),
        pytest.param("سلام، \u2068%(name)s\u2069", "\u2068%(name)s\u2069 سلام", "isolate", id="no mark"),
        pytest.param('"سلام، \u2068%(name)s\u2069"', '"سلام، \u2068%(name)s\u2069 "', "ends with a space", id="space"),
        pytest.param('"سلام، \u2068%(name)s\u2069"', '"سلام، \u2068%(name)s\u2069', "cannot be read", id="quote open"),
        pytest.param("msgstr", "msgstring", "cannot be read", id="keyword misspelt"),
    ],
)
def test_each_fault_is_found(wanted: Catalog, was: str, becomes: str, complaint: str) -> None:
    assert was in WHOLE
    found = list(problems(wanted, WHOLE.replace(was, becomes), "ur"))
    assert any(complaint in each for each in found), found


WELSH_FORMS = ("%(num)s o luniau", "Un llun", "%(num)s lun", "%(num)s llun", "%(num)s llun")


@pytest.mark.parametrize(
    ("was", "becomes", "complaint"),
    [
        pytest.param("", "", "", id="whole"),
        pytest.param("Helô, %(name)s", "Hello, %(name)s", "English still", id="English"),
        pytest.param("%(num)s o luniau", "lluniau", "many numbers lacks", id="the form of many numbers without one"),
        pytest.param('msgstr[4] "%(num)s llun"\n', "", "empty form", id="a form fewer"),
        pytest.param("n==6 ? 4 : 0", "n==6 ? 4 : 3", "Plural-Forms", id="plural rule"),
    ],
)
def test_welsh_has_five_forms_and_the_first_stands_for_most_numbers(
    wanted: Catalog, was: str, becomes: str, complaint: str
) -> None:
    forms = "".join(f'msgstr[{place}] "{form}"\n' for place, form in enumerate(WELSH_FORMS))
    text = (
        HEADER.replace("Language: ur", "Language: cy").replace(
            "nplurals=2; plural=(n != 1)", str(get_plural("cy"))[:-1]
        )
        + '\nmsgid "Hello, %(name)s"\nmsgstr "Helô, %(name)s"\n'
        + f'\nmsgid "One photo"\nmsgid_plural "%(num)s photos"\n{forms}'
        + '\nmsgid "Open <strong>my door</strong>"\nmsgstr "Agor <strong>fy nrws</strong>"\n'
    )
    assert was in text
    found = list(problems(wanted, text.replace(was, becomes) if was else text, "cy"))
    assert any(complaint in each for each in found) if complaint else found == []


def test_english_may_stand_for_itself(wanted: Catalog) -> None:
    empty = HEADER + "".join(
        f'\nmsgid "{words}"\nmsgstr ""\n' for words in ("Hello, %(name)s", "Open <strong>my door</strong>")
    )
    empty += '\nmsgid "One photo"\nmsgid_plural "%(num)s photos"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert list(problems(wanted, empty, "en")) == []


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one template and one module that speak."""
    here = Path(__file__).parent.parent
    (tmp_path / "babel.cfg").write_text((here / "babel.cfg").read_text())
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "views.py").write_text('title = _("My space")\nlate = lazy_gettext("Later")\n')
    (tmp_path / "templates" / "_parts").mkdir(parents=True)
    (tmp_path / "templates" / "_parts" / "base.html").write_text("{{ _('Skip to the page') }}")
    (tmp_path / "templates" / "page.html").write_text(
        "{% trans trimmed name=person %}\n  Hello,\n  {{ name }}\n{% endtrans %}{{ ngettext('One', '%(num)s', 2) }}"
    )
    return tmp_path


def test_words_are_collected_from_templates_and_modules(checkout: Path) -> None:
    assert {each.id for each in collect(checkout) if each.id} == {
        "My space",
        "Later",
        "Skip to the page",
        "Hello, %(name)s",
        ("One", "%(num)s"),
    }


def test_update_keeps_what_is_translated_and_drops_what_nobody_says(checkout: Path) -> None:
    update(checkout)
    urdu = catalogue_path(checkout, "ur")
    urdu.write_text(urdu.read_text().replace('msgid "My space"\nmsgstr ""', 'msgid "My space"\nmsgstr "میری جگہ"'))
    (checkout / "journal" / "views.py").write_text('title = _("My space")\nnew = _("New")\n')
    update(checkout)

    after = urdu.read_text()
    assert 'msgstr "میری جگہ"' in after
    assert '"New"' in after
    assert "Later" not in after
    assert "fuzzy" not in after
    update(checkout)
    assert urdu.read_text() == after


def test_update_isolates_placeholders_where_one_writes_from_right_to_left(checkout: Path) -> None:
    update(checkout)
    urdu = catalogue_path(checkout, "ur")
    empty = 'msgid "Hello, %(name)s"\nmsgstr ""'
    urdu.write_text(urdu.read_text().replace(empty, 'msgid "Hello, %(name)s"\nmsgstr "سلام، %(name)s"'))
    assert any("isolate" in each for each in check(checkout))
    update(checkout)
    assert 'msgstr "سلام، \u2068%(name)s\u2069"' in urdu.read_text()
    assert not any("isolate" in each for each in check(checkout))


def test_a_sentence_that_begins_with_a_name_keeps_its_direction() -> None:
    assert isolated("%(name)s کی جگہ", "ur") == "\u200f\u2068%(name)s\u2069 کی جگہ"
    assert isolated("%(names)s کی جگہ", "ur") == "\u200f\u2067%(names)s\u2069 کی جگہ"
    assert isolated("%(name)s: %(note)s", "ur") == "\u2068%(name)s\u2069: \u2068%(note)s\u2069"
    assert isolated("%(day)s، %(time)s", "ur") == "\u200f\u2068%(day)s\u2069، \u2068%(time)s\u2069"
    assert isolated("lle %(name)s", "cy") == "lle %(name)s"
    for form in ("%(name)s کی جگہ", "سلام، %(name)s", "%(name)s"):
        assert isolated(isolated(form, "ur"), "ur") == isolated(form, "ur")


def test_the_check_names_the_language(checkout: Path) -> None:
    assert check(checkout)[0].startswith("en: there is no catalogue")
    update(checkout)
    faults = check(checkout)
    assert 'ur: "My space": is not translated' in faults
    assert not [each for each in faults if each.startswith("en")]
