"""What people of the large demo wrote back, and who looked; reaches and desks are those that acts would choose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from journal.circles import Kind, circle
from journal.demo.large_entries import NOTICES, Entries, Made
from journal.demo.large_folk import Folk
from journal.demo.large_rows import Ledger
from journal.demo.large_words import Words, as_html, plain
from journal.refusals import Unseen
from journal.release import waits_at
from journal.seeing import Viewer
from journal.talk.reach import Around, choices, terms
from journal.words import NoticeKind, Verdict

_HOW_MANY = (0, 0, 0, 0, 0, 0, 1, 1, 1, 3)
"""Comments about an entry that stand for themselves; answers come on top."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A comment, as far as an answer has to know."""

    id: UUID
    author: Viewer
    at: datetime
    circles: frozenset[str]
    shown: frozenset[str]


class Talk:
    """Makes comments and looks."""

    def __init__(self, ledger: Ledger, folk: Folk, words: Words, entries: Entries, draw: Random) -> None:
        self._ledger, self._folk, self._words, self._entries, self._draw = ledger, folk, words, entries, draw

    def about(self, made: Made) -> None:
        """Let some of those who see an entry look at it, write about it and answer one another."""
        readers = self._readers(made)
        for one in readers:
            if self._entries.chance(35):
                self._ledger.look(self._entries.later(made.last, timedelta(days=9)), made.id, one.membership)
        for _ in range(self._draw.choice(_HOW_MANY) if readers else 0):
            said = self._say(made, self._draw.choice(readers), None)
            if said is not None and self._entries.chance(40):
                self._answer(made, said)

    def _readers(self, made: Made) -> list[Viewer]:
        """The family, the teachers and a few classmates and other families, as far as they see it."""
        mates = self._folk.of_group[made.pupil.groups[0]]
        some = [self._draw.choice(mates) for _ in range(3)]
        asked = [one for one, _ in made.pupil.relatives * 2]
        asked += [one for group in made.pupil.groups for one in self._folk.teachers[group]]
        asked += [one.viewer for one in some if one is not made.pupil] + [some[0].relatives[0][0]]
        seen = [one for one in asked if one.circles & made.shown.keys() and one.person not in made.left_out]
        return list({one.membership: one for one in seen}.values())

    def _answer(self, made: Made, said: _Said) -> None:
        """The child answers what they see, and sometimes is answered again."""
        if circle(Kind.SELF, made.pupil.id) not in said.shown:
            return
        answer = self._say(made, made.pupil.viewer, said)
        if answer is not None and self._entries.chance(30) and said.author.circles & answer.shown & said.shown:
            self._say(made, said.author, answer)

    def _say(self, made: Made, author: Viewer, answered: _Said | None) -> _Said | None:
        """Add a comment with its choices; None where this reader may only read."""
        around = self._around(made, author, answered)
        try:
            offered = list(choices(author, around).values())
            on_terms = terms(author, around, made.shown)
        except Unseen:
            return None
        circles = frozenset(offered[0] if self._entries.chance(70) else self._draw.choice(offered))
        at = self._entries.later(answered.at if answered else made.last, timedelta(days=5))
        comment, revision = self._ledger.new_id(at), self._ledger.new_id(at)
        parent = answered.id if answered else None
        self._ledger.comment(comment, at, author.membership, made.pupil.id, made.id, parent, revision)
        paragraphs = self._words.paragraphs(8, 60)
        self._ledger.revision(revision, at, comment, 1, ("", plain(paragraphs), as_html(paragraphs)))
        desks: dict[UUID, list[str]] = {}
        shown = set()
        for one in sorted(circles):
            self._ledger.choice(at, comment, revision, one)
            desk = waits_at(one, circles, on_terms)
            if desk is None or desk.group is None:
                shown.add(one)
                self._ledger.shown(at, comment, "comment", one, (revision, 1), None)
            else:
                desks.setdefault(desk.group, []).append(one)
        said_by = (comment, revision, author)
        for group, waiting in desks.items():
            shown |= self._desk(made, said_by, at, group, waiting)
        self._note(made, comment, author, answered, at, shown)
        return _Said(comment, author, at, circles, frozenset(shown))

    def _around(self, made: Made, author: Viewer, answered: _Said | None) -> Around:
        """What is around a comment: the circles that have the revision which its author was looking at."""
        mine = [made.shown[one][0] for one in author.circles & made.shown.keys()]
        number = made.newest[1] if author is made.pupil.viewer else max(mine)
        return Around(
            pupil=made.pupil.id,
            circles=frozenset(one for one, row in made.shown.items() if row[0] == number),
            families_may=True,
            answered=answered.circles if answered else None,
        )

    def _desk(
        self, made: Made, said: tuple[UUID, UUID, Viewer], at: datetime, group: UUID, circles: Sequence[str]
    ) -> set[str]:
        """Let a group's teacher let a comment through, most of the time; return the circles that see it."""
        comment, revision, author = said
        if self._entries.chance(4):
            for one in circles:
                self._ledger.waiting(at, (comment, revision, author.membership), made.pupil.id, one, group)
            return set()
        by = self._folk.decider(group, made.pupil.id, author.person, self._draw)
        moment = self._entries.later(at, timedelta(days=1))
        thing = (comment, made.pupil.id)
        decision = self._ledger.decision(moment, thing, revision, group, by, Verdict.LET_THROUGH)
        self._ledger.notice(moment, author.membership, comment, NOTICES[Verdict.LET_THROUGH], moment)
        for one in circles:
            self._ledger.shown(moment, comment, "comment", one, (revision, 1), decision)
        return set(circles)

    def _note(
        self, made: Made, comment: UUID, author: Viewer, answered: _Said | None, at: datetime, shown: set[str]
    ) -> None:
        """Tell the child and whom it answers, and write down what an act leaves behind."""
        child = made.pupil.id
        seen = None if self._entries.chance(1) else self._entries.later(at, timedelta(days=3))
        if author.membership != child and circle(Kind.SELF, child) in shown:
            self._ledger.notice(at, child, comment, NoticeKind.SAID, seen)
        if answered is not None and answered.author.membership not in (author.membership, child):
            self._ledger.notice(at, answered.author.membership, comment, NoticeKind.ANSWERED, seen)
        if author.membership != child:
            self._ledger.look(at, made.id, author.membership)
        self._ledger.trail(at, author, "say", (comment, child))
        self._ledger.index_later(at, comment)
