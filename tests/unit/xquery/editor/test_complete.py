"""Completion, hover and layout: what an author of a filter sees while typing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.xquery import QueryError, compile_query
from clacks_monitor.xquery.editor.complete import Completion, CompletionKind, complete
from clacks_monitor.xquery.editor.hover import hover
from clacks_monitor.xquery.editor.layout import format_prolog
from clacks_monitor.xquery.editor.signatures import signatures
from clacks_monitor.xquery.editor.vocabulary import EMPTY_VOCABULARY, AttributeWord, ElementWord, Vocabulary
from tests.helpers.effort import effort

STATUS = ElementWord("Status", documentation="What the line does.", type_name="xs:string", values=("busy", "free"))
WORDS = Vocabulary(
    "urn:e",
    (
        ElementWord(
            "Event",
            (
                ElementWord("PhoneStatus", (ElementWord("CallerId"), STATUS)),
                ElementWord(
                    "Notification",
                    (ElementWord("From"),),
                    (AttributeWord("Type", "What happened.", values=("Missed", "Ended")),),
                ),
            ),
        ),
    ),
)
PROLOG = "declare namespace e='urn:e'; "
PIECES = st.sampled_from(
    ["/", "//", "[", "]", "(", ")", "{", "}", "$", "$x", "e:", "Event", "@", "::", "..", ".", "let",
     "declare", "namespace", "function", "variable", "in", ":=", "'", '"', ";", ",", "=", "some",
     "for", "child", "<a>", "</a>", "(:", ":)", " ", "\n", "*", "as", "return", "external"],
)  # fmt: skip
BROKEN = st.lists(PIECES, max_size=30).map("".join)


def offered(text: str, *, prolog: str = PROLOG) -> list[str]:
    """What is offered at the bar, or at the end."""
    before, _, after = text.partition("|") if "|" in text else (text, "", "")
    found = complete(prolog + before + after, len(prolog + before), WORDS, ["color"])
    return [item.text for item in found.items]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("./e:Event/", ["e:PhoneStatus", "e:Notification"]),
        ("./e:Event/e:Ph", ["e:PhoneStatus"]),
        ("./e:Event/phone", ["e:PhoneStatus"]),
        ("let $v := ./e:Event return $v/", ["e:PhoneStatus", "e:Notification"]),
        ("let $v := ./e:Event let $w := $v/e:PhoneStatus return $w/", ["e:CallerId", "e:Status"]),
        ("for $v in //e:PhoneStatus return $v[", ["e:CallerId", "e:Status"]),
        ("//e:PhoneStatus[contains(", ["e:CallerId", "e:Status"]),
        ("//e:PhoneStatus[e:CallerId = '1' and e:St", ["e:Status"]),
        ("/e:Event/e:PhoneStatus/e:Status/../", ["e:CallerId", "e:Status"]),
        ("/e:Event/descendant::e:Sta", ["e:Status"]),
        ("(/e:Event/e:PhoneStatus)[1]/", ["e:CallerId", "e:Status"]),
        ("//e:Notification/@", ["@Type"]),
        ("//e:Notification[@T", ["@Type"]),
        ("//e:Status[. = 'b", ["busy"]),
        ('//e:Status = "', ["busy", "free"]),
        ("//e:Notification/@Type = '", ["Missed", "Ended"]),
        ("let $abc := 1 let $abd := 2 return $a", ["$abd", "$abc"]),
        ("$c", ["$color"]),
        ("//e:Status in", ["intersect", "instance of", "in"]),
        ("//e:Status instance of xs:dateT", ["xs:dateTime"]),
        ("starts-w", ["starts-with("]),
        ("declare ", ["namespace", "default element namespace"]),
        ("declare function local:mine($p) { $", ["$p", "$color"]),
        ("declare function local:mine($p) { 1 }; local:m", ["local:mine("]),
        ("./e:Event/| or 1", ["e:PhoneStatus", "e:Notification"]),
    ],
)
def test_what_is_offered_first(text: str, first: list[str]) -> None:
    assert offered(text)[: len(first)] == first


def test_a_namespace_is_offered_where_one_is_declared() -> None:
    assert offered("declare namespace e = '", prolog="") == ["urn:e"]


@pytest.mark.parametrize(
    ("prolog", "name"),
    [
        ("declare default element namespace 'urn:e'; ", "PhoneStatus"),
        ("", "*:PhoneStatus"),
        ("declare namespace x='urn:e'; ", "x:PhoneStatus"),
    ],
)
def test_names_are_written_as_the_prolog_has_it(prolog: str, name: str) -> None:
    assert name in offered("/*/", prolog=prolog)


@pytest.mark.parametrize("text", ["(: e:Ev", "'no comparison ", "<a>text ", "1 (: x"])
def test_nothing_is_offered_inside_text(text: str) -> None:
    assert offered(text) == []


def test_the_range_is_the_word_so_far() -> None:
    text = PROLOG + "./e:Event/e:Pho + 1"
    found = complete(text, text.index(" + 1"), WORDS)
    assert text[found.start : found.end] == "e:Pho"


def test_functions_carry_signature_and_what_the_broker_lacks() -> None:
    items = {item.text: item for item in complete("contains", 8, EMPTY_VOCABULARY).items}
    assert items["contains("].detail.startswith("contains($text as xs:string?")
    assert "Not in XQuery 1.0" in items["contains-token("].documentation
    assert items["contains("] == Completion(
        "contains(", CompletionKind.FUNCTION, signatures()["contains"].text,
        signatures()["contains"].summary,
    )  # fmt: skip


@pytest.mark.parametrize("name", signatures())
def test_the_engine_knows_every_function_that_is_offered(name: str) -> None:
    signature = signatures()[name]
    required = signature.parameters.partition("[")[0]
    arity = 2 if name == "concat" else required.count("$") - required.count("function($")
    query = compile_query(f"{name}#{arity}")
    newer = (query.broker_would_refuse is not None) and "#" not in signature.text
    assert newer or not signature.newer


@pytest.mark.parametrize("name", [n for n, s in signatures().items() if not s.newer])
def test_the_broker_takes_the_functions_that_are_called_old(name: str) -> None:
    required = signatures()[name].parameters.partition("[")[0]
    arguments = ", ".join(["()"] * (2 if name == "concat" else required.count("$")))
    try:
        refusal = compile_query(f"{name}({arguments})").broker_would_refuse
    except QueryError as error:
        assert error.code.startswith("XPTY"), error  # a type may be known at once
    else:
        assert refusal is None


@pytest.mark.parametrize(
    ("text", "title", "sentence"),
    [
        ("con|tains('a', 'b')", "contains($text as xs:string?", "holds the part"),
        ("map:k|eys(map {})", "map:keys(", "Not in XQuery 1.0"),
        ("//e:Sta|tus", "Status as xs:string", "What the line does. Values: busy, free."),
        ("//e:Notification/@Ty|pe", "Type", "What happened."),
        ("let $v := 12 return $|v", "$v := 12 return $v", "Bound on line 1."),
        ("$un|known", "$unknown", "Not bound"),
        ("|e:Event", "urn:e", "namespace of the prefix e"),
        ("s|ome $x in a satisfies $x", "some", "at least one"),
        ("declare function local:f($p) { 1 }; local:|f(1)", "local:f($p)", "line 1"),
    ],
)
def test_hover(text: str, title: str, sentence: str) -> None:
    before, _, after = text.partition("|")
    found = hover(PROLOG + before + after, len(PROLOG + before), WORDS)
    assert found is not None
    assert found.title.startswith(title)
    assert sentence in found.text


@pytest.mark.parametrize("offset", [4, 100])
def test_hover_over_nothing(offset: int) -> None:
    assert hover("1 +   2", offset) is None


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        ("declare   namespace e =\n'urn:e' ;  1", "declare namespace e = 'urn:e';\n\n1"),
        (
            "declare variable $c as xs:string ?\nexternal;declare variable $d:=1+2 ; $c  = 1",
            "declare variable $c as xs:string? external;\ndeclare variable $d := 1+2;\n\n$c  = 1",
        ),
        (
            "(: why :) declare function local:f( $a as element(x) *,$b ) as xs:int{\n  $a  + 1\n} ;1",
            "(: why :)\ndeclare function local:f($a as element(x)*, $b) as xs:int {\n  $a  + 1\n};\n\n1",
        ),
        ("1  +  2", "1  +  2"),
        ("declare namespace e = 'x", "declare namespace e = 'x"),
        ("declare namespace e = 'a   b'; 1", "declare namespace e = 'a   b';\n\n1"),
    ],
)
def test_layout_of_the_prolog(text: str, formatted: str) -> None:
    assert format_prolog(text) == formatted


@effort(150)
@given(BROKEN, st.integers(0, 60))
def test_no_text_is_too_broken(text: str, offset: int) -> None:
    found = complete(PROLOG + text, offset, WORDS)
    assert 0 <= found.start <= found.end <= len(PROLOG + text)
    hover(PROLOG + text, offset, WORDS)
    once = format_prolog(text)
    assert format_prolog(once) == once
    assert "".join(once.split()) == "".join(text.split())
