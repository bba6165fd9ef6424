"""What the demo's people were worried about, and what those who read it did, so that each state has one."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from journal.safeguarding.acts import Contact, Worry


class Deed(StrEnum):
    """What somebody did about a worry."""

    READ = "read"
    ANSWER = "answer"
    NOTE = "note"
    STEP = "step"
    DONE = "done"
    WAIT = "wait"
    CLOSE = "close"
    HOLD = "hold"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Did:
    """One deed: when after the worry was told, what, in which words, and for whom."""

    after: timedelta
    deed: Deed
    words: str = ""
    who: str = ""
    """Who is asked to do a step; or the key of the worry that is joined."""
    days: int = 0
    """In how many days a step is due, counted from the demo's last moment."""


@dataclass(frozen=True, slots=True)
class Told:
    """A worry: who told it, what and whom about, and what became of it."""

    key: str
    author: str
    school: str
    before: timedelta
    """How long before the demo's last moment."""
    words: str
    picks: tuple[Worry, ...] = ()
    entry: str = ""
    people: tuple[str, ...] = ()
    talk_with: str = ""
    contact: Contact = Contact.UNASKED
    reader: str = "penhale"
    then: tuple[Did, ...] = ()


HOUR, DAY = timedelta(hours=1), timedelta(days=1)

WORRIES = (
    Told(
        "name-game",
        "l-chen",
        "larkfield",
        40 * DAY,
        "Jun asks who somebody called Max is, in a game that his friends play. I do not know a Max in the class.",
        (Worry.ONLINE,),
        people=("jun",),
        contact=Contact.WRITE,
        then=(
            Did(HOUR, Deed.READ),
            Did(
                2 * HOUR,
                Deed.ANSWER,
                "Thank you, Lin. The office is finding out who Max is.",
            ),
            Did(3 * HOUR, Deed.STEP, "Ask the office about the name", "bright"),
            Did(2 * DAY, Deed.DONE),
            Did(
                2 * DAY + HOUR,
                Deed.CLOSE,
                "Max is Kian’s cousin, eight years old. Both families know it.",
            ),
        ),
    ),
    Told(
        "shouting",
        "c-pugh",
        "larkfield",
        6 * DAY,
        "Rhys says that Mr Penhale shouted at him in the corridor until he cried. "
        "He does not want to go past the office.",
        (Worry.SCHOOL,),
        people=("penhale", "rhys"),
        contact=Contact.RING,
        reader="kaur",
        then=(
            Did(3 * HOUR, Deed.READ),
            Did(
                4 * HOUR,
                Deed.NOTE,
                "Rang Carys. I speak with Rhys tomorrow, with his class teacher there.",
            ),
            Did(5 * HOUR, Deed.STEP, "Meet Carys and Rhys", "kaur", days=1),
        ),
    ),
    Told(
        "class-picture",
        "s-aldous",
        "larkfield",
        4 * DAY,
        "Noah is in a picture of the class garden. His social worker asked us not to have his face anywhere.",
        (Worry.SAW,),
        people=("noah",),
        contact=Contact.RING,
        then=(
            Did(HOUR, Deed.READ),
            Did(2 * HOUR, Deed.HOLD, "The picture shows who was there on the day"),
            Did(2 * HOUR, Deed.STEP, "Ring the carer", "kaur", days=2),
            Did(3 * HOUR, Deed.WAIT, "For the social worker to ring back."),
        ),
    ),
    Told(
        "lunch",
        "priya",
        "larkfield",
        3 * DAY,
        "Somebody in the playground said my lunch smells. They said it two times.",
        (Worry.UNKIND, Worry.SCHOOL),
        talk_with="doyle",
        then=(
            Did(HOUR, Deed.READ),
            Did(
                HOUR,
                Deed.ANSWER,
                "Thank you for telling me, Priya. That was not kind, and it is not your fault. "
                "I will find you at break on Monday and we will talk about what would help.",
            ),
            Did(2 * HOUR, Deed.STEP, "Talk with Priya", "doyle", days=-1),
            Did(3 * HOUR, Deed.NOTE, "Mrs Doyle keeps an eye on the lunch tables this week."),
        ),
    ),
    Told(
        "lunch-too",
        "k-menon",
        "larkfield",
        2 * DAY,
        "Priya does not want to take her lunch any more. Somebody said that it smells.",
        (Worry.UNKIND,),
        people=("priya",),
        contact=Contact.WRITE,
        then=(Did(HOUR, Deed.READ), Did(2 * HOUR, Deed.JOIN, who="lunch")),
    ),
    Told(
        "breakfast-club",
        "doyle",
        "larkfield",
        7 * HOUR,
        "Kofi said at breakfast club: “I was by myself all night, but I am allowed to say it was only a bit.” "
        "I did not ask him more. He was tired and ate three bowls.",
        (Worry.HOME,),
        people=("kofi",),
    ),
    Told(
        "house-number",
        "nadia",
        "larkfield",
        5 * HOUR,
        "Maya’s picture of the robot shows our house number. I am not sure that the class should see that.",
        (Worry.SAW,),
        entry="robot-suit",
        contact=Contact.WRITE,
    ),
)
