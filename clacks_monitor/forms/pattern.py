r"""Describes XML Schema's regular expressions, and generates texts that match them. Thread: any.

Operators read "a plus sign, then 3 or more digits" and not ``\+[0-9]{3,}``; new events get a value that matches. A
pattern that this module cannot read is shown unchanged and has no example.
Source: https://www.w3.org/TR/xmlschema-2/#regexs.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message, either

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["describe_pattern", "example"]

_MAX_DEPTH: Final = 20
"""Deeper nesting cannot be described readably."""
_MAX_DESCRIPTION: Final = 160
"""The longest description, about two lines of help."""
_MAX_EXAMPLE: Final = 2000
"""The longest example; the bounds of a repetition may be huge."""


@dataclass(frozen=True, slots=True)
class _Characters:
    """A set of characters: its description, and some of its members."""

    description: str
    plural: str
    examples: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    atom: _Characters | _Expression
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class _Expression:
    branches: tuple[tuple[_Piece, ...], ...]


class _UnreadableError(ValueError):
    """A construct that this module does not describe."""


_ESCAPES: Final = {
    "d": _Characters(Message("a digit"), Message("digits"), "0123456789"),
    "D": _Characters(Message("a character that is not a digit"), Message("characters that are not digits"), "abc-"),
    "s": _Characters(Message("a space"), Message("spaces"), " "),
    "S": _Characters(Message("a character that is not a blank"), Message("characters that are not blanks"), "abc1"),
    "w": _Characters(Message("a letter or digit"), Message("letters or digits"), "abcxyz012"),
    "W": _Characters(Message("a punctuation mark or space"), Message("punctuation marks or spaces"), "-.,"),
    "i": _Characters(Message("a letter, underscore or colon"), Message("letters, underscores or colons"), "abc_"),
    "I": _Characters(Message("a character that is not a letter"), Message("characters that are not letters"), "1-"),
    "c": _Characters(Message("a name character"), Message("name characters"), "abc-012"),
    "C": _Characters(
        Message("a character that is not a name character"), Message("characters not allowed in names"), " ,"
    ),
}
_CATEGORIES: Final = {
    "L": _Characters(Message("a letter"), Message("letters"), "abcxyz"),
    "Lu": _Characters(Message("a capital letter"), Message("capital letters"), "ABCXYZ"),
    "Ll": _Characters(Message("a small letter"), Message("small letters"), "abcxyz"),
    "N": _Characters(Message("a number sign"), Message("number signs"), "0123456789"),
    "Nd": _Characters(Message("a digit"), Message("digits"), "0123456789"),
    "P": _Characters(Message("a punctuation mark"), Message("punctuation marks"), ".,;-"),
    "Z": _Characters(Message("a separator"), Message("separators"), " "),
    "Zs": _Characters(Message("a space"), Message("spaces"), " "),
    "S": _Characters(Message("a symbol"), Message("symbols"), "+$<"),
    "Sc": _Characters(Message("a currency sign"), Message("currency signs"), "$"),
    "IsBasicLatin": _Characters(Message("a basic Latin character"), Message("basic Latin characters"), "abcXYZ012"),
}
_NAMES: Final = {
    " ": Message("a space"), "+": Message("a plus sign"), "-": Message("a hyphen"), ".": Message("a dot"),
    ",": Message("a comma"), ":": Message("a colon"), ";": Message("a semicolon"), "/": Message("a slash"),
    "\\": Message("a backslash"), "@": Message("an at sign"), "#": Message("a hash sign"),
    "_": Message("an underscore"), "(": Message("an opening bracket"), ")": Message("a closing bracket"),
    "*": Message("an asterisk"), "%": Message("a per cent sign"), "&": Message("an ampersand"),
    "=": Message("an equals sign"), "\n": Message("a line end"), "\t": Message("a tab"),
    "\r": Message("a carriage return"),
}  # fmt: skip
_RANGES: Final = {
    frozenset(names.split()): description
    for names, description in {
        "0-9": (Message("a digit"), Message("digits")),
        "a-z": (Message("a small letter"), Message("small letters")),
        "A-Z": (Message("a capital letter"), Message("capital letters")),
        "a-z A-Z": (Message("a letter"), Message("letters")),
        "a-z A-Z 0-9": (Message("a letter or digit"), Message("letters or digits")),
        "A-Z 0-9": (Message("a capital letter or digit"), Message("capital letters or digits")),
        "a-z 0-9": (Message("a small letter or digit"), Message("small letters or digits")),
        "0-9 a-f A-F": (Message("a hexadecimal digit"), Message("hexadecimal digits")),
        "0-9 A-F": (Message("a hexadecimal digit (capital)"), Message("hexadecimal digits (capital)")),
        "0-9 a-f": (Message("a hexadecimal digit (small)"), Message("hexadecimal digits (small)")),
    }.items()
}
_RANGE: Final = re.compile(r"\w-\w")
_QUANTIFIER: Final = re.compile(r"\{(\d+)(,(\d*))?\}")
_PROPERTY: Final = re.compile(r"([pP])\{([A-Za-z0-9-]+)\}")
_EXAMPLE_ALPHABET: Final = "abcxyz0123456789ABCXYZ-_., :/+@#%&=()*!"


class _PatternReader:
    """Recursive descent over one pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def pop(self) -> str:
        character = self.peek()
        if not character:
            raise _UnreadableError("the pattern ends too early")
        self.at += 1
        return character

    def expression(self, depth: int = 0) -> _Expression:
        if depth > _MAX_DEPTH:
            raise _UnreadableError("nested too deeply")
        branches = [self.branch(depth)]
        while self.peek() == "|":
            self.pop()
            branches.append(self.branch(depth))
        return _Expression(tuple(branches))

    def branch(self, depth: int) -> tuple[_Piece, ...]:
        pieces: list[_Piece] = []
        while self.peek() not in {"", "|", ")"}:
            atom = self.atom(depth)
            pieces.append(_Piece(atom, *self.quantifier()))
        return tuple(pieces)

    def quantifier(self) -> tuple[int, int | None]:
        simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        found = simple.get(self.peek())
        if found is not None:
            self.pop()
            return found
        counted = _QUANTIFIER.match(self.pattern, self.at)
        if counted is None:
            return 1, 1
        self.at = counted.end()
        minimum = int(counted[1])
        if counted[2] is None:
            return minimum, minimum
        return minimum, int(counted[3]) if counted[3] else None

    def atom(self, depth: int) -> _Characters | _Expression:
        character = self.pop()
        if character == "(":
            inner = self.expression(depth + 1)
            if self.pop() != ")":
                raise _UnreadableError("an opening bracket has no partner")
            return inner
        if character == "[":
            return self.char_class()
        if character == ".":
            return _Characters(Message("any character"), Message("characters"), "abcxyz012")
        if character == "\\":
            return self.escape()
        if character in "?*+{}]":
            raise _UnreadableError(f"{character} repeats nothing")
        return _literal(character)

    def escape(self) -> _Characters:
        named = _PROPERTY.match(self.pattern, self.at)
        if named is not None:
            self.at = named.end()
            known = _CATEGORIES.get(named[2])
            if known is None or named[1] == "P":
                raise _UnreadableError(f"the category {named[2]}")
            return known
        character = self.pop()
        if character in _ESCAPES:
            return _ESCAPES[character]
        return _literal({"n": "\n", "t": "\t", "r": "\r"}.get(character, character))

    def char_class(self) -> _Characters:
        negated = self.peek() == "^"
        if negated:
            self.pop()
        begin = self.at
        members: list[str] = []
        descriptions: list[str] = []
        while self.peek() != "]":
            if self.pattern.startswith("-[", self.at):
                raise _UnreadableError("a subtraction")
            self.class_member(members, descriptions)
        raw = self.pattern[begin : self.at]
        self.pop()
        pool = "".join(members)
        if not pool:
            raise _UnreadableError("nothing to choose from")
        if negated:
            others = "".join(c for c in _EXAMPLE_ALPHABET if c not in pool)
            listed = _or(descriptions)
            return _Characters(
                Message("a character other than {0}", listed), Message("characters other than {0}", listed), others
            )
        known = _RANGES.get(frozenset(_RANGE.findall(raw))) if _RANGE.sub("", raw) == "" else None
        if known is not None:
            return _Characters(*known, pool)
        listed = _or(descriptions)
        single = Message("one of {0}", listed) if len(descriptions) > 1 else listed
        return _Characters(single, Message("of {0}", listed), pool)

    def class_member(self, members: list[str], descriptions: list[str]) -> None:
        character = self.pop()
        if character == "\\":
            found = self.escape()
            if not found.literal:
                members.append(found.examples)
                descriptions.append(found.plural)
                return
            character = found.examples
        if self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in {"]", "[", ""}:
            self.pop()
            end = self.pop()
            if end == "\\":
                escaped = self.escape()
                if not escaped.literal:
                    raise _UnreadableError("a range ends with a set")
                end = escaped.examples
            if ord(end) < ord(character):
                raise _UnreadableError("a range runs backwards")
            last = min(ord(end), ord(character) + 200)
            members.append("".join(chr(code) for code in range(ord(character), last + 1)))
            descriptions.append(Message("{0} to {1}", character, end))
            return
        members.append(character)
        descriptions.append(_NAMES.get(character, character))


