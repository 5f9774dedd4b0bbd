"""``clacks-monitor simulate``: publishes the events of a simulated working day.

Threads: main sends; outcomes and polls arrive on the connection's.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from clacks_monitor.cli.arguments import EXIT_FAILED, EXIT_USAGE
from clacks_monitor.cli.bus import complain, exit_of, read_url, status_line
from clacks_monitor.cli.interrupts import stopping
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import MQTT, ConnectionState
from clacks_monitor.core.delivery import TOPIC
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.messages import counted
from clacks_monitor.session.sending.in_flight import EventsInFlight
from clacks_monitor.testbed.scenario.scenario_file import ScenarioError, load
from clacks_monitor.testbed.scenario.world import World

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusDriver
    from clacks_monitor.core.connection import ConnectionSettings, ConnectionStatus
    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.testbed.scenario.scenario_file import Scenario
    from clacks_monitor.testbed.scenario.simulator import SimulatedEvent

DAY_S: Final = 24 * 3600
IN_FLIGHT: Final = 2000
"""How many events may wait for their outcome."""

FLUSH_S: Final = 15.0
_SHOWN: Final = frozenset({ConnectionState.CONNECTED, ConnectionState.LOST, ConnectionState.REFUSED})
POLLS: Final = f"declare namespace e='{EVENT_NAMESPACE}'; ./e:Event/e:ClientPoll"


def run(args: argparse.Namespace, ports: Ports) -> int:
    """Publish until the count is reached or a signal comes; return 0 when every event was accepted."""
    bus = read_url(args, ports)
    if bus is None:
        return EXIT_USAGE
    try:
        scenario = load(args.scenario)
    except ScenarioError as error:
        complain(str(error))
        return EXIT_USAGE
    settings, password = bus
    seeded = args.seed is not None
    seed = args.seed if seeded else random.randrange(2**32)  # the seed is not a secret
    world = World(scenario, seed=seed, start=scenario.start if seeded else today(scenario))
    if args.rate:
        settings = replace(settings, subscription=POLLS)
    simulation = Simulation(ports.bus(settings), settings, password, rate=args.rate, answer_polls=bool(args.rate))
    if args.with_parent:
        threading.Thread(target=_wait_for_parent, args=(simulation.stop,), daemon=True, name="parent").start()
    with stopping(simulation.stop, (signal.SIGTERM, signal.SIGINT)):
        return simulation.run(world, args.count)


def today(scenario: Scenario) -> float:
    """Return the scenario's hour on the latest day on which it has come already."""
    return scenario.start + (time.time() - scenario.start) // DAY_S * DAY_S


class Simulation(BusListener):
    """Sends a world's events over one connection, at a rate, until it is stopped."""

    def __init__(
        self,
        driver: BusDriver,
        settings: ConnectionSettings,
        password: str | None,
        *,
        rate: float,
        answer_polls: bool,
    ) -> None:
        self._rate = rate
        self._domain, self._has_topics = settings.domain, settings.protocol == MQTT.name
        self._in_flight = EventsInFlight(IN_FLIGHT)
        self._changed = self._in_flight.changed
        self._status: ConnectionStatus | None = None
        self._shown: ConnectionState | None = None
        self._refusal: ConnectionStatus | None = None
        self._stopping = self._connected = False
        self._polls = self._sent = 0
        self._connection = driver.connect(settings, self, password=lambda: password, receives=answer_polls)
        self._own = self._connection.message_id(0).removesuffix("0")

    def stop(self) -> None:
        """End run() soon; from any thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def run(self, world: World, count: int | None) -> int:
        """Send until stop(), or ``count`` events; return the exit status."""
        begin = time.monotonic()
        try:
            self._connection.start()
            for event in world:
                if (count is not None and self._sent >= count) or not self._may_send(begin):
                    break
                self._send(event)
                self._answer_polls(world)
            self._wait(lambda: not self._in_flight, FLUSH_S)
        finally:
            self._connection.close()
        return self._report(count)

    def _may_send(self, begin: float) -> bool:
        """Wait for the pace, for the bus, and for outcomes; return False when it is time to end."""
        if self._rate:
            due = begin + self._sent / self._rate
            self._wait(lambda: False, due - time.monotonic())
        self._wait(lambda: self._is_refused() or (self._is_connected() and not self._in_flight.full))
        return not self._stopping and not self._is_refused()

    def _send(self, event: SimulatedEvent) -> None:
        self._sent += 1
        topic = f"{self._domain}/{event.topic}" if event.topic and self._has_topics else ""
        ticket = self._connection.send(event.body, properties={TOPIC: topic} if topic else None)
        self._in_flight.add(ticket, len(event.body))

    def _answer_polls(self, world: World) -> None:
        with self._changed:
            polls, self._polls = self._polls, 0
        if polls:
            world.poll()

    def _wait(self, ready: Callable[[], bool], seconds: float | None = None) -> None:
        if seconds is not None and seconds <= 0:
            return
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or ready(), seconds)

    def _is_connected(self) -> bool:
        return self._status is not None and self._status.state is ConnectionState.CONNECTED

    def _is_refused(self) -> bool:
        return self._refusal is not None

    def _report(self, count: int | None) -> int:
        if self._refusal is not None:
            complain(status_line(self._refusal))
            return exit_of(self._refusal)
        in_flight = self._in_flight
        accepted = self._sent - in_flight.failed - len(in_flight)
        why = in_flight.last_failure.detail if in_flight.last_failure else ""
        rest = f" of {self._sent:,}; {why}".rstrip("; ") if accepted < self._sent else ""
        complain(f"{counted(accepted, 'event')} accepted{rest}")
        return EXIT_FAILED if count is not None and accepted < count and not self._stopping else 0

    # -- on the connection's thread -----------------------------------------------------------------------------

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        with self._changed:
            self._status = status
            self._connected = self._connected or status.state is ConnectionState.CONNECTED
            if status.state is ConnectionState.REFUSED and not self._connected:
                self._refusal = status
            self._changed.notify_all()
        # Once for each loss and each connection, not for each attempt.
        if self._refusal is None and status.state in _SHOWN and status.state is not self._shown:
            self._shown = status.state
            complain(status_line(status))

    @override
    def on_results(self, results: list[SendResult]) -> None:
        self._in_flight.settle(results)

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        others = [one for one in messages if b"ClientPoll" in one.body and not one.message_id.startswith(self._own)]
        if others:
            with self._changed:
                self._polls += len(others)


def _wait_for_parent(stop: Callable[[], None]) -> None:
    # Not sys.stdin: its lock, held by this thread at the end of the program, would abort the interpreter.
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop()
