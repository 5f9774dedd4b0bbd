"""A change of filter on a broker that still routes with old bindings when it answers; the broker is a script."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import DialectName, from_url
from tests.helpers.recorder import Recorder, connection
from tests.helpers.scripted_links import Links
from tests.helpers.scripted_peer import FLOW, NULL, TRUE, ScriptedPeer, event, scripted_peer, transfer, uint
from tests.helpers.turning_clock import TurningClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp import Connection
    from clacks_monitor.core.connection import ConnectionSettings

OLD, NEW, PAUSE_S = 0, 1, 5


def settings(port: int, dialect: DialectName = DialectName.QPID) -> ConnectionSettings:
    return replace(
        from_url(f"amqp://127.0.0.1:{port}")[0], idle_timeout_s=0, dialect=dialect, handover_s=PAUSE_S, read_only=True
    )


class Broker:
    """Answers each drain at once; ``drains`` are the links that were drained so far."""

    def __init__(self) -> None:
        self.drains: list[int] = []
        self._peer: ScriptedPeer | None = None
        self._sent = 0
        self._changed = threading.Condition()

    def __call__(self, peer: ScriptedPeer) -> None:
        links = Links(peer)
        self._peer = peer
        while True:
            code, number, fields = links.hear()
            if code == FLOW and len(fields) > 8 and fields[8]:
                count, credit = int(str(fields[5])), int(str(fields[6]))
                window = (uint(0), uint(100), uint(0), uint(100))
                peer.say(FLOW, *window, uint(number), uint(count + credit), uint(0), NULL, TRUE)
                with self._changed:
                    self.drains.append(number)
                    self._changed.notify_all()

    def deliver(self, link: int, *bodies: str) -> None:
        """Deliver events on one of the client's links."""
        assert self._peer is not None
        for body in bodies:
            transfer(self._peer, self._sent, event(body.encode()), handle=link)
            self._sent += 1

    def wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, 20), self.drains


def change(made: Connection, recorder: Recorder) -> None:
    """Change the filter, and wait until both links are attached."""
    made.subscribe("1 = 1")
    recorder.wait(lambda: recorder.last.subscription == "1 = 1", "the new filter")


def test_what_is_routed_with_old_bindings_is_waited_for_and_shown_once() -> None:
    time, broker = TurningClock(), Broker()
    with scripted_peer(broker) as port, connection(settings(port), clock=time.clock) as (made, recorder):
        change(made, recorder)
        time.turn(PAUSE_S - 1, made)
        assert broker.drains == []
        broker.deliver(OLD, "<to the old queue alone/>", "<to the new queue later/>")
        time.turn(2, made)
        broker.wait(lambda: broker.drains == [OLD, NEW])
        recorder.wait_messages(2)
        time.turn(PAUSE_S - 1, made)
        assert broker.drains == [OLD, NEW]
        broker.deliver(NEW, "<to the new queue later/>", "<another/>")
        time.turn(2, made)
        broker.wait(lambda: broker.drains == [OLD, NEW, NEW])
        recorder.wait_messages(3)
        broker.deliver(NEW, "<to the new queue later/>")
        recorder.wait_messages(4)
        assert recorder.bodies() == [
            b"<to the old queue alone/>",
            b"<to the new queue later/>",
            b"<another/>",
            b"<to the new queue later/>",
        ], "after the change an equal event is another one"
        assert not recorder.gaps


def test_events_come_in_order_as_soon_as_both_links_agree() -> None:
    time, broker = TurningClock(), Broker()
    with scripted_peer(broker) as port, connection(settings(port), clock=time.clock) as (made, recorder):
        change(made, recorder)
        broker.deliver(NEW, "<b/>", "<c/>")
        broker.deliver(OLD, "<a/>", "<b/>")
        recorder.wait_messages(2)
        assert recorder.bodies() == [b"<a/>", b"<b/>"]
        time.turn(PAUSE_S + 1, made)
        recorder.wait_messages(3)
        assert recorder.bodies() == [b"<a/>", b"<b/>", b"<c/>"]


def test_what_is_held_back_is_not_lost_with_the_connection() -> None:
    broker = Broker()
    with scripted_peer(broker) as port, connection(settings(port), clock=TurningClock().clock) as (made, recorder):
        change(made, recorder)
        broker.deliver(NEW, "<b/>")
        broker.deliver(OLD, "<a/>")
        broker.deliver(NEW, "<a/>", "<c/>")
        recorder.wait_messages(2)
        made.close()
        assert recorder.bodies() == [b"<b/>", b"<a/>", b"<c/>"]


def test_a_broker_with_one_thread_is_not_waited_for() -> None:
    time, broker = TurningClock(), Broker()
    with (
        scripted_peer(broker) as port,
        connection(settings(port, DialectName.EMBEDDED), clock=time.clock) as (made, recorder),
    ):
        change(made, recorder)
        broker.wait(lambda: broker.drains == [OLD, NEW])
        broker.deliver(NEW, "<a/>")
        recorder.wait_messages(1)
