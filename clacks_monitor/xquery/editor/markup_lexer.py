"""The lexer's modes in which white space counts: comments, strings, templates, tags, content.

Role: the lower half of `lexer`. Owner: highlight. Thread: a lexer belongs to one call.
"""

from __future__ import annotations

import re
from typing import Final

from clacks_monitor.xquery.editor import words
from clacks_monitor.xquery.editor.tokens import Expect, Frame, Token, TokenClass

MAX_LINE: Final = 10_000
"""Code points of one line that are looked at; the rest of a longer line is plain text."""
MAX_DEPTH: Final = 200
"""Open brackets and elements that are tracked; deeper ones are marked as errors."""
_NAME: Final = words.NCNAME
_COMMENT_EDGE: Final = re.compile(r"\(:|:\)")
_STRING_EDGE: Final = {
    '"': re.compile(r'""|"|&'),
    "'": re.compile(r"''|'|&"),
}
_VALUE_EDGE: Final = {
    '"': re.compile(r'""|"|&|\{\{|\}\}|[{}<]'),
    "'": re.compile(r"''|'|&|\{\{|\}\}|[{}<]"),
}
_TEMPLATE_EDGE: Final = re.compile(r"`\{|\]``")
_ENTITY: Final = re.compile(r"&(?:lt|gt|amp|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);")
_TAG: Final = re.compile(rf"(\s+)|(/>)|(>)|(=)|([\"'])|((?:{_NAME}:)?{_NAME})|(.)")
_CONTENT: Final = re.compile(
    rf"(<!--)|(<!\[CDATA\[)|(<\?)|</((?:{_NAME}:)?(?:{_NAME})?)|<((?:{_NAME}:)?{_NAME})"
    r"|(\{\{|\}\})|([{}<&])",
)
_RAW_ENDS: Final = {"xml-comment": "-->", "cdata": "]]>", "pi": "?>", "pragma": "#)"}
_RAW_KINDS: Final = {
    "xml-comment": TokenClass.COMMENT,
    "cdata": TokenClass.TEXT,
    "pi": TokenClass.TAG,
    "pragma": TokenClass.COMMENT,
}
_new: Final = tuple.__new__  # half the time of Token(...), which runs thousands of times per text


