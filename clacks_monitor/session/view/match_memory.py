"""Remembers which events of a store match the queries that were evaluated last, so that nothing is evaluated again.

Changing the filter then asks for the new query only: what the profiles match is known, and so are their counts. Events
never change; what is remembered of one store is forgotten when another one is shown. Owner: the filter thread.
"""

from __future__ import annotations

import sys
from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clacks_monitor.session.view.match_bits import SpanMatches
    from clacks_monitor.xquery import MatchResult, Query

BLOCK = 8_192
"""Events of which something is remembered together: those with the numbers k * BLOCK to (k + 1) * BLOCK - 1."""
MOST_BYTES = 64 * 1024 * 1024
_OWN_CODES = "CLACKS"
"""How the codes of errors begin that depend on time, memory or a process, and not on the event alone."""
_CHANGING = ("current-", "implicit-timezone", "random-number-generator", "function-lookup")
"""Parts of the names of functions whose value is another one at another time."""


class _Query:
    """What is remembered of one query: the bits by block, and the first error of each block."""

    def __init__(self) -> None:
        self.bits: dict[int, int] = {}
        self.faults: dict[int, MatchResult] = {}
        self.size = 0

    def add(self, block: int, bits: int) -> int:
        """Remember the bits of a block; return how many bytes that takes more."""
        added = 0 if block in self.bits else sys.getsizeof(bits) + _ENTRY
        self.bits[block] = bits
        self.size += added
        return added


_ENTRY = 100
"""Bytes of an entry of a dictionary, roughly."""


class MatchMemory:
    """Bits of whole blocks by the texts of queries, those used last up to ``most`` bytes."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._queries: OrderedDict[str, _Query] = OrderedDict()

    def use(self, queries: Iterable[Query]) -> None:
        """Keep what is known of these queries longer than of all others."""
        for query in queries:
            if query.text in self._queries:
                self._queries.move_to_end(query.text)

    def known(self, text: str, block: int) -> int | None:
        """Return the bits of a block, None where they are not known."""
        found = self._queries.get(text)
        return None if found is None else found.bits.get(block)

    def fault(self, text: str, block: int) -> MatchResult | None:
        """Return the first error of a query in a block."""
        found = self._queries.get(text)
        return None if found is None else found.faults.get(block)

    def add(self, queries: Iterable[Query], matches: SpanMatches) -> None:
        """Remember a whole block of queries, but not of those that give another result the next time."""
        block = block_of(matches.first)
        for query in queries:
            fault = matches.faults.get(query.text)
            if (fault is not None and fault.code.startswith(_OWN_CODES)) or not is_repeatable(query):
                continue
            known = self._queries.setdefault(query.text, _Query())
            self._size += known.add(block, matches.bits[query.text])
            if fault is not None:
                known.faults[block] = fault
        while self._size > self._most and len(self._queries) > 1:
            _text, oldest = self._queries.popitem(last=False)
            self._size -= oldest.size

    def clear(self) -> None:
        """Forget everything: another store is shown."""
        self._queries.clear()
        self._size = 0


def is_repeatable(query: Query) -> bool:
    """Return whether a query gives the same result for the same event at any time."""
    return query.fast is not None or not any(part in query.text for part in _CHANGING)


def block_of(sequence: int) -> int:
    """Return the number of the block that an event is in."""
    return sequence // BLOCK


def blocks(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last numbers of the whole blocks between two numbers, the newest first."""
    for block in range((last + 1) // BLOCK - 1, (first - 1) // BLOCK, -1):
        yield block * BLOCK, (block + 1) * BLOCK - 1
