"""Writes marks, comments and snapshots. Any thread, under the file's lock."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.storage.encoding import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.captures.capture_file import CaptureFile
    from clacks_monitor.core.store import SnapshotKind

_NOTE = (
    "INSERT INTO note (seq, mark, comment, changed) VALUES (?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET"
    " mark = excluded.mark, comment = excluded.comment, changed = excluded.changed"
)
_MARK = (
    "INSERT INTO note (seq, mark, comment, changed) VALUES (?, ?, ?, ?) ON CONFLICT (seq) DO UPDATE SET"
    " mark = excluded.mark, changed = excluded.changed"
)
_UNUSED = "DELETE FROM note WHERE seq = ? AND mark = 0 AND comment = ''"


class SqlNoteWriter:
    """Implements core.store.NoteWriter, where its methods are described."""

    def __init__(self, file: CaptureFile) -> None:
        self._file = file

    def annotate(self, sequence: int, *, mark: bool | None = None, comment: str | None = None) -> None:
        file = self._file
        with file.writing() as db:
            if db.execute("SELECT 1 FROM entry WHERE seq = ?", (sequence,)).fetchone() is None:
                raise CaptureError(f"{file.path} has no entry {sequence}.")
            row = db.execute("SELECT mark, comment FROM note WHERE seq = ?", (sequence,)).fetchone() or (0, "")
            marked = bool(row[0]) if mark is None else mark
            text = str(row[1]) if comment is None else clean(comment)
            if marked or text:
                file.write((_NOTE, [(sequence, int(marked), text, time.time_ns())]))
            else:
                file.write(("DELETE FROM note WHERE seq = ?", [(sequence,)]))

    def mark_all(self, sequences: Iterable[int], *, mark: bool) -> None:
        now, marked = time.time_ns(), list(sequences)
        self._file.write(
            (_MARK, [(sequence, int(mark), "", now) for sequence in marked]),
            (_UNUSED, [] if mark else [(sequence,) for sequence in marked]),
        )

    def annotate_all(self, notes: Iterable[tuple[int, bool, str]]) -> None:
        now = time.time_ns()
        rows = [(sequence, int(mark), clean(comment), now) for sequence, mark, comment in notes]
        self._file.write((_NOTE, rows))

    def snapshot(self, kind: SnapshotKind, name: str, content: bytes, *, taken_ns: int = 0) -> None:
        digest = hashlib.sha256(content).hexdigest()
        self._file.write(
            (
                "INSERT OR IGNORE INTO snapshot (kind, name, taken, digest, content) VALUES (?, ?, ?, ?, ?)",
                [(kind, clean(name), taken_ns or time.time_ns(), digest, content)],
            )
        )
