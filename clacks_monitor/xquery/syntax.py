"""The syntax tree of a query: frozen values, names already resolved to namespaces.

Owner: xquery. Thread: any; nothing here changes after parsing.

`at` is the offset in the query's text (`errors.line_and_column` makes line and column of it).
Abbreviations are gone: `//x` is a Path through descendant-or-self::node(), `@x` a Step on the
attribute axis, `..` a Step on the parent axis, `a => f(b)` a FunctionCall, `ordered { e }` is e.
Parentheses leave no node, except that `()` is an empty Sequence.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Name:
    """An expanded name; the prefix is remembered but does not count when comparing."""

    uri: str
    local: str
    prefix: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.prefix}:{self.local}" if self.prefix else self.local


# ---------------------------------------------------------------- node tests and types
@dataclass(frozen=True, slots=True)
class NameTest:
    """A name or wildcard; None stands for any namespace or any local name."""

    uri: str | None
    local: str | None


@dataclass(frozen=True, slots=True)
class KindTest:
    """`node()`, `element(a, t?)`, `document-node(element(a))`, `processing-instruction(x)`, ...

    kind is one of node, element, attribute, text, comment, processing-instruction,
    document-node, namespace-node, schema-element, schema-attribute.
    """

    kind: str
    name: NameTest | None = None
    type: Name | None = None
    nillable: bool = False
    inner: KindTest | None = None


@dataclass(frozen=True, slots=True)
class AnyItemTest:
    """`item()`."""


@dataclass(frozen=True, slots=True)
class AtomicTest:
    """A named atomic (or pure union) type such as xs:integer."""

    name: Name


@dataclass(frozen=True, slots=True)
class FunctionTest:
    """`function(*)` when `arguments` is None, else `function(a, b) as r`."""

    arguments: tuple[SequenceType, ...] | None = None
    result: SequenceType | None = None


@dataclass(frozen=True, slots=True)
class MapTest:
    """`map(*)` when `key` is None."""

    key: AtomicTest | None = None
    value: SequenceType | None = None


@dataclass(frozen=True, slots=True)
class ArrayTest:
    """`array(*)` when `member` is None."""

    member: SequenceType | None = None


ItemTest = KindTest | AnyItemTest | AtomicTest | FunctionTest | MapTest | ArrayTest


@dataclass(frozen=True, slots=True)
class SequenceType:
    """`item` is None for empty-sequence(); `occurrence` is "", "?", "*" or "+"."""

    item: ItemTest | None
    occurrence: str = ""


# ---------------------------------------------------------------- expressions
@dataclass(frozen=True, slots=True)
class Expr:
    """Any expression."""

    at: int


@dataclass(frozen=True, slots=True)
class Literal(Expr):
    """A string (str), integer (int), decimal (Decimal) or double (float) literal."""

    value: object


@dataclass(frozen=True, slots=True)
class Sequence(Expr):
    """`a, b, c`; without items the empty sequence `()`."""

    items: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Variable(Expr):
    """A reference `$name`."""

    name: Name


@dataclass(frozen=True, slots=True)
class ContextItem(Expr):
    """`.`."""


@dataclass(frozen=True, slots=True)
class Placeholder(Expr):
    """`?` as an argument: partial application."""


@dataclass(frozen=True, slots=True)
class FunctionCall(Expr):
    """A call by name; `arguments` may hold Placeholders."""

    name: Name
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class FunctionReference(Expr):
    """`name#arity`."""

    name: Name
    arity: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a declared or inline function."""

    name: Name
    type: SequenceType | None


@dataclass(frozen=True, slots=True)
class Annotation:
    """`%name(literal, ...)`."""

    name: Name
    values: tuple[object, ...] = ()
    at: int = 0


@dataclass(frozen=True, slots=True)
class InlineFunction(Expr):
    """`function($a as T) as R { body }`."""

    parameters: tuple[Parameter, ...]
    result: SequenceType | None
    body: Expr
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class DynamicCall(Expr):
    """`expression(arguments)`."""

    function: Expr
    arguments: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Lookup(Expr):
    """`base?key`; base None is the unary lookup, key None is `?*`."""

    base: Expr | None
    key: Expr | None


