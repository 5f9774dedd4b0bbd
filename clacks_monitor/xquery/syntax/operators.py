"""Operators, on values, nodes and types.

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
class Or(Expr):
    """``left or right``."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class And(Expr):
    """``left and right``."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class GeneralComparison(Expr):
    """``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class ValueComparison(Expr):
    """``eq``, ``ne``, ``lt``, ``le``, ``gt``, ``ge``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class NodeComparison(Expr):
    """``is``, ``<<``, ``>>``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Expr):
    """``+``, ``-``, ``*``, ``div``, ``idiv``, ``mod``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Unary(Expr):
    """``-operand`` or ``+operand``."""

    operator: str
    operand: Expr


@dataclass(frozen=True, slots=True)
class Range(Expr):
    """``left to right``."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Concatenation(Expr):
    """``left || right``."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class SetOperation(Expr):
    """``union`` (also written ``|``), ``intersect``, ``except``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class SimpleMap(Expr):
    """``left ! right``."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class InstanceOf(Expr):
    """``operand instance of type``."""

    operand: Expr
    type: SequenceType


@dataclass(frozen=True, slots=True)
class TreatAs(Expr):
    """``operand treat as type``."""

    operand: Expr
    type: SequenceType


@dataclass(frozen=True, slots=True)
class CastAs(Expr):
    """``operand cast as type?``."""

    operand: Expr
    type: Name
    optional: bool


@dataclass(frozen=True, slots=True)
class CastableAs(Expr):
    """``operand castable as type?``."""

    operand: Expr
    type: Name
    optional: bool
