"""The history of sent events and their outcomes. Owner: the session's thread; any thread may search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.config import SentEvent
from clacks_monitor.config.sent_log import MAX_BODY
from clacks_monitor.core.messages import reason
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.config import SentLog
    from clacks_monitor.core.sending import SendResult

__all__ = ["SendHistory", "SentEvent"]


class SendHistory:
    """Records sent events in a log. A log that cannot be used never stops sending: ``problem`` says why it failed."""

    def __init__(self, log: SentLog) -> None:
        self._log = log
        self._records: dict[int, int] = {}
        """The log's id of each event whose final outcome is not known yet, by ticket."""
        self.problem = log.problem

    def close(self) -> None:
        """Close the log's file."""
        self._log.close()

    def record(self, ticket: int, sent: SentEvent) -> None:
        """Record an event; its outcome is added by settle()."""
        try:
            self._records[ticket] = self._log.add(sent).id
        except StorageError as error:
            self.problem = str(error)

    def record_burst(self, sent: SentEvent) -> None:
        """Record a burst that has ended as one entry, whose summary says how it went."""
        try:
            self._log.add(sent)
        except StorageError as error:
            self.problem = str(error)

    def settle(self, result: SendResult) -> None:
        """Add the outcome of an event."""
        record = self._records.get(result.ticket)
        if record is None:
            return
        if result.final:
            del self._records[result.ticket]
        try:
            self._log.settle(record, result)
        except StorageError as error:
            self.problem = str(error)

    def search(
        self, text: str = "", *, before_id: int = 2**62, limit: int = 200, body_bytes: int = MAX_BODY
    ) -> Sequence[SentEvent]:
        """Return the entries that contain a text, the newest first, with the beginnings of their bodies."""
        try:
            return self._log.search(text, before_id=before_id, limit=limit, body_bytes=body_bytes)
        except StorageError as error:
            self.problem = str(error)
            return []

    def get(self, identity: int) -> SentEvent | None:
        """Return an entry with its whole body; None when it is gone."""
        try:
            return self._log.get(identity)
        except StorageError as error:
            self.problem = str(error)
            return None

    def clear(self) -> str:
        """Delete all entries; return why not, or ""."""
        try:
            self._log.clear()
        except StorageError as error:
            return reason(error)
        return ""
