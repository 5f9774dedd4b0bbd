"""The base of all expressions, and the simplest of them.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.core.messages import Message
    from clacks_monitor.xquery.syntax.names import Name


@dataclass(frozen=True, slots=True)
class Expr:
    """Any expression."""

    at: int


@dataclass(frozen=True, slots=True)
class Literal(Expr):
    """A string (str), integer (int), decimal (Decimal) or double (float) literal."""

    value: object


@dataclass(frozen=True, slots=True)
class Sequence(Expr):
    """``a, b, c``; without items the empty sequence ``()``."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Variable(Expr):
    """A reference ``$name``."""

    name: Name


@dataclass(frozen=True, slots=True)
class ContextItem(Expr):
    """``.``."""


@dataclass(frozen=True, slots=True)
class Unsupported(Expr):
    """An expression of an optional feature: always raises ``code`` when reached statically."""

    code: str
    reason: Message
