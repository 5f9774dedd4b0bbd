"""`listen` from the command line to the last event, with a bus that does what a test tells it to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.app import load_ports, main
from clacks_monitor.captures.writer import Capture
from clacks_monitor.cli.printing import Printer
from clacks_monitor.cli.receiver import Receiver
from clacks_monitor.config import SettingsStore
from clacks_monitor.core.connection import from_url
from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.storage_errors import CaptureError, CaptureFull, StorageError
from clacks_monitor.core.store import Retention
from tests.helpers.entries import a_gap, an_event, some_events
from tests.helpers.scripted_bus import CLOSED, CONNECTED, CONNECTING, LOST, REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clacks_monitor.core.bus import BusDriver, BusListener
    from clacks_monitor.core.connection import ConnectionSettings, ConnectionStatus

URL = "amqp://127.0.0.1:1"
LEAVE = b'<Event xmlns="http://www.gonicus.de/Events"><ClientLeave><Id>pc-1</Id></ClientLeave></Event>'
INVALID = LEAVE.replace(b"Id>", b"Ix>")


@dataclass
class ScriptedSubscriber:
    """Stands where a Subscriber does: on start it tells what there is."""

    things: Sequence[ConnectionStatus | Gap | bytes] = ()
    settings: ConnectionSettings | None = None
    password: str | None = None
    closed: list[bool] = field(default_factory=list)

    def __call__(
        self,
        _driver: BusDriver,
        settings: ConnectionSettings,
        listener: BusListener,
        *,
        password: Callable[[], str | None],
    ) -> ScriptedSubscriber:
        self.settings, self.password, self._listener = settings, password(), listener
        return self

    def start(self) -> None:
        for thing in self.things:
            if isinstance(thing, bytes):
                self._listener.on_messages([an_event(1, body=thing).raw])
            elif isinstance(thing, Gap):
                self._listener.on_gap(thing)
            else:
                self._listener.on_status(thing)

    def close(self) -> None:
        self._listener.on_status(CLOSED)
        self.closed.append(True)


@pytest.fixture
def subscriber(monkeypatch: pytest.MonkeyPatch) -> ScriptedSubscriber:
    made = ScriptedSubscriber()
    monkeypatch.setattr("clacks_monitor.cli.receiver.Subscriber", made)
    return made


def test_events_are_printed_up_to_the_count(
    subscriber: ScriptedSubscriber, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subscriber.things = [CONNECTING, CONNECTED, LEAVE, a_gap(), INVALID, LEAVE]
    url = URL.replace("://", "://anna:secret@")
    assert main(["listen", url, "--count", "2", "--format", "json", "--config", str(tmp_path), "--xquery", "."]) == 0
    captured = capsys.readouterr()
    first, gap, second = map(json.loads, captured.out.splitlines())
    assert (first["type"], first["problem"], gap["gap"], second["type"]) == (
        "ClientLeave", None, "connection-lost", "ClientLeave",
    )  # fmt: skip
    assert "Ix" in second["problem"]
    assert captured.err == "connecting\nconnected to bus:5672; no subscription filter\n"
    assert subscriber.settings is not None
    assert (subscriber.settings.subscription, subscriber.password, subscriber.closed) == (".", "secret", [True])


@pytest.mark.parametrize(
    ("state", "options", "status"),
    [(REFUSED, [], 3), (LOST, ["--once"], 4), (REFUSED, ["--once"], 3)],
)
def test_a_connection_that_ends_it_has_its_exit_status(
    state: ConnectionStatus,
    options: list[str],
    status: int,
    subscriber: ScriptedSubscriber,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    subscriber.things = [CONNECTED, LEAVE, state, LEAVE]
    assert main(["listen", URL, "--config", str(tmp_path), *options]) == status
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 1
    assert captured.err.splitlines()[-1] == f"{state.state}: {state.reason}"


def test_a_lost_connection_is_waited_for(
    subscriber: ScriptedSubscriber, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subscriber.things = [CONNECTED, LOST, CONNECTED, LEAVE]
    assert main(["listen", URL, "--config", str(tmp_path), "--count", "1"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_everything_is_recorded_in_order(subscriber: ScriptedSubscriber, tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    subscriber.things = [LEAVE, a_gap(), INVALID, LEAVE]
    assert main(["listen", URL, "--config", str(tmp_path), "--count", "3", "--capture", str(path)]) == 0
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        found = [entry for _sequence, entry in reader.entries(range(1, 5))]
    assert [entry if isinstance(entry, Gap) else entry.raw.body for entry in found] == [LEAVE, a_gap(), INVALID, LEAVE]


@pytest.mark.parametrize("error", [StorageError("It broke."), CaptureFull("It is full.")])
def test_events_that_are_not_in_the_file_are_counted_at_the_end(
    error: StorageError,
    subscriber: ScriptedSubscriber,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(_capture: Capture, _entries: object) -> None:
        raise error

    monkeypatch.setattr(Capture, "append", refuse)
    path = tmp_path / "a.capture"
    subscriber.things = [LEAVE, a_gap(), LEAVE]
    status = main(["listen", URL, "--config", str(tmp_path), "--count", "2", "--capture", str(path)])
    captured = capsys.readouterr()
    told = captured.err.splitlines()
    assert told[0].endswith(f"{path}" if isinstance(error, CaptureFull) else "It broke.")
    assert (status, told[1:]) == (5, [f"2 events received, but not in {path}."])
    assert len(captured.out.splitlines()) == 3


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (["--xquery", "1 +"], 2, "The filter cannot be read: "),
        (["--capture", "/nonexistent/a.capture"], 5, ""),
        (["--profile", "nobody"], 2, "There is no profile nobody. There are: "),
        (["--profile", "telephone"], 2, "There is no profile telephone. Did you mean Telephones? There are: "),
    ],
)
def test_what_is_wrong_is_said_before_it_connects(
    options: list[str], status: int, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["listen", URL, "--config", str(tmp_path), *options]) == status
    captured = capsys.readouterr()
    assert captured.err.startswith(told)
    assert captured.err.strip()
    assert captured.out == ""


def test_a_profile_is_a_filter(subscriber: ScriptedSubscriber, tmp_path: Path) -> None:
    subscriber.things = [LEAVE]
    assert main(["listen", URL, "--config", str(tmp_path), "--profile", "telephones", "--count", "1"]) == 0
    assert subscriber.settings is not None
    assert "PhoneStatus" in subscriber.settings.subscription


def test_profiles_that_cannot_be_installed_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "file"
    folder.touch()
    assert main(["listen", URL, "--config", str(folder), "--profile", "telephones"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith("The example profiles cannot be installed: ")
    assert told[-1].startswith("There is no profile telephones.")


def test_only_the_first_of_many_attempts_is_told(
    subscriber: ScriptedSubscriber, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subscriber.things = [replace(CONNECTING, attempt=1), LOST, replace(CONNECTING, attempt=2), CONNECTED, LEAVE]
    assert main(["listen", URL, "--config", str(tmp_path), "--count", "1"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().err.splitlines()] == ["connecting", "lost:", "connected"]


def _receiver(tmp_path: Path, printed: list[object], name: str = "a.capture") -> Receiver:
    class Sink(Printer):
        def put(self, items: Sequence[object]) -> None:
            printed.extend(item for item in items if isinstance(item, str))

    settings, _password = from_url(URL)
    folders = Folders.below(tmp_path / "folders")
    return Receiver(load_ports(), settings, None, Sink("summary", None), folders, capture=tmp_path / name)


def _limit(receiver: Receiver, pages: int) -> None:
    """Let the file have so many pages more."""
    assert isinstance(receiver._capture, Capture)
    db = receiver._capture._file.db
    (count,) = db.execute("PRAGMA page_count").fetchone()
    db.execute(f"PRAGMA max_page_count = {count + pages}")


@pytest.mark.usefixtures("subscriber")
@pytest.mark.parametrize("again", [True, False])
def test_a_full_disk_is_said_once_and_what_never_finds_room_is_counted(tmp_path: Path, *, again: bool) -> None:
    printed: list[object] = []
    receiver = _receiver(tmp_path, printed)
    sent = 0
    with receiver:
        _limit(receiver, 20)
        while not printed:
            receiver.on_messages([an_event(sent + n).raw for n in range(100)])
            sent += 100
        receiver.on_messages([an_event(0).raw])
        if again:
            _limit(receiver, 100_000)
            receiver.on_messages([an_event(0).raw])
    assert ["Disk full" in str(text) for text in printed] == ([True, False] if again else [True])
    with captures.open_readonly(tmp_path / "a.capture") as capture, capture.reader() as reader:
        gaps = [gap.cause for _sequence, gap in reader.gaps()]
        assert reader.count() - len(gaps) + receiver.lost == sent + (2 if again else 1)
        assert (receiver.lost > 0, gaps) == (not again, [GapCause.DISK_FULL] if again else [])


def test_a_capture_that_the_system_does_not_look_for_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="cannot be created: File name too long"):
        _receiver(tmp_path, [], "a" * 300)


@pytest.mark.usefixtures("subscriber")
@pytest.mark.parametrize("mine", [True, False])
def test_limits_of_a_capture_are_obeyed_where_they_were_set(tmp_path: Path, *, mine: bool) -> None:
    with captures.create(tmp_path / "a.capture") as capture:
        capture.append(some_events(600))
        capture.remember_retention(Retention(max_count=300))
        if mine:
            settings = SettingsStore(Folders.below(tmp_path / "folders").settings_file)
            settings.remember_limits(capture.id, Retention(max_count=300))
    printed: list[object] = []
    with _receiver(tmp_path, printed) as receiver:
        receiver.on_messages([an_event(n).raw for n in range(600)])
    with captures.open_readonly(tmp_path / "a.capture") as opened, opened.reader() as reader:
        assert (reader.count() == 1200) is not mine
    text = "a.capture has limits that were not set on this computer. They are ignored and nothing is deleted."
    assert printed == ([] if mine else [text])
