"""What has to be done over a broker's management before a link can receive.

A broker whose sources are queues only (RabbitMQ 4) is asked for a queue of this connection's own, which is bound to the
exchange and ends with the link; or for the kind of a queue that is to be read, because reading any but a stream takes
events away from its other receivers.

Owner: ``ReceiverLink``. Thread: the connection's.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import quote

from typing_extensions import override

from clacks_monitor.amqp.answer import MISSING, Answer, path
from clacks_monitor.amqp.drop_counter import DropCounter
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.answer import ManagementNode
    from clacks_monitor.amqp.values import Value

    Done = Callable[[Failure | None], None]
    Dropped = Callable[[int], None]

MAX_MESSAGES: Final = 200_000
MAX_BYTES: Final = 256 * 1024 * 1024
"""What an own queue holds; then it drops its oldest. A minute without reading loses nothing at 3,000 events/s."""

STREAM: Final = "stream"


class Preparation(Protocol):
    """One step or more before a link is opened; made once for each link."""

    def start(self, management: ManagementNode, done: Done) -> None:
        """Do it, and call ``done`` with None, or with the reason why the link must not be opened."""

    def undo(self, management: ManagementNode, *, used: bool, dropped: Dropped) -> None:
        """Remove what would stay after the link, which has ended; ``used`` is whether it was attached.

        ``done`` is not called any more. ``dropped`` is called if it turns out now that events were dropped.
        """


@dataclass(frozen=True, slots=True)
class OwnQueue:
    """An exclusive queue that is bound to an exchange, bounded, and deleted when its receiver goes.

    What it drops is counted, where the user may declare what that takes.
    """

    exchange: str
    key: str
    name: str = field(default_factory=lambda: f"clacks-monitor-{uuid.uuid4().hex}")
    counter: DropCounter = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Make the counter, which has no state of the broker's yet."""
        object.__setattr__(self, "counter", DropCounter(f"{self.name}-dropped"))

    @property
    def address(self) -> str:
        """The source to receive from, and its path in the management."""
        return path("queues", self.name)

    @property
    def bindings_path(self) -> str:
        """The path of its bindings to the exchange, in the management."""
        return f"/bindings?src={quote(self.exchange, safe='')}&dstq={self.name}&key={quote(self.key, safe='')}"

    def _declaration(self) -> Value:
        limits: dict[str | bytes, Value] = {
            "x-max-length": MAX_MESSAGES,
            "x-max-length-bytes": MAX_BYTES,
            "x-overflow": "drop-head",
        }
        if self.counter.counts:
            limits["x-dead-letter-exchange"] = self.counter.name
        return {"durable": False, "auto_delete": True, "exclusive": True, "arguments": limits}

    def _binding(self) -> Value:
        return {"source": self.exchange, "destination_queue": self.name, "binding_key": self.key, "arguments": {}}

    def start(self, management: ManagementNode, done: Done) -> None:
        """Declare it, with what counts its losses, then bind it."""
        self.counter.start(management, lambda: self._declare(management, done))

    def _declare(self, management: ManagementNode, done: Done) -> None:

        def declared(outcome: Answer | Failure) -> None:
            if (reason := _failure(outcome, Message("The broker declares no queue for the monitor"))) is not None:
                done(reason)
            else:
                self.bind(management, lambda outcome: done(self.failure_to_bind(outcome)))

        management.request("PUT", self.address, self._declaration(), declared)

    def failure_to_bind(self, outcome: Answer | Failure) -> Failure | None:
        """Return what it means that bind() has failed, None when it has not."""
        return _failure(outcome, Message("The monitor's queue cannot be bound to {0}", self.exchange))

    def bind(self, management: ManagementNode, done: Callable[[Answer | Failure], None]) -> None:
        """Bind it to the exchange."""
        management.request("POST", "/bindings", self._binding(), done)

    def unbind(self, management: ManagementNode, done: Callable[[Answer | Failure], None]) -> None:
        """Remove that binding; one that is gone already counts as removed."""
        source, key = quote(self.exchange, safe=""), quote(self.key, safe="")
        management.request("DELETE", f"/bindings/src={source};dstq={self.name};key={key};args=", None, done)

    def undo(self, management: ManagementNode, *, used: bool, dropped: Dropped) -> None:
        """Delete what counts, and itself: a queue that never had a receiver ends with the connection only."""
        if not used:
            management.request("DELETE", self.address, None, lambda _outcome: None)
        self.counter.end(management, dropped)


