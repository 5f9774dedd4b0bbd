"""The columns of a query: texts cut to a size, and types that are checked on each row. Pure.

A STRICT table has the right types as long as SQLite alone wrote the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import UnionType

Row = TypeVar("Row", bound="Sequence[object]")


class DamagedValueError(ValueError):
    """A value of a capture is none that a capture has."""


def cut(column: str, size: int) -> str:
    """Return SQL for at most the first ``size`` bytes of a text, which may hold any character."""
    # length() and substr() of a text end at a NUL, those of bytes do not.
    stored = f"CAST({column} AS BLOB)"
    return f"iif(length({stored}) > {size}, CAST(substr({stored}, 1, {size}) AS TEXT), {column})"


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
