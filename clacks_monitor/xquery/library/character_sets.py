"""Sets of characters, for regular expressions: XML Schema's escapes and arithmetic on ranges.

Owner: xquery. Thread: any; sets are values. Source: XML Schema 1.1 part 2, appendix G.4. The tables
of Unicode's categories and blocks are elementpath's.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from elementpath.regex import unicode_block, unicode_category

from clacks_monitor.xquery.lexical import NAME_CHAR, NAME_START

if TYPE_CHECKING:
    from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]
"""Disjoint ranges of code points in order, first and last one each."""

_END: Final = sys.maxunicode
_CLASS_PART: Final = re.compile(r"(\\?.)(?:-(\\?.))?", re.DOTALL)
_SPACE: Final = ((9, 10), (13, 13), (32, 32))


def union(parts: Iterable[tuple[int, int]]) -> Ranges:
    """Any ranges as disjoint ones in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(parts):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def complement(ranges: Ranges) -> Ranges:
    """All other code points."""
    found, start = [], 0
    for first, last in ranges:
        if first > start:
            found.append((start, first - 1))
        start = last + 1
    if start <= _END:
        found.append((start, _END))
    return tuple(found)


def difference(left: Ranges, right: Ranges) -> Ranges:
    """The characters of the first set that are not in the second one."""
    return complement(union((*complement(left), *right)))


def contains(ranges: Ranges, code: int) -> bool:
    """Whether a code point is in a set."""
    at = bisect_right(ranges, (code, _END)) - 1
    return at >= 0 and ranges[at][1] >= code


@lru_cache(maxsize=1)
def _cased() -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Each character that has another case, with those that match it without regard to case.

    That is, whose lower case or whose upper case is the same (F&O 3.1, section 5.6.2).
    """
    codes = [c for n in ("Lu", "Ll", "Lt", "Nl", "So", "Mn") for r in category(n) or () for c in range(r[0], r[1] + 1)]
    same: dict[tuple[str, str], list[int]] = {}
    for code in codes:
        same.setdefault(("lower", chr(code).lower()), []).append(code)
        same.setdefault(("upper", chr(code).upper()), []).append(code)
    found: dict[int, set[int]] = {}
    for group in same.values():
        if len(group) > 1:
            for code in group:
                found.setdefault(code, set()).update(group)
    return tuple((code, tuple(others)) for code, others in found.items())


@lru_cache(maxsize=256)
def without_case(ranges: Ranges) -> Ranges:
    """A set with the other cases of its characters."""
    more = [(o, o) for code, others in _cased() if contains(ranges, code) for o in others]
    return union((*ranges, *more))


def of_class_text(text: str) -> Ranges:
    """The set that a piece of Python's character class denotes, as in ``lexical``."""
    parts = []
    for match in _CLASS_PART.finditer(text):
        first = match.group(1)[-1]
        last = (match.group(2) or first)[-1]
        parts.append((ord(first), ord(last)))
    return union(parts)


@lru_cache(maxsize=64)
def category(name: str) -> Ranges | None:
    r"""The set of ``\p{name}``, None when there is no such category or block."""
    try:
        if name.startswith("Is"):
            subset = unicode_block(name[2:])
        elif len(name) in (1, 2):
            subset = unicode_category(name)
        else:
            return None
    except KeyError:
        return None
    return union((c, c) if isinstance(c, int) else (c[0], c[1] - 1) for c in subset.codepoints)


@lru_cache(maxsize=16)
def escape(letter: str) -> Ranges | None:
    r"""The set of ``\d``, ``\S`` and so on, None for any other."""
    if letter.isupper():
        found = escape(letter.lower())
        return None if found is None else complement(found)
    match letter:
        case "d":
            return category("Nd")
        case "s":
            return _SPACE
        case "i":
            return union((*of_class_text(NAME_START), (58, 58)))
        case "c":
            return union((*of_class_text(NAME_CHAR), (58, 58)))
        case "w":
            return complement(union(r for name in "PZC" for r in category(name) or ()))
    return None


def class_text(ranges: Ranges) -> str:
    """A pattern of Python's ``re`` that matches one character of the set."""
    if not ranges:
        return "(?!)"
    if ranges == escape("d"):
        return r"\d"
    parts = []
    for first, last in ranges:
        parts.append(_character(first) if first == last else f"{_character(first)}-{_character(last)}")
    return f"[{''.join(parts)}]"


def _character(code: int) -> str:
    character = chr(code)
    if character.isascii() and character.isalnum():
        return character
    return f"\\U{code:08x}"
