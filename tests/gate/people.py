"""The demo school's people doing what the cases of the product are about, in words that read like them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from journal import records as r
from journal.clock import now
from journal.conditions import newest_shown_to_me
from journal.entries import acts as entries
from journal.entries.doors_of import Doors
from journal.moderation.acts import DecideInput, decide, put_away_shown
from journal.reasons import BY_THE_RULE
from journal.talk import acts as talk
from journal.talk.reach import Reach
from journal.words import Door, Role, Verdict
from tests.world import World

UNDO = 3600


@dataclass
class Story:
    """What happens in one case."""

    world: World

    # --- a pupil ------------------------------------------------------------------------------------------------------

    def doors(self, *open_: str, picked: tuple[UUID, ...] = (), left_out: tuple[str, ...] = ()) -> Doors:
        """Doors by their names."""
        out = frozenset(self.world.member(one) for one in left_out)
        return Doors(frozenset(Door(one) for one in open_), frozenset(picked), out)

    def posts(self, who: str, words: str, doors: Doors) -> UUID:
        """A pupil writes an entry and hands it in."""
        with self.world.acting(who) as (session, me):
            entry = entries.begin(session, me).id
        self.writes(who, entry, words, doors)
        return self.hands_in(who, entry)

    def writes(self, who: str, entry: UUID, words: str, doors: Doors) -> None:
        """A pupil writes in the draft of an entry."""
        with self.world.acting(who) as (session, me):
            _, draft = entries.open_draft(session, me, entry)
            entries.save_draft(session, me, entry, entries.DraftInput(draft.version, words=words, doors=doors))

    def hands_in(self, who: str, entry: UUID) -> UUID:
        """A pupil hands in a draft."""
        with self.world.acting(who) as (session, me):
            entries.hand_in(session, me, entry)
        return entry

    def opens(self, who: str, entry: UUID, doors: Doors) -> None:
        """A pupil opens and shuts the doors of an entry."""
        with self.world.acting(who) as (session, me):
            entries.set_doors(session, me, entry, doors)

    def withdraws(self, who: str, entry: UUID) -> None:
        """A pupil takes back what waits."""
        with self.world.acting(who) as (session, me):
            entries.withdraw(session, me, entry)

    # --- others -------------------------------------------------------------------------------------------------------

    def decides(self, who: str, item: UUID, verdict: Verdict = Verdict.LET_THROUGH, role: str = "teacher") -> None:
        """A moderator decides about what waits for them."""
        with self.world.session() as session:
            waiting = select(r.Waiting.revision_id).where(r.Waiting.item_id == item)
            revision = session.scalars(waiting.order_by(r.Waiting.since.desc())).first()
        with self.world.acting(who, role) as (session, me):
            known = revision or self.world.group("wrens")
            decide(session, me, DecideInput(item, known, verdict, note="Nearly.", reason="Not for all."))

    def puts_away(self, who: str, item: UUID, role: str = "teacher") -> None:
        """A moderator puts away what is shown already."""
        with self.world.acting(who, role) as (session, me):
            put_away_shown(session, me, item, "Not for all.")

    def says(
        self, who: str, entry: UUID, words: str, to: str | None = None, answers: UUID | None = None, role: str = ""
    ) -> UUID:
        """Somebody comments on an entry, or answers a comment."""
        with self.world.acting(who, role) as (session, me):
            said = talk.SayInput(words=words, reach=Reach(to) if to else None)
            return talk.say(session, me, entry, answers, said).id

    # --- what they see ------------------------------------------------------------------------------------------------

    def reads(self, who: str, item: UUID, role: str = "") -> str | None:
        """The words of an item that somebody is shown."""
        shown = (
            select(r.Revision.words)
            .join(r.Item, r.Item.id == r.Revision.item_id)
            .where(r.Item.id == item, newest_shown_to_me(r.Revision.__table__))
            .execution_options(**BY_THE_RULE)
        )
        with self.world.acting(who, role) as (session, _):
            return session.scalars(shown).one_or_none()

    def sees(self, who: str, item: UUID, role: str = "") -> bool:
        """Whether somebody sees anything of an item."""
        with self.world.acting(who, role) as (session, _):
            return session.scalars(select(r.Item).where(r.Item.id == item)).one_or_none() is not None

    def photos(self, who: str, entry: UUID, role: str = "") -> set[UUID]:
        """The photos of an entry that somebody gets in any size."""
        sizes = select(r.Rendition.attachment_id).join(r.Attachment, r.Attachment.id == r.Rendition.attachment_id)
        with self.world.acting(who, role) as (session, _):
            return set(session.scalars(sizes.where(r.Attachment.item_id == entry)))

    def all_see(self, item: UUID) -> set[str]:
        """Everybody of the pupil's school who sees anything of an item: key, and role."""
        found = set()
        for name in self.world.keys["members"]:
            key, school, role = name.split("/")
            with self.world.acting(key, role, school) as (session, _):
                if session.scalars(select(r.Item.id).where(r.Item.id == item)).one_or_none():
                    found.add(f"{key}/{role}")
        return found

    # --- the school ---------------------------------------------------------------------------------------------------

    def moves(self, pupil: str, from_: str, to: str) -> None:
        """A pupil goes from one group to another."""
        member, school = self.world.member(pupil), UUID(self.world.keys["schools"]["larkfield"])
        here = (r.Enrolment.pupil_id == member, r.Enrolment.group_id == self.world.group(from_))
        with self.world.session() as session:
            session.execute(update(r.Enrolment).where(*here).values(ended_at=now()))
            session.add(r.Enrolment(school_id=school, pupil_id=member, group_id=self.world.group(to)))
            session.commit()

    def year_ends(self, group: str) -> None:
        """The school year of a group is over."""
        with self.world.session() as session:
            session.execute(update(r.Group).where(r.Group.id == self.world.group(group)).values(closed_at=now()))
            session.commit()

    def leaves(self, who: str, role: str = Role.TEACHER) -> None:
        """Somebody leaves the school in one of their hats."""
        left = update(r.Membership).where(r.Membership.id == self.world.member(who, role))
        with self.world.session() as session:
            session.execute(left.values(ended_at=now()))
            session.commit()

    def link_ends(self, relative: str, pupil: str) -> None:
        """Somebody is no longer a pupil's relative."""
        with self.world.session() as session:
            ended = update(r.FamilyLink).where(r.FamilyLink.id == self.world.link(relative, pupil))
            session.execute(ended.values(ended_at=now()))
            session.commit()
