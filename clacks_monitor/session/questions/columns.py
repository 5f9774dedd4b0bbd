"""The columns of a result, and cells as text. Pure but for Columns, which belongs to one thread."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import TYPE_CHECKING

from clacks_monitor.xquery.datamodel.values import string_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.session.questions.rows import ResultRow, Value

MOST_COLUMNS = 200
"""Columns of a result: more come of rows that have nothing in common, and are left out."""

_EXACT = 2.0**53
"""Below this a whole double is the same number as an integer."""


class Columns:
    """The names of columns in the order of their first appearance."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names so far."""
        return tuple(self._names)

    def add(self, rows: Iterable[ResultRow]) -> bool:
        """Add the columns of rows; return whether there are new ones."""
        before = len(self._names)
        for row in rows:
            for name in row.values:
                if len(self._names) < MOST_COLUMNS:
                    self._names.setdefault(name)
        return len(self._names) > before


def cell_text(value: Value) -> str:
    """Return a cell as text: numbers as XQuery writes them, nested values as JSON."""
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(json_value(value), ensure_ascii=False)
    return string_of(value)


def json_value(value: Value) -> object:
    """Return a cell as ``json`` writes it; what is not a number of JSON is a text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return string_of(value)
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, list):
        return [json_value(one) for one in value]
    if isinstance(value, dict):
        return {name: json_value(one) for name, one in value.items()}
    return value
