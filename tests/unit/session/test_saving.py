"""A disk that stands still holds up nothing that the session does; closing writes what waits."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.capture_file import CaptureFile
from clacks_monitor.config import ConnectionStore, ConsentStore, ProfileStore, SettingsStore, look
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.profile import Profile
from clacks_monitor.session import notices as n
from clacks_monitor.session.captures.replaying import Pace, ReplayPart
from clacks_monitor.session.view.noted_rows import Annotated
from tests.helpers.entries import some_events
from tests.helpers.session import Watched, running_session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.core.event import Row
    from clacks_monitor.core.folders import Folders

PATIENCE_S = 60.0

DISK: list[tuple[object, str]] = [(captures, "create_temporary"), (captures, "open_readonly"), (CaptureFile, "close")]


@pytest.fixture
def stopped_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A disk that finishes no write of another thread before the event is set, and none at all of this one."""
    go, me = threading.Event(), threading.get_ident()

    def stopped(real: Callable[..., Any]) -> Callable[..., Any]:
        def write(*args: Any, **more: Any) -> Any:
            assert threading.get_ident() != me, "the session's thread would wait for the disk"
            assert go.wait(PATIENCE_S)
            return real(*args, **more)

        return write

    monkeypatch.setattr(os, "fsync", stopped(os.fsync))
    monkeypatch.setattr(CaptureFile, "write", stopped(CaptureFile.write))
    yield go
    go.set()


def _filter(watched: Watched) -> object:
    watched.session.restore.bring_back()
    return watched.session.restore.remember_filter("true()")


def _connect(watched: Watched) -> object:
    return watched.session.connections.save(ConnectionSettings("office"))


def _profile(watched: Watched) -> object:
    made = watched.session.profiles.create(Profile("Mine"))
    assert isinstance(made, Profile)
    return watched.session.profiles.activate([made.id])


def _allow(watched: Watched) -> object:
    consents = watched.session.consents
    assert consents.why_not(CALLING, TRUE)
    assert consents.allow(CALLING, TRUE) == ""
    return consents.why_not(CALLING, TRUE)


def _mark(watched: Watched) -> str:
    watched.session.annotations.toggle_marks([1, 3])
    return ""


def _comment(watched: Watched) -> str:
    watched.session.annotations.set_comment(2, "first")
    watched.session.annotations.set_comment(2, "second")
    return ""


CALLING = Profile("Calls", id="calls")
TRUE = look(("true",))
CHANGES: list[tuple[Callable[[Watched], object], Callable[[Folders], object]]] = [
    (_allow, lambda folders: not ConsentStore(folders.state).missing(CALLING.id, TRUE)),
    (_mark, lambda folders: [row.sequence for row in _rows(folders) if row.mark] == [1, 3]),
    (_comment, lambda folders: [row.comment for row in _rows(folders)] == ["", "second", ""]),
    (_filter, lambda folders: SettingsStore(folders.settings_file).values.filter_history == ("true()",)),
    (_connect, lambda folders: [c.name for c in ConnectionStore(folders.connections_file).all()] == ["office"]),
    (_profile, lambda folders: [p.name for p in ProfileStore(folders.profiles).all() if p.active] == ["Mine"]),
]


def _capture(folders: Folders) -> Path:
    return folders.state / "shift.capture"


def _rows(folders: Folders) -> list[Row]:
    with captures.open_readonly(_capture(folders)) as capture, capture.reader() as reader:
        return reader.rows([1, 2, 3])


@pytest.mark.parametrize(("change", "is_there"), CHANGES)
def test_a_change_waits_for_no_disk_and_is_there_after_closing(
    folders: Folders,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Watched], object],
    is_there: Callable[[Folders], bool],
) -> None:
    folders.state.mkdir(parents=True, mode=0o700)
    with captures.create(_capture(folders)) as capture:
        capture.append(some_events(3))
    with running_session(folders, _capture(folders)) as watched:
        watched.until(lambda: not watched.session.saver.stop(), "the first start is over")
        monkeypatch.setattr("clacks_monitor.session.session.CLOSING_S", PATIENCE_S)
        go = request.getfixturevalue("stopped_disk")
        assert change(watched) == ""
        assert watched.session.saver.stop()
        assert not is_there(folders)
        go.set()
    assert is_there(folders)


def test_the_first_start_waits_for_no_disk(folders: Folders, request: pytest.FixtureRequest) -> None:
    go = request.getfixturevalue("stopped_disk")
    with running_session(folders) as watched:
        named = [profile.name for profile in watched.session.profiles.all()]
        assert "Telephones" in named
        assert watched.session.saver.stop()
        go.set()
        watched.until(lambda: not watched.session.saver.stop(), "they are saved")
    assert [profile.name for profile in ProfileStore(folders.profiles).all()] == named
    assert ProfileStore(folders.profiles).install_examples() == []


