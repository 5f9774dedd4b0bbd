"""Computes counts and rates of the capture in use, on threads of their own. Owner: the session's thread."""

from __future__ import annotations

import itertools
from array import array
from collections import Counter
from typing import TYPE_CHECKING

from clacks_monitor.core.columns import Column
from clacks_monitor.session.notices import Counted, Edges, Notice
from clacks_monitor.session.work.latest_question import LatestQuestion

if TYPE_CHECKING:
    from threading import Thread

    from clacks_monitor.core.ending import Stop
    from clacks_monitor.core.store import EventReader
    from clacks_monitor.session.captures.capture_use import CaptureUse
    from clacks_monitor.session.notices import Notify

MOST_VALUES = 1_000
MOST_BARS = 2_000
_NOTIFY_EVERY = 50_000


class Statistics:
    """Answers the questions of the timeline and the statistics; a newer question cancels the one before it."""

    def __init__(self, capture: CaptureUse, notify: Notify) -> None:
        self._capture = capture
        self._notify = notify
        self._edging = LatestQuestion("timeline", notify)
        self._counting = LatestQuestion("statistics", notify)
        self._numbers = itertools.count(1)

    def ask_edges(self, from_ns: int, bucket_ns: int, count: int) -> None:
        """Ask for the edges of ``count`` spans of ``bucket_ns``, from a wall clock time on; the answer is an Edges."""
        count = max(1, min(count, MOST_BARS))
        self._edging.ask(self._capture.current, lambda reader, _stop: _edges(reader, from_ns, bucket_ns, count))

    def ask_counts(
        self, by: Column | str, from_ns: int, to_ns: int, bucket_ns: int, *, types: tuple[str, ...] = ()
    ) -> int:
        """Ask for counts by a column, or by a field's local name ("Id", "@name"), and the rate over time.

        Times are wall clock, ``to_ns`` excluded. ``types`` limits fields to these types of events. Returns the number
        of the question. The answer is a Counted with that number, after others that are not complete.
        """
        number = next(self._numbers)

        def work(reader: EventReader, _stop: Stop) -> Notice:
            rates = tuple((b.start_ns, b.count) for b in reader.statistics.rates(bucket_ns, from_ns, to_ns))
            found = (
                reader.statistics.counts_by_column(by, from_ns, to_ns)
                if isinstance(by, Column)
                else reader.statistics.counts_by_field(by, from_ns, to_ns, types=types)
            )
            notified = 0
            counts: Counter[str] = Counter()
            for done, total, counts in found:
                if done - notified >= _NOTIFY_EVERY and done < total:
                    notified = done
                    self._notify([_counted(number, counts, rates, bucket_ns, done, total)])
            return _counted(number, counts, rates, bucket_ns, 1, 1)

        self._counting.ask(self._capture.current, work)
        return number

    def stop(self) -> list[Thread]:
        """Cancel all questions; return the threads that have not ended yet."""
        return [*self._edging.stop(), *self._counting.stop()]


def _edges(reader: EventReader, from_ns: int, bucket_ns: int, count: int) -> Edges:
    """Look up the first entry at or after each boundary; the time depends on the number of spans, not of entries."""
    last = reader.last_sequence()
    _first, newest = reader.time_span()
    found = array("q")
    for number in range(count + 1):
        moment = from_ns + number * bucket_ns
        found.append(last + 1 if not last or moment > newest else max(reader.sequence_at(moment), 1))
    for index in range(1, len(found)):
        found[index] = max(found[index], found[index - 1])  # also where the clock was set back
    return Edges(from_ns, bucket_ns, found, _gaps(reader, found[0], from_ns, bucket_ns, count))


def _gaps(reader: EventReader, first: int, from_ns: int, bucket_ns: int, count: int) -> tuple[tuple[int, int], ...]:
    """Return the times of gaps in the spans; what is less than half a span apart counts as one.

    A gap is stored when it is over: those that reach into the spans have no lower number than their first entry.
    """
    to_ns = from_ns + count * bucket_ns
    spans = sorted(
        (max(gap.from_ns, from_ns), min(gap.to_ns, to_ns))
        for _sequence, gap in reader.gaps(first)
        if gap.from_ns < to_ns and gap.to_ns >= from_ns
    )
    found: list[tuple[int, int]] = []
    for begin, end in spans:
        if found and begin - found[-1][1] < bucket_ns // 2:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((begin, end))
    return tuple(found)


def _counted(
    number: int,
    counts: Counter[str],
    rates: tuple[tuple[int, int], ...],
    bucket_ns: int,
    done: int,
    total: int,
) -> Counted:
    pairs = tuple(counts.most_common(MOST_VALUES))
    return Counted(number, pairs, len(counts), rates, bucket_ns, done, total)
