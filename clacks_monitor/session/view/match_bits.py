"""Which events of a span match each of some queries, as bits: bit ``i`` is the event with number ``first + i``. Pure.

A span of some thousand events takes a kilobyte for each query, is combined in microseconds, and so can be remembered
(``match_memory``) and sent between processes (``filter_worker``).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

from clacks_monitor.core.wanted_events import scan_wanted
from clacks_monitor.xquery import MatchOutcome, QuerySet

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from clacks_monitor.core.store import EventReader
    from clacks_monitor.session.view.filter_rules import FilterRule
    from clacks_monitor.xquery import Guard, MatchResult, Query

_DIGITS = bytes.maketrans(b"01", b"\0\1")
_TO_DIGITS = bytes.maketrans(b"\0\1", b"01")


@dataclass(slots=True)
class SpanMatches:
    """The events from ``first`` to ``last`` that match each query, by its text, and the first error of each."""

    first: int
    last: int
    bits: dict[str, int] = field(default_factory=dict)
    faults: dict[str, MatchResult] = field(default_factory=dict)


class SpanEvaluation:
    """Evaluates queries on spans of a store. Owner: one thread, to which the readers belong too."""

    def __init__(self, queries: Sequence[Query], guard: Guard) -> None:
        self._texts = [query.text for query in queries]
        self._set = QuerySet(queries, guard=guard)
        self._wanted = [query.requirements.wanted for query in queries]
        self._properties = any(query.requirements.externals for query in queries)
        self._patterns: dict[int, tuple[list[MatchResult], int]] = {}

    def evaluate(self, reader: EventReader, first: int, last: int) -> Generator[bool, None, SpanMatches]:
        """Return the matches of a span, yielding False after each part: large bodies come in small portions.

        Raises StorageError.
        """
        found = SpanMatches(first, last)
        seen: dict[int, bytearray] = {}
        spans = scan_wanted(reader, self._wanted, first, last, chunk=last - first + 1, properties=self._properties)
        for _span, events in spans:
            answers = self._set.evaluate_many(
                [(body, properties) for _sequence, _kind, body, properties in events],
                [kind for _sequence, kind, _body, _properties in events],
            )
            for event, results in zip(events, answers, strict=True):
                matching = self._matching(results, found)
                if matching:
                    flags = seen.get(matching)
                    if flags is None:
                        flags = seen[matching] = bytearray(last - first + 1)
                    flags[event[0] - first] = 1
            yield False
        by_pattern = {pattern: packed(flags) for pattern, flags in seen.items()}
        for place, text in enumerate(self._texts):
            bits = 0
            for pattern, matches in by_pattern.items():
                if pattern >> place & 1:
                    bits |= matches
            found.bits[text] = bits
        return found

    def _matching(self, results: list[MatchResult], found: SpanMatches) -> int:
        """Return which queries match, as bits. The set returns the same few lists again and again."""
        known = self._patterns.get(id(results))
        if known is not None:
            return known[1]
        pattern, wrong = 0, False
        for place, result in enumerate(results):
            if result.outcome is MatchOutcome.MATCH:
                pattern |= 1 << place
            elif result.outcome is MatchOutcome.ERROR:
                found.faults.setdefault(self._texts[place], result)
                wrong = True
        if not wrong and len(self._patterns) < _REMEMBERED:  # an error is reported for each span
            self._patterns[id(results)] = (results, pattern)
        return pattern


_REMEMBERED = 1_000


def packed(flags: bytes | bytearray) -> int:
    """Return the bits of flags, each of which is a byte of 0 or 1."""
    return int(flags[::-1].translate(_TO_DIGITS), 2) if flags else 0


def unpacked(bits: int, count: int) -> bytes:
    """Return the first ``count`` bits, each as a byte of 0 or 1."""
    return f"{bits:0{count}b}".encode().translate(_DIGITS)[::-1]


def shown_rows(
    rules: Sequence[FilterRule], bits: Mapping[str, int], gaps: int, first: int, last: int
) -> tuple[array[int], bytearray]:
    """Return the sequence numbers and tints of what rules show of a span; ``bits`` are by the texts of queries."""
    count = last - first + 1
    everything = (1 << count) - 1
    passed, chosen, restricted = everything, 0, False
    tints, coloured = dict[int, int](), gaps
    for rule in rules:
        matches = bits[rule.query.text]
        if rule.source == "":
            passed = matches
            continue
        if rule.active:
            chosen, restricted = chosen | matches, True
        if rule.tint and (free := matches & ~coloured):
            tints[rule.tint] = tints.get(rule.tint, 0) | free
            coloured |= free
    shown = (passed & chosen if restricted else passed) | gaps
    if not shown:
        return array("q"), bytearray()
    numbers = range(first, last + 1)
    by_row = _tint_bytes(tints, shown, count)
    if shown == everything:
        return array("q", numbers), bytearray(by_row)
    flags = unpacked(shown, count)
    return array("q", compress(numbers, flags)), bytearray(compress(by_row, flags))


def _tint_bytes(tints: Mapping[int, int], shown: int, count: int) -> bytes:
    """Return the tint of each event of a span: the bits of the tints exclude each other."""
    total = 0
    for tint, matches in tints.items():
        if matches & shown:
            total += int.from_bytes(unpacked(matches & shown, count), "big") * tint
    return total.to_bytes(count, "big")
