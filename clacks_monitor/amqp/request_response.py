"""Request and response through the broker: a link for requests, and one for the responses.

The responses come from an address of their own, or from the address of the requests, where the broker takes two links
with the same name for a pair.

Owner: ``RpcClient``, ``SubscriptionHealth`` or ``Management``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Link, PropertyDict, symbol

from clacks_monitor.amqp.pointers import Pointer, pointer_of

if TYPE_CHECKING:
    from clacks_monitor.amqp.side_session import LinkMaker
    from clacks_monitor.networking.failure import Failure

_CREDIT: Final = 100
OVERRUN: Final = 100
"""How many responses beyond its credit a broker may send before the connection ends."""

MAX_ADDRESS: Final = 1024
"""Characters of the address that each request repeats; a longer one is not used."""

MAX_ANSWER: Final = 16 * 1024 * 1024
"""Bytes of the largest response that is accepted."""


class RequestResponseOwner(Protocol):
    """What the links report."""

    def links_ready(self) -> None:
        """Send requests: there is credit, or an address for the responses."""

    def links_detached(self, reason: Failure) -> None:
        """Give the links up: the broker has refused or ended one of them."""

    def request_rejected(self, number: str) -> None:
        """Give a request up: the broker has not accepted it."""

    def response_received(self, data: bytes) -> None:
        """Handle an encoded response."""


class RequestResponseLinks:
    """Both links. ``reply_address`` is the address that the broker has chosen for responses, "" until then.

    A ``paired`` link for requests sends them settled: the response says what became of them.
    """

    def __init__(self, session: LinkMaker, address: str, owner: RequestResponseOwner, *, paired: bool = False) -> None:
        once = _FirstEnd(owner)
        self._responses = _ResponseLink(session, once, address if paired else "")
        self._requests = _RequestLink(session, address, once, self._responses.name if paired else "")

    @property
    def ready(self) -> bool:
        """Whether a request can be sent now."""
        return bool(self._responses.address) and self._requests.has_credit

    @property
    def reply_address(self) -> str:
        """Where responses are to be sent to."""
        return self._responses.address

    def send(self, encoded: bytes, number: str) -> None:
        """Send a request; ``number`` comes back if the broker rejects it."""
        self._responses.expect()
        self._requests.send(encoded, number)

    def close(self) -> None:
        """Close both links."""
        self._responses.close()
        self._requests.close()


class _FirstEnd:
    """Passes on what both links report, but only the first end: the owner may have made other links by the second."""

    def __init__(self, owner: RequestResponseOwner) -> None:
        self._owner = owner
        self._ended = False
        self.links_ready, self.request_rejected = owner.links_ready, owner.request_rejected
        self.response_received = owner.response_received

    def links_detached(self, reason: Failure) -> None:
        if not self._ended:
            self._ended = True
            self._owner.links_detached(reason)


class _ResponseLink:
    """The link that receives responses; ``pair`` is the address of both links, "" for one that the broker chooses."""

    def __init__(self, session: LinkMaker, owner: _FirstEnd, pair: str) -> None:
        self._session, self._owner = session, owner
        self.address = ""
        self._link = session.receiver(self)
        self.name = self._link.name
        if pair:
            _pair(self._link, pair)
        else:
            self._link.source.dynamic = True
        self._link.snd_settle_mode = Link.SND_SETTLED
        self._link.open()

    def attached(self) -> None:
        address = self._link.remote_source.address or ""
        self.address = address if len(address) <= MAX_ADDRESS else ""
        self._link.flow(_CREDIT)
        self._owner.links_ready()

    def detached(self, reason: Failure) -> None:
        self._owner.links_detached(reason)

    def flow(self) -> None:
        """Do nothing: the credit is this side's."""

    def delivery(self, _pointer: Pointer) -> None:
        link = pointer_of(self._link)
        while delivery := lib.pn_link_current(link):
            if lib.pn_delivery_pending(delivery) > MAX_ANSWER or lib.pn_link_credit(link) < -OVERRUN:
                self._session.overrun()
                return
            if lib.pn_delivery_partial(delivery):
                return
            _count, data = cproton.pn_link_recv(link, lib.pn_delivery_pending(delivery))
            lib.pn_delivery_update(delivery, cproton.PN_ACCEPTED)
            lib.pn_link_advance(link)
            lib.pn_delivery_settle(delivery)
            self._owner.response_received(bytes(data))

    def expect(self) -> None:
        """Give credit for the response to another request: unexpected responses are limited."""
        self._link.flow(max(0, _CREDIT - self._link.credit))

    def close(self) -> None:
        self._session.drop(self._link)


class _RequestLink:
    """The link that sends requests; ``pair`` is the name of the link for responses, "" where they are not paired."""

    def __init__(self, session: LinkMaker, address: str, owner: _FirstEnd, pair: str) -> None:
        self._session, self._owner = session, owner
        self._settled = bool(pair)
        self._link = session.sender(self, pair)
        if pair:
            _pair(self._link, address)
            self._link.snd_settle_mode = Link.SND_SETTLED
        else:
            self._link.target.address = address
        self._link.open()

    @property
    def has_credit(self) -> bool:
        return self._link.credit > 0

    def send(self, encoded: bytes, number: str) -> None:
        link = pointer_of(self._link)
        delivery = cproton.pn_delivery(link, number.encode())
        lib.pn_link_send(link, ffi.from_buffer(encoded), len(encoded))
        lib.pn_link_advance(link)
        if self._settled:
            lib.pn_delivery_settle(delivery)
            return
        self._session.round_trips.began((self, number))

    def attached(self) -> None:
        self._owner.links_ready()

    def flow(self) -> None:
        self._owner.links_ready()

    def detached(self, reason: Failure) -> None:
        self._owner.links_detached(reason)

    def delivery(self, pointer: Pointer) -> None:
        state = lib.pn_delivery_remote_state(pointer)
        if not state and not lib.pn_delivery_settled(pointer):
            return
        tag = lib.pn_delivery_tag(pointer)
        number = ffi.buffer(tag.start, tag.size)[:].decode()
        lib.pn_delivery_settle(pointer)
        self._session.round_trips.ended((self, number))
        if state in {cproton.PN_REJECTED, cproton.PN_RELEASED, cproton.PN_MODIFIED}:
            self._owner.request_rejected(number)

    def close(self) -> None:
        self._session.drop(self._link)


def _pair(link: Link, address: str) -> None:
    """Set a link up as one half of a pair (AMQP Link Pair 1.0)."""
    link.source.address = link.target.address = address
    link.properties = PropertyDict({symbol("paired"): True})
