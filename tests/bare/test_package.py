"""The Debian package on a bare system: installed by apt without a compiler, tried, removed, purged.

`make package` comes first; without dist/*.deb there is nothing to try.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.bare.system import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bare.system import BareSystem

pytestmark = [pytest.mark.bare, pytest.mark.timeout(900)]

NAME = "clara"
PACKAGES = sorted((ROOT / "dist").glob("*.deb"))
LISTEN = """\
set -e
mkfifo said
clacks-monitor broker --listen 127.0.0.1:0 >said & broker=$!
read -r _listening _on url <said
clacks-monitor simulate "$url" --rate 20 2>/dev/null & office=$!
clacks-monitor listen "$url" --count 3
kill $office $broker
"""


@pytest.fixture
def display() -> Iterator[dict[str, str]]:
    """Give the variables of a display: this machine's Xvfb, which is heard in the systems too, else none is needed."""
    server = shutil.which("Xvfb")
    if server is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-ac", "-screen", "0", "1280x800x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        process.terminate()


@pytest.mark.skipif(not PACKAGES, reason="there is no dist/*.deb: make package")
@pytest.mark.parametrize("suite", ["trixie", "bookworm"])
def test_it_is_installed_tried_removed_and_purged(
    bare: Callable[[str], BareSystem], display: dict[str, str], suite: str
) -> None:
    system = bare(suite)
    system.run("apt-get", "update", "-q", check=True)
    system.add_user(NAME)
    before = set(_files(system))
    shutil.copyfile(PACKAGES[-1], system.inside("/tmp/clacks-monitor.deb"))
    installed = system.run("apt-get", "install", "-y", "-q", "--no-install-recommends", "/tmp/clacks-monitor.deb")
    assert installed.returncode == 0, installed.stdout
    assert system.run("sh", "-c", "command -v gcc").returncode, "without a compiler"

    shown = system.run(
        *("clacks-monitor", "--demo", "--screenshot", f"/home/{NAME}/a.png", "--after", "10"),
        user=NAME,
        folder=f"/home/{NAME}",
        env=display,
    )
    assert shown.returncode == 0, shown.stdout
    assert system.inside(f"/home/{NAME}/a.png").read_bytes().startswith(b"\x89PNG")
    heard = system.run("sh", "-c", LISTEN, user=NAME, folder=f"/home/{NAME}", online=False)
    assert heard.returncode == 0, heard.stdout
    without = system.run("clacks-monitor", "--demo", user=NAME, env={"DISPLAY": ":9999"}, online=False)
    assert without.returncode == 1
    assert "The display :9999 cannot be used" in without.stdout
    secure = "import proton; assert proton.SASL.extended()"
    assert system.run("/usr/lib/clacks-monitor/bin/python3", "-I", "-c", secure).returncode == 0

    assert system.run("apt-get", "remove", "-y", "-q", "clacks-monitor").returncode == 0
    assert system.run("dpkg", "--purge", "clacks-monitor").returncode == 0
    left = {path for path in set(_files(system)) - before if "clacks" in path and not path.startswith("tmp/")}
    assert {path for path in left if not path.startswith(f"home/{NAME}/")} == set(), (
        "only the user's own files are left"
    )


def _files(system: BareSystem) -> list[str]:
    return [
        str(path.relative_to(system.root))
        for folder in ("etc", "usr", "var/lib", "home", "opt")
        for path in (system.root / folder).rglob("*")
    ]
