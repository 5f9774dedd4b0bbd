"""Syntax tree -> XPath 1.0, for exactly those queries where both must give the same verdict.

Role: the proof behind the fast path: expressions with a truth value. `paths` has the
paths. Owner: fastpath. Thread: any; a translation is a value, a translator belongs to one call.

What is translated cannot raise an error in XQuery and means the same in XPath 1.0; everything
else is refused with a reason (`NotProvable`) and goes the general way. The differences that decide
(https://www.w3.org/TR/xpath-31/#id-incompat-in-false-mode): XPath 1.0 takes the first of several
nodes where XQuery raises an error, it compares with `<` as numbers, and a number is a number to it
where XQuery sees untyped text. So strings are compared only with `=` and `!=`, and string functions
need an argument that is one node at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.fastpath.name_precheck import (
    Told,
    always,
    at_most,
    both,
    chosen,
    either,
    negated,
    never,
    unknown,
)
from clacks_monitor.xquery.fastpath.paths import (
    ABSOLUTE,
    Context,
    Nodes,
    NodeTranslator,
    NotProvable,
    Number,
    Text,
    Truth,
    Value,
    joined_depth,
)
from clacks_monitor.xquery.namespaces import FN_NS, XS_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_LENGTH: Final = 20_000
"""Characters of XPath text; inlining could double a query with each `let`."""
MAX_INTEGER: Final = 2**53
"""Integers up to here are exact in XPath 1.0, whose numbers are doubles."""

_NUMBER_OPERATORS: Final = {
    "=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
    "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
}  # fmt: skip  # a table, by rows
_EQUALITIES: Final = {"=": "=", "!=": "!=", "eq": "=", "ne": "!="}
_STRING_FUNCTIONS: Final = frozenset({"string-length", "normalize-space", "string", "local-name"})
_STRING: Final = s.SequenceType(s.AtomicTest(s.Name(XS_NS, "string")))


@dataclass(frozen=True, slots=True)
class Translation:
    """An XPath 1.0 expression whose value is the verdict, a boolean.

    `degree`: the work grows at most with this power of the number of nodes. `strings`: properties
    that must be there and be strings; the expression knows each as `$p_name`. `constants` are
    further variables with their values. `told` is what an event's names alone tell of the verdict.
    """

    expression: str
    namespaces: Mapping[str, str]
    strings: tuple[str, ...]
    constants: Mapping[str, str]
    degree: int
    told: Told = unknown


def translate(module: s.Module, *, within: bool = False) -> Translation:
    """Translate a main module; raises NotProvable with the first reason against it.

    With ``within`` the context node is an element that stands for the document, among others.
    """
    if module.context_item is not None:
        raise NotProvable("the query declares the context item", module.context_item.at)
    translator = _Translator(within=within)
    context = Context(translator.document, 0, {})
    for variable in module.variables:
        context = context.bind(variable.name, translator.declared(variable, context))
    truth = translator.truth(module.body, context)
    return Translation(
        truth.text,
        translator.namespaces,
        tuple(translator.strings),
        translator.constants,
        max(truth.degree, 1),
        truth.told,
    )


class _Translator(NodeTranslator):
    """Expressions with a value; the paths are in the base class."""

    def __init__(self, *, within: bool) -> None:
        super().__init__(within=within)
        self.strings: dict[str, None] = {}
        self.constants: dict[str, str] = {}

    def declared(self, variable: s.VariableDeclaration, context: Context) -> Value:
        """Take the value of a variable of the prolog."""
        typed = variable.type is not None
        if not variable.external and variable.value is not None and not typed:
            return self.value(variable.value, context)
        local = variable.name.local
        if variable.value is not None or variable.name.uri or variable.type not in {None, _STRING}:
            raise NotProvable(f"the type of ${variable.name} has to be checked", variable.at)
        if not (local.isidentifier() and local.isascii()):
            raise NotProvable(f"XPath 1.0 cannot take the name ${variable.name}", variable.at)
        self.strings[local] = None
        return Text(f"$p_{local}", ABSOLUTE)

    # -- truth

    def truth(self, expr: s.Expr, context: Context) -> Truth:
        """Translate to an effective boolean value; numbers are refused, they may be positions."""
        match expr:
            case s.Or() | s.And():
                word, joined = ("or", either) if isinstance(expr, s.Or) else ("and", both)
                left, right = self.truth(expr.left, context), self.truth(expr.right, context)
                told = joined(left.told, right.told)
                return _all_of(f"({left.text} {word} {right.text})", expr.at, left, right, told=told)
            case s.If():
                return self._choice(expr, context, self.truth)
            case s.Quantified():
                return self._quantified(expr, 0, context)
            case s.Flwor():
                return self._flwor(expr, 0, context, many=False)
            case s.Sequence():
                return self._existence(expr, context)
        return _truth_of(self.value(expr, context), expr.at)

    def _choice(self, expr: s.If, context: Context, branch: Callable[[s.Expr, Context], Truth]) -> Truth:
        test = self.truth(expr.condition, context)
        then, other = branch(expr.then, context), branch(expr.otherwise, context)
        text = f"(({test.text} and {then.text}) or (not({test.text}) and {other.text}))"
        return _all_of(text, expr.at, test, then, other, told=chosen(test.told, then.told, other.told))

    def _existence(self, expr: s.Expr, context: Context) -> Truth:
        """Whether there is a node at all; what could be anything but nodes is refused."""
        match expr:
            case s.Sequence(items=()):
                return Truth("false()", ABSOLUTE, told=never)
            case s.Sequence():
                parts = [self._existence(item, context) for item in expr.items]
                told = either(*(part.told for part in parts))
                return _all_of(f"({' or '.join(p.text for p in parts)})", expr.at, *parts, told=told)
            case s.If():
                return self._choice(expr, context, self._existence)
            case s.Flwor():
                return self._flwor(expr, 0, context, many=True)
        nodes = self.nodes(expr, context)
        return _all_of(f"boolean({nodes.text})", expr.at, nodes, told=nodes.told)

    def _quantified(self, expr: s.Quantified, index: int, context: Context) -> Truth:
        """Turn `some $x in P satisfies C` into `P[C]`, `every` into `not(P[not(C)])`."""
        if index == len(expr.bindings):
            return self.truth(expr.condition, context)
        binding = expr.bindings[index]
        if binding.type is not None:
            raise NotProvable(f"the type of ${binding.name} has to be checked", binding.at)
        source = self.nodes(binding.source, context)
        inner = context.deeper().bind(binding.name, context.item_of(source))
        condition = self._quantified(expr, index + 1, inner)
        some = expr.quantifier == "some"
        predicate = condition.text if some else f"not({condition.text})"
        text = f"{source.as_base()}[{predicate}]"
        found = at_most(source.told)
        return _all_of(
            f"boolean({text})" if some else f"not({text})",
            expr.at,
            Truth("", source.depth, source.loop_degree() + condition.degree),
            told=found if some else negated(found),
        )

    def _flwor(self, expr: s.Flwor, index: int, context: Context, *, many: bool) -> Truth:
        """Translate from clause `index` on; with `many` results they must all be nodes."""
        if index == len(expr.clauses):
            return (self._existence if many else self.truth)(expr.result, context)
        match clause := expr.clauses[index]:
            case s.LetClause(type=None):
                inner = context.bind(clause.name, self.value(clause.value, context))
                return self._flwor(expr, index + 1, inner, many=many)
            case s.WhereClause():
                test = self.truth(clause.condition, context)
                rest = self._flwor(expr, index + 1, context, many=many)
                told = both(test.told, rest.told)
                return _all_of(f"({test.text} and {rest.text})", clause.at, test, rest, told=told)
            case s.ForClause(type=None, allowing_empty=False, position=None):
                source = self.nodes(clause.source, context)
                inner = context.deeper().bind(clause.name, context.item_of(source))
                rest = self._flwor(expr, index + 1, inner, many=many or not source.single)
                degree = source.loop_degree() + rest.degree
                text = f"boolean({source.as_base()}[{rest.text}])"
                told = at_most(both(source.told, rest.told))
                return _all_of(text, clause.at, Truth("", source.depth, degree), told=told)
        raise NotProvable(_CLAUSES.get(type(clause), "this clause is checked"), clause.at)

    # -- values

    def value(self, expr: s.Expr, context: Context) -> Value:
        """Translate any expression that has a place in the subset."""
        match expr:
            case s.Literal():
                return self._literal(expr)
            case s.Variable():
                return self.variable(expr, context)
            case s.GeneralComparison() | s.ValueComparison():
                return self._comparison(expr, context)
            case s.FunctionCall() if expr.name.uri == FN_NS:
                return self._call(expr, context)
            case s.Or() | s.And() | s.If() | s.Quantified() | s.Flwor() | s.Sequence():
                return self.truth(expr, context)
        return self.nodes(expr, context)

    def _literal(self, expr: s.Literal) -> Value:
        match expr.value:
            case str(text):
                return Text(self._quoted(text), ABSOLUTE)
            case int(number) if number <= MAX_INTEGER:
                return Number(str(number), ABSOLUTE)
        raise NotProvable("only strings and integers compare in the same way", expr.at)

    def _quoted(self, text: str) -> str:
        """XPath 1.0 has no escapes: a text with both quotes becomes a variable."""
        if "'" not in text:
            return f"'{text}'"
        if '"' not in text:
            return f'"{text}"'
        name = f"c_{len(self.constants)}"
        self.constants[name] = text
        return f"${name}"

    def _comparison(self, expr: s.GeneralComparison | s.ValueComparison, context: Context) -> Truth:
        left, right = self.value(expr.left, context), self.value(expr.right, context)
        sign = _NUMBER_OPERATORS[expr.operator]
        degree = 0
        if not (isinstance(left, Number) and isinstance(right, Number)):
            if expr.operator not in _EQUALITIES:
                raise NotProvable(f"`{expr.operator}` depends on the types of values", expr.at)
            for side in (left, right):
                if not isinstance(side, Text | Nodes):
                    raise NotProvable("numbers and truth values compare otherwise", expr.at)
                if isinstance(expr, s.ValueComparison):
                    self._need_single(side, expr.at)
            if isinstance(left, Nodes) and isinstance(right, Nodes):
                degree = left.degree + right.degree + (not (left.single or right.single))
        truth = _all_of(f"({left.text} {sign} {right.text})", expr.at, left, right)
        nodes = (side.told for side in (left, right) if isinstance(side, Nodes))
        return Truth(truth.text, truth.depth, max(degree, truth.degree), at_most(both(*nodes)))

    @staticmethod
    def _need_single(value: Value, at: int) -> None:
        if isinstance(value, Nodes) and not value.single:
            raise NotProvable("there may be several nodes, which would be an error", at)

    def _text(self, expr: s.Expr, context: Context) -> Text:
        """Take a string, or one node at most whose string value is taken."""
        value = self.value(expr, context)
        if isinstance(value, Text):
            return value
        if not isinstance(value, Nodes):
            raise NotProvable("a string function takes strings only", expr.at)
        self._need_single(value, expr.at)
        return Text(f"string({value.text})", value.depth, value.degree)

    # -- functions

    def _call(self, call: s.FunctionCall, context: Context) -> Value:
        name, arguments = call.name.local, call.arguments
        match name, len(arguments):
            case "true" | "false", 0:
                return Truth(f"{name}()", ABSOLUTE, told=always if name == "true" else never)
            case "boolean" | "not" | "exists" | "empty", 1:
                return self._truth_function(call, arguments[0], context)
            case "count", 1:
                nodes = self.nodes(arguments[0], context)
                return Number(f"count({nodes.text})", nodes.depth, nodes.degree)
            case "position" | "last", 0 if context.in_predicate:
                return Number(f"{name}()", context.depth)
            case "contains" | "starts-with", 2:
                a, b = (self._text(argument, context) for argument in arguments)
                return _all_of(f"{name}({a.text}, {b.text})", call.at, a, b)
        return self._string_function(call, context)

    def _truth_function(self, call: s.FunctionCall, argument: s.Expr, context: Context) -> Truth:
        name = call.name.local
        counts_nodes = name in {"exists", "empty"}
        found = (self._existence if counts_nodes else self.truth)(argument, context)
        if name in {"not", "empty"}:
            return _all_of(f"not({found.text})", call.at, found, told=negated(found.told))
        return found

    def _string_function(self, call: s.FunctionCall, context: Context) -> Value:
        name = call.name.local
        if name not in _STRING_FUNCTIONS or len(call.arguments) > 1 or (self.within and name == "local-name"):
            raise NotProvable(f"{name}() is left to the general way", call.at)
        argument = call.arguments[0] if call.arguments else s.ContextItem(call.at)
        if name == "local-name":
            nodes = self.nodes(argument, context)
            self._need_single(nodes, call.at)
            return Text(f"local-name({nodes.text})", nodes.depth, nodes.degree)
        text = self._text(argument, context)
        if name == "string":
            return text
        kind = Number if name == "string-length" else Text
        return kind(f"{name}({text.text})", text.depth, text.degree)


def _truth_of(value: Value, at: int) -> Truth:
    if isinstance(value, Truth):
        return value
    if isinstance(value, Number):
        raise NotProvable("the truth of a number is left to the general way", at)
    told = value.told if isinstance(value, Nodes) else unknown
    return _all_of(f"boolean({value.text})", at, value, told=told)


def _all_of(text: str, at: int, *parts: Value, told: Told = unknown) -> Truth:
    """Make one truth of parts; where all of them are absolute, it is too."""
    if len(text) > MAX_LENGTH:
        raise NotProvable("it grows too long once its variables are put in", at)
    return Truth(text, joined_depth(parts), max((part.degree for part in parts), default=0), told)


_CLAUSES: Final[dict[type[s.Clause], str]] = {
    s.LetClause: "the type of a variable has to be checked",
    s.ForClause: "the type or the position of a variable is asked for",
    s.OrderByClause: "`order by` may raise an error",
    s.GroupByClause: "`group by` is left to the general way",
    s.CountClause: "`count` is left to the general way",
    s.WindowClause: "windows are left to the general way",
}
