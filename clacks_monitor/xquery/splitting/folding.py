"""Aggregates that are found part by part, and joined: states that grow, cross a pipe, and give a result.

Owner: the caller that folds. Thread: one. Source of the rules: F&O 3.1, section 14.4, as library.aggregates has them.
"""

from __future__ import annotations

import re
from math import isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import dates as d
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.datamodel.operators import calculate, category, compare
from clacks_monitor.xquery.datamodel.types import type_name
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.aggregates import extreme_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FUNCTIONS = frozenset({"count", "sum", "avg", "min", "max"})
"""The functions of one argument that are folded."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""Numbers that Python reads as XQuery does."""
Plain = Any
"""An atomic value, or a state, as ``marshal`` writes it."""


def plain_atom(value: Any) -> Plain:
    """Return an atomic value for a pipe: with the name of its type where Python has no such type."""
    kind = type(value)
    if kind in (str, int, float, bool):
        return value
    return (type_name(value), v.string_of(value))


def atom_of_plain(plain: Plain) -> Any:
    """Return the atomic value that came by a pipe."""
    if not isinstance(plain, tuple):
        return plain
    name, text = plain
    return v.Untyped(text) if name == "untypedAtomic" else cast(text, name)


class Fold:
    """What is known of one aggregate: the number of values, and their sum or extremes so far."""

    __slots__ = ("_add", "_best", "count", "function", "value")

    def __init__(self, function: str) -> None:
        self.function = function
        self.count = 0
        self.value: Any = None
        self._best: dict[type, Any] = {}
        """The extremes of floats, of doubles, and of all else, in the order in which they were found.

        Only when all values are known is their common type, to which the extremes are rounded.
        """
        self._add: Callable[[Any], None] = {"count": _ignored, "sum": self._sum, "avg": self._sum}.get(
            function, self._extreme
        )

    def add_all(self, values: Iterable[Any]) -> None:
        """Add atomic values; for a count, numbers of items."""
        if self.function == "count":
            self.count += sum(values)
            return
        for value in values:
            self.count += 1
            self._add(cast(value, "double") if isinstance(value, v.Untyped) else value)

    def add_texts(self, texts: Sequence[str]) -> None:
        """Add untyped values; for a count, as many items."""
        if self.function == "count":
            self.count += len(texts)
            return
        for text in texts:
            self.count += 1
            self._add(float(text) if _NUMBER.fullmatch(text) else cast(v.Untyped(text), "double"))

    def _sum(self, value: Any) -> None:
        total = self.value
        if type(value) is float and type(total) is float:
            self.value = total + value
            return
        if total is None:
            if _kind(value) not in {"number", "yearMonthDuration", "dayTimeDuration"}:
                raise QueryError("FORG0006", Message("These values cannot be added."))
            self.value = value
        elif _kind(value) != _kind(total):
            raise QueryError("FORG0006", Message("These values cannot be added."))
        else:
            self.value = calculate("+", total, value)

    def _extreme(self, value: Any) -> None:
        bests, kind = self._best, type(value)
        if kind is not float and kind is not v.Float:
            kind = object
        best = bests.get(kind)
        if best is None:
            self._begin(value)
            bests[kind] = value
            return
        if kind is object:
            if category(value) != category(best):
                raise QueryError("FORG0006", Message("These values have no common order."))
            better = compare("gt" if self.function == "max" else "lt", value, best)
        else:
            better = (value > best if self.function == "max" else value < best) or (isnan(value) and not isnan(best))
        if better:
            del bests[kind]  # a better one is behind those that were found before
            bests[kind] = value

    def _begin(self, value: Any) -> None:
        """Check that a value of another type than those before has an order with them."""
        kind = category(value)
        if (
            any(category(other) != kind for other in self._best.values())
            or kind in {"QName", "hexbinary"}
            or (isinstance(value, d.DateTimeValue) and value.name[0] == "g")
        ):
            raise QueryError("FORG0006", Message("These values have no common order."))

    def plain(self) -> Plain:
        """Return the state for a pipe."""
        values = self._best.values() if self.value is None else (self.value,)
        return (self.count, [plain_atom(value) for value in values])

    def join(self, plain: Plain) -> None:
        """Add the state of a later part."""
        count, values = plain
        for value in values:
            self._add(atom_of_plain(value))
        self.count += count

    def result(self) -> list[Any]:
        """Return the value of the aggregate as a sequence."""
        if self.function == "count":
            return [self.count]
        if self._best:
            found = list(self._best.values())
            return [extreme_number(found, self.function) if len(found) > 1 else found[0]]
        if self.value is None:
            return [0] if self.function == "sum" else []
        if self.function == "avg":
            return [calculate("div", self.value, self.count)]
        total = self.value
        return [int(total) if self.function == "sum" and isinstance(total, int) else total]


def _ignored(_value: Any) -> None:
    return


def _kind(value: Any) -> str:
    return type_name(value) if isinstance(value, d.Duration) else category(value)
