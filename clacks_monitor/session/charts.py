"""Charts of fields, read from the capture: the newest events first, later what has come since.

Each is read on a thread of its own, in parts, so that its lines are shown while they grow. Owner: the session's thread.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.chart import Chart, ChartNumber, ChartShown, ChartSpan, ChartSubject, NumberReader
from clacks_monitor.session.work.latest_question import LatestQuestion

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.ending import Stop
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notice, Notify

CHUNK = 2_000
BUDGET, EVENTS = 100_000, 5_000
"""Entries that one answer goes through at most, and events of the chart's type that it reads."""


class _ChartReading:
    """A chart, and how far its capture is read: from ``low`` to ``high``. The lock is held while a chunk is read."""

    def __init__(self, number: int, subject: ChartSubject, span: ChartSpan, capture: EventStore) -> None:
        self._number, self.subject, self.capture = number, subject, capture
        self._chart, self._read = Chart(subject, span), NumberReader(subject)
        self._lock = threading.Lock()
        self._first = self._low = self._high = 0
        self._span: ChartSpan | None = None

    def goes_on(self, subject: ChartSubject, span: ChartSpan, capture: EventStore) -> bool:
        """Return whether what is read is of use for a span: one that does not begin earlier."""
        mine = self._chart.span
        fits = span.column_ns == mine.column_ns and span.from_ns >= mine.from_ns
        return fits and (subject, capture) == (self.subject, self.capture)

    def move_to(self, span: ChartSpan) -> None:
        """Show a later span."""
        if span != self._chart.span:
            with self._lock:
                self._chart.move_to(span)

    def catch_up(self, reader: EventReader, _stop: Stop) -> Notice:
        """Read further, first what has come since, then what is older; on a question's thread."""
        last = reader.last_sequence()
        self._begin(reader, last)
        entries, events = BUDGET, EVENTS
        while entries > 0 and events > 0 and (self._high < last or self._low > self._first):
            with self._lock:
                if self._high < last:
                    span = self._high + 1, min(self._high + CHUNK, last)
                    events -= self._receive(reader, *span)
                    self._high = span[1]
                else:
                    span = max(self._low - CHUNK, self._first), self._low - 1
                    events -= self._receive(reader, *span)
                    self._low = span[0]
            entries -= span[1] - span[0] + 1
        with self._lock:
            chart = self._chart
            left, total = max(0, last - self._high) + max(0, self._low - self._first), max(1, last - self._first + 1)
            return ChartShown(self._number, self.subject, chart.span, chart.lines(), len(chart.refused), left, total)

    def _begin(self, reader: EventReader, last: int) -> None:
        """Find where the span begins in the capture."""
        with self._lock:
            span = self._chart.span
            if self._span is None:
                self._low, self._high = last + 1, last
            if span != self._span:
                begun = reader.time_span()[1] >= span.from_ns
                self._first, self._span = reader.sequence_at(span.from_ns) if begun else last + 1, span

    def _receive(self, reader: EventReader, first: int, last: int) -> int:
        """Read a part of the capture, all of it or nothing; return how many events it has."""
        readings, count = list[ChartNumber](), 0
        for chunk in reader.scan(first, last, chunk=CHUNK, types={self.subject.type}, properties=False):
            times = {row.sequence: row.wall_ns for row in reader.rows([item[0] for item in chunk])}
            count += len(chunk)
            for sequence, _name, body, _properties in chunk:
                if sequence in times:
                    readings += self._read(body, times[sequence], sequence)
        self._chart.receive(readings)
        return count


class Charts:
    """The charts that are open, by numbers that their owner gives them."""

    def __init__(self, capture: Callable[[], EventStore], notify: Notify) -> None:
        self._capture, self._notify = capture, notify
        self._readings: dict[int, _ChartReading] = {}
        self._questions: dict[int, LatestQuestion] = {}

    def ask(self, number: int, subject: ChartSubject, span: ChartSpan) -> None:
        """Bring a chart up to date for a span of time; the answer is a ChartShown."""
        capture, reading = self._capture(), self._readings.get(number)
        if reading is None or not reading.goes_on(subject, span, capture):
            reading = self._readings[number] = _ChartReading(number, subject, span, capture)
        reading.move_to(span)
        question = self._questions.setdefault(number, LatestQuestion(f"chart {number}", self._notify))
        question.ask(capture, reading.catch_up)

    def drop(self, number: int) -> None:
        """Forget a chart that is closed."""
        self._readings.pop(number, None)
        if number in self._questions:
            self._questions[number].cancel()

    def stop(self) -> list[threading.Thread]:
        """Stop reading; return the threads that have not ended yet."""
        return [thread for question in self._questions.values() for thread in question.stop()]