class MarkupLexer:
    """A position in a line, the levels around it, and the tokens so far."""

    def __init__(self, line: str, frames: list[Frame]) -> None:
        self.line = line
        self.end = min(len(line), MAX_LINE)
        self.frames = frames
        self.tokens: list[Token] = []
        self.pos = 0

    def _emit(self, end: int, kind: TokenClass) -> None:
        if end > self.pos:
            self.tokens.append(_new(Token, (self.pos, end, kind)))
            self.pos = end

    def _push(self, frame: Frame, end: int, kind: TokenClass) -> None:
        if len(self.frames) >= MAX_DEPTH:
            self._emit(end, TokenClass.ERROR)
        else:
            self._emit(end, kind)
            self.frames.append(frame)

    def _pop(self, end: int, kind: TokenClass) -> None:
        """Leave a level; a query below it has got its operand."""
        self._emit(end, kind)
        self.frames.pop()
        below = self.frames[-1]
        if below.mode == "query" and below.expect in {Expect.OPERAND, Expect.STEP}:
            self._expect(Expect.OPERATOR)

    def _expect(self, expect: Expect) -> None:
        frame = self.frames[-1]
        if frame.expect != expect:
            self.frames[-1] = Frame(frame.mode, frame.detail, expect)

    def _comment(self) -> None:
        edge = _COMMENT_EDGE.search(self.line, self.pos, self.end)
        if edge is None:
            self._emit(self.end, TokenClass.COMMENT)
        elif edge.group() == "(:":
            self._push(Frame("comment", ""), edge.end(), TokenClass.COMMENT)
        else:  # a comment is blank space: what was expected before it still is
            self._emit(edge.end(), TokenClass.COMMENT)
            self.frames.pop()

    def _string(self) -> None:
        quote = self.frames[-1].detail
        edge = _STRING_EDGE[quote].search(self.line, self.pos, self.end)
        if edge is None:
            self._emit(self.end, TokenClass.STRING)
        elif edge.group() == "&":
            self._emit(edge.start(), TokenClass.STRING)
            self._entity()
        elif edge.group() == quote:
            self._pop(edge.end(), TokenClass.STRING)
        else:
            self._emit(edge.end(), TokenClass.STRING)

    def _entity(self) -> None:
        match = _ENTITY.match(self.line, self.pos, self.end)
        if match:
            self._emit(match.end(), TokenClass.ENTITY)
        else:
            self._emit(self.pos + 1, TokenClass.ERROR)

    def _template(self) -> None:
        edge = _TEMPLATE_EDGE.search(self.line, self.pos, self.end)
        if edge is None:
            self._emit(self.end, TokenClass.STRING)
        elif edge.group() == "]``":
            self._pop(edge.end(), TokenClass.STRING)
        else:
            self._push(Frame("query", "`{"), edge.end(), TokenClass.STRING)

    def _raw(self) -> None:
        """Take text up to a fixed end: XML comment, CDATA, instruction, pragma."""
        mode = self.frames[-1].mode
        kind = _RAW_KINDS[mode]
        found = self.line.find(_RAW_ENDS[mode], self.pos, self.end)
        if found < 0:
            self._emit(self.end, kind)
        else:
            self._pop(found + len(_RAW_ENDS[mode]), kind)

    def _tag(self) -> None:
        match = _TAG.match(self.line, self.pos, self.end)
        if match is None:
            self._emit(self.pos + 1, TokenClass.ERROR)
        elif match.group(1):
            self.pos = match.end()
        elif match.group(2):
            self._pop(match.end(), TokenClass.TAG)
        elif match.group(3):
            self._emit(match.end(), TokenClass.TAG)
            self.frames[-1] = Frame("content", self.frames[-1].detail)
        elif match.group(4):
            self._emit(match.end(), TokenClass.OPERATOR)
        elif match.group(5):
            self._push(Frame("value", match.group(5)), match.end(), TokenClass.STRING)
        elif match.group(6):
            self._emit(match.end(), TokenClass.ATTRIBUTE)
        else:
            self._emit(match.end(), TokenClass.ERROR)

    def _value(self) -> None:
        quote = self.frames[-1].detail
        edge = _VALUE_EDGE[quote].search(self.line, self.pos, self.end)
        if edge is None:
            self._emit(self.end, TokenClass.STRING)
            return
        if edge.start() > self.pos:
            self._emit(edge.start(), TokenClass.STRING)
        self._value_edge(edge.group(), quote, edge.end())

    def _value_edge(self, text: str, quote: str, end: int) -> None:
        if text == "&":
            self._entity()
        elif text == quote:
            self._pop(end, TokenClass.STRING)
        elif text == "{":
            self._push(Frame("query", "{"), end, TokenClass.STRING)
        else:
            self._emit(end, TokenClass.ERROR if text in {"}", "<"} else TokenClass.STRING)

    def _content(self) -> None:
        match = _CONTENT.search(self.line, self.pos, self.end)
        if match is None:
            self._emit(self.end, TokenClass.TEXT)
            return
        self._emit(match.start(), TokenClass.TEXT)
        end = match.end()
        opening = ("", "xml-comment", "cdata", "pi")
        if match.lastindex is not None and match.lastindex < len(opening):
            mode = opening[match.lastindex]
            self._push(Frame(mode, ""), end, _RAW_KINDS[mode])
        elif match.group(4) is not None:
            right = match.group(4) == self.frames[-1].detail
            self._emit(end, TokenClass.TAG if right else TokenClass.ERROR)
            self.frames[-1] = Frame("close", "")
        elif match.group(5):
            self._push(Frame("tag", match.group(5)), end, TokenClass.TAG)
        elif match.group(6):
            self._emit(end, TokenClass.TEXT)
        elif match.group(7) == "{":
            self._push(Frame("query", "{"), end, TokenClass.OPERATOR)
        elif match.group(7) == "&":
            self._entity()
        else:
            self._emit(end, TokenClass.ERROR)

    def _close(self) -> None:
        """Finish an end tag, whose `>` may stand after blanks or on the next line."""
        char = self.line[self.pos]
        if char.isspace():
            self.pos += 1
        elif char == ">":
            self._pop(self.pos + 1, TokenClass.TAG)
        else:
            self._emit(self.pos + 1, TokenClass.ERROR)
            self.frames.pop()
