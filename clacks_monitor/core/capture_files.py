"""The port of stores that are files: making, opening, merging, splitting and recovering them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clacks_monitor.core.progress import Work
    from clacks_monitor.core.store import EventReader, EventStore


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """The result: ``saved`` entries in ``path``; ``lost`` spans of (first, last) sequence numbers, included.

    ``notes`` are sentences about other damage.
    """

    path: Path
    saved: int
    lost: tuple[tuple[int, int], ...]
    notes: tuple[str, ...]


class CaptureFiles(Protocol):
    """Operations on stores that are files. A module of functions implements it."""

    @property
    def __name__(self) -> str:
        """The module's name, by which another process imports it."""

    def create(self, path: Path, /) -> EventStore:
        """Make a new, empty store. Raises CaptureError where there is a file already or none can be."""

    def open_capture(self, path: Path, /) -> EventStore:
        """Open an existing store for appending; one of an older format is brought up to date. Raises CaptureError."""

    def open_readonly(self, path: Path | str, /) -> EventStore:
        """Open a store for looking only, also while another process writes to it. Raises CaptureError."""

    def create_temporary(self, folder: Path, /) -> EventStore:
        """Make a store in ``folder`` that close() removes unless save_as() kept it. Raises CaptureError."""

    def abandoned(self, folder: Path, /) -> list[Path]:
        """Return the temporary stores in ``folder`` whose process has ended without closing them, newest first."""

    def remove(self, path: Path, /) -> None:
        """Remove a store with all its files. Raises CaptureError."""

    def remove_left(self, folder: Path, /) -> None:
        """Remove what recoveries that were killed have left on the disk, as noted in ``folder``."""

    def save_selection(self, reader: EventReader, sequences: Sequence[int], path: Path, /) -> Work:
        """Write the entries of ``sequences``, in that order, with their notes and all snapshots to a new store."""

    def merge(self, readers: Sequence[EventReader], path: Path, /) -> Work:
        """Write the entries of several stores, ordered by arrival time, to a new one."""

    def split(self, reader: EventReader, at_ns: int, before: Path, after: Path, /) -> Work:
        """Write what arrived before ``at_ns`` (wall clock) to one new store, the rest to another."""

    def recover(
        self,
        damaged: Path,
        target: Path,
        /,
        *,
        progress: Callable[[int, int], bool] | None = None,
        noted_in: Path | None = None,
    ) -> RecoveryReport:
        """Write what can be read of ``damaged`` to a new store. Raises CaptureError, ReadingStoppedError.

        ``progress(done, total)`` gets entries and returns False to cancel. ``noted_in`` is a folder in which a program
        that is killed leaves where it worked, for remove_left().
        """
