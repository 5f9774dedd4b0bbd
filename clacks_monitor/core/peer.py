"""What is known of the peer of a connection: the broker, the way to it, and the own links. Values; any thread.

The texts come from the peer: a bus makes them fit to be shown (``core.untrusted``) before they are put in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DistributionMode(StrEnum):
    """Whether receiving leaves an event to other receivers (COPY) or takes it away from them (MOVE)."""

    UNSPECIFIED = "unspecified"
    COPY = "copy"
    MOVE = "move"


class SenderSettleMode(StrEnum):
    """Whether the sender of a link settles each delivery when it is sent."""

    UNSETTLED = "unsettled"
    SETTLED = "settled"
    MIXED = "mixed"


class ReceiverSettleMode(StrEnum):
    """Whether the receiver of a link settles first, or after the sender has."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class TlsFacts:
    """The TLS of a connection, and the peer's certificate.

    ``verified`` is whether the certificate was checked; ``subject``, ``issuer`` and ``expires_ns`` (wall clock, 0 for
    unknown) are known then only, ``fingerprint`` (SHA-256, hexadecimal) always.
    """

    protocol: str
    cipher: str
    verified: bool
    fingerprint: str
    subject: str = ""
    issuer: str = ""
    expires_ns: int = 0


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """One of the own links, as the peer has granted it.

    ``receives`` is whether events or answers arrive on it; before it is ``attached``, only that and the name are known.
    ``filters`` are name and value of each filter in force. ``credit`` is how many messages may still be under way.
    """

    name: str
    receives: bool
    attached: bool = False
    address: str = ""
    credit: int = 0
    filters: tuple[tuple[str, str], ...] = ()
    distribution: DistributionMode = DistributionMode.UNSPECIFIED
    sender_settles: SenderSettleMode = SenderSettleMode.MIXED
    receiver_settles: ReceiverSettleMode = ReceiverSettleMode.FIRST
    capabilities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeerFacts:
    """What is known of the peer of one connection.

    While it is not ``is_open``, the facts are those of the last time it was, without links. ``container`` is the peer's
    name for itself, ``mechanism`` how this side has logged in, and ``user`` as whom. ``properties`` is what the peer
    says of itself besides product and version. ``details`` is what its management was asked: a name, which may be
    a Message, and a value. ``queue_depth`` is the filling of the own queue from 0 to 1, -1 for unknown.
    ``round_trip_ns`` is the time between a request and its answer, the newest measured; 0 for none.
    """

    connection_id: str
    name: str
    is_open: bool = False
    host: str = ""
    product: str = ""
    version: str = ""
    container: str = ""
    mechanism: str = ""
    user: str = ""
    tls: TlsFacts | None = None
    capabilities: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    links: tuple[LinkFacts, ...] = ()
    queue_depth: float = -1.0
    round_trip_ns: int = 0
