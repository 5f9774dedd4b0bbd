"""Calls of built-in functions that need less than the values of their arguments.

Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.basics import boolean
from clacks_monitor.xquery.compiling.closures import FALSE, TRUE
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.compiling.scope import Compiler
    from clacks_monitor.xquery.evaluation.frame import Code, Frame, Items


def _not(c: Compiler, node: s.FunctionCall) -> Code:
    test = boolean(c, node.arguments[0])
    return lambda f: FALSE if test(f) else TRUE


def _boolean(c: Compiler, node: s.FunctionCall) -> Code:
    test = boolean(c, node.arguments[0])
    return lambda f: TRUE if test(f) else FALSE


def _position(_c: Compiler, _node: s.FunctionCall) -> Code:
    def run(f: Frame) -> Items:
        f.context()
        return (f.position,)

    return run


def _last(_c: Compiler, _node: s.FunctionCall) -> Code:
    def run(f: Frame) -> Items:
        f.context()
        return (f.size,)

    return run


def _parts(c: Compiler, node: s.FunctionCall) -> list[Code]:
    """The parts of a sequence that is only counted, which is not put together."""
    argument = node.arguments[0]
    return [c.compile(item) for item in (argument.items if isinstance(argument, s.Sequence) else (argument,))]


def _count(c: Compiler, node: s.FunctionCall) -> Code:
    stream = c.stream(node.arguments[0])
    if stream is not None:
        return lambda f: (sum(1 for _ in stream(f)),)
    parts = _parts(c, node)
    return lambda f: (sum(len(part(f)) for part in parts),)


def _exists(c: Compiler, node: s.FunctionCall) -> Code:
    stream = c.stream(node.arguments[0])
    if stream is not None:
        return lambda f: FALSE if next(stream(f), None) is None else TRUE
    parts = _parts(c, node)
    return lambda f: TRUE if any(part(f) for part in parts) else FALSE


def _empty(c: Compiler, node: s.FunctionCall) -> Code:
    stream = c.stream(node.arguments[0])
    if stream is not None:
        return lambda f: TRUE if next(stream(f), None) is None else FALSE
    parts = _parts(c, node)
    return lambda f: FALSE if any(part(f) for part in parts) else TRUE


_SHORTCUTS: dict[str, Callable[[Compiler, s.FunctionCall], Code]] = {
    "not": _not,
    "boolean": _boolean,
    "position": _position,
    "last": _last,
    "count": _count,
    "exists": _exists,
    "empty": _empty,
}


def shortcut(name: s.Name) -> Callable[[Compiler, s.FunctionCall], Code] | None:
    """Return what compiles a call of this function without its value, None for other functions."""
    return _SHORTCUTS.get(name.local) if name.uri == FN_NS else None
