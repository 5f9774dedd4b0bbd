"""Connects a socket for AMQP: TCP, TLS, and a login by certificate where that is wanted.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.amqp.sasl_login import SaslLogin
from clacks_monitor.networking.connector import SocketConnector, no_progress
from clacks_monitor.networking.failure import Failure

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from clacks_monitor.amqp.sasl_login import FirstMessage
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.loop import Loop, Timer


@dataclass(frozen=True, slots=True)
class ReadySocket:
    """A socket that is ready for AMQP.

    ``mechanisms`` are those that proton may log in with, empty when the login is done; ``received`` is what the broker
    has sent of its SASL handshake so far.
    """

    socket: socket.socket
    mechanisms: tuple[str, ...]
    received: bytes = b""


class Connector:
    """One attempt at one host. ``done`` gets the socket, or why there is none: once, not from the constructor.

    ``first`` is what to log in with before proton has its turn.
    """

    def __init__(
        self,
        loop: Loop,
        settings: ConnectionSettings,
        address: tuple[str, int],
        mechanisms: list[str],
        done: Callable[[ReadySocket | Failure], None],
        first: FirstMessage | None = None,
    ) -> None:
        self._first = first
        self._loop, self._settings, self._mechanisms, self._done = loop, settings, mechanisms, done
        self._host = address[0]
        self._timer: Timer | None = None
        self._step: SocketConnector | SaslLogin | None = None
        self._step = SocketConnector(loop, settings, address, self._connected)

    def cancel(self) -> None:
        """Give up; ``done`` is not called any more."""
        self._cancel_timer()
        step, self._step = self._step, None
        if step is not None:
            step.cancel()

    def _timed_out(self) -> None:
        self.cancel()
        self._done(no_progress(self._host, self._settings.connect_timeout_s))

    def _connected(self, result: socket.socket | Failure) -> None:
        if isinstance(result, Failure):
            self._finish(result)
        else:
            self._log_in(result)

    def _log_in(self, sock: socket.socket) -> None:
        first = self._first
        if first is None:
            self._finish(ReadySocket(sock, tuple(self._mechanisms)))
            return
        self._timer = self._loop.later(self._settings.connect_timeout_s, self._timed_out)
        self._step = SaslLogin(
            self._loop,
            sock,
            self._host,
            lambda outcome: self._logged_in(sock, first.mechanism, outcome),
            only=self._mechanisms == [first.mechanism],
            first=first,
        )

    def _logged_in(self, sock: socket.socket, mechanism: str, outcome: bytes | Failure | None) -> None:
        if isinstance(outcome, Failure):
            self._finish(outcome)
        elif isinstance(outcome, bytes):
            others = tuple(name for name in self._mechanisms if name != mechanism)
            self._finish(ReadySocket(sock, others, outcome))
        else:
            self._finish(ReadySocket(sock, ()))

    def _finish(self, result: ReadySocket | Failure) -> None:
        self._cancel_timer()
        self._step = None
        self._done(result)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
