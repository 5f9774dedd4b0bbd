"""Charts for the window's tests: the real lines over the fake session's events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.chart import Chart, ChartShown, ChartSpan, ChartSubject, NumberReader
from clacks_monitor.core.event import Event

if TYPE_CHECKING:
    from tests.helpers.fake_session import FakeSession


class FakeCharts:
    """Answers at once, from the beginning each time; ``left`` of 100 entries are unread in the next answer."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self.asked: list[tuple[int, ChartSubject, ChartSpan]] = []
        self.dropped: list[int] = []
        self.left = 0

    def ask(self, number: int, subject: ChartSubject, span: ChartSpan) -> None:
        self.asked.append((number, subject, span))
        chart, read = Chart(subject, span), NumberReader(subject)
        for sequence, entry in enumerate(self._session.entries, 1):
            if isinstance(entry, Event) and entry.type == subject.type:
                chart.receive(read(entry.raw.body, entry.wall_ns, sequence))
        left, self.left = self.left, 0
        self._session.notify([ChartShown(number, subject, span, chart.lines(), len(chart.refused), left, 100)])

    def drop(self, number: int) -> None:
        self.dropped.append(number)

    def stop(self) -> None:
        """Nothing runs."""
