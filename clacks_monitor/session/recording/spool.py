"""A folder of capture files in which entries wait while the store is away, and from which they are poured into it.

Each file holds so many entries as can be removed at once: it is deleted when all of it is in the store. A process that
is killed in between finds the rest, and asks the store for what it has of the first ones. Thread: the recorder's.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from clacks_monitor.core.event import Event, Gap, GapCause, footprint
from clacks_monitor.core.messages import counted
from clacks_monitor.core.storage_errors import CaptureFull
from clacks_monitor.session.recording.sources import MAX_BATCH, MAX_BATCH_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.store import EventReader, EventStore

FILE_ENTRIES = 20_000
FILE_BYTES = 64 * 1024 * 1024
"""After so much another file is begun."""
_NAME = re.compile(r"spool-(\d{8})\.capture")


class SpoolLosses:
    """Events that were lost: ``count`` since the last gap that says so, ``in_all`` altogether."""

    def __init__(self) -> None:
        self.count = self.in_all = 0
        self._since = self._until = 0

    def add(self, entries: Sequence[Entry]) -> None:
        """Count the events among entries that were not stored."""
        if not self.count:
            self._since = entries[0].wall_ns if entries else time.time_ns()
        lost = sum(isinstance(entry, Event) for entry in entries)
        self.count += lost
        self.in_all += lost
        self._until = time.time_ns()

    def gap(self) -> Gap:
        """Return the gap that reports them."""
        lost = counted(self.count, "event was lost", "events were lost")
        text = f"The store was away and the spool full; {lost}."
        return Gap("", self._since, max(self._since, self._until), GapCause.DISK_FULL, text, self.count)

    def forget(self) -> None:
        """Begin anew: the gap is stored."""
        self.count = 0


class Spool:
    """Entries in the order in which they came. Methods raise CaptureError.

    ``losses`` are the events for which there was no room.
    """

    def __init__(self, files: CaptureFiles, folder: Path, max_bytes: int) -> None:
        """Continue what is in ``folder``, which is made if it does not exist."""
        self._files, self._folder, self._max_bytes = files, folder, max_bytes
        folder.mkdir(parents=True, exist_ok=True)
        self._numbers = sorted(int(found[1]) for path in folder.iterdir() if (found := _NAME.fullmatch(path.name)))
        self._next = self._numbers[-1] + 1 if self._numbers else 1
        self._writer: EventStore | None = None
        self._written = 0
        self._oldest: EventStore | None = None
        self._reader: EventReader | None = None
        self._poured = 0
        self.losses = SpoolLosses()
        self.entries = sum(map(self._count, self._numbers))

    def _path(self, number: int) -> Path:
        return self._folder / f"spool-{number:08}.capture"

    def _count(self, number: int) -> int:
        with self._files.open_readonly(self._path(number)) as store, store.reader() as reader:
            return reader.count()

    def is_empty(self) -> bool:
        """Whether nothing waits, not even a gap."""
        return not self.entries and not self.losses.count

    def size(self) -> int:
        """Return how many bytes the files take."""
        return sum(path.stat().st_size for path in self._folder.glob("spool-*"))

    def append(self, entries: Sequence[Entry]) -> None:
        """Store entries; those for which there is no room are counted, and a gap says so as soon as there is some."""
        if self.size() >= self._max_bytes:
            self.losses.add(entries)
            return
        try:
            writer = self._open_writer()
            if self.losses.count:
                writer.append([self.losses.gap()])
                self._note(1)
                self.losses.forget()
            writer.append(entries)
        except CaptureFull as error:
            if not error.first:
                self.losses.add(entries)
                return
        self._note(len(entries))

    def _note(self, count: int) -> None:
        self.entries += count
        self._written += count

    def _open_writer(self) -> EventStore:
        if self._writer is not None and (self._written >= FILE_ENTRIES or self._writer.size() >= FILE_BYTES):
            self._writer.close()
            self._writer = None
        if self._writer is None:
            self._writer = self._files.create(self._path(self._next))
            self._numbers.append(self._next)
            self._next += 1
            self._written = 0
        return self._writer

    def first(self) -> list[Entry]:
        """Return the oldest entries, as many as are stored in one transaction; only what was lost may be left."""
        if not self.entries and self.losses.count:
            return [self.losses.gap()]
        found: list[Entry] = []
        size = 0
        while self._numbers and not found:
            reader = self._open_reader()
            for _sequence, entry in reader.entries(range(self._poured + 1, self._poured + 1 + MAX_BATCH)):
                found.append(entry)
                size += footprint(entry)
                if size >= MAX_BATCH_BYTES:
                    break
            if not found:
                self._remove_oldest()
        return found

    def _open_reader(self) -> EventReader:
        if self._reader is None:
            number = self._numbers[0]
            if self._writer is not None and number == self._next - 1:
                self._reader = self._writer.reader()
            else:
                self._oldest = self._files.open_readonly(self._path(number))
                self._reader = self._oldest.reader()
        return self._reader

    def poured(self, count: int) -> None:
        """Forget so many of the oldest entries: they are in the store."""
        if not self.entries:
            self.losses.forget()
            return
        self._poured += count
        self.entries -= count
        if not self.entries:
            while self._numbers:
                self._remove_oldest()

    def _remove_oldest(self) -> None:
        number = self._numbers.pop(0)
        self._close_reader()
        if self._writer is not None and number == self._next - 1:
            self._writer.close()
            self._writer = None
        self._files.remove(self._path(number))
        self._poured = 0

    def _close_reader(self) -> None:
        if self._reader is not None:
            self._reader.close()
        if self._oldest is not None:
            self._oldest.close()
        self._reader = self._oldest = None

    def newest(self, count: int) -> list[Entry]:
        """Return up to so many of the newest entries, oldest first."""
        found: list[Entry] = []
        for number in reversed(self._numbers):
            if len(found) >= count:
                break
            with self._files.open_readonly(self._path(number)) as store, store.reader() as reader:
                last = reader.last_sequence()
                first = max(1, last - (count - len(found)) + 1)
                found = [*(entry for _sequence, entry in reader.entries(range(first, last + 1))), *found]
        return found

    def close(self) -> None:
        """Close the files; what waits in them stays."""
        self._close_reader()
        if self._writer is not None:
            self._writer.close()
        self._writer = None
