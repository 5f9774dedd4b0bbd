"""The table's columns: those of every row, and those of a value inside the event.

Profiles, settings and exports name a column by ``str(column)``, which column_from() reads. Texts and widths are the
window's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.decode import hardened_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MAX_NAME = 100
MAX_VALUE = 1_000
"""Characters of a value that a cell holds at most."""
MAX_REPEATS = 20
_MAX_PATH = 1_000
_STEPS = re.compile(r"(\*|[^\W\d][\w.\-·]*)(/(\*|[^\W\d][\w.\-·]*))*(/@[^\W\d][\w.\-·]*)?|@[^\W\d][\w.\-·]*")


_STRING = etree.XPath("string()")
"""An element's text as queries see it: itertext() would give the text of comments too."""


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


DEFAULT_COLUMNS = (Column.TIME, Column.TYPE, Column.SUMMARY, Column.CONNECTION, Column.SIZE)


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column of a value inside the event, blank where an event has none.

    ``path`` are local names below the document's root element, whatever their namespace: elements or "*", and last
    perhaps an attribute, with "@". As text: ``Caller=PhoneStatus/CallerId``.
    """

    name: str
    path: tuple[str, ...]

    def covers(self, path: Sequence[str]) -> bool:
        """Tell whether the column shows the value at ``path``, local names below the root."""
        alike = zip(self.path, path, strict=False)
        return len(path) == len(self.path) and all(mine in {"*", other} for mine, other in alike)

    def __str__(self) -> str:
        return f"{self.name}={'/'.join(self.path)}"


AnyColumn = Column | FieldColumn


def column_from(key: str) -> AnyColumn | None:
    """Return the column that a key names, None for what is no column (of this version)."""
    name, equals, path = key.rpartition("=")
    if not equals:
        return Column(key) if key in set(Column) else None
    name = name.strip()
    if not name or len(name) > MAX_NAME or not name.isprintable() or len(path) > _MAX_PATH:
        return None
    return FieldColumn(name, tuple(path.split("/"))) if _STEPS.fullmatch(path) else None


def fields_of(columns: Iterable[AnyColumn]) -> tuple[FieldColumn, ...]:
    """Return those columns for which a row's body has to be read."""
    return tuple(column for column in columns if isinstance(column, FieldColumn))


def sort_key(text: str) -> tuple[bool, float, str]:
    """Return what orders values: numbers by size, before texts without regard to case."""
    try:
        number = float(text)
    except ValueError:
        return True, 0.0, text.casefold()
    return number != number, number if number == number else 0.0, ""  # noqa: PLR0124 - NaN, which has no order


def _tidy(element: etree._Element) -> str:
    return " ".join(str(_STRING(element)).split())


def _finder(path: tuple[str, ...]) -> Callable[[etree._Element], list[str]]:
    """Return what lists the texts at a path that are not blank."""
    attribute = path[-1][1:] if path[-1].startswith("@") else ""
    steps = "/".join("*" if step == "*" else f"{{*}}{step}" for step in (path[:-1] if attribute else path))

    def texts(root: etree._Element) -> list[str]:
        found = root.findall(steps) if steps else [root]
        if not attribute:
            return [text for element in found[:MAX_REPEATS] if (text := _tidy(element))]
        return [
            str(value)
            for element in found[:MAX_REPEATS]
            for name, value in element.attrib.items()
            if etree.QName(name).localname == attribute and value
        ]

    return texts


class FieldReader:
    """Reads the values of field columns out of bodies. Belongs to one thread."""

    def __init__(self, columns: Sequence[FieldColumn]) -> None:
        self._finders = [(column, _finder(column.path)) for column in columns]
        self._parser = hardened_parser()

    def __call__(self, body: bytes) -> dict[FieldColumn, str]:
        """Return the value of each column that the body has; several at one path are divided by commas."""
        try:
            root = etree.fromstring(body, self._parser)
        except (etree.XMLSyntaxError, ValueError):
            return {}
        found = {column: ", ".join(find(root))[:MAX_VALUE] for column, find in self._finders}
        return {column: text for column, text in found.items() if text}
