"""What a recorder counts, and the same as text for Prometheus. Any thread; a lock guards the sums."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper limits of the histogram of commits, in seconds."""
_PREFIX = "clacks_recorder_"
_HELP = {
    "events_total": "Events that were committed to the store.",
    "spooled_total": "Events that were committed to the spool.",
    "poured_total": "Events that were moved from the spool to the store.",
    "repeated_total": "Deliveries that were left out because they were recorded before.",
    "unwanted_total": "Deliveries that the subscription filter does not want.",
    "lost_total": "Events for which neither store nor spool had room.",
    "takeovers_total": "How often this recorder began to lead.",
    "leading": "1 while this recorder leads.",
    "term": "The term of the leader.",
    "store_away": "1 while the store cannot be reached.",
    "spool_entries": "Entries that wait in the spool.",
    "spool_bytes": "Bytes of the files of the spool.",
    "queued_events": "Events that have arrived and wait to be committed.",
}


class RecorderMetrics:
    """Sums since the start, the newest commit, and gauges that the recorder sets."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sums: dict[str, float] = {name: 0 for name in _HELP if name.endswith("_total")}
        self._gauges: dict[str, float] = {name: 0 for name in _HELP if not name.endswith("_total")}
        self._buckets = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0
        self._sources: dict[str, tuple[bool, float]] = {}

    def committed(self, count: int, seconds: float) -> None:
        """Count a transaction of the store."""
        with self._lock:
            self._sums["events_total"] += count
            self._seconds += seconds
            self._buckets[sum(seconds > limit for limit in BUCKETS)] += 1

    def spooled(self, count: int, seconds: float) -> None:
        """Count a transaction of the spool."""
        del seconds
        self.add(spooled_total=count)

    def poured(self, count: int) -> None:
        """Count what was moved from the spool to the store."""
        self.add(poured_total=count)

    def add(self, **counts: int) -> None:
        """Add to sums."""
        with self._lock:
            for name, count in counts.items():
                self._sums[name] += count

    def set(self, **values: float) -> None:
        """Set gauges, and sums that are counted elsewhere."""
        with self._lock:
            for name, value in values.items():
                (self._gauges if name in self._gauges else self._sums)[name] = value

    def see_source(self, name: str, *, attached: bool, lag_s: float) -> None:
        """Set what is known of a source: whether it delivers, and how old its newest event was when it was stored."""
        with self._lock:
            self._sources[name] = attached, lag_s

    def value(self, name: str) -> float:
        """Return a sum or a gauge."""
        with self._lock:
            return (self._gauges if name in self._gauges else self._sums)[name]

    def text(self) -> str:
        """Return all in Prometheus's text format, version 0.0.4."""
        with self._lock:
            return "".join(
                [
                    *self._plain(self._sums, "counter"),
                    *self._plain(self._gauges, "gauge"),
                    *self._histogram(),
                    *self._by_source(),
                ]
            )

    @staticmethod
    def _plain(values: Mapping[str, float], kind: str) -> Iterable[str]:
        for name, value in values.items():
            yield f"# HELP {_PREFIX}{name} {_HELP[name]}\n# TYPE {_PREFIX}{name} {kind}\n"
            yield f"{_PREFIX}{name} {_number(value)}\n"

    def _histogram(self) -> Iterable[str]:
        name = f"{_PREFIX}commit_seconds"
        yield f"# HELP {name} Duration of a transaction of the store.\n# TYPE {name} histogram\n"
        count = 0
        for limit, found in zip((*map(str, BUCKETS), "+Inf"), self._buckets, strict=True):
            count += found
            yield f'{name}_bucket{{le="{limit}"}} {count}\n'
        yield f"{name}_sum {_number(self._seconds)}\n{name}_count {count}\n"

    def _by_source(self) -> Iterable[str]:
        attached, lag = f"{_PREFIX}source_attached", f"{_PREFIX}source_lag_seconds"
        yield f"# HELP {attached} 1 while the queue of a bus is read.\n# TYPE {attached} gauge\n"
        for name, (is_attached, _lag) in self._sources.items():
            yield f'{attached}{{source="{_label(name)}"}} {int(is_attached)}\n'
        yield f"# HELP {lag} Age of the newest event of a bus when it was stored.\n# TYPE {lag} gauge\n"
        for name, (_attached, lag_s) in self._sources.items():
            yield f'{lag}{{source="{_label(name)}"}} {_number(lag_s)}\n'


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _label(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
