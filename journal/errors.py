"""What people are told when something does not work: what happened and what to do, blaming nobody.

Every ``Reason`` has its sentence here (a test sees to it). What is not there and what one may not see get the same
page.
"""

import logging
from collections.abc import Callable

from flask import Flask, g, render_template, request
from flask_babel import force_locale, ngettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from journal.languages import LANGUAGES, direction_of
from journal.nav import belongs_to
from journal.refusals import Reason, Refusal, Unseen
from journal.saying import gettext as _

log = logging.getLogger("journal")

SAY: dict[Reason, Callable[[], str]] = {
    Reason.EMPTY_ENTRY: lambda: _("There is nothing in it yet. Write a little, or add a picture."),
    Reason.EMPTY_WORDS: lambda: _("There are no words yet. Write a little first."),
    Reason.NOT_YOUR_DOOR: lambda: _("One of the doors is not yours to open. Choose again."),
    Reason.PICKED_SHUT_OUT: lambda: _(
        "You picked somebody, and the door “People I pick” is shut. Open that door, or take the tick away."
    ),
    Reason.NOBODY_PICKED: lambda: _("Who do you pick? Tick somebody, or shut the door “People I pick”."),
    Reason.CHANGED_ELSEWHERE: lambda: _(
        "You changed this in another window. Nothing is lost. Open it again to see the newest one."
    ),
    Reason.PHOTOS_NOT_READY: lambda: _("A picture is still on its way. Wait a moment, then try again."),
    Reason.DECIDED_ALREADY: lambda: _("Somebody else has decided about this already."),
    Reason.REPLACED: lambda: _("It was changed while you were reading. Here is the newest one."),
    Reason.NOT_AT_DESK: lambda: _("This is with somebody else now: you do not read for that class any more."),
    Reason.NOT_UNDONE: lambda: _("That cannot be undone any more. Here is how it stands now."),
    Reason.NOT_LOOKED_AT: lambda: _("Nothing was let through. Look at each one first, then choose it."),
    Reason.NOTE_NEEDED: lambda: _("Write a kind note, so that they know what to change."),
    Reason.REASON_NEEDED: lambda: _("Write down why. It is kept in the school’s record."),
    Reason.WORDS_NOT_THERE: lambda: _("These words do not stand there. Copy them just as they are."),
    Reason.WORDS_GONE: lambda: _("Those words are not in it any more. You can change it yourself."),
    Reason.NOBODY_LEADS: lambda: _("There is no safeguarding lead here who could read it."),
    Reason.NOBODY_ELSE: lambda: _("There is nobody else here who could look. You can write an answer."),
    Reason.NOT_NOW: lambda: _("That cannot be done any more. Here is how it stands now."),
    Reason.NOT_UNDERSTOOD: lambda: _("We did not understand that. Please try again."),
    Reason.WRONG_SIGN_IN: lambda: _("That did not match. Check it and try again."),
    Reason.WRONG_CLASS_CODE: lambda: _("We do not know that class code. Check it and try again."),
    Reason.LINK_OLD: lambda: _("This link has been used or is too old. Ask for a new one."),
    Reason.PASSWORD_COMMON: lambda: _("Many people use that password. Choose one that is only yours."),
    Reason.MAIL_NOT_SENT: lambda: _("The letter could not be sent. Please try again later."),
    Reason.PICTURE_EMPTY: lambda: _("This picture is empty. Choose it again."),
    Reason.PICTURE_UNKNOWN: lambda: _(
        "This is not a picture that we know. Try a photo: JPEG, PNG, WebP, GIF, HEIC or AVIF."
    ),
    Reason.PICTURE_BROKEN: lambda: _("This picture is broken. Try another one, or take it again."),
    Reason.PICTURE_TOO_HARD: lambda: _("This picture is too hard for us. Try a smaller one."),
    Reason.TOO_OFTEN: lambda: _("That was many times. Wait a little while, then try again."),
    Reason.NOT_YEARS: lambda: _("Write a number of years from 1 to 75."),
    Reason.NOT_A_DAY: lambda: _("We do not know that day. Write it like this: 2026-09-30."),
    Reason.NOT_A_TIME: lambda: _("We do not know that time. Write it like this: 08:30."),
    Reason.DATES_TURNED: lambda: _("The last day is before the first day. Turn them round."),
    Reason.TIMES_TURNED: lambda: _("It ends before it begins. Turn the times round."),
    Reason.DAYS_OVER: lambda: _("Those days are over. Choose days that are to come."),
    Reason.NOTHING_CHOSEN: lambda: _("Nothing is chosen yet. Choose at least one thing."),
    Reason.NOBODY_CHOSEN: lambda: _("Nobody is chosen yet. Look for them by name, then choose one person."),
    Reason.NOTHING_IN_IT: lambda: _("There would be nothing in it. Choose more days, more places or other things."),
    Reason.NO_ROOM: lambda: _(
        "There is not enough room on the school’s computer for this. Choose less, or ask the school office."
    ),
    Reason.TOO_MUCH_AT_ONCE: lambda: _("That is too much at once. Send fewer pictures at a time."),
    Reason.NOTHING_TO_FIND: lambda: _("Write a word to look for: letters or numbers."),
    Reason.WRONG_NUMBERS: lambda: _(
        "Those are not the numbers of this half minute. Look again, and type what is there now."
    ),
    Reason.NUMBERS_USED: lambda: _("Those numbers were used already. Wait for the next ones."),
    Reason.NUMBERS_LOST: lambda: _(
        "The school’s computer cannot read your app’s secret any more. Use a recovery code, or ask the school office."
    ),
    Reason.WRONG_CODE: lambda: _("That code does not let you in. Each works once. Check it, or take another."),
    Reason.WRONG_PASSKEY: lambda: _("The passkey did not work this time. Try once more, or take another way."),
    Reason.LAST_KEY: lambda: _("That is the only one you have. Set up another first."),
    Reason.WRONG_PASSWORD: lambda: _("That is not your password of now. Check it and try again."),
    Reason.NAME_NEEDED: lambda: _("Write the name that everybody here knows them by."),
    Reason.NOT_AN_EMAIL: lambda: _("That is not an e-mail address. It looks like name@school.example."),
    Reason.HERE_ALREADY: lambda: _("Somebody with this address works here already. Look in the list."),
    Reason.NOT_YOURS_TO_GIVE: lambda: _("Only the head decides who is a head or a safeguarding lead."),
    Reason.NOT_YOURSELF: lambda: _("You cannot change this for yourself. Ask a colleague."),
    Reason.SENTENCE_NEEDED: lambda: _("Write at least one full sentence, so that others understand why."),
    Reason.RESTING: lambda: _("This has a rest just now. Nothing is lost: it stays as it is, and you can go on later."),
    Reason.PAUSED_ALREADY: lambda: _("That is paused already. Take it off first, if it should be different."),
    Reason.PROVE_AGAIN: lambda: _("It has been a while. Prove once more that it is you. What you wrote stays here."),
}

