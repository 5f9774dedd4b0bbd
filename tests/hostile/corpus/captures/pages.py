"""Damaged bytes, and pages that lead to each other without end."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.captures.layout import PAGE_BYTES as PAGE
from tests.hostile.corpus.captures.case import HostileCapture, afterwards, named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.hostile.corpus.captures.case import Make


def pages(seed: int) -> Iterator[HostileCapture]:
    """Return all of them."""
    yield from _damaged(seed)
    yield from named("page", dict(_led_astray(seed)))


def _damaged(seed: int) -> Iterator[HostileCapture]:
    for name, make in {"holes": _holes, "pages": _some_pages, "links": _links}.items():
        for number in range(3):
            chance = random.Random(f"{seed} {name} {number}")
            yield HostileCapture(f"damaged {name} {number + 1}", afterwards(partial(make, chance=chance)), "damage")
    changes: dict[str, Make] = {
        "beginning overwritten": partial(_written, at=0, data=bytes(100)),
        "first page overwritten": partial(_written, at=0, data=b"\xff" * PAGE),
        "page size of 1": partial(_written, at=16, data=b"\x00\x01"),
        "cut off in the middle": lambda path: os.truncate(path, path.stat().st_size // 2),
        "cut off after 50 bytes": lambda path: os.truncate(path, 50),
        "empty": lambda path: os.truncate(path, 0),
        "a terabyte of nothing": lambda path: os.truncate(path, 2**40),
        "log of strangers": _beside("-wal", b"\x37\x7f\x06\x82" * 50_000),
        "journal of strangers": _beside("-journal", bytes.fromhex("d9d505f920a163d7") + b"\xff" * 100_000),
    }
    for name, change in changes.items():
        yield HostileCapture(name, afterwards(change), "damage")


def _written(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def _holes(path: Path, chance: random.Random) -> None:
    size = path.stat().st_size
    for _ in range(40):
        _written(path, chance.randrange(100, size), chance.randbytes(chance.randint(1, 60)))


def _some_pages(path: Path, chance: random.Random) -> None:
    size = path.stat().st_size
    for _ in range(4):
        _written(path, chance.randrange(1, size // PAGE) * PAGE, chance.randbytes(PAGE))


def _links(path: Path, chance: random.Random) -> None:
    """Write page numbers over the beginnings of pages: trees that contain themselves."""
    size = path.stat().st_size
    for page in range(1, size // PAGE):
        if chance.random() < 0.3:
            _written(path, page * PAGE + 8, chance.randrange(1, size // PAGE).to_bytes(4, "big"))


def _beside(ending: str, data: bytes) -> Make:
    return lambda path: path.with_name(path.name + ending).write_bytes(data)


def _bytes(change: Callable[[bytearray], None]) -> Make:
    def changed(path: Path) -> None:
        content = bytearray(path.read_bytes())
        change(content)
        path.write_bytes(content)

    return afterwards(changed)


def _root(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])


def _endless(table: str, depth: int) -> Make:
    """Pages above a table's rows that lead to the next level many times each: few pages, 400 ** depth leaves."""

    def change(path: Path) -> None:
        root = _root(path, table)
        content = bytearray(path.read_bytes())
        leaf = len(content) // PAGE + 1
        content += content[(root - 1) * PAGE : root * PAGE]
        for level in range(depth):
            below = leaf + level
            cells = b"".join(below.to_bytes(4, "big") + b"\x01" for _ in range(400))
            start = PAGE - len(cells)
            head = b"\x05" + bytes(2) + (400).to_bytes(2, "big") + start.to_bytes(2, "big") + b"\x00"
            head += below.to_bytes(4, "big")
            head += b"".join((start + 5 * n).to_bytes(2, "big") for n in range(400))
            page = head.ljust(start, b"\0") + cells
            if level == depth - 1:
                content[(root - 1) * PAGE : root * PAGE] = page
            else:
                content += page
        content[28:32] = (len(content) // PAGE).to_bytes(4, "big")
        content[92:96] = content[24:28]
        path.write_bytes(content)

    return afterwards(change)


def _to_itself(table: str) -> Make:
    def change(path: Path) -> None:
        root = _root(path, table)
        content = bytearray(path.read_bytes())
        page = b"\x05" + bytes(4) + PAGE.to_bytes(2, "big") + b"\x00" + root.to_bytes(4, "big")
        content[(root - 1) * PAGE : root * PAGE] = page.ljust(PAGE, b"\0")
        path.write_bytes(content)

    return afterwards(change)


def _led_astray(seed: int) -> Iterator[tuple[str, Make]]:
    for table in ("entry", "body", "tally", "gap", "note", "source", "type", "meta", "snapshot"):
        yield f"{table} leads to itself", _to_itself(table)
    for table in ("entry", "body", "gap", "note", "type"):
        yield f"{table} never ends", _endless(table, 6)
    for number in range(16):
        yield f"noise {number}", _noise(random.Random(seed * 1000 + number))
    yield "cut in the middle", _bytes(lambda content: content.__delitem__(slice(len(content) // 2, None)))
    yield "without its first page", _bytes(lambda content: content.__setitem__(slice(0, PAGE), os.urandom(PAGE)))
    yield "with pages of another size", _bytes(lambda content: content.__setitem__(slice(16, 18), b"\x02\x00"))
    yield "with texts of two bytes", _bytes(lambda content: content.__setitem__(slice(56, 60), b"\0\0\0\2"))


def _noise(chance: random.Random) -> Make:
    def change(content: bytearray) -> None:
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content))
            content[at : at + 200] = chance.randbytes(min(chance.randint(1, 200), len(content) - at))

    return _bytes(change)
