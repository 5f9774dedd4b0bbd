"""Evaluates the rules of one generation on entries: which are shown, in which tint, and what each profile matches."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from clacks_monitor.core.event import Properties
from clacks_monitor.session.notices import FilterFault
from clacks_monitor.session.view.filter_rules import types_of
from clacks_monitor.session.view.match_bits import shown_rows
from clacks_monitor.xquery import Guard, MatchOutcome, MatchResult, QuerySet
from clacks_monitor.xquery.errors import error_message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.view.filter_rules import FilterRule, FilterSpec

REMEMBERED = 1_000
"""Lists of match results whose decision is remembered."""

Item = tuple[int, str | None, bytes, Properties]
"""Sequence number, type (None for a gap, "" for what is not an event), body, properties."""


class NewMatches(NamedTuple):
    """New events that a watched profile matched: how many, and the sequence number and body of the latest."""

    total: int
    sequence: int
    body: bytes


class FilterEvaluation:
    """The filter of one generation at work. Thread: the filter thread's.

    Matches of watched profiles are collected for entries after ``old``: older ones were reported before.
    """

    def __init__(self, spec: FilterSpec, guard: Guard, notify: Notify, old: int) -> None:
        self.spec = spec
        self._notify = notify
        self.old = old
        self._watched = [index for index, rule in enumerate(spec.rules) if rule.watched]
        self._new: dict[str, NewMatches] = {}
        self._set = QuerySet([rule.query for rule in spec.rules], guard=guard) if spec.rules else None
        self._restricts = any(rule.active for rule in spec.rules)
        self.types = types_of(spec.rules)
        self.properties = any(rule.query.requirements.externals for rule in spec.rules)
        self._faulty: set[str] = set()
        self._decided: dict[int, tuple[Sequence[MatchResult], int, tuple[str, ...]]] = {}
        self.hits = {rule.source: 0 for rule in spec.rules}
        self.shown = 0

    def rows(self, items: Sequence[Item]) -> tuple[array[int], bytearray]:
        """Return the sequence numbers and tints of what is shown, in the order of ``items``."""
        sequences = array("q")
        tints = bytearray()
        if self._set is None:
            sequences.extend(item[0] for item in items)
            tints.extend(bytes(len(items)))
        else:
            events = [(body, properties) for _sequence, kind, body, properties in items if kind is not None]
            types = [kind for _sequence, kind, _body, _properties in items if kind is not None]
            answers = iter(self._set.evaluate_many(events, types))
            for sequence, kind, body, _properties in items:
                tint = 0
                if kind is not None:
                    results = next(answers)
                    tint = self._decide(results)
                    if self._watched and sequence > self.old:
                        self._collect(results, sequence, body)
                if tint >= 0:
                    sequences.append(sequence)
                    tints.append(tint)
        sequences, tints = self._only(sequences, tints)
        self.shown += len(sequences)
        return sequences, tints

    def passes(self, item: Item) -> bool:
        """Whether an entry that may have been decided on before is shown; nothing is counted."""
        sequence, kind, body, properties = item
        spec = self.spec
        if sequence <= spec.floor or (spec.only is not None and sequence not in spec.only):
            return False
        if self._set is None or kind is None:
            return True
        (results,) = self._set.evaluate_many([(body, properties)], [kind])
        return self._decision(results)[0] >= 0

    def span_rows(self, matches: Mapping[str, int], gaps: int, first: int, last: int) -> tuple[array[int], bytearray]:
        """Return the rows of a span of old events; ``matches`` are bits as in match_bits, by the texts of queries."""
        for rule in self.spec.rules:
            self.hits[rule.source] += matches[rule.query.text].bit_count() if rule.source else 0
        sequences, tints = self._only(*shown_rows(self.spec.rules, matches, gaps, first, last))
        self.shown += len(sequences)
        return sequences, tints

    def _only(self, sequences: array[int], tints: bytearray) -> tuple[array[int], bytearray]:
        """Return those of rows to which the table is limited."""
        only = self.spec.only
        if only is None:
            return sequences, tints
        kept = [place for place, sequence in enumerate(sequences) if sequence in only]
        return array("q", [sequences[at] for at in kept]), bytearray(tints[at] for at in kept)

    def report(self, text: str, fault: MatchResult) -> None:
        """Report the error of a query, once for each rule that has it."""
        for rule in self.spec.rules:
            if rule.query.text == text:
                self._fault(rule, fault)

    def below_ceiling(self, sequences: array[int], tints: bytearray) -> tuple[array[int], bytearray]:
        """Return those of new rows that are to be shown; matches above the ceiling are counted and reported as well."""
        ceiling = self.spec.ceiling
        if not ceiling or not sequences or sequences[-1] <= ceiling:
            return sequences, tints
        kept = bisect_right(sequences, ceiling)
        self.shown -= len(sequences) - kept
        return sequences[:kept], tints[:kept]

    def undecided(self, first: int, last: int) -> tuple[array[int], bytearray]:
        """Return the rows of entries that cannot be read, untinted: what cannot be decided is shown."""
        self.shown += last - first + 1
        return array("q", range(first, last + 1)), bytearray(last - first + 1)

    def new_matches(self) -> dict[str, NewMatches]:
        """Return what new events matched watched profiles since the last call, by the profile's id."""
        found, self._new = self._new, {}
        return found

    def _decide(self, results: Sequence[MatchResult]) -> int:
        """Return the tint of a shown event, -1 for a hidden one.

        The query set returns the same few lists again and again; a remembered list stays alive, so its id is unique.
        """
        known = self._decided.get(id(results))
        if known is None:
            if len(self._decided) >= REMEMBERED:
                self._decided.clear()
            known = self._decided[id(results)] = (results, *self._decision(results))
        _results, tint, matched = known
        for source in matched:
            self.hits[source] += 1
        return tint

    def _decision(self, results: Sequence[MatchResult]) -> tuple[int, tuple[str, ...]]:
        """Return the tint, -1 for a hidden event, and the ids of the profiles that match."""
        tint, chosen = 0, not self._restricts
        passed = True
        matched: list[str] = []
        for rule, result in zip(self.spec.rules, results, strict=True):
            if result.outcome is MatchOutcome.ERROR:
                self._fault(rule, result)
            matches = result.outcome is MatchOutcome.MATCH
            if rule.source == "":
                passed = matches
            elif matches:
                matched.append(rule.source)
                tint = tint or rule.tint
                chosen = chosen or rule.active
        return tint if passed and chosen else -1, tuple(matched)

    def _collect(self, results: Sequence[MatchResult], sequence: int, body: bytes) -> None:
        for index in self._watched:
            if results[index].outcome is MatchOutcome.MATCH:
                source = self.spec.rules[index].source
                count, last, before = self._new.get(source, (0, 0, b""))
                newest = (sequence, body) if sequence > last else (last, before)
                self._new[source] = NewMatches(count + 1, *newest)

    def _fault(self, rule: FilterRule, result: MatchResult) -> None:
        if rule.source not in self._faulty:
            self._faulty.add(rule.source)
            message = error_message(result.code, result.reason, result.line, result.column)
            self._notify([FilterFault(rule.source, message)])
