"""One POST over HTTP/1.1: bounded in time and size, TLS always verified, redirects not followed, no proxy.

With the standard library's http.client on a socket that is made here: nothing is installed for it, it never follows a
redirect, and the socket has one deadline for the whole exchange, where HTTP libraries limit each read only.
Thread: the caller's, which waits; only a name is looked up on a thread of its own, as that cannot be interrupted.
"""

from __future__ import annotations

import contextlib
import http
import http.client
import io
import queue
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from typing_extensions import override

from clacks_monitor.core.connection import TlsSettings
from clacks_monitor.core.messages import Message
from clacks_monitor.networking import tls
from clacks_monitor.networking.failure import Failure
from clacks_monitor.networking.tcp import Address, no_connection, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import WriteableBuffer

    from clacks_monitor.core.ending import Stop
    from clacks_monitor.core.webhook import HttpAddress

MAX_ANSWER = 64 * 1024
"""Bytes of an answer that are read, with its headers; more is an error."""
MAX_BODY = 2_000
"""Bytes of the answer's body that are kept."""
_LONGEST_RETRY_S = 600
_CHUNK = 16 * 1024


class PostFailed(Exception):
    """There was no answer. ``lasting`` means that another attempt will hardly succeed."""

    def __init__(self, message: str, *, lasting: bool = False) -> None:
        super().__init__(message)
        self.message, self.lasting = message, lasting


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The answer: its status, the beginning of its body, and the seconds after which it asks for another attempt."""

    status: int
    body: str = ""
    retry_after_s: float = 0.0

    @property
    def accepted(self) -> bool:
        """Whether the server took what was posted."""
        return 200 <= self.status < 300

    @property
    def lasting(self) -> bool:
        """Whether another attempt will hardly succeed: the request is refused, and the server is not overloaded."""
        return self.status < 500 and self.status not in {408, 425, 429}

    @property
    def meaning(self) -> str:
        """The status with the phrase of the standard: a server's own words are not shown."""
        try:
            return f"{self.status} {http.HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)


class _Exchange:
    """The socket of one request. ``until`` is its end on the monotonic clock."""

    def __init__(self, host: str, seconds: float, stop: Stop) -> None:
        self._host, self._seconds, self._stop = host, seconds, stop
        self._until = time.monotonic() + seconds
        self._left = MAX_ANSWER
        self._socket = socket.socket()

    def shut(self) -> None:
        """End what waits for the socket. Any thread."""
        with contextlib.suppress(OSError):
            # Not the method of an SSLSocket, which another thread may be within.
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def end(self) -> None:
        """Close the socket."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def remaining(self) -> float:
        """Return the seconds that are left. Raises TimeoutError."""
        left = self._until - time.monotonic()
        if left <= 0 or self._stop.is_set:
            raise TimeoutError
        return left

    def addresses(self, port: int) -> list[Address]:
        """Look up the host."""
        found: queue.SimpleQueue[list[Address] | Failure | None] = queue.SimpleQueue()
        threading.Thread(
            target=lambda: found.put(resolve(self._host, port)), name=f"resolve {self._host}", daemon=True
        ).start()
        with self._stop.calling(lambda: found.put(None)):
            try:
                addresses = found.get(timeout=self.remaining())
            except queue.Empty:
                message = Message("The name {0} could not be resolved within {1:g} s.", self._host, self._seconds)
                raise PostFailed(message) from None
        if isinstance(addresses, Failure):
            raise PostFailed(addresses.message)
        return addresses or []

    def connect(self, port: int) -> None:
        """Connect to the first address that answers; each has its share of the time."""
        addresses = self.addresses(port)
        error: OSError = TimeoutError()
        while addresses:
            family, address = addresses.pop(0)
            self.end()
            self._socket = socket.socket(family, socket.SOCK_STREAM)
            self._socket.settimeout(self.remaining() / (len(addresses) + 1))
            try:
                self._socket.connect(address)
            except OSError as failed:
                error = failed
            else:
                return
        raise error

    def secure(self) -> None:
        """Make it a TLS connection with a host whose certificate is valid."""
        context = tls.context(TlsSettings())
        self._socket.settimeout(self.remaining())
        secured = context.wrap_socket(self._socket, server_hostname=self._host, do_handshake_on_connect=False)
        self._socket = secured
        try:
            secured.do_handshake()
        except ssl.SSLCertVerificationError as refused:
            why = Message("The certificate of {0} is not valid: {1}.", self._host, refused.verify_message)
            raise PostFailed(why, lasting=True) from None
        except ssl.SSLError as failed:
            reason = (failed.reason or str(failed)).replace("_", " ").lower()
            raise PostFailed(Message("TLS connection to {0} failed: {1}.", self._host, reason)) from None

    # -- what http.client uses of a socket -----------------------------------------------------------------------

    def close(self) -> None:
        """Leave it open: http.client closes a socket before the answer is read, and relies on the file of it."""

    def sendall(self, data: bytes) -> None:
        """Send all; the whole of it has to be taken in time."""
        view = memoryview(data)
        for start in range(0, len(view), _CHUNK):
            self._socket.settimeout(self.remaining())
            self._socket.sendall(view[start : start + _CHUNK])

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return what reads the answer."""
        return io.BufferedReader(_Answer(self))

    def receive_into(self, buffer: WriteableBuffer) -> int:
        """Read some bytes. Raises PostFailed when the answer is too large."""
        if self._left <= 0:
            raise PostFailed(Message("The answer has more than {0:,} bytes.", MAX_ANSWER), lasting=True)
        self._socket.settimeout(self.remaining())
        count = self._socket.recv_into(memoryview(buffer)[: self._left])
        self._left -= count
        return count


