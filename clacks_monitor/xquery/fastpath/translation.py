"""Syntax tree -> XPath 1.0, for exactly those queries where both must give the same result.

Role: the proof behind the fast path: conditions and values; ``paths`` has what selects nodes. Owner: fastpath. Thread:
any; a translation is a value, a translator belongs to one call.

What is translated cannot raise an error in XQuery and means the same in XPath 1.0; everything
else is refused with a reason (``NotProvableError``) and goes the general way. The differences that decide
(https://www.w3.org/TR/xpath-31/#id-incompat-in-false-mode): XPath 1.0 takes the first of several
nodes where XQuery raises an error, it compares with ``<`` as numbers, and a number is a number to it
where XQuery sees untyped text. So strings are compared only with ``=`` and ``!=``, and string functions
need an argument that is one node at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.fastpath.name_precheck import (
    Precheck,
    always,
    at_most,
    both,
    chosen,
    either,
    negated,
    never,
    unknown,
)
from clacks_monitor.xquery.fastpath.paths import bound_value, node_set
from clacks_monitor.xquery.fastpath.xpath import (
    ABSOLUTE,
    Context,
    NotProvableError,
    Translator,
    XPathBoolean,
    XPathNodeSet,
    XPathNumber,
    XPathString,
    XPathValue,
    joined_depth,
)
from clacks_monitor.xquery.namespaces import FN_NS, XS_NS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_LENGTH: Final = 20_000
"""Characters of XPath text; inlining could double a query with each ``let``."""
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
    """An XPath 1.0 expression whose value is the result, a boolean.

    ``degree``: the work grows at most with this power of the number of nodes. ``strings``: properties
    that must be there and be strings; the expression knows each as ``$p_name``. ``constants`` are
    further variables with their values. ``precheck`` is what an event's names alone decide.
    """

    expression: str
    namespaces: Mapping[str, str]
    strings: tuple[str, ...]
    constants: Mapping[str, str]
    degree: int
    precheck: Precheck = unknown


def translate(module: s.Module, *, within: bool = False, prefixed: bool = True) -> Translation:
    """Translate a main module; raises NotProvableError with the first reason against it.

    With ``within`` the context node is an element that stands for the document, among others. Without ``prefixed`` the
    expression needs no prefixes.
    """
    if module.context_item is not None:
        raise NotProvableError(Message("the query declares the context item"), module.context_item.at)
    translator = Translator(_truth, within=within, prefixed=prefixed)
    context = Context(translator.document, 0, {})
    for variable in module.variables:
        context = context.bind(variable.name, _prolog_variable(translator, variable, context))
    truth = _truth(translator, module.body, context)
    return Translation(
        truth.text,
        translator.namespaces,
        tuple(translator.strings),
        translator.constants,
        max(truth.degree, 1),
        truth.precheck,
    )


def _prolog_variable(t: Translator, variable: s.VariableDeclaration, context: Context) -> XPathValue:
    """Take the value of a variable of the prolog."""
    typed = variable.type is not None
    if not variable.external and variable.value is not None and not typed:
        return _value(t, variable.value, context)
    local = variable.name.local
    if variable.value is not None or variable.name.uri or variable.type not in {None, _STRING}:
        raise NotProvableError(Message("the type of ${0} has to be checked", variable.name), variable.at)
    if not (local.isidentifier() and local.isascii()):
        raise NotProvableError(Message("XPath 1.0 cannot take the name ${0}", variable.name), variable.at)
    t.strings[local] = None
    return XPathString(f"$p_{local}", ABSOLUTE)


def _truth(t: Translator, expr: s.Expr, context: Context) -> XPathBoolean:
    """Translate to an effective boolean value; numbers are refused, they may be positions."""
    match expr:
        case s.Or() | s.And():
            word, joined = ("or", either) if isinstance(expr, s.Or) else ("and", both)
            left, right = _truth(t, expr.left, context), _truth(t, expr.right, context)
            precheck = joined(left.precheck, right.precheck)
            return _all_of(f"({left.text} {word} {right.text})", expr.at, left, right, precheck=precheck)
        case s.If():
            return _choice(t, expr, context, _truth)
        case s.Quantified():
            return _quantified(t, expr, 0, context)
        case s.Flwor():
            return _flwor(t, expr, 0, context, many=False)
        case s.Sequence():
            return _existence(t, expr, context)
    return _truth_of(_value(t, expr, context), expr.at)


def _choice(
    t: Translator, expr: s.If, context: Context, branch: Callable[[Translator, s.Expr, Context], XPathBoolean]
) -> XPathBoolean:
    test = _truth(t, expr.condition, context)
    then, other = branch(t, expr.then, context), branch(t, expr.otherwise, context)
    text = f"(({test.text} and {then.text}) or (not({test.text}) and {other.text}))"
    return _all_of(text, expr.at, test, then, other, precheck=chosen(test.precheck, then.precheck, other.precheck))


def _existence(t: Translator, expr: s.Expr, context: Context) -> XPathBoolean:
    """Whether there is a node at all; what could be anything but nodes is refused."""
    match expr:
        case s.Sequence(items=()):
            return XPathBoolean("false()", ABSOLUTE, precheck=never)
        case s.Sequence():
            parts = [_existence(t, item, context) for item in expr.items]
            precheck = either(*(part.precheck for part in parts))
            return _all_of(f"({' or '.join(p.text for p in parts)})", expr.at, *parts, precheck=precheck)
        case s.If():
            return _choice(t, expr, context, _existence)
        case s.Flwor():
            return _flwor(t, expr, 0, context, many=True)
    nodes = node_set(t, expr, context)
    return _all_of(f"boolean({nodes.text})", expr.at, nodes, precheck=nodes.precheck)


def _quantified(t: Translator, expr: s.Quantified, index: int, context: Context) -> XPathBoolean:
    """Turn ``some $x in P satisfies C`` into ``P[C]``, ``every`` into ``not(P[not(C)])``."""
    if index == len(expr.bindings):
        return _truth(t, expr.condition, context)
    binding = expr.bindings[index]
    if binding.type is not None:
        raise NotProvableError(Message("the type of ${0} has to be checked", binding.name), binding.at)
    source = node_set(t, binding.source, context)
    inner = context.deeper().bind(binding.name, context.item_of(source))
    condition = _quantified(t, expr, index + 1, inner)
    some = expr.quantifier == "some"
    predicate = condition.text if some else f"not({condition.text})"
    text = f"{source.as_base()}[{predicate}]"
    found = at_most(source.precheck)
    return _all_of(
        f"boolean({text})" if some else f"not({text})",
        expr.at,
        XPathBoolean("", source.depth, source.loop_degree() + condition.degree),
        precheck=found if some else negated(found),
    )


def _flwor(t: Translator, expr: s.Flwor, index: int, context: Context, *, many: bool) -> XPathBoolean:
    """Translate from clause ``index`` on; with ``many`` results they must all be nodes."""
    if index == len(expr.clauses):
        return (_existence if many else _truth)(t, expr.result, context)
    match clause := expr.clauses[index]:
        case s.LetClause(type=None):
            inner = context.bind(clause.name, _value(t, clause.value, context))
            return _flwor(t, expr, index + 1, inner, many=many)
        case s.WhereClause():
            test = _truth(t, clause.condition, context)
            rest = _flwor(t, expr, index + 1, context, many=many)
            precheck = both(test.precheck, rest.precheck)
            return _all_of(f"({test.text} and {rest.text})", clause.at, test, rest, precheck=precheck)
        case s.ForClause(type=None, allowing_empty=False, position=None):
            source = node_set(t, clause.source, context)
            inner = context.deeper().bind(clause.name, context.item_of(source))
            rest = _flwor(t, expr, index + 1, inner, many=many or not source.single)
            degree = source.loop_degree() + rest.degree
            text = f"boolean({source.as_base()}[{rest.text}])"
            precheck = at_most(both(source.precheck, rest.precheck))
            return _all_of(text, clause.at, XPathBoolean("", source.depth, degree), precheck=precheck)
    raise NotProvableError(_CLAUSES.get(type(clause), Message("this clause is checked")), clause.at)


def _value(t: Translator, expr: s.Expr, context: Context) -> XPathValue:
    """Translate any expression that has a place in the subset."""
    match expr:
        case s.Literal():
            return _literal(t, expr)
        case s.Variable():
            return bound_value(expr, context)
        case s.GeneralComparison() | s.ValueComparison():
            return _comparison(t, expr, context)
        case s.FunctionCall() if expr.name.uri == FN_NS:
            return _call(t, expr, context)
        case s.Or() | s.And() | s.If() | s.Quantified() | s.Flwor() | s.Sequence():
            return _truth(t, expr, context)
    return node_set(t, expr, context)


def _literal(t: Translator, expr: s.Literal) -> XPathValue:
    match expr.value:
        case str(text):
            return XPathString(t.quoted(text), ABSOLUTE)
        case int(number) if number <= MAX_INTEGER:
            return XPathNumber(str(number), ABSOLUTE)
    raise NotProvableError(Message("only strings and integers compare in the same way"), expr.at)


def _comparison(t: Translator, expr: s.GeneralComparison | s.ValueComparison, context: Context) -> XPathBoolean:
    left, right = _value(t, expr.left, context), _value(t, expr.right, context)
    sign = _NUMBER_OPERATORS[expr.operator]
    degree = 0
    if not (isinstance(left, XPathNumber) and isinstance(right, XPathNumber)):
        if expr.operator not in _EQUALITIES:
            raise NotProvableError(Message("`{0}` depends on the types of values", expr.operator), expr.at)
        for side in (left, right):
            if not isinstance(side, XPathString | XPathNodeSet):
                raise NotProvableError(Message("numbers and truth values compare otherwise"), expr.at)
            if isinstance(expr, s.ValueComparison):
                _need_single(side, expr.at)
        if isinstance(left, XPathNodeSet) and isinstance(right, XPathNodeSet):
            degree = left.degree + right.degree + (not (left.single or right.single))
    truth = _all_of(f"({left.text} {sign} {right.text})", expr.at, left, right)
    nodes = (side.precheck for side in (left, right) if isinstance(side, XPathNodeSet))
    return XPathBoolean(truth.text, truth.depth, max(degree, truth.degree), at_most(both(*nodes)))


def _need_single(value: XPathValue, at: int) -> None:
    if isinstance(value, XPathNodeSet) and not value.single:
        raise NotProvableError(Message("there may be several nodes, which would be an error"), at)


def _string(t: Translator, expr: s.Expr, context: Context) -> XPathString:
    """Take a string, or one node at most whose string value is taken."""
    value = _value(t, expr, context)
    if isinstance(value, XPathString):
        return value
    if not isinstance(value, XPathNodeSet):
        raise NotProvableError(Message("a string function takes strings only"), expr.at)
    _need_single(value, expr.at)
    return XPathString(f"string({value.text})", value.depth, value.degree)


def _call(t: Translator, call: s.FunctionCall, context: Context) -> XPathValue:
    name, arguments = call.name.local, call.arguments
    match name, len(arguments):
        case "true" | "false", 0:
            return XPathBoolean(f"{name}()", ABSOLUTE, precheck=always if name == "true" else never)
        case "boolean" | "not" | "exists" | "empty", 1:
            return _boolean_function(t, call, arguments[0], context)
        case "count", 1:
            nodes = node_set(t, arguments[0], context)
            return XPathNumber(f"count({nodes.text})", nodes.depth, nodes.degree)
        case "position" | "last", 0 if context.in_predicate:
            return XPathNumber(f"{name}()", context.depth)
        case "contains" | "starts-with", 2:
            a, b = (_string(t, argument, context) for argument in arguments)
            return _all_of(f"{name}({a.text}, {b.text})", call.at, a, b)
    return _string_function(t, call, context)


def _boolean_function(t: Translator, call: s.FunctionCall, argument: s.Expr, context: Context) -> XPathBoolean:
    name = call.name.local
    counts_nodes = name in {"exists", "empty"}
    found = (_existence if counts_nodes else _truth)(t, argument, context)
    if name in {"not", "empty"}:
        return _all_of(f"not({found.text})", call.at, found, precheck=negated(found.precheck))
    return found


def _string_function(t: Translator, call: s.FunctionCall, context: Context) -> XPathValue:
    name = call.name.local
    if name not in _STRING_FUNCTIONS or len(call.arguments) > 1 or (t.within and name == "local-name"):
        raise NotProvableError(Message("{0}() is left to the general way", name), call.at)
    argument = call.arguments[0] if call.arguments else s.ContextItem(call.at)
    if name == "local-name":
        nodes = node_set(t, argument, context)
        _need_single(nodes, call.at)
        return XPathString(f"local-name({nodes.text})", nodes.depth, nodes.degree)
    text = _string(t, argument, context)
    if name == "string":
        return text
    kind = XPathNumber if name == "string-length" else XPathString
    return kind(f"{name}({text.text})", text.depth, text.degree)


def _truth_of(value: XPathValue, at: int) -> XPathBoolean:
    if isinstance(value, XPathBoolean):
        return value
    if isinstance(value, XPathNumber):
        raise NotProvableError(Message("the truth of a number is left to the general way"), at)
    precheck = value.precheck if isinstance(value, XPathNodeSet) else unknown
    return _all_of(f"boolean({value.text})", at, value, precheck=precheck)


def _all_of(text: str, at: int, *parts: XPathValue, precheck: Precheck = unknown) -> XPathBoolean:
    """Make one boolean of parts; where all of them are absolute, it is too."""
    if len(text) > MAX_LENGTH:
        raise NotProvableError(Message("it grows too long once its variables are put in"), at)
    return XPathBoolean(text, joined_depth(parts), max((part.degree for part in parts), default=0), precheck)


_CLAUSES: Final[dict[type[s.Clause], Message]] = {
    s.LetClause: Message("the type of a variable has to be checked"),
    s.ForClause: Message("the type or the position of a variable is asked for"),
    s.OrderByClause: Message("`order by` may raise an error"),
    s.GroupByClause: Message("`group by` is left to the general way"),
    s.CountClause: Message("`count` is left to the general way"),
    s.WindowClause: Message("windows are left to the general way"),
}
