"""What expressions yield, by families of functions and operators: the same as SaxonC-HE.

expressions.txt holds one query a line. Results are compared as the adaptive output method writes
them, which shows types too; of two errors only that both are errors, as each engine has its words.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.xquery import QueryError, compile_query
from tests.helpers.saxon import Saxon

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACES = {
    "math": "http://www.w3.org/2005/xpath-functions/math",
    "map": "http://www.w3.org/2005/xpath-functions/map",
    "array": "http://www.w3.org/2005/xpath-functions/array",
    "err": "http://www.w3.org/2005/xqt-errors",
}
PROLOG = "".join(f"declare namespace {prefix}='{uri}'; " for prefix, uri in NAMESPACES.items())
LINES = [
    line
    for line in Path(__file__).with_name("expressions.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
DECLARATIONS = re.compile(r"((?:declare [^;]*;\s*)*)(.*)", re.DOTALL)
SAXON_ERROR = re.compile(r"\b[A-Z]{4}\d{4}\b|Error|error|Failed|no string value|not defined")


@pytest.fixture(scope="module")
def saxon() -> Iterator[Saxon]:
    with Saxon() as saxon:
        saxon.text("'x'")  # it is there before a test counts what it leaves behind
        yield saxon


def as_text(line: str) -> str:
    match = DECLARATIONS.fullmatch(line)
    assert match is not None
    return (
        f"{PROLOG}{match.group(1)}serialize(({match.group(2)}), map{{'method': 'adaptive', 'item-separator': ' | '}})"
    )


def ours(query: str) -> str | QueryError:
    try:
        return str(compile_query(query).evaluate(b"<e/>")[0])
    except QueryError as error:
        return error


def test_there_are_expressions() -> None:
    assert len(LINES) > 300


@pytest.mark.parametrize("line", LINES)
def test_the_value_is_saxons(saxon: Saxon, line: str) -> None:
    found, theirs = ours(as_text(line)), saxon.text(as_text(line))
    assert isinstance(theirs, str)
    if isinstance(found, QueryError):
        assert SAXON_ERROR.search(theirs), f"{found}, but Saxon has {theirs}"
    else:
        assert found == theirs


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # The literal of the specification; Saxon leaves such a suffix out.
        ("format-number(1, '#.0#e')", '"1.0e"'),
        # More places than Saxon keeps.
        ("1 div 3", "0.3333333333333333333333333333333333333333"),
        ("format-integer(121, 'Ww')", '"One Hundred and Twenty One"'),
        ("format-time(xs:time('15:58:00'), '[h] [PN] [P]')", '"3 PM pm"'),
        (
            "format-date(xs:date('2003-12-10'), '[FNn,3-5] [w]'), format-date(xs:date('2006-04-01'), '[w]')",
            '"Wed 2" | "0"',
        ),
        ("format-dateTime(xs:dateTime('1004-01-01T00:00:00'), '[Yi,3-3]')", '"iv "'),
        ("format-number(xs:double('-1e308'), '0%')", '"-Infinity%"'),
        ("count(distinct-values((xs:decimal('1.00000000000000001'), xs:decimal('1.00000000000000002'), 1e0)))", "2"),
        ("for $k in (xs:float(1.1), 1.1e0, 1.1) group by $k return count($k)", "1 | 1"),
        ("max((xs:positiveInteger(1), xs:unsignedShort(2))) instance of xs:unsignedShort", "true()"),
        ("serialize(<br/>, map{'method': 'xhtml'})", '"<br />"'),
        (
            "try {error(QName('u', 'x'), 'boom', 5)} catch * {$err:code, $err:description, $err:value}",
            'Q{u}x | "boom" | 5',
        ),
        ("environment-variable('HOME'), available-environment-variables()", ""),
        ("json-doc(()), unparsed-text(()), doc(()), doc-available('a'), doc-available(':/')", "false() | false()"),
        ("xs:untypedAtomic('xs:a') = node-name(<xs:a/>)", "true()"),
        ("<a xmlns:p='u'>{format-number(1e4, '#.##0', 'p:f')}</a>/string()", '"10.000"'),
        ("function-arity(concat#123456)", "123456"),
        (
            "count(((1 to 10000000), 1, ())), empty(((), (1 to 10000000))), exists(((), ()))",
            "10000001 | false() | false()",
        ),
        (
            "try { 1, error() } catch * { 2 }, count(for $i in 1 to 5000 return try { local:bad(1) } catch * { 1 })",
            "2 | 5000",
        ),
        ("local:down(20000)", "0"),
        (
            "xs:duration('P1Y') instance of xs:duration, in-scope-prefixes(<a b:c='1' d:e='1'><b:f/></a>/*)",
            'true() | "b" | "xml"',
        ),
        ("in-scope-prefixes(<a b:c='1'>{<d:f/>}</a>/*)", '"d" | "b" | "xml"'),
    ],
)
def test_values_of_our_own(line: str, expected: str) -> None:
    """Where Saxon differs, or where the specification leaves the choice."""
    declarations = (
        "declare namespace b = 'urn:b'; declare namespace d = 'urn:d'; "
        "declare decimal-format Q{u}f grouping-separator='.' decimal-separator=','; "
        "declare function local:bad($x) { $x + 'a' }; "
        "declare function local:down($n as xs:integer) as xs:integer { if ($n = 0) then 0 else local:down($n - 1) }; "
    )
    assert ours(as_text(declarations + line)) == expected
