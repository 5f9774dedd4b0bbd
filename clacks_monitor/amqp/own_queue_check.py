"""Checks a queue that was declared over a broker's management: how full it is, and whether it is still bound.

Owner: ``SubscriptionHealth``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.preparation import MAX_MESSAGES, OwnQueue
from clacks_monitor.amqp.queue_statistics import QueueAction, QueueReading
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from clacks_monitor.amqp.answer import Answer, ManagementNode
    from clacks_monitor.amqp.health_owner import SubscriptionHealthOwner

UNKNOWN: Final = -1
"""How many events a full queue has dropped: the broker does not count them."""


class OwnQueueCheck:
    """Asks about one queue, and reports the answers to ``owner``; ``details`` gets them as text."""

    def __init__(self, queue: OwnQueue, owner: SubscriptionHealthOwner, details: dict[str, str]) -> None:
        self._queue, self._owner, self._details = queue, owner, details
        details[Message("Own queue")] = queue.name

    def check(self, management: ManagementNode, *, exchange_too: bool) -> None:
        """Ask for the queue, and for its binding, which goes with the exchange."""
        management.request("GET", self._queue.address, None, self._described)
        if exchange_too:
            management.request("GET", self._queue.bindings_path, None, self._bound)

    def _described(self, outcome: Answer | Failure) -> None:
        if isinstance(outcome, Failure) or not outcome.ok:
            return
        found = outcome.values.get("message_count")
        count = found if isinstance(found, int) else 0
        self._details[Message("Events in the own queue")] = str(count)
        lost = UNKNOWN if count >= MAX_MESSAGES else 0
        depth = min(1.0, count / MAX_MESSAGES)
        self._owner.queue_read(QueueReading(depth, count, lost, rejected=0, unbound=False, action=QueueAction.NOTHING))

    def _bound(self, outcome: Answer | Failure) -> None:
        if isinstance(outcome, Failure) or not outcome.ok:
            return
        if outcome.items:
            self._details[Message("Bound to")] = f"{self._queue.exchange}, {self._queue.key}"
            self._owner.exchange_found()
        else:
            self._details.pop(Message("Bound to"), None)
            text = Message("{0} was deleted.", self._queue.exchange)
            self._owner.exchange_deleted(Failure(FailureKind.NOT_FOUND, text))
