"""Ending work on other threads: a token that each piece of work has, and one bounded wait for all of them.

The owner of a thread has a method ``stop()`` that requests its end without waiting, and returns the threads that still
run. Threads are daemons, so that one that cannot be ended (a name server that does not answer, a slow disk, a
long call of a library) does not hold up the end of the program.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Stop:
    """A token by which a piece of work is cancelled. Any thread."""

    def __init__(self) -> None:
        # Held while actions are called: a context cannot be left before, so what its action ends still exists.
        self._lock = threading.RLock()
        self._actions: dict[object, Callable[[], object]] = {}
        self._set = False

    @property
    def is_set(self) -> bool:
        """Whether the work is to end."""
        return self._set

    def set(self) -> None:
        """Have the work end: call the actions of all contexts that are open."""
        with self._lock:
            self._set = True
            actions, self._actions = self._actions, {}
            for action in actions.values():
                action()

    def unless_set(self, action: Callable[[], object]) -> None:
        """Call ``action``, unless this is set; it is not set meanwhile."""
        with self._lock:
            if not self._set:
                action()

    @contextlib.contextmanager
    def calling(self, action: Callable[[], object]) -> Iterator[None]:
        """Call ``action`` when this is set while the context is open, or at once if it is set already.

        It is called on the thread that sets it and must not wait: killing a process, interrupting a database.
        """
        key = object()
        with self._lock:
            if self._set:
                action()
            else:
                self._actions[key] = action
        try:
            yield
        finally:
            with self._lock:
                self._actions.pop(key, None)


class Worker:
    """Runs calls one after the other on a separate thread, which starts with the first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stopped = self._finishing = False

    def submit(self, call: Callable[[], object]) -> None:
        """Run ``call`` after those submitted before. To be called from one thread."""
        if self._stopped or self._finishing:
            return
        self._calls.put(call)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    @property
    def stopped(self) -> bool:
        """Whether the running call is cancelled. Any thread."""
        return self._stopped

    def stop(self) -> list[threading.Thread]:
        """Start no further call; return the thread while it runs."""
        self._stopped = True
        self._calls.put(None)
        return alive([self._thread])

    def finish(self) -> list[threading.Thread]:
        """Accept no further call, but run those that wait; return the thread while it runs."""
        self._finishing = True
        self._calls.put(None)
        return alive([self._thread])

    def _run(self) -> None:
        while (call := self._calls.get()) is not None and not self._stopped:
            call()


def alive(threads: Iterable[threading.Thread | None]) -> list[threading.Thread]:
    """Return those that have begun and not ended."""
    return [thread for thread in threads if thread is not None and thread.is_alive()]


def wait_for(threads: Iterable[threading.Thread], seconds: float) -> list[threading.Thread]:
    """Wait for threads to end, ``seconds`` for all together; return those that have not."""
    until = time.monotonic() + seconds
    waited = list(threads)
    for thread in waited:
        if thread is not threading.current_thread():
            thread.join(max(0.0, until - time.monotonic()))
    return alive(waited)
