"""The table's columns: of every row, of a value or property of the event, of a query's value, and of other rows.

Profiles, settings and exports name a column by ``str(column)``, which column_from() reads. A new column is a member of
``Column`` and an attribute of ``Row`` with the same name; stores define its order, ``gui.kit.cells`` how it looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_NAME = 100
MAX_EXPRESSION = 1_500
_MAX_PATH = 1_000
_STEPS = re.compile(r"(\*|[^\W\d][\w.\-·]*)(/(\*|[^\W\d][\w.\-·]*))*(/@[^\W\d][\w.\-·]*)?|@[^\W\d][\w.\-·]*")


_PROPERTY = re.compile(r"\$[^\W\d][\w.\-]*")
"""A property, as queries name it."""


class Column(StrEnum):
    """A column that every row has; the value is its key in profiles, settings and exports."""

    TIME = "time"
    TYPE = "type"
    SUMMARY = "summary"
    CONNECTION = "connection"
    SIZE = "size"
    SUBJECT = "subject"
    PROBLEM = "problem"
    COMMENT = "comment"
    SEQUENCE = "sequence"

    @property
    def kind(self) -> str:
        """The column's key, which is also the name of the attribute of ``Row`` that it shows."""
        return self.value

    @property
    def field(self) -> AddedColumn | None:
        """The column if it shows a value inside the event: never."""
        return None

    @property
    def caption(self) -> str:
        """The column's heading where no translated one is known."""
        return self.value


class RelativeColumn(StrEnum):
    """A column of the time since another row, which depends on what the table shows: no store has it, nor an export."""

    PREVIOUS = "since-previous"
    REFERENCE = "since-reference"

    @property
    def kind(self) -> str:
        """The column's key."""
        return self.value

    @property
    def field(self) -> FieldColumn | None:
        """The column if it shows a value inside the event: never."""
        return None

    @property
    def caption(self) -> str:
        """The column's heading where no translated one is known."""
        return self.value


DEFAULT_COLUMNS = (Column.TIME, Column.TYPE, Column.SUMMARY, Column.CONNECTION, Column.SIZE)


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column of a value inside the event, or of a property of the message; blank where an event has none.

    ``path`` are local names below the document's root element, whatever their namespace: elements or "*", and last
    perhaps an attribute, with "@". As text: ``Caller=PhoneStatus/CallerId``. A property is the only step, with "$":
    ``Topic=$topic``.
    """

    name: str
    path: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The same word for all columns of this kind."""
        return "field"

    @property
    def field(self) -> FieldColumn:
        """The column if it shows a value inside the event: itself."""
        return self

    @property
    def caption(self) -> str:
        """The column's heading."""
        return self.name

    @property
    def property_name(self) -> str:
        """The name of the property that it shows, "" for a value inside the event."""
        return self.path[0].removeprefix("$") if self.path[0].startswith("$") else ""

    @property
    def source(self) -> str:
        """The path as text."""
        return "/".join(self.path)

    def covers(self, path: Sequence[str]) -> bool:
        """Return whether the column shows the value at ``path``, local names below the root."""
        alike = zip(self.path, path, strict=False)
        return len(path) == len(self.path) and all(mine in {"*", other} for mine, other in alike)

    def __str__(self) -> str:
        return f"{self.name}={self.source}"


@dataclass(frozen=True, slots=True)
class ComputedColumn:
    """A column of the value of an XQuery expression about the event. As text: ``Minutes={./*/*/Seconds div 60}``.

    No store knows its values: session.view.computing has them evaluated.
    """

    name: str
    expression: str

    @property
    def kind(self) -> str:
        """The same word for all columns of this kind."""
        return "computed"

    @property
    def field(self) -> ComputedColumn:
        """The column if it was added to those of every row: itself."""
        return self

    @property
    def caption(self) -> str:
        """The column's heading."""
        return self.name

    @property
    def source(self) -> str:
        """The expression."""
        return self.expression

    def __str__(self) -> str:
        return f"{self.name}={{{self.expression}}}"


AddedColumn = FieldColumn | ComputedColumn
AnyColumn = Column | AddedColumn
"""A column of an event."""
ShownColumn = AnyColumn | RelativeColumn
"""A column of the table."""
StoredColumn = Column | FieldColumn
"""What a store can order its entries by."""


def column_from(key: str) -> ShownColumn | None:
    """Return the column that a key names, None for a key that is not one (of this version)."""
    if key.endswith("}") and "={" in key:
        return _computed(*key[:-1].split("={", 1))
    name, equals, path = key.rpartition("=")
    if not equals:
        if key in set(RelativeColumn):
            return RelativeColumn(key)
        return Column(key) if key in set(Column) else None
    name = name.strip()
    if not _is_name(name) or len(path) > _MAX_PATH:
        return None
    known = _STEPS.fullmatch(path) or _PROPERTY.fullmatch(path)
    return FieldColumn(name, tuple(path.split("/"))) if known else None


def _computed(name: str, expression: str) -> ComputedColumn | None:
    name, expression = name.strip(), expression.strip()
    good = _is_name(name) and "=" not in name and 0 < len(expression) <= MAX_EXPRESSION
    return ComputedColumn(name, expression) if good else None


def _is_name(name: str) -> bool:
    return 0 < len(name) <= MAX_NAME and name.isprintable()


def fields_of(columns: Iterable[ShownColumn]) -> tuple[AddedColumn, ...]:
    """Return those columns for which a row's body has to be read."""
    return tuple(field for column in columns if (field := column.field) is not None)


def sort_key(text: str) -> tuple[bool, float, str]:
    """Return what orders values: numbers by size, before texts without regard to case."""
    try:
        number = float(text)
    except ValueError:
        return True, 0.0, text.casefold()
    return number != number, number if number == number else 0.0, ""  # noqa: PLR0124 - NaN, which has no order
