"""What several pages of writing need: the composer as it stands, answers to what was refused."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from journal.accounts.acts import drop_kept
from journal.accounts.reading import kept_for
from journal.circles import Kind, circle
from journal.doors import account, db, viewer
from journal.entries.acts import open_draft, sharing_rests
from journal.entries.around import Around, others_left_out
from journal.entries.doors_of import Doors
from journal.entries.foreseen import Written, foresee
from journal.entries.forms import Typed, kept_typed, read_doors
from journal.entries.reading_draft import DraftPage, draft_page, note_of
from journal.entries.views import parts, seen
from journal.entries.views.asking import questions_about
from journal.entries.views.parts import only_options
from journal.errors import say
from journal.faces import Face
from journal.house import House
from journal.kindness import note_words
from journal.learned import learned_places
from journal.pages import face_url, render_template
from journal.records import Decision, Membership
from journal.refusals import Reason, Refusal
from journal.words import MOST_PHOTOS

Answer = str | AnyResponse | tuple[str, int] | tuple[dict[str, str], int]
CONFLICTS = frozenset({Reason.CHANGED_ELSEWHERE, Reason.REPLACED, Reason.DECIDED_ALREADY})
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and with which field."""

    field: str
    say: str


def house() -> House:
    """Return what this copy works with."""
    return current_app.config["HOUSE"]  # type: ignore[no-any-return]


def undo_time() -> int:
    """Return for how many seconds something deleted can be brought back."""
    return house().settings.undo_time


def go(endpoint: str, anchor: str = "", **values: object) -> AnyResponse:
    """Go on to another page after a form was taken."""
    return redirect(url_for(endpoint, _anchor=anchor or None, **values), 303)  # type: ignore[arg-type]


def doors_typed(around: Around, typed: Typed) -> Doors:
    """Return the doors that are ticked. Raises Refusal(NOT_YOUR_DOOR)."""
    ticked = read_doors(typed)
    families = around.family_members(ticked.families_out) if ticked.families_out else frozenset()
    return Doors(ticked.doors.open, ticked.doors.picked, ticked.doors.left_out | families)


def strip_of(around: Around, doors: Doors, persons_out: frozenset[UUID], written: Written) -> seen.StripWords:
    """Return who will see it through these doors, and what stays behind, for the macro."""
    here = account()
    me = Face(here.name if here else "", face_url(viewer().membership, here is not None and here.face))
    ahead = foresee(db(), viewer(), around.directory.roll, around.circles(doors), written)
    return seen.strip_words(around.strip(doors, persons_out, ahead.held_back), me, ahead, doors.open, written)


def strip_typed(around: Around, typed: Typed, written: Written) -> seen.StripWords:
    """Return who will see it through the doors that are ticked. Raises Refusal(NOT_YOUR_DOOR)."""
    doors = doors_typed(around, typed)
    people = around.directory.people
    out = frozenset(people[one].person_id for one in doors.left_out if one in people)
    return strip_of(around, doors, out, written)


def status_of(refusal: Refusal) -> int:
    """Return the status of an answer that says no."""
    return 409 if refusal.reason in CONFLICTS else 400


def rests(circles: frozenset[str] = frozenset()) -> bool:
    """Tell whether sharing has a rest, with these circles or with anybody. No query while nothing in the school has."""
    here = account()
    if here is None or not here.rests:
        return False
    return sharing_rests(db(), viewer(), circles or {circle(Kind.FAMILY, viewer().membership)})


def kept_words(entry: UUID) -> Typed | None:
    """Return what was typed here when the session had run out, if anything was."""
    fields = kept_for(db(), viewer(), *_own_addresses(entry))
    return kept_typed(fields) if fields else None


def drop_kept_words(entry: UUID) -> None:
    """Forget what was kept: it has been taken in."""
    for address in _own_addresses(entry):
        drop_kept(db(), viewer(), address)


def _own_addresses(entry: UUID) -> list[str]:
    """Where the page on which an entry is written sends what was typed: by a button, and by itself."""
    return [url_for(endpoint, entry=entry) for endpoint in ("entries.edit", "entries.save")]


def composer(
    entry: UUID,
    typed: Typed | None = None,
    problems: tuple[Problem, ...] = (),
    conflict: bool = False,
    asked: bool = False,
    sure: str = "",
) -> str:
    """Return the page on which an entry is written: as it stands, or as it was typed where something is wrong.

    ``sure`` is the picture of which the page asks whether to take it away.
    """
    around = Around(db(), viewer())
    page = draft_page(db(), viewer(), entry)
    back = typed is not None
    typed = typed or parts.typed_of(page, parts.left_out_values(around, page.left_out))
    note = note_of(db(), page, entry)
    resting = rests(page.circles)
    asked = asked and page.is_draft and not resting
    asking = questions_about(open_draft(db(), viewer(), entry)[1]) if asked else []
    return render_template(
        "entries/edit.html",
        asking=asking,
        rests=resting,
        page=page,
        typed=typed,
        errors={one.field: one.say for one in problems},
        problems=problems,
        conflict=conflict,
        kept=back and not problems and not conflict,
        sent_back=_note(note) if note else None,
        last=page.handed_in_other,
        pics=parts.pics(page.photos, typed if back else None),
        sure=sure,
        options=only_options(),
        learned=learned_places(),
        most=MOST_PHOTOS,
        megabytes=house().settings.largest_request // MEGABYTE,
        **doors_context(around, typed, page, parts.written(page, typed)),
    )


def doors_context(around: Around, typed: Typed, page: DraftPage, written: Written) -> dict[str, object]:
    """Return what the doors, the people and the strip of a page need."""
    try:
        strip = strip_typed(around, typed, written)
    except Refusal:
        strip = strip_of(around, page.doors, page.left_out, written)
    known_persons = {person for many in around.can_be_left_out().values() for one in many for person in one.persons}
    others = others_left_out(db(), page.left_out - known_persons)
    return {
        "doors": parts.door_choices(around, typed.audience),
        "picks": parts.picks(around, typed.picked),
        "leave_outs": parts.leave_outs(around, (*typed.left_out, *(one.value for one in others)), others),
        "strip": strip,
    }


def _note(note: tuple[Decision, Membership]) -> dict[str, object]:
    decision, by = note
    words = note_words(decision.note, decision.pieces)
    return {"words": words, "decision": decision.id, "who": Face(by.name, face_url(by.id, bool(by.face)))}


def refused(refusal: Refusal, number: int = 0) -> Problem:
    """Return a refusal in words; ``number`` says which of several pictures it is about."""
    words = say(refusal)
    return Problem(refusal.field, f"{number}. {words}" if number else words)
