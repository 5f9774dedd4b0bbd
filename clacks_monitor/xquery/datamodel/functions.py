"""Function items: functions, maps and arrays.

Owner: xquery. Thread: one evaluation at a time; to a query they never change once made.
"""

from __future__ import annotations

from math import isnan, isqrt
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.datamodel.dates import DateTimeValue
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.namespaces import XS_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_ANY = s.SequenceType(s.AnyItemTest(), "*")
_ATOMIC = s.SequenceType(s.AtomicTest(s.Name(XS_NS, "anyAtomicType")))
_INTEGER = s.SequenceType(s.AtomicTest(s.Name(XS_NS, "integer")))
_FEW: Final = 16


class Function:
    """A function item; ``call`` takes the argument sequences, converted already, and the run."""

    __slots__ = ("_call", "converters", "name", "parameters", "result")
    converters: Sequence[Callable[[Any], Any]] | None
    """Converters of arguments to the parameters' types, made with the first call."""

    def __init__(
        self,
        name: s.Name | None,
        parameters: tuple[s.SequenceType, ...],
        result: s.SequenceType,
        call: Callable[[Sequence[Sequence[Any]], Any], Sequence[Any]] | None,
    ) -> None:
        self.name = name
        self.parameters = parameters
        self.result = result
        self._call = call
        self.converters = None

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.parameters)

    def call(self, arguments: Sequence[Sequence[Any]], run: Any) -> Sequence[Any]:
        """Call it with arguments of its parameters' types."""
        if self._call is None:
            raise AssertionError("maps and arrays are called by their own method")
        return self._call(arguments, run)


def same_key(key: Any) -> Any:
    """Return a value that is equal for two keys exactly when op:same-key holds for them.

    Python compares its numbers exactly, whatever their types, as op:same-key does.
    """
    kind = type(key)
    if kind is str or kind is int:
        return key
    if isinstance(key, bool):
        return ("b", key)
    if isinstance(key, str):
        return str(key)
    if isinstance(key, float):
        return ("nan",) if isnan(key) else key
    if isinstance(key, DateTimeValue):
        return (key.name, key.timezone is None, key.timeline())
    return key


Entry = tuple[Any, "Sequence[Any]"]
"""A key as it was given, and its value."""


_UNCHANGED: Final[Mapping[Any, Entry | None]] = {}


class Map(Function):
    """A map: entries by the same_key of their keys.

    ``map:put`` and ``map:remove`` share the entries of the map they start from and note what is
    different; when that has grown, the two are joined. So both take far less time than a copy.
    """

    __slots__ = ("_base", "_changes", "size")
    # The same for all maps, of which there may be very many.
    name = None
    parameters = (_ATOMIC,)
    result = _ANY
    converters = None

    def __init__(self, entries: Iterable[Entry] = ()) -> None:  # the base class has nothing to keep
        self._base: dict[Any, Entry] = {same_key(k): (k, v) for k, v in entries}
        self._changes: Mapping[Any, Entry | None] = _UNCHANGED
        self.size = len(self._base)

    @classmethod
    def of(
        cls, data: dict[Any, Entry], changes: Mapping[Any, Entry | None] = _UNCHANGED, size: int | None = None
    ) -> Map:
        """A map of entries by their same_key, with changes to them; the dictionaries must not change any more."""
        made = cls.__new__(cls)
        made._base, made._changes = data, changes  # noqa: SLF001 - of this class
        made.size = len(data) if size is None else size
        return made

    @property
    def data(self) -> dict[Any, Entry]:
        """All entries by their same_key; not to be changed."""
        if self._changes:
            joined = {**self._base, **self._changes}
            self._base = {same: entry for same, entry in joined.items() if entry is not None}
            self._changes = _UNCHANGED
        return self._base

    def entry(self, key: Any) -> Entry | None:
        """The entry of a key, None if there is none."""
        same = same_key(key)
        if self._changes and same in self._changes:
            return self._changes[same]
        return self._base.get(same)

    def get(self, key: Any) -> Sequence[Any]:
        """The value of a key, or the empty sequence."""
        found = self.entry(key)
        return () if found is None else found[1]

    def entries(self) -> Iterable[Entry]:
        """All keys with their values."""
        return self.data.values()

    def with_entry(self, key: Any, value: Sequence[Any]) -> Map:
        """A map with one entry more, or another value for a key."""
        return self._changed({same_key(key): (key, value)}, self.size + (self.entry(key) is None))

    def without(self, keys: Iterable[Any]) -> Map:
        """A map without some keys."""
        gone: dict[Any, Entry | None] = {same_key(k): None for k in keys if self.entry(k) is not None}
        return self._changed(gone, self.size - len(gone)) if gone else self

    def _changed(self, changes: dict[Any, Entry | None], size: int) -> Map:
        if len(self._changes) > _FEW + isqrt(len(self._base)):
            self._base = self.data
        return Map.of(self._base, {**self._changes, **changes}, size)

    def call(self, arguments: Sequence[Sequence[Any]], _run: Any) -> Sequence[Any]:
        """A map as a function gives the value of a key."""
        return self.get(arguments[0][0])


class Array(Function):
    """An array of sequences."""

    __slots__ = ("members",)
    name = None
    parameters = (_INTEGER,)
    result = _ANY
    converters = None

    def __init__(self, members: Iterable[Sequence[Any]] = ()) -> None:  # the base class has nothing to keep
        self.members = list(members)

    def get(self, position: Any) -> Sequence[Any]:
        """The member at a position from 1; FOAY0001 outside."""
        if not isinstance(position, int) or not 1 <= position <= len(self.members):
            raise QueryError(
                "FOAY0001", Message("There is no member {0}; the array has {1}.", position, len(self.members))
            )
        return self.members[position - 1]

    def call(self, arguments: Sequence[Sequence[Any]], _run: Any) -> Sequence[Any]:
        """An array as a function gives the member at a position."""
        return self.get(arguments[0][0])
