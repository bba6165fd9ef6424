"""The letter that reminds somebody of worries. It holds no name and no word of them, in case somebody else reads it."""

from journal.languages import translations
from journal.mail import Letter


def reminder(to: str, link: str, language: str) -> Letter:
    """Return the letter: something is to be done, and where."""
    _ = translations(language).gettext
    parts = (
        _("Hello,"),
        _("something is waiting for you in Thirdspace today. Please sign in and have a look:") + "\n" + link,
        _("This letter says no more on purpose. You get at most one a day."),
    )
    return Letter(to, _("Something is waiting for you in Thirdspace"), "\n\n".join(parts) + "\n")
