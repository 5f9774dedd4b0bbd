"""Values that are equal to each other, as distinct-values and group by need them.

Owner: xquery. Thread: an Equality belongs to one evaluation. Source: F&O 3.1, section 14.2.1.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery.datamodel.dates import DateTimeValue
from clacks_monitor.xquery.datamodel.functions import same_key
from clacks_monitor.xquery.datamodel.operators import category, compare
from clacks_monitor.xquery.datamodel.values import Float

if TYPE_CHECKING:
    from clacks_monitor.xquery.datamodel.collations import Collation


class Equality:
    """Gives values that are ``eq`` to one seen before that one's key, others a key of their own.

    ``eq`` of numbers is not transitive where types are mixed: an xs:decimal is compared with an
    xs:float in single precision. So each number of another type is compared with all that are
    as near as that; while there is but one type, its exact value will do.
    """

    def __init__(self, collation: Collation) -> None:
        self._collation = collation
        self._types: set[type] = set()
        self._numbers: dict[object, Any] = {}
        self._near: dict[float, list[tuple[object, Any]]] | None = None

    def key(self, value: Any) -> object:
        """The key of a value, the same for equal ones; untyped values are strings."""
        if isinstance(value, str):
            return ("s", self._collation.sort_key(str(value)))
        if isinstance(value, DateTimeValue):
            return (value.name, value.timeline())
        kind = category(value)
        same = (kind, same_key(value))
        is_nan = isinstance(value, float) and isnan(value)
        return self._number(value, same) if kind == "number" and not is_nan else same

    def _number(self, value: Any, same: object) -> object:
        self._types.add(type(value) if isinstance(value, float) else int)
        if len(self._types) == 1:
            self._numbers.setdefault(same, value)
            return same
        if self._near is None:
            self._near = {}
            for other_key, other in self._numbers.items():
                self._near.setdefault(float(Float(other)), []).append((other_key, other))
        near = self._near.setdefault(float(Float(value)), [])
        for other_key, other in near:
            if compare("eq", value, other):
                return other_key
        near.append((same, value))
        return same
