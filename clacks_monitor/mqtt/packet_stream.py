"""The bytes between the socket and paho: read and written in large pieces, and bounded.

paho reads packets by single bytes and keeps any length. This is the socket that it is given: it looks at the fixed
header of each packet, and cuts a PUBLISH that is too large behind its topic, so that paho never holds the rest. Small
messages with QoS 0 or 1, of which there are many, do not go through paho at all: pop_publications() has them.

Owner: ``BrokerSession``. Thread: the connection's.
"""

from __future__ import annotations

import contextlib
import ssl
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.mqtt.publication import Publication

if TYPE_CHECKING:
    import socket

MAX_PAYLOAD: Final = 100 * 1024 * 1024
"""Bytes of the largest payload that is kept, as for AMQP."""
MAX_CONTROL: Final = 1024 * 1024
"""Bytes of the largest packet of any other kind."""
MAX_BEFORE_PAYLOAD: Final = 256 * 1024
"""Bytes of a PUBLISH before its payload: a topic has at most 64 KB; properties of MQTT 5 may have more, but are not."""
MAX_UNSENT: Final = 4 * 1024 * 1024
CHUNK: Final = 256 * 1024

_PUBLISH, _PUBACK = 0x30, b"\x40\x02"
_BLOCKED: Final = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class PacketStream:
    """A socket for paho, on a connected one that does not block.

    ``fault`` says why the stream was ended from this side, "" if it was not. ``served`` counts the bytes that paho has
    read. ``ended`` is whether the broker has ended the stream. Without ``confirms``, messages wait for confirm().
    """

    def __init__(self, sock: socket.socket, *, has_properties: bool, confirms: bool = True) -> None:
        self.fault = ""
        self.served = 0
        self._socket, self._has_properties, self._confirms = sock, has_properties, confirms
        self._buffer = b""
        self._at = 0
        self._left = 0
        self._discard = 0
        self._cut_size = 0
        self.ended = False
        self._unsent = bytearray()

    # What the session calls

    def fill(self) -> bool:
        """Read what has come, a chunk at most; return whether there was something, or the end."""
        try:
            data = self._socket.recv(CHUNK)
        except _BLOCKED:
            return False
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return False
        if self._discard:
            skipped = min(self._discard, len(data))
            self._discard -= skipped
            data = data[skipped:]
        self._buffer = self._buffer[self._at :] + data if self._at < len(self._buffer) else data
        self._at = 0
        return True

    def pop_publications(self) -> list[Publication]:
        """Return the small messages that are next, and confirm them or not; paho reads what comes behind them."""
        found: list[Publication] = []
        if self._left:
            return found
        buffer, at, end = self._buffer, self._at, len(self._buffer)
        while at + 2 <= end:
            command, length, start = buffer[at], buffer[at + 1], at + 2
            if command & 0xF0 != _PUBLISH or command & 0x06 > 2:
                break
            if length & 128:
                if start >= end or buffer[start] & 128:
                    break
                length = length & 127 | buffer[start] << 7
                start += 1
            stop = start + length
            small = _small(command, buffer[start:stop], has_properties=self._has_properties) if stop <= end else None
            if small is None:
                break
            if small.number and self._confirms:
                self.confirm(small.number)
            found.append(small)
            at = stop
        self.served += at - self._at
        self._at = at
        return found

    def confirm(self, number: int) -> None:
        """Confirm a message with QoS 1, as soon as flush() is called."""
        self._unsent += _PUBACK + number.to_bytes(2, "big")

    @property
    def pending(self) -> bool:
        """Whether TLS has read more than was asked for, which no selector reports."""
        return isinstance(self._socket, ssl.SSLSocket) and self._socket.fileno() >= 0 and self._socket.pending() > 0

    def flush(self) -> bool:
        """Write what waits; return whether all is written."""
        while self._unsent:
            try:
                sent = self._socket.send(self._unsent)
            except _BLOCKED:
                return False
            except OSError:
                self._unsent.clear()
                self.ended = True
                return True
            del self._unsent[:sent]
        return True

    @property
    def free_bytes(self) -> int:
        """How many bytes may still be written."""
        return MAX_UNSENT - len(self._unsent)

    def pop_cut(self) -> int:
        """Return the size of the packet that paho has just read if it was cut, else 0."""
        size, self._cut_size = self._cut_size, 0
        return size

    # What paho calls

    def recv(self, size: int) -> bytes:
        """Return at most so many bytes of the current packet, b"" at the end. Raises BlockingIOError."""
        if not self._left and not self._next_packet():
            if self.fault or (self.ended and self._at >= len(self._buffer)):
                return b""
            if self.ended:
                self._at = len(self._buffer)  # an unfinished header
                return b""
            raise BlockingIOError
        part = self._buffer[self._at : self._at + min(size, self._left)]
        if not part:
            if self.ended:
                return b""
            raise BlockingIOError
        self._at += len(part)
        self._left -= len(part)
        self.served += len(part)
        return part

    def send(self, data: bytes) -> int:
        """Take bytes to be written by flush(). Raises BlockingIOError when too many wait."""
        if self.free_bytes <= 0 and not self.flush():
            raise BlockingIOError
        self._unsent += data
        return len(data)

    def setblocking(self, flag: bool) -> None:  # noqa: FBT001 - the signature of a socket's method
        """Do nothing: the socket never blocks."""

    def fileno(self) -> int:
        """Return the socket's descriptor."""
        return self._socket.fileno()

    def close(self) -> None:
        """Write what can be written at once, and close the socket. Repeatable."""
        if self._socket.fileno() >= 0:
            self.flush()
            with contextlib.suppress(OSError):
                self._socket.close()

    # Packets

    def _next_packet(self) -> bool:
        """Read the fixed header of the next packet; return whether it is there and may be read."""
        head = self._buffer[self._at : self._at + 5]
        length, shift, used = 0, 0, 1
        for byte in head[1:]:
            length |= (byte & 127) << shift
            shift += 7
            used += 1
            if not byte & 128:
                break
        else:
            if len(head) == 5:
                self.fault = Message("The broker sent a packet whose length cannot be read.")
            return False
        kind = head[0] & 0xF0
        if kind == _PUBLISH and length > MAX_PAYLOAD:
            return self._cut(head[0], used, length)
        if kind != _PUBLISH and length > MAX_CONTROL:
            self.fault = Message("The broker sent a packet of {0:,} bytes that is not a message.", length)
            return False
        self._left = used + length
        return True

    def _cut(self, command: int, used: int, length: int) -> bool:
        """Replace a PUBLISH that is too large by one without its payload; return whether its topic has come."""
        start = self._at + used
        end = _end_of_head(self._buffer, command, start, has_properties=self._has_properties)
        if end > len(self._buffer):
            if end - start > MAX_BEFORE_PAYLOAD:
                self.fault = Message("The broker sent a message with {0:,} bytes before its payload.", end - start)
            return False
        kept = end - start
        packet = bytes((command, *_varint(kept))) + self._buffer[start:end]
        available = min(len(self._buffer), start + length)
        self._buffer = packet + self._buffer[available:]
        self._at = 0
        self._discard = start + length - available
        self._left = len(packet)
        self._cut_size = length - kept
        return True


