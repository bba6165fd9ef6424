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


def device_letter(to: str, device: str, signed_in: str, language: str) -> Letter:
    """Return the letter that tells of a device that is new. Nothing of what anybody wrote stands in it."""
    _ = translations(language).gettext
    parts = (
        _("Hello,"),
        _("your e-mail address and password were just used on a device that is new to us:") + "\n" + device,
        _("If it was you, you need not do anything."),
        _("If it was not you, sign in, say so on this page, and choose a new password:") + "\n" + signed_in,
    )
    return Letter(to, _("A new device, Thirdspace"), "\n\n".join(parts) + "\n")


def invitation_letter(to: str, link: str, school: str, days: int, language: str) -> Letter:
    """Return the letter with the link by which somebody of the staff begins."""
    words = translations(language)
    _, ngettext = words.gettext, words.ngettext
    parts = (
        _("Hello,"),
        _("%(school)s uses Thirdspace, and has made a place for you there.") % {"school": school},
        _("Open this page to begin:") + "\n" + link,
        ngettext("The link works once, for %(num)s day.", "The link works once, for %(num)s days.", days)
        % {"num": days},
        _("If you do not work there, you need not do anything."),
    )
    return Letter(to, _("Your place in Thirdspace"), "\n\n".join(parts) + "\n")
