"""The errors of the embedded broker: each ends one link, one connection or the start, never the broker.

Thread: the broker's.
"""

from __future__ import annotations

INTERNAL_ERROR = "amqp:internal-error"
ILLEGAL_STATE = "amqp:illegal-state"
INVALID_FIELD = "amqp:invalid-field"
NOT_FOUND = "amqp:not-found"
NOT_ALLOWED = "amqp:not-allowed"
NOT_IMPLEMENTED = "amqp:not-implemented"
PRECONDITION_FAILED = "amqp:precondition-failed"
DECODE_ERROR = "amqp:decode-error"
MESSAGE_SIZE_EXCEEDED = "amqp:link:message-size-exceeded"
CONNECTION_FORCED = "amqp:connection:forced"


class BrokerError(RuntimeError):
    """Base of the embedded broker's errors."""


class LinkError(BrokerError):
    """Ends or refuses one link; ``condition`` is an AMQP error name, the text its description."""

    def __init__(self, condition: str, description: str) -> None:
        super().__init__(description)
        self.condition = condition
        self.description = description


class QueryRefusedError(BrokerError):
    """The broker refuses a subscription's query; the text says why, with line and column."""


class ListenError(BrokerError, OSError):
    """The broker cannot listen at its address; the text says where and why."""
