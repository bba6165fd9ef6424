"""What is installed is what the project says, pinned and hashed, and every package has its reason written down."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def declared() -> list[str]:
    """The names of all packages that pyproject.toml asks for, tests' included."""
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    return sorted(re.split(r"[\[<>=~!; ]", each)[0] for each in wanted)


def locked() -> dict[str, list[str]]:
    """Each line of the lock file that names a package, with the hashes that follow it."""
    found: dict[str, list[str]] = {}
    for line in LOCK.replace("\\\n", " ").splitlines():
        if line and not line.startswith("#"):
            found[line.split()[0]] = re.findall(r"--hash=sha256:[0-9a-f]{64}(?!\S)", line)
    return found


@pytest.mark.parametrize("name", declared())
def test_each_package_has_a_reason_and_a_version(name: str) -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert re.search(rf"^\|[^|]*\b{re.escape(name)}\b[^|]*\| \S", reasons, flags=re.MULTILINE)
    assert any(re.match(rf"{re.escape(name)}(\[.*])?==", each) for each in locked())


def test_the_lock_pins_and_hashes_everything() -> None:
    for package, hashes in locked().items():
        assert re.fullmatch(r"[a-z0-9.-]+(\[[a-z,]+])?==[0-9][\w.]*", package), package
        assert hashes, package


def test_the_lock_names_no_place_to_load_from() -> None:
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links|--trusted-host", LOCK)
