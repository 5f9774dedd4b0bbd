"""EventMaker: builds an event's XML from Python calls instead of strings."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lxml.builder import ElementMaker

from clacks_monitor.core.event import EVENT_NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree


def _spelled(_element: etree._Element, value: float | Decimal) -> str:
    """Return a value as its XML Schema type spells it (part 2, sections 3.2.2 to 3.2.5)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and math.isinf(value):
        return "INF" if value > 0 else "-INF"
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


class EventMaker:
    """An element factory in the events' namespace.

    ``e = EventMaker()``, then ``e.Event(e.PhoneStatus(e.CallerId("012345")))`` is an lxml element;
    a dictionary or keyword arguments become attributes. Numbers, True and False become text as XML Schema spells them.
    """

    def __init__(self) -> None:
        spelled: Any = dict.fromkeys((int, float, bool, Decimal), _spelled)
        self._make: Any = ElementMaker(typemap=spelled, namespace=EVENT_NAMESPACE, nsmap={None: EVENT_NAMESPACE})

    def __getattr__(self, name: str) -> Callable[..., etree._Element]:
        if name.startswith("_"):
            raise AttributeError(name)
        make: Callable[..., etree._Element] = getattr(self._make, name)
        return make
