"""Which recorder leads: it holds a lock of the database on a connection of its own, under a term that only grows.

The lock is free again as soon as its holder's connection ends, killed or not. A holder that does not know yet that it
was deposed cannot write: each transaction compares its term with the archive's. Any thread.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

import psycopg

from clacks_monitor.archive.connecting import SessionPurpose
from clacks_monitor.archive.failures import failure
from clacks_monitor.archive.schema import connect_to_archive
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from types import TracebackType

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.core.archives import AskPassword

_LOCK = 0x434C434B
_TAKE = "UPDATE recorder SET term = term + 1, node = %s, beat = %s RETURNING term"


def _must_be_free(row: tuple[Any, ...] | None, address: ArchiveAddress) -> None:
    """Raise CaptureError unless ``row`` says that the lock was obtained."""
    if row is None or not row[0]:
        raise CaptureError(
            f"{address.shown} is recorded by another recorder now ({one_line(row[1]) if row else ''}). This one can"
            " lead when that one ends."
        )


class Leadership:
    """A context in which this process leads, as ``term``. Raises CaptureError where another one does."""

    def __init__(self, address: ArchiveAddress, node: str, ask_password: AskPassword | None = None) -> None:
        """``node`` names this recorder to others."""
        self._db = connect_to_archive(address, SessionPurpose.WRITING, ask_password)
        try:
            row = self._db.execute(
                "SELECT pg_try_advisory_lock(%s), left(node, 100) FROM recorder", (_LOCK,)
            ).fetchone()
            _must_be_free(row, address)
            ((self.term,),) = self._db.execute(_TAKE, (node, time.time_ns())).fetchall()
        except psycopg.Error as error:
            self._db.close()
            raise failure(error, address.shown, "recorded into") from error
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Let another recorder lead. Idempotent."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
