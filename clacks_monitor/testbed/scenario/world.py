"""The simulated office: all actors of a scenario, as an endless sequence of events.

Owner: the command. Thread: main.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from clacks_monitor.testbed.scenario.clients import Client, Clients
from clacks_monitor.testbed.scenario.gosa_site import GosaBackends, GosaClient
from clacks_monitor.testbed.scenario.machines import Agents, Sensors
from clacks_monitor.testbed.scenario.simulator import Simulator
from clacks_monitor.testbed.scenario.telephones import Switchboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.testbed.scenario.scenario_file import Scenario
    from clacks_monitor.testbed.scenario.simulator import SimulatedEvent


class _Actor(Protocol):
    """What happens in an office."""

    def begin(self) -> None:
        """Let the first things happen later."""


class World:
    """The events of a scenario, in the order of their times."""

    def __init__(self, scenario: Scenario, *, seed: int | str, start: float | None = None) -> None:
        self._simulator = Simulator(scenario, seed=seed, start=start)
        self._clients = Clients(self._simulator, Client if scenario.gosa is None else GosaClient)
        for actor in self._actors():
            actor.begin()

    def _actors(self) -> tuple[_Actor, ...]:
        simulator, clients = self._simulator, self._clients
        if simulator.scenario.gosa is not None:
            return GosaBackends(simulator, clients), clients
        return Agents(simulator, clients), clients, Switchboard(simulator), Sensors(simulator)

    def __iter__(self) -> Iterator[SimulatedEvent]:
        while True:
            yield from self._simulator.advance()

    def poll(self) -> None:
        """Let every client that is up announce itself, in answer to a ClientPoll on the bus."""
        self._clients.answer_poll()
