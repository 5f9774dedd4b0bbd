"""Paths, steps and predicates.

Owner: xquery. Thread: any. Results are in document order without duplicates; sorting is left out
where the form of the path already proves the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.closures import listed, located
from clacks_monitor.xquery.datamodel.nodes import DocumentNode, Node
from clacks_monitor.xquery.datamodel.trees import in_document_order
from clacks_monitor.xquery.datamodel.types import kind_matches
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.evaluation.conversion import effective_boolean_value
from clacks_monitor.xquery.evaluation.frame import EMPTY, Code, Frame, Items, Test
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from clacks_monitor.xquery.compiling.scope import Compiler

Axis = Callable[[Node], Iterable[Node]]
_REVERSE = frozenset(("parent", "ancestor", "ancestor-or-self", "preceding", "preceding-sibling"))


# ---------------------------------------------------------------- axes
def _siblings(node: Node) -> list[Node]:
    if node.parent is None or node.kind in ("attribute", "namespace-node"):
        return []
    return node.parent.kids


def _index(node: Node, siblings: Sequence[Node]) -> int:
    return next((i for i, other in enumerate(siblings) if other is node), len(siblings))


def _following_siblings(node: Node) -> list[Node]:
    siblings = _siblings(node)
    return siblings[_index(node, siblings) + 1 :]


def _preceding_siblings(node: Node) -> list[Node]:
    siblings = _siblings(node)
    return siblings[: _index(node, siblings)][::-1] if siblings else []


def _with_self(node: Node, others: Iterable[Node]) -> Iterable[Node]:
    yield node
    yield from others


def _following(node: Node) -> Iterable[Node]:
    if node.kind == "attribute" and node.parent is not None:
        yield from node.parent.descendants()
        node = node.parent
    for above in _with_self(node, node.ancestors()):
        for sibling in _following_siblings(above):
            yield sibling
            yield from sibling.descendants()


def _preceding(node: Node) -> Iterable[Node]:
    if node.kind == "attribute" and node.parent is not None:
        node = node.parent
    for above in _with_self(node, node.ancestors()):
        for sibling in _preceding_siblings(above):
            yield from list(sibling.descendants())[::-1]
            yield sibling


AXES: dict[str, Axis] = {
    "child": lambda n: n.kids,
    "descendant": lambda n: n.descendants(),
    "attribute": lambda n: n.attributes,
    "self": lambda n: (n,),
    "descendant-or-self": lambda n: _with_self(n, n.descendants()),
    "following-sibling": _following_siblings,
    "following": _following,
    "parent": lambda n: () if n.parent is None else (n.parent,),
    "ancestor": lambda n: n.ancestors(),
    "ancestor-or-self": lambda n: _with_self(n, n.ancestors()),
    "preceding-sibling": _preceding_siblings,
    "preceding": _preceding,
}


def node_test(test: s.NameTest | s.KindTest, axis: str) -> Callable[[Node], bool] | None:
    """A predicate for nodes; None when every node passes."""
    if isinstance(test, s.KindTest):
        if test.kind == "node":
            return None
        if test == s.KindTest(test.kind):
            kind = test.kind
            return lambda n: n.kind == kind
        return lambda n: kind_matches(n, test)
    kind, uri, local = ("attribute" if axis == "attribute" else "element"), test.uri, test.local
    if uri is None and local is None:
        return lambda n: n.kind == kind
    if uri is None:
        return lambda n: n.local == local and n.kind == kind
    if local is None:
        return lambda n: n.uri == uri and n.kind == kind
    return lambda n: n.local == local and n.uri == uri and n.kind == kind


def raw_step(step: s.Step) -> Callable[[Node, Frame], list[Node]]:
    """The nodes of one axis step from one node, in the axis' order, before predicates."""
    axis, test = AXES[step.axis], node_test(step.test, step.axis)
    walks = step.axis not in ("child", "attribute", "self", "parent")

    def run(node: Node, f: Frame) -> list[Node]:
        if walks:
            return _counted(axis(node), test, f)
        return list(axis(node)) if test is None else [n for n in axis(node) if test(n)]

    return run


