# ruff: noqa: E501 - texts that are awkward on purpose
"""Entries and comments whose words try to break a page: markup, templates, formats, directions, marks, lengths.

Nothing here may ever do anything but be shown as it was written. Code points that cannot be seen are
written as escapes, so that this file can be read.
"""

from __future__ import annotations

from journal.demo.shapes import Comment, Entry, Fate, Photo

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(1)>'
ATTRIBUTE = "' onmouseover='alert(1)' x='"
QUERY = "Robert'); DROP TABLE entries;--"
TEMPLATE = "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {% for x in y %}"
FORMAT = "100%s %(name)s %d {name} {0!r} %n"
RIGHT_TO_LEFT = "I wrote \u202eback to front\u202c and then the right way"
FAMILIES = "👨‍👩‍👧‍👦 👩🏽‍🦽 🏴󠁧󠁢󠁷󠁬󠁳󠁿 👩‍❤️‍👩 1️⃣"
ZERO_WIDTH = "in\u200bvis\u200dible\u2060 \ufeffspaces\u00ad and soft hy\u00adphens"
LONG_WORD = "pneumono" + "ultramicroscopic" * 18 + "osis"
ZALGO = (
    "z"
    + "\u0315\u031b\u0340\u0344\u0358\u0327\u0328\u0334\u0336" * 3
    + "a\u0300\u0301\u0302\u0303lg\u0330\u0331\u0332o"
)
SPACES = "\u00a0\u00a0two\u00a0hard\u00a0spaces\u3000and a wide one\u00a0"
PATH = "../../etc/passwd"
LONG_TITLE = "The very long name of the very long day that we went to the very long beach with the very very very long dog called Max."
BENGALI = "স্ত্রী ক্ষ্ম র‍্যা ঙ্ক্ষ কিংকর্তব্যবিমূঢ় হৃৎপিণ্ড"
ENDS = "</textarea></title></style><!-- ]]> -->"
HEADER = "Subject: hello\r\nBcc: everyone@example.org"
CLOSING = "javascript:alert(1)//\\'\\\"`"