@dataclass(frozen=True, slots=True)
class DurableQueue(OwnQueue):
    """A quorum queue of one name, which stays. One receiver at a time is active; the others wait."""

    @override
    def _declaration(self) -> Value:
        kind: dict[str | bytes, Value] = {"x-queue-type": "quorum", "x-single-active-consumer": True}
        return {"durable": True, "auto_delete": False, "exclusive": False, "arguments": kind}

    @override
    def start(self, management: ManagementNode, done: Done) -> None:
        """Declare it, then bind it: it has no bounds, so that it drops nothing."""
        self._declare(management, done)

    @override
    def undo(self, management: ManagementNode, *, used: bool, dropped: Dropped) -> None:
        """Do nothing: it may have been there before."""


@dataclass(frozen=True, slots=True)
class Rebinding:
    """Binds an own queue to another exchange or key, before the old binding is removed.

    The queue gets an event once, also while both bindings fit.
    """

    old: OwnQueue
    new: OwnQueue

    def start(self, management: ManagementNode, done: Done) -> None:
        """Do it, and call ``done`` with None, or with the reason why the bindings are not as they should be."""

        def bound(outcome: Answer | Failure) -> None:
            if (reason := self.new.failure_to_bind(outcome)) is not None or self.new == self.old:
                done(reason)
            else:
                self.old.unbind(management, unbound)

        def unbound(outcome: Answer | Failure) -> None:
            # With its exchange, the old binding has gone as well.
            gone = isinstance(outcome, Answer) and outcome.status == MISSING
            done(None if gone else _failure(outcome, Message("{0} is still bound", self.old.exchange)))

        self.new.bind(management, bound)


def rebinding(old: Preparation | None, new: Preparation | None) -> Rebinding | None:
    """Return how the queue of one source becomes that of another; None where another queue is needed."""
    if not isinstance(old, OwnQueue) or not isinstance(new, OwnQueue):
        return None
    return Rebinding(old, replace(old, exchange=new.exchange, key=new.key))


@dataclass(frozen=True, slots=True)
class NamedQueue:
    """A queue that exists. Only a stream gives each receiver every event; with ``consumes`` others may miss some."""

    name: str
    consumes: bool = False

    def start(self, management: ManagementNode, done: Done) -> None:
        """Find out what kind of queue it is."""

        def described(outcome: Answer | Failure) -> None:
            reason = _failure(outcome, Message("{0} cannot be read", self.name))
            takes = not isinstance(outcome, Failure) and outcome.values.get("type") != STREAM
            if reason is None and takes and not self.consumes:
                reason = Failure(FailureKind.REFUSED, taken_away(self.name))
            done(reason)

        management.request("GET", path("queues", self.name), None, described)

    def undo(self, management: ManagementNode, *, used: bool, dropped: Dropped) -> None:
        """Do nothing: nothing was made."""


def taken_away(name: str) -> str:
    """Return why a queue is not read."""
    return Message(
        "{0} is a queue: events that are received from it are taken away from its other receivers. "
        "Name the exchange as the domain to get a copy of each event, or read a stream.",
        name,
    )


def _failure(outcome: Answer | Failure, what: str) -> Failure | None:
    if isinstance(outcome, Failure):
        return outcome
    return None if outcome.ok else outcome.failure(what)
