"""What the demo's people were worried about. Larkfield's lead has read and answered the first."""

from dataclasses import dataclass
from datetime import timedelta

from journal.safeguarding.acts import Worry


@dataclass(frozen=True, slots=True)
class Told:
    """A worry: who told it, what about, and what the lead wrote back."""

    author: str
    school: str
    before: timedelta
    """How long before the demo's last moment."""
    words: str
    picks: tuple[Worry, ...] = ()
    entry: str = ""
    answer: str = ""


WORRIES = (
    Told(
        "priya",
        "larkfield",
        timedelta(days=3),
        "Somebody in the playground said my lunch smells. They said it two times.",
        (Worry.UNKIND, Worry.SCHOOL),
        answer="Thank you for telling me, Priya. That was not kind, and it is not your fault. "
        "I will find you at break on Monday and we will talk about what would help.",
    ),
    Told(
        "nadia",
        "larkfield",
        timedelta(hours=5),
        "Maya’s picture of the robot shows our house number. I am not sure that the class should see that.",
        (Worry.SAW,),
        entry="robot-suit",
    ),
)
