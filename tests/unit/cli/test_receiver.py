"""`listen` from the command line to the last event, with a bus that does what a test tells it to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.app import main
from clacks_monitor.captures.writer import Capture
from clacks_monitor.core.event import Gap
from clacks_monitor.core.storage_errors import CaptureFull, StorageError
from tests.helpers.entries import a_gap, an_event
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
    assert told[0] == f"not recorded: {error}"
    if isinstance(error, CaptureFull):  # the capture itself knows what it holds and misses: here nothing
        assert (status, told[1:]) == (0, [])
    else:
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
