"""The two links of a dialogue with something behind the broker: requests out, answers back to an address of our own.

Owner: the RPC client, or the watch. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Link

if TYPE_CHECKING:
    from clacks_monitor.amqp.failure import Failure
    from clacks_monitor.amqp.transport import Wire

_CREDIT: Final = 100
OVERRUN: Final = 100
"""How many answers beyond its credit a broker may send before the connection ends."""

MAX_ADDRESS: Final = 1024
"""Characters of an address that is repeated with each request; a longer one is not used."""

MAX_ANSWER: Final = 16 * 1024 * 1024
"""Bytes of the largest answer that is taken."""


class Asker(Protocol):
    """What the links tell."""

    def ready(self) -> None:
        """Tell that a link is there, or has credit."""

    def link_ended(self, reason: Failure) -> None:
        """Tell that the broker refused or ended a link."""

    def unsent(self, number: str) -> None:
        """Tell that the broker did not take a request."""

    def answered(self, data: bytes) -> None:
        """Take an answer, as it is encoded."""


class Replies:
    """The link that answers come on; ``address`` is the broker's choice, "" until it has chosen."""

    def __init__(self, wire: Wire, name: str, owner: Asker) -> None:
        self._wire, self._owner = wire, owner
        self.address = ""
        self._link = wire.receiver(name, self)
        self._link.source.dynamic = True
        self._link.snd_settle_mode = Link.SND_SETTLED
        self._link.open()

    def attached(self) -> None:
        """Learn the address."""
        address = self._link.remote_source.address or ""
        self.address = address if len(address) <= MAX_ADDRESS else ""
        self._link.flow(_CREDIT)
        self._owner.ready()

    def detached(self, reason: Failure) -> None:
        """Tell the asker."""
        self._owner.link_ended(reason)

    def flow(self) -> None:
        """Nothing: credit is what this side gives."""

    def delivery(self, _pointer: Any) -> None:  # noqa: ANN401 - the engine's own type
        """Take the answers that are there."""
        link = self._link._impl  # noqa: SLF001 - the engine's pointer has no public name
        while delivery := lib.pn_link_current(link):
            if lib.pn_delivery_pending(delivery) > MAX_ANSWER or lib.pn_link_credit(link) < -OVERRUN:
                self._wire.overrun()
                return
            if lib.pn_delivery_partial(delivery):
                return
            _count, data = cproton.pn_link_recv(link, lib.pn_delivery_pending(delivery))
            lib.pn_delivery_update(delivery, cproton.PN_ACCEPTED)
            lib.pn_link_advance(link)
            lib.pn_delivery_settle(delivery)
            self._owner.answered(bytes(data))

    def expect(self) -> None:
        """Give credit for the answer to another request: answers that are not waited for must find an end."""
        self._link.flow(max(0, _CREDIT - self._link.credit))

    def close(self) -> None:
        """End the link."""
        self._wire.drop(self._link)


class Requests:
    """The link that requests go out on."""

    def __init__(self, wire: Wire, name: str, address: str, owner: Asker) -> None:
        self._wire, self._owner = wire, owner
        self._link = wire.sender(name, self)
        self._link.target.address = address
        self._link.open()

    @property
    def credit(self) -> int:
        """How many requests the broker takes now."""
        return int(self._link.credit)

    def send(self, encoded: bytes, tag: str) -> None:
        """Send a request; ``tag`` comes back should the broker not take it."""
        link = self._link._impl  # noqa: SLF001 - the engine's pointer has no public name
        cproton.pn_delivery(link, tag.encode())
        lib.pn_link_send(link, ffi.from_buffer(encoded), len(encoded))
        lib.pn_link_advance(link)

    def attached(self) -> None:
        """Tell the asker."""
        self._owner.ready()

    def flow(self) -> None:
        """Tell the asker."""
        self._owner.ready()

    def detached(self, reason: Failure) -> None:
        """Tell the asker."""
        self._owner.link_ended(reason)

    def delivery(self, pointer: Any) -> None:  # noqa: ANN401 - the engine's own type
        """Take an outcome."""
        state = lib.pn_delivery_remote_state(pointer)
        if not state and not lib.pn_delivery_settled(pointer):
            return
        tag = lib.pn_delivery_tag(pointer)
        number = ffi.buffer(tag.start, tag.size)[:].decode()
        lib.pn_delivery_settle(pointer)
        if state in {cproton.PN_REJECTED, cproton.PN_RELEASED, cproton.PN_MODIFIED}:
            self._owner.unsent(number)

    def close(self) -> None:
        """End the link."""
        self._wire.drop(self._link)
