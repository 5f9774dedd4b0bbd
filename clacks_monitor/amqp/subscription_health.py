"""Looks after a subscription from outside: whether its exchange is there, how full its queue is, and what that lost.

A broker tells a receiver nothing of all this by itself. Where it answers Qpid's management protocol (QMF 2 over AMQP)
it is asked; elsewhere, and on read-only connections, a link that takes nothing is attached and dropped again now and
then, because attaching to an exchange that is gone is refused.

Owner: the line. Thread: the connection's.
"""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.queue_statistics import Advice, Figures, Reading
from clacks_monitor.amqp.request_response import Replies, Requests
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Link

    from clacks_monitor.amqp.dialects import Dialect
    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.amqp.transport import Wire

PERIOD_S: Final = 5.0
HASTE_S: Final = 0.5
"""Seconds between two looks at the queue, and while it is too full."""

EXCHANGE_EVERY: Final = 6
"""How many looks at the queue there are for one at the exchange."""

_QMF: Final = "qmf.default.direct"
_OBJECT: Final = "org.apache.qpid.broker:{}:{}"


class WatchOwner(Protocol):
    """What a watch tells the line."""

    def queue_read(self, reading: Reading) -> None:
        """Take a look at the own queue."""

    def exchange_there(self) -> None:
        """Tell that the exchange was there just now."""

    def exchange_gone(self, reason: Failure) -> None:
        """Tell that the exchange is not there any more."""


class Watch:
    """Watches for as long as a wire and a subscription on it live. ``queue`` is the queue's name."""

    def __init__(
        self, loop: Loop, wire: Wire, dialect: Dialect, name: Callable[[], str], owner: WatchOwner, *, may_send: bool
    ) -> None:
        self._loop, self._wire, self._dialect, self._name, self._owner = loop, wire, dialect, name, owner
        self._asks = may_send and dialect.has_queue_figures
        self._may_send = may_send
        self._queue = ""
        self._numbers = itertools.count(1)
        self._looks = 0
        self._asked: dict[str, str] = {}
        self._replies: Replies | None = None
        self._requests: Requests | None = None
        self._probe: _Probe | None = None
        self.figures = Figures()
        self._timer: Timer | None = loop.later(HASTE_S, self._look)

    def follow(self, link: str) -> None:
        """Watch the queue of this subscription link from now on."""
        self._queue = f"{self._wire.engine.container}_{link}"
        self.figures = Figures()

    def end(self) -> None:
        """Watch no more."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None

    def _look(self) -> None:
        due, self._looks = self._looks % EXCHANGE_EVERY == 0, self._looks + 1
        if self._asks:
            self._open()
            self._ask("queue", self._queue)
        if due:
            if self._asks:
                self._ask("exchange", self._dialect.source)
            elif self._probe is None and (self._may_send or not self._dialect.probes_by_sending):
                self._probe = _Probe(self._wire, self._name(), self._dialect, self)
        pause = HASTE_S if self.figures.shedding else PERIOD_S
        self._timer = self._loop.later(pause, self._look)

    def _open(self) -> None:
        if self._replies is None:
            self._replies = Replies(self._wire, self._name(), self)
            self._requests = Requests(self._wire, self._name(), _QMF, self)

    def _ask(self, kind: str, name: str) -> None:
        if self._replies is None or self._requests is None or not self._replies.address or not self._requests.credit:
            return
        number = f"{kind}-{next(self._numbers)}"
        self._asked = {number: kind} | dict(list(self._asked.items())[:5])
        self._replies.expect()
        self._requests.send(
            codec.encode(
                {"_what": "OBJECT", "_object_id": {"_object_name": _OBJECT.format(kind, name)}},
                subject="broker",
                correlation_id=number,
                reply_to=self._replies.address,
                properties={"x-amqp-0-10.app-id": "qmf2", "qmf.opcode": "_query_request", "method": "request"},
            ),
            number,
        )

    def ready(self) -> None:
        """Nothing: the next look comes by itself."""

    def link_ended(self, reason: Failure) -> None:
        """Ask no more: this broker has no management, or not for this user. The links are tried instead."""
        del reason
        for link in (self._replies, self._requests):
            if link is not None:
                link.close()
        self._asks = False
        self._replies = self._requests = None

    def unsent(self, number: str) -> None:
        """Forget a question that nobody takes."""
        self._asked.pop(number, None)

    def answered(self, data: bytes) -> None:
        """Take an answer; what cannot be understood is no answer."""
        try:
            message = codec.decode(data)
            content = json.loads(message.body)
        except (CodecError, ValueError, RecursionError):
            return
        kind = self._asked.pop(message.correlation_id, "")
        if message.properties.get("qmf.opcode") != "_query_response" or not isinstance(content, list):
            return
        found = [one.get("_values") for one in content if isinstance(one, dict)]
        if kind == "exchange":
            self.probed(
                None
                if found
                else Failure(FailureKind.NOT_FOUND, Message("{0} has been deleted.", self._dialect.source))
            )
        elif kind == "queue" and found and isinstance(found[0], dict):
            self._owner.queue_read(self.figures.look(found[0]))

    def probed(self, reason: Failure | None) -> None:
        """Take the result of looking for the exchange."""
        self._probe = None
        if reason is None:
            self._owner.exchange_there()
        elif reason.kind is FailureKind.NOT_FOUND:
            self._owner.exchange_gone(reason)


class _Probe:
    """A link that takes and gives nothing, to see whether the address is still there."""

    def __init__(self, wire: Wire, name: str, dialect: Dialect, owner: Watch) -> None:
        self._wire, self._owner = wire, owner
        link: Link
        if dialect.probes_by_sending:
            link = wire.sender(name, self)
            link.target.address = dialect.target
        else:
            link = wire.receiver(name, self)
            link.source.address = dialect.source
            link.source.filter.put_dict(dialect.nothing())
        self._link = link
        link.open()

    def attached(self) -> None:
        self._wire.drop(self._link)
        self._owner.probed(None)

    def detached(self, reason: Failure) -> None:
        self._owner.probed(reason)

    def flow(self) -> None:
        """Nothing: no credit is used."""

    def delivery(self, pointer: object) -> None:
        """Nothing: none is asked for."""


__all__ = ["Advice", "Reading", "Watch", "WatchOwner"]
