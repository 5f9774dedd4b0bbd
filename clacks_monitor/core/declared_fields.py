"""The port of an index of declared fields: it finds the events in which an element has a certain value.

A ValueTest is a condition that an event must meet to match a query. What an index finds may be more than what matches,
and never less; so the query is still evaluated on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from array import array


class ValueTest(NamedTuple):
    """An element of this local name has one of these texts as its value."""

    name: str
    values: frozenset[str]


class DeclaredField(NamedTuple):
    """The elements of a local name in events of a type, of which there is an index for entries from ``first`` on."""

    type: str
    name: str
    first: int


class EventNeeds(NamedTuple):
    """Events that can match a query: of these types (None: all), and meeting all tests."""

    types: frozenset[str] | None = None
    tests: frozenset[ValueTest] = frozenset()


class Candidates(NamedTuple):
    """Of the entries from ``first`` on, only ``sequences`` can match; they are ascending."""

    first: int
    sequences: array[int]


class FieldIndex(Protocol):
    """The declared fields of a store. Methods raise StorageError."""

    def declared(self) -> list[DeclaredField]:
        """Return the fields that there is an index of."""

    def candidates(self, wanted: EventNeeds, first: int, last: int) -> Candidates | None:
        """Return what can match from ``first`` to ``last``, None where the index is of no use."""


class NoFieldIndex:
    """The FieldIndex of a store without one."""

    def declared(self) -> list[DeclaredField]:
        """Return none."""
        return []

    def candidates(self, wanted: EventNeeds, first: int, last: int) -> Candidates | None:
        """Return None."""
        del wanted, first, last
        return None
