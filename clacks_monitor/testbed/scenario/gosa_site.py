"""A site of GOsa 3: backends and proxies on the bus, clients that ping, objects that change, tasks that go on.

Each event has the topic that GOsa publishes it on, without the domain. Owner: ``World``. Thread: the caller's.
"""

from __future__ import annotations

import json
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from clacks_monitor.testbed.scenario.clients import Client

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from clacks_monitor.testbed.scenario.clients import Clients
    from clacks_monitor.testbed.scenario.scenario_file import GosaSite
    from clacks_monitor.testbed.scenario.simulator import Simulator

BUS: Final = "bus"
EVENTS: Final = "events"
PROXY: Final = "proxy"
BROADCAST: Final = "client/broadcast"
STEP_S: Final = 4.0
"""Seconds between two reports of a long task."""
INVENTORY_SHARE: Final = 0.25
"""The share of pings that are followed by an inventory."""
WARNED_MINUTES: Final = 5


def _site(simulator: Simulator) -> GosaSite:
    site = simulator.scenario.gosa
    if site is None:
        raise ValueError("the scenario is not one of GOsa 3")
    return site


def _member(simulator: Simulator, identity: str, host: str, state: str, kind: str) -> None:
    make = simulator.make
    event = make.BusClientState(make.Id(identity), make.Hostname(host), make.State(state), make.Type(kind))
    simulator.emit(event, topic=BUS)


class GosaClient(Client):
    """One machine with GOsa's client on it: it says that it is there, what it can do, and what is in it."""

    def run(self) -> None:
        """Start without announcing it; pings follow."""
        self.up = True
        self._session += 1
        site = _site(self._simulator)
        first = self._simulator.random.uniform(0.05, 1.0) * site.ping_s
        self._simulator.later(first, partial(self._ping, self._session))

    def start(self) -> None:
        """Join the bus, and announce the client."""
        _member(self._simulator, self.id, self.name, "init", "client")
        super().start()
        _member(self._simulator, self.id, self.name, "ready", "client")

    def announce(self) -> None:
        """Emit what the client is, and what it can do."""
        make = self._simulator.make
        self._publish(make.ClientAnnounce(self.network(), make.Id(self.id), make.Name(self.name)))
        self._publish(make.ClientSignature(self.methods(), make.Id(self.id), make.Name(self.name)))

    def stop(self) -> None:
        """Shut down in order, and leave the bus."""
        if self.up:
            super().stop()
            _member(self._simulator, self.id, self.name, "leave", "client")

    def _publish(self, event: etree._Element) -> None:
        self._simulator.emit(event, topic=f"client/{self.id}")

    def _ping(self, session: int) -> None:
        if session != self._session or not self.up:
            return
        simulator, make = self._simulator, self._simulator.make
        self._publish(make.ClientPing(make.Id(self.id)))
        if simulator.random.random() < INVENTORY_SHARE:
            self._publish(self._inventory())
        simulator.later(_site(simulator).ping_s, partial(self._ping, session))

    def _inventory(self) -> etree._Element:
        simulator, make = self._simulator, self._simulator.make
        memory = str(simulator.random.choice([8_192, 16_384, 32_768]))
        inventory: etree._Element = make.Inventory(
            make.Checksum(f"{simulator.random.getrandbits(64):016x}"),
            make.DeviceID(f"{self.name}-2026-01-12-08-30-00"),
            make.QueryType("INVENTORY"), make.ClientVersion("FusionInventory-Agent_v2.6"),
            make.ClientUUID(self.id), make.HardwareUUID(self.id.upper()), make.Hostname(self.name),
        )  # fmt: skip
        inventory.append(
            make.Memory(
                make.Capacity(memory), make.Description("DIMM"), make.Caption("System memory"), make.Speed("3200"),
                make.Type("DDR4"), make.NumberOfSlots("1"), make.Serial("0"),
            )
        )  # fmt: skip
        for name in _site(simulator).packages:
            inventory.append(
                make.Software(
                    make.Name(name), make.Type("deb"), make.Version(f"1.{simulator.random.randint(0, 9)}-1"),
                    make.Publisher("Debian"), make.InstallDate("2026-01-12"), make.Comments(""), make.Size("120"),
                    make.Folder("/usr"),
                )
            )  # fmt: skip
        inventory.append(self._hardware(memory))
        return inventory

    def _hardware(self, memory: str) -> etree._Element:
        make = self._simulator.make
        day = time.strftime("%Y-%m-%d", time.gmtime(self._simulator.now))
        texts = {
            "Name": self.name, "Architecture": "x86_64", "Checksum": "1", "LastLoggedUser": "",
            "DateLastLoggedUser": day,
            "DefaultGateway": f"{self._simulator.scenario.network}.64.1", "Description": "", "IpAddress": self.address,
            "Memory": memory, "OperatingSystemComment": "", "OperatingSystem": "Debian GNU/Linux",
            "OperatingSystemVersion": "12", "UserID": "", "Processors": "4", "ProcessorSpeed": "2400",
            "ProcessorType": "x86_64", "SwapMemory": "2048", "VirtualMachineSystem": "Physical", "Workgroup": "",
            "DNS": f"{self._simulator.scenario.network}.64.2", "ReportGenerationTime": "3", "Type": "7",
        }  # fmt: skip
        hardware: etree._Element = make.Hardware(*(getattr(make, name)(text) for name, text in texts.items()))
        return hardware


