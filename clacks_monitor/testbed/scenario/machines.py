"""Agents that report their load and restart now and then, and sensors that measure.

Owner: ``World``. Thread: the caller's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.testbed.scenario.clients import Clients
    from clacks_monitor.testbed.scenario.scenario_file import Measurement, ScenarioAgent
    from clacks_monitor.testbed.scenario.timeline import Timeline

OUTAGE_S: Final = 60.0
WANDER: Final = 0.15
"""The share of the way to a new value that a measurement goes in one step."""


class AgentNode:
    """One agent of the scenario."""

    def __init__(self, timeline: Timeline, agent: ScenarioAgent) -> None:
        self._timeline = timeline
        self._agent = agent
        self._load = agent.load
        self.up = False

    def start(self) -> None:
        """Announce the agent, and what it can do."""
        self.up = True
        make = self._timeline.make
        self._timeline.emit(make.NodeAnnounce(make.Id(self._agent.id)))
        self.describe()

    def describe(self) -> None:
        """Emit what the agent can do: at its start, and when another one has started."""
        make = self._timeline.make
        methods = [
            make.NodeMethod(
                make.Name(one.name), make.Path(one.path), make.Target("core"), make.Signature(one.signature),
                make.Type("NORMAL"), make.QueueRequired("false"), make.Documentation(one.documentation),
            )
            for one in self._timeline.scenario.agent_methods
        ]  # fmt: skip
        self._timeline.emit(make.NodeCapabilities(make.Id(self._agent.id), *methods))

    def stop(self) -> None:
        """Announce that the agent shuts down."""
        self.up = False
        make = self._timeline.make
        self._timeline.emit(make.NodeLeave(make.Id(self._agent.id)))

    def report(self) -> None:
        """Emit the load, again and again."""
        timeline, make = self._timeline, self._timeline.make
        timeline.later(timeline.around(timeline.scenario.status_s, 0.05), self.report)
        if not self.up:
            return
        target = self._agent.load * timeline.random.uniform(0.3, 2.0)
        self._load += (target - self._load) * WANDER
        timeline.emit(
            make.NodeStatus(
                make.Load(f"{self._load:.2f}"),
                make.Latency(f"{timeline.random.uniform(0.0008, 0.02):.4f}"),
                make.Workers(str(self._agent.workers)),
                make.Id(self._agent.id),
                make.Indexed("true"),
            )
        )


class Agents:
    """All agents. One that has been restarted does not know its clients, and polls them."""

    def __init__(self, timeline: Timeline, clients: Clients) -> None:
        self._timeline = timeline
        self._clients = clients
        self._nodes = [AgentNode(timeline, agent) for agent in timeline.scenario.agents]

    def begin(self) -> None:
        """Start them one after the other."""
        timeline = self._timeline
        for number, node in enumerate(self._nodes):
            timeline.later(number * 2.0 + 0.1, partial(self._start, node))
            timeline.later(number * 2.0 + timeline.around(timeline.scenario.status_s * 0.2), node.report)
        if self._nodes:
            # The first one has to find its clients.
            timeline.later(1.0, self._poll)
            timeline.later(timeline.around(timeline.scenario.restart_s), self._restart)

    def _start(self, node: AgentNode) -> None:
        node.start()
        for other in self._nodes:
            if other is not node and other.up:
                self._timeline.later(self._timeline.random.uniform(0.1, 1.0), other.describe)

    def _restart(self) -> None:
        timeline = self._timeline
        timeline.later(timeline.around(timeline.scenario.restart_s), self._restart)
        node = timeline.random.choice(self._nodes)
        if not node.up:
            return
        node.stop()
        back = timeline.around(OUTAGE_S)
        timeline.later(back, partial(self._start, node))
        timeline.later(back + 2.0, self._poll)

    def _poll(self) -> None:
        self._timeline.emit(self._timeline.make.ClientPoll())
        self._clients.answer_poll()


class Sensors:
    """The measurements of collectd on the servers."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._values: dict[tuple[str, Measurement], list[float]] = {}

    def begin(self) -> None:
        """Begin to measure, each value at its own time."""
        timeline = self._timeline
        for host in timeline.scenario.servers:
            for measurement in timeline.scenario.measurements:
                middle = (measurement.low + measurement.high) / 2
                self._values[host, measurement] = [middle] * measurement.count
                timeline.later(
                    timeline.random.uniform(0, timeline.scenario.measure_s), partial(self._measure, host, measurement)
                )

    def _measure(self, host: str, measurement: Measurement) -> None:
        timeline, make = self._timeline, self._timeline.make
        interval = timeline.scenario.measure_s
        timeline.later(interval, partial(self._measure, host, measurement))
        values = self._values[host, measurement]
        for number, value in enumerate(values):
            target = timeline.random.uniform(measurement.low, measurement.high)
            values[number] = value + (target - value) * WANDER
        event: etree._Element = make.CollectD(make.Host(host), make.Plugin(measurement.plugin))
        if measurement.plugin_instance:
            event.append(make.PluginInstance(measurement.plugin_instance))
        event.append(make.Type(measurement.type))
        if measurement.type_instance:
            event.append(make.TypeInstance(measurement.type_instance))
        event.append(make.Time(f"{timeline.now:.3f}"))
        event.append(make.Interval(f"{interval:.0f}"))
        event.append(make.Values(" ".join(f"{value:.6g}" for value in values)))
        timeline.emit(event)
