"""How the window's process ends: by a signal, although Qt's event loop is not Python's, and by its picture."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
READY = """
import sys
from clacks_monitor import app
from clacks_monitor.gui.application import Application
start = Application.start

def watched(application):
    application.ready.connect(lambda: print("ready", flush=True))
    start(application)

Application.start = watched
sys.exit(app.main(["--config", sys.argv[1]]))
"""


@pytest.fixture
def window(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program with a window that has its session."""
    with subprocess.Popen(
        [sys.executable, "-c", READY, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


@pytest.mark.parametrize(("folder", "status"), [("", 0), ("missing", 5)])
def test_a_screenshot_is_saved_or_the_status_says_that_it_was_not(tmp_path: Path, folder: str, status: int) -> None:
    picture = tmp_path / folder / "window.png"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "clacks_monitor", "--config", str(tmp_path / "config")),
            *("--screenshot", str(picture), "--after", "0.5"),
        ],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, picture.exists()) == (status, status == 0)
    assert ("could not be saved" in done.stderr) is (status != 0)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_the_window(window: subprocess.Popen[str], number: signal.Signals, status: int) -> None:
    window.send_signal(number)
    assert window.wait(20) == status
