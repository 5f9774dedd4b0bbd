"""Collations: how strings are compared. Codepoint order unless a query says otherwise.

Owner: xquery. Thread: any. Sources: F&O 3.1, section 5.3. The Unicode collation algorithm is
approximated with the standard library: by compatibility decomposition, accents and case as second
and third level. The process's locale never plays a part.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clacks_monitor.xquery.datamodel.uris import resolve
from clacks_monitor.xquery.namespaces import CODEPOINT, HTML_ASCII

if TYPE_CHECKING:
    from collections.abc import Callable

UCA = "http://www.w3.org/2013/collation/UCA"
_ASCII_LOWER = {c: c + 32 for c in range(65, 91)}
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Collation:
    """`key` makes a value of a string whose order and equality are the collation's."""

    uri: str
    key: Callable[[str], object] | None
    fold: Callable[[str], str]

    def sort_key(self, text: str) -> object:
        """A comparable value for a string."""
        return text if self.key is None else self.key(text)

    def compare(self, left: str, right: str) -> int:
        """-1, 0 or 1."""
        if self.key is None:
            return (left > right) - (left < right)
        a, b = self.key(left), self.key(right)
        return int(a > b) - int(a < b)  # type: ignore[operator]  # keys of one collation compare


CODEPOINT_COLLATION = Collation(CODEPOINT, None, lambda text: text)


def _ascii_fold(text: str) -> str:
    return text.translate(_ASCII_LOWER)


_HTML = Collation(HTML_ASCII, _ascii_fold, _ascii_fold)


def find_collation(uri: str, base_uri: str | None = None) -> Collation | None:
    """The collation with this URI (resolved against the base), or None."""
    found = _by_uri(uri)
    if found is None:
        absolute = resolve(uri, base_uri)
        found = _by_uri(absolute) if absolute is not None else None
    return found


@lru_cache(maxsize=64)
def _by_uri(uri: str) -> Collation | None:
    if uri == CODEPOINT:
        return CODEPOINT_COLLATION
    if uri == HTML_ASCII:
        return _HTML
    parts = urlsplit(uri)
    if f"{parts.scheme}://{parts.netloc}{parts.path}" == UCA:
        return _uca(uri, parts.query)
    return None


_STRENGTHS = {
    "primary": 1, "1": 1, "secondary": 2, "2": 2, "tertiary": 3, "3": 3,
    "quaternary": 4, "4": 4, "identical": 5, "5": 5,
}  # fmt: skip
_KEYWORDS: dict[str, frozenset[str] | None] = {
    "lang": None,
    "version": None,
    "strength": frozenset(_STRENGTHS),
    "maxVariable": frozenset(("space", "punct", "symbol", "currency")),
    "alternate": frozenset(("non-ignorable", "shifted", "blanked")),
    "backwards": frozenset(("yes", "no")),
    "normalization": frozenset(("yes", "no")),
    "caseLevel": frozenset(("yes", "no")),
    "caseFirst": frozenset(("upper", "lower")),
    "numeric": frozenset(("yes", "no")),
    "reorder": None,
    "fallback": frozenset(("yes", "no")),
}


def _uca(uri: str, query: str) -> Collation | None:
    options = dict(part.split("=", 1) for part in re.split("[;&]", query) if "=" in part)
    if options.get("fallback") == "no":
        for keyword, value in options.items():
            allowed = _KEYWORDS.get(keyword, frozenset())
            if allowed is not None and value not in allowed:
                return None
        if "version" in options or options.get("lang", "en")[:2] not in ("en", "de"):
            return None
    strength = _STRENGTHS.get(options.get("strength", "tertiary"), 3)
    numeric = options.get("numeric") == "yes"
    blanked = options.get("alternate") in ("blanked", "shifted")
    upper_first = options.get("caseFirst") == "upper"
    with_case = options.get("caseLevel") == "yes"

    def key(text: str) -> object:
        return _uca_key(text, strength, numeric=numeric, blanked=blanked, upper=upper_first, case=with_case)

    return Collation(uri, key, lambda text: _uca_fold(text, strength, blanked=blanked))


def _is_variable(character: str) -> bool:
    return unicodedata.category(character)[0] in "ZP"


def _uca_key(text: str, strength: int, *, numeric: bool, blanked: bool, upper: bool, case: bool) -> tuple[object, ...]:
    full = unicodedata.normalize("NFKD", text)
    if blanked:
        full = "".join(c for c in full if not _is_variable(c))
    base = "".join(c for c in full if not unicodedata.combining(c))
    primary: list[tuple[int, object]] = []
    folded = base.casefold()
    pos = 0
    for match in _DIGITS.finditer(folded) if numeric else ():
        primary += [_weight(c) for c in folded[pos : match.start()]]
        primary.append((2, int(match.group())))
        pos = match.end()
    primary += [_weight(c) for c in folded[pos:]]
    levels: list[object] = [tuple(primary)]
    cases = tuple((c.isupper() != upper) if c.isalpha() else False for c in base)
    if case and strength < 3:  # noqa: PLR2004 - below the third level case must be asked for
        levels.append(cases)
    if strength >= 2:  # noqa: PLR2004 - accents
        levels.append(full.casefold())
    if strength >= 3:  # noqa: PLR2004 - case; lower first unless told otherwise
        levels.append(tuple(c.isupper() != upper if c.isalpha() else False for c in base))
    if strength >= 4:  # noqa: PLR2004 - the rest
        levels.append(unicodedata.normalize("NFD", text))
    return tuple(levels)


def _weight(character: str) -> tuple[int, object]:
    # White space, punctuation, symbols, digits, letters: the order of the groups in the UCA.
    category = unicodedata.category(character)
    if category[0] == "Z" or category == "Cc":
        return (0, (0, character))
    if category[0] in "PS":
        return (0, (1 if category[0] == "P" else 2, character))
    if category[0] == "N":
        return (2, unicodedata.digit(character, 0))
    return (3, character)


def _uca_fold(text: str, strength: int, *, blanked: bool) -> str:
    """The string in which contains, starts-with and the like look for another one."""
    full = unicodedata.normalize("NFKD", text)
    if blanked:
        full = "".join(c for c in full if not _is_variable(c))
    if strength == 1:
        full = "".join(c for c in full if not unicodedata.combining(c))
    return full.casefold() if strength < 3 else full  # noqa: PLR2004 - case counts from level 3
