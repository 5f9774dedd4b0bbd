"""The errors of files and stores; each text names the file, what is wrong and what to do. Any thread."""

from __future__ import annotations


class StorageError(OSError):
    """A file could not be read or written; ``line`` and ``column`` count from 1, 0 where unknown."""

    def __init__(self, text: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(text)
        self.line = line
        self.column = column


class CaptureError(StorageError):
    """A capture file cannot be opened, read or written."""


class CaptureFull(CaptureError):  # a state that passes, more than an error
    """The disk has been full since ``since_ns`` (wall clock): the entries handed over are not in the file.

    ``first`` is the sequence number under which readers of this process find them in memory, 0 when memory
    is full too; ``waiting`` counts those in memory, ``missed`` the events that are lost.
    The capture continues: the next append that succeeds writes those in memory, and a Gap with these figures.
    """

    def __init__(self, text: str, *, first: int = 0, waiting: int = 0, missed: int = 0, since_ns: int = 0) -> None:
        super().__init__(text)
        self.first = first
        self.waiting = waiting
        self.missed = missed
        self.since_ns = since_ns


class CaptureReadOnlyError(CaptureError):
    """The capture was opened for reading only."""


class CaptureTooNewError(CaptureError):
    """The capture was written by a later version of the program, in a format that this one does not know."""


class StoreAddressError(CaptureError):
    """What should name a store does not, or has a password in it."""


class StoreUnreachableError(CaptureError):
    """There is no connection to the database of a store, or it is lost."""


class StoreRefusedError(CaptureError):
    """The database refuses the login, or what it asks for."""


class StoreUntrustedError(StoreRefusedError):
    """The database's server does not prove by TLS that it is the one that is meant."""


class StoreNotAvailableError(CaptureError):
    """What opens such a store is not installed."""


class TermOverError(CaptureError):
    """Another recorder leads now: nothing was written."""


class ReadingStoppedError(StorageError):
    """Reading was stopped from another thread by EventReader.interrupt()."""
