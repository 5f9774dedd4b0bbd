"""A peer that says exactly what a test tells it to, byte for byte: what no well-behaved broker would ever send.

with scripted_peer(lambda peer: peer.open(...)) as port: ...

The script runs once for each connection, on a thread of its own; the connection ends with it.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING

from clacks_monitor.amqp.values import LIST8, Reader, Symbol, compound, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SASL, AMQP = b"AMQP\x03\x01\x00\x00", b"AMQP\x00\x01\x00\x00"
OPEN, BEGIN, ATTACH, FLOW, TRANSFER, DISPOSITION, DETACH, END, CLOSE = range(0x10, 0x19)
_MECHANISMS, _OUTCOME = 0x40, 0x44
UINT0, TRUE, FALSE, NULL = b"\x43", b"\x41", b"\x42", b"\x40"


def uint(value: int) -> bytes:
    """Return an AMQP uint."""
    return b"\x70" + struct.pack(">I", value)


def ushort(value: int) -> bytes:
    """Return an AMQP ushort."""
    return b"\x60" + struct.pack(">H", value)


def described(code: int, *fields: bytes) -> bytes:
    """Return a described list of encoded fields."""
    return b"\x00\x53" + bytes([code]) + compound(LIST8, list(fields))


def frame(body: bytes, *, channel: int = 0, kind: int = 0) -> bytes:
    """Return a frame around a performative (with its payload)."""
    return struct.pack(">IBBH", len(body) + 8, 2, kind, channel) + body


class _Gathered:
    """Takes the place of a socket, and keeps what is sent."""

    def __init__(self) -> None:
        self.said = b""

    def sendall(self, data: bytes) -> None:
        self.said += data


class ScriptedPeer:
    """One connection of the peer: each method says one thing. Closed sockets end the script."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._heard = b""
        self._next_handle = 0

    def login(self, *mechanisms: str) -> None:
        """Shake hands: whatever the client picks is let in."""
        self.sock.sendall(SASL + frame(described(_MECHANISMS, _symbols(mechanisms or ("ANONYMOUS",))), kind=1))
        self.take_greeting()
        self.read()
        self.sock.sendall(frame(described(_OUTCOME, b"\x50\x00"), kind=1) + AMQP)
        self.take_greeting()

    def greet(self) -> None:
        """Begin as a client does, without a login."""
        self.sock.sendall(AMQP)
        self.take_greeting()

    def take_greeting(self) -> bytes:
        """Read the client's protocol header."""
        return self._take(8)

    def say(self, code: int, *fields: bytes, payload: bytes = b"", channel: int = 0) -> None:
        """Send a performative of encoded fields."""
        self.sock.sendall(frame(described(code, *fields) + payload, channel=channel))

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Send what is said within as one piece, that the client reads at once."""
        sock, self.sock = self.sock, _Gathered()  # type: ignore[assignment]  # for as long as nothing is heard
        gathered = self.sock
        try:
            yield
        finally:
            self.sock = sock
        sock.sendall(gathered.said)  # type: ignore[attr-defined]  # as above

    def open(self, *, max_frame: int = 1 << 20, properties: bytes = NULL) -> None:
        """Say open, with encoded ``properties``, and begin a session for the client's."""
        empty = [NULL] * 4
        self.say(OPEN, write("peer"), NULL, uint(max_frame), ushort(100), NULL, *empty, properties)
        self.say(BEGIN, ushort(0), uint(0), uint(1 << 30), uint(1 << 30))

    def attach(self, name: str, source: bytes, *, handle: int = 0) -> None:
        """Say attach as a sender: ``source`` is the encoded terminus."""
        target = described(0x29)
        self.say(ATTACH, write(name), uint(handle), FALSE, NULL, NULL, source, target, NULL, FALSE, UINT0)

    def accept_sender(self, name: str, *, handle: int = 0) -> None:
        """Agree to the client's sending link, without giving it credit."""
        source, target = described(0x28), described(0x29, write("org.clacks"))
        self.say(ATTACH, write(name), uint(handle), TRUE, NULL, NULL, source, target)

    def wait_for(self, code: int) -> bytes:
        """Read until the client says this performative; return its frame's body."""
        while True:
            body = self.read()
            if body[:3] == b"\x00\x53" + bytes([code]):
                return body

    def hear(self) -> tuple[int, list[object]]:
        """Read the client's next frame; return its performative (0 for a heartbeat) and its fields."""
        body = self.read()
        if not body:
            return 0, []
        fields, _end = Reader(body).read(0)
        assert isinstance(fields, list)
        return body[2], fields

    def until_hung_up(self) -> None:
        """Read until the client has closed the socket."""
        while self.sock.recv(65536):
            pass

    def _take(self, count: int) -> bytes:
        while len(self._heard) < count:
            piece = self.sock.recv(65536)
            if not piece:
                raise ConnectionResetError("the client hung up")
            self._heard += piece
        taken, self._heard = self._heard[:count], self._heard[count:]
        return taken

    def read(self) -> bytes:
        """Read the client's next frame; return its body."""
        size, offset = struct.unpack(">IB", self._take(5))
        return self._take(size - 5)[4 * offset - 5 :]


@contextlib.contextmanager
def scripted_peer(script: Callable[[ScriptedPeer], object]) -> Iterator[int]:
    """Run a peer; yields its port."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _address = server.accept()
                with sock, contextlib.suppress(OSError):
                    script(ScriptedPeer(sock))

    thread = threading.Thread(target=serve, name="scripted peer", daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(20)


def symbol(text: str) -> bytes:
    """Return an encoded symbol."""
    return write(Symbol(text))


def _symbols(names: tuple[str, ...]) -> bytes:
    items = b"".join(struct.pack(">I", len(name)) + name.encode("ascii") for name in names)
    return b"\xf0" + struct.pack(">II", len(items) + 5, len(names)) + b"\xb3" + items


SOURCE = described(0x28, write("org.clacks"), *[NULL] * 5, symbol("copy"))
"""A terminus as brokers answer it: events stay for other receivers."""


def subscription_name(peer: ScriptedPeer) -> str:
    """Wait for the client's attach; return its link's name."""
    fields, _end = Reader(peer.wait_for(ATTACH)).read(0)
    assert isinstance(fields, list)
    return str(fields[0])


def serve(peer: ScriptedPeer, source: bytes = SOURCE) -> None:
    """Open, and agree to the subscription."""
    peer.login()
    peer.open()
    peer.attach(subscription_name(peer), source)
    peer.wait_for(FLOW)


def transfer(peer: ScriptedPeer, number: int, payload: bytes, *, more: bool = False, handle: int = 0) -> None:
    """Send a message, or a piece of one."""
    tag = b"\xa0\x04" + struct.pack(">I", number)
    peer.say(TRANSFER, uint(handle), uint(number), tag, uint(0), TRUE, TRUE if more else FALSE, payload=payload)


def event(body: bytes) -> bytes:
    """Return an encoded message."""
    return b"\x00\x53\x75" + write(body)
