"""What is known of a broker, as a tree of names and values. Pure functions. Thread: the window's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from clacks_monitor.core.peer import DistributionMode, ReceiverSettleMode, SenderSettleMode
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.core.peer import LinkFacts, PeerFacts, TlsFacts

_DAY_NS: Final = 86_400 * formats.NS
EXPIRES_SOON_DAYS: Final = 14
"""From so many days on the end of a certificate is marked."""

_SHORT: Final = QLocale.FormatType.ShortFormat
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the tree: a ``key`` that no line beside it has, what it shows, and the lines below it."""

    key: str
    name: str
    value: str = ""
    below: tuple[Fact, ...] = ()
    warns: bool = False


def round_trip(round_trip_ns: int) -> str:
    """Return a round-trip time in milliseconds, with the digits that say something."""
    milliseconds = round_trip_ns / 1e6
    shown = QLocale().toString(milliseconds, "f", 0 if milliseconds >= 100 else 1)
    return translate("BrokerPage", "%1 ms").replace("%1", shown)


def facts_of(peer: PeerFacts, now_ns: int) -> tuple[Fact, ...]:
    """Return all that is known, in groups; what is not known is left out."""
    groups = (
        Fact("broker", translate("BrokerPage", "Broker"), peer.product, _broker(peer)),
        Fact("login", translate("BrokerPage", "Connection"), peer.host, _login(peer, now_ns)),
        _capabilities(peer.capabilities),
        Fact("management", translate("BrokerPage", "Management"), "", _named(peer.details)),
        Fact("links", translate("BrokerPage", "Links"), formats.number(len(peer.links)), _links(peer.links)),
    )
    return tuple(group for group in groups if group.below or group.key == "broker")


def _broker(peer: PeerFacts) -> tuple[Fact, ...]:
    known = (
        ("product", translate("BrokerPage", "Product"), peer.product),
        ("version", translate("BrokerPage", "Version"), peer.version),
        ("container", translate("BrokerPage", "Container"), peer.container),
    )
    return (*_present(known), *_named(peer.properties))


def _login(peer: PeerFacts, now_ns: int) -> tuple[Fact, ...]:
    login = peer.mechanism
    if peer.user:
        login = translate("BrokerPage", "%1 as %2").replace("%1", login).replace("%2", one_line(peer.user))
    known = (
        ("login", translate("BrokerPage", "Login"), login),
        ("depth", translate("BrokerPage", "Queue depth"), _percent(peer.queue_depth)),
        ("trip", translate("BrokerPage", "Round trip"), round_trip(peer.round_trip_ns) if peer.round_trip_ns else ""),
    )
    return (*_present(known), *_tls(peer.tls, now_ns))


def _tls(tls: TlsFacts | None, now_ns: int) -> tuple[Fact, ...]:
    if tls is None:
        return (Fact("tls", "TLS", translate("BrokerPage", "not used")),)
    days = (tls.expires_ns - now_ns) // _DAY_NS
    verified = translate("BrokerPage", "yes") if tls.verified else translate("BrokerPage", "no")
    facts = [
        Fact("tls", "TLS", f"{tls.protocol}, {tls.cipher}"),
        Fact("verified", translate("BrokerPage", "Certificate verified"), verified, warns=not tls.verified),
        Fact("subject", translate("BrokerPage", "Subject"), tls.subject),
        Fact("issuer", translate("BrokerPage", "Issuer"), tls.issuer),
        Fact("fingerprint", "SHA-256", tls.fingerprint),
    ]
    if tls.expires_ns:
        ends = QLocale().toString(QDateTime.fromSecsSinceEpoch(tls.expires_ns // formats.NS), _SHORT)
        facts.append(Fact("expires", translate("BrokerPage", "Valid until"), ends, warns=days < EXPIRES_SOON_DAYS))
    return tuple(fact for fact in facts if fact.value)


def _capabilities(capabilities: Sequence[str]) -> Fact:
    name = translate("BrokerPage", "Offered capabilities")
    return Fact("capabilities", name, formats.number(len(capabilities)), _items(capabilities))


def _links(links: Iterable[LinkFacts]) -> tuple[Fact, ...]:
    return tuple(_link(link) for link in links)


def _link(link: LinkFacts) -> Fact:
    direction = translate("BrokerPage", "receives") if link.receives else translate("BrokerPage", "sends")
    if not link.attached:
        return Fact(link.name, direction, translate("BrokerPage", "waiting for the broker"))
    known = (
        ("name", translate("BrokerPage", "Name"), link.name),
        ("address", translate("BrokerPage", "Address"), link.address),
        ("credit", translate("BrokerPage", "Credit"), formats.number(link.credit)),
        (
            "mode",
            translate("BrokerPage", "Distribution mode"),
            _distribution(link.distribution) if link.receives else "",
        ),
        ("sender", translate("BrokerPage", "Sender settles"), _sender(link.sender_settles)),
        ("receiver", translate("BrokerPage", "Receiver settles"), _receiver(link.receiver_settles)),
        ("capabilities", translate("BrokerPage", "Capabilities"), ", ".join(link.capabilities)),
    )
    filters = tuple(
        Fact(f"filter {name}", translate("BrokerPage", "Filter %1").replace("%1", one_line(name)), value)
        for name, value in link.filters
    )
    none = Fact("filter", translate("BrokerPage", "Filter"), translate("BrokerPage", "none"))
    warns = link.receives and link.distribution is DistributionMode.MOVE
    return Fact(
        link.name, direction, link.address, (*_present(known), *(filters or ((none,) if link.receives else ()))), warns
    )


def _distribution(mode: DistributionMode) -> str:
    return {
        DistributionMode.UNSPECIFIED: translate("BrokerPage", "not stated"),
        DistributionMode.COPY: translate("BrokerPage", "copy: other receivers get the events as well"),
        DistributionMode.MOVE: translate("BrokerPage", "move: other receivers do not get these events"),
    }[mode]


def _sender(mode: SenderSettleMode) -> str:
    return {
        SenderSettleMode.UNSETTLED: translate("BrokerPage", "after the receiver"),
        SenderSettleMode.SETTLED: translate("BrokerPage", "when sending"),
        SenderSettleMode.MIXED: translate("BrokerPage", "either way"),
    }[mode]


def _receiver(mode: ReceiverSettleMode) -> str:
    return {
        ReceiverSettleMode.FIRST: translate("BrokerPage", "on arrival"),
        ReceiverSettleMode.SECOND: translate("BrokerPage", "after the sender"),
    }[mode]


def _percent(depth: float) -> str:
    """Return how full the own queue is, "" where the broker does not say."""
    return "" if depth < 0 else translate("BrokerPage", "%1 % full").replace("%1", formats.number(round(depth * 100)))


def _present(known: Iterable[tuple[str, str, str]]) -> tuple[Fact, ...]:
    return tuple(Fact(key, name, value) for key, name, value in known if value)


def _named(pairs: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
    return tuple(
        Fact(f"{number} {name}", one_line(translated(name)), translated(value))
        for number, (name, value) in enumerate(pairs)
    )


def _items(texts: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(Fact(f"{number}", "", text) for number, text in enumerate(texts))
