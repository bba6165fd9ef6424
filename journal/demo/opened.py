"""The one time that the demo's lead opened something that was not shared, and closed it again."""

from datetime import timedelta
from uuid import UUID

from journal.breakglass import acts
from journal.demo.cares import Tells
from journal.words import Role

ENTRY, PUPIL, LEAD, TALKS, SCHOOL = "fridays", "kofi", "penhale", "doyle", "larkfield"
BEFORE = timedelta(hours=3)
"""How long before the demo's last moment."""
READ_FOR = timedelta(minutes=6)
WHY = (
    "Kofi told Mrs Doyle at breakfast club that he does not sleep at his house on Fridays, and that he wrote about it "
    "here. I need to know tonight’s arrangements before I ring home."
)


class Opened:
    """Opening it and reading it, and closing it a little later."""

    def __init__(self, story: Tells) -> None:
        self.story = story
        self.grant: UUID | None = None

    def open(self) -> None:
        """The lead opens it for a quarter of an hour and reads it."""
        members, item = self.story.keys.members, self.story.entries[ENTRY]
        with self.story.as_member(members[LEAD, SCHOOL, Role.LEAD]) as (session, lead):
            wanted = acts.OpenInput(
                pupil=members[PUPIL, SCHOOL, Role.PUPIL],
                item=item,
                reason=WHY,
                minutes=acts.MINUTES[0],
                talks=members[TALKS, SCHOOL, Role.TEACHER],
            )
            grant = acts.open_it(session, lead, wanted)
            acts.look_under(session, lead, grant, item)
            self.grant = grant.id

    def close(self) -> None:
        """The lead closes it."""
        if self.grant is not None:
            with self.story.as_member(self.story.keys.members[LEAD, SCHOOL, Role.LEAD]) as (session, lead):
                acts.close_it(session, lead, self.grant)
