"""The store that is recorded into, as something to lead: an archive with its lock, or a capture file.

Thread: the recorder's, except where an attempt to lead runs on one of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.archives import names_archive

if TYPE_CHECKING:
    from clacks_monitor.core.archives import Archives, AskPassword, Candidate
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.store import EventStore, Retention


class RecordingTarget(Protocol):
    """A store that one recorder at a time appends to. Methods raise CaptureError."""

    @property
    def id(self) -> str:
        """An identifier that all recorders of this store see."""

    @property
    def term(self) -> int:
        """How often a recorder has begun to lead, as far as is known."""

    @property
    def leader(self) -> str:
        """Who led when lead() last returned None."""

    def lead(self) -> EventStore | None:
        """Return the store for appending, None while another recorder leads. A lost connection is made anew."""

    def verify(self) -> None:
        """Raise TermOverError when another recorder leads, and CaptureError when that is not known."""

    def open_late(self) -> EventStore:
        """Return the store for appending what was left behind, although another recorder may lead."""

    def release(self) -> None:
        """Let another recorder lead."""


class ArchiveTarget:
    """An archive."""

    def __init__(self, archives: Archives, url: str, node: str, ask_password: AskPassword | None) -> None:
        self._archives, self._url, self._node, self._ask_password = archives, url, node, ask_password
        candidate = self._stand()
        self._candidate: Candidate | None = candidate
        self.id = candidate.archive_id
        self.term = 0
        self.leader = ""

    def _stand(self) -> Candidate:
        return self._archives.stand(self._url, self._node, self._ask_password)

    def lead(self) -> EventStore | None:
        """Try on the connection that there is, or on a new one."""
        candidate = self._candidate = self._candidate or self._stand()
        try:
            if not candidate.lead():
                self.leader = candidate.leader
                return None
            self.term = candidate.term
            return self._archives.open_archive(self._url, self._ask_password, term=candidate.term)
        except OSError:
            self.release()
            raise

    def verify(self) -> None:
        """Ask the archive for its term."""
        try:
            (self._candidate or self._stand()).verify()
        except OSError:
            self.release()
            raise

    def open_late(self) -> EventStore:
        """Open it without a term: numbers are given under a lock of the database."""
        return self._archives.open_archive(self._url, self._ask_password)

    def release(self) -> None:
        """Close the connection that holds the lock."""
        candidate, self._candidate = self._candidate, None
        if candidate is not None:
            candidate.close()


class CaptureTarget:
    """A capture file, which is locked while it is open for appending: there is no standby."""

    leader = ""
    term = 1

    def __init__(self, ports: Ports, path: Path) -> None:
        self._ports, self._path = ports, path
        self._store: EventStore | None = ports.open_or_create(path)
        self.id = self._store.id

    def lead(self) -> EventStore:
        """Return the capture."""
        store, self._store = self._store, None
        return store or self._ports.open_or_create(self._path)

    def limit(self, limits: Retention) -> None:
        """Have the oldest entries removed beyond limits."""
        if self._store is not None:
            self._store.set_retention(limits)

    def verify(self) -> None:
        """Do nothing: no other process can append."""

    def open_late(self) -> EventStore:
        """Return the capture."""
        return self.lead()

    def release(self) -> None:
        """Close the capture, if it was not handed out."""
        store, self._store = self._store, None
        if store is not None:
            store.close()


def target_of(address: Path | str, ports: Ports, node: str, ask_password: AskPassword | None) -> RecordingTarget:
    """Return what ``address`` names, a new capture where there is no file. Raises CaptureError."""
    if names_archive(address):
        return ArchiveTarget(ports.load_archives(), str(address), node, ask_password)
    return CaptureTarget(ports, Path(address))
