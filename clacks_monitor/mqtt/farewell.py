"""Has a broker drop a session that is not needed any more, which MQTT 3 only does for another connection.

Without it, a broker would keep events for the session until it is full. Owner: ``MqttWorker``. Thread: the
connection's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clacks_monitor.mqtt.broker_session import Accepted, BrokerSession, Login
from clacks_monitor.networking.connector import SocketConnector
from clacks_monitor.networking.failure import Failure

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.mqtt.publication import Publication
    from clacks_monitor.networking.loop import Loop

TIMEOUT_S: Final = 1.5


class Farewell:
    """Connects once more with the same client id and without a session; ``done`` is called at the end, once."""

    def __init__(
        self, loop: Loop, settings: ConnectionSettings, address: tuple[str, int], login: Login, done: Callable[[], None]
    ) -> None:
        self._loop, self._address, self._done = loop, address, done
        self._login = replace(login, clean=True, lasting=False)
        self._session: BrokerSession | None = None
        self._timer = loop.later(TIMEOUT_S, self._give_up)
        self._connector = SocketConnector(loop, settings, address, self._connected)

    def _connected(self, result: socket.socket | Failure) -> None:
        if isinstance(result, Failure):
            self._finish()
        else:
            self._session = BrokerSession(self._loop, result, self._address[0], self._login, TIMEOUT_S, self)

    def accepted(self, _accepted: Accepted) -> None:
        """Leave again: the old session is gone."""
        if self._session is not None:
            self._loop.call(self._session.disconnect)

    def subscribed(self, number: int, codes: list[int]) -> None:
        """Ignore it: nothing is subscribed to."""

    def arrived(self, message: Publication) -> None:
        """Ignore it: nothing is subscribed to."""

    def confirmed(self, number: int, code: int, text: str) -> None:
        """Ignore it: nothing is published."""

    def ended(self, _reason: Failure) -> None:
        """Be done."""
        self._session = None
        self._finish()

    def _give_up(self) -> None:
        self._connector.cancel()
        if self._session is not None:
            self._session.drop()
        self._finish()

    def _finish(self) -> None:
        done, self._done = self._done, _nothing
        self._timer.cancel()
        done()


def _nothing() -> None:
    """Do nothing: the end was reported."""
