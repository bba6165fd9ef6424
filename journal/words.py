"""The closed lists that the product is built on, in the words of the product."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a school, in one membership (hat)."""

    PUPIL = "pupil"
    RELATIVE = "relative"
    TEACHER = "teacher"
    HEAD = "head"
    LEAD = "lead"
    OFFICE = "office"


STAFF = frozenset({Role.TEACHER, Role.HEAD, Role.LEAD, Role.OFFICE})


class Learned(StrEnum):
    """Where a pupil learned something."""

    HOME = "home"
    OUTDOORS = "outdoors"
    FAMILY = "family"
    CLUB = "club"
    TRIP = "trip"
    LIBRARY = "library"
    WORSHIP = "worship"
    LANGUAGE = "language"
    SCHOOL = "school"


class Door(StrEnum):
    """What a pupil can open. 'Just me' is the door that shuts all others, so it names no circle."""

    FAMILY = "family"
    PICKED = "picked"
    TEACHERS = "teachers"
    CLASS = "class"
    CLASS_FAMILIES = "class_families"


class Verdict(StrEnum):
    """What a moderator decided about one revision for one desk's circles."""

    LET_THROUGH = "let_through"
    SENT_BACK = "sent_back"
    PUT_AWAY = "put_away"
    PASSED_ON = "passed_on"


class NotePart(StrEnum):
    """The parts of a kind note, in their order."""

    GOOD = "good"  # one true good thing
    CHANGE = "change"  # one thing to change, and why
    BACK = "back"  # the way back


class AnswerKind(StrEnum):
    """What a writer did with a note."""

    SAID = "said"
    USED = "used"  # took the words that were suggested
    KEPT = "kept"  # kept their own
    ASKED = "asked"  # another grown-up to look


class Standing(StrEnum):
    """Where an item stands with one circle, as the pupil is told."""

    WAITING = "waiting"
    SHARED = "shared"
    SENT_BACK = "sent_back"
    PUT_AWAY = "put_away"
    PASSED_ON = "passed_on"
    NOT_ASKED = "not_asked"


class PictureState(StrEnum):
    """How far the work on a picture has come."""

    WAITING = "waiting"
    READY = "ready"
    BROKEN = "broken"


class LookKind(StrEnum):
    """Why somebody looked at an item."""

    OPENED = "opened"
    MODERATED = "moderated"
    EXPORTED = "exported"


class Stand(StrEnum):
    """As whom somebody takes a portfolio home, and so what is in it."""

    PUPIL = "pupil"  # all that is theirs
    RELATIVE = "relative"  # what that relative may see
    SCHOOL = "school"  # what was shared with the pupil's teachers


class ExportState(StrEnum):
    """How far a portfolio that was ordered has come."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class NoticeKind(StrEnum):
    """What a notice on somebody's own page says."""

    SAID = "said"
    LET_THROUGH = "let_through"
    SENT_BACK = "sent_back"
    PUT_AWAY = "put_away"
    ANSWERED = "answered"


class About(StrEnum):
    """Why somebody is among those whom a worry is about."""

    NAMED = "named"  # by whoever told it
    AUTHOR = "author"  # they made what it is about
    SPACE = "space"  # it stands in their space
    ADDED = "added"  # by a safeguarding lead
    NEAR = "near"  # a relative: not about them, and not for them to read


class CaseState(StrEnum):
    """Where a worry stands with the safeguarding leads."""

    NEW = "new"
    READ = "read"
    OPEN = "open"
    WAITING = "waiting"  # for somebody else
    CLOSED = "closed"
    REOPENED = "reopened"


class NoteKind(StrEnum):
    """What a line in the course of a worry says."""

    NOTE = "note"
    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"
    REOPENED = "reopened"
    PASSED = "passed"  # to somebody outside the school
    TAKEN = "taken"  # somebody takes care of it now
    NAMED = "named"  # somebody more whom it is about
    JOINED = "joined"
    STEP = "step"
    STEP_DONE = "step_done"
    HELD = "held"
    HOLD_REVIEWED = "hold_reviewed"
    HOLD_OFF = "hold_off"
    ANSWERED = "answered"
    PRINTED = "printed"
    EXPORTED = "exported"


class PauseKind(StrEnum):
    """What has a rest."""

    COMMENTS = "comments"
    PERSON = "person"
    GROUP = "group"
    EVERYTHING = "everything"  # reading too


class Key(StrEnum):
    """By what somebody proved a second thing, after the password."""

    APP = "app"  # six numbers of an app
    PASSKEY = "passkey"
    CODE = "code"  # one of ten recovery codes
    OFFICE = "office"  # a code that the office gave in person


class Tried(StrEnum):
    """With what somebody tried to come in, and did not."""

    PASSWORD = "password"  # noqa: S105 - the name of a way, not a password
    NUMBERS = "numbers"
    PASSKEY = "passkey"
    CODE = "code"


class TagKind(StrEnum):
    """Whom somebody named in a picture."""

    PUPIL = "pupil"
    GROWN_UP = "grown_up"
    NOBODY = "nobody"  # nobody we know


class Purpose(StrEnum):
    """What a picture of a child may be used for, if those who say so said yes."""

    CLASS_JOURNAL = "class_journal"
    PHOTO_FRAME = "photo_frame"
    SHOWCASE = "showcase"


class Answer(StrEnum):
    """What a carer or a pupil said to a purpose."""

    YES = "yes"
    ASK = "ask"  # each time
    NO = "no"
    WITHDRAWN = "withdrawn"  # it was a yes
    SET_ASIDE = "set_aside"  # whoever said it on paper has no say any more


class SaidHow(StrEnum):
    """How an answer came."""

    ONLINE = "online"
    PAPER = "paper"


ASKED_WITH = (1,)
"""The versions of the words with which people are asked about pictures, the newest last (``journal.wordings``)."""
MOST_PHOTOS = 12
DEEPEST = 4
"""Comments on comments: how deep a thread goes. What answers the deepest stands beside it."""
PAGE = 20


class FlagKind(StrEnum):
    """What a moderation aid noticed. It is never a judgement: whoever reads decides."""

    PHONE = "phone"
    EMAIL = "email"
    HANDLE = "handle"
    LINK = "link"
    POSTCODE = "postcode"
    ADDRESS = "address"
    NAME = "name"
    WORD = "word"
    LONG = "long"
    EMOJI = "emoji"
    CHANGED = "changed"
    NEW_RELATIVE = "new_relative"


ABOUT_WORDS = frozenset(
    {
        FlagKind.PHONE,
        FlagKind.EMAIL,
        FlagKind.HANDLE,
        FlagKind.LINK,
        FlagKind.POSTCODE,
        FlagKind.ADDRESS,
        FlagKind.NAME,
        FlagKind.WORD,
    }
)
"""Flags that stand at a place in the words, and of which the writer is asked before handing in."""
