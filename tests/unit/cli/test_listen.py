"""What `listen` prints, without a bus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.cli.listen import Printer
from clacks_monitor.core.connection import ConnectionState, ConnectionStatus
from tests.helpers.entries import an_event

if TYPE_CHECKING:
    import pytest

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
