"""The prolog's declarations, and the main module.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.xquery.syntax.expression import Expr
    from clacks_monitor.xquery.syntax.functions import Annotation, Parameter
    from clacks_monitor.xquery.syntax.names import Name
    from clacks_monitor.xquery.syntax.types import ItemTest, SequenceType


@dataclass(frozen=True, slots=True)
class VariableDeclaration:
    """``declare variable $name as type := value`` or ``external``."""

    name: Name
    type: SequenceType | None
    value: Expr | None
    external: bool
    at: int
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionDeclaration:
    """``declare function name($p) as result { body }``; ``body`` is None when external."""

    name: Name
    parameters: tuple[Parameter, ...]
    result: SequenceType | None
    body: Expr | None
    at: int
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextItemDeclaration:
    """``declare context item as type := value`` or ``external``."""

    type: ItemTest | None
    value: Expr | None
    external: bool
    at: int


@dataclass(frozen=True, slots=True)
class Module:
    """A main module: the prolog's declarations and the body."""

    variables: tuple[VariableDeclaration, ...]
    functions: tuple[FunctionDeclaration, ...]
    context_item: ContextItemDeclaration | None
    body: Expr
