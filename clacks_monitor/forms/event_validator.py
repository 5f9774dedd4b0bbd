"""Validates events by the schemas of the catalogue.

Owner: the catalogue. Thread: any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.core.event import EVENT_NAMESPACE, EVENT_TAG
from clacks_monitor.core.messages import Message
from clacks_monitor.forms import lossless
from clacks_monitor.forms.errors import ValidationIssue, XmlTextError
from clacks_monitor.forms.lossless import split_name
from clacks_monitor.forms.validation import validate

if TYPE_CHECKING:
    from clacks_monitor.forms.schema_table import SchemaEntry, SchemaTable

__all__ = ["EventValidator"]

LARGE_NODES: Final = 20_000
"""An event with more elements and attributes is validated by the guard, even by the program's own schemas."""
LARGE_ELEMENT: Final = 1_000
"""An element with more attributes is large by itself: lxml copies it in time that is quadratic in their number."""
WAIT_S: Final = 5.0
"""How long an event may wait for its schema to be read, once for each schema."""


class EventValidator:
    """Validates events of the types in a table."""

    def __init__(self, table: SchemaTable) -> None:
        self._table = table

    def check(self, tree: etree._Element) -> str | None:
        """Return the first thing that is wrong with a received event, or None.

        ``tree`` is the parsed root element. Costs about one validation by libxml2.
        """
        children = list(tree.iterchildren("*"))
        if tree.tag != EVENT_TAG:
            return Message("the root element is {0}, expected Event in {1}", _described(tree.tag), EVENT_NAMESPACE)
        if len(children) != 1:
            return Message("an event must contain exactly one element, found {0}", len(children))
        self._table.wait_for(split_name(str(children[0].tag))[1], WAIT_S)
        entry, problem = self._entry_of(children[0])
        if entry is None:
            return problem
        if entry.schema is None:
            return None if entry.type.problem is None else Message("cannot be checked: {0}", entry.type.problem.text)
        large = entry.guarded is not None and _is_large(children[0])
        return (entry.guarded if large and entry.guarded else entry.schema).first_problem(children[0])

    def _entry_of(self, element: etree._Element) -> tuple[SchemaEntry | None, str]:
        """Return the entry of an event's element, or why there is none."""
        namespace, name = split_name(str(element.tag))
        entry = self._table.get(name)
        if entry is None:
            return None, Message("no schema defines the event type {0}", name)
        if entry.schema is not None and entry.type.namespace != namespace:
            expected, found = (item or Message("no namespace") for item in (entry.type.namespace, namespace))
            return None, Message("{0} belongs to {1}, not to {2}", name, expected, found)
        return entry, ""

    def validate(self, event: etree._Element | bytes, *, type_name: str | None = None) -> list[ValidationIssue]:
        """Return everything that is wrong with an event, with line and column and the validator that reports it.

        With ``type_name`` the event has to be of that type.
        """
        body = event if isinstance(event, bytes) else etree.tostring(event, encoding="UTF-8")
        try:
            document = lossless.parse(body)
        except XmlTextError as error:
            return [error.problem]
        root = etree.fromstring(body, lossless.parser(bare=True))
        children = list(root.iterchildren("*"))
        if root.tag != EVENT_TAG or len(children) != 1:
            problem = self.check(root)
            line, column = lossless.position(document.text, document.root.start)
            return [] if problem is None else [ValidationIssue(problem, line, column)]
        line, column = lossless.position(document.text, document.root.children[0].start)
        entry, reason = self._entry_of(children[0])
        if entry is None:
            return [ValidationIssue(reason, line, column)]
        if type_name is not None and entry.type.name != type_name:
            return [ValidationIssue(Message("found {0}, expected {1}", entry.type.name, type_name), line, column)]
        if entry.schema is None:
            reason = Message("cannot be checked: {0}", entry.type.problem.text if entry.type.problem else "")
            return [ValidationIssue(reason, line, column)]
        found = validate(entry.schema, children[0], document.root.children[0])
        return [issue for _node, issue in found]


def _described(tag: object) -> str:
    namespace, local = split_name(str(tag))
    return Message("{0} in {1}", local, namespace) if namespace else Message("{0} without a namespace", local)


def _is_large(element: etree._Element) -> bool:
    """Whether validating an element may take long; counts no more nodes than needed."""
    nodes = 0
    for item in element.iter():
        attributes = len(item.attrib)
        nodes += 1 + attributes
        if nodes > LARGE_NODES or attributes > LARGE_ELEMENT:
            return True
    return False