ENTRIES = (
    Entry(
        "hostile-script",
        "haniya",
        f"My first web page {SCRIPT}",
        f"At code club I learned that this makes a box jump up: {SCRIPT} Miss said it must NOT work here. It is a test. Did a box jump up?",
        ("club",),
        2,
        "17:00",
        ("class", "family", "teachers"),
        (Photo("library.jpg", f"Books about code {SCRIPT}", f"Shelves {SCRIPT}"),),
    ),
    Entry(
        "hostile-image",
        "kian",
        f"Broken picture {IMAGE}",
        f"It says x is not there. {IMAGE}{ATTRIBUTE}",
        ("home",),
        6,
        "18:00",
        ("class", "family", "class_families"),
        (Photo("moon.jpg", IMAGE, ATTRIBUTE),),
    ),
    Entry(
        "hostile-query",
        "dev",
        f"My cousin's nickname is {QUERY}",
        f"He says it is the funniest joke about schools and databases. {QUERY} I did not get it but the teacher did.",
        ("family",),
        10,
        "17:20",
        ("class", "family"),
        fate=Fate("handed_in"),
    ),
    Entry(
        "hostile-template",
        "tomasz",
        TEMPLATE,
        f"It should not say 49. {TEMPLATE} If it says 49 tell somebody.",
        ("club",),
        12,
        "16:20",
        ("class", "teachers", "family"),
        fate=Fate(
            "sent_back",
            note=f"Tomasz, it does not say 49, well tested! {TEMPLATE} Can you say in words what you were looking for?",
        ),
    ),
    Entry(
        "hostile-format",
        "jun",
        FORMAT,
        f"I am {FORMAT} sure.",
        ("home",),
        14,
        "18:20",
        ("family", "class"),
        fate=Fate(
            "mended",
            note=f"Jun, what does {FORMAT} mean? Please tell us.",
            title=f"{FORMAT}, explained",
            words=f"{FORMAT} is what the printer said when it was ill.",
        ),
    ),
    Entry(
        "hostile-direction",
        "bilal",
        RIGHT_TO_LEFT,
        f"{RIGHT_TO_LEFT}. میں نے 3 (تین) لفظ english میں لکھے۔",
        ("language",),
        9,
        "18:40",
        ("class", "family"),
    ),
    Entry(
        "hostile-families",
        "imani",
        f"All the families {FAMILIES}",
        f"{FAMILIES}\n{ZERO_WIDTH}",
        ("home",),
        15,
        "17:50",
        ("class", "family", "class_families"),
        fate=Fate(
            "edited_waiting",
            title=f"All the families, and mine {FAMILIES}",
            words=f"{FAMILIES}\n{ZERO_WIDTH}\nOurs is 👨🏿‍👧🏿 and that is plenty.",
        ),
    ),
    Entry(
        "hostile-long-word",
        "leo",
        "The longest word I know",
        f"Papa Nick says it is this: {LONG_WORD} and there is no space in it anywhere.",
        ("family",),
        18,
        "18:10",
        ("class", "family", "class_families"),
    ),
    Entry(
        "hostile-zalgo",
        "luca",
        f"Ghost writing {ZALGO}",
        f"{ZALGO} {ZALGO} {ZALGO}",
        ("home",),
        20,
        "20:00",
        ("class",),
        fate=Fate(
            "put_away",
            note="The letters climb out of their lines and cover what others wrote. Great trick, let us keep it for Halloween.",
            reason="Covers other people's words on the page",
        ),
    ),
    Entry(
        "hostile-spaces",
        "ellie",
        SPACES,
        f"{SPACES}\n\n\n\n\n\n\n\n\n\nand ten empty lines\t\tand tabs",
        ("home",),
        22,
        "16:00",
        ("family", "class"),
        fate=Fate("class_taken_away"),
    ),
    Entry(
        "hostile-null",
        "rhys",
        "null",
        "undefined None NaN true 0 -1 1e309 00",
        ("home",),
        24,
        "18:00",
        ("class", "family"),
    ),
    Entry(
        "hostile-path",
        "yusuf",
        PATH,
        f"{PATH}%00.jpg C:\\CON\\nul /dev/null file:///etc/shadow {CLOSING}",
        ("club",),
        26,
        "18:00",
        ("class", "family"),
        fate=Fate("deleted"),
    ),
    Entry(
        "hostile-long-title",
        "sofia",
        LONG_TITLE,
        "He is a dachshund.",
        ("outdoors", "family"),
        28,
        "17:00",
        ("class", "class_families", "family"),
        (Photo("bear-beach.jpg", LONG_TITLE, "A beach with a red bucket"),),
    ),
    Entry(
        "hostile-bengali",
        "tahmina",
        BENGALI,
        f"These are the hardest words to write. {BENGALI}",
        ("language", "family"),
        30,
        "18:30",
        ("family", "class"),
    ),
    Entry(
        "hostile-ends",
        "tilly",
        f"cat walkd on the keys {ENDS}",
        f"{ENDS}&amp;&lt;b&gt;&nbsp;{HEADER}",
        ("home",),
        3,
        "17:59",
        ("family",),
    ),
    Entry(
        "hostile-draft",
        "oscar",
        SCRIPT,
        f"{IMAGE} {TEMPLATE}",
        ("home",),
        1,
        "17:59",
        ("me",),
        fate=Fate("draft"),
    ),
)

COMMENTS = (
    Comment(
        "hostile-script.1",
        "hostile-script",
        "s-mirza",
        "<p>No box jumped up here, <em>shabash</em>! What did you want it to say? &lt;script&gt;alert(2)&lt;/script&gt;</p>",
        2,
        "family",
    ),
    Comment(
        "hostile-script.2",
        "hostile-script",
        "haniya",
        f"It says hello {SCRIPT} {IMAGE}",
        3,
        "family",
        "hostile-script.1",
    ),
    Comment("hostile-script.3", "hostile-script", "dev", f"{QUERY} {TEMPLATE} {FORMAT}", 5, "everyone"),
    Comment("hostile-image.1", "hostile-image", "tomasz", f"mine says {IMAGE}{ATTRIBUTE}{ENDS}", 2, "everyone"),
    Comment("hostile-direction.1", "hostile-direction", "tahmina", f"{RIGHT_TO_LEFT} {BENGALI}", 4, "everyone"),
    Comment(
        "hostile-long-word.1",
        "hostile-long-word",
        "ellie",
        LONG_WORD[::-1],
        3,
        "everyone",
        fate="edited",
        then_words=f"{LONG_WORD[::-1]} {ZALGO} {FAMILIES}",
    ),
    Comment("hostile-null.1", "hostile-null", "c-pugh", "<p>null</p>", 2, "family"),
    Comment(
        "hostile-long-title.1",
        "hostile-long-title",
        "m-duarte",
        f"<p>{ZERO_WIDTH} {FAMILIES} {PATH}</p>",
        2,
        "family",
    ),
)
