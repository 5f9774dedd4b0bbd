"""FLWOR expressions and their clauses.

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
class Clause:
    """Any clause of a FLWOR expression before ``return``."""

    at: int


@dataclass(frozen=True, slots=True)
class ForClause(Clause):
    """One variable of ``for``."""

    name: Name
    type: SequenceType | None
    allowing_empty: bool
    position: Name | None
    source: Expr


@dataclass(frozen=True, slots=True)
class LetClause(Clause):
    """One variable of ``let``."""

    name: Name
    type: SequenceType | None
    value: Expr


@dataclass(frozen=True, slots=True)
class WhereClause(Clause):
    """``where condition``."""

    condition: Expr


@dataclass(frozen=True, slots=True)
class CountClause(Clause):
    """``count $name``."""

    name: Name


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key of ``order by``; ``empty`` is "greatest" or "least", already defaulted."""

    key: Expr
    descending: bool
    empty: str
    collation: str


@dataclass(frozen=True, slots=True)
class OrderByClause(Clause):
    """``order by`` or ``stable order by``."""

    keys: tuple[OrderKey, ...]


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One variable of ``group by``; ``value`` is None when the variable is already bound."""

    name: Name
    type: SequenceType | None
    value: Expr | None
    collation: str
    at: int


@dataclass(frozen=True, slots=True)
class GroupByClause(Clause):
    """``group by``."""

    keys: tuple[GroupKey, ...]


@dataclass(frozen=True, slots=True)
class WindowCondition:
    """``start $item at $position previous $p next $n when condition``."""

    item: Name | None
    position: Name | None
    previous: Name | None
    next: Name | None
    condition: Expr


@dataclass(frozen=True, slots=True)
class WindowClause(Clause):
    """``for tumbling window`` or ``for sliding window``."""

    sliding: bool
    name: Name
    type: SequenceType | None
    source: Expr
    start: WindowCondition
    end: WindowCondition | None
    only_end: bool


@dataclass(frozen=True, slots=True)
class Flwor(Expr):
    """``for/let/... return result``."""

    clauses: tuple[Clause, ...]
    result: Expr
