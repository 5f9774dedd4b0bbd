"""Numbers and mathematics.

Owner: xquery. Thread: any. Source: F&O 3.1, section 4.
"""

from __future__ import annotations

import hashlib
import math
import random
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

from clacks_monitor.xquery.datamodel import values as v
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.datamodel.functions import Function, Map
from clacks_monitor.xquery.datamodel.types import ANY
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library.table import function

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.evaluation.frame import Frame, Items

_WIDE = Context(prec=2000)
_DOUBLE_PLACES = 400
"""Behind the point a double has no digits from here on."""


@function("fn:number($arg as xs:anyAtomicType?) as xs:double", focus=True)
def _number(_f: Frame, arg: Any = None) -> float:
    if arg is None:
        return math.nan
    try:
        return cast(arg, "double")  # type: ignore[return-value]  # a double
    except QueryError:
        return math.nan


@function("fn:abs($arg as xs:numeric?) as xs:numeric?")
def _abs(_f: Frame, arg: Any) -> Any:
    if isinstance(arg, Decimal):
        return arg.copy_abs()
    return _same(arg, abs(arg)) if arg is not None else None


def _same(arg: Any, made: Any) -> Any:
    if isinstance(arg, float):
        return type(arg)(made)
    return int(made) if isinstance(arg, int) else made


def _whole(arg: Any, do: Callable[[Any], int]) -> Any:
    if arg is None or isinstance(arg, int):
        return None if arg is None else int(arg)
    if isinstance(arg, float):
        if math.isnan(arg) or math.isinf(arg) or arg == 0:
            return arg
        return type(arg)(math.copysign(float(do(arg)), arg) if do(arg) == 0 else float(do(arg)))
    return Decimal(do(arg))


@function("fn:ceiling($arg as xs:numeric?) as xs:numeric?")
def _ceiling(_f: Frame, arg: Any) -> Any:
    return _whole(arg, math.ceil)


@function("fn:floor($arg as xs:numeric?) as xs:numeric?")
def _floor(_f: Frame, arg: Any) -> Any:
    return _whole(arg, math.floor)


def _rounded(arg: Any, precision: int, mode: Callable[[Decimal], str]) -> Any:
    if arg is None:
        return None
    precision = max(min(precision, 5000), -5000)
    if isinstance(arg, float):
        if math.isnan(arg) or math.isinf(arg) or arg == 0 or precision > _DOUBLE_PLACES:
            return arg
        shortest = precision > 0 and not isinstance(arg, v.Float)
        exact = Decimal(v.double_string(arg)) if shortest else Decimal(arg)
        made = _quantized(exact, precision, mode)
        return type(arg)(math.copysign(float(made), arg))
    if isinstance(arg, int):
        if precision >= 0:
            return int(arg)
        if -precision > len(str(abs(arg))) + 1:
            return 0
        return int(_quantized(Decimal(int(arg)), precision, mode))
    exponent = arg.as_tuple().exponent
    if precision >= -int(exponent):
        return arg
    return _quantized(arg, precision, mode)


def _quantized(value: Decimal, precision: int, mode: Callable[[Decimal], str]) -> Decimal:
    return value.quantize(Decimal((0, (1,), -precision)), mode(value), _WIDE)


@function("fn:round($arg as xs:numeric?, $precision as xs:integer) as xs:numeric?", least=1)
def _round(_f: Frame, arg: Any, precision: int = 0) -> Any:
    return _rounded(arg, precision, lambda x: ROUND_HALF_UP if x > 0 else ROUND_HALF_DOWN)


@function("fn:round-half-to-even($arg as xs:numeric?, $precision as xs:integer) as xs:numeric?", least=1)
def _round_half_to_even(_f: Frame, arg: Any, precision: int = 0) -> Any:
    return _rounded(arg, precision, lambda _x: ROUND_HALF_EVEN)


def _math(name: str, do: Callable[[float], float]) -> None:
    def call(_f: Frame, arg: float | None) -> float | None:
        if arg is None:
            return None
        try:
            return do(arg)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    function(f"math:{name}($arg as xs:double?) as xs:double?")(call)


def _logarithm(do: Callable[[float], float]) -> Callable[[float], float]:
    return lambda x: -math.inf if x == 0 else do(x)


def _exp10(x: float) -> float:
    return math.pow(10.0, x)


for _name, _do in (
    ("exp", math.exp),
    ("exp10", _exp10),
    ("log", _logarithm(math.log)),
    ("log10", _logarithm(math.log10)),
    ("sqrt", math.sqrt),
    ("sin", math.sin),
    ("cos", math.cos),
    ("tan", math.tan),
    ("asin", math.asin),
    ("acos", math.acos),
    ("atan", math.atan),
):
    _math(_name, _do)


@function("math:pi() as xs:double")
def _pi(_f: Frame) -> float:
    return math.pi


@function("math:pow($x as xs:double?, $y as xs:numeric) as xs:double?")
def _pow(_f: Frame, x: float | None, y: Any) -> float | None:
    if x is None:
        return None
    if x == 1:
        return 1.0
    power = v.double(y)
    try:
        if x == 0 and power < 0:
            return math.copysign(math.inf, x) if power % 2 == 1 else math.inf
        return math.pow(x, power)
    except ValueError:
        return math.nan
    except OverflowError:
        return -math.inf if x < 0 and power % 2 == 1 else math.inf


@function("math:atan2($y as xs:double, $x as xs:double) as xs:double")
def _atan2(_f: Frame, y: float, x: float) -> float:
    return math.atan2(y, x)


@function("fn:random-number-generator($seed as xs:anyAtomicType?) as map(xs:string, item())", least=0)
def _random(f: Frame, seed: Any = None) -> Map:
    text = v.string_of(seed) if seed is not None else str(f.run.current())
    return _generator(hashlib.sha256(text.encode()).hexdigest())


def _generator(seed: str) -> Map:
    source = random.Random(seed)  # F&O asks for a repeatable one
    number = source.random()

    def following(_given: Any, _run: Any) -> Items:
        return (_generator(hashlib.sha256(seed.encode()).hexdigest()),)

    def permute(given: Any, _run: Any) -> Items:
        items = list(given[0])
        random.Random(seed).shuffle(items)  # as above
        return items

    return Map(
        [
            ("number", (number,)),
            ("next", (Function(None, (), ANY, following),)),
            ("permute", (Function(None, (ANY,), ANY, permute),)),
        ]
    )
