"""The letter that tells a head that something was opened. It holds no name and no reason: others may read it."""

from journal.languages import translations
from journal.mail import Letter


def opened_letter(to: str, link: str, language: str) -> Letter:
    """Return the letter: that there is something, and where it can be read."""
    _ = translations(language).gettext
    parts = (
        _("Hello,"),
        _("a safeguarding lead has just opened something in Thirdspace that was not shared with them."),
        _("Please sign in to read who, what and why:") + "\n" + link,
        _("This letter says no more on purpose."),
    )
    return Letter(to, _("Something was opened in Thirdspace"), "\n\n".join(parts) + "\n")
