"""Every act of the record in plain words, after the name of whoever did it."""

from journal.actkinds import Kind
from journal.record.views.words_care import CARE
from journal.saying import gettext as _


def kind_words(kind: Kind) -> tuple[str, str, str]:
    """What a kind is called, with its icon and ink."""
    words = {
        Kind.OPENED: (_("Opened without being shared"), "key", "poppy"),
        Kind.DECIDED: (_("Let through, sent back"), "check-circle", "sky"),
        Kind.PUT_AWAY: (_("Put away"), "eye-slash", "sun"),
        Kind.CONCERN: (_("Concern"), "lifebuoy", ""),
        Kind.HOLD: (_("Hold"), "lock-key", "sun"),
        Kind.EXPORT: (_("Taken home"), "archive", "blossom"),
        Kind.CONSENT: (_("Consent"), "user-check", "leaf"),
        Kind.PEOPLE: (_("People in and out"), "identification-card", ""),
        Kind.PAUSE: (_("Pause"), "hand", "sun"),
        Kind.SHARED: (_("Made and said"), "chat-circle-dots", "leaf"),
        Kind.SIGN_IN: (_("Sign-in"), "password", "line"),
        Kind.RECORD: (_("The record"), "list-checks", "line"),
    }
    said, icon, tone = words[kind]
    return str(said), icon, tone


SENTENCES = {
    **CARE,
    "let_through": lambda: _("Let something through"),
    "sent_back": lambda: _("Sent something back with a note"),
    "passed_on": lambda: _("Passed something on to the safeguarding lead"),
    "put_away": lambda: _("Put something away"),
    "put_away_shown": lambda: _("Put something away that had been shared"),
    "undo": lambda: _("Undid a decision"),
    "note_said": lambda: _("Answered a note"),
    "note_used": lambda: _("Used the words that a note offered"),
    "note_kept": lambda: _("Kept their own words after a note"),
    "note_asked": lambda: _("Asked another grown-up to look"),
    "note_answer_read": lambda: _("Read what was answered to a note"),
    "cover": lambda: _("Named somebody to cover for a teacher"),
    "end_cover": lambda: _("Ended somebody’s cover"),
    "second": lambda: _("Named who reads what waits too long"),
    "set_reading": lambda: _("Changed when things are read"),
    "set_school_days": lambda: _("Changed on which days there is school"),
    "set_aids": lambda: _("Changed which words are flagged, and what a flag keeps back"),
    "kind_sentence_added": lambda: _("Added a kind sentence for notes"),
    "kind_sentence_offered": lambda: _("Offered a kind sentence again"),
    "kind_sentence_not_offered": lambda: _("Stopped offering a kind sentence"),
    "kind_sentence_taken_out": lambda: _("Took a kind sentence out"),
    "order_portfolio": lambda: _("Ordered a portfolio"),
    "take_home": lambda: _("Took a portfolio home"),
    "take_consents": lambda: _("Took the table of consents along as a file"),
    "portfolio_changed": lambda: _("A portfolio was changed before it was taken home"),
    "keep_out": lambda: _("Kept something out of the portfolios of others"),
    "let_in": lambda: _("Let something into the portfolios of others again"),
    "name_to_export": lambda: _("Named somebody to take portfolios home"),
    "unname_to_export": lambda: _("Ended somebody’s right to take portfolios home"),
    "consent": lambda: _("Wrote down what somebody allows or does not"),
    "own_say_age": lambda: _("Changed from which age pupils have a say"),
    "pupil_born": lambda: _("Wrote down a pupil’s day of birth"),
    "say_who": lambda: _("Said who is in a picture"),
    "add_staff": lambda: _("Added somebody to the staff"),
    "change_staff": lambda: _("Changed what somebody of the staff does"),
    "disable_staff": lambda: _("Closed the account of somebody of the staff"),
    "enable_staff": lambda: _("Opened the account of somebody of the staff again"),
    "invite_again": lambda: _("Invited somebody of the staff again"),
    "take_up_invitation": lambda: _("Took up an invitation"),
    "let_in_once": lambda: _("Let somebody in who had lost their second step"),
    "sign_out_staff": lambda: _("Signed somebody of the staff out everywhere"),
    "want_second_factor": lambda: _("Changed whether staff need a second step"),
    "see_contacts": lambda: _("Opened the list of the staff’s addresses"),
    "see_contact": lambda: _("Opened the address of somebody of the staff"),
    "pause": lambda: _("Paused something"),
    "take_pause_off": lambda: _("Ended a pause"),
    "begin": lambda: _("Began something"),
    "set_doors": lambda: _("Chose who sees something"),
    "withdraw": lambda: _("Took something back before it was read"),
    "throw_away": lambda: _("Threw a draft away"),
    "hand_in": lambda: _("Made something ready"),
    "say": lambda: _("Wrote back"),
    "edit": lambda: _("Changed what they had written"),
    "take_back": lambda: _("Took back what they had written"),
    "delete": lambda: _("Deleted something"),
    "bring_back": lambda: _("Brought back what was deleted"),
    "sign_in": lambda: _("Signed in"),
    "wear_hat": lambda: _("Changed to this role"),
    "new_password": lambda: _("Chose a new password"),
    "set_up_app": lambda: _("Set up the second step"),
    "drop_app": lambda: _("Took the second step’s app off"),
    "add_passkey": lambda: _("Added a passkey"),
    "drop_passkey": lambda: _("Took a passkey off"),
    "new_recovery_codes": lambda: _("Made new recovery codes"),
    "second_app": lambda: _("Passed the second step with the app"),
    "second_passkey": lambda: _("Passed the second step with a passkey"),
    "second_code": lambda: _("Passed the second step with a recovery code"),
    "second_office": lambda: _("Passed the second step with a code from the office"),
    "read_record": lambda: _("Read the record"),
    "take_record": lambda: _("Took lines of the record along as a file"),
    "ask_for_check": lambda: _("Asked for the record to be checked"),
    "drop_record": lambda: _("Lines that were over were dropped"),
    "set_record_years": lambda: _("Changed how long the record is kept"),
}
"""What each act is called. None of these names a thing by its title: titles are children's words."""


def sentence(act: str) -> str:
    """Return an act in plain words; an act that no release ever had stands under its own name."""
    found = SENTENCES.get(act)
    return str(found()) if found else act.replace("_", " ")
