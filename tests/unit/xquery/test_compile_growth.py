"""A query that is twice as long takes twice the work to compile, whatever it consists of.

Counted are the calls of functions, Python's and C's; what a single call of C goes through is not.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.xquery import QueryError, compile_query

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATED = {
    "attributes": ("<a ", 'a#="1" ', "/>"), "namespaces": ("<a ", 'xmlns:p#="u" ', "/>"),
    "quotes in an attribute": ('<a b="', '""', '"/>'), "references": ("<a>", "&amp;", "</a>"),
    "elements": ("<a>", "<b/>", "</a>"), "parameters": ("function($x", ", $a#", ") { 1 }"),
    "declared parameters": ("declare function local:f($x", ", $a#", ") { 1 }; 1"),
    "variables": ("", "declare variable $a# := 1; ", "1"),
    "functions": ("", "declare function local:f#() { 1 }; ", "1"),
    "prefixes": ("", "declare namespace p# = 'u'; ", "1"), "lets": ("", "let $a# := 1 ", "return 1"),
    "fors": ("", "for $a# in 1 ", "return 1"), "wheres": ("for $a in 1 ", "where 1 ", "return 1"),
    "quantified": ("some $x in 1", ", $a# in 1", " satisfies 1"), "sums": ("1", "+1", ""), "commas": ("(1", ",1", ")"),
    "conditions": ("a", " and b# = 'x'", ""), "alternatives": ("a", " or //a#/b = 'x'", ""),
    "predicates": ("*", "[a# = 'x']", ""), "unions": ("a", "|a#", ""), "strings": ("a = ('a'", ", 'b#'", ")"),
    "string constructor": ("``[", "`{1}`", "]``"), "cases": ("switch (1) ", "case # return 1 ", "default return 1"),
    "maps": ("map { 0:1", ", '#': 1", "}"), "arguments": ("concat('', ''", ", 1", ")"), "steps": (".", "/a#", ""),
    "descendants": (".", "//a#", ""), "comments": ("", "(: x :)", "1"), "nested comments": ("", "(:", "1"),
    "parentheses": ("", "(", "1"), "open elements": ("", "<a>", ""), "open tags": ("", "<a ", ""),
}  # fmt: skip
FEW = 100
"""Repetitions: twice as many steps of a path are still within its depth."""


def _calls(action: Callable[[], object]) -> int:
    """Return how many functions are called."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count


def _compile(text: str) -> None:
    try:
        compile_query(text).explain()
    except QueryError:
        return


@pytest.mark.parametrize("name", REPEATED)
def test_the_work_of_compiling_grows_with_the_text(name: str) -> None:
    before, part, after = REPEATED[name]
    texts = [before + "".join(part.replace("#", str(n)) for n in range(many)) + after for many in (FEW, 2 * FEW)]
    _compile(texts[0])  # what is imported at first use does not count
    few, many = (_calls(lambda text=text: _compile(text)) for text in texts)  # type: ignore[misc]  # a default binds it
    assert many < 2.6 * few
