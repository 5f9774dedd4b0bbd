"""Files and an address that must not be opened: ``<img src="...">`` of them stands in every foreign text.

    with Bait(tmp_path / "bait") as bait:
        ...show bait.img...
        assert bait.opened() == []

inotify tells each opening of a file, by any process and any library, also by Qt. A reader of a pipe blocks in open(),
which inotify tells only afterwards; that one is found by opening the pipe's other end, and let go. Thread: any.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_OPENED = 0x20
_HEADER = struct.Struct("iIII")
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Lures:
    """What a hostile text names: a pipe, a picture, a web address. A value: the corpus is made from it."""

    pipe: str = "/nowhere/pipe.png"
    picture: str = "/nowhere/picture.png"
    url: str = "http://127.0.0.1:9/picture.png"

    @property
    def img(self) -> str:
        """Rich text that shows all three."""
        return f'<img src="{self.pipe}"><img src="file://{self.picture}"><img src="{self.url}"><b>bold</b>'


class Bait:
    """A folder with a pipe and a picture, and a port; all watched from entering to leaving."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.pipe, self.picture = folder / "pipe.png", folder / "picture.png"
        os.mkfifo(self.pipe)
        self.picture.write_bytes(_picture())

    def __enter__(self) -> Self:
        self._port = socket.create_server(("127.0.0.1", 0))
        self._port.setblocking(False)
        self._notify = _LIBC.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        names = [os.fsencode(path) for path in (self.pipe, self.picture)]
        self._watched = {_LIBC.inotify_add_watch(self._notify, name, _OPENED): name.decode() for name in names}
        if self._notify < 0 or min(self._watched) < 0:
            raise OSError(ctypes.get_errno(), "inotify")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._notify)
        self._port.close()

    @property
    def lures(self) -> Lures:
        """The names of them."""
        port = self._port.getsockname()[1]
        return Lures(str(self.pipe), str(self.picture), f"http://127.0.0.1:{port}/picture.png")

    def opened(self) -> list[str]:
        """Return what was opened since this was last asked, and let go whoever waits for the pipe's other end."""
        found = self._told()
        if self._reader_waits():
            found.append(str(self.pipe))
            self._told()  # our own opening of it
        try:
            self._port.accept()[0].close()
            found.append(self.lures.url)
        except BlockingIOError:
            pass
        return sorted(set(found))

    def _reader_waits(self) -> bool:
        try:
            os.close(os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            return False  # ENXIO: there is no reader
        return True

    def _told(self) -> list[str]:
        found, data = [], b""
        try:
            while piece := os.read(self._notify, 65536):
                data += piece
        except BlockingIOError:
            pass
        while data:
            watch, _mask, _cookie, length = _HEADER.unpack_from(data)
            found.append(self._watched.get(watch, "more than could be counted"))
            data = data[_HEADER.size + length :]
        return found


def _picture() -> bytes:
    """Return a PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
