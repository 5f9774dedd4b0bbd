"""Paths of the syntax tree -> location paths of XPath 1.0; the lower half of `translate`.

Role: which nodes a path means, and what is known about them. Owner: translate. Thread: any.

lxml calls a compiled XPath with the root element as context item, XQuery has the document node:
so every path that is relative at the top of a query becomes absolute. Inside a predicate a path is
relative to the node that is tested; a variable bound further out cannot be reached from there,
unless what it stands for is absolute. That is what `depth` tracks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.fastpath.name_precheck import NAMES, Told, always, at_most, either, existence, unknown
from clacks_monitor.xquery.namespaces import FN_NS, XML_NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ABSOLUTE: Final = -1
"""The depth of what means the same everywhere in a query."""
MAX_ALTERNATIVES: Final = 8
"""Paths that `a/(b|c)/(d|e)` may be multiplied out to."""

_SELF: Final = "self::node()"
_AXES: Final = frozenset({
    "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self",
    "following", "following-sibling", "parent", "preceding", "preceding-sibling", "self",
})  # fmt: skip  # a table, by rows
_KEEPS_ATTRIBUTES: Final = frozenset({"self", "descendant-or-self", "ancestor-or-self"})
_CHEAP_AXES: Final = frozenset({"child", "attribute", "self"})
_SIMPLE_KINDS: Final = frozenset({"node", "text", "comment"})


class NotProvable(Exception):  # noqa: N818 - no error but an answer: go the general way
    """Why a query cannot take the fast path: half a sentence, and where (offset in the text)."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


@dataclass(frozen=True, slots=True)
class Value:
    """A piece of XPath 1.0: its text, the depth where it means this, the power of its work."""

    text: str
    depth: int
    degree: int = 0


@dataclass(frozen=True, slots=True)
class Text(Value):
    """One string for sure."""


@dataclass(frozen=True, slots=True)
class Number(Value):
    """One integer for sure."""


@dataclass(frozen=True, slots=True)
class Truth(Value):
    """One boolean for sure; `told` is what an event's names tell of it."""

    told: Told = unknown


@dataclass(frozen=True, slots=True)
class Nodes(Value):
    """Nodes in document order without repetition.

    `single`: at most one for sure. `simple`: a step or a predicate may be appended as it is.
    `attributes`: there may be attributes among them. `told`: whether there are any, as far as an
    event's names tell. `names`: the steps from the document, where these are nothing but names.
    """

    single: bool = False
    simple: bool = True
    attributes: bool = False
    told: Told = unknown
    names: tuple[s.NameTest, ...] | None = None

    def as_base(self) -> str:
        """Give the text in a form that takes a predicate or a step."""
        return self.text if self.simple else f"({self.text})"

    def loop_degree(self) -> int:
        """Give the power of the work when something is done for each of the nodes."""
        return self.degree if self.single else max(self.degree, 1)


