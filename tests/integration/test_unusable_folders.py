"""The program where a folder cannot be written: it opens, says so in the window and on standard error, and works."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import SessionBuilder
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.profile import Profile
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.session import notices as n
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


def _unusable(tmp_path: Path, part: str) -> Folders:
    (tmp_path / "user").mkdir()
    (tmp_path / "user" / part).touch()
    return Folders.below(tmp_path / "user")


@pytest.mark.parametrize("part", ["config", "data", "state"])
def test_a_session_works_and_says_what_does_not(tmp_path: Path, part: str) -> None:
    folders = _unusable(tmp_path, part)
    with running_session(folders) as watched:
        watched.take()
        session = watched.session
        troubles = [notice for notice in watched.told if isinstance(notice, n.Trouble)]
        assert f"user/{part}" in troubles[-1].text
        assert session.capture.temporary
        before = len(troubles)
        made = session.profiles.create(Profile("P"))
        assert isinstance(made, Profile)
        assert made in session.profiles.all()
        assert session.restore.remember_filter("true()") == ""
        wait_for(session.saver.stop(), 60.0)
        watched.take()
        later = [notice for notice in watched.told if isinstance(notice, n.Trouble)][before:]
        assert bool(later) is (part == "config")
        assert all(str(folders.config) in trouble.detail for trouble in later)
        assert session.composing.history.search() == []
        stand_in = session.folders.state
    assert stand_in.exists() is (part in {"data", "config"})


def test_what_is_wrong_with_several_folders_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "user").mkdir()
    for part in ("config", "data", "state"):
        (tmp_path / "user" / part).touch()
    with running_session(Folders.below(tmp_path / "user")) as watched:
        watched.take()
        [trouble] = [notice for notice in watched.told if isinstance(notice, n.Trouble)]
        assert all(f"user/{part}: " in trouble.text for part in ("config", "data", "state"))


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize("part", ["config", "data", "state"])
def test_the_window_opens_and_says_it_as_the_terminal_does(
    qapp: QApplication, tmp_path: Path, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = _unusable(tmp_path, part)
    with SessionBuilder(folders, None, None) as source:
        application = Application(qapp, source, Options(folders.state, language="en", theme="light"))
        application.start()
        application.deferred.finish()
        application.bridge.deliver()
        said = application.window.panes.trouble.text.text()
        shown = application.window.panes.trouble.isVisible()
        application.stop()
        application.deleteLater()
    assert shown
    assert str(tmp_path / "user" / part) in said
    assert said.partition("  (")[0] in capsys.readouterr().err


def test_without_any_place_for_what_is_received_the_program_says_so_and_ends(tmp_path: Path) -> None:
    _unusable(tmp_path, "state")
    script = (
        "import sys, tempfile\n"
        "def no(*a, **k): raise OSError(28, 'No space left on device')\n"
        "tempfile.mkdtemp = no\n"
        "from clacks_monitor.app import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", script, "--config", str(tmp_path / "user")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 5, done.stderr
    assert "There is no place for what is received" in done.stderr
    assert "Traceback" not in done.stderr


def test_listen_with_a_profile_says_so_and_goes_on(tmp_path: Path) -> None:
    _unusable(tmp_path, "config")
    command = [sys.executable, "-m", "clacks_monitor", "listen", "amqp://127.0.0.1:1", "--profile", "x"]
    command += ["--config", str(tmp_path / "user")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cannot be installed" in done.stderr
    assert "There is no profile x" in done.stderr
    assert "Traceback" not in done.stderr
