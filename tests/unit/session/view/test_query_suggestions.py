"""What a filter that finds nothing may have been meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor import assets
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.messages import Message
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.view.query_suggestions import (
    LONG_TEXT,
    examined,
    plain_text,
    remedy,
    searched_text,
    text_query,
)
from clacks_monitor.session.view.query_text import Remedy, RemedyKind
from clacks_monitor.session.view.query_vocabulary import vocabulary_of
from clacks_monitor.xquery import Document, QueryError, compile_query
from tests.helpers.effort import effort
from tests.helpers.fake_events import phone

WORDS = vocabulary_of(Catalogue([assets.folder("schemas")]).vocabulary())


@pytest.mark.parametrize(
    ("query", "prefix"),
    [
        ("./f:Event/f:PhoneStatus", "f"),
        ("xquery version '3.1';\n./ev:Event", "ev"),
        ("./*:Event\n  /g-1:PhoneStatus[true()]", "g-1"),
        ("declare namespace f='http://www.gonicus.de/Events'; ./f:Event/e:PhoneStatus", "e"),
    ],
)
def test_a_prefix_that_is_not_declared_can_be_mended(query: str, prefix: str) -> None:
    with pytest.raises(QueryError) as raised:
        compile_query(query)
    found = remedy(query, raised.value)
    assert found is not None
    assert (found.kind, found.subject) == (RemedyKind.DECLARE, prefix)
    assert f"declare namespace {prefix}='http://www.gonicus.de/Events';" in found.query
    compile_query(found.query)


@pytest.mark.parametrize("query", ["./*:Event[", "1 +", "unknown()", "let $x := 1"])
def test_other_errors_have_no_remedy(query: str) -> None:
    with pytest.raises(QueryError) as raised:
        compile_query(query)
    assert remedy(query, raised.value) is None


def test_a_good_query_needs_no_remedy() -> None:
    assert remedy("true()", None) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("busy", "busy"),
        (" 402 ", "402"),
        ("'busy'", "busy"),
        ('"in der Leitung"', "in der Leitung"),
        ("busy bee", "busy bee"),
        ("00:1b:2c:03", "00:1b:2c:03"),
        ("+49 2932 916-0", "+49 2932 916-0"),
        ("M\u00fcller", "M\u00fcller"),
        ("", ""),
        (".", ""),
        ("./*:Event", ""),
        ("a = 'b'", ""),
        ("let x be", ""),
        ("'a' or 'b'", ""),
        ("x" * 201, ""),
    ],
)
def test_plain_text_are_told_from_queries(text: str, words: str) -> None:
    assert plain_text(text) == words


@pytest.mark.parametrize("words", ["BUSY", "busy", "012345", "2345"])
def test_a_search_for_text_finds_values_in_any_case(words: str) -> None:
    body = Document(phone(status="busy", caller="012345"))
    assert compile_query(text_query(words)).matches(body).outcome.value == "match"
    assert compile_query(text_query("free")).matches(body).outcome.value == "no match"


def test_a_search_for_text_finds_attributes() -> None:
    assert compile_query(text_query("Desk")).matches(Document(b"<a kind='a desk'/>")).outcome.value == "match"


@effort(100)
@given(st.text(min_size=1))
def test_the_words_of_a_search_can_be_read_again(words: str) -> None:
    assert searched_text(text_query(words)) == words.lower()


def test_another_query_searches_for_no_text() -> None:
    assert searched_text("./*:Event[contains(., 'busy')]") == ""


EVENT = "declare namespace f='http://www.gonicus.de/Events';\n./f:Event/"


@pytest.mark.parametrize(
    ("text", "kind", "query"),
    [
        ("busy", RemedyKind.SEARCH, text_query("busy")),
        ("402", RemedyKind.SEARCH, text_query("402")),
        ("phonestatus", RemedyKind.REPLACE, "./*:Event/*:PhoneStatus"),
        ("CallerId", RemedyKind.REPLACE, ".//*:CallerId"),
        ("./Event/PhoneStatus", RemedyKind.REPLACE, "./*:Event/*:PhoneStatus"),
        ("./Event/PhoneStauts/Status = 'bsy'", RemedyKind.REPLACE, "./*:Event/*:PhoneStatus/*:Status = 'busy'"),
        (EVENT + "f:PhoneStauts", RemedyKind.REPLACE, EVENT + "f:PhoneStatus"),
        (EVENT + "f:PhoneStatus/f:Status = 'bussy'", RemedyKind.REPLACE, EVENT + "f:PhoneStatus/f:Status = 'busy'"),
    ],
)
def test_what_matches_nothing_is_corrected(text: str, kind: RemedyKind, query: str) -> None:
    found = examined(text, WORDS, {"Status": {"busy", "free"}})
    assert found.remedy is not None
    assert (found.remedy.kind, found.remedy.query) == (kind, query)
    assert found.warnings
    assert not examined(query, WORDS).warnings


@pytest.mark.parametrize("text", [EVENT + "f:PhoneStatus", "true()", "./*:Event[", " " * LONG_TEXT + "busy"])
def test_what_is_right_or_cannot_be_read_is_left_alone(text: str) -> None:
    found = examined(text, WORDS)
    assert (found.warnings, found.remedy) == ((), None)


def test_a_value_like_one_that_was_seen_is_corrected_and_others_are_not() -> None:
    seen = {"Status": {"busy", "free"}, "CallerId": {"402"}}
    found = examined(".//*:Status = 'bussy'", WORDS, seen)
    assert [warning.reason for warning in found.warnings] == [
        "No event so far has the value 'bussy' in 'Status'. Did you mean 'busy'?"
    ]
    assert not found.warnings[0].never
    for text in (".//*:Status = 'away'", ".//*:Status = 'busy'", ".//*:CallerId = '403'"):
        assert examined(text, WORDS, seen).warnings == ()


def test_a_remedy_needs_the_place_of_a_prefix() -> None:
    error = QueryError("XPST0081", Message.verbatim("no prefix"), line=1, column=3)
    assert remedy("./f:Event", error) == Remedy(
        RemedyKind.DECLARE, "f", f"declare namespace f='{EVENT_NAMESPACE}';\n./f:Event"
    )
    second = QueryError("XPST0081", Message.verbatim("no prefix"), line=2, column=1)
    assert remedy("1,\nf:Event", second) is not None
    for query, line, column in (("./f:Event", 2, 1), ("./Event", 1, 3), ("f:x", None, 1), ("f:x", 1, None)):
        assert remedy(query, QueryError("XPST0081", Message.verbatim("no prefix"), line=line, column=column)) is None
    assert remedy("./f:Event", QueryError("XPST0008", Message.verbatim("no"), line=1, column=3)) is None
