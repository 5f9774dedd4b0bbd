"""Queries as SQL conditions on properties, for brokers that evaluate these (RabbitMQ's streams from 4.2 on).

A condition is true for each event that the query matches, and may be for others: what the broker cannot decide, such as
the body, passes, and is evaluated on arrival. The broker knows no value for a property that is missing, and none for
infinite and decimal numbers, lists and maps; the texts of UUIDs and characters, and true for 1, are values of other
types there. What may match in spite of that is let pass: a comparison with a value that is not known is not true,
which ``IS NULL`` makes good where the query may be true for such a value.

Owner: engine. Thread: any; pure.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery import syntax as s
from clacks_monitor.xquery.fastpath.property_tests import MAX_NAME, is_ambiguous, is_hidden
from clacks_monitor.xquery.namespaces import FN_NS

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_TEXT, MAX_TOKENS = 4096, 200
"""Characters and tokens of a condition that RabbitMQ takes."""

_TOKEN: Final = re.compile(r"'(?:[^']|'')*'|\[[^\]]*\]|[\w.]+|<>|<=|>=|[-()=<>,]")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_LIKE_AN_ESCAPE: Final = re.compile(r"x?[0-9a-f]{0,2}")
"""How a text ends that stands for bytes other than UTF-8."""

_LARGEST: Final = 2**53
_DIGITS: Final = 15
"""Numbers up to here are the same whether they are compared as integers, decimals or doubles."""

_WRAPPED: Final = 2**31
"""Integers from here on count as those of 32 bits, as with XQilla (``evaluation.program``)."""

_OPERATORS: Final = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_VALUE_OPERATORS: Final = {"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_SWAPPED: Final = {"=": "=", "<>": "<>", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NEGATED: Final = {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_BOOLEANS: Final = {0: "FALSE", 1: "TRUE"}


def property_sql(module: s.Module, text: str) -> str:
    """Return the condition, "" for a query that says nothing about properties that a broker could decide."""
    # The tree keeps no trace of a default collation, which the comparisons would follow.
    if "collation" in text:
        return ""
    declared = {one.name for one in module.variables if one.external and one.value is None and one.type is None}
    try:
        found = _Translator(declared).where(module.body, wanted=True)
    except RecursionError:
        return ""
    return found if len(found) <= MAX_TEXT and len(_TOKEN.findall(found)) <= MAX_TOKENS else ""


class _Translator:
    """Translates expressions; ``declared`` are the variables that are properties."""

    def __init__(self, declared: Collection[s.Name]) -> None:
        self._declared = declared

    def where(self, expr: s.Expr, *, wanted: bool) -> str:
        """Return when the expression may be true, or false where that is wanted; "" for always."""
        match expr:
            case s.And():
                return self._joined(expr.left, expr.right, wanted=wanted, both=wanted)
            case s.Or():
                return self._joined(expr.left, expr.right, wanted=wanted, both=not wanted)
            case s.FunctionCall(name=s.Name(uri=uri, local="not"), arguments=(inner,)) if uri == FN_NS:
                return self.where(inner, wanted=not wanted)
            case s.FunctionCall(name=called, arguments=(s.Variable(name=name), s.Literal(value=str() as text))):
                return self._affix(called, name, text) if wanted else ""
            case s.GeneralComparison(operator=operator, left=left, right=right):
                return self._comparison(_OPERATORS.get(operator, ""), left, right, wanted=wanted)
            case s.ValueComparison(operator=operator, left=left, right=right):
                return self._comparison(_VALUE_OPERATORS.get(operator, ""), left, right, wanted=wanted)
        return ""

    def _joined(self, left: s.Expr, right: s.Expr, *, wanted: bool, both: bool) -> str:
        parts = [part for part in (self.where(left, wanted=wanted), self.where(right, wanted=wanted)) if part]
        if both:
            return " AND ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)
        return " OR ".join(f"({part})" for part in parts) if len(parts) > 1 else ""

    def _comparison(self, operator: str, left: s.Expr, right: s.Expr, *, wanted: bool) -> str:
        if not isinstance(left, s.Variable):
            left, right, operator = right, left, _SWAPPED.get(operator, "")
        if not isinstance(left, s.Variable) or not operator or not (name := self._identifier(left.name)):
            return ""
        if isinstance(right, s.Sequence):
            texts = [_text_of(item) for item in right.items]
            return _one_of(name, texts) if operator == "=" and wanted and texts and all(texts) else ""
        operator = operator if wanted else _NEGATED[operator]
        if text := _text_of(right):
            return _text_comparison(name, operator, text)
        number = _number_of(right)
        return "" if number is None else _number_comparison(name, operator, number)

    def _affix(self, called: s.Name, name: s.Name, text: str) -> str:
        identifier = self._identifier(name)
        if not identifier or is_ambiguous(text) or _CONTROL.search(text):
            return ""
        pattern = re.sub(r"[%_]", r"\\\g<0>", text).replace("'", "''")
        if called == s.Name(FN_NS, "starts-with"):
            return f"{identifier} LIKE '{pattern}%' ESCAPE '\\'"
        if called == s.Name(FN_NS, "ends-with") and not _LIKE_AN_ESCAPE.fullmatch(text):
            return f"{identifier} LIKE '%{pattern}' ESCAPE '\\'"
        return ""

    def _identifier(self, name: s.Name) -> str:
        """Return a property's name as an identifier, "" where it cannot be one."""
        good = name in self._declared and not name.uri and not is_hidden(name.local)
        return f"[{name.local}]" if good and len(name.local.encode()) <= MAX_NAME else ""


def _text_of(expr: s.Expr) -> str:
    """Return a text that can be compared, "" for anything else."""
    if not isinstance(expr, s.Literal) or not isinstance(expr.value, str) or _CONTROL.search(expr.value):
        return ""
    return expr.value


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _one_of(name: str, texts: list[str]) -> str:
    return "" if any(map(is_ambiguous, texts)) else f"{name} IN ({', '.join(map(_quoted, texts))})"


def _text_comparison(name: str, operator: str, text: str) -> str:
    if operator == "<>":
        return f"({name} IS NULL) OR ({name} <> {_quoted(text)})"
    return f"{name} = {_quoted(text)}" if operator == "=" and not is_ambiguous(text) else ""


def _number_of(expr: s.Expr) -> int | Decimal | None:
    """Return a number that can be compared, None for anything else."""
    match expr:
        case s.Unary(operator="-", operand=s.Literal() as literal):
            number = _number_of(literal)
            return None if number is None else -number
        case s.Literal(value=int() as number) if not isinstance(number, bool) and abs(number) <= _LARGEST:
            return number
        case s.Literal(value=Decimal() as number) if len(number.as_tuple().digits) <= _DIGITS:
            return number if abs(number) <= _LARGEST and number == round(number, _DIGITS) else None
    return None


def _number_comparison(name: str, operator: str, number: int | Decimal) -> str:
    value = f"{number:f}" if isinstance(number, Decimal) else str(number)
    wrapped = f"({name} < {-_WRAPPED}) OR ({name} >= {_WRAPPED})"
    if operator == "=":
        boolean = _BOOLEANS.get(int(number)) if number == int(number) else None
        return " OR ".join([f"({name} = {value})", *([f"({name} = {boolean})"] if boolean else []), wrapped])
    if operator == "<>":
        return f"({name} IS NULL) OR ({name} <> {value}) OR {wrapped}"
    # Not the comparison, but the opposite of its opposite: what the broker does not know as a number passes.
    return f"({name} IS NULL) OR (NOT ({name} {_NEGATED[operator]} {value})) OR {wrapped}"
