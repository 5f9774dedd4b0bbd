"""The lexer under the editor services: any text, however broken, one line at a time.

Role: a line and the state it begins in -> tokens and the state it ends in. Owner: highlight.
Thread: a Lexer belongs to one call. The engine's own scanner belongs to its grammar and stops at
the first error, so it cannot serve here.
"""

from __future__ import annotations

import re
from typing import Final

from clacks_monitor.xquery.editor import words
from clacks_monitor.xquery.editor.markup_lexer import _NAME, MarkupLexer
from clacks_monitor.xquery.editor.tokens import Expect, Frame, LineState, Token, TokenClass

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
_LITERALS: Final = {
    "number": TokenClass.NUMBER,
    "variable": TokenClass.VARIABLE,
    "string": TokenClass.STRING,
}
_MARKUP: Final = re.compile(rf"(<!--)|(<\?)|<((?:{_NAME}:)?{_NAME})")
_AHEAD: Final = re.compile(r"\s*(::|.|$)")
_NEXT_NAME: Final = re.compile(rf"\s+(?:{_NAME}:)?{_NAME}\s*(.|$)")


class Lexer(MarkupLexer):
    """One pass over one line. Each step consumes at least one character."""

    def run(self) -> tuple[tuple[Token, ...], LineState]:
        """Walk the line; the state after it says what the next line begins in."""
        steps = {
            "query": self._query,
            "comment": self._comment,
            "string": self._string,
            "value": self._value,
            "tag": self._tag,
            "content": self._content,
            "close": self._close,
            "template": self._template,
        }
        while self.pos < self.end:
            steps.get(self.frames[-1].mode, self._raw)()
        if self.end < len(self.line):
            self.tokens.append(Token(self.end, len(self.line), TokenClass.TEXT))
        return tuple(self.tokens), LineState(tuple(self.frames))

    def _query(self) -> None:
        match = _QUERY.match(self.line, self.pos, self.end)
        if match is None:  # nothing but blanks up to the end
            self.pos = self.end
            return
        kind, end = str(match.lastgroup), match.end()
        text = match[kind]
        self.pos = match.start(kind)
        if kind == "name":
            self._word(text, end)
        elif kind == "operator":
            self._operator(text, end)
        elif kind == "open":
            self._push(Frame("query", text), end, TokenClass.OPERATOR)
        elif kind == "close":
            self._bracket(text, end)
        elif kind == "markup":
            self._markup(end)
        else:
            self._atom(kind, text, end)

    def _atom(self, kind: str, text: str, end: int) -> None:
        """Take what needs no look around: literals, variables, prefixes, openings."""
        match kind:
            case "comment":
                self._push(Frame("comment", ""), end, TokenClass.COMMENT)
            case "pragma":
                self._push(Frame("pragma", ""), end, TokenClass.COMMENT)
            case "template":
                self._push(Frame("template", ""), end, TokenClass.STRING)
            case "quote":
                self._push(Frame("string", text), end, TokenClass.STRING)
            case "prefix" | "braced":
                self._emit(end, TokenClass.PREFIX)
            case "annotation":
                self._emit(end, TokenClass.KEYWORD)
            case "number" | "variable" | "string":
                self._emit(end, _LITERALS[kind])
                if self.frames[-1].expect != Expect.PROLOG:
                    self._expect(Expect.OPERATOR)
            case _:
                self._emit(end, TokenClass.ERROR)

    def _bracket(self, text: str, end: int) -> None:
        frame = self.frames[-1]
        if frame.detail == _CLOSES[text]:
            kind = TokenClass.OPERATOR
            below = self.frames[-2]
            in_string = below.mode in {"value", "template"} and text == "}"
            self._pop(end, TokenClass.STRING if in_string else kind)
            if self.frames[-1].expect == Expect.TYPE:
                self._expect(Expect.AFTER_TYPE)
        elif frame.detail == "`{" and text == "}" and self.line.startswith("}`", self.pos, self.end):
            self._pop(end + 1, TokenClass.STRING)
        else:
            self._emit(end, TokenClass.ERROR)

    def _operator(self, text: str, end: int) -> None:
        expect = self.frames[-1].expect
        if text == "*" and expect in {Expect.OPERAND, Expect.STEP}:
            self._emit(end, TokenClass.NAME)
            self._expect(Expect.OPERATOR)
            return
        self._emit(end, TokenClass.OPERATOR)
        if text in {".", ".."} or (expect == Expect.AFTER_TYPE and text in {"?", "*", "+"}):
            self._expect(Expect.OPERATOR)
        elif text in {"/", "//", "@", "::", "?"}:
            self._expect(Expect.STEP)
        elif not (text in {"=", ","} and expect in {Expect.PROLOG, Expect.NAMESPACE}):
            self._expect(Expect.OPERAND)
        elif expect == Expect.NAMESPACE:
            self._expect(Expect.PROLOG)

    def _markup(self, end: int) -> None:
        """Decide between "less than" and a direct constructor, as the grammar does."""
        match = _MARKUP.match(self.line, self.pos, self.end)
        if self.frames[-1].expect != Expect.OPERAND or match is None:
            self._operator("<", end)
        elif match.group(1):
            self._push(Frame("xml-comment", ""), match.end(), TokenClass.COMMENT)
        elif match.group(2):
            self._push(Frame("pi", ""), match.end(), TokenClass.TAG)
        else:
            self._push(Frame("tag", match.group(3)), match.end(), TokenClass.TAG)

    def _word(self, word: str, end: int) -> None:
        kind, expect = self._classify(word, end)
        self._emit(end, kind)
        self._expect(expect)

    def _classify(self, word: str, end: int) -> tuple[TokenClass, Expect]:
        """Tell a keyword from a name: by what may come here and by what follows."""
        expect = self.frames[-1].expect
        after_prefix = bool(self.tokens) and self.tokens[-1] == (
            self.tokens[-1].start,
            self.pos,
            TokenClass.PREFIX,
        )
        ahead_match = _AHEAD.match(self.line, end, self.end)
        ahead = ahead_match.group(1) if ahead_match else ""
        if expect == Expect.NAMESPACE:
            if word in words.PROLOG:
                return TokenClass.KEYWORD, Expect.PROLOG
            return TokenClass.PREFIX, Expect.NAMESPACE
        if not after_prefix:
            keyword = self._keyword(word, end, ahead, expect)
            if keyword is not None:
                return TokenClass.KEYWORD, keyword
        return self._plain_name(ahead, expect)

    def _plain_name(self, ahead: str, expect: Expect) -> tuple[TokenClass, Expect]:
        if expect == Expect.TYPE:
            return TokenClass.TYPE, Expect.AFTER_TYPE
        after = Expect.PROLOG if expect == Expect.PROLOG else Expect.OPERATOR
        if ahead in {"(", "#"} and not self._follows("@"):
            return TokenClass.FUNCTION, after
        if self._follows("@"):
            return TokenClass.ATTRIBUTE, after
        return TokenClass.NAME, after

    def _follows(self, text: str) -> bool:
        """Whether the token before the (prefixed) name at hand is `text`."""
        for token in reversed(self.tokens):
            if token.kind is not TokenClass.PREFIX:
                return self.line[token.start : token.end] == text
        return False

    def _keyword(self, word: str, end: int, ahead: str, expect: Expect) -> Expect | None:
        """Return what a keyword leaves to be expected, or None if the word is a name here."""
        if ahead == "::" and word in words.AXES:
            return Expect.STEP
        if ahead == "(" and word in words.KIND_TESTS:
            return Expect.TYPE if expect == Expect.TYPE else Expect.OPERATOR
        if expect == Expect.PROLOG and word in words.PROLOG:
            return self._prolog_word(word)
        if expect in {Expect.OPERATOR, Expect.AFTER_TYPE} and word in words.BETWEEN:
            return self._between(word)
        if expect == Expect.OPERAND and self._starts_expression(word, end, ahead):
            return Expect.PROLOG if word in words.PROLOG_STARTS else Expect.OPERAND
        return None

    @staticmethod
    def _prolog_word(word: str) -> Expect:
        if word == "as":
            return Expect.TYPE
        return Expect.NAMESPACE if word == "namespace" else Expect.PROLOG

    @staticmethod
    def _between(word: str) -> Expect:
        if word in {"as", "of"}:
            return Expect.TYPE
        return Expect.OPERATOR if word in words.TRAILING else Expect.OPERAND

    def _starts_expression(self, word: str, end: int, ahead: str) -> bool:
        follow = words.STARTS.get(word)
        if follow is None:
            return False
        if ahead in follow or ("name" in follow and ahead and words.NAME_START.match(ahead)):
            if ahead in {"{", "(", "$", "%", '"', "'"} or word in words.BARE_STARTS:
                return True
            following = _NEXT_NAME.match(self.line, end, self.end)
            return following is not None and (word in words.PROLOG_STARTS or following.group(1) in {"{", ""})
        return False
