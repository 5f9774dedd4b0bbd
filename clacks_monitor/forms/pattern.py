r"""XML Schema's regular expressions: read, told in words, and given an example of.

Role: operators read "a plus sign, then 3 or more digits" and not `\+[0-9]{3,}`; new fields and
generated events get a value that fits. Source: https://www.w3.org/TR/xmlschema-2/#regexs.
What this module cannot read is shown as it stands, and has no example.
Owner: nobody, pure functions. Thread: any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message, either

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["describe_pattern", "example"]

_MAX_EXAMPLE: Final = 2000
"""An example longer than this is no help; repetition bounds may be huge."""


@dataclass(frozen=True, slots=True)
class _Characters:
    """A set of characters: what it is called, and some that are in it."""

    words: str
    plural: str
    sample: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class _Repeated:
    atom: _Characters | _Branches
    minimum: int
    maximum: int | None


@dataclass(frozen=True, slots=True)
class _Branches:
    options: tuple[tuple[_Repeated, ...], ...]


class _UnreadableError(ValueError):
    """A construct outside of what this module explains."""


_ESCAPES: Final = {
    "d": _Characters(Message("a digit"), Message("digits"), "0123456789"),
    "D": _Characters(Message("a character that is no digit"), Message("characters that are no digits"), "abc-"),
    "s": _Characters(Message("a blank"), Message("blanks"), " "),
    "S": _Characters(Message("a character that is no blank"), Message("characters that are no blanks"), "abc1"),
    "w": _Characters(Message("a letter or digit"), Message("letters or digits"), "abcxyz012"),
    "W": _Characters(Message("a punctuation mark or blank"), Message("punctuation marks or blanks"), "-.,"),
    "i": _Characters(Message("a letter, underscore or colon"), Message("letters, underscores or colons"), "abc_"),
    "I": _Characters(Message("no letter"), Message("characters that are no letters"), "1-"),
    "c": _Characters(Message("a name character"), Message("name characters"), "abc-012"),
    "C": _Characters(Message("no name character"), Message("characters outside of names"), " ,"),
}
_CATEGORIES: Final = {
    "L": _Characters(Message("a letter"), Message("letters"), "abcxyz"),
    "Lu": _Characters(Message("a capital letter"), Message("capital letters"), "ABCXYZ"),
    "Ll": _Characters(Message("a small letter"), Message("small letters"), "abcxyz"),
    "N": _Characters(Message("a number sign"), Message("number signs"), "0123456789"),
    "Nd": _Characters(Message("a digit"), Message("digits"), "0123456789"),
    "P": _Characters(Message("a punctuation mark"), Message("punctuation marks"), ".,;-"),
    "Z": _Characters(Message("a separator"), Message("separators"), " "),
    "Zs": _Characters(Message("a blank"), Message("blanks"), " "),
    "S": _Characters(Message("a symbol"), Message("symbols"), "+$<"),
    "Sc": _Characters(Message("a currency sign"), Message("currency signs"), "$"),
    "IsBasicLatin": _Characters(Message("a basic Latin character"), Message("basic Latin characters"), "abcXYZ012"),
}
_NAMES: Final = {
    " ": Message("a blank"), "+": Message("a plus sign"), "-": Message("a dash"), ".": Message("a dot"),
    ",": Message("a comma"), ":": Message("a colon"), ";": Message("a semicolon"), "/": Message("a slash"),
    "\\": Message("a backslash"), "@": Message("an at sign"), "#": Message("a hash sign"),
    "_": Message("an underscore"), "(": Message("an opening bracket"), ")": Message("a closing bracket"),
    "*": Message("an asterisk"), "%": Message("a per cent sign"), "&": Message("an ampersand"),
    "=": Message("an equals sign"), "\n": Message("a line end"), "\t": Message("a tab"),
    "\r": Message("a carriage return"),
}  # fmt: skip
_RANGES: Final = {
    "0-9": (Message("a digit"), Message("digits")),
    "a-z": (Message("a small letter"), Message("small letters")),
    "A-Z": (Message("a capital letter"), Message("capital letters")),
    "a-zA-Z": (Message("a letter"), Message("letters")),
    "A-Za-z": (Message("a letter"), Message("letters")),
    "a-zA-Z0-9": (Message("a letter or digit"), Message("letters or digits")),
    "A-Za-z0-9": (Message("a letter or digit"), Message("letters or digits")),
    "0-9a-zA-Z": (Message("a letter or digit"), Message("letters or digits")),
    "0-9A-Za-z": (Message("a letter or digit"), Message("letters or digits")),
    "A-Z0-9": (Message("a capital letter or digit"), Message("capital letters or digits")),
    "a-z0-9": (Message("a small letter or digit"), Message("small letters or digits")),
    "0-9a-fA-F": (Message("a hexadecimal digit"), Message("hexadecimal digits")),
    "a-fA-F0-9": (Message("a hexadecimal digit"), Message("hexadecimal digits")),
    "0-9A-Fa-f": (Message("a hexadecimal digit"), Message("hexadecimal digits")),
    "A-Fa-f0-9": (Message("a hexadecimal digit"), Message("hexadecimal digits")),
    "0-9A-F": (Message("a hexadecimal digit (capital)"), Message("hexadecimal digits (capital)")),
    "0-9a-f": (Message("a hexadecimal digit (small)"), Message("hexadecimal digits (small)")),
}
_QUANTIFIER: Final = re.compile(r"\{(\d+)(,(\d*))?\}")
_PROPERTY: Final = re.compile(r"([pP])\{([A-Za-z0-9-]+)\}")
_EXAMPLE_ALPHABET: Final = "abcxyz0123456789ABCXYZ-_., :/+@#%&=()*!"


class _Reader:
    """Recursive descent over one pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        character = self.peek()
        if not character:
            raise _UnreadableError("the pattern ends too early")
        self.at += 1
        return character

    def branches(self, depth: int = 0) -> _Branches:
        if depth > 20:  # noqa: PLR2004 - deeper nesting has no readable words
            raise _UnreadableError("nested too deeply")
        options = [self.branch(depth)]
        while self.peek() == "|":
            self.take()
            options.append(self.branch(depth))
        return _Branches(tuple(options))

    def branch(self, depth: int) -> tuple[_Repeated, ...]:
        pieces: list[_Repeated] = []
        while self.peek() not in {"", "|", ")"}:
            atom = self.atom(depth)
            pieces.append(_Repeated(atom, *self.quantifier()))
        return tuple(pieces)

    def quantifier(self) -> tuple[int, int | None]:
        simple: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
        found = simple.get(self.peek())
        if found is not None:
            self.take()
            return found
        counted = _QUANTIFIER.match(self.pattern, self.at)
        if counted is None:
            return 1, 1
        self.at = counted.end()
        minimum = int(counted[1])
        if counted[2] is None:
            return minimum, minimum
        return minimum, int(counted[3]) if counted[3] else None

    def atom(self, depth: int) -> _Characters | _Branches:
        character = self.take()
        if character == "(":
            inner = self.branches(depth + 1)
            if self.take() != ")":
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
        character = self.take()
        if character in _ESCAPES:
            return _ESCAPES[character]
        return _literal({"n": "\n", "t": "\t", "r": "\r"}.get(character, character))

    def char_class(self) -> _Characters:
        negated = self.peek() == "^"
        if negated:
            self.take()
        begin = self.at
        members: list[str] = []
        words: list[str] = []
        while self.peek() != "]":
            if self.pattern.startswith("-[", self.at):
                raise _UnreadableError("a subtraction")
            self.class_member(members, words)
        raw = self.pattern[begin : self.at]
        self.take()
        pool = "".join(members)
        if not pool:
            raise _UnreadableError("nothing to choose from")
        if negated:
            sample = "".join(c for c in _EXAMPLE_ALPHABET if c not in pool)
            listed = _or(words)
            return _Characters(
                Message("a character other than {0}", listed), Message("characters other than {0}", listed), sample
            )
        if raw in _RANGES:
            return _Characters(*_RANGES[raw], pool)
        listed = _or(words)
        return _Characters(Message("one of {0}", listed) if len(words) > 1 else listed, Message("of {0}", listed), pool)

    def class_member(self, members: list[str], words: list[str]) -> None:
        character = self.take()
        if character == "\\":
            found = self.escape()
            if not found.literal:
                members.append(found.sample)
                words.append(found.plural)
                return
            character = found.sample
        if self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in {"]", "[", ""}:
            self.take()
            end = self.take()
            if end == "\\":
                escaped = self.escape()
                if not escaped.literal:
                    raise _UnreadableError("a range ends with a set")
                end = escaped.sample
            if ord(end) < ord(character):
                raise _UnreadableError("a range runs backwards")
            last = min(ord(end), ord(character) + 200)
            members.append("".join(chr(code) for code in range(ord(character), last + 1)))
            words.append(Message("{0} to {1}", character, end))
            return
        members.append(character)
        words.append(_NAMES.get(character, character))


