"""Function items: functions, maps and arrays.

Owner: xquery. Thread: any; maps and arrays never change once made.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import isinf, isnan
from typing import TYPE_CHECKING

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel.dates import Moment
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.namespaces import XS_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_ANY = s.SequenceType(s.AnyItemTest(), "*")
_ATOMIC = s.SequenceType(s.AtomicTest(s.Name(XS_NS, "anyAtomicType")))
_INTEGER = s.SequenceType(s.AtomicTest(s.Name(XS_NS, "integer")))


@dataclass(slots=True, eq=False)
class Function:
    """A function item; `call` takes the argument sequences, converted already, and a state."""

    name: s.Name | None
    parameters: tuple[s.SequenceType, ...]
    result: s.SequenceType
    call: Callable[..., Sequence[object]]

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.parameters)


def same_key(key: object) -> object:
    """What two keys have in common exactly when op:same-key holds for them."""
    if isinstance(key, bool):
        return ("b", key)
    if isinstance(key, str):
        return str(key)
    if isinstance(key, float):
        if isnan(key):
            return ("nan",)
        return ("inf", key > 0) if isinf(key) else Decimal(key)
    if isinstance(key, (int, Decimal)):
        return Decimal(int(key)) if isinstance(key, int) else key
    if isinstance(key, Moment):
        return (key.name, key.timezone is None, key.timeline())
    return key


class Map(Function):
    """A map: `data` goes from same_key(key) to the key and its value."""

    __slots__ = ("data",)

    def __init__(self, entries: Iterable[tuple[object, Sequence[object]]] = ()) -> None:
        self.data = {same_key(k): (k, v) for k, v in entries}
        super().__init__(None, (_ATOMIC,), _ANY, self._call)

    def _call(self, arguments: Sequence[Sequence[object]], _state: object = None) -> Sequence[object]:
        return self.get(arguments[0][0])

    def get(self, key: object) -> Sequence[object]:
        """The value of a key, or the empty sequence."""
        found = self.data.get(same_key(key))
        return () if found is None else found[1]

    def entries(self) -> Iterable[tuple[object, Sequence[object]]]:
        """All keys with their values."""
        return self.data.values()


class Array(Function):
    """An array of sequences."""

    __slots__ = ("members",)

    def __init__(self, members: Iterable[Sequence[object]] = ()) -> None:
        self.members = list(members)
        super().__init__(None, (_INTEGER,), _ANY, self._call)

    def _call(self, arguments: Sequence[Sequence[object]], _state: object = None) -> Sequence[object]:
        return self.get(arguments[0][0])

    def get(self, position: object) -> Sequence[object]:
        """The member at a position from 1; FOAY0001 outside."""
        if not isinstance(position, int) or not 1 <= position <= len(self.members):
            raise QueryError("FOAY0001", f"There is no member {position}; the array has {len(self.members)}.")
        return self.members[position - 1]
