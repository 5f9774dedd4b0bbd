"""Regular expressions of F&O as patterns of Python's ``re``.

Owner: xquery. Thread: any. Source: XML Schema 1.1 part 2, appendix G, with what F&O 3.1, section
5.6.1 adds: anchors, reluctant quantifiers, groups that do not capture, back-references.
Sets of characters are computed here, so that subtraction, negation and case mean what they should.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NoReturn

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.errors import QueryError
from clacks_monitor.xquery.library import character_sets as cs

_MAX_DEPTH: Final = 50
_SINGLE: Final = {"n": "\n", "r": "\r", "t": "\t", **{c: c for c in "\\|.?*+(){}-[]^$"}}
_QUANTIFIER: Final = re.compile(r"[?*+]|\{([0-9]+)(?:(,)([0-9]*))?\}")
_PROPERTY: Final = re.compile(r"([pP])\{([A-Za-z0-9\-]+)\}")
_ANCHORS: Final = {
    ("^", False): r"\A",
    ("$", False): r"\Z",
    # A newline at the very end does not begin another line.
    ("^", True): r"(?:\A|(?<=\n)(?!\Z))",
    ("$", True): r"(?=\n|\Z)",
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """``expression``, and for each of its groups the group around it, 0 for none."""

    expression: re.Pattern[str]
    parents: tuple[int, ...]


@lru_cache(maxsize=256)
def compiled(pattern: str, flags: str) -> Pattern:
    """The Python pattern for one of F&O's; FORX0001 for flags, FORX0002 for patterns."""
    if not set(flags) <= set("smixq"):
        raise QueryError("FORX0001", Message("'{0}' are not flags: s, m, i, x and q are.", flags))
    bits = re.IGNORECASE if "i" in flags else re.NOFLAG
    if "q" in flags:
        return Pattern(re.compile(re.escape(pattern), bits), (0,))
    translator = _Translator(pattern, flags)
    text = translator.translated()
    try:
        return Pattern(re.compile(text, bits), tuple(translator.parents))
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        raise QueryError("FORX0002", Message("'{0}' is not a regular expression: {1}", pattern, error)) from None


