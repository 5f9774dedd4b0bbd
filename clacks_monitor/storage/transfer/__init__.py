"""Export and import: XML and JSON lines exactly and both ways, CSV and HTML for other programs' eyes.

Long work is a generator of Progress on the caller's thread: closing it cancels, and a file appears under its name only
when it is complete.
"""

from __future__ import annotations

import io
import os
from enum import StrEnum
from itertools import islice
from typing import IO, TYPE_CHECKING

from clacks_monitor.core.columns import DEFAULT_COLUMNS, AnyColumn
from clacks_monitor.storage.errors import StorageError
from clacks_monitor.storage.files import sync_folder
from clacks_monitor.storage.progress import Progress, Work
from clacks_monitor.storage.transfer import json_lines, table, xml_document
from clacks_monitor.storage.transfer.table import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.storage.capture import Capture, CaptureReader

__all__ = ["ExportFormat", "Words", "as_text", "export_entries", "import_entries"]

BATCH = 1000
_REPORT_EVERY = 100


class ExportFormat(StrEnum):
    """The formats; the value is the file's suffix without the dot."""

    XML = "xml"
    JSON_LINES = "jsonl"
    CSV = "csv"
    HTML = "html"


def _writer(
    form: ExportFormat,
    reader: CaptureReader,
    sequences: Sequence[int],
    stream: IO[str],
    columns: Sequence[AnyColumn],
    words: Words,
    *,
    bodies: bool,
) -> Iterator[int]:
    if form is ExportFormat.XML:
        return xml_document.write(reader, sequences, stream)
    if form is ExportFormat.JSON_LINES:
        return json_lines.write(reader, sequences, stream)
    if form is ExportFormat.CSV:
        return table.write_csv(reader, sequences, stream, columns=columns, headings=words.columns)
    return table.write_html(reader, sequences, stream, columns=columns, words=words, bodies=bodies)


def export_entries(
    reader: CaptureReader,
    sequences: Sequence[int],
    path: Path,
    form: ExportFormat,
    *,
    columns: Sequence[AnyColumn] = DEFAULT_COLUMNS,
    words: Words | None = None,
    bodies: bool = False,
) -> Work:
    """Write the entries of ``sequences``, in that order, to ``path``, replacing what is there.

    ``columns`` and ``words`` are for CSV and HTML, ``bodies`` for HTML. Raises StorageError.
    """
    working = path.with_name(f".{path.name}.unfinished")
    total = len(sequences)
    try:
        with working.open("w", encoding="utf-8", newline="") as stream:
            said = words or Words()
            yield Progress(0, total)
            for done in _writer(form, reader, sequences, stream, columns, said, bodies=bodies):
                if done % _REPORT_EVERY == 0:
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
    reader: CaptureReader,
    sequences: Sequence[int],
    form: ExportFormat,
    *,
    columns: Sequence[AnyColumn] = DEFAULT_COLUMNS,
) -> str:
    """Return the entries as text, for the clipboard."""
    stream = io.StringIO(newline="")
    for _done in _writer(form, reader, sequences, stream, columns, Words(), bodies=False):
        pass
    return stream.getvalue()


def import_entries(path: Path, capture: Capture) -> Work:
    """Append the entries of an XML or JSON lines file with their notes to ``capture``; progress counts bytes.

    Which of the two it is, its first character says. Raises DocumentError with the line for what is wrong in the
    file: what came before stays in the capture (import into a new one, extract.unfinished(), to have all or nothing).
    """
    try:
        total = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
        entries = xml_document.read(path) if start.startswith(b"<") else json_lines.read(path)
        yield Progress(0, total)
        while batch := list(islice(entries, BATCH)):
            first = capture.append([noted[0] for _bytes, noted in batch])
            notes = [(first + n, mark, words) for n, (_b, (_e, mark, words)) in enumerate(batch) if mark or words]
            if notes:
                capture.annotate_all(notes)
            yield Progress(batch[-1][0], total)
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"{path} cannot be read: {error.strerror or error}.") from error
