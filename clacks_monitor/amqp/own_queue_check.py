"""Checks a queue that was declared over a broker's management: its fill, what it has dropped, whether it is bound.

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

DROPPED: Final = Message("Dropped by the own queue")
"""The name of that detail."""

UNKNOWN: Final = -1
"""How many events a full queue has dropped, where they are not counted."""


class OwnQueueCheck:
    """Asks about one queue, and reports the answers to ``owner``; ``details`` gets them as text."""

    def __init__(self, queue: OwnQueue, owner: SubscriptionHealthOwner, details: dict[str, str]) -> None:
        self._queue, self._owner, self._details = queue, owner, details
        self._dropped = self._reported = 0
        self.is_dropping = False
        """Whether events were dropped before the last reading."""
        details[Message("Own queue")] = queue.name
        details[DROPPED] = (
            "0"
            if queue.counter.counts
            else Message("not counted, and noticed only while it is full: {0}", queue.counter.why_not)
        )

    def is_of(self, queue: OwnQueue) -> bool:
        """Return whether it checks this queue; if so, from now on with the binding that it has."""
        same = queue.name == self._queue.name
        self._queue = queue if same else self._queue
        return same

    def check(self, management: ManagementNode, *, exchange_too: bool) -> None:
        """Ask for the queue, and for its binding, which goes with the exchange."""
        self._queue.counter.collect(management, self._counted)
        management.request("GET", self._queue.address, None, self._described)
        if exchange_too:
            asked = self._queue
            management.request("GET", asked.bindings_path, None, lambda outcome: self._bound(asked, outcome))

    def _counted(self, count: int) -> None:
        self._dropped += count
        self._details[DROPPED] = Message("at least {0:,}", self._dropped)

    def _described(self, outcome: Answer | Failure) -> None:
        if isinstance(outcome, Failure) or not outcome.ok:
            return
        found = outcome.values.get("message_count")
        count = found if isinstance(found, int) else 0
        self._details[Message("Events in the own queue")] = str(count)
        depth = min(1.0, count / MAX_MESSAGES)
        lost, self._reported = self._dropped - self._reported, self._dropped
        self.is_dropping = lost > 0
        if not self._queue.counter.counts and count >= MAX_MESSAGES:
            lost = UNKNOWN
        self._owner.queue_read(
            QueueReading(depth, count, lost, rejected=0, unbound=False, action=QueueAction.NOTHING, at_least=lost > 0)
        )

    def _bound(self, asked: OwnQueue, outcome: Answer | Failure) -> None:
        if isinstance(outcome, Failure) or not outcome.ok or asked != self._queue:
            return  # not known, or of a binding that has been replaced meanwhile
        if outcome.items:
            self._details[Message("Bound to")] = f"{self._queue.exchange}, {self._queue.key}"
            self._owner.exchange_found()
        else:
            self._details.pop(Message("Bound to"), None)
            text = Message("{0} was deleted.", self._queue.exchange)
            self._owner.exchange_deleted(Failure(FailureKind.NOT_FOUND, text))