SAY_NUMBER: dict[Reason, Callable[[int], str]] = {
    Reason.WORD_NOT_PLAIN: lambda line: _(
        "Line %(line)s is no plain word. Write letters alone, with a star at the end or the beginning if you need "
        "one, at most 60 letters a line and 10,000 lines. Nothing is lost.",
        line=line,
    ),
    Reason.NOT_ON_THE_LIST: lambda line: _(
        "Line %(line)s is not on the list that comes with it, so there is nothing to leave alone. Take it out.",
        line=line,
    ),
    Reason.NOT_AHEAD: lambda most: ngettext(
        "Choose a day that is to come, at most %(num)s day from now.",
        "Choose a day that is to come, at most %(num)s days from now.",
        most,
    ),
    Reason.TOO_LONG: lambda most: ngettext(
        "This is too long. The most is %(num)s letter. Nothing is lost: make it shorter.",
        "This is too long. The most is %(num)s letters. Nothing is lost: make it shorter.",
        most,
    ),
    Reason.TOO_MANY_PHOTOS: lambda most: ngettext(
        "There is room for %(num)s picture. Take one away first.",
        "There is room for %(num)s pictures. Take one away first.",
        most,
    ),
    Reason.TOO_MANY_CHOSEN: lambda most: ngettext(
        "You can choose %(num)s thing one by one. For more, choose days or take everything.",
        "You can choose %(num)s things one by one. For more, choose days or take everything.",
        most,
    ),
    Reason.TOO_MANY_SENTENCES: lambda most: ngettext(
        "There is room for %(num)s sentence. Take one out first.",
        "There is room for %(num)s sentences. Take one out first.",
        most,
    ),
    Reason.TOO_MANY_WORDS: lambda most: ngettext(
        "That is a lot to look for. Use at most %(num)s word.",
        "That is a lot to look for. Use at most %(num)s words.",
        most,
    ),
    Reason.TOO_MANY_KEYS: lambda most: ngettext(
        "There is room for %(num)s passkey. Take one away first.",
        "There is room for %(num)s passkeys. Take one away first.",
        most,
    ),
    Reason.PASSWORD_SHORT: lambda most: ngettext(
        "Make it longer: at least %(num)s letter.", "Make it longer: at least %(num)s letters.", most
    ),
    Reason.PASSWORD_LONG: lambda most: ngettext(
        "Make it shorter: at most %(num)s letter.", "Make it shorter: at most %(num)s letters.", most
    ),
    Reason.PICTURE_TOO_BIG: lambda most: ngettext(
        "This picture is too big. The most is %(num)s megabyte.",
        "This picture is too big. The most is %(num)s megabytes.",
        most,
    ),
    Reason.PICTURE_TOO_MANY_PIXELS: lambda most: ngettext(
        "This picture is too large. The most is %(num)s megapixel.",
        "This picture is too large. The most is %(num)s megapixels.",
        most,
    ),
}


