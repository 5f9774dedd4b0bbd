"""Going through a tree.

Owner: xquery. Thread: any; nothing here changes after parsing.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from clacks_monitor.xquery.syntax.expression import Expr
from clacks_monitor.xquery.syntax.names import Name, NameTest
from clacks_monitor.xquery.syntax.types import KindTest, SequenceType

if TYPE_CHECKING:
    from collections.abc import Iterator


def children(node: object) -> Iterator[Expr]:
    """The direct sub-expressions of an expression, clause or part, in the order of the text."""
    if isinstance(node, (str, Name, SequenceType, NameTest, KindTest)):
        return
    if isinstance(node, tuple):
        for part in node:
            yield from _within(part)
        return
    for part in fields(node):  # type: ignore[arg-type]  # every other node is a dataclass
        yield from _within(getattr(node, part.name))


def _within(value: object) -> Iterator[Expr]:
    if isinstance(value, Expr):
        yield value
    elif isinstance(value, tuple) or (
        hasattr(value, "__dataclass_fields__") and not isinstance(value, (Name, SequenceType, NameTest, KindTest))
    ):
        yield from children(value)


def walk(node: object) -> Iterator[Expr]:
    """Every expression below and including ``node``, outermost first."""
    stack = [node] if isinstance(node, Expr) else list(children(node))[::-1]
    while stack:
        top = stack.pop()
        if isinstance(top, Expr):
            yield top
        stack.extend(list(children(top))[::-1])
