"""The editor's colours: right on real queries, calm on broken ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.xquery.editor.highlight import highlight, highlight_line
from clacks_monitor.xquery.editor.lexer_state import MAX_DEPTH, MAX_LINE
from clacks_monitor.xquery.editor.tokens import INITIAL, TokenClass

K = TokenClass
PIECES = st.sampled_from(
    ["(", ")", "[", "]", "{", "}", "<a", "</a>", ">", "/>", '"', "'", "(:", ":)", "(#", "#)", "``[",
     "]``", "`{", "}`", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "&lt;", "&", "$", "$x", "f:",
     "::", ":=", "let", "for", "declare", "namespace", "return", "as", "instance", "of", "\n", " ",
     "x", "1.5e3", "*", "=", "Q{u}", "%", ";", ",", "\u00e9", "\x0c", "\u2028", "\x00"],
)  # fmt: skip
BROKEN = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80))


def classes(text: str) -> list[tuple[str, TokenClass]]:
    return [(text[start:end], kind) for start, end, kind in highlight(text)]


def kind_of(text: str, piece: str) -> TokenClass:
    return dict(classes(text))[piece]


def test_the_typical_filter() -> None:
    text = "declare namespace f='urn:e'; let $e := ./f:Event return $e/f:A[contains(@Type, \"x\")]"
    assert classes(text) == [
        ("declare", K.KEYWORD), ("namespace", K.KEYWORD), ("f", K.PREFIX), ("=", K.OPERATOR),
        ("'urn:e'", K.STRING), (";", K.OPERATOR), ("let", K.KEYWORD), ("$e", K.VARIABLE),
        (":=", K.OPERATOR), (".", K.OPERATOR), ("/", K.OPERATOR), ("f:", K.PREFIX),
        ("Event", K.NAME), ("return", K.KEYWORD), ("$e", K.VARIABLE), ("/", K.OPERATOR),
        ("f:", K.PREFIX), ("A", K.NAME), ("[", K.OPERATOR), ("contains", K.FUNCTION),
        ("(", K.OPERATOR), ("@", K.OPERATOR), ("Type", K.ATTRIBUTE), (",", K.OPERATOR),
        ('"x"', K.STRING), (")", K.OPERATOR), ("]", K.OPERATOR),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        ("f:Event/and", "and", K.NAME),
        ("$a and $b", "and", K.KEYWORD),
        ("for/let", "for", K.NAME),
        ("//return", "return", K.NAME),
        ("child::x", "child", K.KEYWORD),
        ("child", "child", K.NAME),
        ("$x instance of xs:integer", "integer", K.TYPE),
        ("if ($a) then 1 else 2", "else", K.KEYWORD),
        ("if/then", "if", K.NAME),
        ("map { 'a' : 1 }", "map", K.KEYWORD),
        ("element x { 1 }", "element", K.KEYWORD),
        ("a/text()", "text", K.KEYWORD),
        ("1 < 2", "<", K.OPERATOR),
        ("1, <b/>", "<b", K.TAG),
        ("<a b='1'/>", "b", K.ATTRIBUTE),
        ("<a>t</a>", "t", K.TEXT),
        ("<a>{$v}</a>", "$v", K.VARIABLE),
        ("<a>x</b>", "</b", K.ERROR),
        ("'a&lt;b'", "&lt;", K.ENTITY),
        ("'a&b'", "&", K.ERROR),
        ("(1]", "]", K.ERROR),
        ("Q{urn:x}n", "Q{urn:x}", K.PREFIX),
        ("%private function() {1}", "%private", K.KEYWORD),
        ("``[a `{$b}` c]``", "$b", K.VARIABLE),
        ("declare function local:f($a as xs:int) { 1 }; 2", "f", K.FUNCTION),
        ("declare default element namespace 'u'; f", "element", K.KEYWORD),
        ("some $x in a satisfies b", "satisfies", K.KEYWORD),
        ("(: a (: b :) c :) d", "d", K.NAME),
    ],
)
def test_one_piece(text: str, piece: str, kind: TokenClass) -> None:
    assert kind_of(text, piece) is kind


def test_a_comment_over_lines_goes_on_and_ends() -> None:
    first, state = highlight_line("1 (: open")
    assert first[-1].kind is K.COMMENT
    assert len(state.levels) > 1
    middle, state = highlight_line("still (: deeper :)", state)
    assert {token.kind for token in middle} == {K.COMMENT}
    last, state = highlight_line("end :) + $x", state)
    assert last[-1].kind is K.VARIABLE
    assert len(state.levels) == 1


def test_a_comment_does_not_change_what_comes_next() -> None:
    assert kind_of("$a (: c :) and $b", "and") is K.KEYWORD
    assert kind_of("(: c :) and", "and") is K.NAME


def test_deep_nesting_is_marked_and_bounded() -> None:
    tokens, state = highlight_line("(" * 5_000)
    assert len(state.levels) <= MAX_DEPTH
    assert tokens[-1].kind is K.ERROR


def test_a_giant_line_is_cut_short() -> None:
    tokens, _ = highlight_line("a " * MAX_LINE)
    assert tokens[-1] == (MAX_LINE, 2 * MAX_LINE, K.TEXT)


@given(BROKEN)
def test_any_text_gives_ordered_tokens_that_cover_all_but_blanks(text: str) -> None:
    end = 0
    for token in highlight(text):
        assert token.start >= end
        assert token.end > token.start
        assert not text[end : token.start].strip()
        end = token.end
    assert not text[end:].strip()


@given(BROKEN)
def test_a_line_depends_on_nothing_but_its_text_and_state(text: str) -> None:
    whole = highlight(text)
    state, start, pieces = INITIAL, 0, []
    for line in text.split("\n"):
        tokens, state = highlight_line(line, state)
        pieces += [(start + a, start + b, kind) for a, b, kind in tokens]
        start += len(line) + 1
    assert pieces == whole
