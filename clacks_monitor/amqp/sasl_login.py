"""Mechanisms of SASL that proton cannot do, on the client's side (AMQP 1.0, part 5.3), in one message each.

EXTERNAL, where the TLS certificate is the login: Cyrus SASL, which proton uses for the handshake, does not know of TLS
outside of proton. XOAUTH2 and OAUTHBEARER (RFC 7628), where an access token is: Cyrus has no plug-in for them.
If a broker does not offer the mechanism, proton continues the handshake with what has been received.

Owner: ``Connector``. Thread: the connection's.
"""

from __future__ import annotations

import ssl
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.engine import SASL_HEADER
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.values import LIST8, Reader, Symbol, Value, compound, write
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import READ
from clacks_monitor.networking.tls import no_certificate, wants_certificate

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from clacks_monitor.networking.loop import Loop

EXTERNAL: Final = "EXTERNAL"
_MECHANISMS, _INIT, _CHALLENGE, _RESPONSE, _OUTCOME = range(0x40, 0x45)
_CODE_AT: Final = 2
"""Where a frame's performative has its number: behind the descriptor and its type."""

_MAX: Final = 4096
_FRAME_HEADER: Final = 8
_SIZE: Final = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class FirstMessage:
    """A mechanism and all that is said with it. ``refused`` and ``missing`` say in words that it was of no use.

    ``last`` answers the challenge in which a broker says what is wrong with a token.
    """

    mechanism: str
    data: bytes
    refused: str
    missing: str
    last: bytes = b""


BY_CERTIFICATE: Final = FirstMessage(
    EXTERNAL,
    b"",
    Message("the client certificate was not accepted"),
    Message("login by certificate (EXTERNAL) is not offered"),
)


class SaslLogin:
    """One login. ``done`` gets None (logged in), the bytes read so far (not offered: go on with proton), or why not."""

    def __init__(
        self,
        loop: Loop,
        sock: socket.socket,
        host: str,
        done: Callable[[bytes | Failure | None], None],
        *,
        only: bool,
        first: FirstMessage = BY_CERTIFICATE,
    ) -> None:
        self._loop, self._socket, self._host, self._only = loop, sock, host, only
        self._done: Callable[[bytes | Failure | None], None] | None = done
        self._received = b""
        self._asked = False
        self._first = first
        self._closed = Message("connection closed during login")
        if first.mechanism == EXTERNAL:
            self._closed = Message("{0}; is there a client certificate, and is it accepted?", self._closed)
        self._detail = ""
        self._frame = len(SASL_HEADER)
        self._wanted = self._frame + _SIZE.size
        loop.serve(sock, self, READ)
        try:
            sock.send(SASL_HEADER)  # the send buffer of a new connection is empty
        except OSError as error:
            loop.later(0.0, lambda error=error: self.broken(error))  # type: ignore[misc]  # a default binds it
        else:
            loop.later(0.0, lambda: self.ready(READ))  # bytes that TLS has already decrypted do not wake the selector

    def cancel(self) -> None:
        """Give up; ``done`` is not called any more."""
        self._done = None
        self._loop.forget(self._socket)
        self._socket.close()

    def ready(self, _mask: int) -> None:
        """Read what has come."""
        if self._done is None:
            return
        try:
            while self._done is not None:
                # No more than the next frame: what comes behind the outcome belongs to AMQP.
                piece = self._socket.recv(self._wanted - len(self._received))
                self._received += piece
                if not piece:
                    self._fail(self._closed)
                    return
                self._read_frame()
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        except (OSError, CodecError) as error:
            self.broken(error)

    def broken(self, error: Exception) -> None:
        """End the login: reading or writing raised an error."""
        if self._done is None:
            return
        if wants_certificate(error):
            self._end(no_certificate(self._host))
        elif isinstance(error, ssl.SSLEOFError | ConnectionResetError | BrokenPipeError):
            self._fail(self._closed)
        else:
            self._fail(Message("login with the certificate failed: {0}", error))

    def _read_frame(self) -> None:
        """Handle the next frame if it is complete."""
        if not self._received.startswith(SASL_HEADER[: len(self._received)]):
            self._fail(Message("SASL is not supported"))
            return
        if len(self._received) < self._wanted:
            return
        size = _SIZE.unpack_from(self._received, self._frame)[0]
        if not _FRAME_HEADER <= size <= _MAX:
            self._fail(Message("its SASL frames have an invalid size"))
            return
        frame, self._wanted = self._received[self._frame :], self._frame + size
        if len(frame) == size:
            self._frame, self._wanted = self._wanted, self._wanted + _SIZE.size
            self._handle(frame[4 * frame[4] :])

    def _handle(self, body: bytes) -> None:
        fields, _end = Reader(body).read(0)
        first = fields[0] if isinstance(fields, list) and fields else None
        code = body[_CODE_AT] if len(body) > _CODE_AT else 0
        if code == _MECHANISMS and not self._asked:
            self._choose(first)
        elif code == _OUTCOME and first == 0 and self._asked:
            self._finish(result=None)
        elif code == _OUTCOME:
            self._fail(f"{self._first.refused}{self._detail}")
        elif code == _CHALLENGE and self._asked and self._first.last and not self._detail:
            self._detail = f" ({one_line(first.decode('utf-8', 'replace') if isinstance(first, bytes) else '')})"
            self._send(_RESPONSE, write(self._first.last))
        else:
            self._fail(Message("unexpected data during the login"))

    def _choose(self, offered: Value) -> None:
        if self._first.mechanism in (offered if isinstance(offered, list) else [offered]):
            self._asked = True
            self._send(_INIT, write(Symbol(self._first.mechanism)), write(self._first.data))
        elif self._only:
            self._fail(self._first.missing)
        else:
            self._finish(result=self._received)

    def _send(self, code: int, *fields: bytes) -> None:
        body = b"\x00\x53" + bytes((code,)) + compound(LIST8, list(fields))
        self._socket.send(struct.pack(">IBBH", len(body) + _FRAME_HEADER, 2, 1, 0) + body)

    def _fail(self, why: str) -> None:
        self._end(Failure(FailureKind.LOGIN, Message("{0} refused the login: {1}.", self._host, why)))

    def _end(self, result: Failure) -> None:
        self._loop.forget(self._socket)
        self._socket.close()
        self._finish(result=result)

    def _finish(self, *, result: bytes | Failure | None) -> None:
        done, self._done = self._done, None
        if not isinstance(result, Failure):
            self._loop.forget(self._socket)
        if done is not None:
            done(result)
