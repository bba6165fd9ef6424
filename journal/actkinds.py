"""What kind of thing each act is, so that the record can be narrowed. Every act that is recorded stands here."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """The kinds, in the order in which the page offers them."""

    OPENED = "opened"
    DECIDED = "decided"
    PUT_AWAY = "put_away"
    CONCERN = "concern"
    HOLD = "hold"
    EXPORT = "export"
    CONSENT = "consent"
    PEOPLE = "people"
    PAUSE = "pause"
    SHARED = "shared"
    SIGN_IN = "sign_in"
    RECORD = "record"


ACTS: Mapping[Kind, tuple[str, ...]] = {
    Kind.OPENED: (
        "open_unshared",
        "look_unshared",
        "list_unshared",
        "close_unshared",
        "tell_unshared",
        "leave_untold",
        "read_told",
        "ask_why",
    ),
    Kind.DECIDED: (
        "let_through",
        "sent_back",
        "passed_on",
        "undo",
        "note_said",
        "note_used",
        "note_kept",
        "note_asked",
        "note_answer_read",
        "cover",
        "end_cover",
        "second",
        "set_reading",
        "set_school_days",
        "set_aids",
        "kind_sentence_added",
        "kind_sentence_offered",
        "kind_sentence_not_offered",
        "kind_sentence_taken_out",
    ),
    Kind.PUT_AWAY: ("put_away", "put_away_shown"),
    Kind.CONCERN: (
        "tell_worry",
        "read_worry",
        "answer_worry",
        "note_worry",
        "move_worry",
        "pass_worry_on",
        "take_worry",
        "add_step",
        "finish_step",
        "join_worries",
        "name_in_worry",
        "print_worry",
        "export_worry",
        "set_worry_times",
        "name_second_lead",
    ),
    Kind.HOLD: ("put_hold", "review_hold", "take_hold_off"),
    Kind.EXPORT: (
        "order_portfolio",
        "take_home",
        "take_consents",
        "portfolio_changed",
        "keep_out",
        "let_in",
        "name_to_export",
        "unname_to_export",
    ),
    Kind.CONSENT: ("consent", "own_say_age", "pupil_born", "say_who"),
    Kind.PEOPLE: (
        "add_staff",
        "change_staff",
        "disable_staff",
        "enable_staff",
        "invite_again",
        "take_up_invitation",
        "let_in_once",
        "sign_out_staff",
        "want_second_factor",
        "see_contacts",
        "see_contact",
    ),
    Kind.PAUSE: ("pause", "take_pause_off"),
    Kind.SHARED: ("hand_in", "say", "edit", "take_back", "delete", "bring_back"),
    Kind.SIGN_IN: (
        "sign_in",
        "wear_hat",
        "new_password",
        "set_up_app",
        "drop_app",
        "add_passkey",
        "drop_passkey",
        "new_recovery_codes",
        "second_app",
        "second_passkey",
        "second_code",
        "second_office",
    ),
    Kind.RECORD: ("read_record", "take_record", "ask_for_check", "drop_record", "set_record_years"),
}

KIND_OF: Mapping[str, Kind] = {act: kind for kind, acts in ACTS.items() for act in acts}
