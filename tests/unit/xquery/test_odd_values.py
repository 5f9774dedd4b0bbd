"""Whatever functions and operators are given, they yield a value or a QueryError: nothing else ends an evaluation."""

from __future__ import annotations

import contextlib
import random

import pytest

from clacks_monitor.xquery import Limits, QueryError, compile_query
from clacks_monitor.xquery.library.table import TABLE

MOST_ARGUMENTS = 3
CALLS = 8
"""Of each function with each number of arguments."""
LARGE = "xs:integer(string-join(('1', (1 to 330) ! '0')))"
VALUES = (
    *("()", "0", "-1", "0.1", LARGE, f"-{LARGE}", "1e308", "xs:float('1e38')", "xs:double('NaN')", "xs:double('INF')"),
    *("''", "'a'", "'1'", "'[Y'", "'&#x10FFFF;'", "xs:anyURI('http://h/')", "xs:hexBinary('00')", "true()"),
    *("xs:date('9999-12-31')", "xs:date('-9999-01-01')", "xs:dateTime('999999-12-31T23:59:59Z')", "xs:gDay('---31')"),
    *("xs:time('23:59:59.9')", "xs:dayTimeDuration('P99999999D')", "xs:yearMonthDuration('-P9999999Y')"),
    *("(1, 'a')", "<a b='1'>x</a>", "<a/>/text()", "map{}", "[1]", "map{'method': 'json', 'indent': 5}"),
    *("abs#1", "function($a, $b) {1}", "QName('u', 'p:a')"),
)
OPERATORS = (
    *("{0} + {1}", "{0} - {1}", "{0} * {1}", "{0} div {1}", "{0} idiv {1}", "{0} mod {1}", "{0} to {1}", "{0} || {1}"),
    *("{0} eq {1}", "{0} lt {1}", "{0} = {1}", "{0} is {1}", "{0} union {1}", "{0}[{1}]", "{0}?*", "{0}({1})"),
    *("for $x in ({0}, {1}) order by $x return 1", "for $x in ({0}, {1}) group by $x return 1"),
    *("switch ({0}) case {1} return 1 default return 2", "element {{{0}}} {{{1}}}", "map{{{0}: {1}}}"),
)
TYPES = (
    *(
        "string",
        "boolean",
        "decimal",
        "float",
        "double",
        "integer",
        "byte",
        "unsignedLong",
        "QName",
        "token",
        "language",
    ),
    *("dateTime", "date", "time", "duration", "dayTimeDuration", "yearMonthDuration", "gYear", "gMonthDay", "anyURI"),
    *("hexBinary", "base64Binary", "untypedAtomic", "language"),
)


def _tried(query: str) -> None:
    with contextlib.suppress(QueryError):
        list(compile_query(query).evaluate(b"<e/>", limits=Limits(seconds=2)))


@pytest.mark.parametrize("operator", OPERATORS)
def test_operators_take_any_two_values(operator: str) -> None:
    chosen = random.Random(operator)
    for one in VALUES:
        for pair in ((one, chosen.choice(VALUES)), (one, "1e0")):
            _tried(operator.format(*(f"({value})" for value in pair)))


@pytest.mark.parametrize("wanted", TYPES)
def test_any_value_may_be_cast(wanted: str) -> None:
    for value in VALUES:
        _tried(f"({value}) cast as xs:{wanted}?")


def test_functions_take_any_values() -> None:
    compile_query("1")
    assert len(TABLE) > 150
    chosen = random.Random(1)
    for (uri, local), builtin in TABLE.items():
        for count in range(builtin.least, min(MOST_ARGUMENTS, len(builtin.types)) + 1):
            for _ in range(CALLS if count else 1):
                _tried(f"Q{{{uri}}}{local}({', '.join(f'({chosen.choice(VALUES)})' for _ in range(count))})")
