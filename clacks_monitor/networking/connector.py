"""Connects a socket to a host: TCP, and TLS where the settings have it.

Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message, reason
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.tcp import TcpConnector
from clacks_monitor.networking.tls import TlsHandshake, TlsSetupError, context

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.loop import Loop, Timer


class SocketConnector:
    """One attempt at one host. ``done`` gets the socket, or why there is none: once, not from the constructor."""

    def __init__(
        self,
        loop: Loop,
        settings: ConnectionSettings,
        address: tuple[str, int],
        done: Callable[[socket.socket | Failure], None],
    ) -> None:
        self._loop, self._settings, self._done = loop, settings, done
        self._host = address[0]
        self._timer: Timer | None = None
        self._step: TcpConnector | TlsHandshake | None = None
        self._step = TcpConnector(loop, *address, settings.connect_timeout_s, self._tcp_connected)

    def cancel(self) -> None:
        """Give up; ``done`` is not called any more."""
        self._cancel_timer()
        step, self._step = self._step, None
        if step is not None:
            step.cancel()

    def _tcp_connected(self, result: socket.socket | Failure) -> None:
        if isinstance(result, Failure) or self._settings.tls is None:
            self._finish(result)
            return
        try:
            tls = context(self._settings.tls)
        except TlsSetupError as error:
            result.close()
            self._finish(Failure(FailureKind.TLS, reason(error)))
            return
        self._timer = self._loop.later(self._settings.connect_timeout_s, self._timed_out)
        self._step = TlsHandshake(self._loop, result, tls, self._host, self._finish)

    def _timed_out(self) -> None:
        self.cancel()
        self._done(no_progress(self._host, self._settings.connect_timeout_s))

    def _finish(self, result: socket.socket | Failure) -> None:
        self._cancel_timer()
        self._step = None
        self._done(result)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def no_progress(host: str, seconds: float) -> Failure:
    """Return the failure of a host that takes connections and does not answer."""
    return Failure(
        FailureKind.NETWORK,
        Message("{0} accepted the connection but did not go on within {1:g} s.", host, seconds),
    )
