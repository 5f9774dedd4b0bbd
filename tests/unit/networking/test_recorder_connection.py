"""A recorder's connection passes what it is asked on to its own thread."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.networking.clock import Clock
from clacks_monitor.networking.recorder_connection import RecorderConnection

if TYPE_CHECKING:
    import pytest

    from clacks_monitor.networking.guarded_listener import GuardedListener
    from clacks_monitor.networking.loop import Loop

SETTINGS = ConnectionSettings("bus", (("bus.example", 5672),), id="b")


class Worker:
    """Takes note of what it is asked, and of the thread; as what receives, too."""

    def __init__(self, loop: Loop, listener: GuardedListener, *, receives: bool) -> None:
        self.loop, self.listener = loop, listener
        self.durable = self if receives else None
        self.asked: list[tuple[object, ...]] = []
        self.threads: set[str] = set()

    def _note(self, *what: object) -> None:
        self.asked.append(what)
        self.threads.add(threading.current_thread().name)

    def connect(self) -> None:
        self._note("connect")

    def retry(self) -> None:
        self._note("retry")

    def close(self) -> None:
        self._note("close")
        self.loop.stop()

    def after_turn(self) -> None:
        self._note("after")

    def want(self, query: str, why_here: str, portable: PortableQuery) -> None:
        self._note("want", query, why_here, portable)

    def attach(self) -> None:
        self._note("attach")

    def detach(self) -> None:
        self._note("detach")

    def accept(self, number: int) -> None:
        self._note("accept", number)


class Made:
    """A connection and its worker."""

    def __init__(self, *, receives: bool = True, listener: BusListener | None = None) -> None:
        self.workers: list[Worker] = []

        def make(loop: Loop, guarded: GuardedListener) -> Worker:
            self.workers.append(Worker(loop, guarded, receives=receives))
            return self.workers[0]

        self.connection = RecorderConnection(
            SETTINGS, listener or BusListener(), make, protocol="test", window=7, clock=Clock(wall_ns=lambda: 5)
        )
        self.worker = self.workers[0]

    def end(self) -> None:
        assert wait_for(self.connection.stop(), 30) == []


def test_everything_is_done_on_the_connections_own_thread_in_its_order() -> None:
    made = Made()
    connection = made.connection
    assert (connection.settings, connection.window) == (SETTINGS, 7)
    assert connection.status == ConnectionStatus("b", "bus", ConnectionState.CLOSED, 5)
    portable = PortableQuery("./a")
    connection.subscribe("true()")
    connection.subscribe("./a", why_here="because", portable=portable)
    connection.start()
    connection.attach()
    connection.accept(7)
    connection.retry()
    connection.detach()
    made.end()
    assert [what for what in made.worker.asked if what != ("after",)] == [
        ("want", "true()", "", NOT_PORTABLE),
        ("want", "./a", "because", portable),
        ("connect",),
        ("attach",),
        ("accept", 7),
        ("retry",),
        ("detach",),
        ("close",),
    ]
    assert made.worker.asked[-1] == ("after",), "each turn of the loop ends with it, and so does the last"
    assert made.worker.threads == {"test bus"}


def test_before_there_is_what_receives_nothing_is_asked_of_it() -> None:
    made = Made(receives=False)
    made.connection.start()
    made.connection.attach()
    made.connection.accept(1)
    made.end()
    assert [what for what in made.worker.asked if what != ("after",)] == [("connect",), ("close",)]


def test_the_newest_status_is_known_and_a_listener_that_fails_disturbs_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Failing(BusListener):
        def on_status(self, status: ConnectionStatus) -> None:
            raise ValueError(status.reason)

    made = Made(listener=Failing())
    now = replace(made.connection.status, state=ConnectionState.LOST, reason="gone")
    with caplog.at_level(logging.ERROR):
        made.worker.listener.on_status(now)
    assert made.connection.status is now
    assert "gone" in caplog.text
    made.end()


def test_one_that_was_stopped_does_not_start() -> None:
    made = Made()
    made.end()
    made.connection.start()
    made.end()
    assert made.worker.asked == []
