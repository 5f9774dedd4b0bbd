"""The simulated world: a clock of its own, a die, and what is going to happen next.

The same scenario, seed and start give the same events, byte for byte. Owner: the command. Thread: main.
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
from clacks_monitor.testbed.scenario.clients import Clients
from clacks_monitor.testbed.scenario.machines import Agents, Sensors
from clacks_monitor.testbed.scenario.telephones import Switchboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.testbed.scenario.plan import Plan


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of the simulated day: when (seconds since the epoch, simulated), its name, and its XML."""

    time_s: float
    name: str
    body: bytes


class World:
    """Everybody and everything of a scenario; iterate over it, it never ends."""

    def __init__(self, plan: Plan, *, seed: int | str, start: float | None = None) -> None:
        self.plan = plan
        self.make = EventMaker()
        # Not for secrets: the same seed has to give the same day.
        self.random = random.Random(seed)  # noqa: S311 - no secret, a believable office
        self.now = plan.start if start is None else start
        self._numbers = itertools.count()
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._happened: list[Happening] = []
        self._clients = Clients(self)
        for actor in (Agents(self, self._clients), self._clients, Switchboard(self), Sensors(self)):
            actor.begin()

    def __iter__(self) -> Iterator[Happening]:
        while True:
            if not self._happened:
                self.now, _number, action = heapq.heappop(self._agenda)
                action()
            happened, self._happened = self._happened, []
            yield from happened

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Have something done after a while, simulated seconds."""
        heapq.heappush(self._agenda, (self.now + max(0.0, seconds), next(self._numbers), action))

    def emit(self, event: etree._Element) -> None:
        """Let an event happen now; ``event`` is the child of Event."""
        body = etree.tostring(self.make.Event(event), xml_declaration=True, encoding="UTF-8")
        self._happened.append(Happening(self.now, etree.QName(event).localname, body))

    def poll(self) -> None:
        """Have every client that is up announce itself: somebody on the bus has asked for it."""
        self._clients.answer_poll()

    def around(self, seconds: float, share: float = 0.2) -> float:
        """Return about that many seconds, give or take ``share`` of them."""
        return self.random.uniform(seconds * (1 - share), seconds * (1 + share))

    def new_id(self) -> str:
        """Return an identifier as the real ones look."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))
