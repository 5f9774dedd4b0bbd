"""Resolves a host name and connects a TCP socket, without blocking the thread.

Owner: ``Connector``. Thread: the connection's; only a name that needs a name server is looked up on a thread of its
own, because the system's resolver cannot be interrupted, and closing the monitor must not wait for it.
"""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import socket
import threading
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import WRITE

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.networking.loop import Loop

_NO_ADDRESS: Final = getattr(socket, "EAI_NODATA", socket.EAI_NONAME)
Address = tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]
_MESSAGES: Final = {
    errno.ECONNREFUSED: Message("connection refused"),
    errno.EHOSTUNREACH: Message("no route to the host"),
    errno.ENETUNREACH: Message("no route to the network"),
    errno.ETIMEDOUT: Message("no answer"),
    errno.ECONNRESET: Message("connection closed by the broker"),
}


def no_connection(where: str, number: int) -> str:
    """Return the sentence for a system's error number on connecting."""
    return Message("No connection to {0}: {1}.", where, _MESSAGES.get(number) or os.strerror(number))


def resolve(host: str, port: int) -> list[Address] | Failure:
    """Return the addresses of a host, or why there are none. May take as long as the name server does."""
    try:
        found = socket.getaddrinfo(host, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        unknown = isinstance(error, socket.gaierror) and error.errno in {socket.EAI_NONAME, _NO_ADDRESS}
        why = error.strerror if isinstance(error, OSError) and error.strerror else Message("it is not a host name")
        why = Message("it is unknown; check the spelling") if unknown else why
        return Failure(FailureKind.NETWORK, Message("The name {0} cannot be resolved: {1}.", host, why))
    return [(family, address) for family, _kind, _protocol, _name, address in found]


def needs_name_server(host: str) -> bool:
    """Return whether looking the host up can take long."""
    if host == "localhost":
        return False
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return True
    return False


class TcpConnector:
    """One attempt at one host. ``done`` gets a connected non-blocking socket, or why there is none; once.

    Finding the name has ``timeout`` seconds; so have its addresses together, each a share of what is left, so that an
    address without a route (such as IPv6 on an IPv4 network) does not use up the time of the others.
    """

    def __init__(
        self, loop: Loop, host: str, port: int, timeout: float, done: Callable[[socket.socket | Failure], None]
    ) -> None:
        self._loop = loop
        self._where = f"{host}:{port}"
        self._timeout = timeout
        self._until = 0.0
        self._done: Callable[[socket.socket | Failure], None] | None = done
        self._addresses: list[Address] = []
        self._socket: socket.socket | None = None
        self._error: str = Message("The name {0} could not be resolved within {1:g} s.", host, timeout)
        self._timer = loop.later(timeout, self._timed_out)
        if needs_name_server(host):
            self._look_up_elsewhere(host, port)
        else:
            self._resolved(resolve(host, port))

    def cancel(self) -> None:
        """Give up; ``done`` is not called any more."""
        self._done = None
        self._timer.cancel()
        self._drop()

    def ready(self, _mask: int) -> None:
        """Go on: the socket is connected, or has failed to."""
        sock = self._socket
        if sock is None:
            return
        number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if number:
            self._failed(number)
            return
        self._loop.forget(sock)
        self._socket = None
        self._finish(sock)

    def broken(self, error: Exception) -> None:
        """End the attempt: serving it raised an unexpected error."""
        self._finish(Failure(FailureKind.NETWORK, Message("Connecting to {0} failed: {1}.", self._where, error)))

    def _look_up_elsewhere(self, host: str, port: int) -> None:
        def look_up() -> None:
            found = resolve(host, port)
            self._loop.call(lambda: self._resolved(found))

        threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()

    def _resolved(self, found: list[Address] | Failure) -> None:
        if self._done is None:
            return
        if isinstance(found, Failure):
            # Not from within the constructor: the caller must have this object before ``done`` is called.
            self._loop.call(lambda: self._finish(found))
            return
        self._addresses = found
        self._until = self._loop.now() + self._timeout
        self._try_next()

    def _try_next(self) -> None:
        self._timer.cancel()
        self._timer = self._loop.later((self._until - self._loop.now()) / len(self._addresses), self._unanswered)
        family, address = self._addresses.pop(0)
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.settimeout(0)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = sock
        number = sock.connect_ex(address)
        if number in {0, errno.EINPROGRESS, errno.EWOULDBLOCK}:
            self._loop.serve(sock, self, WRITE)
        else:
            self._failed(number)

    def _failed(self, number: int) -> None:
        self._drop()
        self._error = no_connection(self._where, number)
        if self._addresses:
            self._try_next()
        else:
            self._loop.call(lambda: self._finish(Failure(FailureKind.NETWORK, self._error)))

    def _unanswered(self) -> None:
        self._drop()
        self._error = Message("{0} did not answer within {1:g} s.", self._where, self._timeout)
        if self._addresses:
            self._try_next()
        else:
            self._timed_out()

    def _timed_out(self) -> None:
        self._finish(Failure(FailureKind.NETWORK, self._error))

    def _finish(self, result: socket.socket | Failure) -> None:
        done, self._done = self._done, None
        self._timer.cancel()
        self._drop()
        if done is not None:
            done(result)
        elif isinstance(result, socket.socket):
            result.close()

    def _drop(self) -> None:
        if self._socket is not None:
            self._loop.forget(self._socket)
            with contextlib.suppress(OSError):
                self._socket.close()
            self._socket = None
