"""EventMaker: builds an event's XML from Python calls instead of strings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml.builder import ElementMaker

from clacks_monitor.core.event import EVENT_NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree


class EventMaker:
    """An element factory in the events' namespace.

    ``e = EventMaker()``, then ``e.Event(e.PhoneStatus(e.CallerId("012345")))`` is an lxml element;
    a dictionary or keyword arguments become attributes.
    """

    def __init__(self) -> None:
        self._make: Any = ElementMaker(namespace=EVENT_NAMESPACE, nsmap={None: EVENT_NAMESPACE})

    def __getattr__(self, name: str) -> Callable[..., etree._Element]:
        if name.startswith("_"):
            raise AttributeError(name)
        make: Callable[..., etree._Element] = getattr(self._make, name)
        return make
