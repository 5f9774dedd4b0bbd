"""Archives: PostgreSQL databases that hold every entry in the order of arrival, for one recorder and many monitors.

The package implements core.archives.Archives with its functions. It needs psycopg, which the extra ``archive``
installs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.archive.address import read_address
from clacks_monitor.archive.declaring import add_field, drop_field, indexed_fields
from clacks_monitor.archive.leading import ArchiveCandidate
from clacks_monitor.archive.managing import check, drop_before, init, migrate
from clacks_monitor.archive.store import Archive

if TYPE_CHECKING:
    from clacks_monitor.core.archives import AskPassword

__all__ = [
    "Archive",
    "add_field",
    "check",
    "drop_before",
    "drop_field",
    "indexed_fields",
    "init",
    "migrate",
    "open_archive",
    "open_readonly",
    "open_shared",
    "stand",
]


def stand(url: str, node: str, ask_password: AskPassword | None = None) -> ArchiveCandidate:
    """Return a recorder that can lead; ``node`` names it to others. Raises CaptureError."""
    return ArchiveCandidate(read_address(url), node, ask_password)


def open_archive(url: str, ask_password: AskPassword | None = None, *, term: int = 0) -> Archive:
    """Open an archive for appending, with the ``term`` of a leader or without one. Raises CaptureError."""
    return Archive(read_address(url), ask_password, term=term)


def open_readonly(url: str, ask_password: AskPassword | None = None) -> Archive:
    """Open an archive for reading only, also on a standby server. Raises CaptureError."""
    return Archive(read_address(url), ask_password, read_only=True)


def open_shared(url: str, ask_password: AskPassword | None = None) -> Archive:
    """Open an archive for reading, and for marks and comments. Raises CaptureError."""
    return Archive(read_address(url), ask_password, shared=True)
