"""The Unicode collation algorithm, approximated with the standard library.

Owner: xquery. Thread: any. Source: F&O 3.1, section 5.3.4, for the parameters. Without Unicode's
table of weights: letters compare by their decomposition, then by accents, then by case. The
process's locale never plays a part.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGITS: Final = re.compile(r"[0-9]+")
_PRIMARY, _SECONDARY, _TERTIARY, _QUATERNARY = 1, 2, 3, 4
_STRENGTHS: Final = {
    "primary": 1, "1": 1, "secondary": 2, "2": 2, "tertiary": 3, "3": 3,
    "quaternary": 4, "4": 4, "identical": 5, "5": 5,
}  # fmt: skip  # a table, by rows
_VARIABLE: Final = ("space", "punct", "symbol", "currency")
_GROUPS: Final = (*_VARIABLE, "digit")
_SCRIPTS: Final = {
    "LATIN": "Latn", "GREEK": "Grek", "CYRILLIC": "Cyrl", "GEORGIAN": "Geor", "ARMENIAN": "Armn",
    "HEBREW": "Hebr", "ARABIC": "Arab", "DEVANAGARI": "Deva", "THAI": "Thai", "HANGUL": "Hang",
    "HIRAGANA": "Hira", "KATAKANA": "Kana", "CJK": "Hani",
}  # fmt: skip  # a table, by rows
_OTHERS: Final = "Zzzz"
# Letters that have no decomposition although they sort with others.
_LETTERS: Final = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "\u0131": "i"})
_YES_NO: Final = frozenset(("yes", "no"))
_VALUES: Final[Mapping[str, frozenset[str] | None]] = {
    "lang": None,
    "version": None,
    "strength": frozenset(_STRENGTHS),
    "maxVariable": frozenset(_VARIABLE),
    "alternate": frozenset(("non-ignorable", "shifted", "blanked")),
    "backwards": _YES_NO,
    "normalization": _YES_NO,
    "caseLevel": _YES_NO,
    "caseFirst": frozenset(("upper", "lower")),
    "numeric": _YES_NO,
    "reorder": None,
    "fallback": _YES_NO,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """The options in a collation's parameters."""

    strength: int
    numeric: bool
    ignored: frozenset[str]
    upper_first: bool
    case_level: bool
    backwards: bool
    order: tuple[str, ...]

    def sort_key(self, text: str) -> tuple[object, ...]:
        """A value whose order and equality are the collation's."""
        pairs = self._characters(text)
        levels: list[object] = [self._primary("".join(c for c, _ in pairs))]
        if self.strength >= _SECONDARY:
            accents = tuple(marks for _, marks in pairs)
            levels.append(accents[::-1] if self.backwards else accents)
        if self.case_level or self.strength >= _TERTIARY:
            levels.append(tuple((c.isupper() != self.upper_first) if c.isalpha() else False for c, _ in pairs))
        if self.strength >= _QUATERNARY:
            levels.append(unicodedata.normalize("NFD", text))
        return tuple(levels)

    def fold(self, text: str) -> str:
        """The string in which contains, starts-with and the like look for another one."""
        pairs = self._characters(text)
        full = "".join(c if self.strength == _PRIMARY else c + "".join(marks) for c, marks in pairs)
        if self.strength < _TERTIARY and not self.case_level:
            return full.casefold()
        return full

    def _characters(self, text: str) -> list[tuple[str, tuple[str, ...]]]:
        """Base characters with their marks, without ignored characters."""
        pairs: list[tuple[str, tuple[str, ...]]] = []
        for character in unicodedata.normalize("NFKD", text):
            if unicodedata.combining(character):
                if pairs:
                    pairs[-1] = (pairs[-1][0], (*pairs[-1][1], character))
            elif _group(character) not in self.ignored:
                pairs.append((character, ()))
        return pairs

    def _primary(self, base: str) -> tuple[object, ...]:
        folded = base.casefold().translate(_LETTERS)
        weights: list[object] = []
        pos = 0
        for match in _DIGITS.finditer(folded) if self.numeric else ():
            weights += [self._weight(c) for c in folded[pos : match.start()]]
            weights.append((self._rank("digit"), int(match.group()[:1000]), ""))
            pos = match.end()
        return (*weights, *(self._weight(c) for c in folded[pos:]))

    def _weight(self, character: str) -> tuple[int, int, str]:
        group = _group(character)
        if group == "digit":
            return (self._rank(group), int(unicodedata.numeric(character, 0)), "")
        return (self._rank(group), 0, character)

    def _rank(self, group: str) -> int:
        try:
            return self.order.index(group)
        except ValueError:
            return self.order.index(_OTHERS)


@lru_cache(maxsize=4096)
def _group(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "Z" or category == "Cc":
        return "space"
    if category[0] == "P":
        return "punct"
    if category[0] == "S":
        return "currency" if category == "Sc" else "symbol"
    if category[0] == "N":
        return "digit"
    script = unicodedata.name(character, "").partition(" ")[0]
    return _SCRIPTS.get(script, _OTHERS)


def rules_of(query: str) -> Rules | None:
    """The rules for the parameters of a UCA collation; None when they must not fall back."""
    options = dict(part.split("=", 1) for part in re.split("[;&]", query) if "=" in part)
    if options.get("fallback") == "no" and not _exactly(options):
        return None
    variable = options.get("maxVariable", "punct")
    shifted = options.get("alternate") in ("blanked", "shifted")
    last = _VARIABLE.index(variable) if variable in _VARIABLE else 1
    return Rules(
        strength=_STRENGTHS.get(options.get("strength", "tertiary"), _TERTIARY),
        numeric=options.get("numeric") == "yes",
        ignored=frozenset(_VARIABLE[: last + 1]) if shifted else frozenset(),
        upper_first=options.get("caseFirst") == "upper",
        case_level=options.get("caseLevel") == "yes",
        backwards=options.get("backwards") == "yes",
        order=_order(options.get("reorder", "")),
    )


def _exactly(options: Mapping[str, str]) -> bool:
    """Whether all parameters can be had as they are written."""
    for keyword, value in options.items():
        allowed = _VALUES.get(keyword, frozenset())
        if allowed is not None and value not in allowed:
            return False
    return "version" not in options and options.get("lang", "en")[:2] in ("en", "de")


def _order(reorder: str) -> tuple[str, ...]:
    """The groups of characters in their order; those of signs that are not named stay in front."""
    named = [code for code in reorder.split(",") if code]
    scripts = [s for s in _SCRIPTS.values() if s not in named]
    rest = [] if _OTHERS in named else [_OTHERS]
    return (*(g for g in _GROUPS if g not in named), *named, *scripts, *rest)
