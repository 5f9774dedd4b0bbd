"""A store that claims to be an archive on a server, and whose readers answer only while a test lets them."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Any, Self

from clacks_monitor.core.storage_errors import ReadingStoppedError, StorageError
from clacks_monitor.core.store import StoreChange

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.store import EventStore


class Gate:
    """Open at first; ``waiting`` counts the calls that wait for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open = True
        self.waiting = 0

    def hold(self) -> None:
        """Let nothing pass."""
        self._open = False

    def release(self) -> None:
        """Let everything pass."""
        with self._changed:
            self._open = True
            self._changed.notify_all()

    def interrupt(self, stopped: set[int], key: int) -> None:
        """Let those that wait with a key give up."""
        with self._changed:
            stopped.add(key)
            self._changed.notify_all()

    def wait(self, stopped: set[int], key: int) -> None:
        """Wait until it is open. Raises ReadingStoppedError when interrupted."""
        with self._changed:
            self.waiting += 1
            self._changed.wait_for(lambda: self._open or key in stopped)
            self.waiting -= 1
            if key in stopped:
                stopped.discard(key)
                raise ReadingStoppedError("Reading was stopped.")


class _Held:
    """Passes everything on, calls of methods through the gate."""

    def __init__(self, inner: object, wait: Callable[[], None]) -> None:
        self._inner, self._wait = inner, wait

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name in {"notes", "statistics"}:
            return _Held(found, self._wait)
        if not callable(found):
            return found

        def call(*args: object, **options: object) -> object:
            self._wait()
            return found(*args, **options)

        return call


class HeldReader(_Held):
    """A reader whose calls pass the gate."""

    def __init__(self, store: HeldStore) -> None:
        self._stopped = set[int]()
        self._gate = store.gate
        self._store = store
        super().__init__(store.inner.reader(), self._pass)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _pass(self) -> None:
        self._gate.wait(self._stopped, id(self))
        if self._store.broken is not None:
            raise self._store.broken

    def interrupt(self) -> None:
        """Stop what waits."""
        self._gate.interrupt(self._stopped, id(self))

    def close(self) -> None:
        """End reading."""
        self._inner.close()  # type: ignore[attr-defined] # a reader


class HeldWatch:
    """Tells a change once, as soon as the gate lets it, and then each that a test puts into ``changes``."""

    def __init__(self, store: HeldStore) -> None:
        self._store = store
        self._stopped = set[int]()
        store.changes.put(StoreChange(0))

    def wait(self) -> StoreChange:
        """Return the next change, or raise the error in its place."""
        self._store.gate.wait(self._stopped, id(self))
        change = self._store.changes.get()
        if isinstance(change, StoreChange):
            return change
        raise change

    def check(self) -> None:
        """Look whether the server answers."""

    def close(self) -> None:
        """Let wait() end."""
        self._store.gate.interrupt(self._stopped, id(self))
        self._store.changes.put(ReadingStoppedError("It was stopped."))


class HeldStore:
    """Behaves as ``inner``, but for its address and its readers."""

    address = "postgresql://db.example/events"
    read_only = True

    def __init__(self, inner: EventStore) -> None:
        self.inner = inner
        self.gate = Gate()
        self.broken: StorageError | None = None
        """What every call of a reader raises."""
        self.changes: queue.SimpleQueue[StoreChange | StorageError] = queue.SimpleQueue()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def watch(self) -> HeldWatch:
        """Return what waits for changes."""
        return HeldWatch(self)

    def reader(self) -> HeldReader:
        """Return a reader."""
        return HeldReader(self)
