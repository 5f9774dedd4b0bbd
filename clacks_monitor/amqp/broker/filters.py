"""What a receiver asks for in its source's filter map, and what the broker answers that it does.

Filters are described values; their names are those of Qpid (registered with the AMQP filters of OASIS's
"apache.org" list), given as symbol or as number. The keys of the map are the client's own.
Owner: attaching. Thread: the broker's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from proton import Data, Described, symbol, ulong

if TYPE_CHECKING:
    from proton import Terminus

XQUERY: Final = ("apache.org:xquery-filter:string", 0x0000468C00000005)
BINDING: Final = ("apache.org:legacy-amqp-direct-binding:string", 0x0000468C00000000)


@dataclass(slots=True)
class Filters:
    """A subscription's filters. ``query`` None means none given; ``key`` is the exact routing key, "" for none.

    ``applied`` is the part of the map that the broker does, in the client's own words: its echo.
    """

    query: str | None = None
    key: str = ""
    applied: dict[symbol, Described] = field(default_factory=dict)


def read_filters(source: Terminus) -> Filters:
    """Return what the source's filter map asks for; what is unknown is left out, as is an undescribed value."""
    filters = Filters()
    data = source.filter
    data.rewind()
    if data.next() is None or data.type() != Data.MAP:
        return filters
    for key, value in data.get_dict().items():
        if not isinstance(value, Described) or not isinstance(value.value, str):
            # Undescribed text is taken for a filter on the subject, which an exchange does not have.
            continue
        if value.descriptor in XQUERY:
            if filters.query is not None:
                continue
            filters.query = str(value.value)
        elif value.descriptor in BINDING:
            if filters.key:
                continue
            filters.key = str(value.value)
        else:
            continue
        filters.applied[symbol(key)] = Described(_descriptor(value.descriptor), str(value.value))
    return filters


def echo_filters(filters: Filters, source: Terminus) -> None:
    """Write the filters that are applied into the broker's own source."""
    if filters.applied:
        source.filter.clear()
        source.filter.put_dict(filters.applied)


def _descriptor(given: object) -> symbol | ulong:
    return ulong(given) if isinstance(given, int) else symbol(str(given))