_V = TypeVar("_V", bound=Value)
DOCUMENT: Final = Nodes("/", ABSOLUTE, single=True, simple=False, told=always, names=())
WITHIN: Final = Nodes(_SELF, 0, single=True, told=always, names=())
"""The document where it is one of many elements in a common one; see `together`."""
_DOWNWARDS: Final = frozenset({"child", "attribute", "descendant"})


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands: its context item, its depth of predicates, its variables."""

    item: Nodes
    depth: int
    variables: Mapping[s.Name, Value]
    in_predicate: bool = False

    def bind(self, name: s.Name, value: Value) -> Context:
        """Add a variable."""
        return replace(self, variables={**self.variables, name: value})

    def deeper(self) -> Context:
        """Go one level deeper for a bound variable; the context item stays the one of outside."""
        return replace(self, depth=self.depth + 1, in_predicate=False)

    def item_of(self, source: Nodes) -> Nodes:
        """One of `source`, as seen one level deeper."""
        return Nodes(_SELF, self.depth + 1, single=True, attributes=source.attributes)


def joined_depth(parts: Iterable[Value]) -> int:
    """Give the depth of what consists of these parts: absolute if they all are."""
    return max((part.depth for part in parts), default=ABSOLUTE)


class NodeTranslator:
    """Translates whatever selects nodes; truth comes from the class above.

    `within`: for a document that is one of many elements, which nothing may leave or take for an element.
    """

    def __init__(self, *, within: bool = False) -> None:
        self.within = within
        self.document = WITHIN if within else DOCUMENT
        self.namespaces: dict[str, str] = {}
        self._prefixes: dict[str, str] = {}

    def truth(self, expr: s.Expr, context: Context) -> Truth:
        """Translate a condition."""
        raise NotImplementedError

    def nodes(self, expr: s.Expr, context: Context) -> Nodes:
        """Translate what yields nodes and nothing else."""
        match expr:
            case s.Root() | s.ContextItem():
                item = self.document if isinstance(expr, s.Root) else context.item
                return self._reachable(item, expr.at, context)
            case s.Variable():
                return self._node_variable(expr, context)
            case s.Step():
                return self._step(self._reachable(context.item, expr.at, context), expr, context)
            case s.Path():
                return self._path(expr, context)
            case s.Filter():
                return self._filter(expr, context)
            case s.SetOperation(operator="union"):
                return self._union((self.nodes(expr.left, context), self.nodes(expr.right, context)))
        raise NotProvable(f"{_described(expr)} goes the general way", expr.at)

    def _node_variable(self, expr: s.Variable, context: Context) -> Nodes:
        value = self.variable(expr, context)
        if isinstance(value, Nodes):
            return value
        raise NotProvable(f"${expr.name} does not stand for nodes", expr.at)

    def variable(self, expr: s.Variable, context: Context) -> Value:
        """Put in what a variable stands for."""
        value = context.variables.get(expr.name)
        if value is None:
            raise NotProvable(f"${expr.name} is not known before the query runs", expr.at)
        return self._reachable(value, expr.at, context)

    @staticmethod
    def _reachable(value: _V, at: int, context: Context) -> _V:
        if value.depth == ABSOLUTE:
            # An absolute path in a predicate is followed anew for each node that is tested.
            looped = context.depth > 0 and isinstance(value, Nodes)
            return replace(value, degree=max(value.degree, 1)) if looped else value
        if value.depth != context.depth:
            raise NotProvable("an outer node is used inside a further predicate", at)
        return value

    # -- paths

    def _path(self, path: s.Path, context: Context) -> Nodes:
        alternatives = [self.nodes(path.left, context)]
        return self._union(self._follow(alternatives, path.right, context))

    def _follow(self, bases: list[Nodes], right: s.Expr, context: Context) -> list[Nodes]:
        """Go on from each base; `a/(b|c)` is multiplied out, XPath 1.0 has no such step."""
        match right:
            case s.Step():
                found = [self._step(base, right, context) for base in bases]
            case s.ContextItem():
                found = bases
            case s.Path():
                found = self._follow(self._follow(bases, right.left, context), right.right, context)
            case s.SetOperation(operator="union"):
                found = [
                    *self._follow(bases, right.left, context),
                    *self._follow(bases, right.right, context),
                ]
            case _:
                raise NotProvable(f"{_described(right)} as a step goes the general way", right.at)
        if len(found) > MAX_ALTERNATIVES:
            raise NotProvable("the path has too many alternatives", right.at)
        return found

    def _filter(self, expr: s.Filter, context: Context) -> Nodes:
        base = self.nodes(expr.base, context)
        text, degree, positional = self._predicate(base, expr.predicate, context)
        return Nodes(
            f"({base.text})[{text}]",
            base.depth,
            base.loop_degree() + degree,
            single=base.single or positional,
            attributes=base.attributes,
            told=at_most(base.told),
        )

    @staticmethod
    def _union(parts: Iterable[Nodes]) -> Nodes:
        found = tuple(parts)
        if len(found) == 1:
            return found[0]
        return Nodes(
            " | ".join(part.text for part in found),
            joined_depth(found),
            max(part.degree for part in found) + 1,  # libxml2 merges node sets pairwise
            simple=False,
            attributes=any(part.attributes for part in found),
            told=either(*(part.told for part in found)),
        )

    # -- steps

    def _step(self, base: Nodes, step: s.Step, context: Context) -> Nodes:
        axis = step.axis
        if axis not in _AXES:
            raise NotProvable(f"XPath 1.0 in lxml has no {axis} axis like this", step.at)
        if axis in {"following", "preceding"} and base.attributes:
            raise NotProvable(f"the {axis} axis of attributes differs between the two", step.at)
        if self.within and not _stays_within(step):
            raise NotProvable("it may leave the event", step.at)
        text = f"{axis}::{self._test(step)}"
        if base.text == "/":
            text = f"/{text}"
        elif base.text != _SELF:
            text = f"{base.as_base()}/{text}"
        names = _names(base, step)
        result = Nodes(
            text,
            base.depth,
            base.degree + (axis not in _CHEAP_AXES),
            single=base.single and _one_at_most(step, top=base.names == ()),
            attributes=axis == "attribute" or (axis in _KEEPS_ATTRIBUTES and base.attributes),
            told=at_most(base.told) if names is None else existence(names),
            names=names,
        )
        for predicate in step.predicates:
            inner, degree, positional = self._predicate(result, predicate, context)
            result = replace(
                result,
                text=f"{result.text}[{inner}]",
                degree=result.loop_degree() + degree,
                single=result.single or (base.single and positional),
                told=at_most(result.told),
                names=None,
            )
        return result

    def _predicate(self, base: Nodes, expr: s.Expr, context: Context) -> tuple[str, int, bool]:
        """Return the text, the power of its work, and whether it picks one node by position."""
        match expr:
            case s.Literal(value=int(number)) if not isinstance(number, bool):
                return str(number), 0, True
            case s.FunctionCall(arguments=(), name=s.Name(uri=uri, local="last")) if uri == FN_NS:
                return "last()", 0, True
        inner = Context(context.item_of(base), context.depth + 1, context.variables, in_predicate=True)
        truth = self.truth(expr, inner)
        return truth.text, truth.degree, False

    def _test(self, step: s.Step) -> str:
        test = step.test
        if isinstance(test, s.NameTest):
            return self._name_test(test)
        if test.type is not None or test.inner is not None or test.nillable:
            raise NotProvable("a test for a type goes the general way", step.at)
        if test.kind in _SIMPLE_KINDS:
            return f"{test.kind}()"
        if test.kind == "processing-instruction":
            if test.name is None:
                return "processing-instruction()"
            return f"processing-instruction('{test.name.local}')"
        principal = "attribute" if step.axis == "attribute" else "element"
        if test.kind != principal:
            raise NotProvable(f"a test for {test.kind} nodes goes the general way here", step.at)
        return self._name_test(test.name or s.NameTest(None, None))

    def _name_test(self, test: s.NameTest) -> str:
        if test.uri is None:
            return "*" if test.local is None else f"*[local-name()='{test.local}']"
        if not test.uri:
            return "*[namespace-uri()='']" if test.local is None else test.local
        return f"{self._prefix(test.uri)}:{test.local or '*'}"

    def _prefix(self, uri: str) -> str:
        if uri == XML_NS:
            return "xml"
        prefix = self._prefixes.get(uri)
        if prefix is None:
            prefix = self._prefixes[uri] = f"n{len(self._prefixes)}"
            self.namespaces[prefix] = uri
        return prefix


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


def _names(base: Nodes, step: s.Step) -> tuple[s.NameTest, ...] | None:
    """Return the names on the way from the document; a shape tells of the first two steps."""
    if base.names is None or len(base.names) >= NAMES or step.axis != "child":
        return None
    if isinstance(step.test, s.NameTest):
        return (*base.names, step.test)
    return (*base.names, step.test.name or s.NameTest(None, None)) if step.test.kind == "element" else None


def _described(expr: s.Expr) -> str:
    """Find a few words for a kind of expression."""
    if isinstance(expr, s.FunctionCall):
        return f"a call of {expr.name}()"
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in type(expr).__name__).strip()
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
