"""Past states of a board's keys: when each began, by which event. Bounded, the oldest go. Belongs to one thread."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_STATES: Final = 2_000
"""States of a key that are remembered."""
MAX_ALL: Final = 200_000
"""States of all keys together."""
MAX_LISTED: Final = 200
"""States of a key that spans() lists."""


Beginning = tuple[str, int, int]
"""A state, when it began, and the event with which it began."""


@dataclass(frozen=True, slots=True)
class StateSpan:
    """A key was in a state from the event ``sequence`` on; ``to_ns`` is 0 while it is.

    ``doubted`` says that events could have been missed meanwhile: the state may have ended earlier.
    """

    state: str
    from_ns: int
    to_ns: int
    sequence: int
    doubted: bool = False

    def seconds(self, now_ns: int) -> float:
        """Return how long it lasted, or has lasted so far."""
        return max(0, (self.to_ns or now_ns) - self.from_ns) / 1e9


class BoardHistory:
    """The beginnings of states."""

    def __init__(self) -> None:
        self._states: dict[str, list[Beginning]] = {}
        self._order: deque[str] = deque()

    def add(self, key: str, state: str, wall_ns: int, sequence: int) -> None:
        """Remember that a key came into a state."""
        states = self._states.setdefault(key, [])
        states.append((state, wall_ns, sequence))
        self._order.append(key)
        if len(states) > MAX_STATES:
            del states[0]
        while len(self._order) > MAX_ALL:
            # The newest state of a key always stays: it is the present one.
            oldest = self._states.get(self._order.popleft(), states)
            if len(oldest) > 1:
                del oldest[0]

    def keys(self) -> Iterable[tuple[str, Sequence[Beginning]]]:
        """Return the keys, the first one that was seen first, with the beginnings of their states in order."""
        return self._states.items()

    def forget(self, key: str) -> None:
        """Forget a key."""
        self._states.pop(key, None)

    def before(self, key: str) -> tuple[str, float]:
        """Return the state before the present one, and for how many seconds it lasted; "" where there was none."""
        states = self._states.get(key)
        if states is None or len(states) < 2:
            return "", 0.0
        (state, begun, _sequence), (_state, ended, _number) = states[-2], states[-1]
        return state, max(0, ended - begun) / 1e9

    def spans(self, key: str, gaps: Sequence[tuple[int, int]] = ()) -> tuple[StateSpan, ...]:
        """Return the newest states of a key, the oldest first; ``gaps`` are times in which events could be missed."""
        states = [*self._states.get(key, ())[-MAX_LISTED:], ("", 0, 0)]
        return tuple(
            StateSpan(state, begun, ended, sequence, doubted(begun, ended, gaps))
            for (state, begun, sequence), (_state, ended, _number) in pairwise(states)
        )


def doubted(begun: int, ended: int, gaps: Sequence[tuple[int, int]]) -> bool:
    """Return whether events could have been missed between two times; ``ended`` is 0 for now."""
    return any(gap_end > begun and (not ended or gap_begin < ended) for gap_begin, gap_end in gaps)
