"""The way to a socket on which AMQP can be spoken: dial, TLS, and a login by certificate where that is wanted.

Owner: the line. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.amqp.errors import TlsSetupError
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.sasl_external import MECHANISM, ExternalLogin
from clacks_monitor.amqp.tcp import Dialer
from clacks_monitor.amqp.tls import Handshake, context
from clacks_monitor.core.messages import Message, reason

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import Callable

    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.core.connection import ConnectionSettings


@dataclass(frozen=True, slots=True)
class Arrival:
    """A socket that is ready.

    ``mechanisms`` are what proton may log in with, empty when that is done already; ``heard`` is what the broker has
    said of its SASL handshake so far.
    """

    socket: socket.socket
    mechanisms: tuple[str, ...]
    heard: bytes = b""


class Approach:
    """One attempt at one host. ``done`` gets the arrival, or why there is none: once, not from the constructor."""

    def __init__(
        self,
        loop: Loop,
        settings: ConnectionSettings,
        address: tuple[str, int],
        mechanisms: list[str],
        done: Callable[[Arrival | Failure], None],
    ) -> None:
        self._loop, self._settings, self._mechanisms, self._done = loop, settings, mechanisms, done
        self._host = address[0]
        self._stage: Dialer | Handshake | ExternalLogin | None = None
        self._timer: Timer | None = None
        self._stage = Dialer(loop, *address, settings.connect_timeout_s, self._dialled)

    def cancel(self) -> None:
        """Give up; ``done`` is not called any more."""
        self._set_timer(None)
        stage, self._stage = self._stage, None
        if stage is not None:
            stage.cancel()

    def _too_late(self) -> None:
        self.cancel()
        words = Message(
            "{0} took the connection but did not go on within {1:g} s.", self._host, self._settings.connect_timeout_s
        )
        self._done(Failure(FailureKind.NETWORK, words))

    def _dialled(self, result: socket.socket | Failure) -> None:
        if isinstance(result, Failure):
            self._finish(result)
        elif self._settings.tls is None:
            self._finish(Arrival(result, tuple(self._mechanisms)))
        else:
            self._set_timer(self._loop.later(self._settings.connect_timeout_s, self._too_late))
            try:
                made = context(self._settings.tls)
            except TlsSetupError as error:
                result.close()
                self._finish(Failure(FailureKind.TLS, reason(error)))
                return
            self._stage = Handshake(self._loop, result, made, self._host, self._secured)

    def _secured(self, result: ssl.SSLSocket | Failure) -> None:
        if isinstance(result, Failure):
            self._finish(result)
        elif MECHANISM in self._mechanisms:
            only = self._mechanisms == [MECHANISM]
            self._stage = ExternalLogin(
                self._loop, result, self._host, lambda said: self._logged_in(result, said), only=only
            )
        else:
            self._finish(Arrival(result, tuple(self._mechanisms)))

    def _logged_in(self, sock: ssl.SSLSocket, said: bytes | Failure | None) -> None:
        if isinstance(said, Failure):
            self._finish(said)
        elif isinstance(said, bytes):
            others = tuple(name for name in self._mechanisms if name != MECHANISM)
            self._finish(Arrival(sock, others, said))
        else:
            self._finish(Arrival(sock, ()))

    def _finish(self, result: Arrival | Failure) -> None:
        self._set_timer(None)
        self._stage = None
        self._done(result)

    def _set_timer(self, timer: Timer | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = timer
