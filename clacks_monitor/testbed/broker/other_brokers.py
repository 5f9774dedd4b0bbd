"""The rules for what a client may attach to, as Qpid Broker-J and the dispatch router have them.

Owner: ``ClientEndpoints``. Thread: the broker's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from proton import Terminus

from clacks_monitor.testbed.broker.attach import bound_link, described_filters, put_filters, reply_link
from clacks_monitor.testbed.broker.errors import NOT_FOUND, NOT_IMPLEMENTED, LinkError
from clacks_monitor.testbed.broker.exchange import XmlExchange
from clacks_monitor.testbed.broker.filters import BINDING
from clacks_monitor.testbed.broker.links import OutgoingLink
from clacks_monitor.testbed.broker.multicast import MulticastAddress, subscription
from clacks_monitor.testbed.broker.queues import Queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Receiver, Sender

    from clacks_monitor.testbed.broker.nodes import Node, NodeRegistry

_KNOWN: Final = frozenset({*BINDING, "apache.org:selector-filter:string", 0x0000468C00000004})
MULTICAST: Final = "multicast"
"""How the addresses begin for which a router is set up to deliver to all receivers."""


def attach_to_broker_j(
    link: Sender, nodes: NodeRegistry, *, container: str, wake: Callable[[OutgoingLink], None]
) -> OutgoingLink:
    """Set up a client's receiver: an exchange gives it a queue of its own, a queue may be browsed."""
    asked = link.remote_source
    link.snd_settle_mode = link.remote_snd_settle_mode
    link.target.copy(link.remote_target)
    if asked.dynamic:
        return reply_link(link, nodes, container, wake)
    link.source.copy(asked)
    found = described_filters(asked)
    unknown = [one.descriptor for one in found.values() if one.descriptor not in _KNOWN]
    node = nodes.find(asked.address or "")
    if isinstance(node, XmlExchange):
        put_filters(link.source, {name: one for name, one in found.items() if one.descriptor in BINDING})
        keys = [str(one.value) for one in found.values() if one.descriptor in BINDING]
        return bound_link(link, node, (keys or [""])[0], None, nodes=nodes, container=container, wake=wake)
    if not isinstance(node, Queue):
        raise LinkError(NOT_FOUND, f"Could not find destination for source '{asked.address}'")
    if unknown:
        raise LinkError(NOT_IMPLEMENTED, f"Unsupported filter type: {unknown[0]!s}")
    put_filters(link.source, {})
    return OutgoingLink(link, node, wake, browses=asked.distribution_mode == Terminus.DIST_MODE_COPY)


def attach_to_router(
    link: Sender, nodes: NodeRegistry, *, container: str, wake: Callable[[OutgoingLink], None]
) -> OutgoingLink:
    """Set up a client's receiver: every address exists, and whatever is asked for is repeated, but not done."""
    asked = link.remote_source
    link.snd_settle_mode = link.remote_snd_settle_mode
    link.target.copy(link.remote_target)
    if asked.dynamic:
        return reply_link(link, nodes, container, wake)
    link.source.copy(asked)
    node = route(asked.address or "", nodes)
    if isinstance(node, MulticastAddress):
        own = subscription(node, nodes)
        return OutgoingLink(link, own.queue, wake, own)
    return OutgoingLink(link, nodes.queue(asked.address or ""), wake)


def attach_router_receiver(link: Receiver, nodes: NodeRegistry) -> Node | None:
    """Set up a client's sender to a router."""
    link.source.copy(link.remote_source)
    link.target.copy(link.remote_target)
    link.snd_settle_mode = link.remote_snd_settle_mode
    address = link.remote_target.address
    return route(address, nodes) if address else None


def route(address: str, nodes: NodeRegistry) -> Node:
    """Return where a router delivers what is sent to an address: to all receivers, or to one of them."""
    if not address.startswith(MULTICAST):
        return nodes.queue(address)
    return nodes.services.setdefault(address, MulticastAddress())
