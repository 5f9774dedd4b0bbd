"""Connects a socket for AMQP: TCP, TLS, and a login by certificate where that is wanted.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.amqp.errors import TlsSetupError
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.sasl_login import SaslLogin
from clacks_monitor.amqp.tcp import TcpConnector
from clacks_monitor.amqp.tls import TlsHandshake, context
from clacks_monitor.core.messages import Message, reason

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Callable

    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.amqp.sasl_login import FirstMessage
    from clacks_monitor.core.connection import ConnectionSettings


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
        self._step: TcpConnector | TlsHandshake | SaslLogin | None = None
        self._timer: Timer | None = None
        self._step = TcpConnector(loop, *address, settings.connect_timeout_s, self._tcp_connected)

    def cancel(self) -> None:
        """Give up; ``done`` is not called any more."""
        self._set_timer(None)
        step, self._step = self._step, None
        if step is not None:
            step.cancel()

    def _timed_out(self) -> None:
        self.cancel()
        message = Message(
            "{0} accepted the connection but did not go on within {1:g} s.",
            self._host,
            self._settings.connect_timeout_s,
        )
        self._done(Failure(FailureKind.NETWORK, message))

    def _tcp_connected(self, result: socket.socket | Failure) -> None:
        if isinstance(result, Failure):
            self._finish(result)
            return
        self._set_timer(self._loop.later(self._settings.connect_timeout_s, self._timed_out))
        if self._settings.tls is None:
            self._log_in(result)
        else:
            try:
                tls = context(self._settings.tls)
            except TlsSetupError as error:
                result.close()
                self._finish(Failure(FailureKind.TLS, reason(error)))
                return
            self._step = TlsHandshake(self._loop, result, tls, self._host, self._secured)

    def _secured(self, result: ssl.SSLSocket | Failure) -> None:
        if isinstance(result, Failure):
            self._finish(result)
        else:
            self._log_in(result)

    def _log_in(self, sock: socket.socket) -> None:
        first = self._first
        if first is None:
            self._finish(ReadySocket(sock, tuple(self._mechanisms)))
            return
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
        self._set_timer(None)
        self._step = None
        self._done(result)

    def _set_timer(self, timer: Timer | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = timer
