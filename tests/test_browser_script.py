"""``tools/browser.sh`` finds a Chromium, installs one if it may, and else says which command to run."""

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "tools" / "browser.sh"
BASH = shutil.which("bash") or "bash"


class Machine:
    """A PATH with hardly anything on it. What apt-get was asked for stands in ``asked``."""

    def __init__(self, bin_dir: Path) -> None:
        self.bin = bin_dir
        self.asked = bin_dir / "asked.log"
        for name in ("cp", "env", "sh", "true"):
            (bin_dir / name).symlink_to(shutil.which(name) or name)

    def command(self, name: str, script: str) -> None:
        """Put a command on the machine."""
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run(self, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the script there."""
        return subprocess.run(
            [BASH, str(SCRIPT)],
            env={"PATH": str(self.bin), **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A Debian machine without a browser, whose apt-get pretends."""
    fresh = Machine(tmp_path)
    fresh.command("apt-get", f'echo "$@" >>"{fresh.asked}"; [ "$1" = update ] || cp "$0" "{tmp_path}/chromium"')
    fresh.command("id", "echo 1000")
    return fresh


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_one_that_is_there_is_used(machine: Machine, name: str) -> None:
    machine.command(name, "")
    assert machine.run().stdout == f"{machine.bin / name}\n"
    assert not machine.asked.exists()


def test_the_named_one_comes_first(machine: Machine) -> None:
    machine.command("chromium", "")
    machine.command("my-browser", "")
    mine = str(machine.bin / "my-browser")
    assert machine.run(CHROMIUM=mine).stdout == f"{mine}\n"


def test_root_installs_it(machine: Machine) -> None:
    machine.command("id", "echo 0")
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(machine.bin / "chromium")
    assert machine.asked.read_text().splitlines() == ["update", "install -y chromium"]


def test_who_may_use_sudo_installs_it(machine: Machine) -> None:
    machine.command("sudo", '[ "$1" = -n ] && shift && exec "$@"')
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert machine.asked.read_text().splitlines() == ["update", "install -y chromium"]


@pytest.mark.parametrize("sudo", [None, "exit 1"], ids=["no sudo", "sudo asks for a password"])
def test_everybody_else_is_told_the_command(machine: Machine, sudo: str | None) -> None:
    if sudo:
        machine.command("sudo", sudo)
    done = machine.run()
    assert done.returncode == 1
    assert "sudo sh -c 'apt-get update && apt-get install -y chromium'" in done.stderr
    assert not machine.asked.exists()


def test_without_apt_it_says_how_to_name_one(machine: Machine) -> None:
    (machine.bin / "apt-get").unlink()
    done = machine.run()
    assert done.returncode == 1
    assert "CHROMIUM=" in done.stderr
