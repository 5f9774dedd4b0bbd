"""Tokens of query text and the states between lines, as the editor's lexer returns them.

Role: values of highlight, completion, hover and layout. Owner: editor. Thread: any.
"""

from __future__ import annotations

import enum
from typing import NamedTuple


class TokenClass(enum.StrEnum):
    """The kind of a piece of query text, in the terms of a colour scheme."""

    KEYWORD = "keyword"
    FUNCTION = "function"
    VARIABLE = "variable"
    PREFIX = "prefix"
    NAME = "name"
    TYPE = "type"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    TAG = "tag"
    ATTRIBUTE = "attribute"
    ENTITY = "entity"
    TEXT = "text"
    OPERATOR = "operator"
    ERROR = "error"


class Token(NamedTuple):
    """One classified piece: ``start`` included, ``end`` excluded, in code points. Blanks have none."""

    start: int
    end: int
    kind: TokenClass


class Expect(enum.IntEnum):
    """What the grammar expects next in a stretch of query text."""

    OPERAND = 0
    OPERATOR = 1
    TYPE = 2
    AFTER_TYPE = 3
    PROLOG = 4
    NAMESPACE = 5
    STEP = 6


class Level(NamedTuple):
    """A level of nesting: the mode, the bracket or element it belongs to, what comes next."""

    mode: str
    detail: str
    expect: Expect = Expect.OPERAND


class LineState(NamedTuple):
    """Where a line ends: pass it on to the next line. Equal states give equal tokens."""

    levels: tuple[Level, ...]


INITIAL = LineState((Level("query", ""),))
"""The state before the first line."""
