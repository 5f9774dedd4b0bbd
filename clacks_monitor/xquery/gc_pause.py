"""Pause of the garbage collector while a long query is compiled.

Role: no pass of the collector goes through a tree that is being built. Owner: query. Thread: any.

A pass stops every thread of the process: for the half million objects of a query of a hundred thousand characters that
took half a second, dozens of times. So the collector is paused meanwhile, and the objects of a very long query are
excluded from later passes: except for functions that call themselves, trees and closures have no cycles, and are freed
with the query.
"""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG: Final = 4_000
"""Characters of a text from which on the collector is paused."""
VERY_LONG: Final = 20_000
"""Characters from which on even a single later pass would be noticed."""


class _CollectorPause:
    """Counts the threads that want the collector paused; the last one resumes it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted = 0
        self._was_on = False

    def begin(self) -> None:
        with self._lock:
            if not self._wanted:
                self._was_on = gc.isenabled()
                gc.disable()
            self._wanted += 1

    def end(self, *, keep: bool) -> None:
        with self._lock:
            self._wanted -= 1
            if not self._wanted:
                if keep:
                    gc.freeze()
                if self._was_on:
                    gc.enable()


_pause = _CollectorPause()


@contextmanager
def collector_paused(text: str) -> Iterator[None]:
    """Pause the collector while a long text is compiled."""
    if len(text) < LONG:
        yield
        return
    _pause.begin()
    try:
        yield
    finally:
        _pause.end(keep=len(text) >= VERY_LONG)
