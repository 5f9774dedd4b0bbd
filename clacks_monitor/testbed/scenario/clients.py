"""Clients: they start, announce themselves, have users, are configured by Puppet, and leave.

Workstations run while their users work; servers always do. Owner: ``World``. Thread: the caller's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.testbed.scenario.scenario_file import LogLine
    from clacks_monitor.testbed.scenario.simulator import Simulator

DAY_S: Final = 24 * 3600.0
LUNCH_SHARE: Final = 0.4
SECOND_DEVICE_SHARE: Final = 0.3


class Client:
    """One machine with the client's software on it."""

    def __init__(self, simulator: Simulator, name: str, number: int) -> None:
        self._simulator = simulator
        self.name = name
        self.id = simulator.new_id()
        self.up = False
        self._users: list[str] = []
        self._devices = [self._device("eth0", number, 0)]
        if simulator.random.random() < SECOND_DEVICE_SHARE:
            self._devices.append(self._device("wlan0", number, 1))
        self._version = str(int(simulator.now))
        # Counts starts: what was scheduled in an earlier session is dropped.
        self._session = 0

    def _device(self, name: str, number: int, kind: int) -> tuple[str, ...]:
        high, low = 64 + kind * 8 + number // 250, number % 250 + 4
        prefix = self._simulator.scenario.network
        mac = "52:54:00:" + ":".join(f"{self._simulator.random.randrange(256):02x}" for _ in range(3))
        link_local = f"fe80::5054:{mac[9:].replace(':', '')[:4]}:{number + 1:x}"
        address, broadcast = f"{prefix}.{high}.{low}", f"{prefix}.{high}.255"
        return name, address, link_local, mac, "255.255.255.0", broadcast

    def start(self) -> None:
        """Start, and announce it."""
        self.run()
        self.announce()

    def run(self) -> None:
        """Start without announcing it; the first configuration run follows."""
        self.up = True
        self._session += 1
        first = self._simulator.random.uniform(0.05, 1.0) * self._simulator.scenario.puppet_s
        self._simulator.later(first, partial(self._configure, self._session))

    def answer(self) -> None:
        """Announce the client in answer to a poll, if it is still up."""
        if self.up:
            self.announce()

    @property
    def address(self) -> str:
        """The IPv4 address of its first device."""
        return self._devices[0][1]

    def announce(self) -> None:
        """Emit what the client is and can do."""
        make = self._simulator.make
        self._publish(make.ClientAnnounce(self.network(), self.methods(), make.Id(self.id), make.Name(self.name)))

    def _publish(self, event: etree._Element) -> None:
        self._simulator.emit(event)

    def network(self) -> etree._Element:
        """Return how the client is reached."""
        make = self._simulator.make
        network: etree._Element = make.NetworkInformation(
            *(
                make.NetworkDevice(
                    make.Name(name), make.IPAddress(address), make.IPv6Address(address6), make.MAC(mac),
                    make.Netmask(mask), make.Broadcast(broadcast),
                )
                for name, address, address6, mac, mask, broadcast in self._devices
            )
        )  # fmt: skip
        return network

    def methods(self) -> etree._Element:
        """Return what the client can be asked to do."""
        make = self._simulator.make
        methods: etree._Element = make.ClientCapabilities(
            *(
                make.ClientMethod(
                    make.Name(one.name), make.Path(one.path), make.Signature(one.signature),
                    make.Documentation(one.documentation),
                )
                for one in self._simulator.scenario.client_methods
            )
        )  # fmt: skip
        return methods

    def stop(self) -> None:
        """Shut down in order: log the users off, then announce the end."""
        if not self.up:
            return
        for user in list(self._users):
            self.log_off(user)
        self.up = False
        make = self._simulator.make
        self._publish(make.ClientLeave(make.Id(self.id)))

    def log_on(self, user: str) -> None:
        """Log a user on."""
        if self.up and user not in self._users:
            self._users.append(user)
            self._emit_user_session()

    def log_off(self, user: str) -> None:
        """Log a user off."""
        if self.up and user in self._users:
            self._users.remove(user)
            self._emit_user_session()

    def _emit_user_session(self) -> None:
        make = self._simulator.make
        event: etree._Element = make.UserSession(make.Id(self.id))
        if self._users:
            event.append(make.User(*(make.Name(user) for user in self._users)))
        self._publish(event)

    # -- configuration runs -------------------------------------------------------------------------------------

    def _configure(self, session: int) -> None:
        if session != self._session or not self.up:
            return
        simulator, scenario = self._simulator, self._simulator.scenario
        lines = [simulator.random.choice(scenario.routine) for _ in range(simulator.random.randint(1, 4))]
        if simulator.random.random() < scenario.puppet_errors:
            lines.insert(simulator.random.randint(0, len(lines)), simulator.random.choice(scenario.errors))
        make = simulator.make
        seconds = simulator.random.uniform(2, 20)
        entries = [self._entry(line, simulator.now - seconds + number) for number, line in enumerate(lines)]
        entries.append(
            make.PuppetLog(
                make.Timestamp(f"{simulator.now:.2f}"),
                make.Level("notice"),
                make.Message(f"Finished catalog run in {seconds:.2f} seconds"),
                make.Source("Puppet"),
            )
        )
        simulator.emit(make.PuppetReport(make.Id(self.id), *entries))
        simulator.later(simulator.around(scenario.puppet_s), partial(self._configure, session))

    def _entry(self, line: LogLine, at: float) -> etree._Element:
        make = self._simulator.make
        message = line.message.replace("{n}", str(self._simulator.random.randint(1, 90)))
        entry: etree._Element = make.PuppetLog(
            make.Timestamp(f"{at:.2f}"), make.Level(line.level), make.Message(message)
        )
        if line.source:
            entry.append(make.Source(line.source))
        if line.file:
            entry.extend([make.File(line.file), make.Line(str(line.line)), make.Version(self._version)])
        if line.tags:
            entry.append(make.Tag(*(make.value(tag) for tag in line.tags)))
        return entry


class Clients:
    """All clients, and the days of their users."""

    def __init__(self, simulator: Simulator, kind: type[Client] = Client) -> None:
        self._simulator = simulator
        scenario = simulator.scenario
        self._servers = [kind(simulator, name, number) for number, name in enumerate(scenario.servers)]
        first = len(self._servers)
        self._workstations = [
            (kind(simulator, person.workstation, first + number), person.login)
            for number, person in enumerate(scenario.people)
        ]

    def begin(self) -> None:
        """Start the first day; the servers have been up for long, and answer polls."""
        for server in self._servers:
            server.run()
        self._new_day()

    def answer_poll(self) -> None:
        """Let every client that is up announce itself, each after a moment."""
        for client in [*self._servers, *(client for client, _user in self._workstations)]:
            if client.up:
                self._simulator.later(self._simulator.random.uniform(0.05, 3.0), client.answer)

    def _new_day(self) -> None:
        simulator, scenario = self._simulator, self._simulator.scenario
        simulator.later(DAY_S, self._new_day)
        for client, user in self._workstations:
            arrival = simulator.random.uniform(0, 1) ** 2 * scenario.arrival_s
            simulator.later(arrival, client.start)
            simulator.later(arrival + simulator.random.uniform(15, 90), partial(client.log_on, user))
            if simulator.random.random() < LUNCH_SHARE:
                noon = scenario.day_s * simulator.random.uniform(0.4, 0.5)
                simulator.later(noon, partial(client.log_off, user))
                simulator.later(noon + simulator.around(1800), partial(client.log_on, user))
            simulator.later(scenario.day_s - simulator.random.uniform(0, 0.1) * scenario.day_s, client.stop)