@dataclass(frozen=True, slots=True)
class Root(Expr):
    """The leading `/`: the document node of the context item."""


@dataclass(frozen=True, slots=True)
class Path(Expr):
    """`left/right`."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Step(Expr):
    """`axis::test[p1][p2]`."""

    axis: str
    test: NameTest | KindTest
    predicates: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter(Expr):
    """`base[p]` where base is no axis step."""

    base: Expr
    predicate: Expr


@dataclass(frozen=True, slots=True)
class Or(Expr):
    """`left or right`."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class And(Expr):
    """`left and right`."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class GeneralComparison(Expr):
    """`=`, `!=`, `<`, `<=`, `>`, `>=`."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class ValueComparison(Expr):
    """`eq`, `ne`, `lt`, `le`, `gt`, `ge`."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class NodeComparison(Expr):
    """`is`, `<<`, `>>`."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Arithmetic(Expr):
    """`+`, `-`, `*`, `div`, `idiv`, `mod`."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Unary(Expr):
    """`-operand` or `+operand`."""

    operator: str
    operand: Expr


@dataclass(frozen=True, slots=True)
class Range(Expr):
    """`left to right`."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Concatenation(Expr):
    """`left || right`."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class SetOperation(Expr):
    """`union` (also written `|`), `intersect`, `except`."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class SimpleMap(Expr):
    """`left ! right`."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class InstanceOf(Expr):
    """`operand instance of type`."""

    operand: Expr
    type: SequenceType


@dataclass(frozen=True, slots=True)
class TreatAs(Expr):
    """`operand treat as type`."""

    operand: Expr
    type: SequenceType


@dataclass(frozen=True, slots=True)
class CastAs(Expr):
    """`operand cast as type?`."""

    operand: Expr
    type: Name
    optional: bool


@dataclass(frozen=True, slots=True)
class CastableAs(Expr):
    """`operand castable as type?`."""

    operand: Expr
    type: Name
    optional: bool


@dataclass(frozen=True, slots=True)
class If(Expr):
    """`if (condition) then a else b`."""

    condition: Expr
    then: Expr
    otherwise: Expr


@dataclass(frozen=True, slots=True)
class SwitchCase:
    """`case a case b return result`."""

    operands: tuple[Expr, ...]
    result: Expr


@dataclass(frozen=True, slots=True)
class Switch(Expr):
    """`switch (operand) case ... default return default`."""

    operand: Expr
    cases: tuple[SwitchCase, ...]
    default: Expr


@dataclass(frozen=True, slots=True)
class TypeCase:
    """`case $v as T1 | T2 return result`; `types` is None for the default branch."""

    variable: Name | None
    types: tuple[SequenceType, ...] | None
    result: Expr


@dataclass(frozen=True, slots=True)
class Typeswitch(Expr):
    """`typeswitch (operand) case ... default ...`; the last case is the default."""

    operand: Expr
    cases: tuple[TypeCase, ...]


@dataclass(frozen=True, slots=True)
class CatchClause:
    """`catch a | * { body }`."""

    errors: tuple[NameTest, ...]
    body: Expr


@dataclass(frozen=True, slots=True)
class TryCatch(Expr):
    """`try { body } catch ...`."""

    body: Expr
    catches: tuple[CatchClause, ...]


@dataclass(frozen=True, slots=True)
class Binding:
    """`$name as type in source` of some/every."""

    name: Name
    type: SequenceType | None
    source: Expr
    at: int


@dataclass(frozen=True, slots=True)
class Quantified(Expr):
    """`some`/`every` ... `satisfies condition`."""

    quantifier: str
    bindings: tuple[Binding, ...]
    condition: Expr


# ---------------------------------------------------------------- FLWOR
@dataclass(frozen=True, slots=True)
class Clause:
    """Any clause of a FLWOR expression before `return`."""

    at: int


@dataclass(frozen=True, slots=True)
class ForClause(Clause):
    """One variable of `for`."""

    name: Name
    type: SequenceType | None
    allowing_empty: bool
    position: Name | None
    source: Expr


@dataclass(frozen=True, slots=True)
class LetClause(Clause):
    """One variable of `let`."""

    name: Name
    type: SequenceType | None
    value: Expr


@dataclass(frozen=True, slots=True)
class WhereClause(Clause):
    """`where condition`."""

    condition: Expr


@dataclass(frozen=True, slots=True)
class CountClause(Clause):
    """`count $name`."""

    name: Name


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key of `order by`; `empty` is "greatest" or "least", already defaulted."""

    key: Expr
    descending: bool
    empty: str
    collation: str


