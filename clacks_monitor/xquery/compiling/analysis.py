"""Requirements of a query, and whether the XQuery 1.0 of the broker would accept it.

Owner: xquery. Thread: any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.compiling.module import looks_at_body
from clacks_monitor.xquery.compiling.value_tests import value_tests_of
from clacks_monitor.xquery.errors import line_and_column
from clacks_monitor.xquery.namespaces import FN_NS
from clacks_monitor.xquery.requirements import Refusal, Requirements

if TYPE_CHECKING:
    from clacks_monitor.xquery.parsing.module import Parsed

# The functions of XQuery 1.0 with their numbers of arguments, which is what XQilla knows.
_OLD = {
    "node-name": (1, 1), "nilled": (1, 1), "string": (0, 1), "data": (1, 1), "base-uri": (0, 1),
    "document-uri": (1, 1), "error": (0, 3), "trace": (2, 2), "dateTime": (2, 2), "abs": (1, 1),
    "ceiling": (1, 1), "floor": (1, 1), "round": (1, 1), "round-half-to-even": (1, 2),
    "codepoints-to-string": (1, 1), "string-to-codepoints": (1, 1), "compare": (2, 3),
    "codepoint-equal": (2, 2), "concat": (2, 999), "string-join": (2, 2), "substring": (2, 3),
    "string-length": (0, 1), "normalize-space": (0, 1), "normalize-unicode": (1, 2),
    "upper-case": (1, 1), "lower-case": (1, 1), "translate": (3, 3), "encode-for-uri": (1, 1),
    "iri-to-uri": (1, 1), "escape-html-uri": (1, 1), "contains": (2, 3), "starts-with": (2, 3),
    "ends-with": (2, 3), "substring-before": (2, 3), "substring-after": (2, 3), "matches": (2, 3),
    "replace": (3, 4), "tokenize": (2, 3), "resolve-uri": (1, 2), "true": (0, 0), "false": (0, 0),
    "not": (1, 1), "adjust-dateTime-to-timezone": (1, 2), "adjust-date-to-timezone": (1, 2),
    "adjust-time-to-timezone": (1, 2), "resolve-QName": (2, 2), "QName": (2, 2),
    "prefix-from-QName": (1, 1), "local-name-from-QName": (1, 1),
    "namespace-uri-from-QName": (1, 1), "namespace-uri-for-prefix": (2, 2),
    "in-scope-prefixes": (1, 1), "name": (0, 1), "local-name": (0, 1), "namespace-uri": (0, 1),
    "number": (0, 1), "lang": (1, 2), "root": (0, 1), "boolean": (1, 1), "index-of": (2, 3),
    "empty": (1, 1), "exists": (1, 1), "distinct-values": (1, 2), "insert-before": (3, 3),
    "remove": (2, 2), "reverse": (1, 1), "subsequence": (2, 3), "unordered": (1, 1),
    "zero-or-one": (1, 1), "one-or-more": (1, 1), "exactly-one": (1, 1), "deep-equal": (2, 3),
    "count": (1, 1), "avg": (1, 1), "max": (1, 2), "min": (1, 2), "sum": (1, 2), "id": (1, 2),
    "idref": (1, 2), "doc": (1, 1), "doc-available": (1, 1), "collection": (0, 1),
    "position": (0, 0), "last": (0, 0), "current-dateTime": (0, 0), "current-date": (0, 0),
    "current-time": (0, 0), "implicit-timezone": (0, 0), "default-collation": (0, 0),
    "static-base-uri": (0, 0),
    **{f"{p}-from-duration": (1, 1) for p in
       ("years", "months", "days", "hours", "minutes", "seconds")},
    **{f"{p}-from-{k}": (1, 1) for k in ("dateTime", "date") for p in ("year", "month", "day")},
    **{f"{p}-from-{k}": (1, 1) for k in ("dateTime", "time") for p in
       ("hours", "minutes", "seconds")},
    **{f"timezone-from-{k}": (1, 1) for k in ("dateTime", "date", "time")},
}  # fmt: skip  # a table, by rows


def refusal_of(parsed: Parsed) -> Refusal | None:
    """Why the broker would refuse the query: the first thing XQuery 1.0 does not have."""
    found = list(parsed.newer)
    for node in _expressions(parsed.module):
        if isinstance(node, s.FunctionCall) and node.name.uri.startswith(FN_NS):
            least, most = _OLD.get(node.name.local, (1, 0))
            if node.name.uri != FN_NS or not least <= len(node.arguments) <= most:
                found.append((node.at, Message("the function {0}()", node.name)))
    found += _forward_references(parsed.module)
    if not found:
        return None
    at, what = min(found)
    line, column = line_and_column(parsed.text, at)
    return Refusal(Message("The broker knows XQuery 1.0 only, which does not have {0}", what), line, column)


def _forward_references(module: s.Module) -> list[tuple[int, Message]]:
    """Global variables that use later ones, which is new in XQuery 3.0."""
    later = {v.name for v in module.variables}
    found = []
    for declaration in module.variables:
        found += [
            (node.at, Message("references to variables that are declared later, as ${0}", node.name))
            for node in (s.walk(declaration.value) if declaration.value is not None else ())
            if isinstance(node, s.Variable) and node.name in later - {declaration.name}
        ]
        later.discard(declaration.name)
    return found


def _expressions(module: s.Module) -> list[s.Expr]:
    parts: list[s.Expr] = [module.body]
    parts += [v.value for v in module.variables if v.value is not None]
    parts += [f.body for f in module.functions if f.body is not None]
    return [node for part in parts for node in s.walk(part)]


def requirements_of(parsed: Parsed) -> Requirements:
    """The parts of the event that the query reads."""
    externals = frozenset(v.name.local for v in parsed.module.variables if v.external)
    names = _event_names(parsed.module)
    return Requirements(looks_at_body(parsed.module), externals, names, value_tests_of(parsed))


# ---------------------------------------------------------------- event names
def _event_names(module: s.Module) -> frozenset[str] | None:
    """Names of which the root must have a child for the query to be true; None for any.

    Conservative: an expression that is not understood may match anything.
    """
    if module.variables or module.functions or module.context_item is not None:
        variables = {v.name: v for v in module.variables}
        if module.functions or module.context_item or any(v.value is not None for v in variables.values()):
            return None
    return required_names(module.body, {})


_Bound = dict[s.Name, s.Expr]


def required_names(node: s.Expr, bound: _Bound) -> frozenset[str] | None:
    """The names when ``node`` can only be true with one of them as a child of the root."""
    match node:
        case s.Or(_, left, right):
            a, b = required_names(left, bound), required_names(right, bound)
            return None if a is None or b is None else a | b
        case s.And(_, left, right):
            a, b = required_names(left, bound), required_names(right, bound)
            return (a if b is None else b) if a is None or b is None else a & b
        case s.Sequence(_, (inner,)) | s.Filter(_, inner, _):
            return required_names(inner, bound)
        case s.Flwor(_, clauses, result):
            return _flwor(clauses, result, bound)
        case s.FunctionCall(_, name, (argument,)) if name.uri == FN_NS and name.local in ("exists", "boolean"):
            return required_names(argument, bound)
        case s.GeneralComparison(_, _, left, right):
            a, b = required_names(left, bound), required_names(right, bound)
            return a if b is None else b
        case s.Quantified(_, "some", bindings):
            return required_names(bindings[0].source, bound)
        case s.Path() | s.Variable() | s.Step():
            return _of_path(node, bound)
    return None


def _flwor(clauses: tuple[s.Clause, ...], result: s.Expr, bound: _Bound) -> frozenset[str] | None:
    inner = dict(bound)
    wanted: frozenset[str] | None = None
    for clause in clauses:
        if isinstance(clause, s.LetClause) and clause.type is None:
            inner[clause.name] = _binding(clause.name, clause.value, inner)
        elif isinstance(clause, s.ForClause) and not clause.allowing_empty:
            found = required_names(clause.source, inner)
            wanted = found if wanted is None else wanted
            inner[clause.name] = _binding(clause.name, clause.source, inner)
        elif isinstance(clause, s.WhereClause):
            found = required_names(clause.condition, inner)
            wanted = found if wanted is None else wanted
        else:
            return None
    return required_names(result, inner) if wanted is None else wanted


_OTHER = s.Sequence(-1, ())


def _binding(name: s.Name, value: s.Expr, bound: _Bound) -> s.Expr:
    """The paths that a variable denotes; unknown for one that shadows another."""
    hides = name in bound or any(isinstance(n, s.Variable) and n.name == name for n in s.walk(value))
    return value if _is_path(value) and not hides else _OTHER


def _is_path(node: s.Expr) -> bool:
    return isinstance(node, (s.Path, s.Step, s.Variable, s.ContextItem))


def _steps(node: s.Expr, bound: _Bound) -> list[s.Expr] | None:
    """A path as the list of its steps from the document node, or None."""
    match node:
        case s.Path(_, left, right):
            before = _steps(left, bound)
            return None if before is None else [*before, right]
        case s.ContextItem() | s.Root():
            return []
        case s.Variable(_, name):
            return _steps(bound[name], bound) if name in bound and bound[name] != node else None
        case s.Step() if node.axis == "child":
            return [node]
    return None


def _of_path(node: s.Expr, bound: _Bound) -> frozenset[str] | None:
    match _steps(node, bound):
        case [s.Step(axis="child"), s.Step(axis="child", test=s.NameTest(local=str(local))), *_] if local:
            return frozenset((local,))
    return None
