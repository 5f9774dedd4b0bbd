"""The filters that a receiver requests in its source's filter map, and those that the broker applies.

Filters are described values; their names are those of Qpid (registered with the AMQP filters of OASIS's
"apache.org" list), given as symbol or as number. The keys of the map are the client's own.
Thread: the broker's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from proton import Data, Described, symbol, ulong

if TYPE_CHECKING:
    from proton import Terminus

XQUERY: Final = ("apache.org:xquery-filter:string", 0x0000468C00000005)
BINDING: Final = ("apache.org:legacy-amqp-direct-binding:string", 0x0000468C00000000)


DEFAULT_NAME, DEFAULT_QUERY = "default-xquery-filter", "true()"


@dataclass(slots=True)
class Filters:
    """A subscription's filters. ``query`` is None when none is given; ``key`` is the exact routing key, "" for none.

    ``applied`` are the entries of the map that the broker applies, as the client has written them.
    """

    query: str | None = None
    key: str = ""
    applied: dict[symbol, Described | str] = field(default_factory=dict)

    def add(self, name: object, value: object) -> None:
        """Add an entry of the map; of several of one kind the first is used, and unknown ones are ignored."""
        descriptor = value.descriptor if isinstance(value, Described) else None
        text = value.value if isinstance(value, Described) else value
        if not isinstance(text, str) or isinstance(text, symbol):
            return
        if descriptor in XQUERY:
            if self.query is not None:
                return
            self.query = text
        elif descriptor is None or descriptor in BINDING:
            # Text without a descriptor is a filter on the subject as well.
            if self.key:
                return
            self.key = text
        else:
            return
        self.applied[symbol(name)] = text if descriptor is None else Described(_descriptor(descriptor), text)


def read_filters(source: Terminus) -> Filters:
    """Return the filters that the source's map requests."""
    filters = Filters()
    data = source.filter
    data.rewind()
    if data.next() is not None and data.type() == Data.MAP:
        for name, value in data.get_dict().items():
            filters.add(name, value)
    if filters.query is None:
        filters.applied[symbol(DEFAULT_NAME)] = Described(symbol(XQUERY[0]), DEFAULT_QUERY)
    return filters


def echo_filters(filters: Filters, source: Terminus) -> None:
    """Write the filters that are applied into the broker's own source."""
    if filters.applied:
        source.filter.clear()
        source.filter.put_dict(filters.applied)


def _descriptor(given: object) -> symbol | ulong:
    return ulong(given) if isinstance(given, int) else symbol(str(given))
