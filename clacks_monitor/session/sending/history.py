"""The history of sent events and their outcomes. Owner: the session's thread; any thread may search.

Its file is written on a thread of its own, so that sending never waits for a disk.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.config import Saver, SentEvent
from clacks_monitor.config.sent_log import MAX_BODY
from clacks_monitor.core.messages import reason
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.config import SentLog
    from clacks_monitor.core.sending import SendResult

__all__ = ["SendHistory", "SentEvent"]


class SendHistory:
    """Records sent events in a log. A log that cannot be used never stops sending: ``problem`` says why it failed."""

    def __init__(self, log: SentLog) -> None:
        self._log = log
        self._saver = Saver(lambda _error: None)
        self._records: dict[int, int] = {}
        """The log's id of each event whose final outcome is not known yet, by ticket. Of the thread that writes."""
        self.problem = log.problem

    def stop(self) -> list[threading.Thread]:
        """Return the thread that writes as long as something waits to be written."""
        return self._saver.stop()

    def close(self) -> None:
        """Close the log's file."""
        self._log.close()

    def record(self, ticket: int, sent: SentEvent) -> None:
        """Record an event; its outcome is added by settle()."""

        def add() -> None:
            self._records[ticket] = self._log.add(sent).id

        self._write(add)

    def record_burst(self, sent: SentEvent) -> None:
        """Record a burst that has ended as one entry, whose summary says how it went."""
        self._write(lambda: self._log.add(sent))

    def settle(self, result: SendResult) -> None:
        """Add the outcome of an event."""

        def settle() -> None:
            record = self._records.pop(result.ticket, None) if result.final else self._records.get(result.ticket)
            if record is not None:
                self._log.settle(record, result)

        self._write(settle)

    def _write(self, write: Callable[[], object]) -> None:
        """Have something written after everything else that waits."""

        def guarded() -> None:
            try:
                write()
            except StorageError as error:
                self.problem = str(error)

        self._saver.save(object(), guarded)

    def wait(self) -> None:
        """Wait until what has been recorded is in the log."""
        written = threading.Event()
        self._saver.save(object(), written.set)
        written.wait()

    def search(
        self, text: str = "", *, before_id: int = 2**62, limit: int = 200, body_bytes: int = MAX_BODY
    ) -> Sequence[SentEvent]:
        """Return the entries that contain a text, the newest first, with the beginnings of their bodies.

        What was recorded before is waited for, so this is not for the window's thread; so are get() and clear().
        """
        self.wait()
        try:
            return self._log.search(text, before_id=before_id, limit=limit, body_bytes=body_bytes)
        except StorageError as error:
            self.problem = str(error)
            return []

    def get(self, identity: int) -> SentEvent | None:
        """Return an entry with its whole body; None when it is gone."""
        self.wait()
        try:
            return self._log.get(identity)
        except StorageError as error:
            self.problem = str(error)
            return None

    def clear(self) -> str:
        """Delete all entries; return why not, or ""."""
        self.wait()
        try:
            self._log.clear()
        except StorageError as error:
            return reason(error)
        return ""
