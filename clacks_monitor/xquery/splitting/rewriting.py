"""Syntax trees with other expressions in them, and the variables in them. Pure; any thread."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery import syntax as s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LEAVES = (str, int, float, s.Name, s.NameTest, s.KindTest, s.SequenceType, type(None))


def rewritten(node: Any, change: Callable[[s.Expr], s.Expr | None]) -> Any:
    """Return a tree in which ``change`` has replaced expressions, the outermost first; None leaves one as it is."""
    if isinstance(node, _LEAVES):
        return node
    if isinstance(node, tuple):
        parts = tuple(rewritten(part, change) for part in node)
        return parts if any(new is not old for new, old in zip(parts, node, strict=True)) else node
    if isinstance(node, s.Expr):
        found = change(node)
        if found is not None:
            return found
    if not is_dataclass(node) or isinstance(node, type):
        return node
    values = {field.name: getattr(node, field.name) for field in fields(node)}
    new = {name: rewritten(value, change) for name, value in values.items()}
    changed = {name: value for name, value in new.items() if value is not values[name]}
    return replace(node, **changed) if changed else node


def names_bound(node: object) -> Iterator[s.Name]:
    """Yield the names of all variables that are bound somewhere in an expression."""
    if isinstance(node, _LEAVES):
        return
    if isinstance(node, tuple):
        for part in node:
            yield from names_bound(part)
        return
    if not is_dataclass(node) or isinstance(node, type):
        return
    if not isinstance(node, s.Expr):
        for field in fields(node):
            value = getattr(node, field.name)
            if isinstance(value, s.Name) and field.name != "type":
                yield value
    for field in fields(node):
        yield from names_bound(getattr(node, field.name))


def names_used(node: object) -> set[s.Name]:
    """Return the names of all variables that an expression refers to."""
    return {found.name for found in s.walk(node) if isinstance(found, s.Variable)}
