"""Sample objects for queues, concerns, tables and help."""

from types import SimpleNamespace as O
from typing import Any

from markupsafe import Markup


def staff(maya: O, mr: O) -> dict[str, Any]:
    """Further names of the gallery's context; maya and mr: objects of (name, face_url)."""
    return {
        "worry": [
            O(value="saw", label="Something I saw", icon="eye"),
            O(value="unkind", label="Someone was unkind", icon="smiley-sad"),
            O(value="secret", label="A secret I do not like", icon="chat-slash"),
        ],
        "happens": [
            O(state="done", title="You told us", words="Friday, 16 minutes past 6"),
            O(state="now", title="Mr Penhale reads it", words="On Monday.", face_url=mr.face_url, name="Mr Penhale"),
            O(state="next", title="You see what happened", words="Here.", icon="eye"),
        ],
        "snapped": O(
            title="Bramble’s diary",
            when="Friday",
            words="that is weird",
            name="Kian",
            face_url=None,
            picture_url="/art/bear-mosque.jpg",
            picture_alt="A bear",
            keep_words="We keep this just as it is now.",
            sealed=True,
            heading="As it was",
            kept_when="Kept Friday 18:16",
            facts=[O(term="Who could see it then", words="Kingfishers")],
        ),
        "teller": _told(1, snapped=_sealed()),
        "answered": _told(2, words=[], answer=["I will find you."], answered="Mr Penhale answered.", can_answer=False),
        "course": [
            O(at="2026-11-20T18:16:00+00:00", when="Friday", tone="poppy", words="Aisha raised this concern.", note=""),
            O(at="2026-11-23T08:41:00+00:00", when="Monday", tone="leaf", words="A note.", note="Spoke with <her>."),
        ],
        "case": O(
            url="/concerns/1",
            title="Aisha: a comment",
            meta="From Aisha, Friday",
            new=True,
            name="Aisha",
            face_url=None,
            due="Talk today",
            owner=mr,
            tags=[O(words="New", icon="clock-countdown", tone="poppy")],
        ),
        "rows": [
            O(who=O(name="Maya", face_url=maya.face_url, rel="Pupil", url="/p/1"), cells=("Kingfishers", "Today")),
            O(who=O(name="Dad", face_url=None), cells=("", Markup("<em>Never</em>"))),
        ],
        "freshly": O(
            url="/e/1", title="The snail hotel", picture_url=None, words="“I wonder”", when="Sunday", who=maya
        ),
        "opened": O(
            grant="g1",
            title="Mr Penhale opened this",
            lang="en",
            by=mr,
            lines=["It was opened: Monday at 09:10.", "He needed to check that you are safe."],
            talks=maya,
            asked=False,
            seen=False,
            url="/e/1",
            worried_url="/worried",
            why_url="/told/g1/why",
            seen_url="/told/g1/seen",
        ),
        "looks": [
            O(name="Nani", face_url=maya.face_url, when="Sunday, and again today"),
            O(name="Grandad Joe", face_url=None, when="", took="Took it home: Sunday"),
            O(name="Mrs Doyle", face_url=None, when=None),
        ],
        "stands": [
            O(kind="family", name="", state="shared", words=""),
            O(
                kind="class",
                name="Kingfishers",
                state="waiting",
                state_words="Mr Adeyemi is reading it",
                words="It came in today.",
            ),
        ],
        "lines": [
            O(icon="phone-call", title="Childline,", number="0800 1111", words="It is free."),
            O(icon="users", title="Tell a grown-up you trust", number="", words="At home or next door."),
        ],
        "waiting": O(
            url="/queue/1",
            title="My swimming badge",
            meta="Post by Ruby. 11:52",
            name="Ruby",
            face_url=None,
            current=True,
            flags=[O(words="Phone number", icon="phone", tone="poppy")],
        ),
        "waiting_too": O(
            url="/queue/2", title="Robin", meta="Post by Oscar", name="Oscar", face_url=None, current=False
        ),
        "noticed": [
            O(label="Phone number", icon="phone", tone="poppy", words="07700 900142", where="in the words", why="Why."),
            O(label="Very long", icon="note", tone="", words="", where="", why="It may take a while to read."),
        ],
        "just_done": O(go="1", words="Let through.", seconds=60),
        "what_changed": O(
            title=(),
            words=[O(kind="same", words="We saw a "), O(kind="gone", words="cat"), O(kind="new", words="<dog>")],
            pictures=[O(says="Picture 1 is new.", caption=(), description=())],
            nothing=False,
        ),
        "answers": [O(value="let_through", label="Let it through", small="", icon="check", kind="go")],
    }


def _told(number: int, **more: Any) -> O:
    """A worry as it was told."""
    usual = {
        "id": number,
        "name": "Aisha",
        "when": "Friday",
        "picks": ["Someone was unkind"],
        "words": ["Do not tell Kian."],
        "wishes": ["Aisha would like to talk with Mrs Doyle."],
        "snapped": None,
        "answer": [],
        "answered": "",
        "can_answer": True,
        "why_not": "",
    }
    return O(**{**usual, **more})


def _sealed() -> O:
    """What was kept with it."""
    return O(
        title="Bramble’s diary",
        when="Friday",
        words="that is weird",
        name="Kian",
        face_url=None,
        sealed=True,
        heading="As it was",
        kept_when="Kept Friday 18:16",
        facts=[],
        photos=[],
        seal=O(short="7f2c 91ab 04de", whole="7f2c", said="unbroken", lost=""),
        put_away="/put-away/1",
    )