class GosaBackends:
    """Backends and proxies: they join the bus, find the clients, index, and report what changes."""

    def __init__(self, simulator: Simulator, clients: Clients) -> None:
        self._simulator, self._clients = simulator, clients
        self._site = _site(simulator)
        self._members = [
            (simulator.new_id(), name, kind)
            for kind, names in (("backend", self._site.backends), ("proxy", self._site.proxies))
            for name in names
        ]
        self._people = simulator.scenario.people

    def begin(self) -> None:
        """Join the bus one after the other; what they do then is repeated, each at its own pace."""
        simulator = self._simulator
        for number, (identity, host, kind) in enumerate(self._members):
            simulator.later(number * 2.0 + 0.1, partial(_member, simulator, identity, host, "init", kind))
            simulator.later(number * 2.0 + 1.5, partial(_member, simulator, identity, host, "ready", kind))
        simulator.later(1.0, self._poll)
        self._repeat(self._site.change_s, self._change)
        self._repeat(self._site.task_s, self._task)
        if self._site.proxies:
            self._repeat(self._site.restart_s, self._restart)
        if self._people:
            self._repeat(self._site.notify_s, self._notify)

    def _repeat(self, seconds: float, action: Callable[[], None]) -> None:
        def act() -> None:
            self._simulator.later(self._simulator.around(seconds), act)
            action()

        self._simulator.later(self._simulator.around(seconds), act)

    def _emit(self, event: etree._Element, topic: str = EVENTS) -> None:
        self._simulator.emit(event, topic=topic)

    def _poll(self) -> None:
        self._emit(self._simulator.make.ClientPoll(), BROADCAST)
        self._clients.answer_poll()

    def _restart(self) -> None:
        """Let a proxy leave and come back, which reads the rules anew and looks for its clients."""
        simulator = self._simulator
        identity, host, kind = simulator.random.choice([one for one in self._members if one[2] == "proxy"])
        _member(simulator, identity, host, "leave", kind)
        simulator.later(20.0, partial(_member, simulator, identity, host, "init", kind))
        simulator.later(23.0, partial(_member, simulator, identity, host, "ready", kind))
        simulator.later(24.0, self._trigger)
        simulator.later(25.0, self._poll)

    def _trigger(self) -> None:
        make = self._simulator.make
        check = json.dumps({"modified": f"{self._simulator.now:.0f}"})
        self._emit(make.Trigger(make.Type("ACLChanged"), make.Check(check)), PROXY)

    # -- objects ------------------------------------------------------------------------------------------------

    def _object(self) -> list[etree._Element]:
        """Return the fields that say which object has changed, and when."""
        simulator, make = self._simulator, self._simulator.make
        login = simulator.random.choice(self._people).login if self._people else "admin"
        at = time.strftime("%Y%m%d%H%M%SZ", time.gmtime(simulator.now))
        return [make.UUID(simulator.new_id()), make.DN(f"uid={login},ou=people,dc=example"), make.ModificationTime(at)]

    def _change(self) -> None:
        """Report a change: in the directory, of an object and of what may be done with it, or of what was uploaded."""
        make, fields = self._simulator.make, self._object()
        kind = self._simulator.random.choice(
            ["object", "object", "extension", "values", "workflow", "plugin", "failed"]
        )
        if kind == "object":
            self._emit(make.BackendChange(*fields, make.ChangeType("modify")))
            self._emit(make.ObjectChanged(*fields, make.ChangeType("update")))
        elif kind == "extension":
            allowed = self._simulator.random.choice(["true", "false"])
            self._emit(make.ExtensionAllowed(*fields, make.ExtensionName("PosixUser"), make.Allowed(allowed)))
        elif kind == "values":
            change = make.Change(make.PropertyName("gotoLastSystem"), make.NewValues(json.dumps({"ws-1": "ws-1"})))
            self._emit(make.ObjectPropertyValuesChanged(*fields[:2], change))
        elif kind == "workflow":
            self._emit(make.WorkflowUpdate(make.Id("create_user"), make.ChangeType("update")))
        elif kind == "plugin":
            self._emit(make.PluginUpdate(make.Namespace("gosa.plugins.statistics")))
        else:
            texts = make.BackendName("ldap"), make.ErrorMessage("server down"), make.Operation("commit")
            self._emit(make.BackendException(*texts))

    # -- people -------------------------------------------------------------------------------------------------

    def _notify(self) -> None:
        """Tell a user something, and now and then that an open object will be closed."""
        simulator, make = self._simulator, self._simulator.make
        user = simulator.random.choice(self._people).login
        text = simulator.random.choice(self._site.notifications)
        topic = f"client/{user}"
        self._emit(make.Notification(make.Target(user), make.Title("GOsa"), make.Body(text)), topic)
        fields = make.Target(user), make.SessionId(simulator.new_id()), make.UUID(simulator.new_id())
        minutes = make.Minutes(str(WARNED_MINUTES))
        self._emit(make.ObjectCloseAnnouncement(*fields, make.State("closing"), minutes), topic)
        end = simulator.random.choice(["closed", "closing_aborted"])
        closed = make.ObjectCloseAnnouncement(*fields, make.State(end))
        simulator.later(WARNED_MINUTES * 60.0, partial(self._emit, closed, topic))

    # -- long tasks ---------------------------------------------------------------------------------------------

    def _task(self) -> None:
        kind = self._simulator.random.choice(self._site.tasks)
        self._progress(kind, self._simulator.new_id(), 0)

    def _progress(self, kind: str, identity: str, percent: int) -> None:
        simulator, make = self._simulator, self._simulator.make
        if percent < 100:
            texts = make.Type(kind), make.State("reading"), make.Progress(str(percent)), make.Step("1")
            self._emit(make.BackendState(*texts, make.TotalSteps("1")))
            simulator.later(STEP_S, partial(self._progress, kind, identity, percent + 20))
            return
        state = simulator.random.choice(["success", "success", "success", "aborted", "error"])
        self._emit(make.BackendDone(make.UUID(identity), make.Type(kind), make.State(state)))
