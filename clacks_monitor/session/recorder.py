"""From raw messages to the capture: decode, append, count, pass on.

Runs on whatever connection's thread calls it; the capture's own lock makes it one writer. What was passed on is on
disk: the view never shows what a killed process would lose.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE, Gap, Problem, ProblemKind
from clacks_monitor.storage import Capture, CaptureFull, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml import etree

    from clacks_monitor.core.event import Entry, Event, RawMessage
    from clacks_monitor.core.summary import Summaries
    from clacks_monitor.forms import Catalogue
    from clacks_monitor.session.counting import Counting


def schema_check(catalogue: Catalogue) -> Callable[[etree._Element, str], Problem | None]:
    """Return a decoder's check that asks the catalogue."""

    def check(root: etree._Element, name: str) -> Problem | None:
        words = catalogue.check(root)
        if words is None:
            return None
        known = root[0].tag == f"{{{EVENT_NAMESPACE}}}{name}" and catalogue.get(name) is not None
        return Problem(ProblemKind.BREAKS_SCHEMA if known else ProblemKind.UNKNOWN_TYPE, words)

    return check


class Recorder:
    """Writes what arrives into the capture and tells who wants to know."""

    def __init__(
        self,
        capture: Capture,
        counting: Counting,
        summaries: Summaries,
        catalogue: Catalogue,
        *,
        stored: Callable[[int, Sequence[Entry]], None],
        trouble: Callable[[str, str], None],
    ) -> None:
        self._capture = capture
        self._counting = counting
        self._summaries = summaries
        self._check = schema_check(catalogue)
        self._stored = stored
        self._trouble = trouble
        self._local = threading.local()
        # Held from append to hand-over, so that batches are handed over in the order of their numbers.
        self._lock = threading.Lock()
        self._full = False

    def use(self, capture: Capture) -> None:
        """Go on in another capture."""
        with self._lock:
            self._capture = capture
            self._full = False

    def decode(self, raws: Sequence[RawMessage]) -> list[Event]:
        """Turn raw messages into events, with the calling thread's own decoder."""
        decoder: Decoder | None = getattr(self._local, "decoder", None)
        if decoder is None:
            decoder = self._local.decoder = Decoder(self._summaries, self._check)
        return [decoder(raw) for raw in raws]

    def receive(self, raws: Sequence[RawMessage]) -> None:
        """Take what arrived on a connection."""
        self.store(self.decode(raws))

    def gap(self, gap: Gap) -> None:
        """Take note of a time in which events could have been missed."""
        self.store([gap])

    def store(self, entries: Sequence[Entry]) -> None:
        """Append entries and pass them on; a full disk or a damaged file is told once, and counted."""
        if not entries:
            return
        with self._lock:
            try:
                first = self._capture.append(entries)
                self._full = False
            except CaptureFull as error:
                # What waits in memory for room on the disk has its number and is shown all the same.
                self._tell_once(error)
                first = error.first
            except StorageError as error:
                self._tell_once(error)
                first = 0
            if not first:
                self._counting.drop(len(entries))
                return
            self._counting.add(entries)
            self._stored(first, entries)

    def _tell_once(self, error: StorageError) -> None:
        if not self._full:
            self._full = True
            self._trouble("Events can no longer be stored.", str(error))
