"""A compiled main module and how it runs.

Owner: xquery. Thread: any; a Program never changes, a Run belongs to one evaluation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.types import item_matches, matches, type_string
from clacks_monitor.xquery.errors import TOO_DEEP, TOO_LARGE, LimitError, QueryError
from clacks_monitor.xquery.evaluation.conversion import described
from clacks_monitor.xquery.evaluation.frame import ABSENT, Code, Frame, GlobalVariable, Items, Run, Stream, Test
from clacks_monitor.xquery.limits import Budget, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from clacks_monitor.xquery import syntax as s
    from clacks_monitor.xquery.datamodel.nodes import DocumentNode
    from clacks_monitor.xquery.document import Document
    from clacks_monitor.xquery.evaluation.default_collection import Collection
    from clacks_monitor.xquery.parsing.static_context import StaticContext


_R = TypeVar("_R")


class Program:
    """The closures of a main module."""

    __slots__ = (
        "body", "context", "context_code", "globals", "looks_at_body", "output", "size", "static", "stream", "test",
    )  # fmt: skip  # a table, by rows

    def __init__(self, static: StaticContext) -> None:
        self.static = static
        self.output: dict[str, str] = {}
        self.globals: dict[s.Name, GlobalVariable] = {}
        self.context: s.ContextItemDeclaration | None = None
        self.context_code: Code | None = None
        self.body: Code | None = None
        self.test: Test | None = None
        self.stream: Stream | None = None
        self.looks_at_body = True
        self.size = 0

    def run(self, event: Document, properties: Mapping[str, object], limits: Limits) -> Items:
        """The result sequence; raises QueryError."""
        item = event.nodes if self.looks_at_body else ABSENT
        return self.with_item(item, self._externals(properties), limits)

    def on_node(self, node: DocumentNode, properties: Mapping[str, object], limits: Limits) -> Items:
        """The result sequence with a node as the context item; raises QueryError."""
        return self.with_item(node, self._externals(properties), limits)

    def boolean(self, event: Document, properties: Mapping[str, object], limits: Limits) -> bool:
        """The effective boolean value of the result; raises QueryError."""
        item = event.nodes if self.looks_at_body else ABSENT
        if self.test is None:
            raise AssertionError("a program has a test")
        return self._evaluate(self.test, item, self._externals(properties), limits)

    def with_item(self, item: Any, externals: Mapping[s.Name, Items], limits: Limits) -> Items:
        """The result sequence with any context item (ABSENT for none) and any variables."""
        if self.body is None:
            raise AssertionError("a program has a body")
        return self._evaluate(self.body, item, externals, limits)

    def _evaluate(
        self, body: Callable[[Frame], _R], item: Any, externals: Mapping[s.Name, Items], limits: Limits
    ) -> _R:
        try:
            return body(self._frame(item, externals, limits, None))
        except RecursionError:
            raise LimitError(TOO_DEEP, Message("The query's functions call each other too deeply.")) from None
        except MemoryError:
            raise LimitError(TOO_LARGE, Message("The query needs too much memory.")) from None

    def over_collection(
        self, collection: Collection, externals: Mapping[s.Name, Items], limits: Limits
    ) -> Iterator[Any]:
        """Yield the items of the result for a default collection, one by one where the query allows that."""
        try:
            frame = self._frame(ABSENT, externals, limits, collection)
            if self.stream is not None:
                yield from self.stream(frame)
            elif self.body is not None:
                yield from self.body(frame)
        except RecursionError:
            raise LimitError(TOO_DEEP, Message("The query's functions call each other too deeply.")) from None
        except MemoryError:
            raise LimitError(TOO_LARGE, Message("The query needs too much memory.")) from None

    def _frame(
        self, item: Any, externals: Mapping[s.Name, Items], limits: Limits, collection: Collection | None
    ) -> Frame:
        """The frame that an evaluation begins with."""
        run = Run(self.static, self.globals, Budget(limits))
        run.collection = collection
        for name, known in self.globals.items():
            self._bind_external(run, name, known, externals)
        frame = Frame(run, [None] * self.size, item)
        self._declared_context(frame)
        run.item = frame.item
        return frame

    def _bind_external(self, run: Run, name: s.Name, known: GlobalVariable, externals: Mapping[s.Name, Items]) -> None:
        declaration = known.declaration
        if not declaration.external:
            return
        if name in externals:
            found = externals[name]
            if declaration.type is not None and not matches(found, declaration.type):
                raise QueryError(
                    "XPTY0004",
                    Message("${0} must be {1}, not {2}.", name, type_string(declaration.type), described(found)),
                    at=declaration.at,
                )
            run.values[name] = found
        elif declaration.value is None:
            raise QueryError("XPDY0002", Message("The event has no property '{0}' for ${0}.", name), at=declaration.at)

    def _declared_context(self, frame: Frame) -> None:
        declaration = self.context
        if declaration is None:
            return
        if self.context_code is not None and (not declaration.external or frame.item is ABSENT):
            inner = Frame(frame.run, frame.vars, ABSENT)
            found = self.context_code(inner)
            if len(found) != 1:
                raise QueryError("XPTY0004", Message("The context item must be one item."), at=declaration.at)
            frame.item = found[0]
        wanted = declaration.type
        if wanted is not None and frame.item is not ABSENT and not item_matches(frame.item, wanted):
            raise QueryError(
                "XPTY0004", Message("The context item does not have its declared type."), at=declaration.at
            )

    def _externals(self, properties: Mapping[str, object]) -> dict[s.Name, Items]:
        found: dict[s.Name, Items] = {}
        for name, known in self.globals.items():
            if known.declaration.external and not name.uri and name.local in properties:
                found[name] = (of_property(properties[name.local]),)
        return found


def of_property(value: object) -> object:
    """An application property as the broker passes it: booleans and integers are xs:integer of 32 bits."""
    if isinstance(value, int):
        return (int(value) + 2**31) % 2**32 - 2**31
    if isinstance(value, (float, str, Decimal)):
        return value
    return v.Untyped(value)


def global_value(f: Frame, declaration: s.VariableDeclaration) -> Items:
    """The value of a global variable, evaluated on first use; XQDY0054 for a circle."""
    run, name = f.run, declaration.name
    found = run.values.get(name)
    if found is not None:
        return found
    if name in run.busy:
        raise QueryError("XQDY0054", Message("${0} depends on itself.", name), at=declaration.at)
    known = run.globals[name]
    if known.code is None:
        raise QueryError("XPDY0002", Message("${0} has no value.", name), at=declaration.at)
    run.busy.add(name)
    value = known.code(Frame(run, [None] * known.size, run.item))
    wanted = declaration.type
    # No function conversion rules here: the value must have the type as it is.
    if wanted is not None and not matches(value, wanted):
        raise QueryError(
            "XPTY0004",
            Message("${0} must be {1}, not {2}.", name, type_string(wanted), described(value)),
            at=declaration.at,
        )
    run.busy.discard(name)
    run.values[name] = value
    return value
