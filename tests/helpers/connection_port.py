"""Connections for the tests of their dialogs: what is stored, tried and removed can be looked at."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import (
    AMQP,
    MQTT,
    ConnectionSettings,
    ConnectionState,
    ConnectionStatus,
    Mechanism,
    TlsSettings,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
    from clacks_monitor.gui.connections.store_port import StepPort

PLANT = ConnectionSettings(
    "plant",
    hosts=(("b1.example.org", 5671), ("::1", 5671)),
    domain="org.plant",
    user="anna",
    tls=TlsSettings(ca_file="/etc/ca.pem", verify_host=False),
    mechanism=Mechanism.PLAIN,
    colour="red",
    production=True,
    idle_timeout_s=12.0,
    id="plant",
)


@dataclass(frozen=True)
class Step:
    ok: bool
    message: str
    detail: tuple[str, ...] = ()


@dataclass
class Probe:
    thread: threading.Thread
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class Probes:
    steps: list[Step] = field(default_factory=list)
    started: list[Probe] = field(default_factory=list)
    asked: list[tuple[ConnectionSettings, str | None]] = field(default_factory=list)

    def start(self, settings: ConnectionSettings, password: str | None, step: Callable[[StepPort], None]) -> Probe:
        self.asked.append((settings, password))

        def run() -> None:
            for found in self.steps:
                step(found)

        thread = threading.Thread(target=run)
        self.started.append(Probe(thread))
        thread.start()
        return self.started[-1]


@dataclass
class Connections:
    protocols = (AMQP, MQTT)
    settings: list[ConnectionSettings] = field(default_factory=list)
    saved: list[tuple[ConnectionSettings, str | None, bool]] = field(default_factory=list)
    refusal: str = ""
    probes: Probes = field(default_factory=Probes)
    removed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    live: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)

    def all(self) -> list[ConnectionSettings]:
        return list(self.settings)

    def statuses(self) -> dict[str, ConnectionStatus]:
        live = {id_: ConnectionStatus(id_, id_, ConnectionState.CONNECTED, 0) for id_ in self.live}
        return live | {
            id_: ConnectionStatus(id_, id_, ConnectionState.REFUSED, 0, reason) for id_, reason in self.refused.items()
        }

    def save(self, settings: ConnectionSettings, password: str | None = None, *, remember: bool = False) -> str:
        self.saved.append((settings, password, remember))
        return self.refusal

    def remove(self, connection_id: str) -> None:
        self.removed.append(connection_id)
        self.settings = [found for found in self.settings if found.id != connection_id]

    def close(self, connection_id: str) -> None:
        self.closed.append(connection_id)
        self.live.discard(connection_id)


def press_save(dialog: ConnectionDialog) -> None:
    dialog.save_button.click()
