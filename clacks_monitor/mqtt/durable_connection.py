"""Makes a recorder's connection: it receives from a session that the broker keeps, and accepts what was stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.mqtt.login import DURABLE_WINDOW
from clacks_monitor.mqtt.mqtt_worker import MqttWorker
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.reconnect import RECORDER_BACKOFF, Backoff
from clacks_monitor.networking.recorder_connection import RecorderConnection

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusListener
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.guarded_listener import GuardedListener
    from clacks_monitor.networking.loop import Loop


def connect_durably(
    settings: ConnectionSettings,
    listener: BusListener,
    *,
    password: Callable[[], str | None],
    owner: str,
    backoff: Backoff = RECORDER_BACKOFF,
) -> RecorderConnection:
    """Return a connection that is not started yet."""

    def worker(loop: Loop, guarded: GuardedListener) -> MqttWorker:
        return MqttWorker(loop, settings, SYSTEM_CLOCK, backoff, guarded, password=password, receives=True, owner=owner)

    return RecorderConnection(settings, listener, worker, protocol="mqtt", window=DURABLE_WINDOW)
