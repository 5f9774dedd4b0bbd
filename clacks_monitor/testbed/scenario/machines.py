"""Agents that report their load and restart now and then, and sensors that measure.

Owner: the world. Thread: the world's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.testbed.scenario import plan as plans
    from clacks_monitor.testbed.scenario.clients import Clients
    from clacks_monitor.testbed.scenario.world import World

OUTAGE_S: Final = 60.0
WANDER: Final = 0.15
"""How much of the way to a new value a measurement goes in one step."""


class AgentNode:
    """One agent."""

    def __init__(self, world: World, agent: plans.Agent) -> None:
        self._world = world
        self._agent = agent
        self._load = agent.load
        self.up = False

    def start(self) -> None:
        """Say that the agent is there, and what it can do."""
        self.up = True
        make = self._world.make
        self._world.emit(make.NodeAnnounce(make.Id(self._agent.id)))
        self.describe()

    def describe(self) -> None:
        """Say what the agent can do: at its start, and when another one has started."""
        make = self._world.make
        methods = [
            make.NodeMethod(
                make.Name(one.name), make.Path(one.path), make.Target("core"), make.Signature(one.signature),
                make.Type("NORMAL"), make.QueueRequired("false"), make.Documentation(one.documentation),
            )
            for one in self._world.plan.agent_methods
        ]  # fmt: skip
        self._world.emit(make.NodeCapabilities(make.Id(self._agent.id), *methods))

    def stop(self) -> None:
        """Say that the agent shuts down."""
        self.up = False
        make = self._world.make
        self._world.emit(make.NodeLeave(make.Id(self._agent.id)))

    def report(self) -> None:
        """Report the load, for as long as the world turns."""
        world, make = self._world, self._world.make
        world.later(world.around(world.plan.status_s, 0.05), self.report)
        if not self.up:
            return
        target = self._agent.load * world.random.uniform(0.3, 2.0)
        self._load += (target - self._load) * WANDER
        world.emit(
            make.NodeStatus(
                make.Load(f"{self._load:.2f}"),
                make.Latency(f"{world.random.uniform(0.0008, 0.02):.4f}"),
                make.Workers(str(self._agent.workers)),
                make.Id(self._agent.id),
                make.Indexed("true"),
            )
        )


class Agents:
    """All agents; after a restart, an agent that was alone has lost sight of its clients and polls them."""

    def __init__(self, world: World, clients: Clients) -> None:
        self._world = world
        self._clients = clients
        self._nodes = [AgentNode(world, agent) for agent in world.plan.agents]

    def begin(self) -> None:
        """Start them one after the other."""
        world = self._world
        for number, node in enumerate(self._nodes):
            world.later(number * 2.0 + 0.1, partial(self._start, node))
            world.later(number * 2.0 + world.around(world.plan.status_s * 0.2), node.report)
        if self._nodes:
            # The first one is alone, and has to find its clients.
            world.later(1.0, self._poll)
            world.later(world.around(world.plan.restart_s), self._restart)

    def _start(self, node: AgentNode) -> None:
        node.start()
        for other in self._nodes:
            if other is not node and other.up:
                self._world.later(self._world.random.uniform(0.1, 1.0), other.describe)

    def _restart(self) -> None:
        world = self._world
        world.later(world.around(world.plan.restart_s), self._restart)
        node = world.random.choice(self._nodes)
        if not node.up:
            return
        node.stop()
        back = world.around(OUTAGE_S)
        world.later(back, partial(self._start, node))
        world.later(back + 2.0, self._poll)

    def _poll(self) -> None:
        self._world.emit(self._world.make.ClientPoll())
        self._clients.answer_poll()


class Sensors:
    """What collectd measures on the servers."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._values: dict[tuple[str, plans.Measurement], list[float]] = {}

    def begin(self) -> None:
        """Begin to measure, each value at its own moment."""
        world = self._world
        for host in world.plan.servers:
            for measurement in world.plan.measurements:
                middle = (measurement.low + measurement.high) / 2
                self._values[host, measurement] = [middle] * measurement.count
                world.later(world.random.uniform(0, world.plan.measure_s), partial(self._measure, host, measurement))

    def _measure(self, host: str, measurement: plans.Measurement) -> None:
        world, make = self._world, self._world.make
        interval = world.plan.measure_s
        world.later(interval, partial(self._measure, host, measurement))
        values = self._values[host, measurement]
        for number, value in enumerate(values):
            target = world.random.uniform(measurement.low, measurement.high)
            values[number] = value + (target - value) * WANDER
        event: etree._Element = make.CollectD(make.Host(host), make.Plugin(measurement.plugin))
        if measurement.plugin_instance:
            event.append(make.PluginInstance(measurement.plugin_instance))
        event.append(make.Type(measurement.type))
        if measurement.type_instance:
            event.append(make.TypeInstance(measurement.type_instance))
        event.append(make.Time(f"{world.now:.3f}"))
        event.append(make.Interval(f"{interval:.0f}"))
        event.append(make.Values(" ".join(f"{value:.6g}" for value in values)))
        world.emit(event)
