"""What a moderator sends."""

from dataclasses import replace
from uuid import UUID

from werkzeug.datastructures import MultiDict

from journal.moderation.acts import DecideInput
from journal.moderation.notes import Note
from journal.refusals import Reason, Refusal
from journal.text import NOTE, TooLong, clean_words
from journal.words import Verdict

VERDICTS = {
    "let_through": Verdict.LET_THROUGH,
    "send_back": Verdict.SENT_BACK,
    "put_away": Verdict.PUT_AWAY,
    "pass_on": Verdict.PASSED_ON,
}


def read_decision(form: MultiDict[str, str], item: UUID) -> DecideInput:
    """Return a decision. Raises Refusal(NOT_UNDERSTOOD) for one that is none, and Refusal(TOO_LONG)."""
    verdicts, revisions = form.getlist("decision"), form.getlist("revision")
    if len(verdicts) != 1 or len(revisions) != 1 or verdicts[0] not in VERDICTS:
        raise Refusal(Reason.NOT_UNDERSTOOD)
    try:
        revision = UUID(revisions[0])
    except ValueError:
        raise Refusal(Reason.NOT_UNDERSTOOD) from None
    return DecideInput(
        item=item,
        revision=revision,
        verdict=VERDICTS[verdicts[0]],
        note=read_words(form, "note"),
        reason=read_words(form, "reason"),
        suggest_old=read_words(form, "suggest_old"),
        suggest_new=read_words(form, "suggest"),
    )


def with_note(decision: DecideInput, note: Note) -> DecideInput:
    """Return a decision with the note as it was built."""
    if len(note.words) > NOTE:
        raise Refusal(Reason.TOO_LONG, "note", NOTE)
    return replace(decision, note=note.words, pieces=note.pieces)


def read_words(form: MultiDict[str, str], field: str) -> str:
    """Return a note or a reason. Raises Refusal(TOO_LONG)."""
    try:
        return clean_words(form.get(field, ""), NOTE)
    except TooLong as long:
        raise Refusal(Reason.TOO_LONG, field, long.limit) from None
