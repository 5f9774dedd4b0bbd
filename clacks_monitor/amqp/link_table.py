"""The links of one connection: what the engine says about a link goes to whom it concerns.

A broker opens no links to a monitor by itself. What looks like one is the late answer to a link that was closed before
it was answered, or an attack: a few are borne, more end the connection, because each costs memory and makes the next
dearer.

Owner: the wire. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Terminus

from clacks_monitor.amqp import failure, remote_properties
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from proton import Link

_Pointer = Any

MAX_STRANGERS: Final = 16
"""How many links may be open that nobody here asked for."""


class LinkOwner(Protocol):
    """What a link tells: exactly one of attached() and detached() first; detached() at most once, and last."""

    def attached(self) -> None:
        """Tell that the peer has agreed to the link."""

    def detached(self, reason: Failure) -> None:
        """Tell that the peer refused or ended the link."""

    def flow(self) -> None:
        """Tell that the link's credit has changed."""

    def delivery(self, pointer: _Pointer) -> None:
        """Tell that a delivery (pn_delivery_t) has arrived, grown, or been settled."""


class LinkTable:
    """Links and their owners, by the engine's link. ``host`` is named in reasons."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._links: dict[int, tuple[Link, LinkOwner]] = {}
        self._strangers = 0

    def add(self, link: Link, owner: LinkOwner) -> None:
        """Tell ``owner`` what happens to a link."""
        self._links[_key(_pointer(link))] = (link, owner)

    def drop(self, link: Link) -> None:
        """Close a link; its owner hears nothing more of it."""
        if self._links.pop(_key(_pointer(link)), None) is not None:
            link.close()
            link.free()

    def clear(self) -> None:
        """Forget all: the connection is gone."""
        self._links.clear()

    def on_attach(self, event: _Pointer) -> Failure | None:
        """Take the peer's attach; returns why the connection had better end."""
        pointer = lib.pn_event_link(event)
        link, owner = self._links.get(_key(pointer), (None, None))
        if link is None or owner is None:
            self._strangers += 1
            return _intrusion(self._host) if self._strangers > MAX_STRANGERS else None
        # A refused link is answered without a source or target, and a detach that says why comes next.
        if _terminus(link).type != Terminus.UNSPECIFIED:
            owner.attached()
        return None

    def on_detach(self, event: _Pointer) -> None:
        """Take the peer's detach."""
        pointer = lib.pn_event_link(event)
        link, owner = self._links.get(_key(pointer), (None, None))
        if link is None or owner is None:
            if _is_stranger(pointer):
                self._strangers -= 1
                lib.pn_link_free(pointer)
            return
        address = (link.target.address if link.is_sender else link.source.address) or "the link"
        refused = _terminus(link).type == Terminus.UNSPECIFIED
        did = (
            Message("{0} refused {1}", self._host, address)
            if refused
            else Message("{0} ended {1}", self._host, address)
        )
        name, text = remote_properties.reason(lib.pn_link_remote_condition(pointer))
        self.drop(link)
        owner.detached(failure.of_condition(name, text, did))

    def on_flow(self, event: _Pointer) -> None:
        """Take the peer's flow."""
        found = self._links.get(_key(lib.pn_event_link(event)))
        if found is not None:
            found[1].flow()

    def on_delivery(self, event: _Pointer) -> Failure | None:
        """Take something about a delivery; returns why the connection had better end."""
        pointer = lib.pn_event_link(event)
        found = self._links.get(_key(pointer))
        if found is not None:
            found[1].delivery(lib.pn_event_delivery(event))
            return None
        # Late deliveries of a link that was closed here are freed with it; a stranger's would pile up.
        return _intrusion(self._host) if _is_stranger(pointer) else None


def _terminus(link: Link) -> Terminus:
    return link.remote_target if link.is_sender else link.remote_source


def _is_stranger(pointer: _Pointer) -> bool:
    return bool(lib.pn_link_state(pointer) & cproton.PN_LOCAL_UNINIT)


def _intrusion(host: str) -> Failure:
    return Failure(FailureKind.REFUSED, Message("{0} opens unrequested links and is not an event broker.", host))


def _pointer(link: Link) -> _Pointer:
    return link._impl  # noqa: SLF001 - the engine's pointer has no public name


def _key(pointer: _Pointer) -> int:
    return int(ffi.cast("intptr_t", pointer))
