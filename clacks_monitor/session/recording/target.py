"""The store that is recorded into, as something to lead: an archive with its lock, or a capture file.

Thread: the recorder's, except where an attempt to lead runs on one of its own.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.storage_errors import CaptureError

if TYPE_CHECKING:
    from clacks_monitor.core.archives import Archives, AskPassword, Candidate
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.store import EventStore, Retention


LOCK_SUFFIX = ".recorder"
"""What the name of the file beside a capture ends with."""


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
    """A capture file. Beside it a file is locked by the recorder that leads; the kernel frees it when that ends."""

    def __init__(self, ports: Ports, path: Path) -> None:
        self._ports, self._path = ports, path
        self._handle = -1
        self._limits: Retention | None = None
        self.term = 0
        self.leader = ""
        with ports.open_or_create(path) as store:
            self.id = store.id

    def limit(self, limits: Retention) -> None:
        """Have the oldest entries removed beyond limits."""
        self._limits = limits

    def lead(self) -> EventStore | None:
        """Lock the file beside the capture, and open the capture."""
        if self._handle < 0 and not self._lock():
            self.leader = "another recorder on this computer"
            return None
        store = self._ports.open_or_create(self._path)
        self.term += 1
        if self._limits is not None:
            store.set_retention(self._limits)
        return store

    def _lock(self) -> bool:
        path = self._path.with_name(f"{self._path.name}{LOCK_SUFFIX}")
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise CaptureError(f"{path} cannot be locked: {error.strerror or error}.") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def verify(self) -> None:
        """Do nothing: the lock lasts as long as the process."""

    def open_late(self) -> EventStore:
        """Open the capture: numbers are given under its own lock."""
        return self._ports.open_or_create(self._path)

    def release(self) -> None:
        """Free the lock."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


def target_of(address: Path | str, ports: Ports, node: str, ask_password: AskPassword | None) -> RecordingTarget:
    """Return what ``address`` names, a new capture where there is no file. Raises CaptureError."""
    if names_archive(address):
        return ArchiveTarget(ports.load_archives(), str(address), node, ask_password)
    return CaptureTarget(ports, Path(address))
