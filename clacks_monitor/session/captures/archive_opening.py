"""Opens archives by their URLs, with passwords of this run or the keyring.

Any thread: it takes as long as the server does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.storage_errors import StoreRefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.captures.offered_captures import OfferedCaptures
    from clacks_monitor.session.passwords import ArchivePasswords


class ArchiveOpening:
    """``passwords`` are those of archives."""

    def __init__(self, ports: Ports, offered: OfferedCaptures, passwords: ArchivePasswords) -> None:
        self._ports = ports
        self._offered = offered
        self.passwords = passwords

    def open(self, url: str) -> EventStore:
        """Open an archive for reading, and for marks and comments. Raises StorageError."""
        return self._ports.open_shared(url, self.passwords.find)

    def offer(self, url: str, password: str = "", *, remember: bool = False) -> Path:
        """Open an archive, with a ``password`` where one was typed, and offer it; return its path. Raises StorageError.

        A password is kept when it was right, and with ``remember`` by the keyring.
        """
        if password:
            self.passwords.use(url, password)
        try:
            path, _count = self._offered.open_by(lambda: self.open(url))
        except StoreRefusedError:
            self.passwords.forget(url)
            raise
        if password and remember:
            self.passwords.remember(url, password)
        return path

    def refuse(self, path: Path) -> None:
        """Close an archive that is not wanted."""
        self._offered.refuse(path)
