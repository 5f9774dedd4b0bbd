"""A small DNS server for SRV records, on a UDP socket of this computer."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Record = tuple[int, int, int, str]
"""Priority, weight, port, target."""
_HEADER = struct.Struct(">6H")
_ANSWER, _NO_SUCH_NAME, _SRV, _INTERNET = 0x8180, 0x8183, 33, 1


class NameServer:
    """``asked`` are the names that were asked for; without ``answers`` it keeps them waiting until it stops."""

    def __init__(self, zone: Mapping[str, Sequence[Record]], *, answers: bool = True) -> None:
        self._zone, self._answers = zone, answers
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._socket.getsockname()
        self.asked: list[str] = []
        self._waiting: list[tuple[bytes, tuple[str, int]]] = []
        self._thread = threading.Thread(target=self._serve)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"", self.address)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            query, sender = self._socket.recvfrom(4096)
            if not query:
                break
            name, end = _name(query, _HEADER.size)
            self.asked.append(name)
            self._waiting.append((self._answer(query, name, end + 4), sender))
            if self._answers:
                self._send()
        self._send()

    def _send(self) -> None:
        for answer, sender in self._waiting:
            self._socket.sendto(answer, sender)
        self._waiting.clear()

    def _answer(self, query: bytes, name: str, end: int) -> bytes:
        records = self._zone.get(name, ())
        number = query[:2]
        flags = _ANSWER if records else _NO_SUCH_NAME
        head = number + struct.pack(">5H", flags, 1, len(records), 0, 0)
        return head + query[_HEADER.size : end] + b"".join(_record(record) for record in records)


def _name(message: bytes, at: int) -> tuple[str, int]:
    labels = []
    while message[at]:
        labels.append(message[at + 1 : at + 1 + message[at]].decode())
        at += 1 + message[at]
    return ".".join(labels).lower(), at + 1


def _record(record: Record) -> bytes:
    priority, weight, port, target = record
    labels = b"".join(bytes([len(label)]) + label.encode() for label in target.split(".") if label) + b"\0"
    data = struct.pack(">3H", priority, weight, port) + labels
    return b"\xc0\x0c" + struct.pack(">2HIH", _SRV, _INTERNET, 60, len(data)) + data


@contextmanager
def name_server(zone: Mapping[str, Sequence[Record]], *, answers: bool = True) -> Iterator[NameServer]:
    """Run a name server."""
    server = NameServer(zone, answers=answers)
    server.start()
    try:
        yield server
    finally:
        server.stop()
