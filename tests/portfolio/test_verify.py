"""``journal verify-export`` finds what is missing, added or changed, in the file and in the folder."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from journal.cli import main
from journal.portfolio.verify import verify
from tests.portfolio.telling import Packed, Teller

PHOTO = "photos/0001-how-rockets-steer.jpg"


@pytest.fixture
def packed(tell: Teller, tmp_path: Path) -> Packed:
    """Maya's portfolio, also as the file ``taken.zip``."""
    taken = tell.takes_home("maya")
    (tmp_path / "taken.zip").write_bytes(taken.data)
    return taken


def packed_again(packed: Packed, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same ZIP with other things in it."""
    files = {name: packed.zip.read(name) for name in packed.zip.namelist()}
    inner = {name.partition("/")[2]: data for name, data in files.items()}
    change(inner)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as made:
        for name, data in inner.items():
            made.writestr(name[1:] if name.startswith("!") else f"{packed.folder}/{name}", data)
    return out.getvalue()


def _flip(files: dict[str, bytes]) -> None:
    files[PHOTO] = files[PHOTO][:-1] + bytes([files[PHOTO][-1] ^ 1])


def _put(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.__setitem__(name, data)


CHANGES: list[tuple[str, Callable[[dict[str, bytes]], object], str]] = [
    ("one bit", _flip, f"{PHOTO}: was changed"),
    ("a photo gone", lambda files: files.pop(PHOTO), f"{PHOTO}: is missing"),
    ("a file more", _put("photos/extra.jpg", b"x"), "photos/extra.jpg: is not on the list: it was added"),
    ("no list", lambda files: files.pop("manifest-sha256.txt"), "manifest-sha256.txt: is missing"),
    ("no json", lambda files: files.pop("portfolio.json"), "portfolio.json: is missing"),
    ("broken json", _put("portfolio.json", b"{"), "portfolio.json: cannot be read: it is no JSON"),
    ("other json", _put("portfolio.json", b'{"format": "x"}'), "portfolio.json: does not say that it is a portfolio"),
    (
        "a later version",
        _put("portfolio.json", b'{"format": "thirdspace-portfolio", "version": 2, "entries": []}'),
        "portfolio.json: has version 2, and only 1 is known here",
    ),
    ("no entries", _put("portfolio.json", b'{"format": "thirdspace-portfolio", "version": 1}'), "has no list"),
    ("a way out", _put("!../../evil", b"x"), "../../evil: this name leads out of the folder"),
    ("a strange line", lambda f: _put("manifest-sha256.txt", b"hello\n")(f), "manifest-sha256.txt: line 1 is no sum"),
    (
        "an odd shape",
        _put("portfolio.json", b'{"format": "thirdspace-portfolio", "version": 1, "entries": [1, {"photos": 3}]}'),
        "portfolio.json: was changed",
    ),
]


def test_whole_it_is_whole_packed_and_unpacked(
    packed: Packed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed.zip.extractall(tmp_path / "folder")
    for there in (tmp_path / "taken.zip", tmp_path / "folder", tmp_path / "folder" / packed.folder):
        assert main(["verify-export", str(there)]) == 0
        assert "is whole" in capsys.readouterr().out
    summed = subprocess.run(
        ["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=tmp_path / "folder" / packed.folder, check=False
    )
    assert summed.returncode == 0


def test_what_is_wrong_is_named(packed: Packed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for what, change, said in CHANGES:
        changed = tmp_path / "changed.zip"
        changed.write_bytes(packed_again(packed, change))  # type: ignore[arg-type]
        assert main(["verify-export", str(changed)]) == 1, what
        assert said in capsys.readouterr().out, what


def test_the_folder_is_checked_as_well(packed: Packed, tmp_path: Path) -> None:
    packed.zip.extractall(tmp_path / "folder")
    folder = tmp_path / "folder" / packed.folder
    (folder / "extra.txt").write_text("x")
    (folder / PHOTO).unlink()
    data = (folder / "index.html").read_bytes()
    (folder / "index.html").write_bytes(data.replace(b"Maya", b"Mary"))
    assert {str(one) for one in verify(folder).faults} == {
        "extra.txt: is not on the list: it was added",
        f"{PHOTO}: is missing",
        f"{PHOTO}: is in portfolio.json, but not there",
        "index.html: was changed",
    }
    (folder / "link").symlink_to("/etc/passwd")
    assert "link: is a link to somewhere else" in {str(one) for one in verify(folder).faults}


def test_any_damage_to_the_file_is_found(packed: Packed, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.zip"
    step = len(packed.data) // 25
    for at in range(60, len(packed.data), step):
        damaged.write_bytes(packed.data[:at] + bytes([packed.data[at] ^ 0xFF]) + packed.data[at + 1 :])
        assert verify(damaged).faults, at
    damaged.write_bytes(packed.data[: len(packed.data) // 2])
    assert [str(one) for one in verify(damaged).faults] == ["this is no whole ZIP file"]


def test_what_is_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-export", str(tmp_path / "nothing.zip")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    (tmp_path / "letter.zip").write_text("Dear all")
    assert main(["verify-export", str(tmp_path / "letter.zip")]) == 1
    assert "no whole ZIP" in capsys.readouterr().out
    (tmp_path / "empty").mkdir()
    assert main(["verify-export", str(tmp_path / "empty")]) == 1


def test_a_class_is_checked_with_all_that_is_in_it(tell: Teller, tmp_path: Path) -> None:
    whole = tell.orders_class("kaur")
    tell.world.work()
    packed = tell.fetches("kaur", whole)
    assert packed is not None
    there = tmp_path / "class.zip"
    there.write_bytes(packed.data)
    found = verify(there)
    assert (found.kind, found.portfolios, found.faults) == ("thirdspace-class", 23, ())
    inner = Packed(packed.read("portfolio-maya.zip"))
    other = packed_again(inner, lambda files: files.update({"portfolio.json": b"{}"}))
    there.write_bytes(packed_again(packed, _put("portfolio-maya.zip", other)))
    said = {str(one) for one in verify(there).faults}
    assert "portfolio-maya.zip: was changed" in said
    assert "portfolio-maya.zip › portfolio.json: was changed" in said


@pytest.mark.parametrize("name", [".", "./", "//", "./.", "/x", "a/../b", "\\", "x:y", "…/\u202e"])
def test_a_zip_with_names_that_are_none_is_no_portfolio(tmp_path: Path, name: str) -> None:
    with ZipFile(tmp_path / "strange.zip", "w") as made:
        made.writestr(name, b"x")
    checked = verify(tmp_path / "strange.zip")
    assert (checked.kind, bool(checked.faults)) == ("", True)
