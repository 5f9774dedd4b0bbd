"""The lexer's modes in which white space counts: comments, strings, templates, tags, content.

Role: one function per mode, each of which consumes at least one character. Owner: lexer. Thread: as ``LexerState``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.editor import keywords
from clacks_monitor.xquery.editor.tokens import Level, TokenClass

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.xquery.editor.lexer_state import LexerState

_NAME: Final = keywords.NCNAME
_COMMENT_EDGE: Final = re.compile(r"\(:|:\)")
_STRING_EDGE: Final = {'"': re.compile(r'""|"|&'), "'": re.compile(r"''|'|&")}
_VALUE_EDGE: Final = {'"': re.compile(r'""|"|&|\{\{|\}\}|[{}<]'), "'": re.compile(r"''|'|&|\{\{|\}\}|[{}<]")}
_TEMPLATE_EDGE: Final = re.compile(r"`\{|\]``")
_ENTITY: Final = re.compile(r"&(?:lt|gt|amp|quot|apos|#[0-9]+|#x[0-9A-Fa-f]+);")
_TAG: Final = re.compile(rf"(\s+)|(/>)|(>)|(=)|([\"'])|((?:{_NAME}:)?{_NAME})|(.)")
_CONTENT: Final = re.compile(
    rf"(<!--)|(<!\[CDATA\[)|(<\?)|</((?:{_NAME}:)?(?:{_NAME})?)|<((?:{_NAME}:)?{_NAME})"
    r"|(\{\{|\}\})|([{}<&])"
)
_RAW_ENDS: Final = {"xml-comment": "-->", "cdata": "]]>", "pi": "?>", "pragma": "#)"}
_RAW_KINDS: Final = {
    "xml-comment": TokenClass.COMMENT,
    "cdata": TokenClass.TEXT,
    "pi": TokenClass.TAG,
    "pragma": TokenClass.COMMENT,
}


def _comment(state: LexerState) -> None:
    edge = _COMMENT_EDGE.search(state.line, state.pos, state.end)
    if edge is None:
        state.emit(state.end, TokenClass.COMMENT)
    elif edge.group() == "(:":
        state.push(Level("comment", ""), edge.end(), TokenClass.COMMENT)
    else:  # a comment is blank space: what was expected before it still is
        state.emit(edge.end(), TokenClass.COMMENT)
        state.levels.pop()


def _string(state: LexerState) -> None:
    quote = state.levels[-1].detail
    edge = _STRING_EDGE[quote].search(state.line, state.pos, state.end)
    if edge is None:
        state.emit(state.end, TokenClass.STRING)
    elif edge.group() == "&":
        state.emit(edge.start(), TokenClass.STRING)
        _entity(state)
    elif edge.group() == quote:
        state.pop(edge.end(), TokenClass.STRING)
    else:
        state.emit(edge.end(), TokenClass.STRING)


def _entity(state: LexerState) -> None:
    match = _ENTITY.match(state.line, state.pos, state.end)
    if match:
        state.emit(match.end(), TokenClass.ENTITY)
    else:
        state.emit(state.pos + 1, TokenClass.ERROR)


def _template(state: LexerState) -> None:
    edge = _TEMPLATE_EDGE.search(state.line, state.pos, state.end)
    if edge is None:
        state.emit(state.end, TokenClass.STRING)
    elif edge.group() == "]``":
        state.pop(edge.end(), TokenClass.STRING)
    else:
        state.push(Level("query", "`{"), edge.end(), TokenClass.STRING)


def _raw(state: LexerState) -> None:
    """Take text up to a fixed end: XML comment, CDATA, instruction, pragma."""
    mode = state.levels[-1].mode
    kind = _RAW_KINDS[mode]
    found = state.line.find(_RAW_ENDS[mode], state.pos, state.end)
    if found < 0:
        state.emit(state.end, kind)
    else:
        state.pop(found + len(_RAW_ENDS[mode]), kind)


def _tag(state: LexerState) -> None:
    match = _TAG.match(state.line, state.pos, state.end)
    if match is None:
        state.emit(state.pos + 1, TokenClass.ERROR)
    elif match.group(1):
        state.pos = match.end()
    elif match.group(2):
        state.pop(match.end(), TokenClass.TAG)
    elif match.group(3):
        state.emit(match.end(), TokenClass.TAG)
        state.levels[-1] = Level("content", state.levels[-1].detail)
    elif match.group(4):
        state.emit(match.end(), TokenClass.OPERATOR)
    elif match.group(5):
        state.push(Level("value", match.group(5)), match.end(), TokenClass.STRING)
    elif match.group(6):
        state.emit(match.end(), TokenClass.ATTRIBUTE)
    else:
        state.emit(match.end(), TokenClass.ERROR)


def _attribute_value(state: LexerState) -> None:
    quote = state.levels[-1].detail
    edge = _VALUE_EDGE[quote].search(state.line, state.pos, state.end)
    if edge is None:
        state.emit(state.end, TokenClass.STRING)
        return
    if edge.start() > state.pos:
        state.emit(edge.start(), TokenClass.STRING)
    _value_edge(state, edge.group(), quote, edge.end())


def _value_edge(state: LexerState, text: str, quote: str, end: int) -> None:
    if text == "&":
        _entity(state)
    elif text == quote:
        state.pop(end, TokenClass.STRING)
    elif text == "{":
        state.push(Level("query", "{"), end, TokenClass.STRING)
    else:
        state.emit(end, TokenClass.ERROR if text in {"}", "<"} else TokenClass.STRING)


def _content(state: LexerState) -> None:
    match = _CONTENT.search(state.line, state.pos, state.end)
    if match is None:
        state.emit(state.end, TokenClass.TEXT)
        return
    state.emit(match.start(), TokenClass.TEXT)
    end = match.end()
    opening = ("", "xml-comment", "cdata", "pi")
    if match.lastindex is not None and match.lastindex < len(opening):
        mode = opening[match.lastindex]
        state.push(Level(mode, ""), end, _RAW_KINDS[mode])
    elif match.group(4) is not None:
        right = match.group(4) == state.levels[-1].detail
        state.emit(end, TokenClass.TAG if right else TokenClass.ERROR)
        state.levels[-1] = Level("close", "")
    elif match.group(5):
        state.push(Level("tag", match.group(5)), end, TokenClass.TAG)
    elif match.group(6):
        state.emit(end, TokenClass.TEXT)
    elif match.group(7) == "{":
        state.push(Level("query", "{"), end, TokenClass.OPERATOR)
    elif match.group(7) == "&":
        _entity(state)
    else:
        state.emit(end, TokenClass.ERROR)


def _end_tag(state: LexerState) -> None:
    """Finish an end tag, whose ``>`` may stand after blanks or on the next line."""
    char = state.line[state.pos]
    if char.isspace():
        state.pos += 1
    elif char == ">":
        state.pop(state.pos + 1, TokenClass.TAG)
    else:
        state.emit(state.pos + 1, TokenClass.ERROR)
        state.levels.pop()


MARKUP_MODES: Final[dict[str, Callable[[LexerState], None]]] = {
    "comment": _comment,
    "string": _string,
    "value": _attribute_value,
    "tag": _tag,
    "content": _content,
    "close": _end_tag,
    "template": _template,
    **dict.fromkeys(_RAW_ENDS, _raw),
}
"""By the mode of a level: what consumes the next part of the line."""
