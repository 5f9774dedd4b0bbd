"""What `listen` prints, without a bus."""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from clacks_monitor.cli.bus import complain
from clacks_monitor.cli.commands import FORMATS
from clacks_monitor.cli.printing import Printer, clock, json_line, summary_line, xml_text
from clacks_monitor.core.connection import ConnectionState, ConnectionStatus
from clacks_monitor.core.event import Event, Gap, GapCause, Problem, ProblemKind
from tests.helpers.entries import an_event

STEERING = "\x1b]0;owned\x07\x9b2J\u202e"
STATUS = ConnectionStatus("1", "bus", ConnectionState.CONNECTING, 0, host="bus:5672", attempt=1)


def test_each_state_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    connected = replace(STATUS, state=ConnectionState.CONNECTED, subscribed=True, attempt=0)
    lost = replace(STATUS, state=ConnectionState.LOST, reason="It was killed.", attempt=0)
    printer = Printer("summary", 1)
    printer.put(
        [
            STATUS,
            replace(STATUS, product="a broker"),
            connected,
            replace(connected, queue_depth=0.01),
            replace(connected, queue_depth=0.0),
            lost,
            STATUS,
            replace(lost, attempt=1, retry_ns=5),
            replace(STATUS, attempt=2),
            replace(lost, reason="Nobody listens.", attempt=2),
            replace(STATUS, attempt=3),
            connected,
            an_event(1),
        ]
    )
    assert printer.run() == 0
    told = [line.split(":")[0].split()[0] for line in capsys.readouterr().err.splitlines()]
    assert told == ["connecting", "connected", "lost", "connecting", "lost", "lost", "connected"]


def _hostile() -> Event:
    """An event that would steer a terminal by every text that it has."""
    event = an_event(1, body=f"<a>{STEERING}</a>".encode(), connection=STEERING)
    raw = replace(event.raw, subject=STEERING, properties={STEERING: STEERING, "n": float("nan")})
    problem = Problem(ProblemKind.NOT_XML, f"It says {STEERING}.")
    return replace(event, raw=raw, type=STEERING, summary=STEERING, problem=problem)


