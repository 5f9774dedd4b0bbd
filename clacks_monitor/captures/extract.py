"""New captures out of others: what a filter shows, two merged by time, one split by time.

Each function is a generator of Progress on the caller's thread; closing it cancels and leaves nothing behind. The new
file appears under its name only when it is complete.
"""

from __future__ import annotations

import contextlib
import heapq
from itertools import islice
from typing import TYPE_CHECKING

from clacks_monitor.captures import temporary
from clacks_monitor.captures.files import create
from clacks_monitor.core.progress import Progress, Work
from clacks_monitor.core.storage_errors import CaptureError, StorageError
from clacks_monitor.core.store import EventReader, Snapshot, SnapshotKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.event import Noted
    from clacks_monitor.core.store import NoteReader

BATCH = 2000


@contextlib.contextmanager
def unfinished(path: Path) -> Iterator[Capture]:
    """Give a new capture that takes the name ``path`` at the end, or vanishes after an error. Raises CaptureError."""
    working = path.with_name(f".{path.name}.unfinished")
    temporary.remove(working)
    capture = create(working)
    try:
        yield capture
        capture.close()
        temporary.remove(path)
        working.replace(path)
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise CaptureError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        capture.close()
        temporary.remove(working)


def save_selection(reader: EventReader, sequences: Sequence[int], path: Path) -> Work:
    """Write the entries of ``sequences``, in that order, with their notes and all snapshots to a new capture."""
    with unfinished(path) as capture:
        copy_snapshots([reader.notes], capture)
        yield from append_noted(capture, noted(reader, sequences), len(sequences))


def merge(readers: Sequence[EventReader], path: Path) -> Work:
    """Write the entries of several captures, ordered by arrival time, to a new one.

    Entries of one capture keep their order among themselves. Nothing is taken for a duplicate: two monitors that
    recorded the same event both did receive it.
    """
    with unfinished(path) as capture:
        copy_snapshots([reader.notes for reader in readers], capture)
        streams = [noted(reader, _all(reader)) for reader in readers]
        ordered = heapq.merge(*streams, key=lambda item: item[0].wall_ns)
        yield from append_noted(capture, ordered, sum(reader.count() for reader in readers))


def split(reader: EventReader, at_ns: int, before: Path, after: Path) -> Work:
    """Write what arrived before ``at_ns`` (wall clock) to one new capture, the rest to another."""
    boundary = reader.sequence_at(at_ns)
    first, last = reader.bounds()
    found = reader.rows([boundary]) if last else []
    if found and max(found[0].wall_ns, found[0].until_ns) < at_ns:
        boundary = last + 1
    with unfinished(before) as early, unfinished(after) as late:
        for capture in (early, late):
            copy_snapshots([reader.notes], capture)
        total = reader.count()
        done = 0
        for step in append_noted(early, noted(reader, range(first, boundary)), total):
            done = step.done
            yield step
        for step in append_noted(late, noted(reader, range(boundary, last + 1)), total):
            yield Progress(done + step.done, total)


def _all(reader: EventReader) -> range:
    first, last = reader.bounds()
    return range(first, last + 1)


def noted(reader: EventReader, sequences: Iterable[int]) -> Iterator[Noted]:
    """Yield entries with their marks and comments."""
    marks, comments = frozenset(reader.notes.marks()), reader.notes.comments()
    for sequence, entry in reader.entries(sequences):
        yield entry, sequence in marks, comments.get(sequence, "")


def copy_snapshots(sources: Iterable[NoteReader], capture: Capture) -> int:
    """Take over what captures remember of connections, schemas and profiles; return how many."""
    count = 0
    for notes in sources:
        for kind in SnapshotKind:
            for found in notes.snapshots(kind):
                _copy_snapshot(capture, found)
                count += 1
    return count


def _copy_snapshot(capture: Capture, found: Snapshot) -> None:
    capture.notes.snapshot(found.kind, found.name, found.content, taken_ns=found.taken_ns)


def append_noted(capture: Capture, entries: Iterator[Noted], total: int) -> Work:
    """Append entries with their notes in batches, one transaction each; yields how far it is."""
    done = 0
    yield Progress(0, total)
    while batch := list(islice(entries, BATCH)):
        first = capture.append([entry for entry, _mark, _comment in batch])
        notes = [(first + n, mark, comment) for n, (_entry, mark, comment) in enumerate(batch) if mark or comment]
        if notes:
            capture.notes.annotate_all(notes)
        done += len(batch)
        yield Progress(done, total)
