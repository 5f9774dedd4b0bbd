"""The editor services' knowledge of events: names, structure, documentation, values.

Role: plain values that the caller fills from the schema catalogue. Owner: the caller.
Thread: any, frozen. Words are compared by identity: two types may look alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.xquery.editor.signatures import Signature


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


@dataclass(frozen=True, slots=True)
class EditorDialect:
    """What a text is for: the ``condition`` of a filter, or any expression.

    ``prefixes`` are declared by default, ``functions`` and ``variables`` (without ``$``) known beside the standard's.
    With ``collection`` the default collection is the events, and there is no context item.
    """

    condition: bool = True
    collection: bool = False
    prefixes: Mapping[str, str] = field(default_factory=dict, hash=False)
    functions: tuple[Signature, ...] = ()
    variables: tuple[str, ...] = ()


FILTER = EditorDialect()


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All names of one namespace: ``roots`` are the elements that a document may begin with."""

    namespace: str = ""
    roots: tuple[ElementWord, ...] = ()
    dialect: EditorDialect = FILTER


EMPTY_VOCABULARY = Vocabulary()
"""For callers without schemas."""
