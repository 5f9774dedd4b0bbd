"""What the embedded broker is told when it starts, and what it needs from the rooms it may not import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.testbed.broker.queues import QUEUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

Property = str | int | float | bool


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files of the listener: certificate with its chain, key, and the authority of clients' certificates or ""."""

    certificate: str
    key: str
    client_ca: str = ""


@dataclass(frozen=True, slots=True)
class BrokerSettings:
    """Where and how to listen.

    ``port`` 0 takes a free one. ``users`` maps names to passwords: with any, nobody gets in without logging in,
    unless ``anonymous``. ``queue_bytes`` is the size at which a queue drops its oldest messages, ``max_message`` the
    size at which a message is refused, both bytes. ``product`` is what the broker calls itself.
    """

    host: str = "127.0.0.1"
    port: int = 5672
    domain: str = "org.clacks"
    users: Mapping[str, str] = field(default_factory=dict, repr=False)
    anonymous: bool = True
    tls: TlsFiles | None = None
    queue_bytes: int = QUEUE_BYTES
    max_message: int = 64 * 1024 * 1024
    product: str = "Clacks Event Monitor embedded broker"
    version: str = ""


class Selection(Protocol):
    """The queries of one exchange's subscriptions; the broker's thread calls it.

    What can be decided at once is; what may take long is decided elsewhere and delivered later, so that one
    subscriber's query does not hold up the others. For one subscription the order of events is kept.
    """

    def add(self, number: int, query: str) -> None:
        """Take a subscription's query; raises QueryRefusedError with what is wrong with it."""

    def remove(self, number: int) -> None:
        """Forget a subscription; nothing is delivered to it any more."""

    def offer(
        self, body: bytes, properties: Mapping[str, Property], numbers: Collection[int], deliver: Callable[[int], None]
    ) -> None:
        """Call ``deliver`` with each of ``numbers`` whose query matches, on the broker's thread, now or later."""

    def when_decided(self, number: int, call: Callable[[], None]) -> bool:
        """Return whether all that was offered is decided for a subscription; if not, ``call`` is made once it is."""

    def close(self) -> None:
        """End whatever runs elsewhere."""


class SelectionFactory(Protocol):
    """Makes the selection of a new exchange."""

    def __call__(self, call_soon: Callable[[Callable[[], None]], object]) -> Selection:
        """Return an empty selection; ``call_soon`` brings a call from any thread to the broker's."""
