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
    from clacks_monitor.testbed.scenario.simulator import Simulator

OUTAGE_S: Final = 60.0
WANDER: Final = 0.15
"""By which share of the distance a measurement approaches a new value in one step."""


class AgentNode:
    """One agent of the scenario."""

    def __init__(self, simulator: Simulator, agent: ScenarioAgent) -> None:
        self._simulator = simulator
        self._agent = agent
        self._load = agent.load
        self.up = False

    def start(self) -> None:
        """Announce the agent, and what it can do."""
        self.up = True
        make = self._simulator.make
        self._simulator.emit(make.NodeAnnounce(make.Id(self._agent.id)))
        self.describe()

    def describe(self) -> None:
        """Emit what the agent can do: at its start, and when another one has started."""
        make = self._simulator.make
        methods = [
            make.NodeMethod(
                make.Name(one.name), make.Path(one.path), make.Target("core"), make.Signature(one.signature),
                make.Type("NORMAL"), make.QueueRequired("false"), make.Documentation(one.documentation),
            )
            for one in self._simulator.scenario.agent_methods
        ]  # fmt: skip
        self._simulator.emit(make.NodeCapabilities(make.Id(self._agent.id), *methods))

    def stop(self) -> None:
        """Announce that the agent shuts down."""
        self.up = False
        make = self._simulator.make
        self._simulator.emit(make.NodeLeave(make.Id(self._agent.id)))

    def report(self) -> None:
        """Emit the load, again and again."""
        simulator, make = self._simulator, self._simulator.make
        simulator.later(simulator.around(simulator.scenario.status_s, 0.05), self.report)
        if not self.up:
            return
        target = self._agent.load * simulator.random.uniform(0.3, 2.0)
        self._load += (target - self._load) * WANDER
        simulator.emit(
            make.NodeStatus(
                make.Load(f"{self._load:.2f}"),
                make.Latency(f"{simulator.random.uniform(0.0008, 0.02):.4f}"),
                make.Workers(str(self._agent.workers)),
                make.Id(self._agent.id),
                make.Indexed("true"),
            )
        )


class Agents:
    """All agents. One that has been restarted does not know its clients, and polls them."""

    def __init__(self, simulator: Simulator, clients: Clients) -> None:
        self._simulator = simulator
        self._clients = clients
        self._nodes = [AgentNode(simulator, agent) for agent in simulator.scenario.agents]

    def begin(self) -> None:
        """Start them one after the other."""
        simulator = self._simulator
        for number, node in enumerate(self._nodes):
            simulator.later(number * 2.0 + 0.1, partial(self._start, node))
            simulator.later(number * 2.0 + simulator.around(simulator.scenario.status_s * 0.2), node.report)
        if self._nodes:
            # The first one has to find its clients.
            simulator.later(1.0, self._poll)
            simulator.later(simulator.around(simulator.scenario.restart_s), self._restart)
        for number, job in enumerate(simulator.scenario.jobs, 1):
            simulator.later(number * simulator.scenario.status_s, partial(self._run_job, job))

    def _start(self, node: AgentNode) -> None:
        node.start()
        for other in self._nodes:
            if other is not node and other.up:
                self._simulator.later(self._simulator.random.uniform(0.1, 1.0), other.describe)

    def _restart(self) -> None:
        simulator = self._simulator
        simulator.later(simulator.around(simulator.scenario.restart_s), self._restart)
        node = simulator.random.choice(self._nodes)
        if not node.up:
            return
        node.stop()
        back = simulator.around(OUTAGE_S)
        simulator.later(back, partial(self._start, node))
        simulator.later(back + 2.0, self._poll)

    def _run_job(self, job: str) -> None:
        """Let a scheduled job begin, and later again: the scheduler says each time that it has changed."""
        simulator, make = self._simulator, self._simulator.make
        simulator.later(simulator.scenario.restart_s, partial(self._run_job, job))
        simulator.emit(make.SchedulerUpdate(make.Id(job)))

    def _poll(self) -> None:
        self._simulator.emit(self._simulator.make.ClientPoll())
        self._clients.answer_poll()


class Sensors:
    """The measurements of collectd on the servers."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._values: dict[tuple[str, Measurement], list[float]] = {}

    def begin(self) -> None:
        """Begin to measure, each value at its own time."""
        simulator = self._simulator
        for host in simulator.scenario.servers:
            for measurement in simulator.scenario.measurements:
                middle = (measurement.low + measurement.high) / 2
                self._values[host, measurement] = [middle] * measurement.count
                simulator.later(
                    simulator.random.uniform(0, simulator.scenario.measure_s), partial(self._measure, host, measurement)
                )

    def _measure(self, host: str, measurement: Measurement) -> None:
        simulator, make = self._simulator, self._simulator.make
        interval = simulator.scenario.measure_s
        simulator.later(interval, partial(self._measure, host, measurement))
        values = self._values[host, measurement]
        for number, value in enumerate(values):
            target = simulator.random.uniform(measurement.low, measurement.high)
            values[number] = value + (target - value) * WANDER
        event: etree._Element = make.CollectD(make.Host(host), make.Plugin(measurement.plugin))
        if measurement.plugin_instance:
            event.append(make.PluginInstance(measurement.plugin_instance))
        event.append(make.Type(measurement.type))
        if measurement.type_instance:
            event.append(make.TypeInstance(measurement.type_instance))
        event.append(make.Time(f"{simulator.now:.3f}"))
        event.append(make.Interval(f"{interval:.0f}"))
        event.append(make.Values(" ".join(f"{value:.6g}" for value in values)))
        simulator.emit(event)
