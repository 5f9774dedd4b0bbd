"""The receiving link of a durable subscription: what it delivers stays in the broker's queue until it is accepted.

Owner: ``DurableReception``. Thread: the connection's.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import cproton
from cproton import lib
from proton import Endpoint
from typing_extensions import override

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.receiving import ReceiverLink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.dialects.dialect import Dialect, Source
    from clacks_monitor.amqp.link_session import LinkSession
    from clacks_monitor.amqp.pointers import Pointer
    from clacks_monitor.amqp.receiving import ReceiverLinkOwner
    from clacks_monitor.networking.failure import Failure
    from clacks_monitor.networking.loop import Loop

DURABLE_WINDOW: Final = 2000
"""Deliveries that may wait to be accepted, and so what can come twice after a break."""


class DurableLink(ReceiverLink):
    """Deliveries are settled by accept(), and credit is granted for as many as that.

    ``number`` is that of the message just read.
    """

    window = DURABLE_WINDOW

    def __init__(
        self,
        loop: Loop,
        session: LinkSession,
        dialect: Dialect,
        source: Source,
        owner: ReceiverLinkOwner,
        numbers: Iterator[int],
    ) -> None:
        """``numbers`` are those of the deliveries, over all links of a connection."""
        self._unsettled: deque[tuple[int, Pointer]] = deque()
        self._numbers = numbers
        self._left_of_first = self.window
        self._redelivered = False
        self._left: Callable[[], None] | None = None
        self.number = 0
        super().__init__(loop, session, dialect, "", owner, source)

    @property
    def repeated(self) -> bool:
        """Whether the message just read may have been delivered before: by a header, or as one of the first window."""
        return self._redelivered or self._left_of_first >= 0

    @override
    def _advance(self, delivery: Pointer) -> None:
        lib.pn_link_advance(self._pointer)
        self.number = next(self._numbers)
        self._left_of_first -= 1
        self._unsettled.append((self.number, delivery))

    @override
    def _decoded(self, data: bytes) -> AmqpMessage:
        self._redelivered = codec.was_delivered(data, by_count=self.dialect.counts_deliveries)
        return super()._decoded(data)

    def accept(self, number: int) -> None:
        """Accept the deliveries up to this number."""
        while self._unsettled and self._unsettled[0][0] <= number:
            _number, delivery = self._unsettled.popleft()
            lib.pn_delivery_update(delivery, cproton.PN_ACCEPTED)
            lib.pn_delivery_settle(delivery)

    @override
    def grant(self) -> None:
        if not self.live:
            return
        wanted = self.window - len(self._unsettled) - lib.pn_link_credit(self._pointer)
        if wanted >= self.window // 4:
            lib.pn_link_flow(self._pointer, wanted)

    @override
    def end(self) -> None:
        self._unsettled.clear()
        super().end()

    def detach(self, left: Callable[[], None]) -> None:
        """Leave the queue, which stays and gets back what was not accepted; ``left`` is called when the broker agrees.

        The engine's link exists until then: freeing it would settle its deliveries.
        """
        self.end()
        self._left = left
        if self._link.state & Endpoint.LOCAL_UNINIT:
            self._session.drop(self._link)
            left()
        else:
            self._link.detach()

    @override
    def attached(self) -> None:
        if self._left is None:
            super().attached()

    @override
    def detached(self, reason: Failure) -> None:
        if self._left is None:
            super().detached(reason)
        else:
            self._left()
