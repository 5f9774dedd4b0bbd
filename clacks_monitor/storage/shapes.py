"""The columns of a query: types that are checked on each row. Pure.

A table has the right types as long as nothing but its database wrote the file, and nothing but this program made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import UnionType

Row = TypeVar("Row", bound="Sequence[object]")


class DamagedValueError(ValueError):
    """A value of a store is none that a store has."""


class Shape:
    """Columns by name with their types, in order: ``Shape(seq=int, name=str | None)``."""

    def __init__(self, **columns: type | UnionType) -> None:
        self._columns = columns
        self._known: set[tuple[type, ...]] = set()

    def __call__(self, row: Row) -> Row:
        """Return ``row`` as it is. Raises DamagedValueError where a value has another type."""
        kinds = tuple(map(type, row))
        if kinds not in self._known:
            for (name, kind), value in zip(self._columns.items(), row, strict=True):
                if not isinstance(value, kind):
                    raise DamagedValueError(f"a value of its column {name} has the type {type(value).__name__}")
            self._known.add(kinds)
        return row