@dataclass(frozen=True, slots=True)
class OrderByClause(Clause):
    """`order by` or `stable order by`."""

    keys: tuple[OrderKey, ...]


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One variable of `group by`; `value` is None when the variable is already bound."""

    name: Name
    type: SequenceType | None
    value: Expr | None
    collation: str
    at: int


@dataclass(frozen=True, slots=True)
class GroupByClause(Clause):
    """`group by`."""

    keys: tuple[GroupKey, ...]


@dataclass(frozen=True, slots=True)
class WindowCondition:
    """`start $item at $position previous $p next $n when condition`."""

    item: Name | None
    position: Name | None
    previous: Name | None
    next: Name | None
    condition: Expr


@dataclass(frozen=True, slots=True)
class WindowClause(Clause):
    """`for tumbling window` or `for sliding window`."""

    sliding: bool
    name: Name
    type: SequenceType | None
    source: Expr
    start: WindowCondition
    end: WindowCondition | None
    only_end: bool


@dataclass(frozen=True, slots=True)
class Flwor(Expr):
    """`for/let/... return result`."""

    clauses: tuple[Clause, ...]
    result: Expr


# ---------------------------------------------------------------- constructors
@dataclass(frozen=True, slots=True)
class DirectAttribute:
    """An attribute of a direct constructor: literal strings and enclosed expressions."""

    name: Name
    parts: tuple[str | Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class DirectElement(Expr):
    """`<name ...>content</name>`; literal text of the content is str."""

    name: Name
    attributes: tuple[DirectAttribute, ...]
    namespaces: tuple[tuple[str, str], ...]
    content: tuple[str | Expr, ...]


@dataclass(frozen=True, slots=True)
class DirectComment(Expr):
    """`<!-- text -->`."""

    text: str


@dataclass(frozen=True, slots=True)
class DirectPI(Expr):
    """`<?target text?>`."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class ComputedNode(Expr):
    """`element n { }`, `attribute n { }`, `document { }`, `text { }`, `comment { }`, ...

    kind is one of element, attribute, document, text, comment, processing-instruction,
    namespace. `name` is a Name, an expression for the name, or None.
    """

    kind: str
    name: Name | Expr | None
    content: Expr | None


@dataclass(frozen=True, slots=True)
class StringConstructor(Expr):
    """A string constructor with interpolated parts."""

    parts: tuple[str | Expr, ...]


@dataclass(frozen=True, slots=True)
class MapConstructor(Expr):
    """`map { key : value, ... }`."""

    entries: tuple[tuple[Expr, Expr], ...]


@dataclass(frozen=True, slots=True)
class ArrayConstructor(Expr):
    """`[a, b]`, or `array { e }` when `curly`."""

    members: tuple[Expr, ...]
    curly: bool


@dataclass(frozen=True, slots=True)
class Unsupported(Expr):
    """An expression of an optional feature: always raises `code` when reached statically."""

    code: str
    reason: str


# ---------------------------------------------------------------- module
@dataclass(frozen=True, slots=True)
class VariableDeclaration:
    """`declare variable $name as type := value` or `external`."""

    name: Name
    type: SequenceType | None
    value: Expr | None
    external: bool
    at: int
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionDeclaration:
    """`declare function name($p) as result { body }`; `body` is None when external."""

    name: Name
    parameters: tuple[Parameter, ...]
    result: SequenceType | None
    body: Expr | None
    at: int
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextItemDeclaration:
    """`declare context item as type := value` or `external`."""

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
    """Every expression below and including `node`, outermost first."""
    stack = [node] if isinstance(node, Expr) else list(children(node))[::-1]
    while stack:
        top = stack.pop()
        if isinstance(top, Expr):
            yield top
        stack.extend(list(children(top))[::-1])
