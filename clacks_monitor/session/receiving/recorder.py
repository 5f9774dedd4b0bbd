"""Records raw messages: decodes them, appends them to the capture, counts them, and passes them on.

Entries are on disk before they are passed on, so the view does not show what a killed process would lose. Threads: any
connection's; the capture's lock serializes them.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE, Event, Gap, Problem, ProblemKind
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import CaptureFull, CaptureReadOnlyError, StorageError
from clacks_monitor.session.notices import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml import etree

    from clacks_monitor.core.event import Entry, RawMessage
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.core.summary import Summaries
    from clacks_monitor.forms import Catalogue
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.receiving.counting import Counting


_WAITING = Message("Disk full. New events are held in memory until there is room on the disk.")
_LOSING = Message("Disk and memory buffer are full. Events are being lost. Free up disk space.")
_BROKEN = Message("Events can no longer be stored. Recover the data or start a new capture.")
_READ_ONLY = Message("What is open is read-only: events of connections are not recorded. Begin a new capture for them.")
_STORED_AGAIN = Message("Disk space available again. All waiting events were stored.")
_GONE = Message("The file of the capture was deleted, moved or replaced. Save the capture under a name to keep it.")


def schema_check(catalogue: Catalogue) -> Callable[[etree._Element, str], Problem | None]:
    """Return a decoder's check that asks the catalogue."""

    def check(root: etree._Element, name: str) -> Problem | None:
        text = catalogue.validator.check(root)
        if text is None:
            return None
        known = root[0].tag == f"{{{EVENT_NAMESPACE}}}{name}" and catalogue.get(name) is not None
        return Problem(ProblemKind.BREAKS_SCHEMA if known else ProblemKind.UNKNOWN_TYPE, text)

    return check


class RecordingListener(Protocol):
    """Is called when entries have been stored, on the thread that stored them."""

    def on_stored(self, first: int, entries: Sequence[Entry]) -> None:
        """Handle entries; ``first`` is the sequence number of the first."""
        ...


class Recorder:
    """Appends what arrives to the capture and passes it on to a listener."""

    def __init__(
        self,
        capture: EventStore,
        counting: Counting,
        summaries: Summaries,
        catalogue: Catalogue,
        listener: RecordingListener | None,
        notify: Notify,
    ) -> None:
        self._capture = capture
        self._counting = counting
        self._summaries = summaries
        self._check = schema_check(catalogue)
        self._listener = listener
        self._notify = notify
        self._local = threading.local()
        # Held from append to hand-over, so that batches are handed over in the order of their numbers.
        self._lock = threading.Lock()
        self._failing = ""
        self._full: CaptureFull | None = None
        self._gone = False

    def use_capture(self, capture: EventStore) -> None:
        """Record into another capture."""
        with self._lock:
            self._capture = capture
            self._failing, self._full, self._gone = "", None, False

    def decode(self, raws: Sequence[RawMessage]) -> list[Event]:
        """Turn raw messages into events, with the calling thread's own decoder."""
        decoder: Decoder | None = getattr(self._local, "decoder", None)
        if decoder is None:
            decoder = self._local.decoder = Decoder(self._summaries, self._check)
        return [decoder(raw) for raw in raws]

    def receive(self, raws: Sequence[RawMessage]) -> None:
        """Record messages of a connection."""
        self.store(self.decode(raws))

    def gap(self, gap: Gap) -> None:
        """Record a time in which events could have been missed."""
        self.store([gap])

    def store(self, entries: Sequence[Entry]) -> None:
        """Append entries and pass them on; losses are counted, and a full disk or damaged file is reported once."""
        if not entries:
            return
        with self._lock:
            try:
                first = self._capture.append(entries)
                self._recovered()
                self._look_at_file()
            except CaptureFull as error:
                # Entries that wait in memory for disk space have their numbers and are shown too.
                self._full = error
                self._fail(_WAITING if error.first else _LOSING, str(self._capture.path))
                first = error.first
            except CaptureReadOnlyError:
                self._fail(_READ_ONLY, "")
                return
            except StorageError as error:
                self._fail(_BROKEN, str(error))
                first = 0
            if not first:
                self._counting.drop(sum(isinstance(entry, Event) for entry in entries))
                return
            self._counting.add(entries)
            self._hand_on(first, entries)

    def _hand_on(self, first: int, entries: Sequence[Entry]) -> None:
        if self._listener is not None:
            self._listener.on_stored(first, entries)

    @property
    def waits(self) -> bool:
        """Whether entries wait in memory for disk space."""
        return self._full is not None

    def try_again(self) -> None:
        """Write the waiting entries if there is disk space now, without an event that would cause it. Any thread."""
        with self._lock:
            if self._full is None:
                return
            try:
                following = self._capture.append([])
            except StorageError:
                return
            self._recovered()
            self._hand_on(following, [])

    def _look_at_file(self) -> None:
        """Report once that the file was removed; entries can be appended as long as it is open."""
        was, self._gone = self._gone, self._capture.gone
        if self._gone and not was:
            self._notify([Trouble(_GONE, str(self._capture.path))])

    def _fail(self, text: str, detail: str) -> None:
        if self._failing != text:
            self._failing = text
            self._notify([Trouble(text, detail)])

    def _recovered(self) -> None:
        """Report that events are stored again, and count the gap that the capture has recorded for it."""
        if not self._failing:
            return
        full, self._failing, self._full = self._full, "", None
        if full is None:
            return
        self._counting.add_gap()
        missed = Message("Lost events: {0:,}. The gap in the table shows when.", full.missed) if full.missed else ""
        self._notify([Trouble(_STORED_AGAIN, missed or Message("No events were lost."))])
