"""Random XQuery: the engine against SaxonC-HE, and random text against everything that promises not to raise.

The queries for Saxon are the same each time, as its optimiser has mistakes: 13.1 finds that
`let $l := (typeswitch (0) case xs:integer return 1 default return 2) = (for $i at $p in 0 return ())
return ((0 + ()) + 0, count($l))` is false. HYPOTHESIS_PROFILE=deep looks for new ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from clacks_monitor.xquery import Limits, Outcome, QueryError, compile_query
from tests.helpers.effort import effort
from tests.helpers.random_queries import PROLOG, PROPERTIES, bodies, events
from tests.helpers.saxon import Saxon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.xquery import Query

DEADLINE = Limits(seconds=5)
PIECES = st.sampled_from(
    ["let", "for", "$x", " in ", ":=", "return", "(", ")", "[", "]", "{", "}", "<a>", "</a>", "<a", "/>", "'", '"',
     "//", "/", "@", "*", "1", "1e400", "1 to 9", "=", "<", "eq", "and", "if", "then", "else", "some", "satisfies",
     "declare", "function", "local:f", ";", "external", "as", "xs:int", "element", "map", "?", "#", "!", "||", "=>",
     "try", "catch", "(:", ":)", "(#", "#)", "``[", "]``", "`{", "}`", "&amp;", "&#0;", "Q{", "fn:error()", ".", "..",
     "\ud7ff", "\x00", "\U0001f600", " ", "\n", "e:", "::", "child", "text()", "switch", "typeswitch", "case", ","],
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES).map("".join))


@pytest.fixture(scope="module")
def saxon() -> Iterator[Saxon]:
    with Saxon() as saxon:
        saxon.truth("", "true()", b"<a/>", {})  # it is there before a test counts what it leaves behind
        yield saxon


def compiled(text: str) -> Query | QueryError:
    try:
        return compile_query(text)
    except QueryError as error:
        return error


def compared(saxon: Saxon, text: str, body: bytes) -> None:
    """Compare where both have a value: which of two errors comes first is each engine's choice."""
    theirs = saxon.truth(PROLOG, text, body, PROPERTIES)
    query = compiled(PROLOG + text)
    if isinstance(query, QueryError):
        event(f"static error, Saxon: {type(theirs).__name__}")
        assert not isinstance(theirs, bool), f"{query} but Saxon says {theirs}"
        return
    ours = query.matches(body, PROPERTIES, DEADLINE)
    event(f"{ours.outcome.value}, Saxon: {theirs if isinstance(theirs, bool) else 'error'}")
    if isinstance(theirs, bool) and ours.outcome is not Outcome.ERROR:
        assert ours.matches is theirs


@effort(100, fixed=True)
@given(bodies, events())
def test_the_engine_against_saxon(saxon: Saxon, text: str, body: bytes) -> None:
    compared(saxon, text, body)


@effort(300)
@given(TEXTS)
def test_random_text_raises_nothing_but_query_errors(text: str) -> None:
    query = compiled(text)
    if isinstance(query, QueryError):
        assert query.line is not None
        assert query.column is not None
        assert query.reason.strip()
        return
    found = query.matches(b"<a><b/></a>", {}, Limits(seconds=1))
    assert found.outcome in set(Outcome)
    assert query.explain()


@effort(100)
@given(st.text(max_size=40), st.binary(max_size=60))
def test_random_events_and_properties_raise_nothing(value: str, body: bytes) -> None:
    for text in ("declare variable $p external; contains($p, 'a')", "//a = 'x'", "count(//a/@*) + 1"):
        assert compile_query(text).matches(body, {"p": value}, DEADLINE).outcome in set(Outcome)
