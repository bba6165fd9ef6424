"""The words people were asked with are kept as they were, version by version."""

from hashlib import sha256

from journal.wordings import WORDINGS, asked, name_of
from journal.words import ASKED_WITH, Purpose
from tests.world import World

KEPT: dict[int, str] = {1: "e57cd89f2a104b20"}
"""What each version said. A version that is here is never changed: add another one."""


def test_every_version_is_kept_as_it_was(world: World) -> None:
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        said = {
            version: sha256(
                "\n".join(name_of(one, version) + "\n" + asked(one, version) for one in Purpose).encode()
            ).hexdigest()[:16]
            for version in WORDINGS
        }
    assert said == KEPT
    assert tuple(WORDINGS) == ASKED_WITH
