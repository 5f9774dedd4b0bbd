"""Clients: they come up, announce themselves, have users, are configured by Puppet, and leave.

Workstations come and go with their people; servers are always up. Owner: the world. Thread: the world's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

    from clacks_monitor.testbed.scenario.plan import LogLine
    from clacks_monitor.testbed.scenario.world import World

DAY_S: Final = 24 * 3600.0
LUNCH_SHARE: Final = 0.4
SECOND_DEVICE_SHARE: Final = 0.3


class Client:
    """One machine with the client's software on it."""

    def __init__(self, world: World, name: str, number: int) -> None:
        self._world = world
        self.name = name
        self.id = world.new_id()
        self.up = False
        self._users: list[str] = []
        self._devices = [self._device("eth0", number, 0)]
        if world.random.random() < SECOND_DEVICE_SHARE:
            self._devices.append(self._device("wlan0", number, 1))
        self._version = str(int(world.now))
        # Counts starts: what was planned for an earlier one is no longer to be done.
        self._session = 0

    def _device(self, name: str, number: int, kind: int) -> tuple[str, ...]:
        high, low = 64 + kind * 8 + number // 250, number % 250 + 4
        prefix = self._world.plan.network
        mac = "52:54:00:" + ":".join(f"{self._world.random.randrange(256):02x}" for _ in range(3))
        link_local = f"fe80::5054:{mac[9:].replace(':', '')[:4]}:{number + 1:x}"
        address, broadcast = f"{prefix}.{high}.{low}", f"{prefix}.{high}.255"
        return name, address, link_local, mac, "255.255.255.0", broadcast

    def start(self) -> None:
        """Come up and say so."""
        self.run()
        self.announce()

    def run(self) -> None:
        """Be up, without a word; the first configuration run follows."""
        self.up = True
        self._session += 1
        first = self._world.random.uniform(0.05, 1.0) * self._world.plan.puppet_s
        self._world.later(first, partial(self._configure, self._session))

    def answer(self) -> None:
        """Announce the client because somebody asked, if it is still up."""
        if self.up:
            self.announce()

    def announce(self) -> None:
        """Say what the client is and can do."""
        make = self._world.make
        network = make.NetworkInformation(
            *(
                make.NetworkDevice(
                    make.Name(name), make.IPAddress(address), make.IPv6Address(address6), make.MAC(mac),
                    make.Netmask(mask), make.Broadcast(broadcast),
                )
                for name, address, address6, mac, mask, broadcast in self._devices
            )
        )  # fmt: skip
        methods = make.ClientCapabilities(
            *(
                make.ClientMethod(
                    make.Name(one.name), make.Path(one.path), make.Signature(one.signature),
                    make.Documentation(one.documentation),
                )
                for one in self._world.plan.client_methods
            )
        )  # fmt: skip
        self._world.emit(make.ClientAnnounce(network, methods, make.Id(self.id), make.Name(self.name)))

    def stop(self) -> None:
        """Shut down, in order: users off, then a word to the agents."""
        if not self.up:
            return
        for user in list(self._users):
            self.log_off(user)
        self.up = False
        make = self._world.make
        self._world.emit(make.ClientLeave(make.Id(self.id)))

    def log_on(self, user: str) -> None:
        """Have somebody log on."""
        if self.up and user not in self._users:
            self._users.append(user)
            self._tell_users()

    def log_off(self, user: str) -> None:
        """Have somebody log off."""
        if self.up and user in self._users:
            self._users.remove(user)
            self._tell_users()

    def _tell_users(self) -> None:
        make = self._world.make
        event: etree._Element = make.UserSession(make.Id(self.id))
        if self._users:
            event.append(make.User(*(make.Name(user) for user in self._users)))
        self._world.emit(event)

    # -- configuration runs -------------------------------------------------------------------------------------

    def _configure(self, session: int) -> None:
        if session != self._session or not self.up:
            return
        world, plan = self._world, self._world.plan
        lines = [world.random.choice(plan.routine) for _ in range(world.random.randint(1, 4))]
        if world.random.random() < plan.puppet_errors:
            lines.insert(world.random.randint(0, len(lines)), world.random.choice(plan.errors))
        make = world.make
        seconds = world.random.uniform(2, 20)
        entries = [self._entry(line, world.now - seconds + number) for number, line in enumerate(lines)]
        entries.append(
            make.PuppetLog(
                make.Timestamp(f"{world.now:.2f}"),
                make.Level("notice"),
                make.Message(f"Finished catalog run in {seconds:.2f} seconds"),
                make.Source("Puppet"),
            )
        )
        world.emit(make.PuppetReport(make.Id(self.id), *entries))
        world.later(world.around(plan.puppet_s), partial(self._configure, session))

    def _entry(self, line: LogLine, at: float) -> etree._Element:
        make = self._world.make
        message = line.message.replace("{n}", str(self._world.random.randint(1, 90)))
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
    """All clients, and the days of their people."""

    def __init__(self, world: World) -> None:
        self._world = world
        plan = world.plan
        self._servers = [Client(world, name, number) for number, name in enumerate(plan.servers)]
        first = len(self._servers)
        self._desks = [
            (Client(world, person.workstation, first + number), person.login)
            for number, person in enumerate(plan.people)
        ]

    def begin(self) -> None:
        """Start the first day; the servers have been up for long, and wait to be asked."""
        for server in self._servers:
            server.run()
        self._new_day()

    def answer_poll(self) -> None:
        """Have every client that is up announce itself, each as soon as it gets to it."""
        for client in [*self._servers, *(client for client, _user in self._desks)]:
            if client.up:
                self._world.later(self._world.random.uniform(0.05, 3.0), client.answer)

    def _new_day(self) -> None:
        world, plan = self._world, self._world.plan
        world.later(DAY_S, self._new_day)
        for client, user in self._desks:
            arrival = world.random.uniform(0, 1) ** 2 * plan.arrival_s
            world.later(arrival, client.start)
            world.later(arrival + world.random.uniform(15, 90), partial(client.log_on, user))
            if world.random.random() < LUNCH_SHARE:
                noon = plan.day_s * world.random.uniform(0.4, 0.5)
                world.later(noon, partial(client.log_off, user))
                world.later(noon + world.around(1800), partial(client.log_on, user))
            world.later(plan.day_s - world.random.uniform(0, 0.1) * plan.day_s, client.stop)
