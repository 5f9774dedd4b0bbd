"""The server's side of the SASL handshake, before AMQP itself begins.

Implemented here because proton's server has only ANONYMOUS and EXTERNAL, and with Cyrus what the machine is configured
for: an embedded broker must behave the same everywhere. Mechanisms: ANONYMOUS, EXTERNAL (the common name in the
client's TLS certificate), and for the users of a file PLAIN, SCRAM-SHA-256 and SCRAM-SHA-1 (RFC 5802), and OAUTHBEARER
(RFC 7628) and XOAUTH2 with the password as token.
Source: part 5.3 of the AMQP 1.0 standard.

Owner: ``Peer``. Thread: the broker's.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.values import Reader, compound, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SASL_HEADER: Final = b"AMQP\x03\x01\x00\x00"
_MECHANISMS, _INIT, _CHALLENGE, _RESPONSE, _OUTCOME = range(0x40, 0x45)
_OK, _FAILED = 0, 1
FRAME_HEADER: Final = 8
MAX_FRAME: Final = 4096
"""Bytes of a frame's header, and of the largest frame."""

_ITERATIONS: Final = 4096
_BEARER: Final = "auth=Bearer "


class SaslServer:
    """One handshake. Feed it the input until ``finished``; ``rest`` is what belongs to AMQP.

    ``user`` is None until the login, "anonymous" after ANONYMOUS; once ``failed``, the connection must be closed.
    """

    def __init__(self, users: Mapping[str, str], *, anonymous: bool, external: str = "") -> None:
        self._users = users
        self._anonymous = anonymous
        self.external = external
        self._buffer = b""
        self._step: Callable[[bytes], bytes | str | None] | None = None
        self._greeted = False
        self.user: str | None = None
        self.finished = self.failed = False

    @property
    def mechanisms(self) -> list[str]:
        """What is offered, strongest first."""
        offered = ["EXTERNAL"] if self.external else []
        if self._users:
            offered += ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "OAUTHBEARER", "XOAUTH2"]
        return offered + (["ANONYMOUS"] if self._anonymous else [])

    @property
    def rest(self) -> bytes:
        """The input behind the handshake."""
        rest, self._buffer = self._buffer, b""
        return rest

    def feed(self, data: bytes) -> bytes:
        """Handle bytes from the client; return bytes for it."""
        self._buffer += data
        answer = b""
        while not (self.finished or self.failed):
            piece = self._next_frame()
            if piece is None:
                break
            try:
                answer += self._greet(piece) if not self._greeted else self._frame(piece)
            except CodecError:
                self.failed = True
        return answer

    def _next_frame(self) -> bytes | None:
        """Return the protocol header or the next frame's body, None while it is not complete."""
        if len(self._buffer) < (8 if not self._greeted else 4):
            return None
        if not self._greeted:
            if self._buffer.startswith(SASL_HEADER):
                self._buffer = self._buffer[8:]
                return SASL_HEADER
            return self._buffer[:8]  # stays in the buffer: it is for AMQP
        size, offset = int.from_bytes(self._buffer[:4], "big"), self._buffer[4:5]
        if not FRAME_HEADER <= size <= MAX_FRAME:
            self.failed = True
            return None
        if len(self._buffer) < size:
            return None
        body, self._buffer = self._buffer[4 * offset[0] : size], self._buffer[size:]
        return body

    def _greet(self, header: bytes) -> bytes:
        self._greeted = True
        if header == SASL_HEADER:
            return SASL_HEADER + _frame(_MECHANISMS, _symbols(self.mechanisms))
        # Without SASL the client is anonymous, where that is allowed. The engine answers what is not AMQP.
        if self._anonymous:
            self.finished = True
            self.user = "anonymous"
            return b""
        self.failed = True
        return SASL_HEADER

    def _frame(self, body: bytes) -> bytes:
        fields, _end = Reader(body).read(0)
        if body[:2] != b"\x00\x53" or not isinstance(fields, list):
            raise CodecError("not a SASL frame")
        if body[2] == _INIT and self._step is None and fields:
            self._step = self._mechanism(str(fields[0]))
            message = fields[1] if len(fields) > 1 else b""
        elif body[2] == _RESPONSE and self._step is not None and fields:
            message = fields[0]
        else:
            raise CodecError("a SASL frame out of turn")
        if self._step is None:
            return self._end(None)
        answer = self._step(message if isinstance(message, bytes) else b"")
        if isinstance(answer, bytes):
            return _frame(_CHALLENGE, write(answer))
        return self._end(answer)

    def _end(self, user: str | None) -> bytes:
        self.user = user
        self.finished, self.failed = user is not None, user is None
        return _frame(_OUTCOME, b"\x50" + bytes([_OK if user is not None else _FAILED]))

    def _mechanism(self, name: str) -> Callable[[bytes], bytes | str | None] | None:
        if name not in self.mechanisms:
            return None
        if name == "ANONYMOUS":
            return lambda _message: "anonymous"
        if name == "EXTERNAL":
            return lambda _message: self.external
        if name in {"PLAIN", "OAUTHBEARER", "XOAUTH2"}:
            return self._plain if name == "PLAIN" else self._bearer
        return _Scram(self._users, "sha256" if name == "SCRAM-SHA-256" else "sha1").step

    def _plain(self, message: bytes) -> str | None:
        try:
            _authorization, user, password = message.decode("utf-8").split("\0")
        except ValueError:
            return None
        known = self._users.get(user)
        same = hmac.compare_digest((known or secrets.token_hex()).encode(), password.encode())
        return user if same and known is not None else None

    def _bearer(self, message: bytes) -> bytes | str | None:
        """Return the user, or a challenge that says why not; what the client answers to that ends the handshake."""
        parts = message.decode("utf-8", "replace").split("\x01")
        named = parts[0].removeprefix("user=").removeprefix("n,a=").removesuffix(",")
        user = named.replace("=2C", ",").replace("=3D", "=")
        token = next((part[len(_BEARER) :] for part in parts if part.startswith(_BEARER)), "")
        known = self._users.get(user)
        if known is not None and hmac.compare_digest(known.encode(), token.encode()):
            return user
        return b'{"status": "invalid_token"}' if token else None


