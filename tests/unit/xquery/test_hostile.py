"""Attacks: each ends with a result that names the limit, and the guard goes on with the next query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.xquery import Document, Guard, MatchOutcome, QueryError, QuerySet, compile_query
from clacks_monitor.xquery.errors import TOO_DEEP, TOO_LARGE, TOO_SLOW
from clacks_monitor.xquery.fastpath import is_inline
from clacks_monitor.xquery.matching.guard import guard as guard_module

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENT = b"<r><a>1</a></r>"
GOOD = compile_query("for $a in //a order by $a return $a")
LIMITS = {TOO_SLOW, TOO_LARGE, TOO_DEEP}
NESTED = "fold-left(1 to {n}, [1], function($a, $i) {{ [{inner}] }})"
STATIC = {
    "parentheses": "(" * 10_000 + "1" + ")" * 10_000,
    "brackets": "[" * 10_000 + "1" + "]" * 10_000,
    "elements": "<a>" * 5_000 + "</a>" * 5_000,
    "attributes": "<a b='{" * 5_000 + "1" + "}'/>" * 5_000,
    "predicates": "." + "[." * 5_000 + "]" * 5_000,
    "sum": "1" + " + 1" * 20_000,
    "path": "a" + "/a" * 20_000,
    "comments": "(:" * 20_000,
    "string": '"' + '""' * 20_000,
    "characters": "1" + " " * 100_000,
}
ATTACKS = {
    "pattern in matches": f"matches('{'a' * 40}b', '^(a+)+$')",
    "pattern in replace": f"replace('{'a' * 40}b', '(a|aa)+$', 'x')",
    "pattern in tokenize": f"tokenize('{'a' * 50}b', '(a|a)*c')",
    "pattern in analyze-string": f"analyze-string('{'a' * 50}b', '(a|a)*c')",
    "large pattern": r"matches('a', string-join((1 to 20000) ! '[\p{L}\p{N}]'))",
    "range": "count((1 to 1000000000)[. mod 2 = 0])",
    "range as strings": "string-join(1 to 1000000000)",
    "comparison of ranges": "(1 to 1000000) > (1 to 1000000)[. = 0]",
    "string": "let $a := 'aaaaaaaaaa' " + "let $a := concat($a, $a, $a, $a) " * 20 + "return $a",
    "sequence": "let $a := (1, 2) " + "let $a := ($a, $a, $a, $a) " * 20 + "return count(reverse($a))",
    "map": "map:size(map:merge((1 to 10000000) ! map:entry(., .)))",
    "array": "fold-left(1 to 60, [1], function($a, $i) { array:join(($a, $a)) })?1",
    "nested arrays": "data(" + NESTED.format(n=100_000, inner="$a") + ")",
    "shared arrays": "count(data(" + NESTED.format(n=60, inner="$a, $a") + "))",
    "equal arrays": "let $a := " + NESTED.format(n=60, inner="$a, $a") + " return deep-equal($a, $a)",
    "elements": "count(fold-left(1 to 60, <a/>, function($a, $i) { <b>{$a, $a}</b> })//a)",
    "copies": "for $i in 1 to 10000000 order by $i return <c>{/r}</c>",
    "endless tail calls": "declare function local:f($n) { local:f($n + 1) }; local:f(1)",
    "endless recursion": "declare function local:f($n) { 1 + local:f($n + 1) }; local:f(1)",
    "recursion in clauses": "declare function local:f($n) { for $i in local:f($n) order by $i return $i }; local:f(1)",
    "recursion in sorting": "declare function local:f($n) { sort((1, 2), (), local:f#1) }; local:f(1)",
    "recursion by values": "let $f := function($f) { $f($f) } return $f($f)",
    "Fibonacci": "declare function local:f($n) { if ($n < 2) then 1 else sum((1, 2) ! local:f($n - .)) }; local:f(99)",
    "sorting": "for $i in 1 to 4000000 order by -$i return $i",
    "grouping": "for $i in 1 to 4000000 group by $k := $i mod 1000003 return $k",
    "windows": "count(for sliding window $w in 1 to 100000 start when true() end when false() return 1)",
    "joins": "count(for $a in 1 to 10000, $b in 1 to 10000 return 1)",
    "width of a date": "format-date(current-date(), '[Y,1000000000-1000000000]')",
    "picture": "format-number(1, string-join((1 to 5000000) ! '0'))",
    "collation": "compare(string-join((1 to 3000000) ! 'x'), 'y', 'http://www.w3.org/2013/collation/UCA')",
    "JSON": "count(parse-json(concat('[', string-join((1 to 3000000) ! '1', ','), ']'))?*)",
    "XML": "count(parse-xml(concat('<r>', string-join((1 to 3000000) ! '<a/>'), '</r>'))//a)",
}
REFUSED = {
    "power": ("fold-left(1 to 40, 3, function($a, $i) { $a * $a })", "FOAR0002"),
    "digits": ("xs:integer(string-join((1 to 10000) ! '9'))", "FOCA0006"),
    "nested JSON": ("parse-json(string-join(((1 to 9999) ! '[', (1 to 9999) ! ']')))", "FOJS0001"),
    "nested XML": ("parse-xml(string-join(((1 to 9999) ! '<a>', (1 to 9999) ! '</a>')))", "FODC0006"),
    "entities": ("parse-xml('<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>&amp;x;</a>')/a/text() = ''", ""),
}


@pytest.fixture
def guard() -> Iterator[Guard]:
    with Guard(seconds=0.1) as guard:
        yield guard


@pytest.mark.parametrize("text", STATIC.values(), ids=STATIC)
def test_what_is_too_large_to_compile_is_an_error(text: str) -> None:
    try:
        compile_query(text)
    except QueryError as error:
        assert error.line == 1  # some are queries that work
    else:
        assert text.startswith("1")


@pytest.mark.parametrize("text", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_stopped_and_named(guard: Guard, text: str) -> None:
    hostile, good = guard.evaluate([compile_query(text), GOOD], EVENT, {})
    assert hostile.outcome is MatchOutcome.ERROR
    assert hostile.code in LIMITS
    assert hostile.reason
    assert good.outcome is MatchOutcome.MATCH
    assert text in guard.out_of_service


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_too_much_is_refused(guard: Guard, text: str, code: str) -> None:
    assert guard.evaluate([compile_query(text)], EVENT, {})[0].code == code


def test_calls_may_go_deep_in_the_worker(guard: Guard) -> None:
    text = "declare function local:f($n) { if ($n = 0) then 0 else 1 + local:f($n - 1) }; local:f(3000) = 3000"
    assert guard.evaluate([compile_query(text)], EVENT, {})[0].outcome is MatchOutcome.MATCH


def test_text_that_is_read_again_at_each_level_is_not_read_inline() -> None:
    deep = Document(b"<a>" * 200 + b"x" * 100_000 + b"</a>" * 200)
    flat = Document(b"<a>" + b"<b>xxxxxxxxxxxx</b>" * 10_000 + b"</a>")
    few, many = (compile_query("//*" + "[contains(., 'x')]" * times).fast for times in (1, 100))
    assert few is not None
    assert many is not None
    assert is_inline(flat, few.degree, few.reads)
    assert is_inline(deep, few.degree, few.reads)
    assert not is_inline(deep, many.degree, many.reads)
    assert not is_inline(Document(b"<a>" + b"x" * 900_000 + b"</a>"), many.degree, 400 * many.reads)


def test_such_a_query_goes_to_the_worker() -> None:
    query = compile_query("//*" + "[contains(., 'x')]" * 100)
    with Guard() as guard:
        queries = QuerySet([query], guard)
        assert queries.evaluate(b"<a><b>x</b></a>")[0].outcome is MatchOutcome.MATCH
        assert guard.pid is None
        queries.evaluate(b"<a>" * 200 + b"x" * 100_000 + b"</a>" * 200)
        assert guard.pid is not None


def test_a_giant_event_leaves_room_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"<r>" + b"<a b='1'>x</a>" * 80_000 + b"</r>"
    hungry, modest = compile_query("count(innermost(//node())) > 1"), compile_query("sum(//a/@b) > 1")
    with Guard(memory=300 * 1024 * 1024) as guard:
        for _ in range(2):
            assert guard.evaluate([hungry], body, {})[0].outcome is MatchOutcome.MATCH
            assert guard.evaluate([modest], body, {})[0].outcome is MatchOutcome.MATCH
        monkeypatch.setattr(guard_module, "_FULL", 0.0)
        before = guard.pid
        assert guard.evaluate([GOOD], EVENT, {})[0].outcome is MatchOutcome.MATCH
        assert guard.pid is None
        assert guard.evaluate([GOOD], EVENT, {})[0].outcome is MatchOutcome.MATCH
        assert before is not None
