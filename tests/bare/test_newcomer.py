"""What somebody does who has a bare Debian and a checkout: make run, make test, as each kind of user.

The checkout lies where names are difficult: blanks, an umlaut, an apostrophe.
"""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.bare.system import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bare.system import BareSystem

pytestmark = [pytest.mark.bare, pytest.mark.timeout(3600)]

NAME = "newcomer"
CHECKOUT = f"/home/{NAME}/Müllers 'neue' Clacks"
SETTING_UP = "2 of 3"
PICTURE = ["-m", "clacks_monitor", "--demo", "--config", f"/home/{NAME}/c", "--screenshot", f"/home/{NAME}/a.png"]


def newcomer(system: BareSystem, *packages: str) -> None:
    """Add the user with the checkout. Of what Debian offers there is make, and what is named."""
    system.run("apt-get", "update", "-q", check=True)
    system.run("apt-get", "install", "-y", "-q", "--no-install-recommends", "make", *packages, check=True)
    system.run("apt-get", "clean", check=True)
    system.run("sh", "-c", "rm -rf /var/lib/apt/lists/*", check=True)
    system.add_user(NAME)
    system.copy_checkout(CHECKOUT, NAME)


def interrupted(system: BareSystem, *command: str) -> str:
    """Start a command, interrupt it as Ctrl+C does in the middle of the installation, and return what it printed."""
    process = subprocess.Popen(
        system.command(*command, user=NAME, folder=CHECKOUT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with process:
        assert process.stdout is not None
        printed = ""
        for line in process.stdout:
            printed += line
            if SETTING_UP in line:
                os.killpg(process.pid, signal.SIGINT)
                break
        printed += process.stdout.read()
    assert process.returncode
    return printed


def works(system: BareSystem, user: str) -> None:
    """Look that the window and the command line work, without a network."""
    again = system.run("make", "setup", user=user, folder=CHECKOUT, online=False)
    assert (again.returncode, again.stdout) == (0, ""), "the second time there is nothing to do or to say"
    without = system.run("make", "run", user=user, folder=CHECKOUT, online=False)
    assert without.returncode
    assert "no display" in without.stdout
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    python = ".venv/bin/python"
    shown = system.run(python, *PICTURE, "--after", "6", user=user, folder=CHECKOUT, online=False, env=offscreen)
    assert shown.returncode == 0, shown.stdout
    assert system.inside(f"/home/{NAME}/a.png").read_bytes().startswith(b"\x89PNG")
    listed = system.run(".venv/bin/clacks-monitor", "schemas", user=user, folder=CHECKOUT, online=False)
    assert "PhoneStatus" in listed.stdout
    secure = "import proton; print(proton.SASL.extended())"
    assert system.run(python, "-c", secure, user=user, folder=CHECKOUT).stdout == "True\n", "SCRAM needs Cyrus SASL"


def test_an_ordinary_user_without_sudo_interrupted_offline_and_again(
    bare: Callable[[str], BareSystem], capfd: pytest.CaptureFixture[str]
) -> None:
    system = bare("trixie")
    newcomer(system)
    told = system.run("make", "run", user=NAME, folder=CHECKOUT)
    assert told.returncode
    (line,) = [line for line in told.stdout.splitlines() if line.startswith("  apt-get update")]
    assert "sudo" not in told.stdout
    printed = system.run("sh", "-c", line).stdout
    assert "E:" not in printed, printed

    offline = system.run("make", "setup", user=NAME, folder=CHECKOUT, online=False)
    assert offline.returncode
    assert "The package index cannot be reached" in offline.stdout
    assert "make setup" in offline.stdout.splitlines()[-2], "the last word is what to do"

    assert "Interrupted. The same command goes on: make setup" in interrupted(system, "make", "setup")
    done = system.run("make", "setup", user=NAME, folder=CHECKOUT)
    assert done.returncode == 0, done.stdout
    assert all(f"{step} of 3" in done.stdout for step in (1, 2, 3))
    assert "Downloading" in done.stdout or "Using cached" in done.stdout, "what takes time is seen"
    works(system, NAME)

    version = system.run(".venv/bin/python", "-V", user=NAME, folder=CHECKOUT).stdout
    assert version.startswith("Python 3.13")
    tests = os.environ.get("BARE_TESTS", "tests/unit tests/contracts tests/integration")
    with capfd.disabled():  # what fails in there is read at once, and how far it came when it is ended
        for again in ("", " --last-failed --last-failed-no-failures none"):  # for what a busy machine has failed
            command = system.command(
                "make", "test", f"TESTS={tests}{again}", "HYPOTHESIS_PROFILE=brief", user=NAME, folder=CHECKOUT
            )
            if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0:
                return
    pytest.fail("The same tests failed twice; see above.")


def test_an_ordinary_user_with_sudo(bare: Callable[[str], BareSystem]) -> None:
    system = bare("bookworm")
    newcomer(system, "sudo")
    asked = system.run("make", "setup", user=NAME, folder=CHECKOUT)
    assert asked.returncode
    assert "  sudo sh -c 'apt-get update && apt-get install" in asked.stdout
    system.inside("/etc/sudoers.d/newcomer").write_text(f"{NAME} ALL=(ALL) NOPASSWD: ALL\n", encoding="utf-8")
    done = system.run("make", "setup", user=NAME, folder=CHECKOUT)
    assert done.returncode == 0, done.stdout
    works(system, NAME)


@pytest.mark.parametrize("suite", ["bookworm", "trixie"])
def test_root_is_asked_for_nothing_and_apt_is_left_alone_afterwards(
    bare: Callable[[str], BareSystem], suite: str
) -> None:
    system = bare(suite)
    newcomer(system)
    done = system.run("make", "setup", folder=CHECKOUT)
    assert done.returncode == 0, done.stdout
    works(system, "root")


def test_the_checkout_is_copied_whole(bare: Callable[[str], BareSystem]) -> None:
    system = bare("trixie")
    newcomer(system)
    for name in ("Makefile", "tools/setup.sh", "resources/icons/clacks.svg"):
        assert system.inside(f"{CHECKOUT}/{name}").read_bytes() == (ROOT / name).read_bytes()
