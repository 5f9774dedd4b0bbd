"""The parts that show events, put together as a session does, with what they have sent."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from clacks_monitor.session.notices import FilterProgress, Notice, ViewReset, ViewRows
from clacks_monitor.session.view.annotations import Annotations
from clacks_monitor.session.view.filter_thread import FilterThread
from clacks_monitor.session.view.filtering import Filtering
from clacks_monitor.session.view.query_lab import QueryLab
from clacks_monitor.session.view.rows import Rows
from clacks_monitor.session.work.session_thread import SessionThread
from tests.helpers.ending import end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.session.view.filter_thread import MatchListener

N = TypeVar("N", bound=Notice)


class ViewParts:
    """Filtering, rows, queries and annotations of a capture, the rows that are shown, and all notices."""

    def __init__(self, capture: Capture, listener: MatchListener | None = None) -> None:
        self.shown: list[int] = []
        self.tints: dict[int, int] = {}
        self.notices: list[Notice] = []
        self._filtered = -1
        self._changed = threading.Condition()
        self.thread = FilterThread(capture, self._notify, listener)
        self.rows = Rows(capture, self._notify, SessionThread(lambda: None).submit)
        self.filtering = Filtering(self.thread, self.rows, self._notify)
        self.queries = QueryLab(capture, self.filtering, self._notify)
        self.annotations = Annotations(capture, self._notify)

    def close(self) -> None:
        """End the threads, and close the reader."""
        for part in (self.filtering, self.rows, self.queries, self.annotations):
            end(part)

    def _notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            for notice in notices:
                if isinstance(notice, ViewReset):
                    self.shown, self.tints = [], {}
                elif isinstance(notice, ViewRows):
                    self.shown = sorted({*self.shown, *notice.sequences})
                    self.tints |= dict(zip(notice.sequences, notice.tints, strict=True))
                elif isinstance(notice, FilterProgress) and notice.finished:
                    self._filtered = notice.generation
                self.notices.append(notice)
            self._changed.notify_all()

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition that notices bring about."""
        with self._changed:
            assert self._changed.wait_for(condition, 20)

    def settled(self) -> list[int]:
        """Wait until the filter in force has gone through the capture; return the rows that it shows."""
        self.until(lambda: self._filtered == self.filtering.generation)
        return self.shown

    def answer(self, kind: type[N], when: Callable[[N], bool] = lambda _notice: True) -> N:
        """Wait for a notice; return the newest one."""

        def found() -> N | None:
            return next((n for n in reversed(self.notices) if isinstance(n, kind) and when(n)), None)

        self.until(lambda: found() is not None)
        answer = found()
        assert answer is not None
        return answer
