"""Dialling: how long each step may take, what is said when it took longer, and more than one address."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import dial
from clacks_monitor.amqp.approach import Approach, Arrival
from clacks_monitor.amqp.clock import SYSTEM_CLOCK
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.loop import Loop
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.ending import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator


class Result:
    """What an approach ended with."""

    def __init__(self) -> None:
        self._there = threading.Event()
        self._value: Arrival | Failure | None = None

    def __call__(self, value: Arrival | Failure) -> None:
        self._value = value
        self._there.set()

    def wait(self) -> Arrival | Failure:
        assert self._there.wait(20)
        assert self._value is not None
        return self._value


@pytest.fixture
def loop() -> Iterator[Loop]:
    made = Loop("test", SYSTEM_CLOCK, lambda: None)
    made.start()
    yield made
    made.call(made.stop)
    assert not wait_for([made.thread], 20)


@pytest.fixture
def deaf() -> Iterator[tuple[str, int]]:
    """Return an address that answers nothing: a listener whose queue is full drops what comes."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        address: tuple[str, int] = server.getsockname()
        for _ in range(8):
            filler = stack.enter_context(socket.socket())
            filler.settimeout(0)
            filler.connect_ex(address)
        yield address


def approach(loop: Loop, host: str, port: int, timeout: float) -> Arrival | Failure:
    result = Result()
    settings = ConnectionSettings("test", connect_timeout_s=timeout)

    def begin() -> None:
        Approach(loop, settings, (host, port), ["ANONYMOUS"], result)

    loop.call(begin)
    return result.wait()


def test_a_host_that_does_not_answer_is_told_from_one_that_does_not_go_on(loop: Loop, deaf: tuple[str, int]) -> None:
    found = approach(loop, *deaf, 0.1)
    assert isinstance(found, Failure)
    assert found.words == f"127.0.0.1:{deaf[1]} did not answer within 0.1 s."


def test_an_address_that_leads_nowhere_leaves_time_for_the_next(
    loop: Loop, deaf: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        addresses = [(socket.AF_INET, deaf), (socket.AF_INET, deaf), (socket.AF_INET, server.getsockname())]
        monkeypatch.setattr(dial, "resolve", lambda _host, _port: addresses)
        found = approach(loop, "127.0.0.1", 1, 0.6)
        assert isinstance(found, Arrival)
        found.socket.close()


def test_a_name_that_is_not_found_in_time_is_told(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slowly(_host: str, _port: int) -> Failure:
        go_on.wait(20)
        return Failure(FailureKind.NETWORK, "nobody waits for this any more")

    monkeypatch.setattr(dial, "resolve", slowly)
    found = approach(loop, "broker.example", 1, 0.1)
    go_on.set()
    assert isinstance(found, Failure)
    assert found.words == "The name broker.example was not found within 0.1 s."
