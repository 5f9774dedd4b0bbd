"""JSON lines: a header, then one entry a line, complete and exact. Runs on the caller's thread."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from clacks_monitor.core.files import DocumentError, Fields
from clacks_monitor.core.records import FORMAT, MAX_PLAIN, Weighing, from_record, large_body, pieces, to_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.core.event import Noted
    from clacks_monitor.core.store import EventReader

KIND = "clacks-monitor entries"


def write(reader: EventReader, sequences: Sequence[int], stream: IO[str]) -> Iterator[int]:
    """Write the entries of ``sequences``; yields how many are written so far."""
    marks, comments = frozenset(reader.notes.marks()), reader.notes.comments()
    stream.write(json.dumps({"kind": KIND, "format": FORMAT}) + "\n")
    for number, (sequence, entry) in enumerate(reader.entries(sequences), 1):
        line = _line(to_record(sequence, (entry, sequence in marks, comments.get(sequence, ""))))
        if large := large_body(entry):
            stream.write(f'{line[:-1]},"body_base64":"')
            for piece in pieces(large):
                stream.write(piece)
                yield number - 1
            line = '"}'
        stream.write(line + "\n")
        yield number


def _line(record: dict[str, Any]) -> str:
    """Return a record readable as it is; with escapes where it has what UTF-8 cannot hold (a lone surrogate)."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(record, separators=(",", ":"), allow_nan=False)
    return line


def read(path: Path) -> Iterator[tuple[int, Noted]]:
    """Yield (bytes read so far, entry) of an untrusted file. Raises DocumentError with the line."""
    done = 0
    with path.open("rb") as file:
        number, weighing = 0, Weighing(b",", b"[", b"{")
        while line := file.readline(MAX_PLAIN + 1):
            number += 1
            done += len(line)
            weighing.begin()
            if why_not := weighing.add(line):
                raise DocumentError(f"{path}: line {number} is not read: {why_not}.", line=number)
            if not line.strip():
                continue
            fields = _fields(path, number, line)
            if number == 1:
                _check_header(path, fields)
                continue
            yield done, from_record(fields)
    if done == 0:
        raise DocumentError(f"{path} is empty; it should begin with a line that says {KIND}.")


def _fields(path: Path, number: int, line: bytes) -> Fields:
    try:
        found = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except json.JSONDecodeError as error:
        message = f"{path}: line {number} is no valid JSON: {error.msg} in column {error.colno}."
        raise DocumentError(message, line=number, column=error.colno) from None
    except (UnicodeDecodeError, RecursionError, ValueError):
        raise DocumentError(f"{path}: line {number} is no sensible JSON in UTF-8.", line=number) from None
    if not isinstance(found, dict):
        raise DocumentError(f"{path}: line {number} is no JSON object.", line=number)
    return Fields(found, f"{path}: line {number}")


def _check_header(path: Path, fields: Fields) -> None:
    if fields.raw("kind") != KIND:
        raise DocumentError(f'{path}: the first line does not say "kind": "{KIND}".', line=1)
    number = fields.integer("format", 0)
    if not 1 <= number <= FORMAT:
        message = f"{path} has format {number}; this version knows formats from 1 to {FORMAT}."
        raise DocumentError(message, line=1)
