"""Function calls, function values, and lookups in maps and arrays.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.xquery.syntax.expression import Expr

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax.names import Name
    from clacks_monitor.xquery.syntax.types import SequenceType


@dataclass(frozen=True, slots=True)
class Placeholder(Expr):
    """``?`` as an argument: partial application."""


@dataclass(frozen=True, slots=True)
class FunctionCall(Expr):
    """A call by name; ``arguments`` may hold Placeholders."""

    name: Name
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class FunctionReference(Expr):
    """``name#arity``."""

    name: Name
    arity: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a declared or inline function."""

    name: Name
    type: SequenceType | None


@dataclass(frozen=True, slots=True)
class Annotation:
    """``%name(literal, ...)``."""

    name: Name
    values: tuple[object, ...] = ()
    at: int = 0


@dataclass(frozen=True, slots=True)
class InlineFunction(Expr):
    """``function($a as T) as R { body }``."""

    parameters: tuple[Parameter, ...]
    result: SequenceType | None
    body: Expr
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class DynamicCall(Expr):
    """``expression(arguments)``."""

    function: Expr
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Lookup(Expr):
    """``base?key``; base None is the unary lookup, key None is ``?*``."""

    base: Expr | None
    key: Expr | None
