"""Collations: how strings are compared. Codepoint order unless a query says otherwise.

Owner: xquery. Thread: any. Source: F&O 3.1, section 5.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clacks_monitor.xquery.datamodel.uca import rules_of
from clacks_monitor.xquery.datamodel.uris import resolve
from clacks_monitor.xquery.namespaces import CODEPOINT, HTML_ASCII

if TYPE_CHECKING:
    from collections.abc import Callable

UCA = "http://www.w3.org/2013/collation/UCA"
_ASCII_LOWER = {c: c + 32 for c in range(65, 91)}


@dataclass(frozen=True, slots=True)
class Collation:
    """``key`` makes a value of a string whose order and equality are the collation's."""

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
        rules = rules_of(parts.query)
        return None if rules is None else Collation(uri, rules.sort_key, rules.fold)
    return None
