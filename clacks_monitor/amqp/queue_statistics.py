"""The statistics that a broker gives for the own queue: how full it is, what it lost, and whether load must be shed.

A Qpid queue that is 80 % full makes the broker hold up the publishers, which a monitor must not let happen.

Owner: ``SubscriptionHealth``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LIMIT: Final = 100 * 1024 * 1024
"""Bytes of a Qpid queue without a limit of its own."""

_REJECTED: Final = "discardsOverflow"
SHED_AT, RENEW_AT, RELIEVED_AT = 0.5, 0.7, 0.1


class QueueAction(Enum):
    """What to do about the queue."""

    NOTHING = 0
    SHED = 1
    RENEW = 2
    RECEIVE_ALL = 3


@dataclass(frozen=True, slots=True)
class QueueReading:
    """One reading of the queue: filling from 0 to 1, messages in it, messages lost since the last reading.

    ``rejected`` of the lost ones were the newest, which did not fit; the others were the oldest. ``unbound`` is whether
    the queue has lost its binding to the exchange. With ``at_least`` more may have been lost than were counted.
    """

    depth: float
    messages: int
    lost: int
    rejected: int
    unbound: bool
    action: QueueAction
    at_least: bool = False


class QueueStatistics:
    """Compares each reading with the last."""

    def __init__(self) -> None:
        self._lost = self._rejected = 0
        self._bindings = 0
        self.shedding = False

    def read(self, values: Mapping[str, object]) -> QueueReading:
        """Return the reading of a queue's values; values that a broker does not give count as 0."""
        arguments = values.get("arguments")
        arguments = arguments if isinstance(arguments, dict) else {}
        limit = _number(arguments.get("qpid.max_size")) or DEFAULT_LIMIT
        depth = min(1.0, _number(values.get("byteDepth")) / limit)
        # A queue that drops its oldest never holds up publishers; its losses are reported instead.
        ring = arguments.get("qpid.policy_type") == "ring"
        bindings = _number(values.get("bindingCount"))
        unbound, self._bindings = bindings < self._bindings, max(bindings, self._bindings)
        lost, rejected = self._lost, self._rejected
        self._lost = sum(_number(values.get(name)) for name in ("discardsRing", "discardsTtl", _REJECTED))
        self._rejected = _number(values.get(_REJECTED))
        return QueueReading(
            depth,
            _number(values.get("msgDepth")),
            max(0, self._lost - lost),
            max(0, self._rejected - rejected),
            unbound,
            QueueAction.NOTHING if ring else self._action(depth),
        )

    def _action(self, depth: float) -> QueueAction:
        if depth >= RENEW_AT:
            return QueueAction.RENEW
        if depth >= SHED_AT and not self.shedding:
            return QueueAction.SHED
        if depth <= RELIEVED_AT and self.shedding:
            return QueueAction.RECEIVE_ALL
        return QueueAction.NOTHING


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