def _literal(character: str) -> _Characters:
    words = _NAMES.get(character, f"“{character}”")
    return _Characters(words, Message("times {0}", words), character, literal=True)


def _or(words: Sequence[str]) -> str:
    return reduce(lambda one, other: Message("{0} or {1}", one, other), words)


@lru_cache(maxsize=512)
def _read(pattern: str) -> _Branches | None:
    reader = _Reader(pattern)
    try:
        found = reader.branches()
    except (_UnreadableError, ValueError):
        return None
    return found if reader.at == len(pattern) else None


def describe_pattern(pattern: str) -> str:
    """Tell a pattern in words; the pattern itself where words would not help."""
    found = _read(pattern)
    if found is None:
        return Message("the form {0}", pattern)
    told = _notify(found)
    return told if len(told) < 160 else Message("the form {0}", pattern)  # noqa: PLR2004 - two lines of help


def _notify(branches: _Branches) -> str:
    return either([_in_turn(option) for option in branches.options])


def _in_turn(option: tuple[_Repeated, ...]) -> str:
    told = _joined(option)
    return reduce(lambda one, other: Message("{0}, then {1}", one, other), told) if told else Message("nothing")


def _joined(option: tuple[_Repeated, ...]) -> list[str]:
    """Words of each piece; neighbouring literal characters become one quoted text."""
    told: list[str] = []
    literal = ""
    for piece in option:
        atom = piece.atom
        if isinstance(atom, _Characters) and atom.literal and piece.maximum == 1 == piece.minimum:
            literal += atom.sample
            continue
        if literal:
            told.append(_literal(literal).words if len(literal) == 1 else f"“{literal}”")
            literal = ""
        told.append(_tell_piece(piece))
    if literal:
        told.append(_literal(literal).words if len(literal) == 1 else f"“{literal}”")
    return told


