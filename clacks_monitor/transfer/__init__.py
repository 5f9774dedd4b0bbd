"""Export and import: XML and JSON lines exactly and both ways, CSV and HTML for other programs' eyes.

Long work is a generator of Progress on the caller's thread: closing it cancels, and a file appears under its name only
when it is complete.
"""

from __future__ import annotations

import io
import os
import time
from enum import StrEnum
from itertools import islice
from typing import IO, TYPE_CHECKING

from clacks_monitor.core.columns import DEFAULT_COLUMNS, AnyColumn
from clacks_monitor.core.event import footprint
from clacks_monitor.core.files import sync_folder
from clacks_monitor.core.progress import Progress, Work
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.transfer import json_lines, table, xml_document
from clacks_monitor.transfer.table import TableTexts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.core.event import Noted
    from clacks_monitor.core.store import EventReader, EventStore

__all__ = ["ExportFormat", "TableTexts", "as_text", "export_entries", "import_entries"]

BATCH = 1000
MAX_TEXT = 8 * 1024 * 1024
"""Bytes of bodies that the clipboard gets at most: other programs choke on more."""
_REPORT_S = 0.02


class ExportFormat(StrEnum):
    """The formats; the value is the file's suffix without the dot."""

    XML = "xml"
    JSON_LINES = "jsonl"
    CSV = "csv"
    HTML = "html"


def _writer(
    form: ExportFormat,
    reader: EventReader,
    sequences: Sequence[int],
    stream: IO[str],
    columns: Sequence[AnyColumn],
    texts: TableTexts,
    *,
    bodies: bool,
) -> Iterator[int]:
    if form is ExportFormat.XML:
        return xml_document.write(reader, sequences, stream)
    if form is ExportFormat.JSON_LINES:
        return json_lines.write(reader, sequences, stream)
    if form is ExportFormat.CSV:
        return table.write_csv(reader, sequences, stream, columns=columns, headings=texts.columns)
    return table.write_html(reader, sequences, stream, columns=columns, texts=texts, bodies=bodies)


def export_entries(
    reader: EventReader,
    sequences: Sequence[int],
    path: Path,
    form: ExportFormat,
    *,
    columns: Sequence[AnyColumn] = DEFAULT_COLUMNS,
    texts: TableTexts | None = None,
    bodies: bool = False,
) -> Work:
    """Write the entries of ``sequences``, in that order, to ``path``, replacing what is there.

    ``columns`` and ``texts`` are for CSV and HTML, ``bodies`` for HTML. Raises StorageError.
    """
    working = path.with_name(f".{path.name}.unfinished")
    total = len(sequences)
    try:
        with working.open("w", encoding="utf-8", newline="") as stream:
            used = texts or TableTexts()
            yield Progress(0, total)
            reported = 0.0
            for done in _writer(form, reader, sequences, stream, columns, used, bodies=bodies):
                if time.monotonic() - reported >= _REPORT_S:
                    reported = time.monotonic()
                    yield Progress(done, total)
            stream.flush()
            os.fsync(stream.fileno())
        working.replace(path)
        sync_folder(path.parent)
        yield Progress(total, total)
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        working.unlink(missing_ok=True)


def as_text(
    reader: EventReader,
    sequences: Sequence[int],
    form: ExportFormat,
    *,
    columns: Sequence[AnyColumn] = DEFAULT_COLUMNS,
) -> tuple[str, int]:
    """Return the first entries as text, for the clipboard, and how many they are: as many as fit into MAX_TEXT."""
    count = _fitting(reader, sequences) if form in {ExportFormat.XML, ExportFormat.JSON_LINES} else len(sequences)
    stream = io.StringIO(newline="")
    for _done in _writer(form, reader, sequences[:count], stream, columns, TableTexts(), bodies=False):
        if stream.tell() > 4 * MAX_TEXT:  # which only a file can come to whose sizes are not those of its bodies
            raise StorageError("There is more than the clipboard takes.")
    return stream.getvalue(), count


def _fitting(reader: EventReader, sequences: Sequence[int]) -> int:
    """Return how many of the first entries have bodies of MAX_TEXT bytes together at most."""
    count = size = 0
    for start in range(0, len(sequences), BATCH):
        part = sequences[start : start + BATCH]
        sizes = {row.sequence: row.size for row in reader.rows(part)}
        for sequence in part:
            size += sizes.get(sequence, 0)
            if size > MAX_TEXT:
                return count
            count += 1
    return count


def _batch(entries: Iterator[tuple[int, Noted]]) -> list[tuple[int, Noted]]:
    """Return the next entries to be stored together: not many, and not large ones."""
    batch: list[tuple[int, Noted]] = []
    size = 0
    for found in islice(entries, BATCH):
        batch.append(found)
        size += footprint(found[1][0])
        if size > MAX_TEXT:
            break
    return batch


def import_entries(path: Path, capture: EventStore) -> Work:
    """Append the entries of an XML or JSON lines file with their notes to ``capture``; progress counts bytes.

    Its first character determines which of the two it is. Raises DocumentError with the line for what is wrong in the
    file: what came before stays in the capture (import into a new one, extract.unfinished(), to have all or nothing).
    """
    try:
        total = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        entries = xml_document.read(path) if start.startswith(b"<") else json_lines.read(path)
        yield Progress(0, total)
        while batch := _batch(entries):
            first = capture.append([noted[0] for _bytes, noted in batch])
            notes = [(first + n, mark, comment) for n, (_b, (_e, mark, comment)) in enumerate(batch) if mark or comment]
            if notes:
                capture.notes.annotate_all(notes)
            yield Progress(batch[-1][0], total)
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"{path} cannot be read: {error.strerror or error}.") from error