def _counted(nodes: Iterable[Node], test: Callable[[Node], bool] | None, f: Frame) -> list[Node]:
    found = nodes if isinstance(nodes, list) else list(nodes)
    f.run.budget.spend(len(found))
    return found if test is None else [n for n in found if test(n)]


# ---------------------------------------------------------------- predicates
def predicate(c: Compiler, node: s.Expr) -> Callable[[Items, Frame], Items]:
    """A closure that filters a sequence."""
    if isinstance(node, s.Literal) and type(node.value) is int:
        index = min(node.value - 1, 2**62)
        return lambda items, _f: items[index : index + 1] if index >= 0 else EMPTY
    code = c.compile(node)

    def run(items: Items, f: Frame) -> Items:
        inner = f.focus(None, 0, len(items))
        out: list[Any] = []
        step = f.run.budget.step
        for position, item in enumerate(items, 1):
            step()
            inner.item, inner.position = item, position
            found = code(inner)
            if len(found) == 1:
                first = found[0]
                if first is True:
                    out.append(item)
                    continue
                if first is False:
                    continue
                if isinstance(first, (int, float, Decimal)):
                    if first == position:
                        out.append(item)
                    continue
            if found and effective_boolean_value(found):
                out.append(item)
        return out

    return run


def step(c: Compiler, node: s.Step) -> Code:
    """Compile an axis step."""
    take = one_step(c, node)

    def run(f: Frame) -> Items:
        item = f.context()
        if not isinstance(item, Node):
            raise QueryError("XPTY0020", Message("A path step needs a node as its context."))
        return take(item, f)

    return located(run, node.at)


def one_step(c: Compiler, node: s.Step) -> Callable[[Node, Frame], Items]:
    """The nodes of an axis step with its predicates from one node, in document order."""
    raw = raw_step(node)
    predicates = [predicate(c, p) for p in node.predicates]
    reverse = node.axis in _REVERSE
    if not predicates and not reverse:
        return raw

    def run(item: Node, f: Frame) -> Items:
        found: Items = raw(item, f)
        for test in predicates:
            if not found:
                return found
            found = test(found, f)
        return found[::-1] if reverse else found

    return run


def filtered(c: Compiler, node: s.Filter) -> Code:
    """Compile ``base[predicate]``."""
    streamed = listed(c, node)
    if streamed is not None:
        return streamed
    base, test = c.compile(node.base), predicate(c, node.predicate)
    return located(lambda f: test(base(f), f), node.at)


def root(_c: Compiler, node: s.Root) -> Code:
    """Compile the leading ``/``."""

    def run(f: Frame) -> Items:
        item = f.context()
        if not isinstance(item, Node):
            raise QueryError("XPTY0020", Message("'/' needs a node as its context."))
        top = item.root()
        if not isinstance(top, DocumentNode):
            raise QueryError("XPDY0050", Message("'/' needs a tree whose root is a document node."))
        return (top,)

    return located(run, node.at)


# ---------------------------------------------------------------- paths
_BOOLEAN_FUNCTIONS = frozenset(
    (
        "boolean", "contains", "contains-token", "deep-equal", "empty", "ends-with", "exists",
        "false", "lang", "matches", "not", "starts-with", "true",
    )
)  # fmt: skip  # a table, by rows
_BOOLEAN = (
    s.GeneralComparison, s.ValueComparison, s.NodeComparison, s.And, s.Or, s.Step, s.Quantified,
    s.InstanceOf, s.CastableAs,
)  # fmt: skip  # a table, by rows


def is_boolean(node: s.Expr) -> bool:
    """Whether a predicate is certainly not a number, so that positions do not matter."""
    by_name = isinstance(node, s.FunctionCall) and node.name.uri == FN_NS and node.name.local in _BOOLEAN_FUNCTIONS
    if not by_name and not isinstance(node, _BOOLEAN):
        return False
    return not any(
        isinstance(n, (s.FunctionCall, s.FunctionReference)) and n.name.local in ("position", "last")
        for n in s.walk(node)
    )