def say(refusal: Refusal) -> str:
    """Return a refusal in the person's language."""
    if refusal.reason in SAY_NUMBER:
        return SAY_NUMBER[refusal.reason](refusal.limit)
    return SAY[refusal.reason]()


def add_pages(app: Flask) -> None:
    """Give every kind of trouble its page."""
    app.register_error_handler(Unseen, lambda _problem: trouble(404))
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def trouble(code: int, words: str = "") -> tuple[str, int]:
    """Return the page for a kind of trouble. Fragments get the words alone."""
    title, then = _TROUBLE.get(code, _TROUBLE[400])()
    if request.headers.get("X-Fragment"):
        return {"message": words or then}, code  # type: ignore[return-value]
    belongs_to()
    return render_template("school/trouble.html", code=code, title=title, words=words or then), code


_TROUBLE: dict[int, Callable[[], tuple[str, str]]] = {
    400: lambda: (_("That did not work"), _("Go back one page and try again. Nothing is lost.")),
    404: lambda: (
        _("There is nothing here"),
        _("Perhaps it was taken back, or the address has a mistake. That is fine."),
    ),
    405: lambda: (_("That did not work"), _("Go back one page and try again.")),
    409: lambda: (_("It was changed meanwhile"), _("Open it again to see the newest one.")),
    413: lambda: (_("That is too much at once"), _("Send fewer pictures at a time.")),
    429: lambda: (_("Wait a little while"), _("That was many times. Wait a little while, then try again.")),
}


def _refused(refusal: Refusal) -> tuple[str, int]:
    return trouble(400, say(refusal))


def _stale_form(_problem: CSRFError) -> tuple[str, int]:
    return trouble(400, _("This page was open for a long time. Go back, load it again and send it once more."))


def _http(problem: HTTPException) -> tuple[str, int] | HTTPException:
    if problem.code is None or problem.code < 400:
        return problem
    return trouble(problem.code) if problem.code < 500 else _broken(problem)


def _broken(problem: Exception) -> tuple[str, int]:
    """The page for our own mistakes touches no database and no session."""
    kind = type(problem)
    trace = problem.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    # The message may hold somebody's words, so the log has the kind and the place alone.
    log.error("broken: %s.%s at %s on %s", kind.__module__, kind.__qualname__, place, request.endpoint)
    if "db" in g:
        g.db.rollback()
    g.broken = True
    language = request.accept_languages.best_match(LANGUAGES) or "en"
    with force_locale(language):
        if request.headers.get("X-Fragment"):
            words = _("Something broke on our side. You did nothing wrong. Try again in a minute.")
            return {"message": words}, 500  # type: ignore[return-value]
        page = render_template(
            "_parts/broken.html", locale=language, dir=direction_of(language), home="/", again=request.path
        )
    return page, 500
