"""Items of a result as rows: maps and elements become columns, everything else is one value.

They cross the border between two processes as values that ``marshal`` can write. Pure; any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.session.questions.functions import date_time
from clacks_monitor.session.questions.stored_events import StoredEvent
from clacks_monitor.xquery.datamodel.functions import Array, Function, Map
from clacks_monitor.xquery.datamodel.nodes import Attribute, DocumentNode, Element, Namespace, Node
from clacks_monitor.xquery.datamodel.values import string_of
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.serialize import serialized_result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VALUE: Final = "value"
"""The column of what has no name of its own."""
SEQUENCE: Final = "sequence"
"""The column, or key of a map, whose number is an event's."""
_DECIMAL: Final = "decimal"

Value = Any
"""A cell: None, bool, int, float, Decimal, str, or for what is nested a list or dictionary of such."""
Plain = Any
"""The same as ``marshal`` writes it: a Decimal as a tuple of its name and its text."""


class ResultForm(StrEnum):
    """How results are wanted: as rows with columns, each item as a text (XML, JSON for maps and arrays), or both.

    With both, only nodes have a text: that of anything else can be made of its columns.
    """

    ROWS = "rows"
    TEXT = "text"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One item of a result.

    ``values`` by the names of columns, in their order; ``sequence`` is the event's that it is from, None where it is of
    no single event. ``text`` is the item where ResultForm.TEXT is wanted, and ``values`` is empty then; with
    ResultForm.BOTH it is that of a node.
    """

    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    sequence: int | None = None
    text: str = ""


def plain_row(item: object, form: ResultForm) -> tuple[int | None, Plain]:
    """Return an item as a row for the pipe. Raises QueryError for a function, which has no value."""
    if form is ResultForm.TEXT:
        return sequence_of(item), text_of(item)
    if form is ResultForm.BOTH:
        return sequence_of(item), (_columns(item), text_of(item) if isinstance(item, Node) else "")
    return sequence_of(item), _columns(item)


def row_of(plain: tuple[int | None, Plain], form: ResultForm) -> ResultRow:
    """Return the row that came by the pipe."""
    sequence, found = plain
    if form is ResultForm.TEXT:
        return ResultRow(sequence=sequence, text=found)
    columns, text = found if form is ResultForm.BOTH else (found, "")
    return ResultRow({name: _read(value) for name, value in columns.items()}, sequence, text)


def characters_of(plain: Plain) -> int:
    """Return how many characters of text a row for the pipe has."""
    match plain:
        case str():
            return len(plain)
        case dict():
            return sum(map(characters_of, plain.values()))
        case list() | tuple():
            return sum(map(characters_of, plain))
    return 8  # of a number, about


def sequence_of(item: object) -> int | None:
    """Return the number of the event that an item is from or names, None for none."""
    if isinstance(item, Node):
        root = item.root()
        if isinstance(root, StoredEvent):
            return root.sequence
        named = [n.string_value for n in (*item.attributes, *item.kids) if getattr(n, "local", "") == SEQUENCE]
        return int(named[0]) if len(named) == 1 and named[0].isdecimal() and len(named[0]) < 20 else None
    found = item.get(SEQUENCE) if isinstance(item, Map) else ()
    return int(found[0]) if len(found) == 1 and type(found[0]) is int else None


def text_of(item: object) -> str:
    """Return an item as text."""
    if isinstance(item, Map | Array):
        return serialized_result([item], {"method": "json"})
    if isinstance(item, Attribute | Namespace):
        return item.text
    return serialized_result([item], {})


def _columns(item: object) -> dict[str, Plain]:
    match item:
        case Map():
            return {string_of(key): _plain(value) for key, value in item.entries()}
        case Array():
            return {str(place): _plain(member) for place, member in enumerate(item.members, 1)}
        case StoredEvent():
            time = string_of(date_time(item.row.wall_ns))
            return {SEQUENCE: item.sequence, "time": time, "type": item.type, "event": _xml(item)}
        case Element():
            return _columns_of_element(item)
        case Attribute():
            return {item.local: item.text}
    return {VALUE: _plain([item])}


def _columns_of_element(element: Element) -> dict[str, Plain]:
    """Return attributes and children as columns, where there is nothing else in it; else the element as one."""
    children = [kid for kid in element.kids if isinstance(kid, Element)]
    mixed = any(not isinstance(kid, Element) and kid.string_value.strip() for kid in element.kids)
    if mixed or not (children or element.attributes):
        return {element.local: _plain([element])}
    names = {child.local for child in children}
    found: dict[str, Plain] = {f"@{a.local}" if a.local in names else a.local: a.text for a in element.attributes}
    for child in children:
        value = _plain([child])
        if child.local in found:
            before = found[child.local]
            found[child.local] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[child.local] = value
    return found


def _plain(items: Sequence[object]) -> Plain:
    if len(items) == 1:
        return _plain_item(items[0])
    return [_plain_item(item) for item in items] if items else None


def _plain_item(item: object) -> Plain:
    match item:
        case bool() | int() | float() | Decimal():
            return _plain_number(item)
        case Map():
            return {string_of(key): _plain(value) for key, value in item.entries()}
        case Array():
            return [_plain(member) for member in item.members]
        case Node():
            return _plain_node(item)
        case Function():
            raise QueryError("FOTY0014", Message("A function is not a value that can be shown."))
    return string_of(item)


def _plain_number(item: float | Decimal) -> Plain:
    """Return a number as one of Python's own types, which alone can be written."""
    if isinstance(item, bool):
        return item
    if isinstance(item, Decimal):
        return (_DECIMAL, string_of(item))
    return int(item) if isinstance(item, int) else float(item)


def _plain_node(node: Node) -> str:
    whole = isinstance(node, DocumentNode) or any(isinstance(kid, Element) for kid in node.kids)
    return _xml(node) if whole else node.string_value


def _xml(node: Node) -> str:
    return text_of(node)


def _read(plain: Plain) -> Value:
    match plain:
        case (str(kind), str(text)) if kind == _DECIMAL and isinstance(plain, tuple):
            return Decimal(text)
        case list():
            return [_read(one) for one in plain]
        case dict():
            return {name: _read(one) for name, one in plain.items()}
    return plain