class _Translator:
    """One pass over a pattern; each method reads one rule of the grammar."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.text = _without_space(pattern) if "x" in flags else pattern
        self.pos = 0
        self.lines, self.all, self.fold = "m" in flags, "s" in flags, "i" in flags
        self.parents = [0]
        self.open = [0]
        self.closed: set[int] = set()

    def translated(self) -> str:
        found = self.expression()
        if self.pos < len(self.text):
            self.fail(Message("')' closes nothing"))
        return found

    def fail(self, reason: Message) -> NoReturn:
        raise QueryError(
            "FORX0002",
            Message("'{0}' is not a regular expression: {1}, at character {2}.", self.text, reason, self.pos + 1),
        )

    def peek(self, ahead: int = 0) -> str:
        return self.text[self.pos + ahead : self.pos + ahead + 1]

    def expression(self) -> str:
        out = []
        while (sign := self.peek()) and sign != ")":
            self.pos += 1
            if sign == "|":
                out.append("|")
            else:
                atom = self.atom(sign)
                out.append(self.quantified(atom))
        return "".join(out)

    def quantified(self, atom: str) -> str:
        match = _QUANTIFIER.match(self.text, self.pos)
        if match is None:
            return atom
        self.pos = match.end()
        least, _, most = match.groups()
        if most and int(most) < int(least):
            self.fail(Message("the second number is smaller than the first one"))
        reluctant = self.peek() == "?"
        self.pos += reluctant
        return f"(?:{atom}){match.group()}{'?' if reluctant else ''}"

    def atom(self, sign: str) -> str:
        if sign == "(":
            return self.group()
        if sign == "[":
            return self.exactly(self.set())
        if sign == "\\":
            return self.escaped()
        if sign == ".":
            return "(?s:.)" if self.all else r"[^\n\r]"
        if sign in ("^", "$"):
            return _ANCHORS[sign, self.lines]
        if sign in "?*+{}]":
            self.pos -= 1
            self.fail(Message("'{0}' has no meaning here; write \\{0}", sign))
        return re.escape(sign)

    def group(self) -> str:
        if len(self.open) > _MAX_DEPTH:
            self.fail(Message("it is nested too deeply"))
        number = 0
        if self.peek() != "?":
            number = len(self.parents)
            self.parents.append(self.open[-1])
        elif self.peek(1) == ":":
            self.pos += 2
        else:
            self.fail(Message("'(?' must be followed by ':'"))
        self.open.append(number or self.open[-1])
        inner = self.expression()
        if self.peek() != ")":
            self.fail(Message("a group is never closed"))
        self.pos += 1
        self.open.pop()
        if number:
            self.closed.add(number)
        return f"({inner})" if number else f"(?:{inner})"

    def escaped(self) -> str:
        sign = self.peek()
        if sign.isascii() and sign.isdigit():
            return self.reference()
        found = self.escape()
        return re.escape(found) if isinstance(found, str) else self.exactly(found)

    def reference(self) -> str:
        digits = self.peek()
        self.pos += 1
        while (sign := self.peek()).isdigit() and sign.isascii() and int(digits + sign) < len(self.parents):
            digits += sign
            self.pos += 1
        number = int(digits)
        if number not in self.closed:
            self.fail(Message("there is no group {0} before \\{1}", number, digits))
        # A group that took no part is the empty string here, for Python it matches nothing.
        return f"(?({number})\\{number})"

    def escape(self) -> str | cs.Ranges:
        """An escape after its backslash: one character or a set of them."""
        sign = self.peek()
        match = _PROPERTY.match(self.text, self.pos)
        if match is not None:
            found = cs.category(match.group(2))
            if found is None:
                self.fail(Message("there is no category or block '{0}'", match.group(2)))
            self.pos = match.end()
            return found if match.group(1) == "p" else cs.complement(found)
        many = cs.escape(sign) if sign else None
        if many is None and sign not in _SINGLE:
            self.fail(Message("\\{0} is not an escape", sign))
        self.pos += 1
        return _SINGLE[sign] if many is None else many

    # -- sets of characters

    def exactly(self, ranges: cs.Ranges) -> str:
        """One character of a set in which case has been taken care of, or does not matter."""
        text = cs.class_text(ranges)
        return f"(?-i:{text})" if self.fold else text

    def set(self) -> cs.Ranges:
        """A character class behind its ``[``, up to its ``]``."""
        negated = self.peek() == "^"
        self.pos += negated
        # Categories keep their case under flag i, characters do not.
        characters: list[tuple[int, int]] = []
        others: list[tuple[int, int]] = []
        removed: cs.Ranges = ()
        first = True
        while (sign := self.peek()) != "]" or first:
            if sign in ("", "[", "]"):
                self.fail(Message("this set of characters is not right"))
            if sign == "-" and not first and self.peek(1) == "[":
                self.pos += 2
                removed = self.set()
                if self.peek() != "]":
                    self.fail(Message("what is taken off must be the last part of a set"))
                break
            if sign == "-" and not first and self.peek(1) != "]":
                self.fail(Message("'-' must be at the edge of a set, or between two characters"))
            found = self.member()
            if isinstance(found, str):
                characters.append((ord(found), self.range_end(found)))
            else:
                others += found
            first = False
        self.pos += 1
        base = cs.union(characters)
        base = cs.union((*(cs.without_case(base) if self.fold else base), *others))
        return cs.difference(cs.complement(base) if negated else base, removed)

    def member(self) -> str | cs.Ranges:
        sign = self.peek()
        self.pos += 1
        return self.escape() if sign == "\\" else sign

    def range_end(self, start: str) -> int:
        """The last character of a range, or the only one."""
        if self.peek() != "-" or self.peek(1) in ("]", "[", ""):
            return ord(start)
        self.pos += 1
        end = self.member()
        if not isinstance(end, str) or end < start:
            self.fail(Message("this range of characters is not right"))
        return ord(end)


def _without_space(pattern: str) -> str:
    """Flag x: white space outside sets of characters does not count (F&O 3.1, section 5.6.2)."""
    out, depth, escaped = [], 0, False
    for character in pattern:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
        elif character in " \t\n\r" and depth <= 0:
            continue
        out.append(character)
    return "".join(out)
