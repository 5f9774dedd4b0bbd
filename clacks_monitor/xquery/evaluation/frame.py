"""The dynamic context: the run, and the frames with variables and focus.

Owner: xquery. Thread: a Run and its frames belong to one evaluation on one thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import dates as d
from clacks_monitor.xquery.errors import TOO_DEEP, LimitError, QueryError

if TYPE_CHECKING:
    from clacks_monitor.xquery import syntax as s
    from clacks_monitor.xquery.datamodel.functions import Function
    from clacks_monitor.xquery.evaluation.default_collection import Collection
    from clacks_monitor.xquery.limits import Budget
    from clacks_monitor.xquery.parsing.static_context import StaticContext


Items = Sequence[Any]
Code = Callable[["Frame"], Items]
Test = Callable[["Frame"], bool]
Stream = Callable[["Frame"], Iterator[Any]]
ABSENT: Any = type("Absent", (), {"__slots__": ()})()
EMPTY: Items = ()


class GlobalVariable:
    """A global variable: its declaration and, unless external without default, its code."""

    __slots__ = ("code", "declaration", "size")

    def __init__(self, declaration: s.VariableDeclaration) -> None:
        self.declaration = declaration
        self.code: Code | None = None
        self.size = 0


class Run:
    """One evaluation: its budget, its global variables, its clock, and the context item that it begins with.

    ``collection`` is the default collection, where there is one.
    """

    __slots__ = ("budget", "busy", "collection", "globals", "item", "now", "static", "values")

    def __init__(self, static: StaticContext, variables: Mapping[s.Name, GlobalVariable], budget: Budget) -> None:
        self.static = static
        self.globals = variables
        self.budget = budget
        self.values: dict[s.Name, Items] = {}
        self.busy: set[s.Name] = set()
        self.item: Any = ABSENT
        self.now: d.DateTime | None = None
        self.collection: Collection | None = None

    def current(self) -> d.DateTime:
        """The current dateTime in UTC, the same during the whole evaluation."""
        if self.now is None:
            now = dt.datetime.now(dt.UTC)
            seconds = Decimal(now.second) + Decimal(now.microsecond) / 1000000
            self.now = d.DateTime(now.year, now.month, now.day, now.hour, now.minute, seconds, 0)
        return self.now


class Frame:
    """The variables of one function call, and the focus."""

    __slots__ = ("item", "position", "run", "size", "vars")

    def __init__(self, run: Run, variables: list[Any], item: Any = ABSENT) -> None:
        self.run = run
        self.vars = variables
        self.item = item
        self.position = 1
        self.size = 1

    def focus(self, item: Any, position: int, size: int) -> Frame:
        """The same variables with another focus."""
        made = Frame(self.run, self.vars, item)
        made.position = position
        made.size = size
        return made

    def captured(self) -> Frame:
        """A copy that later assignments do not change: what a closure keeps."""
        made = Frame(self.run, list(self.vars), self.item)
        made.position = self.position
        made.size = self.size
        return made

    def context(self) -> Any:
        """The context item, or XPDY0002."""
        if self.item is ABSENT:
            raise QueryError("XPDY0002", Message("There is no context item here."))
        return self.item


def call(function: Function, arguments: Sequence[Items], run: Run) -> Items:
    """Call a function item with arguments that have its types, counting the depth."""
    budget = run.budget
    budget.step()
    budget.depth += 1
    if budget.depth > budget.limits.depth:
        raise LimitError(TOO_DEEP, Message("The query's functions call each other too deeply."))
    try:
        return function.call(arguments, run)
    finally:
        budget.depth -= 1
