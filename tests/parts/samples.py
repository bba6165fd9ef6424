"""Sample objects for every macro of templates/_parts: the shapes that views must hand over."""

from types import SimpleNamespace as O
from typing import Any

from tests.parts.finding import finding
from tests.parts.said import comments
from tests.parts.staff import staff


def person(name: str, picture: bool = True) -> O:
    """A person as macros want one: `name` and `face_url` (None draws initials)."""
    return O(name=name, face_url=f"/face/{name.split()[0].lower()}.jpg" if picture else None)


def shell(signed_in: bool = True, locale: str = "en", **changes: str) -> O:
    """The frame's object, as the context processor makes it."""
    here = O(url="#space", icon="tent", label="My space", current="page", make=False)
    there = O(url="#class", icon="users-three", label="Class", current="", make=False)
    make = O(url="#make", icon="plus", label="Make", current="", make=True)
    links = O(
        home="/",
        help="/help",
        safe="/safe",
        worried="/worried",
        easier="/easier",
        me="/me",
        language="/language",
        sign_out="/sign-out" if signed_in else None,
        search="/search" if signed_in else None,
    )
    return O(
        locale=locale,
        dir="rtl" if locale == "ur" else "ltr",
        theme=changes.get("theme", ""),
        letters=changes.get("letters", ""),
        density="",
        here="/space?page=2",
        languages=[("en", "English"), ("cy", "Cymraeg"), ("ur", "اردو")],
        nav=[here, there, make] if signed_in else [],
        person=person("Maya") if signed_in else None,
        person_id="p1" if signed_in else "",
        school_name="Larkfield Primary",
        searching=False,
        links=links,
    )


def samples() -> dict[str, Any]:
    """The gallery's context, without the shell."""
    maya, nani, mr = person("Maya"), person("Nani"), person("Adeyemi")
    kinds = ("me", "family", "picked", "teachers", "class", "class_families")
    people = [maya, nani, person("Jun Wu", picture=False)]
    card = O(
        url="/e/1",
        title="The snail hotel",
        picture_url="/art/snail-hotel.jpg",
        picture_alt="A snail hotel",
        when="Sunday",
        circles=[O(kind="family", name=""), O(kind="teachers", name=None)],
        state="shared",
        excerpt="Me and Dad built a hotel.",
        talked=[nani, mr],
        talked_words="Nani and Mr Adeyemi wrote back",
        asks=[O(words="Which room was hardest?", url="/e/1#talk")],
        ask_lead="Ask Maya",
        pictures=[O(url="/art/snail-hotel.jpg", alt="A"), O(url="/art/snail-night.jpg", alt="B")],
        write_url="/e/1#w",
    )
    plain = O(
        url="/e/2",
        title="My secret song",
        picture_url=None,
        opening="A song I made up in the bath",
        when="8 November",
        circles=[O(kind="me", name="")],
    )
    reader = O(url="/e/3", title="Parathas", picture_url=None, when="Today", circles=[], who=maya)
    pics = [
        O(
            id="a1",
            url="/art/snail-hotel.jpg",
            name="a.jpg",
            caption="Here!",
            description="Nine rooms",
            only="all",
            state="ready",
            words="",
        ),
        O(
            id="a2",
            url=None,
            name="b.heic",
            caption="",
            description="",
            only="family",
            state="working",
            words="Getting it ready",
            progress=40,
        ),
        O(
            id="a3",
            url=None,
            name="c.png",
            caption="",
            description="",
            only="all",
            state="failed",
            words="That is not a picture.",
        ),
    ]
    crowd = [person(f"Child {n}", picture=False) for n in range(24)]
    strip = O(
        nobody=False,
        me=maya,
        groups=[
            O(kind="family", label="", people=[nani]),
            O(kind="picked", label="", people=[person("Uncle Ray", False)]),
            O(kind="class", label="Kingfishers", people=crowd),
            O(kind="class_families", label="", people=[person("Aisha’s family", False)]),
        ],
        first=["Mr Adeyemi reads it first, to keep you safe."],
        stays=["Picture 1 stays behind for now (My class). Some families like faces kept at home."],
    )
    photo = O(
        url="/art/snail-hotel.jpg",
        alt="A snail hotel",
        caption="Here it is!",
        srcset="/art/snail-hotel.jpg 1000w",
        open_url="/art/snail-hotel.jpg",
        width=1000,
        height=750,
    )
    option = [O(value="all", label="Everyone I let in"), O(value="family", label="Only my family")]
    return {
        "kinds": kinds,
        "maya": maya,
        "people": people,
        "cards": [card, plain, reader],
        "chips_": [
            O(url="/make", label=label, icon=icon)
            for label, icon in (
                ("I made…", "hammer"),
                ("I found…", "binoculars"),
                ("I learned…", "lightbulb"),
                ("I wonder…", "cloud"),
            )
        ],
        "links": [O(url="#all", label="Everything", current=True), O(url="#maya", label="Maya", current=False)],
        "troubles": [O(field="email", say="It stops after the @."), O(field="", say="Two people changed this.")],
        "shelf": [
            O(
                url="/e/1",
                title="My robot",
                picture_url="/art/robot.jpg",
                state="returned",
                words="“Brilliant robot!”",
                warm=True,
            ),
            O(url="/e/2", title="A note", picture_url=None, key="New from Nani"),
        ],
        "options": option,
        "reach": [
            O(value="family", label="Maya and her family", hint="There at once."),
            O(value="all", label="Everyone who can see this"),
        ],
        "wheres": [O(value="home", label="At home", icon="house"), O(value="out", label="Outdoors", icon="tree")],
        "talks": [
            O(value="a", label="Mr Adeyemi", face_url=mr.face_url),
            O(value="any", label="I do not mind", icon="hand-waving"),
        ],
        "pics": pics,
        "choices": [
            O(
                kind=k,
                checked=k in ("family", "picked"),
                disabled=k == "class_families",
                hint="Your school keeps this door shut." if k == "class_families" else "",
            )
            for k in kinds
        ],
        "pick": [
            O(
                legend="My family",
                people=[
                    O(value="p2", name="Nani", face_url=nani.face_url, checked=True),
                    O(value="p3", name="Dad", face_url=None, checked=False),
                ],
            )
        ],
        "strip": strip,
        "nobody": O(nobody=True, groups=[], first=[]),
        "photos": [
            photo,
            O(
                url="/art/snail-night.jpg",
                alt="Two snails",
                caption="Guests!",
                only=[O(kind="family", name="Only my family")],
            ),
            O(url="/art/draw-hotel.jpg", alt="A plan", caption="", busy=True),
        ],
        "comments": comments(),
        "slips": [
            O(start="I wonder…", hint="ask something new"),
            O(start="Tell me more about…", hint="pick one bit"),
            O(start="That reminds me of…", hint="link it to your life"),
            O(start="Next I will…", hint="plan what is next"),
        ],
        "unsaid": (unsaid := [O(name="Noah", face_url=None, words="No", icon="x", tone="n")]),
        "held_back": [O(num=1, people=unsaid, url="/photos/1/who"), O(num=2, people=[], url="/photos/2/who")],
        **staff(maya, mr),
        **finding(),
    }
