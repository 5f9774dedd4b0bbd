"""The lexer under the editor services: any text, however broken, one line at a time.

Role: a line and the state it begins in -> tokens and the state it ends in. Owner: highlight. Thread: any. The parser of
queries has no separate lexer, and stops at the first error, so it cannot be used here.
"""

from __future__ import annotations

import re
from typing import Final

from clacks_monitor.xquery.editor import keywords
from clacks_monitor.xquery.editor.lexer_state import LexerState
from clacks_monitor.xquery.editor.markup_lexer import MARKUP_MODES
from clacks_monitor.xquery.editor.tokens import Expect, Level, LineState, Token, TokenClass

_NAME: Final = keywords.NCNAME
_QUERY: Final = re.compile(
    rf"""\s*+(?:(?P<comment>\(:)
    |(?P<pragma>\(\#)
    |(?P<template>``\[)
    |(?P<string>"[^"&]*+"(?!")|'[^'&]*+'(?!'))
    |(?P<quote>["'])
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<variable>\$\s*(?:(?:Q\{{[^{{}}]*\}}|{_NAME}:)?{_NAME})?)
    |(?P<annotation>%\s*(?:Q\{{[^{{}}]*\}}|{_NAME}:)?(?:{_NAME})?)
    |(?P<braced>Q\{{[^{{}}]*\}})
    |(?P<prefix>(?:{_NAME}|\*):(?=[^:=]|$))(?={_NAME}|\*|$|[^\w])
    |(?P<name>{_NAME})
    |(?P<open>[(\[{{])
    |(?P<close>[)\]}}])
    |(?P<markup><(?=[/!?]|{_NAME}))
    |(?P<operator>:=|!=|<=|>=|<<|>>|=>|\|\||//|::|\.\.|[-+*/=<>|!?@,;:.\#])
    |(?P<error>.))""",
    re.VERBOSE,
)
_CLOSES: Final = {")": "(", "]": "[", "}": "{"}
_LITERALS: Final = {"number": TokenClass.NUMBER, "variable": TokenClass.VARIABLE, "string": TokenClass.STRING}
_MARKUP: Final = re.compile(rf"(<!--)|(<\?)|<((?:{_NAME}:)?{_NAME})")
_AHEAD: Final = re.compile(r"\s*(::|.|$)")
_NEXT_NAME: Final = re.compile(rf"\s+(?:{_NAME}:)?{_NAME}\s*(.|$)")


def tokenize_line(line: str, begins: LineState) -> tuple[tuple[Token, ...], LineState]:
    """Return the tokens of a line that begins in a state, and the state that the next line begins in."""
    state = LexerState(line, list(begins.levels))
    while state.pos < state.end:
        _MODES[state.levels[-1].mode](state)
    if state.end < len(line):
        state.tokens.append(Token(state.end, len(line), TokenClass.TEXT))
    return tuple(state.tokens), LineState(tuple(state.levels))


def _query(state: LexerState) -> None:
    match = _QUERY.match(state.line, state.pos, state.end)
    if match is None:  # nothing but blanks up to the end
        state.pos = state.end
        return
    kind, end = str(match.lastgroup), match.end()
    text = match[kind]
    state.pos = match.start(kind)
    if kind == "name":
        _word(state, text, end)
    elif kind == "operator":
        _operator(state, text, end)
    elif kind == "open":
        state.push(Level("query", text), end, TokenClass.OPERATOR)
    elif kind == "close":
        _bracket(state, text, end)
    elif kind == "markup":
        _markup(state, end)
    else:
        _atom(state, kind, text, end)


def _atom(state: LexerState, kind: str, text: str, end: int) -> None:
    """Take what needs no look around: literals, variables, prefixes, openings."""
    match kind:
        case "comment":
            state.push(Level("comment", ""), end, TokenClass.COMMENT)
        case "pragma":
            state.push(Level("pragma", ""), end, TokenClass.COMMENT)
        case "template":
            state.push(Level("template", ""), end, TokenClass.STRING)
        case "quote":
            state.push(Level("string", text), end, TokenClass.STRING)
        case "prefix" | "braced":
            state.emit(end, TokenClass.PREFIX)
        case "annotation":
            state.emit(end, TokenClass.KEYWORD)
        case "number" | "variable" | "string":
            state.emit(end, _LITERALS[kind])
            if state.levels[-1].expect != Expect.PROLOG:
                state.expect(Expect.OPERATOR)
        case _:
            state.emit(end, TokenClass.ERROR)


def _bracket(state: LexerState, text: str, end: int) -> None:
    level = state.levels[-1]
    if level.detail == _CLOSES[text]:
        kind = TokenClass.OPERATOR
        below = state.levels[-2]
        in_string = below.mode in {"value", "template"} and text == "}"
        state.pop(end, TokenClass.STRING if in_string else kind)
        if state.levels[-1].expect == Expect.TYPE:
            state.expect(Expect.AFTER_TYPE)
    elif level.detail == "`{" and text == "}" and state.line.startswith("}`", state.pos, state.end):
        state.pop(end + 1, TokenClass.STRING)
    else:
        state.emit(end, TokenClass.ERROR)


