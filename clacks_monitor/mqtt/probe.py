"""The Test button: tries a connection step by step, and reports each step.

Thread: the caller's, except for MQTT itself, which has a loop with a thread of its own until the generator ends.
"""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import ProbeStep, ProbeStepName
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.messages import Message
from clacks_monitor.mqtt import dialects, versions
from clacks_monitor.mqtt.broker_session import Accepted, BrokerSession, Login
from clacks_monitor.mqtt.failure import REFUSAL, may_be_old
from clacks_monitor.mqtt.login import new_client_id, why_not
from clacks_monitor.mqtt.topic_reception import NOT_HERE
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.loop import Loop
from clacks_monitor.networking.probing import connected

if TYPE_CHECKING:
    import socket
    from collections.abc import Generator, Iterator

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.mqtt.publication import Publication
    from clacks_monitor.networking.failure import Failure


def probe(settings: ConnectionSettings, password: str | None, *, filters_here: bool = False) -> Iterator[ProbeStep]:
    """Try the first host of the list; yield each step when it is done, and end with the first that fails.

    No version of MQTT evaluates filters: that step says so, and succeeds.
    """
    del filters_here  # a part of the port
    refusal = why_not(settings, password)
    if refusal is not None:
        yield ProbeStep(ProbeStepName.SASL, ok=False, message=refusal.message)
        return
    sock = yield from connected(settings)
    version = versions.first(settings.version)
    while sock is not None:
        trial = _Trial(settings, Login(new_client_id(), version, settings.user, password))
        last = yield from trial.steps(sock)
        older = None if last is None else versions.next_older(version, settings.version)
        if older is None or not trial.may_be_old:
            if last is not None:
                yield last
            return
        version = older
        again = connected(settings)
        sock = _result(again)


def _result(steps: Generator[ProbeStep, None, socket.socket | None]) -> socket.socket | None:
    """Return the result of steps that have succeeded once, and are not shown again."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: socket.socket | None = end.value
            return found


class _Trial:
    """Speaks one version of MQTT on a loop of its own and puts the steps into a queue; None ends them.

    ``may_be_old`` is whether the broker may only know older versions.
    """

    def __init__(self, settings: ConnectionSettings, login: Login) -> None:
        self.may_be_old = False
        self._settings, self._login = settings, login
        self._dialect = dialects.choose(settings, "")
        self._queue: queue.SimpleQueue[ProbeStep | None] = queue.SimpleQueue()
        self._loop = Loop("mqtt probe", SYSTEM_CLOCK, self._after_turn)
        self._session: BrokerSession | None = None
        self._reached = ProbeStepName.OPEN

    def steps(self, sock: socket.socket) -> Generator[ProbeStep, None, ProbeStep | None]:
        """Yield the steps that succeed; return the one that fails, if any."""
        self._loop.call(lambda: self._start(sock))
        self._loop.start()
        try:
            while (step := self._queue.get()) is not None:
                if not step.ok:
                    return step
                yield step
            return None
        finally:
            self._loop.call(self._stop)
            wait_for([self._loop.thread], 5)
            sock.close()

    def _start(self, sock: socket.socket) -> None:
        sock.settimeout(0)
        timeout, host = self._settings.connect_timeout_s, self._settings.hosts[0][0]
        self._loop.later(timeout, lambda: self._fail(Message("No answer within {0:g} s.", timeout)))
        self._session = BrokerSession(self._loop, sock, host, self._login, self._settings.idle_timeout_s, self)

    def _stop(self) -> None:
        if self._session is not None:
            self._session.drop()
        self._loop.stop()

    def _after_turn(self) -> None:
        if self._session is not None:
            self._session.work()

    def _succeed(self, message: str) -> None:
        self._queue.put(ProbeStep(self._reached, ok=True, message=message))

    def _fail(self, message: str) -> None:
        self._queue.put(ProbeStep(self._reached, ok=False, message=message))

    # What the session reports

    def accepted(self, _accepted: Accepted) -> None:
        """Subscribe."""
        self._succeed(Message("The broker accepts the connection with MQTT {0}.", self._login.version.value))
        self._reached = ProbeStepName.ATTACH
        if self._session is not None:
            self._session.subscribe(self._dialect.topics)

    def subscribed(self, number: int, codes: list[int]) -> None:
        """Report which topics may be read, and that filters are evaluated here."""
        del number
        topics = self._dialect.topics
        denied = [topic for topic, code in zip(topics, codes, strict=False) if code >= REFUSAL]
        if len(denied) == len(topics):
            self._fail(Message("The broker does not let this user read {0}.", ", ".join(denied)))
            return
        read = ", ".join(topic for topic in topics if topic not in denied)
        if denied:
            self._succeed(Message("Subscribed to {0}; the broker does not permit {1}.", read, ", ".join(denied)))
        else:
            self._succeed(Message("Subscribed to {0}.", read))
        self._reached = ProbeStepName.FILTER
        self._succeed(NOT_HERE)
        self._queue.put(None)

    def arrived(self, message: Publication) -> None:
        """Ignore events: the connection ends at once."""

    def confirmed(self, number: int, code: int, text: str) -> None:
        """Ignore it: nothing is published."""

    def ended(self, reason: Failure) -> None:
        """Report why the connection has ended."""
        self.may_be_old = self._reached is ProbeStepName.OPEN and may_be_old(reason)
        self._fail(reason.message)
