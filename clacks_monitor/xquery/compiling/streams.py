"""Expressions whose items come one by one from the default collection, which is not held as a whole.

A stream is a generator beside an expression's closure, where its form allows it: ``fn:collection()``, paths and
predicates behind it that look at one document at a time, FLWOR expressions that begin with it, sequences of such.
Owner: xquery. Thread: any; a closure keeps nothing of an evaluation.
"""

from __future__ import annotations

from collections import deque
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.flwor import compiled_clauses
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import effective_boolean_value
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.xquery.compiling.scope import Compiler
    from clacks_monitor.xquery.evaluation.frame import Code, Frame, Stream

_CONTEXT = s.ContextItem(0)


def is_collection(node: s.Expr) -> bool:
    """Whether an expression is ``fn:collection()``."""
    return isinstance(node, s.FunctionCall) and node.name == s.Name(FN_NS, "collection") and not node.arguments


def calls(node: object, *names: str) -> bool:
    """Whether an expression calls or names one of these functions of F&O."""
    return any(
        isinstance(n, (s.FunctionCall, s.FunctionReference)) and n.name.uri == FN_NS and n.name.local in names
        for n in s.walk(node)
    )


def steps_of(node: s.Expr) -> tuple[s.Expr, list[s.Path]]:
    """Return the beginning of a path, and the paths around it, the innermost first."""
    around = []
    while isinstance(node, s.Path):
        around.append(node)
        node = node.left
    return node, around[::-1]


def yields_documents(node: s.Expr) -> bool:
    """Whether an expression is ``fn:collection()``, maybe with predicates."""
    while isinstance(node, s.Filter):
        node = node.base
    return is_collection(node)


def _collection(_c: Compiler, node: s.FunctionCall) -> Stream | None:
    if not is_collection(node):
        return None

    def run(f: Frame) -> Iterator[Any]:
        if f.run.collection is None:
            raise QueryError("FODC0002", Message("A query can look at nothing but the event."), at=node.at)
        return f.run.collection.documents()

    return run


def _path(c: Compiler, node: s.Path) -> Stream | None:
    base, around = steps_of(node)
    if not yields_documents(base) or any(
        not isinstance(path.right, s.Step) and calls(path.right, "position", "last") for path in around
    ):
        return None
    source = c.stream(base)
    if source is None:
        return None
    rest: s.Expr = _CONTEXT
    for path in around:
        rest = s.Path(path.at, rest, path.right)
    return _each(source, c.compile(rest))


def _each(source: Stream, code: Code) -> Stream:
    def run(f: Frame) -> Iterator[Any]:
        budget = f.run.budget
        for position, item in enumerate(source(f), 1):
            budget.step()
            yield from code(f.focus(item, position, 1))

    return run


def _simple_map(c: Compiler, node: s.SimpleMap) -> Stream | None:
    if calls(node.right, "last"):
        return None
    source = c.stream(node.left)
    return None if source is None else _each(source, c.compile(node.right))


def _filter(c: Compiler, node: s.Filter) -> Stream | None:
    source = c.stream(node.base)
    if source is None:
        return None
    test = node.predicate
    if isinstance(test, s.FunctionCall) and test.name == s.Name(FN_NS, "last") and not test.arguments:
        return lambda f: iter(deque(source(f), maxlen=1))
    if calls(test, "last"):
        return None
    if isinstance(test, s.Literal) and type(test.value) is int:
        index = min(max(test.value - 1, 0), 2**62)
        return (lambda f: islice(source(f), index, index + 1)) if test.value > 0 else lambda _f: iter(())
    return _filtered(source, c.compile(test))


def _filtered(source: Stream, code: Code) -> Stream:
    def run(f: Frame) -> Iterator[Any]:
        budget = f.run.budget
        for position, item in enumerate(source(f), 1):
            budget.step()
            found = code(f.focus(item, position, 1))
            one = found[0] if len(found) == 1 else None
            if isinstance(one, (int, float, Decimal)) and not isinstance(one, bool):
                if one == position:
                    yield item
            elif effective_boolean_value(found):
                yield item

    return run


def _flwor(c: Compiler, node: s.Flwor) -> Stream | None:
    if all(isinstance(clause, s.LetClause) for clause in node.clauses):
        return None
    stage, result = compiled_clauses(c, node)

    def run(f: Frame) -> Iterator[Any]:
        budget = f.run.budget
        for _ in stage(f):
            budget.step()
            yield from result(f)

    return run


def _sequence(c: Compiler, node: s.Sequence) -> Stream | None:
    if len(node.items) == 1:
        return c.stream(node.items[0])
    parts = [c.stream(item) or c.compile(item) for item in node.items]

    def run(f: Frame) -> Iterator[Any]:
        for part in parts:
            yield from part(f)

    return run


def _located(stream: Stream, at: int) -> Stream:
    def run(f: Frame) -> Iterator[Any]:
        try:
            yield from stream(f)
        except QueryError as error:
            if error.at is None:
                error.at = at
            raise

    return run


STREAMS: dict[type, Callable[[Compiler, Any], Stream | None]] = {
    s.FunctionCall: _collection,
    s.Path: _path,
    s.SimpleMap: _simple_map,
    s.Filter: _filter,
    s.Flwor: _flwor,
    s.Sequence: _sequence,
}


def stream(c: Compiler, node: s.Expr) -> Stream | None:
    """Compile an expression to a stream, None where it has none."""
    handler = STREAMS.get(type(node))
    made = None if handler is None else handler(c, node)
    return None if made is None else _located(made, node.at)
