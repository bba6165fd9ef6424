"""Sample objects for the parts of search."""

from types import SimpleNamespace as O
from typing import Any


def finding() -> dict[str, Any]:
    """What the gallery needs for the bar, the drawer and the cards."""
    any_child, sami = O(value="", label="Anybody"), O(value="s1", label="Sami")
    before, marked, after = (
        O(text="The wavy stick is a ", marked=False),
        O(text="bridge", marked=True),
        O(text=".", marked=False),
    )
    title = O(
        url="/e/1",
        tone="sun",
        icon="text-aa",
        place="In the title",
        title=[O(text="My ", marked=False), marked],
        text=[],
        by="Sami, Saturday",
        who="Sami",
        face_url="/face/sami.jpg",
        picture_url="/art/bridge.jpg",
    )
    comment = O(
        url="/comments/2",
        tone="sky",
        icon="chat-circle-dots",
        place="In what people wrote back",
        title=[O(text="The snail hotel", marked=False)],
        text=[before, marked, after],
        by="Grandad Joe to Maya, Sunday",
        who="Grandad Joe",
        face_url=None,
        picture_url=None,
    )
    return {
        "drawer": [O(name="child", label="Which child", options=[any_child, sami], value="s1")],
        "hits": [comment, title],
        "pages": [O(url="/search?page=1", label="1", current=True), O(url="/search?page=2", label="2", current=False)],
    }
