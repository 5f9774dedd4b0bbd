"""Filters of AMQP sources: their descriptors, and what a broker's answer says about them. Immutable; any thread.

Source: the AMQP filter registrations of Apache Qpid.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Final

from proton import Described, symbol, timestamp, ulong

from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Collection

    from clacks_monitor.core.portable_query import PropertyTest

XQUERY: Final = ("apache.org:xquery-filter:string", 0x0000468C00000005)
DIRECT_KEY: Final = ("apache.org:legacy-amqp-direct-binding:string", 0x0000468C00000000)
STREAM_OFFSET: Final = "rabbitmq:stream-offset-spec"
"""Where to begin in a stream of RabbitMQ: a name, an offset or a time."""

SELECTOR: Final = ("apache.org:selector-filter:string", 0x0000468C00000004)
PROPERTIES: Final = ("amqp:application-properties-filter", 0x174)
"""Values of application properties. Source: AMQP Filter Expressions 1.0, working draft 9, section 4.2.5."""
SQL: Final = ("amqp:sql-filter", 0x120)
"""A condition on properties, section 6 there. RabbitMQ also wants it to have this name."""
SQL_NAME: Final = "sql-filter"

UNKNOWN: Final = "clacks-monitor:nobody-knows-this-filter:string"
"""The descriptor of a filter that no broker knows."""


def for_events(key: str, query: str) -> dict[symbol, Described]:
    """Return the filter map that asks for events with a subject, and with a query for those that it matches."""
    found = {symbol("key"): Described(symbol(DIRECT_KEY[0]), key)}
    if query:
        found[symbol("xquery")] = Described(symbol(XQUERY[0]), query)
    return found


def for_stream(position: str | int | datetime) -> dict[symbol, Described]:
    """Return the filter map that asks for a stream from a position of ``core.stream_position``."""
    if isinstance(position, datetime):
        position = timestamp(int(position.timestamp() * 1000))
    elif isinstance(position, int):
        position = ulong(position)
    return {symbol(STREAM_OFFSET): Described(symbol(STREAM_OFFSET), position)}


def for_stream_filter(text: str) -> dict[symbol, Described]:
    """Return the filter map of what encode_properties() has returned, or of a condition in SQL; nothing for ""."""
    if not text or text.startswith("{"):
        return for_properties(text)
    return {symbol(SQL_NAME): Described(symbol(SQL[0]), text)}


def encode_properties(tests: tuple[PropertyTest, ...]) -> str:
    """Return tests of properties as one text, "" for none: names, and the texts with RabbitMQ's modifiers."""
    found = {one.name: f"&p:{one.text}" if one.prefix else _literal(one.text) for one in tests}
    return json.dumps(found) if found else ""


def _literal(text: str) -> str:
    return f"&{text}" if text.startswith("&") else text


def for_properties(encoded: str) -> dict[symbol, Described]:
    """Return the filter map that asks for events with properties that pass, nothing for ""."""
    return {symbol("properties"): Described(symbol(PROPERTIES[0]), json.loads(encoded))} if encoded else {}


def reason_not_filtered(descriptors: Collection[object]) -> str:
    """Return why the broker does not apply the query, given the filters that it says it applies; "" when it does."""
    if UNKNOWN in descriptors:
        return Message("The broker does not support XQuery filters (it confirms unknown filters).")
    if any(descriptor in {XQUERY[0], XQUERY[1], ulong(XQUERY[1])} for descriptor in descriptors):
        return ""
    return Message("The broker does not support XQuery filters (filter missing in its answer).")
