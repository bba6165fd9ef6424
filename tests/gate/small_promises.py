"""What the product promises, whatever happens in the small school."""

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant
from sqlalchemy import select

from journal import records as r
from journal.circles import GROUP_KINDS, kind_of, owner_of
from journal.clock import now
from journal.conditions import READ_BY_ME
from journal.directory import Directory
from journal.facts import facts_of, photos_of
from journal.net import open_session
from journal.photos import Only
from journal.reasons import BY_THE_RULE
from journal.seeing import Viewer
from journal.talk.reach import Reach
from journal.visibility import audience_of, audience_of_photo, may_see, may_see_photo, revision_for
from journal.words import Answer, Door, PauseKind, Verdict
from tests.gate.oracle import Oracle
from tests.gate.schools import Town, seeing_all
from tests.gate.small import LINKS, PUPILS, TEACHERS
from tests.gate.small_cares import Caring
from tests.gate.small_makes import Making
from tests.gate.small_reads import Moderating

Evidence = dict[UUID, tuple[str, frozenset[UUID]]]
"""What is kept of the things that are held: for each revision its words and its pictures."""

# Built once: making the key under which a statement is kept takes longer than running it.
ITEMS, PLACES, SIZES = select(r.Item.id), select(r.Placement.id), select(r.Rendition.id)
REVISIONS = select(
    r.Revision.id, r.Revision.item_id, r.Revision.number, r.Revision.words, READ_BY_ME
).execution_options(**BY_THE_RULE)
"""Revisions, and of each whether it is the newest that a circle of mine was given."""


def _rows(town: Town) -> list[tuple[object, ...]]:
    return [tuple(getattr(row, one.key) for one in row.__table__.columns) for row in town.rows]


