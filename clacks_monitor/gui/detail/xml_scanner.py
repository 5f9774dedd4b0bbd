"""Cuts a line of XML into pieces for colouring, in a time that grows with the line and with nothing else.

Every piece is found by looking at the characters of that piece, and at those behind it only up to a bound; no place is
looked at again. Pure; any thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class State(IntEnum):
    """Where a line begins or ends; Qt keeps it with each line."""

    TEXT = 0
    COMMENT = 1
    TAG = 2
    DOUBLE = 3
    SINGLE = 4
    CDATA = 5
    INSTRUCTION = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """``kind`` is "" for what gets no colour; ``looked`` is the end of what was looked at to find it."""

    start: int
    end: int
    kind: str
    state: State
    looked: int


_NAME = re.compile(r"[\w:.-]++")
_TAG_START = re.compile(r"</?[\w:.-]++")
_SPACE = re.compile(r"\s++")
_ODD = re.compile(r"""[^\w:.\-\s<>"'/]++""")
_ENTITY = re.compile(r"&[#\w]{1,32}+;")
_TEXT = re.compile(r"[^<&]++")
_AFTER_ENTITY = 34
_ENDS = {
    State.COMMENT: ("-->", "comment"),
    State.CDATA: ("]]>", ""),
    State.INSTRUCTION: ("?>", "tag"),
}
_OPENINGS = (("<!--", State.COMMENT), ("<![CDATA[", State.CDATA), ("<?", State.INSTRUCTION))
_QUOTES = {State.DOUBLE: '"', State.SINGLE: "'"}


def pieces(text: str, state: State) -> Iterator[Piece]:
    """Yield pieces that follow each other from the first to the last character of a line."""
    at, end = 0, len(text)
    while at < end:
        piece = _piece(text, at, state)
        yield piece
        at, state = piece.end, piece.state


def _piece(text: str, at: int, state: State) -> Piece:
    if state in _ENDS:
        return _until(text, at, at, state)
    if state in _QUOTES:
        return _string(text, at, at, state)
    return _in_tag(text, at) if state is State.TAG else _in_text(text, at)


def _until(text: str, at: int, search: int, state: State) -> Piece:
    closing, kind = _ENDS[state]
    found = text.find(closing, search)
    if found < 0:
        return Piece(at, len(text), kind, state, len(text))
    end = found + len(closing)
    return Piece(at, end, kind, State.TEXT, end)


def _string(text: str, at: int, search: int, state: State) -> Piece:
    found = text.find(_QUOTES[state], search)
    if found < 0:
        return Piece(at, len(text), "string", state, len(text))
    return Piece(at, found + 1, "string", State.TAG, found + 1)


def _in_text(text: str, at: int) -> Piece:
    sign = text[at]
    if sign == "<":
        for opening, state in _OPENINGS:
            if text.startswith(opening, at):
                return _until(text, at, at + len(opening), state)
        found = _TAG_START.match(text, at)
        if found is not None:
            return Piece(at, found.end(), "tag", State.TAG, found.end() + 1)
        return Piece(at, at + 1, "", State.TEXT, at + 3)
    if sign == "&":
        found = _ENTITY.match(text, at)
        if found is not None:
            return Piece(at, found.end(), "entity", State.TEXT, found.end())
        return Piece(at, at + 1, "", State.TEXT, at + _AFTER_ENTITY)
    found = _TEXT.match(text, at)
    end = found.end() if found is not None else at + 1
    return Piece(at, end, "", State.TEXT, end + 1)


def _in_tag(text: str, at: int) -> Piece:
    sign = text[at]
    if sign == "<":
        return _in_text(text, at)
    if sign == ">" or text.startswith("/>", at):
        end = at + (1 if sign == ">" else 2)
        return Piece(at, end, "tag", State.TEXT, end)
    if sign in "\"'":
        return _string(text, at, at + 1, State.DOUBLE if sign == '"' else State.SINGLE)
    found = _NAME.match(text, at)
    if found is not None:
        end = found.end()
        return Piece(at, end, "attribute" if text.startswith("=", end) else "", State.TAG, end + 1)
    found = _SPACE.match(text, at) or _ODD.match(text, at)
    end = found.end() if found is not None else at + 1
    return Piece(at, end, "", State.TAG, end + 1)