def _tell_piece(piece: _Repeated) -> str:
    single = piece.atom.words if isinstance(piece.atom, _Characters) else _notify(piece.atom)
    if isinstance(piece.atom, _Branches) and (len(piece.atom.options) > 1 or len(piece.atom.options[0]) > 1):
        single = Message("({0})", single)
    low, high = piece.minimum, piece.maximum
    if (low, high) == (1, 1):
        return single
    if (low, high) == (0, 1):
        return Message("perhaps {0}", single)
    counted = isinstance(piece.atom, _Characters) and not piece.atom.literal
    many = piece.atom.plural if isinstance(piece.atom, _Characters) and counted else Message("times {0}", single)
    if high is None:
        return Message("any number of {0}", many) if low == 0 and counted else Message("{0} or more {1}", low, many)
    return Message("{0} {1}", low, many) if low == high else Message("{0} to {1} {2}", low, high, many)


def example(pattern: str, *, at_least: int = 0, at_most: int | None = None, variation: int = 0) -> str | None:
    """Give a text that the pattern allows, or None when this module cannot tell.

    Repetitions are stretched towards `at_least` characters where the pattern lets them; another
    variation takes other characters of each set.
    """
    found = _read(pattern)
    if found is None:
        return None
    for stretch in (0, 1, 2, 4, 8, 16, 32, 64, at_least):
        for option in found.options:
            text = _sample_option(option, stretch, variation)
            if text is not None and len(text) >= at_least and (at_most is None or len(text) <= at_most):
                return text
    return None


def _sample_option(option: tuple[_Repeated, ...], stretch: int, variation: int) -> str | None:
    text = ""
    for piece in option:
        most = piece.maximum if piece.maximum is not None else stretch
        for index in range(max(piece.minimum, min(stretch, most))):
            found = _sample_atom(piece.atom, index + variation, stretch, variation)
            if found is None or len(text) >= _MAX_EXAMPLE:
                return None
            text += found
    return text


def _sample_atom(atom: _Characters | _Branches, index: int, stretch: int, variation: int) -> str | None:
    if isinstance(atom, _Characters):
        return atom.sample[index % len(atom.sample)] if atom.sample else None
    return _sample_option(atom.options[index % len(atom.options)], stretch, variation)
