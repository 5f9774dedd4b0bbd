"""How the window's process ends: by a signal, although Qt's event loop is not Python's, and by its picture."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from clacks_monitor import captures
from clacks_monitor.config import ProfileStore
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.profile import Profile
from tests.helpers.broker import running_broker
from tests.helpers.entries import some_events
from tests.helpers.recorder import connection

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


def test_a_picture_leaves_no_capture_behind(tmp_path: Path) -> None:
    """Also when events were received until it was taken."""
    config = tmp_path / "config"
    with running_broker() as broker, connection(broker.url, receiving=False) as (sender, _sent):
        command = [sys.executable, "-m", "clacks_monitor", "--config", str(config), "--connect", broker.url]
        command += ["--screenshot", str(tmp_path / "window.png"), "--after", "4"]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
            while process.poll() is None:
                sender.send(b"<a/>")
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.05)
    assert process.returncode == 0
    folder = Folders.below(config).unsaved
    assert not folder.exists() or list(folder.iterdir()) == []


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_the_window(window: subprocess.Popen[str], number: signal.Signals, status: int) -> None:
    window.send_signal(number)
    assert window.wait(20) == status


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_window_whose_profiles_take_for_ever_ends_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals
) -> None:
    folders = Folders.below(tmp_path)
    profiles = ProfileStore(folders.profiles)
    for hostile in range(50):
        query = f"every $x in 1 to 1000000000 satisfies $x > {hostile} - 100"
        profiles.create(Profile(f"hostile {hostile}", query, active=True))
    path = tmp_path / "some.capture"
    with captures.create(path) as capture:
        capture.append(some_events(5_000))
    script = READY.replace("sys.argv[1]]", f"sys.argv[1], '--capture', {str(path)!r}]")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        window = psutil.Process(process.pid)
        while not (guards := [one for one in window.children() if one.cpu_times().user > 0.3]):
            assert process.poll() is None
        process.send_signal(number)
        # Evaluating all takes minutes: what ends it within this time is the kill.
        assert process.wait(20) == {signal.SIGTERM: 0, signal.SIGINT: 130}[number]
    assert not any(guard.is_running() and guard.status() != psutil.STATUS_ZOMBIE for guard in guards)
