"""Conditions, branches, quantifiers and try/catch.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.xquery.syntax.expression import Expr

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax.names import Name, NameTest
    from clacks_monitor.xquery.syntax.types import SequenceType


@dataclass(frozen=True, slots=True)
class If(Expr):
    """``if (condition) then a else b``."""

    condition: Expr
    then: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class SwitchCase:
    """``case a case b return result``."""

    operands: tuple[Expr, ...]
    result: Expr


@dataclass(frozen=True, slots=True)
class Switch(Expr):
    """``switch (operand) case ... default return default``."""

    operand: Expr
    cases: tuple[SwitchCase, ...]
    default: Expr


@dataclass(frozen=True, slots=True)
class TypeCase:
    """``case $v as T1 | T2 return result``; ``types`` is None for the default branch."""

    variable: Name | None
    types: tuple[SequenceType, ...] | None
    result: Expr


@dataclass(frozen=True, slots=True)
class Typeswitch(Expr):
    """``typeswitch (operand) case ... default ...``; the last case is the default."""

    operand: Expr
    cases: tuple[TypeCase, ...]


@dataclass(frozen=True, slots=True)
class CatchClause:
    """``catch a | * { body }``."""

    errors: tuple[NameTest, ...]
    body: Expr


@dataclass(frozen=True, slots=True)
class TryCatch(Expr):
    """``try { body } catch ...``."""

    body: Expr
    catches: tuple[CatchClause, ...]


@dataclass(frozen=True, slots=True)
class Binding:
    """``$name as type in source`` of some/every."""

    name: Name
    type: SequenceType | None
    source: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Quantified(Expr):
    """``some``/``every`` ... ``satisfies condition``."""

    quantifier: str
    bindings: tuple[Binding, ...]
    condition: Expr