class _Scram:
    """RFC 5802 without channel binding: the password itself is not sent."""

    def __init__(self, users: Mapping[str, str], digest: str) -> None:
        self._users = users
        self._digest = digest
        self._salt = secrets.token_bytes(16)
        self._user = self._nonce = self._header = self._first = ""
        self._server_message = ""
        self._verified = False

    def step(self, message: bytes) -> bytes | str | None:
        try:
            text = message.decode("utf-8")
            if self._verified:
                return self._user if not text else None
            return self._challenge(text) if not self._server_message else self._verify(text)
        except (ValueError, KeyError, binascii.Error):
            return None

    def _challenge(self, text: str) -> bytes | None:
        binding, _authorization, self._first = text.split(",", 2)
        if binding not in {"n", "y"}:
            return None
        self._header = text[: len(text) - len(self._first)]
        fields = _fields(self._first)
        self._user = fields["n"].replace("=2C", ",").replace("=3D", "=")
        self._nonce = fields["r"] + secrets.token_urlsafe(18)
        salt = base64.b64encode(self._salt).decode()
        self._server_message = f"r={self._nonce},s={salt},i={_ITERATIONS}"
        return self._server_message.encode()

    def _verify(self, text: str) -> bytes | None:
        without_proof, _comma, _proof = text.rpartition(",p=")
        fields = _fields(text)
        binding = base64.b64decode(fields["c"]).decode()
        if fields["r"] != self._nonce or binding != self._header:
            return None
        password = self._users.get(self._user)
        salted = hashlib.pbkdf2_hmac(self._digest, (password or secrets.token_hex()).encode(), self._salt, _ITERATIONS)
        client_key = self._sign(salted, "Client Key")
        message = f"{self._first},{self._server_message},{without_proof}"
        signature = self._sign(hashlib.new(self._digest, client_key).digest(), message)
        proof = bytes(a ^ b for a, b in zip(client_key, signature, strict=True))
        if password is None or not hmac.compare_digest(proof, base64.b64decode(fields["p"])):
            return None
        self._verified = True
        return b"v=" + base64.b64encode(self._sign(self._sign(salted, "Server Key"), message))

    def _sign(self, key: bytes, text: str) -> bytes:
        return hmac.new(key, text.encode(), self._digest).digest()


def _fields(text: str) -> dict[str, str]:
    return {part[0]: part[2:] for part in text.split(",") if part[1:2] == "="}


def _frame(code: int, value: bytes) -> bytes:
    body = b"\x00\x53" + bytes([code]) + compound(0xC0, [value])
    return struct.pack(">IBBH", len(body) + 8, 2, 1, 0) + body


def _symbols(names: list[str]) -> bytes:
    items = b"".join(struct.pack(">I", len(name)) + name.encode("ascii") for name in names)
    return b"\xf0" + struct.pack(">II", len(items) + 5, len(names)) + b"\xb3" + items
