"""`replay`: what it prints, sends and says."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.app import main
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.core.storage_errors import StorageError
from tests.helpers.entries import a_gap, an_event, some_events
from tests.helpers.interrupting import press_ctrl_c
from tests.helpers.scripted_bus import LOST, REFUSED, silent

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.scripted_bus import ScriptedBus, ScriptedLink

URL = "amqp://127.0.0.1:1"
FAST = ["--speed", "0"]


@pytest.fixture
def path(tmp_path: Path) -> str:
    made = tmp_path / "shift.capture"
    with captures.create(made) as capture:
        capture.append([*some_events(4), a_gap(30)])
    return str(made)


def test_events_are_printed_a_line_each(path: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["replay", path, *FAST]) == 0
    captured = capsysbinary.readouterr()
    assert captured.out == b"".join(event.raw.body + b"\n" for event in some_events(4))
    assert captured.err == b"4 events replayed\n"
    one = tmp_path / "one.capture"
    with captures.create(one) as capture:
        capture.append([an_event(1, body=b"<a/>\n\n")])
    assert main(["replay", str(one), *FAST]) == 0
    assert capsysbinary.readouterr() == (b"<a/>\n", b"1 event replayed\n")


def test_at_a_pace_of_their_own_it_is_said_how_late_they_were(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", path, "--rate", "1000"]) == 0
    told = capsys.readouterr().err
    assert told.startswith("4 events replayed; 99 % were at most ")
    assert told.endswith(" ms late\n")


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (["--from", "+1s"], [1, 2, 3]),
        (["--to", "+1s"], [0, 1]),
        (["--from", "+1s", "--to", "+2s"], [1, 2]),
        (["--xquery", "//*:Id > 2"], [3]),
        (["--xquery", ""], [0, 1, 2, 3]),
    ],
)
def test_only_the_part_that_is_wanted(
    options: list[str], numbers: list[int], path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", path, *FAST, *options]) == 0
    assert capsys.readouterr().out.splitlines() == [an_event(n).raw.body.decode() for n in numbers]


@pytest.mark.parametrize(
    ("options", "status", "told"),
    [
        (["--xquery", "1 +"], 2, "The filter cannot be read: "),
        (["--from", "soon"], 2, "soon is not a time; for example 14:02"),
        (["--to", "later"], 2, "later is not a time; for example 14:02"),
        (["http://x"], 2, "The URL must start with amqp://"),
    ],
)
def test_what_is_wrong_with_the_command_line_is_said(
    options: list[str], status: int, told: str, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", path, *options, *FAST]) == status
    captured = capsys.readouterr()
    assert captured.err.startswith(told)
    assert captured.out == ""


def test_a_file_that_is_no_capture_and_one_that_is_damaged_are_said(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "text"
    text.write_text("no capture")
    assert main(["replay", str(text)]) == 5
    assert str(text) in capsys.readouterr().err

    def refuse(_reader: CaptureReader) -> object:
        raise StorageError("It is damaged.")

    monkeypatch.setattr(CaptureReader, "time_span", refuse)
    assert main(["replay", path, *FAST]) == 5
    assert capsys.readouterr().err == "It is damaged.\n"


def test_step_by_step_an_event_goes_out_for_each_line_and_the_rest_at_the_end(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n\n"))
    assert main(["replay", path, "--step", *FAST]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_ctrl_c_ends_it_with_the_count_of_what_went_out(
    path: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(data: bytes) -> None:
        if b"<Id>2</Id>" in data:
            press_ctrl_c()

    monkeypatch.setattr("clacks_monitor.cli.replay.show", interrupted)
    assert main(["replay", path, *FAST]) == 0
    assert capsys.readouterr().err == "3 events replayed\n"


def test_events_are_sent_with_their_properties(path: str, bus: ScriptedBus, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", path, URL, *FAST]) == 0
    assert bus.only.bodies == [event.raw.body for event in some_events(4)]
    assert bus.only.properties[0] == {"n": 0, "even": True}
    assert bus.only.closed
    assert capsys.readouterr() == ("", "4 events replayed\n")


@pytest.mark.parametrize(("state", "status"), [(REFUSED, 3), (LOST, 4)])
def test_without_a_connection_it_is_said_why(
    state: object, status: int, path: str, bus: ScriptedBus, capsys: pytest.CaptureFixture[str]
) -> None:
    bus.states = [state]  # type: ignore[list-item]  # it is a status
    assert main(["replay", path, URL]) == status
    assert capsys.readouterr().err == f"{bus.states[0].reason}\n"
    assert (bus.only.bodies, bus.only.closed) == ([], True)


def test_what_is_not_accepted_is_counted(path: str, bus: ScriptedBus, capsys: pytest.CaptureFixture[str]) -> None:
    def but_one(link: ScriptedLink, ticket: int) -> None:
        link.settle(ticket, SendOutcome.REJECTED if ticket == 2 else SendOutcome.ACCEPTED)

    bus.on_send = but_one
    assert main(["replay", path, URL, *FAST]) == 4
    assert capsys.readouterr().err == "4 events replayed\n1 event not accepted\n"


@pytest.mark.parametrize(("interrupt", "waited"), [(False, 30.0), (True, 0.4)])
def test_outcomes_are_waited_for_but_not_long_after_ctrl_c(
    interrupt: bool,
    waited: float,
    path: str,
    bus: ScriptedBus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patience: list[float] = []

    def on_send(link: ScriptedLink, ticket: int) -> None:
        silent(link, ticket)
        if interrupt and ticket == 2:
            press_ctrl_c()

    def wait_settled(_publisher: object, seconds: float) -> int:
        patience.append(seconds)
        return 4

    bus.on_send = on_send
    monkeypatch.setattr("clacks_monitor.cli.publisher.Publisher.wait_settled", wait_settled)
    assert main(["replay", path, URL, *FAST]) == 4
    assert patience == [waited]