def _literal(character: str) -> _Characters:
    description = _NAMES.get(character, f"“{character}”")
    return _Characters(description, Message("times {0}", description), character, literal=True)


def _or(descriptions: Sequence[str]) -> str:
    return reduce(lambda one, other: Message("{0} or {1}", one, other), descriptions)


@lru_cache(maxsize=512)
def _read(pattern: str) -> _Expression | None:
    reader = _PatternReader(pattern)
    try:
        found = reader.expression()
    except (_UnreadableError, ValueError):
        return None
    return found if reader.at == len(pattern) else None


def describe_pattern(pattern: str) -> str:
    """Describe a pattern; the pattern itself where a description would be too long."""
    found = _read(pattern)
    if found is None:
        return Message("the pattern {0}", pattern)
    description = _describe(found)
    return description if len(description) < _MAX_DESCRIPTION else Message("the pattern {0}", pattern)


def _describe(expression: _Expression) -> str:
    return either([_describe_branch(branch) for branch in expression.branches])


def _describe_branch(branch: tuple[_Piece, ...]) -> str:
    pieces = list(_describe_pieces(branch))
    return reduce(lambda one, other: Message("{0}, then {1}", one, other), pieces) if pieces else Message("nothing")


def _describe_pieces(branch: tuple[_Piece, ...]) -> Iterator[str]:
    """Yield the description of each piece; adjacent literal characters are one quoted text."""
    for literal, pieces in itertools.groupby(branch, _is_literal):
        if literal:
            text = "".join(piece.atom.examples for piece in pieces if isinstance(piece.atom, _Characters))
            yield _literal(text).description
        else:
            yield from map(_describe_piece, pieces)


