"""What `listen` prints, without a bus."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

from clacks_monitor.cli.bus import complain
from clacks_monitor.cli.listen import FORMATS, Printer, json_line
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
