"""The letters of this room, in the reader's language. They are made by the worker, where no page's language is."""

from journal.languages import translations
from journal.mail import Letter


def reset_letter(to: str, link: str, minutes: int, language: str) -> Letter:
    """Return the letter with the link to choose a new password. It names nobody, in case the address is wrong."""
    words = translations(language)
    _, ngettext = words.gettext, words.ngettext
    parts = (
        _("Hello,"),
        _("somebody asked for a new password for Thirdspace, with this e-mail address."),
        _("If it was you, open this page and choose one:") + "\n" + link,
        ngettext("The link works once, for %(num)s minute.", "The link works once, for %(num)s minutes.", minutes)
        % {"num": minutes},
        _("If it was not you, you need not do anything. Your password stays as it is."),
    )
    return Letter(to, _("A new password for Thirdspace"), "\n\n".join(parts) + "\n")
