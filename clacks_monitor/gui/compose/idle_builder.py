"""Builds and deletes the widgets of a form a few at a time, so that the window answers meanwhile.

Owner: the form view. Thread: the window's.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from clacks_monitor.gui.compose.layout_hold import LayoutHold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QScrollArea

AT_ONCE = 8
"""So many rows are built before a form is shown; what is below them follows while it is looked at."""
SLICE_S = 0.010
"""So long rows are built before they are laid out and the window does something else. It is time of the processor: of
that each layout takes its share, and a busy machine would make the pieces smaller and the layouts more."""


class Part(QWidget):
    """A widget that is built little by little."""

    def resume(self) -> None:
        """Build what had to wait."""
        raise NotImplementedError


class IdleBuilder(QObject):
    """Allows parts to build at once what fits into a slice of time, and resumes them for the rest."""

    grown = Signal()
    """Widgets were built or deleted, and for now none is waiting."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._left = AT_ONCE
        self._later: deque[Part] = deque()
        self._removed: deque[QWidget] = deque()
        self._hold = LayoutHold(area)
        self._building = False
        self._until = 0.0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._build_some)

    def begin(self) -> None:
        """Allow AT_ONCE more rows to be built at once."""
        self._left = AT_ONCE

    def count_row(self) -> None:
        """Count a row that was built."""
        self._left -= 1
        if self.complete:  # else it grows on, and looking for all stops takes longer than a row
            self.grown.emit()

    def may_build(self, part: Part) -> bool:
        """Tell whether a part may build a row more now; if not, it is resumed when the window is idle."""
        if self.now:
            return True
        self._later.append(part)
        self._timer.start()
        return False

    @property
    def waiting(self) -> int:
        """How many parts wait."""
        return len(self._later)

    @property
    def now(self) -> bool:
        """Whether rows may be built now."""
        return self._left > 0 or (self._building and time.thread_time() < self._until)

    @property
    def complete(self) -> bool:
        """Whether everything that shall be open is built."""
        return not self._later and not self._building

    def forget(self) -> None:
        """Resume none of the parts that wait."""
        self._later.clear()

    def remove(self, widgets: Iterable[QWidget]) -> None:
        """Delete widgets in this order, a few at a time."""
        self._removed += widgets
        self._timer.start()

    def remove_rest(self) -> None:
        """Delete at once what is still to be deleted."""
        while self._removed:
            shiboken6.delete(self._removed.popleft())

    def _build_some(self) -> None:
        self._until = time.thread_time() + SLICE_S
        if self._later:
            self._build_later()
            if self.complete:
                self.grown.emit()
        while self._removed and time.thread_time() < self._until:
            shiboken6.delete(self._removed.popleft())
        if not self._later and not self._removed:
            self._timer.stop()

    def _build_later(self) -> None:
        """Continue the parts that wait, from top to bottom: one to its end before the next, so that little moves."""
        self._building = True
        try:
            while self._later and self.now:
                part, waiting = self._later.popleft(), self._later
                self._later = deque()
                if shiboken6.isValid(part):
                    self._hold.hold(part)
                    part.resume()
                self._later += waiting
        finally:
            self._building = False
            self._hold.release()
