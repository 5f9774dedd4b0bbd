"""What to do about the refusals of brokers whose words are known. Immutable; any thread.

A broker may refuse the connection before it has said what it is, so that its words decide, not its dialect.
"""

from __future__ import annotations

from typing import Final

from clacks_monitor.amqp import failure
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind

RABBITMQ: Final = (
    ("minimum idle-time-out", Message("the idle timeout of the connection is too short")),
    ("amqp_address_v1", Message("choose the automatic broker type: this broker takes addresses of version 2 only")),
    ("exclusive access", Message("another connection has the queue for itself: name the exchange as the domain")),
    (" access to ", Message("the user lacks this permission")),
    ("transient_nonexcl_queues", Message("the broker does not allow queues of this kind")),
)
"""What to do about RabbitMQ's refusals, by a part of their texts. Another attempt does not help."""


def of_condition(condition: str, description: str, what: str) -> Failure:
    """Return what the peer's own error on a connection or link means; ``what`` begins the sentence."""
    text = failure.shown(condition, description)
    for part, what_to_do in RABBITMQ:
        if part in text:
            return Failure(FailureKind.REFUSED, Message("{0}: {1} ({2}).", what, text, what_to_do), condition)
    return failure.of_condition(condition, description, what)
