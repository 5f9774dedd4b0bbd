"""Simulated time: what happens next, the events that have happened, and everything random.

The same scenario, seed and start give the same events, byte for byte. Owner: ``World``. Thread: the caller's.
"""

from __future__ import annotations

import heapq
import itertools
import random
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.maker import EventMaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.testbed.scenario.scenario_file import Scenario


@dataclass(frozen=True, slots=True)
class SimulatedEvent:
    """An event of the simulated day: when (seconds since the epoch, simulated), its name, and its XML.

    ``topic`` is where GOsa 3 publishes it, without the domain; "" for an event of Clacks.
    """

    time_s: float
    name: str
    body: bytes
    topic: str = ""


class Simulator:
    """What the actors of a scenario share: ``now`` in simulated seconds since the epoch, ``make`` makes events."""

    def __init__(self, scenario: Scenario, *, seed: int | str, start: float | None = None) -> None:
        self.scenario = scenario
        self.make = EventMaker()
        self.random = random.Random(seed)  # not for secrets: the same seed has to give the same day
        self.now = scenario.start if start is None else start
        self._numbers = itertools.count()
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._emitted: list[SimulatedEvent] = []

    def advance(self) -> list[SimulatedEvent]:
        """Return the events that have been emitted; if there are none, let the next thing happen first."""
        if not self._emitted:
            self.now, _number, action = heapq.heappop(self._agenda)
            action()
        emitted, self._emitted = self._emitted, []
        return emitted

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Call ``action`` after so many simulated seconds."""
        heapq.heappush(self._agenda, (self.now + max(0.0, seconds), next(self._numbers), action))

    def emit(self, event: etree._Element, *, topic: str = "") -> None:
        """Add an event that happens now; ``event`` is the child of Event."""
        body = etree.tostring(self.make.Event(event), xml_declaration=True, encoding="UTF-8")
        self._emitted.append(SimulatedEvent(self.now, etree.QName(event).localname, body, topic))

    def around(self, seconds: float, share: float = 0.2) -> float:
        """Return about that many seconds, give or take ``share`` of them."""
        return self.random.uniform(seconds * (1 - share), seconds * (1 + share))

    def new_id(self) -> str:
        """Return an identifier that looks like a real one."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))
