"""The connection that only sends: what it waits for, and what it counts."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.cli import publisher
from clacks_monitor.cli.publisher import Publisher
from clacks_monitor.core.connection import from_url
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.session.sending import in_flight
from tests.helpers.entries import an_event
from tests.helpers.scripted_bus import CLOSED, CONNECTED, CONNECTING, LOST, REFUSED, ScriptedLink, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.connection import ConnectionStatus
    from tests.helpers.scripted_bus import ScriptedBus

SETTINGS, _ = from_url("amqp://127.0.0.1:1")


@pytest.mark.parametrize(
    ("states", "reason", "refused"),
    [
        ([CONNECTING, CONNECTED], "", False),
        ([CLOSED, CONNECTING, LOST], "There is no broker.", False),
        ([REFUSED], "The broker refused the login.", True),
        ([], "no answer within 0 s", False),
        ([CONNECTING], "no answer within 0 s", False),
        ([CLOSED], "no answer within 0 s", False),
    ],
)
def test_it_waits_for_an_answer(
    states: Sequence[ConnectionStatus],
    reason: str,
    refused: bool,
    bus: ScriptedBus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publisher, "TIMEOUT_S", 0.0)
    bus.states = states
    with Publisher(bus, SETTINGS, "secret") as sending:
        assert (sending.wait_connected(), sending.refused) == (reason, refused)
    assert (bus.only.password, bus.only.closed) == ("secret", True)


def test_a_message_goes_out_with_its_properties(bus: ScriptedBus) -> None:
    with Publisher(bus, SETTINGS, None) as sending:
        sending.send(an_event(5).raw)
        sending.send_body(b"<a/>")
        assert sending.wait_settled(0) == 0
    assert bus.only.bodies == [an_event(5).raw.body, b"<a/>"]
    assert bus.only.properties == [{"n": 5, "even": False}, None]


def test_what_was_not_accepted_is_counted(bus: ScriptedBus) -> None:
    def every_other(link: ScriptedLink, ticket: int) -> None:
        link.settle(ticket, SendOutcome.ACCEPTED if ticket % 2 else SendOutcome.REJECTED, f"number {ticket}")

    bus.on_send = every_other
    with Publisher(bus, SETTINGS, None) as sending:
        for _ in range(4):
            sending.send_body(b"<a/>")
        assert sending.wait_settled(0) == 2
        last = sending.last_result(0)
    assert last is not None
    assert (last.outcome, last.detail) == (SendOutcome.REJECTED, "number 4")


def test_an_outcome_that_comes_late_replaces_that_there_was_none(bus: ScriptedBus) -> None:
    bus.on_send = silent
    with Publisher(bus, SETTINGS, None) as sending:
        sending.send_body(b"<a/>")
        sending.send_body(b"<b/>")
        assert sending.wait_settled(0) == 2
        assert sending.last_result(0) is None
        bus.only.settle(1, SendOutcome.TIMED_OUT, final=False)
        assert sending.wait_settled(0) == 2
        bus.only.settle(1, SendOutcome.ACCEPTED)
        assert sending.wait_settled(0) == 1
        bus.only.settle(2, SendOutcome.ACCEPTED)
        assert sending.wait_settled(0) == 0


class Waits(threading.Condition):
    """Notes each wait whose condition is not true yet, and has it come true."""

    def __init__(self, relieve: Callable[[], None]) -> None:
        super().__init__()
        self._relieve = relieve

    def wait_for(self, predicate: Callable[[], bool], timeout: float | None = None) -> bool:  # type: ignore[override]
        while not predicate():
            self._relieve()
        return super().wait_for(predicate, timeout)


@pytest.mark.parametrize(
    ("size", "count", "waited_at"),
    [(1, 4_002, [4_000, 4_001, 4_002]), (1024 * 1024, 33, [32, 33]), (40 * 1024 * 1024, 2, [1, 2])],
)
def test_too_many_or_too_large_ones_under_way_are_waited_for(
    size: int, count: int, waited_at: list[int], bus: ScriptedBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time that it waits the oldest is accepted."""
    waits: list[int] = []

    def relieve() -> None:
        waits.append(len(bus.only.bodies))
        bus.only.settle(len(waits), SendOutcome.ACCEPTED)

    bus.on_send = silent
    monkeypatch.setattr(in_flight, "threading", SimpleNamespace(Condition=lambda: Waits(relieve)))
    body = b"x" * size
    with Publisher(bus, SETTINGS, None) as sending:
        for _ in range(count):
            sending.send_body(body)
    assert waits == waited_at


def test_outcomes_before_send_returns_leave_nothing_under_way(
    bus: ScriptedBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def relieve() -> None:
        pytest.fail("nothing is under way")

    assert bus.links == []
    monkeypatch.setattr(publisher, "IN_FLIGHT", 1)
    monkeypatch.setattr(in_flight, "threading", SimpleNamespace(Condition=lambda: Waits(relieve)))
    with Publisher(bus, SETTINGS, None) as sending:
        for _ in range(3):
            sending.send_body(b"12345")
        assert sending.wait_settled(0) == 0
