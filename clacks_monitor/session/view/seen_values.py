"""The words that the last events have as values, by the names of their elements. Thread: the reader's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.hardened import hardened_parser, oversize

if TYPE_CHECKING:
    from clacks_monitor.core.ending import Stop
    from clacks_monitor.core.store import EventReader

MAX_EVENTS = 1_000
MAX_BYTES = 20_000
"""Larger events are left out."""
MAX_VALUES = 30
"""Values of a name; one that has more does not have words of a small set."""
MAX_LETTERS = 40


def seen_values(reader: EventReader, stop: Stop) -> dict[str, frozenset[str]]:
    """Return which words elements of each name had in the last MAX_EVENTS events."""
    found: dict[str, set[str]] = {}
    parser, upper = hardened_parser(), reader.last_sequence()
    for chunk in reader.scan(max(1, upper - MAX_EVENTS + 1), upper, properties=False):
        for _sequence, _type, body, _properties in chunk:
            if stop.is_set:
                return {}
            if len(body) <= MAX_BYTES and not oversize(body):
                _collect(body, parser, found)
    return {name: frozenset(values) for name, values in found.items() if len(values) <= MAX_VALUES}


def _collect(body: bytes, parser: etree.XMLParser, found: dict[str, set[str]]) -> None:
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for element in root.iter("{*}*"):
        text = element.text or ""
        if not len(element) and len(text) <= MAX_LETTERS and text.isalpha():
            values = found.setdefault(etree.QName(element).localname, set())
            if len(values) <= MAX_VALUES:
                values.add(text)