def test_a_mark_that_cannot_be_written_is_told(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append(some_events(3))
    path.chmod(0o400)
    with running_session(folders) as watched:
        watched.session.capture.offered.open(path, read_only=True)
        assert watched.session.capture.adopt(path) == ""
        watched.session.annotations.toggle_marks([1, 3])
        watched.session.annotations.set_comment(2, "x")
        watched.until(lambda: len(_annotated(watched)) == 2, "both are told")
        assert [told.sequences for told in _annotated(watched)] == [(1, 3), (2,)]
        assert all("reading only" in told.problem for told in _annotated(watched))


def _annotated(watched: Watched) -> list[Annotated]:
    return [told for told in watched.told if isinstance(told, Annotated)]


def test_marks_that_follow_each_other_closely_are_set_and_taken_away_in_turn(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append(some_events(3))
    with running_session(folders, path) as watched:
        for chosen in ([1], [1, 2], [1], [3]):
            watched.session.annotations.toggle_marks(chosen)
        watched.until(lambda: len(_annotated(watched)) == 4, "all are written")
        assert watched.session.rows.marks().value == [2, 3]


def test_a_consent_is_withdrawn_when_the_script_changed_before_it_was_saved(
    folders: Folders, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    script = tmp_path / "alarm.sh"
    script.write_text("echo one\n")
    looked = look(("sh", str(script)))
    with running_session(folders) as watched:
        watched.until(lambda: not watched.session.saver.stop(), "the first start is over")
        go = request.getfixturevalue("stopped_disk")
        assert watched.session.consents.allow(CALLING, looked) == ""
        script.write_text("echo two\n")
        go.set()
        watched.until(lambda: _said(watched, "changed during the review"), "it is told")
        watched.until(lambda: not watched.session.saver.stop(), "it is saved")
        assert watched.session.consents.why_not(CALLING, looked) == "Not allowed on this computer yet."
    assert not ConsentStore(folders.state).known(CALLING.id, looked.command)


def _said(watched: Watched, words: str) -> bool:
    return any(words in told.text for told in watched.told if isinstance(told, n.Trouble))


def test_what_another_monitor_changed_is_told_and_filtered_by(folders: Folders) -> None:
    with running_session(folders) as watched:
        made = watched.session.profiles.create(Profile("Mine"))
        assert isinstance(made, Profile)
        watched.until(lambda: not watched.session.saver.stop(), "it is saved")
        ProfileStore(folders.profiles).save(replace(made, query="true()"))
        watched.told.clear()
        assert watched.session.profiles.update(replace(made, colour="red")) == ""

        def has_both() -> bool:
            return replace(made, query="true()", colour="red") in watched.session.profiles.all()

        watched.until(has_both, "both changes are there")
        watched.until(lambda: watched.told.count(n.ProfilesChanged()) == 2, "it is told")


def test_a_replay_and_a_new_capture_wait_for_no_disk(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append(some_events(3))
    go, me = threading.Event(), threading.get_ident()
    real = {(owner, name): getattr(owner, name) for owner, name in DISK}

    def held(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            assert threading.get_ident() != me, "the session's thread would wait for the disk"
            assert go.wait(PATIENCE_S)
            return function(*args, **more)

        return call

    with running_session(folders, path) as watched, monkeypatch.context() as slow:
        for (owner, name), function in real.items():
            slow.setattr(owner, name, held(function))
        assert watched.session.replaying.start(ReplayPart(), Pace(speed=0), "") == ""
        job = watched.session.work.new()
        watched.take()
        assert watched.session.capture.path == path
        go.set()
        made = watched.ended(job).result.paths
        watched.until(lambda: not watched.session.replaying.busy, "the replay ends")
        watched.until(lambda: len(watched.rows) == 3, "its events have come")
        assert watched.session.capture.adopt(made[0]) == ""
        watched.until(lambda: not watched.session.saver.stop(), "what was left is closed")
        watched.until(lambda: not watched.rows, "the new one is empty")


def test_a_replay_of_a_file_that_is_gone_says_so_at_its_end(folders: Folders, tmp_path: Path) -> None:
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append(some_events(3))
    with running_session(folders, path) as watched:
        path.unlink()
        assert watched.session.replaying.start(ReplayPart(), Pace(), "") == ""

        def problems() -> list[str]:
            return [t.problem for t in watched.told if isinstance(t, n.ReplayProgress) and t.finished]

        watched.until(problems, "the replay ends")
        assert str(path) in problems()[-1]
        assert watched.session.capture.path == path
