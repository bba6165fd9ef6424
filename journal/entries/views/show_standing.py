"""Where an entry stands, circle by circle, in kind words for the child who made it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from journal.circles import GROUP_KINDS, Kind, owner_of
from journal.kindness import note_words
from journal.names import Known
from journal.promise import reads_first
from journal.saying import both
from journal.saying import gettext as _
from journal.seeing import Viewer
from journal.standing import CircleStanding
from journal.talk.reading import Desks
from journal.talking import readers_named
from journal.words import Standing

TAGS = {
    Kind.FAMILY: "family",
    Kind.RELATIVE: "picked",
    Kind.TEACHERS: "teachers",
    Kind.CLASS: "class",
    Kind.CLASS_FAMILIES: "class_families",
}

RIBBONS = {
    Standing.WAITING: "waiting",
    Standing.PASSED_ON: "waiting",
    Standing.SHARED: "shared",
    Standing.SENT_BACK: "returned",
    Standing.PUT_AWAY: "hidden",
    Standing.NOT_ASKED: "draft",
}


@dataclass(frozen=True, slots=True)
class StandingWords:
    """One circle, as the macro ``standing`` wants it."""

    kind: str
    name: str
    state: str
    state_words: str
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a moderator wrote to the child."""

    by: str
    words: str
    decision: UUID | None = None


def standing_words(
    found: Sequence[CircleStanding], desks: Desks, names: Mapping[UUID, Known], viewer: Viewer
) -> list[StandingWords]:
    """Every circle that was chosen, with where it stands; people picked one by one stand behind one door."""
    said = [_one(one, desks, names, viewer) for one in found if one.kind in TAGS]
    order = list(TAGS.values())
    return sorted(dict.fromkeys(said), key=lambda one: (order.index(one.kind), one.state))


def _one(one: CircleStanding, desks: Desks, names: Mapping[UUID, Known], viewer: Viewer) -> StandingWords:
    state_words, words = "", ""
    if one.standing in (Standing.WAITING, Standing.PASSED_ON):
        readers = _readers(one, desks)
        if one.past is not None:
            # Another grown-up was asked to look: anybody but who sent it back.
            others = [reader for reader in readers if reader != one.decided_by]
            readers = others or [reader for reader in desks.leads if reader != one.decided_by]
        reader = readers_named(names, readers, viewer)
        state_words = reads_first(reader)
        if one.standing is Standing.PASSED_ON:
            words = _("It takes a little longer. You are not in trouble.")
    elif one.standing is Standing.PUT_AWAY:
        words = _put_away_words(one, names)
    elif one.standing is Standing.NOT_ASKED:
        state_words = _("Not shared here")
        words = _("Nobody here was asked about it. Open the door again to ask.")
    if one.older_shown:
        words = both(words, _("Until then they see the one from before."))
    return StandingWords(TAGS[one.kind], "", RIBBONS[one.standing], str(state_words), str(words))


def _put_away_words(one: CircleStanding, names: Mapping[UUID, Known]) -> str:
    by = names[one.decided_by].name if one.decided_by and one.decided_by in names else ""
    if by:
        return str(_("We have put this away for now. %(name)s will talk with you. You are not in trouble.", name=by))
    return str(_("We have put this away for now. A teacher will talk with you. You are not in trouble."))


def _readers(one: CircleStanding, desks: Desks) -> Sequence[UUID]:
    if one.with_lead or one.standing is Standing.PASSED_ON:
        return desks.leads
    if one.kind in GROUP_KINDS:
        return desks.at(owner_of(one.circle))
    return sorted({reader for group in desks.teachers for reader in desks.at(group)}) or desks.leads


def notes_of(found: Sequence[CircleStanding], names: Mapping[UUID, Known]) -> list[Note]:
    """The notes with which it came back, each once."""
    said = {}
    for one in found:
        if one.standing is Standing.SENT_BACK and one.note:
            by = names[one.decided_by].name if one.decided_by and one.decided_by in names else str(_("The school"))
            said[(by, one.note)] = Note(by, note_words(one.note, one.pieces), one.decision)
    return list(said.values())


def ribbon_of(found: Sequence[CircleStanding]) -> str:
    """The one word over the page: what the child should know first."""
    states = [RIBBONS[one.standing] for one in found]
    return next((state for state in ("returned", "hidden", "waiting", "shared") if state in states), "")
