"""Where no window can be opened, one sentence says why and what to do, and the exit status is 1."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import NO_DISPLAY, NO_QT
from clacks_monitor.gui.window.display import _no_display

if TYPE_CHECKING:
    from pathlib import Path

START = "import sys; from clacks_monitor.app import main; sys.exit(main(sys.argv[1:]))"
WITHOUT_QT = f"import sys; sys.modules['PySide6'] = None; {START}"
BROKEN_QT = f"""
import sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name in {"PySide6.QtGui", "PySide6.QtWidgets"}:
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
sys.meta_path.insert(0, Broken())
{START}
"""

WITHOUT_SASL = f"""
import sys
class Broken:
    def find_spec(self, name, path=None, target=None):
        if name == "cproton_ffi":
            raise ImportError("libsasl2.so.2: cannot open shared object file: No such file or directory")
sys.meta_path.insert(0, Broken())
{START}
"""


def started(
    tmp_path: Path, script: str, *arguments: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    command = [sys.executable, "-c", script, "--config", str(tmp_path), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**kept, **environment})


@pytest.mark.parametrize(
    ("script", "environment", "words"),
    [
        (START, {}, NO_DISPLAY),
        (START, {"DISPLAY": ":9999"}, "The display :9999 cannot be used"),
        (START, {"DISPLAY": ":9999", "QT_QPA_PLATFORM": "xcb"}, "The display :9999 cannot be used"),
        (START, {"DISPLAY": ":9999", "QT_QPA_PLATFORM": "nosuch"}, "Qt has no platform nosuch"),
        (START, {"WAYLAND_DISPLAY": "nowhere"}, "The display nowhere cannot be used"),
        (WITHOUT_QT, {"DISPLAY": ":9999"}, NO_QT),
        (BROKEN_QT, {"DISPLAY": ":9999"}, "The window needs the system's library libEGL.so.1"),
    ],
)
def test_why_there_is_no_window_is_said_in_one_sentence(
    tmp_path: Path, script: str, environment: dict[str, str], words: str
) -> None:
    done = started(tmp_path, script, environment=environment)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "qt.qpa" not in done.stderr
    assert "clacks-monitor" in done.stderr.splitlines()[-1], "what works all the same"


def test_a_library_of_x11_that_is_missing_is_told_from_a_display_that_does_not_answer() -> None:
    missing = ["From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed to load the Qt xcb platform plugin."]
    assert "apt-get install libxcb-cursor0" in _no_display(missing)
    assert "apt-get" not in _no_display(["could not connect to display :9", *missing])


def test_the_commands_need_no_qt(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_QT, "schemas", "--config", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "PhoneStatus" in done.stdout


@pytest.mark.parametrize("arguments", [("--demo",), ("listen", "amqp://127.0.0.1:9/")])
def test_a_library_that_everything_needs_is_told_in_one_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-c", WITHOUT_SASL, *arguments, "--config", str(tmp_path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "The program needs the system's library libsasl2.so.2, which is not installed; on Debian and Ubuntu: "
        "apt-get install libsasl2-2"
    )
    assert "Traceback" not in done.stderr
