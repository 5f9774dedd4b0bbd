"""The implementations of the ports that the contract tests run against: a new one is one more entry."""

from __future__ import annotations

import itertools
import os
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import pytest
from hypothesis import HealthCheck

from clacks_monitor import amqp, archive, captures, mqtt
from clacks_monitor.core.bus import BusCapabilities
from clacks_monitor.networking.reconnect import Backoff
from clacks_monitor.storage import column_counts
from tests.helpers import mosquitto
from tests.helpers.broker import BrokerProcess
from tests.helpers.rabbitmq4 import PASSWORD, USER, RabbitMQ4, missing, new_system
from tests.helpers.recorder import QUICK

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusConnection, BusDriver, BusListener
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.store import EventStore
    from tests.helpers.archives import Databases

SHARED: Final[dict[str, Any]] = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
"""Settings of hypothesis for tests with a fixture that makes a new store for each example."""


class Stores(Protocol):
    """Makes the stores of a test."""

    def new(self) -> EventStore:
        """Return a new, empty store."""

    def again(self, store: EventStore, /) -> EventStore:
        """Open a store once more for appending."""

    def read_only(self, store: EventStore, /) -> EventStore:
        """Open a store once more for reading only."""

    def use_small_parts(self, monkeypatch: pytest.MonkeyPatch, /) -> None:
        """Let what is counted be read in the smallest parts."""


class CaptureStores:
    """SQLite captures in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()

    def new(self) -> EventStore:
        return captures.create(self._folder / f"{next(self._numbers)}.capture")

    def again(self, store: EventStore) -> EventStore:
        return captures.open_capture(store.path)

    def read_only(self, store: EventStore) -> EventStore:
        return captures.open_readonly(store.path)

    def use_small_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(column_counts, "CHUNK", 1)


class ArchiveStores:
    """Archives, each in a database of its own."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases

    def new(self) -> EventStore:
        return archive.open_archive(self._databases.new())

    def again(self, store: EventStore) -> EventStore:
        return archive.open_archive(store.address)

    def read_only(self, store: EventStore) -> EventStore:
        return archive.open_readonly(store.address)

    def use_small_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(column_counts, "CHUNK", 1)


PATIENT: Final = Backoff(first=200.0, longest=200.0)


class BusServer(Protocol):
    """A bus that is run for a test, and the driver that is tested against it."""

    driver: BusDriver
    url: str
    password: str | None
    evaluates_queries: bool
    has_agent: bool
    typed_properties: bool
    """Whether properties come back with their types, and nothing else with them."""
    capabilities: BusCapabilities
    """The capabilities of a connection that may send."""
    subject: str
    """The subject of what is sent without naming one."""

    def connect(
        self, settings: ConnectionSettings, listener: BusListener, /, *, receives: bool = True
    ) -> BusConnection:
        """Return what the driver makes, with pauses between its attempts that a test can wait for."""

    def patient(self, settings: ConnectionSettings, listener: BusListener, /) -> BusConnection:
        """Return what the driver makes, with pauses of more than a minute between its attempts."""

    def kill(self) -> None:
        """End it at once: clients get no goodbye. Repeatable."""

    def close(self) -> None:
        """End it for good."""

    def restart(self) -> None:
        """Start it again at the same address."""

    def pause(self) -> None:
        """Let it do nothing until resume(), with its connections open."""

    def resume(self) -> None:
        """Let it go on."""


