"""Why there is no window, from what Qt says before it gives up."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from clacks_monitor.gui.window.display import _no_display

LAST = "\nThe commands work without a window: clacks-monitor --help\n"


@pytest.mark.parametrize(
    ("variables", "said", "why"),
    [
        (
            {"QT_QPA_PLATFORM": "none", "DISPLAY": ":7"},
            ["Could not find the Qt platform plugin “none”"],
            "Qt has no platform none; correct or unset QT_QPA_PLATFORM.",
        ),
        (
            {"DISPLAY": ":7"},
            ["From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed", "Could not load the plugin"],
            "The window needs a library of X11 that is not installed; on Debian and Ubuntu: apt-get install ",
        ),
        (
            {"DISPLAY": ":7"},
            ["xcb-cursor0 is needed", "could not connect to display :7"],
            "The display :7 cannot be used: nothing answers there, or access is refused. Is DISPLAY right, ",
        ),
        ({"WAYLAND_DISPLAY": "wayland-1", "DISPLAY": ":7"}, [], "The display wayland-1 cannot be used: "),
        ({"QT_QPA_PLATFORM": "eglfs"}, [], "The display eglfs cannot be used: "),
    ],
)
def test_why_there_is_no_window(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], said: list[str], why: str
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    text = _no_display(said)
    assert text.startswith(why)
    assert text.endswith(LAST)


def test_what_qt_says_at_a_start_that_succeeds_is_passed_on() -> None:
    code = "from clacks_monitor.gui.window.display import open_display; open_display(['x'])"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_STYLE_OVERRIDE": "no-such-style"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "no-such-style" in done.stderr
