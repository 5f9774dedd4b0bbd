"""What is no file, what is no capture, and what lies beside one."""

from __future__ import annotations

import os
import socket
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor import captures
from clacks_monitor.captures.layout import PAGE_BYTES as PAGE
from tests.helpers.entries import some_events
from tests.hostile.corpus.captures.case import HostileCapture, afterwards, named, sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.hostile.bait import Lures
    from tests.hostile.corpus.captures.case import Make


def files(lures: Lures) -> Iterator[HostileCapture]:
    """Return all of them."""
    in_its_place: dict[str, Make] = {
        "pipe": os.mkfifo,
        "link to the bait's pipe": lambda path: path.symlink_to(lures.pipe),
        "link to endless zeros": lambda path: path.symlink_to("/dev/zero"),
        "link to itself": lambda path: path.symlink_to(path.name),
        "folder": os.mkdir,
        "missing": lambda _path: None,
        "text": lambda path: path.write_text(lures.img * 1000),
        "pipe as a log": partial(_beside_a_pipe, ending="-wal"),
        "pipe as a journal": partial(_beside_a_pipe, ending="-journal"),
    }
    for name, make in in_its_place.items():
        yield HostileCapture(f"file: {name}", make, "file")
    yield from named("file", _FILES)


def _beside_a_pipe(path: Path, ending: str) -> None:
    sound(path)
    os.mkfifo(path.with_name(path.name + ending))


def _with_journal(path: Path) -> None:
    """A rollback journal that names a file as the one of a larger transaction: SQLite would delete that file."""
    sound(path)
    bait = str(path.with_name("bait")).encode()
    head = bytes.fromhex("d9d505f920a163d7") + b"\x00\x00\x00\x00" + bytes(4) + (26).to_bytes(4, "big")
    head += (512).to_bytes(4, "big") + PAGE.to_bytes(4, "big")
    name = b"\xff\xff\xff\xff" + bait + len(bait).to_bytes(4, "big") + sum(bait).to_bytes(4, "big")
    path.with_name(path.name + "-journal").write_bytes(
        head.ljust(512, b"\0") + name + bytes.fromhex("d9d505f920a163d7")
    )


def _with_log(path: Path) -> None:
    with captures.create(path) as capture:
        capture.append(some_events(50))
        log = path.with_name(path.name + "-wal").read_bytes()
    path.with_name(path.name + "-wal").write_bytes(log[:4_000] + os.urandom(8_000) + log[4_000:])


def _other(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (x)")


def _text(path: Path) -> None:
    path.write_text("SQLite format 3, or so\n" * 1_000)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path)) if len(str(path)) < 100 else path.mkdir()


_FILES: dict[str, Make] = {
    "a pipe": os.mkfifo,
    "a folder": lambda path: path.mkdir(),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to nothing": lambda path: path.symlink_to(path.with_name("nothing")),
    "a socket": _socket,
    "an empty file": lambda path: path.touch(),
    "a text": _text,
    "another SQLite file": _other,
    "a terabyte of holes": afterwards(lambda path: os.truncate(path, 2**40)),
    "a rollback journal beside it": _with_journal,
    "a damaged log beside it": _with_log,
}
