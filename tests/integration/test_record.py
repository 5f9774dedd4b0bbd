"""``clacks-monitor record`` as a process, into a capture and an archive: killed, frozen, ended, nothing is lost."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import archive, captures
from tests.helpers.broker import ROOT, running_broker
from tests.helpers.recording import LEADING, STANDING_BY, Load, numbers_in, recorder_process, wait_for_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.core.store import EventReader
    from tests.helpers.archives import Databases
    from tests.helpers.broker import BrokerProcess
    from tests.helpers.recording import OpenReader


@pytest.fixture(scope="module")
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as running:
        yield running


class Stored:
    """A store that is recorded into."""

    def __init__(self, address: str, open_reader: OpenReader) -> None:
        self.address = address
        self._open = open_reader

    def check(self, load: Load) -> None:
        """Wait until all is stored: nothing is lost, nothing is doubled."""
        lost, doubled = wait_for_all(self._open, load.accepted)
        assert (len(lost), len(doubled)) == (0, 0), (sorted(lost)[:5], list(doubled)[:5])


@contextlib.contextmanager
def _reading_capture(path: Path) -> Iterator[EventReader]:
    with captures.open_readonly(path) as store, store.reader() as reader:
        yield reader


@contextlib.contextmanager
def _reading_archive(url: str) -> Iterator[EventReader]:
    with archive.open_readonly(url) as store, store.reader() as reader:
        yield reader


@pytest.fixture(params=["capture", pytest.param("archive", marks=pytest.mark.postgresql)])
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Stored:
    if request.param == "capture":
        path = tmp_path / "site.capture"
        return Stored(str(path), lambda: _reading_capture(path))
    databases: Databases = request.getfixturevalue("databases")
    url = databases.new()
    return Stored(url, lambda: _reading_archive(url))


def test_what_a_bus_sends_is_recorded_and_a_signal_drains(stored: Stored, broker: BrokerProcess) -> None:
    with recorder_process(stored.address, broker.url) as recorder:
        recorder.wait_line("attached")
        with Load(broker.url) as load:
            load.wait_accepted(2_000)
            assert recorder.end(signal.SIGTERM) == 0
            load.wait_accepted(500)
    with recorder_process(stored.address, broker.url) as recorder:
        stored.check(load)
        assert recorder.end() == 0


def test_a_killed_recorder_loses_and_doubles_nothing(stored: Stored, broker: BrokerProcess) -> None:
    with recorder_process(stored.address, broker.url) as recorder:
        recorder.wait_line("attached")
        with Load(broker.url) as load:
            for _ in range(2):
                load.wait_accepted(700)
                recorder.kill()
                recorder.start()
                recorder.wait_line("attached")
        stored.check(load)


def test_neither_qt_nor_a_window_is_loaded(tmp_path: Path, broker: BrokerProcess) -> None:
    code = (
        "import sys, threading\n"
        "from clacks_monitor import app\n"
        "from clacks_monitor.session.recording.recorder import StoreRecorder\n"
        "begin = StoreRecorder._begin\n"
        "def stop(self, store):\n"
        "    begin(self, store)\n"
        "    self.stop()\n"
        "StoreRecorder._begin = stop\n"
        f"status = app.main(['record', {str(tmp_path / 'x.capture')!r}, {broker.url!r}])\n"
        "print(status, [name for name in sys.modules if 'PySide' in name or name.startswith('clacks_monitor.gui')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "0 []\n"


def test_a_standby_takes_over_when_the_leader_is_killed(stored: Stored, broker: BrokerProcess) -> None:
    with recorder_process(stored.address, broker.url) as first:
        first.wait_line("attached")
        with recorder_process(stored.address, broker.url) as second, Load(broker.url) as load:
            for leader, standby in ((first, second), (second, first)):
                standby.wait_line(STANDING_BY)
                load.wait_accepted(700)
                leader.kill()
                standby.wait_line(LEADING)
                load.wait_accepted(700)
                leader.start()
        stored.check(load)


@pytest.mark.postgresql
def test_a_leader_that_stands_still_is_followed_and_its_late_write_is_refused(
    databases: Databases, broker: BrokerProcess
) -> None:
    url = databases.new()
    stored = Stored(url, lambda: _reading_archive(url))
    with recorder_process(url, broker.url) as first:
        first.wait_line(LEADING)
        with recorder_process(url, broker.url) as second:
            second.wait_line(STANDING_BY)
            with Load(broker.url) as before:
                before.wait_accepted(500)
                first.send(signal.SIGSTOP)
                before.wait_accepted(500)
            second.wait_line(LEADING)
            second.wait_line("attached")
            with Load(broker.url) as after:
                first.send(signal.SIGCONT)
                first.wait_line(STANDING_BY)
                after.wait_accepted(500)
            stored.check(before)
            stored.check(after)


@pytest.mark.postgresql
@pytest.mark.parametrize("spools", [True, False], ids=["spool", "no spool"])
def test_a_database_that_is_killed_costs_nothing(
    databases: Databases, broker: BrokerProcess, tmp_path: Path, *, spools: bool
) -> None:
    url = databases.new()
    stored = Stored(url, lambda: _reading_archive(url))
    options = ["--spool", tmp_path / "spool"] if spools else []
    with recorder_process(url, broker.url, *options) as recorder:
        recorder.wait_line("attached")
        with Load(broker.url) as load:
            for _ in range(2):
                load.wait_accepted(500)
                seen = len(recorder.lines)
                databases.cluster.stop()
                load.wait_accepted(500)
                if spools:
                    recorder.wait_line("go into the spool", after=seen)
                databases.cluster.start()
                recorder.wait_line("The spool is empty" if spools else LEADING, after=seen)
        stored.check(load)
        with _reading_archive(url) as reader:
            numbers = list(numbers_in(reader, 0, reader.last_sequence()))
        assert numbers == sorted(numbers), "the order is that in which they were sent"


@pytest.mark.postgresql
def test_a_recorder_that_is_killed_while_it_spools_and_pours_loses_nothing(
    databases: Databases, broker: BrokerProcess, tmp_path: Path
) -> None:
    url = databases.new()
    stored = Stored(url, lambda: _reading_archive(url))
    with recorder_process(url, broker.url, "--spool", tmp_path) as recorder:
        recorder.wait_line("attached")
        with Load(broker.url) as load:
            databases.cluster.stop()
            recorder.wait_line("go into the spool")
            load.wait_accepted(3_000)
            recorder.kill()
            databases.cluster.start()
            for _ in range(2):
                recorder.start()
                recorder.wait_line(LEADING)
                recorder.kill()
            recorder.start()
        stored.check(load)
