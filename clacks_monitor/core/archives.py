"""The port of stores that are databases: opening them, and what their administrator does.

Methods raise CaptureError, of which core.storage_errors has kinds. No URL has a password in it: it comes from libpq's
own places (.pgpass, a service file) or from ``ask_password``, which is called with the URL where the server wants one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from clacks_monitor.core.store import EventStore

AskPassword = Callable[[str], str | None]
SCHEMES = ("postgresql://", "postgres://")
"""How the URLs of archives begin."""


def names_archive(address: object) -> bool:
    """Return whether an address is an archive's, and not a file's."""
    return str(address).startswith(SCHEMES)


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """What an archive is: sentences about it, and about what is wrong with it or not allowed."""

    facts: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedField:
    """The elements of a name in events of a type; ``left`` entries have still to be added to their index."""

    type: str
    name: str
    left: int


class Candidate(Protocol):
    """A recorder that leads an archive, or would like to. Belongs to one thread. Methods raise CaptureError."""

    @property
    def archive_id(self) -> str:
        """The identifier of the archive."""

    @property
    def term(self) -> int:
        """The term under which it leads, or did; 0 before."""

    @property
    def leader(self) -> str:
        """Who led when lead() was last called."""

    def lead(self) -> bool:
        """Try to lead, under a term that is greater than all before; return whether it does."""

    def verify(self) -> None:
        """Raise TermOverError when another leads now, and CaptureError when that is not known.

        A leader that does not call it for some seconds is deposed.
        """

    def close(self) -> None:
        """Let another recorder lead. Idempotent."""


class Archives(Protocol):
    """Operations on archives. A module of functions implements it."""

    @property
    def __name__(self) -> str:
        """The module's name, by which another process imports it."""

    def open_archive(self, url: str, ask_password: AskPassword | None = None, /, *, term: int = 0) -> EventStore:
        """Open an archive for appending, for the leader of a term, or (0) without leading.

        What a leader appends raises TermOverError when its term is over.
        """

    def stand(self, url: str, node: str, ask_password: AskPassword | None = None, /) -> Candidate:
        """Return a recorder that can lead; ``node`` names it to others."""

    def open_readonly(self, url: str, ask_password: AskPassword | None = None, /) -> EventStore:
        """Open an archive for reading only, also on a standby server."""

    def open_shared(self, url: str, ask_password: AskPassword | None = None, /) -> EventStore:
        """Open an archive for reading, and for marks and comments, which others see at once."""

    def init(self, url: str, ask_password: AskPassword | None = None, /, *, partition: int = 0) -> None:
        """Make the tables and roles of an archive, with ``partition`` entries in each part (0: the usual number)."""

    def migrate(self, url: str, ask_password: AskPassword | None = None, /) -> tuple[int, int]:
        """Bring an archive of an older format up to date; return the formats before and after."""

    def check(self, url: str, ask_password: AskPassword | None = None, /) -> ArchiveCheck:
        """Look at an archive's tables, numbers and rights."""

    def drop_before(self, url: str, wall_ns: int, ask_password: AskPassword | None = None, /) -> int:
        """Drop the partitions that hold nothing at or after a time; return how many entries that were."""

    def indexed_fields(self, url: str, ask_password: AskPassword | None = None, /) -> list[IndexedField]:
        """Return the fields that an archive has an index of."""

    def add_field(
        self,
        url: str,
        kind: str,
        name: str,
        ask_password: AskPassword | None = None,
        /,
        *,
        progress: Callable[[int, int], bool],
    ) -> int:
        """Have an index of a field of events of the type ``kind``; return how many entries are not in it yet.

        ``progress(done, total)`` returns False to leave them for another call, which goes on where this one was.
        """

    def drop_field(self, url: str, kind: str, name: str, ask_password: AskPassword | None = None, /) -> None:
        """Have no index of a field any more."""