@pytest.mark.parametrize("style", FORMATS)
def test_nothing_that_arrives_steers_a_terminal(
    style: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    printer = Printer(style, 1)
    gap = Gap(STEERING, 1, 2, GapCause.CONNECTION_LOST, STEERING)
    printer.put([replace(STATUS, reason=STEERING, state=ConnectionState.LOST), gap, _hostile()])
    assert printer.run() == 0
    complain(STEERING)
    told = "".join(capsys.readouterr())
    assert [c for c in told if not c.isprintable() and c != "\n"] == []


def test_without_a_terminal_the_xml_is_what_arrived(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    printer = Printer("xml", 1)
    printer.put([_hostile()])
    printer.run()
    assert capsysbinary.readouterr().out == _hostile().raw.body + b"\n"


def test_json_is_json_whatever_came() -> None:
    values = json.loads(json_line(_hostile()), parse_constant=pytest.fail)
    assert (values["body"], values["properties"]) == (
        f"<a>{STEERING}</a>",
        {STEERING: STEERING, "n": {"float": "nan"}},
    )
    binary = json.loads(json_line(an_event(1, body=b"\xff\x00")))
    assert binary["body_base64"] == "/wA="


REFUSED = replace(STATUS, state=ConnectionState.REFUSED, reason="It is not there.", attempt=0, retry_ns=5)
SUBSCRIBED = replace(STATUS, state=ConnectionState.CONNECTED, subscribed=True, attempt=0)


@pytest.mark.parametrize(
    ("statuses", "once", "status"),
    [
        ([REFUSED], False, 3),
        ([SUBSCRIBED, REFUSED], False, None),
        ([SUBSCRIBED, REFUSED], True, 3),
        ([SUBSCRIBED, replace(REFUSED, retry_ns=0)], False, 3),
        ([replace(SUBSCRIBED, subscribed=False), REFUSED], False, 3),
    ],
)
def test_it_goes_on_when_what_was_there_is_refused_but_not_at_first_or_for_good(
    statuses: list[ConnectionStatus], once: bool, status: int | None, capsys: pytest.CaptureFixture[str]
) -> None:
    printer = Printer("summary", 1, once=once)
    printer.put([*statuses, an_event(1)])
    assert printer.run() == (status or 0)
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == (status is None)
    again = " Trying again." if status is None else ""
    assert told.err.splitlines()[-1] == f"refused: It is not there.{again}"


@pytest.mark.parametrize(
    ("style", "start"), [("summary", "01:"), ("xml", "<!-- "), ("json", '{"gap": "connection-lost"')]
)
def test_a_gap_that_ends_with_the_connection_is_printed_and_nothing_else(
    style: str, start: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printer = Printer(style, 1)
    printer.put([an_event(1)])
    assert printer.run() == 0
    capsys.readouterr()
    printer.put([an_event(2), "a message", Gap("bus", 1, 2, GapCause.CONNECTION_LOST), an_event(3)])
    printer.finish()
    told = capsys.readouterr()
    (line,) = told.out.splitlines()
    assert "gap" in line
    assert line.startswith(start[:3]) or style == "summary"
    assert told.err == ""


def test_it_waits_between_what_comes_until_ctrl_c(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    coming = [[an_event(1)], [an_event(2), an_event(3)]]

    class Wake(threading.Event):
        """Brings the next things when somebody waits for nothing, and Ctrl+C after the last."""

        def wait(self, _timeout: float | None = None) -> bool:
            if not self.is_set():
                if coming:
                    printer.put(coming.pop(0))
                else:
                    printer.stop()
            return True

    monkeypatch.setattr("clacks_monitor.cli.printing.threading", SimpleNamespace(Event=Wake))
    printer = Printer("summary", None)
    assert printer.run() == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert coming == []


def test_what_came_too_fast_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    printer = Printer("summary", 1)
    large = an_event(1, body=b"x" * 10_000_000)
    for _ in range(40):
        printer.put([large])
    assert printer.run() == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert told.err == "34 events came faster than could be printed, and left out.\n"


def test_words_of_a_summary_line() -> None:
    event = replace(an_event(1), type="", problem=Problem(ProblemKind.NOT_XML, "It is no XML."))
    assert summary_line(event).decode()[12:] == f"  {'(no event)':<22} ClientPoll number 1  ! It is no XML."
    assert summary_line(an_event(1)).decode()[12:] == f"  {'ClientPoll':<22} ClientPoll number 1"
    seconds, milliseconds = clock(1_700_000_000_012_345_678).split(".")
    assert (len(seconds), milliseconds) == (8, "012")
    lines = [summary_line(Gap("bus", 1, 2, GapCause.CONNECTION_LOST, "", lost)).decode() for lost in (-1, 0, 1, 2)]
    assert [line.partition("connection-lost")[2] for line in lines] == [
        "", ", 0 events lost", ", 1 event lost", ", 2 events lost",
    ]  # fmt: skip
    assert xml_text(Gap("bus", 1, 2, GapCause.CONNECTION_LOST, "a--b")).endswith(b"connection-lost a- -b -->")


@pytest.mark.parametrize(
    ("zone", "text"), [("UTC", "00:00:01.000002+00:00"), ("Asia/Kolkata", "05:30:01.000002+05:30")]
)
def test_times_in_json_are_iso_8601_with_the_zone(zone: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        gap = json.loads(json_line(Gap("bus", 1_000_002_999, 2_500_000_000, GapCause.SLEPT, "", 0)))
        assert gap["from"] == f"1970-01-01T{text}"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_json_says_of_an_event_and_of_a_gap() -> None:
    event = json.loads(json_line(an_event(5)))
    assert event.pop("time")[19:26] == ".000000"
    assert event == {
        "type": "NodeStatus",
        "namespace": "http://www.gonicus.de/Events",
        "summary": "NodeStatus number 5",
        "problem": None,
        "connection": "office",
        "subject": "event",
        "properties": {"n": 5, "even": False},
        "body": an_event(5).raw.body.decode(),
    }
    assert json.loads(json_line(replace(an_event(5), type="")))["namespace"] is None
    gap = json.loads(json_line(Gap("bus", 1_000_002_000, 2_500_000_000, GapCause.CONNECTION_LOST, "why", 3)))
    assert gap.pop("from")[17:26] == "01.000002"
    assert gap.pop("to")[17:26] == "02.500000"
    assert gap == {"gap": "connection-lost", "lost": 3, "detail": "why", "connection": "bus"}