class Promises(Making, Moderating, Caring):
    """The story, and what has to be true after each act."""

    def __init__(self) -> None:
        super().__init__()
        self.last: Town | None = None
        """The rows after the act before."""
        self.last_at = ""
        self.evidence: Evidence = {}

    @initialize(checked=st.booleans(), late_after=st.sampled_from([0, 2]), said=st.sampled_from([Answer.YES, None]))
    def begin(self, checked: bool, late_after: int, said: Answer | None) -> None:
        """It begins with a picture of both that was let through, one that waits, and words for everyone."""
        self.open_school(checked, late_after)
        both, class_ = frozenset(PUPILS), frozenset({Door.FAMILY, Door.CLASS, Door.CLASS_FAMILIES})
        for carer in LINKS if said else ():
            self.a_carer_says(carer, Answer.YES, None)
        self.post("mia", class_, None, both, Only.ALL)
        self.decide("teacher", 0, Verdict.LET_THROUGH, False)
        self.post("ben", class_, None, both, Only.ALL)
        self.say("gran", 0, 0, Reach.EVERYONE, False)

    @invariant()
    def all_promises_are_kept(self) -> None:
        """All of them, from one reading of the rows."""
        with seeing_all(self.engine) as session:
            town = self.town(session)
        if self.last is not None and self.last_at == self.hour() and _rows(self.last) == _rows(town):
            return
        oracle = Oracle(town)
        self._what_reaches_other_children_and_families_was_let_through(town)
        self._nothing_new_is_released_while_it_rests(town)
        self._what_is_held_stays(town)
        eyes = {hat.id: self.viewer(hat.name) for hat in town.of(r.Membership)}
        self._the_faces_agree(town, oracle, eyes)
        for hat in town.of(r.Membership):
            self._the_net_agrees(town, oracle, hat, eyes[hat.id])
        self.last, self.last_at = town, self.hour()

    def hour(self) -> str:
        """What time it is, as far as anything ends or begins with it."""
        return f"{now():%Y-%m-%d %H}"

    # --- releasing ---------------------------------------------------------------------------------------------------

    def _what_reaches_other_children_and_families_was_let_through(self, town: Town) -> None:
        authors = {one.id: one.author_id for one in town.of(r.Item)}
        staff = {self.hats[one] for one in TEACHERS}
        rows = {(row.item_id, row.number, row.circle) for row in town.of(r.Shown)}
        # The rule in SQL takes a revision that is shown for one of the item that is: see ``visibility._reads``.
        revisions = {one.id: (one.item_id, one.number) for one in town.of(r.Revision)}
        assert all(revisions[row.revision_id] == (row.item_id, row.number) for row in town.of(r.Shown))
        for item, number, circle in rows:
            if kind_of(circle) in GROUP_KINDS and authors[item] not in staff:
                assert (item, number, circle) in self.let
            if item in self.looked:
                assert circle in self.looked[item]
        # What was taken away has to be let through again.
        self.let &= rows

    def _nothing_new_is_released_while_it_rests(self, town: Town) -> None:
        if self.last is None:
            return
        before = {(row.item_id, row.circle): row.number for row in self.last.of(r.Shown)}
        rested = {one.id for one in self.last.of(r.Pause) if not one.ended_at}
        rests = [one for one in town.of(r.Pause) if one.id in rested and not one.ended_at]
        rests = [one for one in rests if one.until is None or one.until > now()]
        items = {one.id: one for one in town.of(r.Item)}
        for row in town.of(r.Shown) if rests else ():
            # Taking a decision back may bring back older words, never words to somebody who has none.
            if before.get((row.item_id, row.circle), 0) < row.number:
                assert not any(self._stops(one, items[row.item_id], row.circle, town) for one in rests)

    def _stops(self, pause: r.Pause, item: r.Item, circle: str, town: Town) -> bool:
        if pause.kind is PauseKind.PERSON:
            persons = {one.id: one.person_id for one in town.of(r.Membership)}
            return pause.member_id is not None and persons[pause.member_id] == persons[item.author_id]
        if pause.kind is PauseKind.COMMENTS and item.entry_id is None:
            return False
        enrolled = {one.group_id for one in town.of(r.Enrolment) if one.pupil_id == item.pupil_id and not one.ended_at}
        to = {owner_of(circle)} if kind_of(circle) in GROUP_KINDS else set()
        return pause.group_id is None or pause.group_id in enrolled | to

    # --- evidence ----------------------------------------------------------------------------------------------------

    def _what_is_held_stays(self, town: Town) -> None:
        """Words, pictures and files of what is held are there, however often it was changed or deleted."""
        held = self._held(town)
        pictures = {one.id: set[UUID]() for one in town.of(r.Revision)}
        for place in town.of(r.Placement):
            pictures[place.revision_id].add(place.attachment_id)
        here = {
            one.id: (one.words, frozenset(pictures[one.id]))
            for one in town.of(r.Revision)
            if one.item_id in held and one.handed_in_at
        }
        gone_on = {one.id for one in (self.last or town).of(r.Revision) if one.item_id in held}
        for revision, kept in self.evidence.items():
            if revision in gone_on:
                assert here.get(revision) == kept
        self.evidence = here
        sized = {one.attachment_id: one.file for one in town.of(r.Rendition)}
        for _, photos in here.values():
            assert all(self.files.path(sized[one]).exists() for one in photos)

    def _held(self, town: Town) -> set[UUID]:
        """The items that a hold keeps: with an entry all that was said about it, and the other way round."""
        holds = [one for one in town.of(r.Hold) if not one.ended_at]
        things, pupils = {one.item_id for one in holds} - {None}, {one.pupil_id for one in holds} - {None}
        threads = {
            one.entry_id or one.id
            for one in town.of(r.Item)
            if one.id in things or {one.pupil_id, one.author_id} & pupils
        }
        return {one.id for one in town.of(r.Item) if (one.entry_id or one.id) in threads}

    # --- seeing ------------------------------------------------------------------------------------------------------

    def _the_faces_agree(self, town: Town, oracle: Oracle, eyes: dict[UUID, Viewer]) -> None:
        """Those for rows in hand, with the rule written a second time; the net is asked below."""
        items, places = town.of(r.Item), town.of(r.Placement)
        with seeing_all(self.engine) as session:
            facts, photos = facts_of(session, items), photos_of(session, places)
            directory = Directory(session, self.school, self.groups, [self.hats["mia"], self.hats["ben"]])
            audiences = {one: audience_of(about, directory) for one, about in facts.items()}
            of_item = {one.id: one.item_id for one in town.of(r.Revision)}
            about = {one.id: (facts[of_item[one.revision_id]], photos[one.id]) for one in places}
            shown = {one: audience_of_photo(*both, directory) for one, both in about.items()}
        for hat in town.of(r.Membership):
            me = eyes[hat.id]
            assert {one for one, its in facts.items() if may_see(me, its)} == oracle.items(hat)
            assert {one for one, people in audiences.items() if hat.id in people} == oracle.items(hat)
            assert {one: revision_for(me, its) for one, its in facts.items()} == {
                one.id: oracle.reads(hat, one) for one in items
            }
            assert {one for one, both in about.items() if may_see_photo(me, *both)} == oracle.placements(hat)
            assert {one for one, people in shown.items() if hat.id in people} == oracle.placements(hat)

    def _the_net_agrees(self, town: Town, oracle: Oracle, hat: r.Membership, me: Viewer) -> None:
        """They see what was given to their circles, in these words, and no more; and nothing that is gone."""
        with open_session(self.engine, me) as session:
            seen = set(session.scalars(ITEMS))
            revisions = session.execute(REVISIONS).all()
            places = set(session.scalars(PLACES))
            assert seen == oracle.items(hat)
            assert {one.id for one in revisions} == oracle.revisions(hat)
            assert places == oracle.placements(hat)
            assert set(session.scalars(SIZES)) == oracle.renditions(hat)
        assert not seen & self.over
        authors = {one.id: one.author_id for one in town.of(r.Item)}
        for _, item, number, words, newest in revisions:
            if newest and authors[item] != hat.id:
                assert self.handed[item, number][0] == words
                assert number in {n for circle, n in oracle.shown(item).items() if circle in me.circles}
        self._no_picture_is_shown_against_what_families_said(town, oracle, hat, me, places)

    def _no_picture_is_shown_against_what_families_said(
        self, town: Town, oracle: Oracle, hat: r.Membership, me: Viewer, places: set[UUID]
    ) -> None:
        """Not through a class's circles; who decides sees it, and so does its author."""
        revisions = {one.id: one for one in town.of(r.Revision)}
        items = {one.id: one for one in town.of(r.Item)}
        for place in town.of(r.Placement):
            revision = revisions[place.revision_id]
            item = items[revision.item_id]
            asked = {one.revision_id for one in oracle.decided_by(hat, item)}
            if place.id not in places or item.author_id == hat.id or revision.id in asked:
                continue
            given = {one for one, number in oracle.shown(item.id).items() if number == revision.number} & me.circles
            assert given
            if all(kind_of(one) in GROUP_KINDS for one in given):
                named = {self.who(tag.pupil_id) for tag in oracle.named_in(place.attachment_id)}
                assert all(self._said_yes(pupil, place.attachment_id, town) for pupil in named)

    def _said_yes(self, pupil: str, photo: UUID, town: Town) -> bool:
        """What everybody said, as the story told it: the strictest holds, and a carer said yes."""
        ended = {one.relative_id for one in town.of(r.FamilyLink) if one.ended_at}
        heard = {
            who: said
            for who, said in self.said[pupil].items()
            if who in (pupil, "aunt") or ((who, pupil) in LINKS and self.hats[who] not in ended)
        }
        for said in heard.values():
            all_, this = said.get(None), said.get(photo)
            if Answer.NO in (all_, this) or this is Answer.ASK or (all_ is Answer.ASK and this is not Answer.YES):
                return False
        return any(Answer.YES in (said.get(None), said.get(photo)) for who, said in heard.items() if who != pupil)