class _Answer(io.RawIOBase):
    """Reads the socket of an exchange."""

    def __init__(self, exchange: _Exchange) -> None:
        self._exchange = exchange

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: WriteableBuffer) -> int:
        return self._exchange.receive_into(buffer)


def post(address: HttpAddress, headers: Mapping[str, str], body: bytes, *, seconds: float, stop: Stop) -> HttpAnswer:
    """Post a body and return the answer, or raise PostFailed; ``stop`` ends it at once."""
    exchange = _Exchange(address.host, seconds, stop)
    try:
        with stop.calling(exchange.shut):
            exchange.connect(address.port)
            if address.tls:
                exchange.secure()
            return _asked(exchange, address, headers, body)
    except TimeoutError:
        raise PostFailed(Message("{0} did not answer within {1:g} s.", address.authority, seconds)) from None
    except (http.client.HTTPException, ValueError):
        raise PostFailed(Message("{0} does not answer as HTTP does.", address.authority), lasting=True) from None
    except tls.TlsSetupError as error:
        raise PostFailed(str(error), lasting=True) from None
    except (ConnectionResetError, BrokenPipeError):
        raise PostFailed(Message("{0} closed the connection.", address.authority)) from None
    except OSError as error:
        raise PostFailed(no_connection(address.authority, error.errno or 0)) from None
    finally:
        exchange.end()


def _asked(exchange: _Exchange, address: HttpAddress, headers: Mapping[str, str], body: bytes) -> HttpAnswer:
    client = http.client.HTTPConnection(address.host, address.port)
    client.sock = cast("socket.socket", exchange)  # it has what http.client uses of one
    sent = {"Host": address.authority, "Connection": "close", **headers}
    # A server that refuses a body answers before it has read it.
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        client.request("POST", address.target, body, sent)
    answer = client.getresponse()
    text = b""
    with contextlib.suppress(OSError, http.client.HTTPException, PostFailed):
        text = answer.read(MAX_BODY)  # the status counts, whatever becomes of the rest
    answer.close()
    return HttpAnswer(answer.status, text.decode("utf-8", "replace"), _retry_after(answer.getheader("Retry-After")))


def _retry_after(text: str | None) -> float:
    """Return the seconds of a Retry-After header, bounded; a date is not read."""
    return float(min(int(text), _LONGEST_RETRY_S)) if text and text.isdecimal() and len(text) < 10 else 0.0