def merged(node: s.Path) -> s.Path:
    """``left/descendant-or-self::node()/child::x`` as ``left/descendant::x`` where that is the same."""
    right, left = node.right, node.left
    if (
        isinstance(right, s.Step)
        and right.axis == "child"
        and isinstance(left, s.Path)
        and left.right == s.Step(left.right.at, "descendant-or-self", s.KindTest("node"))
        and all(is_boolean(p) for p in right.predicates)
    ):
        return s.Path(node.at, left.left, replace(right, axis="descendant"))
    return node


def order_of(c: Compiler, node: s.Expr) -> tuple[bool, bool]:
    """Whether a path's result is sorted by itself, and whether no node contains another.

    It is remembered: each step of a path asks about all steps before it.
    """
    known = c.orders.get(id(node))
    if known is None:
        known = c.orders[id(node)] = node, _order_of(c, node)
    return known[1]


def _order_of(c: Compiler, node: s.Expr) -> tuple[bool, bool]:
    if isinstance(node, (s.Root, s.ContextItem)):
        return True, True
    if isinstance(node, s.Step):
        return True, node.axis in ("child", "attribute", "self", "parent")
    if isinstance(node, s.Path):
        node = merged(node)
        is_sorted, apart = order_of(c, node.left)
        if isinstance(node.right, s.Step) and is_sorted and apart:
            axis = node.right.axis
            if axis in ("child", "attribute", "self"):
                return True, True
            if axis in ("descendant", "descendant-or-self"):
                return True, False
        if isinstance(node.right, s.Step) and is_sorted and node.right.axis in ("self", "attribute"):
            return True, node.right.axis == "attribute" or apart
    return False, False


def path(c: Compiler, original: s.Path) -> Code:
    """Compile ``left/right``."""
    streamed = listed(c, original)
    if streamed is not None:
        return streamed
    node = merged(original)
    left = c.compile(node.left)
    in_order = order_of(c, original)[0]
    if not isinstance(node.right, s.Step):
        return located(_general_path(left, c.compile(node.right)), node.at)
    take = one_step(c, node.right)

    def run(f: Frame) -> Items:
        found = left(f)
        if len(found) == 1:
            item = found[0]
            if not isinstance(item, Node):
                raise _no_node()
            return take(item, f)
        out: list[Any] = []
        for item in found:
            if not isinstance(item, Node):
                raise _no_node()
            out += take(item, f)
        return out if in_order else in_document_order(out)

    return located(run, node.at)


def path_test(c: Compiler, original: s.Path) -> Test:
    """The effective boolean value of a path: false without nodes, and one is enough."""
    node = merged(original)
    streamed = c.stream(original)
    if streamed is not None:
        return lambda f: next(streamed(f), None) is not None
    if not isinstance(node.right, s.Step):
        code = path(c, original)
        return lambda f: effective_boolean_value(code(f))
    left, take = c.compile(node.left), one_step(c, node.right)

    def run(f: Frame) -> bool:
        try:
            for item in left(f):
                if not isinstance(item, Node):
                    raise _no_node()
                if take(item, f):
                    return True
        except QueryError as error:
            error.at = node.at if error.at is None else error.at
            raise
        return False

    return run


def _no_node() -> QueryError:
    return QueryError("XPTY0019", Message("The left side of '/' must be nodes."))


def _general_path(left: Code, right: Code) -> Code:
    def run(f: Frame) -> Items:
        found = left(f)
        inner = f.focus(None, 0, len(found))
        out: list[Any] = []
        for position, item in enumerate(found, 1):
            if not isinstance(item, Node):
                raise _no_node()
            f.run.budget.step()
            inner.item, inner.position = item, position
            out.extend(right(inner))
        nodes = sum(isinstance(item, Node) for item in out)
        if nodes and nodes < len(out):
            raise QueryError("XPTY0018", Message("A path yields nodes or values, not both."))
        return in_document_order(out) if nodes else out

    return run


TESTS: dict[type, Any] = {s.Path: path_test}
HANDLERS: dict[type, Any] = {s.Path: path, s.Step: step, s.Filter: filtered, s.Root: root}
