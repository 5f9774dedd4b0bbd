"""Paths, steps and filters.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.xquery.syntax.expression import Expr

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax.names import NameTest
    from clacks_monitor.xquery.syntax.types import KindTest


@dataclass(frozen=True, slots=True)
class Root(Expr):
    """The leading ``/``: the document node of the context item."""


@dataclass(frozen=True, slots=True)
class Path(Expr):
    """``left/right``."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Step(Expr):
    """``axis::test[p1][p2]``."""

    axis: str
    test: NameTest | KindTest
    predicates: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter(Expr):
    """``base[p]`` where base is not an axis step."""

    base: Expr
    predicate: Expr
