"""The implementations of the ports that the contract tests run against: a new one is one more entry."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final, Protocol

from hypothesis import HealthCheck

from clacks_monitor import captures
from clacks_monitor.captures import statistics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from clacks_monitor.core.store import EventStore

SHARED: Final[dict[str, Any]] = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
"""Settings of hypothesis for tests with a fixture that makes a new store for each example."""


class Stores(Protocol):
    """Makes the stores of a test."""

    def new(self) -> EventStore:
        """Return a new, empty store."""

    def again(self, store: EventStore, /) -> EventStore:
        """Open a store once more for appending."""

    def read_only(self, store: EventStore, /) -> EventStore:
        """Open a store once more for reading only."""

    def use_small_parts(self, monkeypatch: pytest.MonkeyPatch, /) -> None:
        """Let what is counted be read in the smallest parts."""


class CaptureStores:
    """SQLite captures in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()

    def new(self) -> EventStore:
        return captures.create(self._folder / f"{next(self._numbers)}.capture")

    def again(self, store: EventStore) -> EventStore:
        return captures.open_capture(store.path)

    def read_only(self, store: EventStore) -> EventStore:
        return captures.open_readonly(store.path)

    def use_small_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(statistics, "_CHUNK", 1)


STORES: Final[dict[str, Callable[[Path], Stores]]] = {"captures": CaptureStores}