def _is_literal(piece: _Piece) -> bool:
    return isinstance(piece.atom, _Characters) and piece.atom.literal and piece.maximum == 1 == piece.minimum


def _describe_piece(piece: _Piece) -> str:
    atom, low, high = piece.atom, piece.minimum, piece.maximum
    if isinstance(atom, _Characters):
        single = atom.description
    else:
        single = _describe(atom)
        if len(atom.branches) > 1 or len(atom.branches[0]) > 1:
            single = Message("({0})", single)
    if (low, high) == (1, 1):
        return single
    if (low, high) == (0, 1):
        return Message("perhaps {0}", single)
    counted = isinstance(atom, _Characters) and not atom.literal
    many = atom.plural if isinstance(atom, _Characters) and counted else Message("times {0}", single)
    if high is None:
        return Message("any number of {0}", many) if low == 0 and counted else Message("{0} or more {1}", low, many)
    return Message("{0} {1}", low, many) if low == high else Message("{0} to {1} {2}", low, high, many)


def example(pattern: str, *, at_least: int = 0, at_most: int | None = None, variation: int = 0) -> str | None:
    """Return a text that the pattern matches, or None when this module cannot find one.

    Repetitions are extended towards ``at_least`` characters where the pattern allows it; another ``variation`` uses
    other characters of each set.
    """
    found = _read(pattern)
    if found is None:
        return None
    for stretch in (0, 1, 2, 4, 8, 16, 32, 64, at_least):
        for branch in found.branches:
            text = _branch_example(branch, stretch, variation)
            if text is not None and len(text) >= at_least and (at_most is None or len(text) <= at_most):
                return text
    return None


def _branch_example(branch: tuple[_Piece, ...], stretch: int, variation: int) -> str | None:
    text = ""
    for piece in branch:
        most = piece.maximum if piece.maximum is not None else stretch
        for index in range(max(piece.minimum, min(stretch, most))):
            found = _atom_example(piece.atom, index + variation, stretch, variation)
            if found is None or len(text) >= _MAX_EXAMPLE:
                return None
            text += found
    return text


def _atom_example(atom: _Characters | _Expression, index: int, stretch: int, variation: int) -> str | None:
    if isinstance(atom, _Characters):
        return atom.examples[index % len(atom.examples)] if atom.examples else None
    return _branch_example(atom.branches[index % len(atom.branches)], stretch, variation)
