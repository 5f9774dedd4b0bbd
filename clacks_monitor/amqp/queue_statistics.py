"""What a broker's figures of the own queue mean: how full it is, what it lost, whether it is time to shed.

A Qpid queue that is 80 % full makes the broker hold the publishers up: a monitor must never let it come to that.
Owner: the watch. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LIMIT: Final = 100 * 1024 * 1024
"""Bytes of a Qpid queue without a limit of its own."""

SHED_AT, RENEW_AT, RELIEVED_AT = 0.5, 0.7, 0.1


class Advice(Enum):
    """What to do about the queue."""

    NOTHING = 0
    SHED = 1
    RENEW = 2
    TAKE_ALL = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the queue: filling from 0 to 1, messages in it, messages lost since the last look."""

    depth: float
    messages: int
    lost: int
    unbound: bool
    advice: Advice


class Figures:
    """Compares each look with the last."""

    def __init__(self) -> None:
        self._discarded: int | None = None
        self._bindings = 0
        self.shedding = False

    def look(self, values: Mapping[str, object]) -> Reading:
        """Return what a queue's values say; values that a broker does not give count as nothing."""
        arguments = values.get("arguments")
        arguments = arguments if isinstance(arguments, dict) else {}
        limit = _number(arguments.get("qpid.max_size")) or DEFAULT_LIMIT
        depth = min(1.0, _number(values.get("byteDepth")) / limit)
        # A queue that drops its oldest never holds publishers up; what it dropped is told instead.
        ring = arguments.get("qpid.policy_type") == "ring"
        bindings = _number(values.get("bindingCount"))
        unbound, self._bindings = bindings < self._bindings, max(bindings, self._bindings)
        return Reading(depth, _number(values.get("msgDepth")), self._lost(values), unbound, self._advice(depth, ring))

    def _lost(self, values: Mapping[str, object]) -> int:
        total = sum(_number(values.get(name)) for name in ("discardsRing", "discardsOverflow", "discardsTtl"))
        before, self._discarded = self._discarded, total
        return total if before is None else max(0, total - before)

    def _advice(self, depth: float, ring: bool) -> Advice:  # noqa: FBT001 - a fact about the queue
        if ring:
            return Advice.NOTHING
        if depth >= RENEW_AT:
            return Advice.RENEW
        if depth >= SHED_AT and not self.shedding:
            return Advice.SHED
        if depth <= RELIEVED_AT and self.shedding:
            return Advice.TAKE_ALL
        return Advice.NOTHING


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
