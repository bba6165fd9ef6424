"""Carries what the pages say into every language's catalogue, and keeps what is translated already.

New messages come with an empty translation, which ``make check`` names until it is filled; messages that no
page says any more go. Nothing is guessed: no fuzzy entries. In languages written from right to left placeholders are
put into isolates.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tools.translations import LANGUAGES, catalogue_path, collect, isolated


def update(root: Path) -> None:
    """Bring the catalogues of the checkout ``root`` up to date, and begin those that are not there yet."""
    wanted = collect(root)
    for language in LANGUAGES:
        path = catalogue_path(root, language)
        if path.exists():
            with path.open("rb") as old:
                catalogue = read_po(old, locale=language)
        else:
            catalogue = Catalog(locale=language, charset="utf-8")
        catalogue.project, catalogue.version = "Thirdspace", ""
        catalogue.header_comment = f"# What Thirdspace says, in {catalogue.locale.get_display_name('en')}."
        catalogue.fuzzy = False
        catalogue.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        _isolate(catalogue, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as new:
            write_po(new, catalogue, width=110, omit_header=False, sort_by_file=True, include_lineno=False)
        _drop_dates(path)


def _isolate(catalogue: Catalog, language: str) -> None:
    """Put every placeholder of a language written from right to left into an isolate."""
    for message in catalogue:
        if not message.id or not message.string:
            continue
        if isinstance(message.string, str):
            message.string = isolated(message.string, language)
        else:
            message.string = tuple(isolated(form, language) for form in message.string)


def _drop_dates(path: Path) -> None:
    """Take dates and placeholders out of the header, so that only changed words change the file."""
    lines = path.read_text(encoding="utf-8")
    names = "POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To"
    unneeded = rf'^"(?:{names}): .*\n'
    path.write_text(re.sub(unneeded, "", lines, flags=re.MULTILINE), encoding="utf-8")


if __name__ == "__main__":
    update(Path(__file__).parent.parent)
    print("Catalogues updated: journal/translations/*/LC_MESSAGES/messages.po")
