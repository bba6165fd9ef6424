"""Pass phrases and passwords of the demo accounts: friendly words, the same on every machine.

They are printed by the demo on purpose and protect nothing but invented people.
"""

from __future__ import annotations

import base64
import hashlib

_WORDS = (  # noqa: SIM905 - a page of words reads better than a list
    "acorn amber anchor apple apron arrow badge bagel bamboo banjo basket beach bead beetle bell berry "
    "bicycle biscuit blanket blossom boat bonfire book boot bottle bowl bread breeze brick bridge brook "
    "brush bubble bucket button cabin cactus cake camel candle canoe carrot castle cedar cello chalk "
    "cherry chess circle clay clock cloud clover coat cobble comet cookie copper coral cotton cradle "
    "crane crayon cricket crumpet cup curtain daisy dandelion date desk dolphin donkey door dragon drum "
    "duck dune eagle echo egg elbow ember engine falcon feather fern ferry fiddle fig finch flag flute "
    "forest fox garden ginger glove goose grape guitar hammock harbour harp hat hazel hedge heron hill "
    "honey hood horse igloo island ivy jacket jam jigsaw jug juniper kayak kettle kite kitten ladder "
    "lantern lark leaf lemon lentil library lily lime lizard lobster magnet mango maple marble meadow "
    "melon mint mirror mitten moon moss mountain mushroom nest noodle nutmeg oak oat ocean olive onion "
    "orange orchard otter owl paddle panda paper parrot peach pear pebble pencil penguin pepper piano "
    "picnic pillow pine planet plum pocket pond poppy postcard potato puddle pumpkin puppet puzzle quilt "
    "rabbit raft rain raisin ribbon river robin rocket rose saddle sail salad sand sandal scarf seal "
    "shell ship shovel silver skate slipper snail snow sofa spoon spring squirrel stamp star stone stream "
    "summer sun swan table tadpole tea teapot tent thimble thistle ticket tiger toast tomato torch tower "
    "train tree trumpet tulip tunnel turtle umbrella valley velvet violet violin wagon walnut water whale "
    "wheel whistle willow window winter wool yarn zebra"
).split()


def _three(key: str) -> list[str]:
    """Three different words that follow from the key."""
    digest = hashlib.sha256(f"demo:{key}".encode()).digest()
    words: list[str] = []
    for at in range(0, len(digest) - 1, 2):
        word = _WORDS[int.from_bytes(digest[at : at + 2]) % len(_WORDS)]
        if word not in words:
            words.append(word)
    return words[:3]


def pass_phrase(key: str) -> str:
    """A pupil's pass phrase: three words with spaces, such as "plum river kite"."""
    return " ".join(_three(f"pupil:{key}"))


def password(key: str) -> str:
    """A grown-up's password: three words and a number of two digits, with hyphens."""
    number = 10 + hashlib.sha256(f"number:{key}".encode()).digest()[0] % 90
    return "-".join([*_three(f"grownup:{key}"), str(number)])


def app_secret(key: str) -> str:
    """The secret that a grown-up's app is given: 32 letters and figures of base 32, as an authenticator takes it."""
    return base64.b32encode(hashlib.sha256(f"demo:app:{key}".encode()).digest()[:20]).decode()
