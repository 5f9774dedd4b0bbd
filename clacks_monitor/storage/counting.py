"""Counting values of events, and dividing a time into whole minutes and what sticks out at both ends. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.store import BEGIN_OF_TIME
from clacks_monitor.storage.encoding import MINUTE_NS

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

MAX_BUCKETS = 1_000_000
LONGEST_VALUE = 1_000
"""Characters of a value by which values are distinguished."""
MOST_VALUES = 200_000
OTHERS = "…"
"""Stands for values beyond so many different ones."""


def minutes_of_span(present: tuple[int, int], asked: tuple[int, int], bucket_ns: int) -> dict[str, int]:
    """Return ``asked`` cut to what a store holds ("from", "to"), and the whole minutes within it.

    These are "low" to "high" in minutes, "begin" to "end" in nanoseconds; empty where ``bucket_ns`` ("span") is not a
    multiple of a minute. Ends are excluded, but for that of ``present``.
    """
    first, last = present
    from_ns, to_ns = asked
    # A span that began before all times would begin at a fraction: databases have no smaller integers.
    low, high = max(from_ns, first, BEGIN_OF_TIME + bucket_ns), min(to_ns, last + 1)
    begin, end = -(-low // MINUTE_NS), high // MINUTE_NS
    if bucket_ns % MINUTE_NS or begin >= end:
        # Shorter than a minute: all of it entry by entry.
        inner = {"low": 0, "high": 0, "begin": high, "end": high}
    else:
        inner = {"low": begin, "high": end, "begin": begin * MINUTE_NS, "end": end * MINUTE_NS}
    return {**inner, "from": low, "to": high, "span": bucket_ns}


def parts_of(low: int, high: int, size: int) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Yield (first and last number, done then, total) of parts of ``size`` numbers; nothing where ``high`` is 0."""
    if not high:
        return
    for start in range(low, high + 1, size):
        end = min(start + size - 1, high)
        yield (start, end), end - low + 1, high - low + 1


def count_values(counts: Counter[str], values: list[str]) -> None:
    """Add values; those beyond what fits into memory are counted together."""
    for value in values:
        known = value[:LONGEST_VALUE]
        counts[known if known in counts or len(counts) < MOST_VALUES else OTHERS] += 1


def field_values(body: bytes, field: str, parser: etree.XMLParser) -> list[str]:
    """Return the values of an element or "@attribute" by its local name; none of what is not XML."""
    name = field.removeprefix("@")
    if name.encode() not in body and body[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return []
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return []
    if field.startswith("@"):
        return [str(value) for element in root.iter(etree.Element) if (value := element.get(name)) is not None]
    return [" ".join("".join(map(str, element.itertext())).split()) for element in root.iter(f"{{*}}{name}")]
