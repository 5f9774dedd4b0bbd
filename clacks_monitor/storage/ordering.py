"""Sorting entries by a field of their bodies. Pure."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from clacks_monitor.core.columns import FieldColumn, sort_key
from clacks_monitor.core.field_reader import FieldReader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.core.store import Scanned


def types_with_field(column: FieldColumn) -> set[str] | None:
    """Return the types of events that can have a field, None for all."""
    first = column.path[0]
    return None if first == "*" or first.startswith(("@", "$")) else {first, ""}


def ordered_by_field(
    spans: Iterable[tuple[tuple[int, int], list[Scanned]]], everything: array[int], column: FieldColumn, longest: int
) -> array[int]:
    """Return ``everything`` in the order of a field, whose first ``longest`` characters decide.

    Those without a value come first.
    """
    read = FieldReader([column])
    keys: dict[int, tuple[bool, float, str]] = {}
    for _span, part in spans:
        for sequence, _type, body, properties in part:
            text = read(body, properties).get(column)
            if text is not None:
                keys[sequence] = sort_key(text[:longest])
    found = array("q", (sequence for sequence in everything if sequence not in keys))
    found.extend(sorted(keys, key=lambda sequence: (keys[sequence], sequence)))
    return found
