"""Python's collector of garbage in cycles, while a long query is compiled.

Role: no pass of the collector goes through a tree that is being built. Owner: query. Thread: any.

A pass holds every thread of the process as long as it takes: for the half million objects of a query of a hundred
thousand characters that was half a second, and there were dozens of passes. So it rests meanwhile, and what is there
after a very long query is not looked through again: but for functions that call themselves, trees and closures have
no cycles, and go when the query goes.
"""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG: Final = 4_000
"""Characters of a text from which on it matters."""
VERY_LONG: Final = 20_000
"""Characters from which on a single pass would be felt, too."""


class _Rest:
    """Lets the collector rest while anybody wants it, in whichever threads."""

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


_rest = _Rest()


@contextmanager
def uncollected(text: str) -> Iterator[None]:
    """Let the collector rest while something is made of a long text."""
    if len(text) < LONG:
        yield
        return
    _rest.begin()
    try:
        yield
    finally:
        _rest.end(keep=len(text) >= VERY_LONG)
