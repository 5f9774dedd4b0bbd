"""Node tests, item types and sequence types.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax.names import Name, NameTest


@dataclass(frozen=True, slots=True)
class KindTest:
    """``node()``, ``element(a, t?)``, ``document-node(element(a))``, ``processing-instruction(x)``, ...

    kind is one of node, element, attribute, text, comment, processing-instruction,
    document-node, namespace-node, schema-element, schema-attribute.
    """

    kind: str
    name: NameTest | None = None
    type: Name | None = None
    nillable: bool = False
    inner: KindTest | None = None


@dataclass(frozen=True, slots=True)
class AnyItemTest:
    """``item()``."""


@dataclass(frozen=True, slots=True)
class AtomicTest:
    """A named atomic (or pure union) type such as xs:integer."""

    name: Name


@dataclass(frozen=True, slots=True)
class FunctionTest:
    """``function(*)`` when ``arguments`` is None, else ``function(a, b) as r``."""

    arguments: tuple[SequenceType, ...] | None = None
    result: SequenceType | None = None


@dataclass(frozen=True, slots=True)
class MapTest:
    """``map(*)`` when ``key`` is None."""

    key: AtomicTest | None = None
    value: SequenceType | None = None


@dataclass(frozen=True, slots=True)
class ArrayTest:
    """``array(*)`` when ``member`` is None."""

    member: SequenceType | None = None


ItemTest = KindTest | AnyItemTest | AtomicTest | FunctionTest | MapTest | ArrayTest


@dataclass(frozen=True, slots=True)
class SequenceType:
    """``item`` is None for empty-sequence(); ``occurrence`` is "", "?", "*" or "+"."""

    item: ItemTest | None
    occurrence: str = ""
