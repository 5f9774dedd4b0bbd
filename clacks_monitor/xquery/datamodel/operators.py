"""Comparison and arithmetic of atomic values.

Owner: xquery. Thread: any. Source: XQuery 3.1, appendix B.2, and F&O 3.1, sections 4, 8 to 10.
"""

from __future__ import annotations

import operator
from decimal import ROUND_HALF_UP, Context, Decimal
from math import copysign, floor, fmod, isinf, isnan
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.datamodel import dates as d
from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.datamodel.collations import CODEPOINT_COLLATION, Collation
from clacks_monitor.xquery.datamodel.types import type_name
from clacks_monitor.xquery.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le,
    "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip  # a table, by rows
GENERAL = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
_DIVISION = Context(prec=40)
_EXACT = Context(prec=5000)
_NANOSECOND = Decimal("1e-9")
_MAX_BITS = 200_000
_EXACT_BITS = 100
"""A quotient with fewer bits is a decimal in any context."""


def category(value: Any) -> str:
    """The group of types within which values compare."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float, Decimal)):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, d.Duration):
        return "duration"
    return str(value.name)


def compare(op: str, left: Any, right: Any, collation: Collation = CODEPOINT_COLLATION) -> bool:
    """A value comparison of two atomic values; untyped ones count as strings."""
    same = type(left)
    if same is type(right) and (same is int or (same is str and collation.key is None)):
        return _OPERATORS[op](left, right)
    kind = category(left)
    if kind != category(right):
        raise _incomparable(op, left, right)
    test = _OPERATORS[op]
    if kind == "string":
        if collation.key is None:
            return test(str(left), str(right))
        return test(collation.compare(left, right), 0)
    if kind == "number":
        return _compare_numbers(test, left, right)
    if kind == "duration":
        return _compare_durations(op, test, left, right)
    if isinstance(left, d.DateTimeValue):
        if left.name[0] == "g" and op not in ("eq", "ne"):
            raise _incomparable(op, left, right)
        return test(left.timeline(), right.timeline())
    if kind == "QName" and op not in ("eq", "ne"):
        raise _incomparable(op, left, right)
    return test(left, right)


def _incomparable(op: str, left: Any, right: Any) -> QueryError:
    return QueryError(
        "XPTY0004", Message("xs:{0} and xs:{1} cannot be compared by {2}.", type_name(left), type_name(right), op)
    )


def _compare_numbers(test: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    if isinstance(left, float) != isinstance(right, float) or type(left) is not type(right):
        left, right = promoted(left, right)
    return test(left, right)


def _compare_durations(op: str, test: Callable[[Any, Any], bool], left: d.Duration, right: d.Duration) -> bool:
    if op in ("eq", "ne"):
        return test(left, right)
    if type(left) is not type(right) or type(left) is d.Duration:
        raise _incomparable(op, left, right)
    return test((left.months, left.seconds), (right.months, right.seconds))


def general_pair(
    op: str, left: Any, right: Any, collation: Collation, namespaces: Mapping[str, str] | None = None
) -> bool:
    """One pair of a general comparison: untyped operands take the other's type.

    ``namespaces`` are those in which an untyped value is taken for an xs:QName.
    """
    if isinstance(left, str) and isinstance(right, str) and collation.key is None:
        return _OPERATORS[op](left, right)
    if isinstance(left, v.Untyped):
        if not isinstance(right, v.Untyped):
            left = _as_other(left, right, namespaces)
    elif isinstance(right, v.Untyped):
        right = _as_other(right, left, namespaces)
    return compare(op, left, right, collation)


def _as_other(value: v.Untyped, other: Any, namespaces: Mapping[str, str] | None) -> Any:
    kind = category(other)
    if kind == "number":
        return cast(value, "double")
    if kind == "string":
        return str(value)
    if isinstance(other, d.Duration):
        return cast(value, type_name(other))
    return cast(value, kind, namespaces)


# ---------------------------------------------------------------- arithmetic
def promoted(left: Any, right: Any) -> tuple[Any, Any]:
    """Both numbers in their common type."""
    if isinstance(left, float) or isinstance(right, float):
        single = all(isinstance(n, (v.Float, int, Decimal)) for n in (left, right))
        target: Callable[[Any], float] = v.Float if single else v.double
        return target(left), target(right)
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return (
            Decimal(int(left)) if isinstance(left, int) else left,
            Decimal(int(right)) if isinstance(right, int) else right,
        )
    return int(left), int(right)


def number_operand(value: Any) -> Any:
    """Untyped operands of arithmetic become doubles; strings and booleans are refused."""
    if isinstance(value, v.Untyped):
        return cast(value, "double")
    if isinstance(value, (str, bool)):
        raise QueryError("XPTY0004", Message("'{0}' is not a number to calculate with.", v.string_of(value)))
    return value


def calculate(op: str, left: Any, right: Any) -> Any:
    """One arithmetic operation on two atomic values."""
    left, right = number_operand(left), number_operand(right)
    a, b = category(left), category(right)
    if a == b == "number":
        return _numbers(op, left, right)
    found = _with_dates(op, left, right, a, b)
    if found is None:
        raise QueryError(
            "XPTY0004", Message("There is no {0} for xs:{1} and xs:{2}.", op, type_name(left), type_name(right))
        )
    return found


def _numbers(op: str, left: Any, right: Any) -> Any:
    left, right = promoted(left, right)
    if isinstance(left, float):
        made = _floats(op, float(left), float(right))
        return v.Float(made) if type(left) is v.Float and not isinstance(made, int) else made
    if op in ("div", "idiv", "mod") and right == 0:
        raise QueryError("FOAR0001", Message("Division by zero."))
    if isinstance(left, int):
        return _integers(op, left, right)
    return _decimals(op, left, right)


def _integers(op: str, left: int, right: int) -> Any:
    if op == "+":
        return left + right
    if op == "-":
        return left - right
    if op == "*":
        if left.bit_length() + right.bit_length() > _MAX_BITS:
            raise QueryError("FOAR0002", Message("This number is too large."))
        return left * right
    if op == "div":
        exact, rest = divmod(left, right)
        if not rest and left.bit_length() < _EXACT_BITS:
            return Decimal(exact)
        return _DIVISION.divide(Decimal(left), Decimal(right))
    quotient = abs(left) // abs(right)
    quotient = -quotient if (left < 0) != (right < 0) else quotient
    return quotient if op == "idiv" else left - right * quotient


def _decimals(op: str, left: Decimal, right: Decimal) -> Any:
    if op in ("+", "-", "*"):
        do = {"+": _EXACT.add, "-": _EXACT.subtract, "*": _EXACT.multiply}[op]
        return do(left, right)
    if op == "div":
        return _DIVISION.divide(left, right)
    if op == "idiv":
        return int(_EXACT.divide_int(left, right))
    return _EXACT.remainder(left, right)


def _floats(op: str, left: float, right: float) -> Any:
    if op == "idiv":
        if right == 0:
            raise QueryError("FOAR0001", Message("Division by zero."))
        if isnan(left) or isnan(right) or isinf(left):
            raise QueryError("FOAR0002", Message("The result is not an integer."))
        return 0 if isinf(right) else int(_EXACT.divide_int(Decimal(left), Decimal(right)))
    if op == "+":
        return left + right
    if op == "-":
        return left - right
    if op == "*":
        return left * right
    if op == "div":
        if right == 0:
            if left == 0 or isnan(left):
                return float("nan")
            return copysign(float("inf"), copysign(1, left) * copysign(1, right))
        return left / right
    if right == 0 or isinf(left) or isnan(left) or isnan(right):
        return float("nan")
    return left if isinf(right) else fmod(left, right)


def _with_dates(op: str, left: Any, right: Any, a: str, b: str) -> Any:
    if isinstance(left, d.DateTimeValue) and left.name in ("dateTime", "date", "time"):
        if op == "-" and a == b:
            return d.DayTimeDuration(0, left.timeline() - right.timeline())
        if op in ("+", "-") and b == "duration":
            return _shifted(left, right, 1 if op == "+" else -1)
    if op == "+" and a == "duration" and b in ("dateTime", "date", "time"):
        return _shifted(right, left, 1)
    if a == "duration" and type(left) is not d.Duration:
        return _durations(op, left, right, b)
    if op == "*" and a == "number" and b == "duration" and type(right) is not d.Duration:
        return _durations(op, right, left, a)
    return None


def _shifted(moment: d.DateTimeValue, span: d.Duration, sign: int) -> d.DateTimeValue | None:
    if isinstance(span, d.DayTimeDuration):
        return moment.plus_seconds(sign * span.seconds)
    if isinstance(span, d.YearMonthDuration) and moment.name != "time":
        return moment.plus_months(sign * span.months)
    return None


def _durations(op: str, left: d.Duration, right: Any, b: str) -> Any:
    months = isinstance(left, d.YearMonthDuration)
    if b == "duration":
        if type(left) is not type(right):
            return None
        if op in ("+", "-"):
            sign = 1 if op == "+" else -1
            return _duration(type(left), left.months + sign * right.months, left.seconds + sign * right.seconds)
        if op == "div":
            divisor = right.months if months else right.seconds
            if divisor == 0:
                raise QueryError("FOAR0001", Message("Division by a duration of zero."))
            return _DIVISION.divide(Decimal(left.months if months else left.seconds), Decimal(divisor))
        return None
    if b != "number" or op not in ("*", "div"):
        return None
    return _scaled(op, left, right, months=months)


def _scaled(op: str, left: d.Duration, right: Any, *, months: bool) -> d.Duration:
    if isinstance(right, float) and isnan(right):
        raise QueryError("FOCA0005", Message("A duration cannot be multiplied or divided by NaN."))
    if op == "div" and right == 0:
        raise QueryError("FODT0002", Message("A duration cannot be divided by zero."))
    if isinstance(right, float) and isinf(right):
        if op == "*":
            raise QueryError("FODT0002", Message("A duration cannot be multiplied by infinity."))
        return type(left)()
    amount = Decimal(left.months) if months else left.seconds
    factor = Decimal(right)
    made = _DIVISION.multiply(amount, factor) if op == "*" else _DIVISION.divide(amount, factor)
    if months:
        return _duration(type(left), floor(made + Decimal("0.5")), Decimal(0))
    return _duration(type(left), 0, made)


def _duration(kind: type[d.Duration], months: int, seconds: Decimal) -> d.Duration:
    if abs(months) > 10**15 or abs(seconds) > 10**20:
        raise QueryError("FODT0002", Message("The duration is too large."))
    rounded = seconds.quantize(_NANOSECOND, ROUND_HALF_UP, _DIVISION)
    return kind(months, seconds if seconds == rounded else rounded)
