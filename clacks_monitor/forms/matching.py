"""Matches the patterns of schemas in time linear to the text, without backtracking.

Python's ``re`` takes exponential time for patterns such as ``(a+)+b`` and holds the interpreter's lock meanwhile, which
stops the whole program. A pattern of XML Schema has no back references and no lookaround and is matched as a whole, so
a set of states can follow it: Thompson's construction, with the sets cached as they occur.

The input is the expression that elementpath makes of a pattern. Owner: the facet that holds it. Thread: any.
"""

from __future__ import annotations

import bisect
import re
import warnings
from typing import TYPE_CHECKING, Any, Final

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_constants as op
    import sre_parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["LinearPattern"]

ParsedValue = Any
"""A value of ``sre_parse``, which has no public types."""
MAX_STATES: Final = 4_000
"""A pattern that needs more states is not checked; the states of a counted repetition are repeated."""
MAX_WORK: Final = 200_000
"""The most states that are examined for one text; a text that takes more is not checked."""
_CACHED: Final = 2_000
"""The most steps from one set of states to the next that are cached."""

_CATEGORIES: Final = {
    op.CATEGORY_DIGIT: re.compile(r"\d"),
    op.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    op.CATEGORY_SPACE: re.compile(r"\s"),
    op.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    op.CATEGORY_WORD: re.compile(r"\w"),
    op.CATEGORY_NOT_WORD: re.compile(r"\W"),
}


class _TooLargeError(Exception):
    """The pattern, or the work for a text, is beyond the bounds."""


class LinearPattern:
    """A compiled pattern with the only method that xmlschema calls. ``pattern`` is the source, as in ``re.Pattern``.

    A text that is too much work matches: libxml2, in a process that can be killed, decides anyway.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._tests: list[Callable[[str], bool] | None] = []
        self._next: list[list[int]] = []
        self._steps: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        self.checked = True
        """Whether the pattern is small enough to be matched."""
        try:
            self._end = self._state(None)
            first = self._add(sre_parse.parse(pattern).data, self._end)
            self._first = self._closure([first])
        except (_TooLargeError, RecursionError, NotImplementedError):
            self.checked = False

    def match(self, text: str) -> bool | None:
        """Return True when the whole text matches, None when it does not."""
        if not self.checked:
            return True
        try:
            return True if self._accepts(text) else None
        except _TooLargeError:
            return True

    def _accepts(self, text: str) -> bool:
        work = 0
        now = self._first
        for sign in text:
            key = (now, sign)
            following = self._steps.get(key)
            if following is None:
                work += len(now)
                following = self._step(now, sign)
                if len(self._steps) >= _CACHED:
                    self._steps.clear()
                self._steps[key] = following
            work += 1
            if work > MAX_WORK:
                raise _TooLargeError
            if not following:
                return False
            now = following
        return self._end in now

    def _step(self, now: frozenset[int], sign: str) -> frozenset[int]:
        reached = []
        for state in now:
            test = self._tests[state]
            if test is not None and test(sign):
                reached += self._next[state]
        return self._closure(reached)

    def _closure(self, states: Iterable[int]) -> frozenset[int]:
        """Return the states with a test, or the end, that can be reached without reading anything."""
        waiting, seen = list(states), set(states)
        found = set()
        while waiting:
            state = waiting.pop()
            if self._tests[state] is not None or state == self._end:
                found.add(state)
                continue
            new = [item for item in self._next[state] if item not in seen]
            seen.update(new)
            waiting += new
        return frozenset(found)

    # -- construction, from the end to the beginning

    def _state(self, test: Callable[[str], bool] | None, *following: int) -> int:
        if len(self._tests) >= MAX_STATES:
            raise _TooLargeError
        self._tests.append(test)
        self._next.append(list(following))
        return len(self._tests) - 1

    def _add(self, items: Iterable[tuple[Any, Any]], after: int) -> int:
        for kind, value in reversed(list(items)):
            after = self._one(kind, value, after)
        return after

    def _one(self, kind: ParsedValue, value: ParsedValue, after: int) -> int:
        if kind is op.SUBPATTERN:
            return self._add(value[3], after)
        if kind is op.BRANCH:
            return self._state(None, *(self._add(branch, after) for branch in value[1]))
        if kind is op.MAX_REPEAT:
            least, most, repeated = value
            return self._repeat(least, most, repeated, after)
        if kind in {op.AT, op.ASSERT_NOT}:
            return after  # elementpath's anchors: the whole text is matched
        return self._state(_test(kind, value), after)

    def _repeat(self, least: int, most: ParsedValue, items: ParsedValue, after: int) -> int:
        if most is op.MAXREPEAT:
            loop = self._state(None, after)
            self._next[loop].append(self._add(items, loop))
            after = loop
        else:
            end = after
            for _time in range(int(most) - least):
                before = self._add(items, after)
                if before == after:
                    break
                after = self._state(None, before, end)
        for _time in range(least):
            before = self._add(items, after)
            if before == after:
                break  # an empty expression
            after = before
        return after


def _test(kind: ParsedValue, value: ParsedValue) -> Callable[[str], bool]:
    if kind is op.LITERAL:
        return chr(value).__eq__
    if kind is op.NOT_LITERAL:
        return chr(value).__ne__
    if kind is op.ANY:
        return "\n".__ne__
    if kind is op.IN:
        return _set_test(value)
    raise NotImplementedError(str(kind))


def _set_test(items: list[tuple[Any, Any]]) -> Callable[[str], bool]:
    negated = items[0][0] is op.NEGATE
    ranges: list[tuple[int, int]] = []
    categories: list[re.Pattern[str]] = []
    for kind, value in items[negated:]:
        if kind is op.CATEGORY:
            categories.append(_CATEGORIES[value])
        else:
            ranges.append((value, value) if kind is op.LITERAL else value)
    ranges = _merged(ranges)
    starts = [start for start, _end in ranges]

    def test(sign: str) -> bool:
        code = ord(sign)
        at = bisect.bisect_right(starts, code) - 1
        found = (at >= 0 and code <= ranges[at][1]) or any(item.match(sign) for item in categories)
        return found is not negated

    return test


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