def _operator(state: LexerState, text: str, end: int) -> None:
    expect = state.levels[-1].expect
    if text == "*" and expect in {Expect.OPERAND, Expect.STEP}:
        state.emit(end, TokenClass.NAME)
        state.expect(Expect.OPERATOR)
        return
    state.emit(end, TokenClass.OPERATOR)
    if text in {".", ".."} or (expect == Expect.AFTER_TYPE and text in {"?", "*", "+"}):
        state.expect(Expect.OPERATOR)
    elif text in {"/", "//", "@", "::", "?"}:
        state.expect(Expect.STEP)
    elif not (text in {"=", ","} and expect in {Expect.PROLOG, Expect.NAMESPACE}):
        state.expect(Expect.OPERAND)
    elif expect == Expect.NAMESPACE:
        state.expect(Expect.PROLOG)


def _markup(state: LexerState, end: int) -> None:
    """Decide between "less than" and a direct constructor, as the grammar does."""
    match = _MARKUP.match(state.line, state.pos, state.end)
    if state.levels[-1].expect != Expect.OPERAND or match is None:
        _operator(state, "<", end)
    elif match.group(1):
        state.push(Level("xml-comment", ""), match.end(), TokenClass.COMMENT)
    elif match.group(2):
        state.push(Level("pi", ""), match.end(), TokenClass.TAG)
    else:
        state.push(Level("tag", match.group(3)), match.end(), TokenClass.TAG)


def _word(state: LexerState, word: str, end: int) -> None:
    kind, expect = _classify(state, word, end)
    state.emit(end, kind)
    state.expect(expect)


def _classify(state: LexerState, word: str, end: int) -> tuple[TokenClass, Expect]:
    """Tell a keyword from a name: by what may come here and by what follows."""
    expect = state.levels[-1].expect
    after_prefix = bool(state.tokens) and state.tokens[-1] == (state.tokens[-1].start, state.pos, TokenClass.PREFIX)
    ahead_match = _AHEAD.match(state.line, end, state.end)
    ahead = ahead_match.group(1) if ahead_match else ""
    if expect == Expect.NAMESPACE:
        if word in keywords.PROLOG:
            return TokenClass.KEYWORD, Expect.PROLOG
        return TokenClass.PREFIX, Expect.NAMESPACE
    if not after_prefix:
        keyword = _keyword(state, word, end, ahead, expect)
        if keyword is not None:
            return TokenClass.KEYWORD, keyword
    return _plain_name(state, ahead, expect)


def _plain_name(state: LexerState, ahead: str, expect: Expect) -> tuple[TokenClass, Expect]:
    if expect == Expect.TYPE:
        return TokenClass.TYPE, Expect.AFTER_TYPE
    after = Expect.PROLOG if expect == Expect.PROLOG else Expect.OPERATOR
    if ahead in {"(", "#"} and not _follows(state, "@"):
        return TokenClass.FUNCTION, after
    if _follows(state, "@"):
        return TokenClass.ATTRIBUTE, after
    return TokenClass.NAME, after


def _follows(state: LexerState, text: str) -> bool:
    """Whether the token before the (prefixed) name at hand is ``text``."""
    for token in reversed(state.tokens):
        if token.kind is not TokenClass.PREFIX:
            return state.line[token.start : token.end] == text
    return False


def _keyword(state: LexerState, word: str, end: int, ahead: str, expect: Expect) -> Expect | None:
    """Return what a keyword leaves to be expected, or None if the word is a name here."""
    if ahead == "::" and word in keywords.AXES:
        return Expect.STEP
    if ahead == "(" and word in keywords.KIND_TESTS:
        return Expect.TYPE if expect == Expect.TYPE else Expect.OPERATOR
    if expect == Expect.PROLOG and word in keywords.PROLOG:
        return _after_prolog_word(word)
    if expect in {Expect.OPERATOR, Expect.AFTER_TYPE} and word in keywords.BETWEEN:
        return _after_operator_word(word)
    if expect == Expect.OPERAND and _starts_expression(state, word, end, ahead):
        return Expect.PROLOG if word in keywords.PROLOG_STARTS else Expect.OPERAND
    return None


def _after_prolog_word(word: str) -> Expect:
    if word == "as":
        return Expect.TYPE
    return Expect.NAMESPACE if word == "namespace" else Expect.PROLOG


def _after_operator_word(word: str) -> Expect:
    if word in {"as", "of"}:
        return Expect.TYPE
    return Expect.OPERATOR if word in keywords.TRAILING else Expect.OPERAND


def _starts_expression(state: LexerState, word: str, end: int, ahead: str) -> bool:
    follow = keywords.STARTS.get(word)
    if follow is None:
        return False
    if ahead in follow or ("name" in follow and ahead and keywords.NAME_START.match(ahead)):
        if ahead in {"{", "(", "$", "%", '"', "'"} or word in keywords.BARE_STARTS:
            return True
        following = _NEXT_NAME.match(state.line, end, state.end)
        return following is not None and (word in keywords.PROLOG_STARTS or following.group(1) in {"{", ""})
    return False


_MODES: Final = {"query": _query, **MARKUP_MODES}
