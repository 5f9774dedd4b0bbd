"""The editor services' knowledge of events: names, structure, documentation, values.

Role: plain values that the caller fills from the schema catalogue. Owner: the caller.
Thread: any, frozen. Words are compared by identity: two types may look alike.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class AttributeWord:
    """An attribute that a schema allows; ``values`` are its enumerated ones."""

    name: str
    documentation: str = ""
    type_name: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ElementWord:
    """An element that a schema allows, with what it may hold.

    A caller cuts recursive types off at a depth of its choice; such an element, or one that may
    hold anything, is ``open``.
    """

    name: str
    children: tuple[ElementWord, ...] = ()
    attributes: tuple[AttributeWord, ...] = ()
    documentation: str = ""
    type_name: str = ""
    values: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All names of one namespace: ``roots`` are the elements that a document may begin with."""

    namespace: str = ""
    roots: tuple[ElementWord, ...] = ()


EMPTY_VOCABULARY = Vocabulary()
"""For callers without schemas."""