class AmqpServer:
    """The embedded broker, in a process of its own."""

    driver: BusDriver = amqp
    password: str | None = None
    evaluates_queries = has_agent = typed_properties = True
    capabilities = BusCapabilities()
    subject = "event"

    def __init__(self) -> None:
        self._process = BrokerProcess()
        self._process.start()
        self.url = self._process.url

    def connect(self, settings: ConnectionSettings, listener: BusListener, *, receives: bool = True) -> BusConnection:
        return amqp.Connection(settings, listener, password=lambda: None, receives=receives, backoff=QUICK)

    def patient(self, settings: ConnectionSettings, listener: BusListener) -> BusConnection:
        return amqp.Connection(settings, listener, password=lambda: None, backoff=PATIENT)

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self.kill()

    def restart(self) -> None:
        self._process.restart()

    def pause(self) -> None:
        os.kill(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        os.kill(self._process.pid, signal.SIGCONT)


class RabbitMQServer:
    """RabbitMQ 4, in a Debian 13 of its own."""

    driver: BusDriver = amqp
    password: str | None = PASSWORD
    evaluates_queries = has_agent = False
    typed_properties = True
    capabilities = BusCapabilities()
    subject = "event"

    def __init__(self) -> None:
        self._system = new_system()
        self._server = RabbitMQ4(self._system.__enter__())
        self._server.start()
        self.url = f"amqp://{USER}@127.0.0.1:{self._server.port}/org.clacks"

    def connect(self, settings: ConnectionSettings, listener: BusListener, *, receives: bool = True) -> BusConnection:
        return amqp.Connection(settings, listener, password=lambda: PASSWORD, receives=receives, backoff=QUICK)

    def patient(self, settings: ConnectionSettings, listener: BusListener) -> BusConnection:
        return amqp.Connection(settings, listener, password=lambda: PASSWORD, backoff=PATIENT)

    def kill(self) -> None:
        self._server.kill()

    def restart(self) -> None:
        self._server.restart()

    def pause(self) -> None:
        self._server.pause()

    def resume(self) -> None:
        self._server.resume()

    def close(self) -> None:
        self.kill()
        self._system.__exit__()


class MosquittoServer:
    """Debian's mosquitto, with a login."""

    driver: BusDriver = mqtt
    password: str | None = mosquitto.PASSWORD
    evaluates_queries = has_agent = typed_properties = False
    capabilities = BusCapabilities(filters=False, agent=False, queue_depth=False, moves=False)
    subject = f"{mosquitto.DOMAIN}/events"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._server = mosquitto.Mosquitto(Path(self._folder.name), anonymous=False)
        self._server.start()
        self.url = f"mqtt://{mosquitto.USER}@127.0.0.1:{self._server.port}/{mosquitto.DOMAIN}"

    def connect(self, settings: ConnectionSettings, listener: BusListener, *, receives: bool = True) -> BusConnection:
        return mqtt.MqttConnection(settings, listener, password=lambda: self.password, receives=receives, backoff=QUICK)

    def patient(self, settings: ConnectionSettings, listener: BusListener) -> BusConnection:
        return mqtt.MqttConnection(settings, listener, password=lambda: self.password, backoff=PATIENT)

    def kill(self) -> None:
        self._server.kill()

    def restart(self) -> None:
        self._server.restart()

    def pause(self) -> None:
        self._server.pause()

    def resume(self) -> None:
        self._server.resume()

    def close(self) -> None:
        self.kill()
        self._folder.cleanup()


BUSES: Final[dict[str, Callable[[], BusServer]]] = {
    "amqp": AmqpServer,
    "rabbitmq4": RabbitMQServer,
    "mosquitto": MosquittoServer,
}
BUS_PARAMETERS: Final = [
    pytest.param("amqp"),
    pytest.param("rabbitmq4", marks=pytest.mark.rabbitmq4),
    pytest.param("mosquitto", marks=pytest.mark.mosquitto),
]
"""The names in BUSES, each with the mark of what it needs."""

WHY_NOT: Final[dict[str, Callable[[], str]]] = {"rabbitmq4": missing, "mosquitto": mosquitto.missing}
"""What says why a bus cannot be run here."""

STORES: Final[dict[str, Callable[[pytest.FixtureRequest], Stores]]] = {
    "captures": lambda request: CaptureStores(request.getfixturevalue("tmp_path")),
    "archive": lambda request: ArchiveStores(request.getfixturevalue("databases")),
}
STORE_PARAMETERS: Final = [
    pytest.param("captures"),
    pytest.param("archive", marks=pytest.mark.postgresql),
]
"""The names in STORES, each with the mark of what it needs."""
