"""The one exception with which an act says no. How it is worded stands in ``journal.errors``."""

from enum import StrEnum


class Reason(StrEnum):
    """Why something was not done. Each has words in every language (a test sees to it)."""

    EMPTY_ENTRY = "empty_entry"
    EMPTY_WORDS = "empty_words"
    TOO_LONG = "too_long"
    TOO_MANY_PHOTOS = "too_many_photos"
    NOT_YOUR_DOOR = "not_your_door"
    PICKED_SHUT_OUT = "picked_shut_out"
    NOBODY_PICKED = "nobody_picked"
    CHANGED_ELSEWHERE = "changed_elsewhere"
    PHOTOS_NOT_READY = "photos_not_ready"
    DECIDED_ALREADY = "decided_already"
    REPLACED = "replaced"
    NOT_AT_DESK = "not_at_desk"
    NOT_UNDONE = "not_undone"
    NOT_LOOKED_AT = "not_looked_at"
    NOTE_NEEDED = "note_needed"
    REASON_NEEDED = "reason_needed"
    WORDS_NOT_THERE = "words_not_there"
    WORDS_GONE = "words_gone"
    NOBODY_ELSE = "nobody_else"
    NOBODY_LEADS = "nobody_leads"
    TOO_MANY_SENTENCES = "too_many_sentences"
    NOT_NOW = "not_now"
    NOT_UNDERSTOOD = "not_understood"
    WRONG_SIGN_IN = "wrong_sign_in"
    WRONG_CLASS_CODE = "wrong_class_code"
    TOO_OFTEN = "too_often"
    LINK_OLD = "link_old"
    PASSWORD_SHORT = "password_short"  # noqa: S105 - the name of a reason, not a password
    PASSWORD_LONG = "password_long"  # noqa: S105
    PASSWORD_COMMON = "password_common"  # noqa: S105
    MAIL_NOT_SENT = "mail_not_sent"
    PICTURE_EMPTY = "picture_empty"
    PICTURE_TOO_BIG = "picture_too_big"
    PICTURE_TOO_MANY_PIXELS = "picture_too_many_pixels"
    PICTURE_UNKNOWN = "picture_unknown"
    PICTURE_BROKEN = "picture_broken"
    PICTURE_TOO_HARD = "picture_too_hard"
    TOO_MUCH_AT_ONCE = "too_much_at_once"
    NOT_A_DAY = "not_a_day"
    NOT_AHEAD = "not_ahead"
    NOT_A_TIME = "not_a_time"
    NOT_YEARS = "not_years"
    DATES_TURNED = "dates_turned"
    TIMES_TURNED = "times_turned"
    DAYS_OVER = "days_over"
    NOTHING_CHOSEN = "nothing_chosen"
    NOBODY_CHOSEN = "nobody_chosen"
    TOO_MANY_CHOSEN = "too_many_chosen"
    NOTHING_IN_IT = "nothing_in_it"
    NO_ROOM = "no_room"
    TOO_MANY_WORDS = "too_many_words"
    NOTHING_TO_FIND = "nothing_to_find"
    WRONG_NUMBERS = "wrong_numbers"
    NUMBERS_USED = "numbers_used"
    NUMBERS_LOST = "numbers_lost"
    WRONG_CODE = "wrong_code"
    WRONG_PASSKEY = "wrong_passkey"
    TOO_MANY_KEYS = "too_many_keys"
    LAST_KEY = "last_key"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    NAME_NEEDED = "name_needed"
    NOT_AN_EMAIL = "not_an_email"
    HERE_ALREADY = "here_already"
    NOT_YOURS_TO_GIVE = "not_yours_to_give"
    NOT_YOURSELF = "not_yourself"
    SENTENCE_NEEDED = "sentence_needed"
    PROVE_AGAIN = "prove_again"
    RESTING = "resting"
    PAUSED_ALREADY = "paused_already"
    WORD_NOT_PLAIN = "word_not_plain"
    NOT_ON_THE_LIST = "not_on_the_list"


class Refusal(Exception):
    """Something was not done, for a reason that the person can be told.

    ``field`` names the form field it is about, where there is one; ``limit`` is a number that belongs in the
    sentence (letters, photos, minutes).
    """

    def __init__(self, reason: Reason, field: str = "", limit: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.limit = limit


class Unseen(Exception):
    """What was asked for does not exist for this viewer: never was, is gone, or is not for them. All alike."""
