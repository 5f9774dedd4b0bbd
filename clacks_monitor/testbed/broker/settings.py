"""The settings of the embedded broker, and the interface of its query engine. Thread: any."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.testbed.broker.queues import QUEUE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

Property = str | int | float | bool


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files of the listener: certificate with its chain, key, and the authority of clients' certificates or "".

    ``client_required`` is whether clients without a certificate are refused.
    """

    certificate: str
    key: str
    client_ca: str = ""
    client_required: bool = False


class BrokerKind(StrEnum):
    """The brokers whose rules for links the embedded one can follow."""

    QPID = "qpid"
    ARTEMIS = "artemis"
    BROKER_J = "broker-j"
    ROUTER = "router"
    RABBITMQ = "rabbitmq"


_PRODUCTS: Final = {
    BrokerKind.QPID: "Clacks Event Monitor embedded broker",
    BrokerKind.ARTEMIS: "apache-activemq-artemis",
    BrokerKind.BROKER_J: "Apache Qpid Broker-J Core",
    BrokerKind.ROUTER: "qpid-dispatch-router",
    BrokerKind.RABBITMQ: "RabbitMQ",
}


@dataclass(frozen=True, slots=True)
class BrokerSettings:
    """Where and how to listen, and like which broker to behave.

    ``port`` 0 takes a free one. ``users`` maps names to passwords: if there are any, clients have to log in, unless
    ``anonymous``. ``queue_bytes`` is the size of a queue, ``max_message`` that at which a message is refused, both
    bytes. A full queue refuses the newest messages, as Qpid's does; with ``rings`` a client can ask for one that drops
    its oldest. Above 0, ``preemption_s`` has it route as a broker of many threads does (``routing``). ``product`` and
    ``version`` are what the broker calls itself, "" for what its kind does. ``queues`` are queues to begin with,
    ``failover`` further hosts that it names to clients.
    """

    host: str = "127.0.0.1"
    port: int = 5672
    domain: str = "org.clacks"
    users: Mapping[str, str] = field(default_factory=dict, repr=False)
    anonymous: bool = True
    tls: TlsFiles | None = None
    queue_bytes: int = QUEUE_BYTES
    rings: bool = True
    preemption_s: float = 0.0
    max_message: int = 64 * 1024 * 1024
    product: str = ""
    version: str = ""
    kind: BrokerKind = BrokerKind.QPID
    queues: tuple[str, ...] = ()
    failover: tuple[tuple[str, int], ...] = ()

    @property
    def shown_product(self) -> str:
        """What the broker calls itself."""
        return self.product or _PRODUCTS[self.kind]

    @property
    def shown_version(self) -> str:
        """The version that it calls itself."""
        return self.version or ("4.3.0" if self.kind is BrokerKind.RABBITMQ else "")


class Selection(Protocol):
    """The queries of one exchange's subscriptions; the broker's thread calls it.

    Short queries are evaluated at once; long ones on another thread, with delivery later, so that one subscriber's
    query does not delay the others. The order of events is kept for each subscription.
    """

    def add(self, number: int, query: str) -> None:
        """Add a subscription's query. Raises QueryRefusedError with the reason."""

    def remove(self, number: int) -> None:
        """Remove a subscription; nothing is delivered to it any more."""

    def offer(
        self, body: bytes, properties: Mapping[str, Property], numbers: Collection[int], deliver: Callable[[int], None]
    ) -> None:
        """Call ``deliver`` with each of ``numbers`` whose query matches, on the broker's thread, now or later."""

    def when_decided(self, number: int, call: Callable[[], None]) -> bool:
        """Return whether all that was offered is decided for a subscription; if not, ``call`` is made once it is."""

    def close(self) -> None:
        """End the threads and processes."""


class SelectionFactory(Protocol):
    """Makes the selection of a new exchange."""

    def __call__(self, call_soon: Callable[[Callable[[], None]], object]) -> Selection:
        """Return an empty selection; ``call_soon`` schedules a call from any thread on the broker's."""
