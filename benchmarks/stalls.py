"""How long an event loop, or the machine itself, was away: gaps between beats, weighed by time.

A stall of a second holds up one beat and the two hundred after it, which then never come: counted by beats it is one
in a thousand, although it lasted for most of the time. So each gap counts for as long as it lasted: ``p99_ms`` is the
length of the stall that 99 % of all moments did not lie in a longer one than.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from benchmarks.report import Cell

BEAT_S = 0.005
LIMITS_MS = (33, 100)


class Stalls:
    """Collects how late beats come. One thread."""

    def __init__(self, beat_s: float = BEAT_S) -> None:
        self._beat_s = beat_s
        self._last = 0.0
        self._gaps_ms: list[float] = []

    def start(self) -> None:
        """Forget what was measured, and begin now."""
        self._gaps_ms.clear()
        self._last = time.perf_counter()

    def beat(self) -> None:
        """Note that the loop got round to its beat."""
        now = time.perf_counter()
        self.add(1000 * (now - self._last))
        self._last = now

    def add(self, gap_ms: float) -> None:
        """Note a gap between two beats, in milliseconds."""
        self._gaps_ms.append(gap_ms)

    def __bool__(self) -> bool:
        return bool(self._gaps_ms)

    def _stall(self, gap_ms: float) -> float:
        return max(0.0, gap_ms - 1000 * self._beat_s)

    def p99_ms(self) -> float:
        """Return the stall that 99 % of the time was spent in gaps not longer than, in milliseconds."""
        passed, whole = 0.0, sum(self._gaps_ms)
        for gap in sorted(self._gaps_ms):
            passed += gap
            if passed >= 0.99 * whole:
                return self._stall(gap)
        return 0.0

    def max_ms(self) -> float:
        """Return the longest stall in milliseconds."""
        return self._stall(max(self._gaps_ms, default=0.0))

    def share_over(self, limit_ms: float) -> float:
        """Return the percentage of the time that was spent in stalls longer than ``limit_ms``."""
        whole = sum(self._gaps_ms)
        return 100 * sum(gap for gap in self._gaps_ms if self._stall(gap) > limit_ms) / whole if whole else 0.0

    def figures(self, prefix: str) -> dict[str, float]:
        """Return p99, maximum and the shares of the time over each of LIMITS_MS by name."""
        shares = {f"{prefix}_over_{limit}_ms_percent": self.share_over(limit) for limit in LIMITS_MS}
        return {f"{prefix}_p99_ms": self.p99_ms(), f"{prefix}_max_ms": self.max_ms(), **shares}


class Idle:
    """A context that measures how late this process, which does nothing else, is woken: the machine's own stalls."""

    def __init__(self) -> None:
        self.stalls = Stalls()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self.stalls.start()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(BEAT_S):
            self.stalls.beat()


def rounded(figures: dict[str, float], digits: int = 1) -> dict[str, Cell]:
    """Return figures with so many digits behind the point, whole numbers as they are."""
    return {name: value if isinstance(value, int) else round(value, digits) for name, value in figures.items()}
