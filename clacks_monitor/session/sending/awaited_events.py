"""Sent events that may still come back, found by their ticket or by the message that arrives.

A bus may bring thousands of events a second while thousands of sent ones are awaited: looking through all of them for
each arrival would hold the connection up. Owner: the echo tracker, under its lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.sending import SendResult


@dataclass(frozen=True, slots=True)
class Awaited:
    """A sent event, recognised by its message id, or by its body where the agent publishes it under its own id."""

    body: bytes
    result: SendResult
    message_id: str = ""


class AwaitedEvents:
    """Awaited events by ticket; those that have not come back are found by an arrival."""

    def __init__(self) -> None:
        self._by_ticket: dict[int, Awaited] = {}
        self._by_id: dict[str, int] = {}
        self._by_body: dict[bytes, dict[int, None]] = {}

    def __len__(self) -> int:
        return len(self._by_ticket)

    def __getitem__(self, ticket: int) -> Awaited:
        return self._by_ticket[ticket]

    def __contains__(self, ticket: int) -> bool:
        return ticket in self._by_ticket

    def __setitem__(self, ticket: int, awaited: Awaited) -> None:
        self.pop(ticket)
        self._by_ticket[ticket] = awaited
        if awaited.result.returned_ns:
            return
        if awaited.message_id:
            self._by_id[awaited.message_id] = ticket
        else:
            self._by_body.setdefault(awaited.body.strip(), {})[ticket] = None

    def pop(self, ticket: int) -> Awaited | None:
        """Remove an event and return it, None when it is not awaited."""
        awaited = self._by_ticket.pop(ticket, None)
        if awaited is None:
            return None
        self._by_id.pop(awaited.message_id, None)
        body = awaited.body.strip()
        tickets = self._by_body.get(body, {})
        tickets.pop(ticket, None)
        if not tickets:
            self._by_body.pop(body, None)
        return awaited

    def values(self) -> Iterable[Awaited]:
        """Return all awaited events."""
        return self._by_ticket.values()

    def find(self, raw: RawMessage) -> int | None:
        """Return the ticket of the event that this message is, None for no awaited one.

        The agent may have trimmed white space around a body.
        """
        ticket = self._by_id.get(raw.message_id)
        if ticket is not None or not self._by_body:
            return ticket
        return next(iter(self._by_body.get(raw.body.strip(), ())), None)
