"""Sample comments, in every state a thread can show."""

from types import SimpleNamespace as O
from typing import Any

from markupsafe import Markup


def comments() -> list[O]:
    """A thread of four: talked about, waiting, hidden by the reader, taken back."""
    base: dict[str, Any] = {"rel": "family", "when": "Sunday", "state": "there", "replies": []}
    deep = O(
        **base
        | {
            "id": "c3",
            "ink": "family",
            "name": "Nani",
            "face_url": None,
            "rel": "",
            "words": Markup("<p>میری پیاری مایا</p>"),
            "to": "to Maya",
        }
    )
    mine = O(
        **base
        | {
            "id": "c2",
            "ink": "me",
            "name": "You",
            "face_url": "/face/maya.jpg",
            "rel": "",
            "edited": True,
            "words": Markup("<p>ADMIRAL!!!</p>"),
            "replies": [deep],
            "change_url": "/c/2/change",
            "take_back_url": "/c/2/back",
        }
    )
    first = O(
        **base
        | {
            "id": "c1",
            "ink": "family",
            "name": "Grandad Joe",
            "face_url": "/face/grandad.jpg",
            "words": Markup("<p>Tell me <strong>more</strong>.</p><ul><li>One</li></ul><blockquote>Two</blockquote>"),
            "replies": [mine],
            "photos": [O(url="/art/mint-pot.jpg", alt="A pot of mint", caption="My mint")],
            "reply_url": "/c/1/reply",
            "hide_url": "/c/1/hide",
            "worried_url": "/worried?c=1",
            "audience_words": "Maya and her family",
        }
    )
    waits = O(
        **base
        | {
            "id": "c4",
            "ink": "me",
            "name": "You",
            "face_url": None,
            "state": "waiting",
            "words": Markup("<p>Chalk?</p>"),
            "state_words": "Mr Adeyemi will read this before other people can see it.",
        }
    )
    hid = O(
        **base
        | {
            "id": "c5",
            "ink": "school",
            "name": "Kian",
            "face_url": None,
            "state": "hidden",
            "words": "",
            "unhide_url": "/c/5/show",
        }
    )
    gone = O(**base | {"id": "c6", "ink": "school", "name": "", "face_url": None, "state": "gone", "words": ""})
    return [first, waits, hid, gone]
