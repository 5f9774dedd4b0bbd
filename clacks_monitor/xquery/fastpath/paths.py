"""Paths of the syntax tree -> location paths of XPath 1.0.

Role: which nodes a path selects, and what is known about them. Owner: translation. Thread: any.

lxml calls a compiled XPath with the root element as context item, XQuery has the document node: so every path that is
relative at the top of a query becomes absolute. Inside a predicate a path is relative to the node that is tested; a
variable bound further out cannot be reached from there, unless what it stands for is absolute. That is what ``depth``
tracks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.fastpath.name_precheck import CHECKED_STEPS, at_most, either, existence
from clacks_monitor.xquery.fastpath.xpath import (
    ABSOLUTE,
    SELF,
    Context,
    NotProvableError,
    XPathNodeSet,
    XPathValue,
    joined_depth,
)
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.xquery.fastpath.xpath import Translator

MAX_ALTERNATIVES: Final = 8
"""Paths that ``a/(b|c)/(d|e)`` may be multiplied out to."""

_AXES: Final = frozenset({
    "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self",
    "following", "following-sibling", "parent", "preceding", "preceding-sibling", "self",
})  # fmt: skip  # a table, by rows
_KEEPS_ATTRIBUTES: Final = frozenset({"self", "descendant-or-self", "ancestor-or-self"})
_CHEAP_AXES: Final = frozenset({"child", "attribute", "self"})
_SIMPLE_KINDS: Final = frozenset({"node", "text", "comment"})
_DOWNWARDS: Final = frozenset({"child", "attribute", "descendant"})
_V = TypeVar("_V", bound=XPathValue)


def node_set(t: Translator, expr: s.Expr, context: Context) -> XPathNodeSet:
    """Translate what yields nodes and nothing else."""
    match expr:
        case s.Root() | s.ContextItem():
            item = t.document if isinstance(expr, s.Root) else context.item
            return _reachable(item, expr.at, context)
        case s.Variable():
            return _node_variable(expr, context)
        case s.Step():
            return _step(t, _reachable(context.item, expr.at, context), expr, context)
        case s.Path():
            return _path(t, expr, context)
        case s.Filter():
            return _filter(t, expr, context)
        case s.SetOperation(operator="union"):
            return _union((node_set(t, expr.left, context), node_set(t, expr.right, context)))
    raise NotProvableError(Message("{0} goes the general way", _described(expr)), expr.at)


def _node_variable(expr: s.Variable, context: Context) -> XPathNodeSet:
    value = bound_value(expr, context)
    if isinstance(value, XPathNodeSet):
        return value
    raise NotProvableError(Message("${0} does not stand for nodes", expr.name), expr.at)


def bound_value(expr: s.Variable, context: Context) -> XPathValue:
    """Return the path that a variable denotes."""
    value = context.variables.get(expr.name)
    if value is None:
        raise NotProvableError(Message("${0} is not known before the query runs", expr.name), expr.at)
    return _reachable(value, expr.at, context)


def _reachable(value: _V, at: int, context: Context) -> _V:
    if value.depth == ABSOLUTE:
        # An absolute path in a predicate is followed anew for each node that is tested.
        looped = context.depth > 0 and isinstance(value, XPathNodeSet)
        return replace(value, degree=max(value.degree, 1)) if looped else value
    if value.depth != context.depth:
        raise NotProvableError(Message("an outer node is used inside a further predicate"), at)
    return value


def _path(t: Translator, path: s.Path, context: Context) -> XPathNodeSet:
    alternatives = [node_set(t, path.left, context)]
    return _union(_follow(t, alternatives, path.right, context))


def _follow(t: Translator, bases: list[XPathNodeSet], right: s.Expr, context: Context) -> list[XPathNodeSet]:
    """Follow a step from each base; ``a/(b|c)`` is multiplied out, since XPath 1.0 has no such step."""
    match right:
        case s.Step():
            found = [_step(t, base, right, context) for base in bases]
        case s.ContextItem():
            found = bases
        case s.Path():
            found = _follow(t, _follow(t, bases, right.left, context), right.right, context)
        case s.SetOperation(operator="union"):
            found = [*_follow(t, bases, right.left, context), *_follow(t, bases, right.right, context)]
        case _:
            raise NotProvableError(Message("{0} as a step goes the general way", _described(right)), right.at)
    if len(found) > MAX_ALTERNATIVES:
        raise NotProvableError(Message("the path has too many alternatives"), right.at)
    return found


def _filter(t: Translator, expr: s.Filter, context: Context) -> XPathNodeSet:
    base = node_set(t, expr.base, context)
    text, degree, positional = _predicate(t, base, expr.predicate, context)
    return XPathNodeSet(
        f"({base.text})[{text}]",
        base.depth,
        base.loop_degree() + degree,
        single=base.single or positional,
        attributes=base.attributes,
        precheck=at_most(base.precheck),
    )


def _union(parts: Iterable[XPathNodeSet]) -> XPathNodeSet:
    found = tuple(parts)
    if len(found) == 1:
        return found[0]
    return XPathNodeSet(
        " | ".join(part.text for part in found),
        joined_depth(found),
        max(part.degree for part in found) + 1,  # libxml2 merges node sets pairwise
        simple=False,
        attributes=any(part.attributes for part in found),
        precheck=either(*(part.precheck for part in found)),
    )


def _step(t: Translator, base: XPathNodeSet, step: s.Step, context: Context) -> XPathNodeSet:
    axis = step.axis
    if axis not in _AXES:
        raise NotProvableError(Message("XPath 1.0 in lxml has no {0} axis like this", axis), step.at)
    if axis in {"following", "preceding"} and base.attributes:
        raise NotProvableError(Message("the {0} axis of attributes differs between the two", axis), step.at)
    if t.within and not _stays_within(step):
        raise NotProvableError(Message("it may leave the event"), step.at)
    text = f"{axis}::{_node_test(t, step)}"
    if base.text == "/":
        text = f"/{text}"
    elif base.text != SELF:
        text = f"{base.as_base()}/{text}"
    names = _names(base, step)
    result = XPathNodeSet(
        text,
        base.depth,
        base.degree + (axis not in _CHEAP_AXES),
        single=base.single and _one_at_most(step, top=base.names == ()),
        attributes=axis == "attribute" or (axis in _KEEPS_ATTRIBUTES and base.attributes),
        precheck=at_most(base.precheck) if names is None else existence(names),
        names=names,
    )
    for predicate in step.predicates:
        inner, degree, positional = _predicate(t, result, predicate, context)
        result = replace(
            result,
            text=f"{result.text}[{inner}]",
            degree=result.loop_degree() + degree,
            single=result.single or (base.single and positional),
            precheck=at_most(result.precheck),
            names=None,
        )
    return result


def _predicate(t: Translator, base: XPathNodeSet, expr: s.Expr, context: Context) -> tuple[str, int, bool]:
    """Return the text, the power of its work, and whether it picks one node by position."""
    match expr:
        case s.Literal(value=int(number)) if not isinstance(number, bool):
            return str(number), 0, True
        case s.FunctionCall(arguments=(), name=s.Name(uri=uri, local="last")) if uri == FN_NS:
            return "last()", 0, True
    inner = Context(context.item_of(base), context.depth + 1, context.variables, in_predicate=True)
    truth = t.condition(expr, inner)
    return truth.text, truth.degree, False


def _node_test(t: Translator, step: s.Step) -> str:
    test = step.test
    if isinstance(test, s.NameTest):
        return _name_test(t, test)
    if test.type is not None or test.inner is not None or test.nillable:
        raise NotProvableError(Message("a test for a type goes the general way"), step.at)
    if test.kind in _SIMPLE_KINDS:
        return f"{test.kind}()"
    if test.kind == "processing-instruction":
        if test.name is None:
            return "processing-instruction()"
        return f"processing-instruction('{test.name.local}')"
    principal = "attribute" if step.axis == "attribute" else "element"
    if test.kind != principal:
        raise NotProvableError(Message("a test for {0} nodes goes the general way here", test.kind), step.at)
    return _name_test(t, test.name or s.NameTest(None, None))


def _name_test(t: Translator, test: s.NameTest) -> str:
    if test.uri is None:
        return "*" if test.local is None else f"*[local-name()='{test.local}']"
    if not test.uri:
        return "*[namespace-uri()='']" if test.local is None else test.local
    if not t.prefixed:
        local = "" if test.local is None else f" and local-name()='{test.local}'"
        return f"*[namespace-uri()={t.quoted(test.uri)}{local}]"
    return f"{t.prefix_of(test.uri)}:{test.local or '*'}"


def _one_at_most(step: s.Step, *, top: bool) -> bool:
    """Whether a step from one node finds one node at most; a document has one element."""
    test = step.test
    if step.axis in {"self", "parent"}:
        return True
    named = test if isinstance(test, s.NameTest) else test.name
    if step.axis == "attribute":
        return named is not None and named.uri is not None and named.local is not None
    element = isinstance(test, s.NameTest) or test.kind == "element"
    return step.axis == "child" and top and element


def _stays_within(step: s.Step) -> bool:
    any_node = isinstance(step.test, s.KindTest) and step.test.kind == "node"
    return step.axis in _DOWNWARDS or (step.axis in {"self", "descendant-or-self"} and any_node)


def _names(base: XPathNodeSet, step: s.Step) -> tuple[s.NameTest, ...] | None:
    """Return the names on the way from the document; the names of an event decide about the first two steps."""
    if base.names is None or len(base.names) >= CHECKED_STEPS or step.axis != "child":
        return None
    if isinstance(step.test, s.NameTest):
        return (*base.names, step.test)
    return (*base.names, step.test.name or s.NameTest(None, None)) if step.test.kind == "element" else None


def _described(expr: s.Expr) -> str:
    """Name a kind of expression in a message: a function, or the production of the grammar."""
    return f"{expr.name}()" if isinstance(expr, s.FunctionCall) else type(expr).__name__