def _varint(number: int) -> bytes:
    """Return a number as MQTT writes lengths."""
    out = bytearray()
    while True:
        number, byte = number >> 7, number & 127
        out.append(byte | (128 if number else 0))
        if not number:
            return bytes(out)


def _small(command: int, content: bytes, *, has_properties: bool) -> Publication | None:
    """Return a message with QoS 0 or 1; None for one with properties, or that is damaged."""
    place = 2 + int.from_bytes(content[:2], "big")
    topic, qos = content[2:place], command >> 1 & 3
    identity = content[place : place + 2] if qos else b""
    place += len(identity)
    if not topic or (qos and (len(identity) < 2 or identity == b"\0\0")):
        return None
    if has_properties:
        if content[place : place + 1] != b"\0":
            return None
        place += 1
    if place > len(content):
        return None
    name, payload = topic.decode("utf-8", "replace"), content[place:]
    number = int.from_bytes(identity, "big")
    return Publication(name, payload, qos, bool(command & 1), bool(command & 8), number=number)


def _end_of_head(buffer: bytes, command: int, start: int, *, has_properties: bool) -> int:
    """Return where the payload of a PUBLISH begins, or a place behind the buffer while that is not known."""
    at = start + 2 + int.from_bytes(buffer[start : start + 2], "big") + (2 if command & 0x06 else 0)
    if len(buffer) < max(at, start + 2):
        return max(at, len(buffer) + 1)
    if not has_properties:
        return at
    length = shift = 0
    for place in range(at, at + 4):
        if place >= len(buffer):
            return len(buffer) + 1
        length |= (buffer[place] & 127) << shift
        shift += 7
        if not buffer[place] & 128:
            return place + 1 + length
    return at + MAX_BEFORE_PAYLOAD + len(buffer)
