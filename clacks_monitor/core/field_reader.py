"""Reads the values of field columns out of bodies and properties: one hardened parse for all of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.columns import FieldColumn
from clacks_monitor.core.event import NO_PROPERTIES
from clacks_monitor.core.hardened import hardened_parser, oversize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.columns import AddedColumn
    from clacks_monitor.core.event import Properties, PropertyValue


MAX_VALUE = 1_000
"""Characters of a value that a cell holds at most."""
MAX_REPEATS = 20
_LOOKED_AT = 10 * MAX_VALUE
_STRING = etree.XPath(f"substring(string(), 1, {_LOOKED_AT})")
"""The beginning of an element's text as queries see it: itertext() would give the text of comments too."""


def _tidy(text: str) -> str:
    return " ".join(text[:_LOOKED_AT].split())[:MAX_VALUE]


def texts_at(path: tuple[str, ...]) -> Callable[[etree._Element], list[str]]:
    """Return what lists the texts at a path below an element (see core.columns) that are not blank.

    They are on one line, MAX_REPEATS of at most MAX_VALUE characters.
    """
    attribute = path[-1][1:] if path[-1].startswith("@") else ""
    steps = "/".join("*" if step == "*" else f"{{*}}{step}" for step in (path[:-1] if attribute else path))

    def texts(root: etree._Element) -> list[str]:
        found = list(islice(root.iterfind(steps), MAX_REPEATS)) if steps else [root]
        if not attribute:
            return [text for element in found if (text := _tidy(str(_STRING(element))))]
        return [
            text
            for element in found
            for name, value in element.attrib.items()
            if etree.QName(name).localname == attribute and (text := str(value)[:MAX_VALUE])
        ]

    return texts


class FieldReader:
    """Reads the values of field columns, and of no others, out of events. Belongs to one thread."""

    def __init__(self, columns: Sequence[AddedColumn]) -> None:
        fields = [column for column in columns if isinstance(column, FieldColumn)]
        self._finders = [(column, texts_at(column.path)) for column in fields if not column.property_name]
        self._properties = [(column, column.property_name) for column in fields if column.property_name]
        self._parser = hardened_parser()

    def __call__(self, body: bytes, properties: Properties = NO_PROPERTIES) -> dict[AddedColumn, str]:
        """Return the value of each column that the event has; several at one path are divided by commas.

        An event that is too large to be checked has those of its properties only.
        """
        found: dict[AddedColumn, str] = {
            column: property_text(properties[name]) for column, name in self._properties if name in properties
        }
        found |= self._inside(body) if self._finders else {}
        return {column: text for column, text in found.items() if text}

    def _inside(self, body: bytes) -> dict[AddedColumn, str]:
        if oversize(body):
            return {}
        try:
            root = etree.fromstring(body, self._parser)
        except (etree.XMLSyntaxError, ValueError):
            return {}
        return {column: ", ".join(find(root))[:MAX_VALUE] for column, find in self._finders}


def property_text(value: PropertyValue) -> str:
    """Return a property's value as a text on one line."""
    return str(value).lower() if isinstance(value, bool) else _tidy(str(value))
