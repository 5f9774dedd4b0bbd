"""What the rows of one form share: which row shows which field, what is wrong, what to show besides.

Owner: the form view. Thread: the window's.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from clacks_monitor.gui.compose.layout_hold import LayoutHold
from clacks_monitor.gui.compose.rows import FieldRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QScrollArea, QWidget

    from clacks_monitor.forms import FormField
    from clacks_monitor.gui.compose.panel import Panel
    from clacks_monitor.gui.kit.theme import Theme

AT_ONCE = 8
"""So many rows are built before a form is shown; what is below them follows while it is looked at."""
SLICE_S = 0.010
"""So long rows are built before they are laid out and the window does something else. It is time of the processor: of
that each layout takes its share, and a busy machine would make the pieces smaller and the layouts more."""
BY_ITSELF = 400
"""With so many rows nothing opens by itself any more."""


class FormContext(QObject):
    """``entered`` tells the field that the user came into."""

    entered = Signal(object)
    grown = Signal()
    """Rows were built or taken away, and for now that is all."""

    def __init__(self, theme: Theme, area: QScrollArea) -> None:
        super().__init__(area)
        self.theme = theme
        self.show_help = True
        self.show_all_problems = False
        """False while a new form is empty: it is not wrong yet, only not filled."""
        self.problems: Mapping[str, str] = {}
        self._outdated: set[str] = set()
        self._rows: dict[FormField, FieldRow] = {}
        self._left = AT_ONCE
        self._later: deque[Panel | FieldRow] = deque()
        self._removed: deque[QWidget] = deque()
        self._hold = LayoutHold(area)
        self._building = False
        self._until = 0.0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._build_some)

    # -- building little by little ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Allow AT_ONCE more rows to be built at once."""
        self._left = AT_ONCE

    def may_build(self, panel: Panel) -> bool:
        """Whether a panel may build a row more now; if not, it is continued when the window is idle."""
        return self._now or self._when_idle(panel)

    def may_open(self, row: FieldRow) -> bool:
        """Whether a part may be opened now; if not, it is when the window is idle, or when it is asked."""
        if self._now:
            return True
        return len(self._rows) + len(self._later) <= BY_ITSELF and self._when_idle(row)

    @property
    def _now(self) -> bool:
        return self._left > 0 or (self._building and time.thread_time() < self._until)

    def _when_idle(self, part: Panel | FieldRow) -> bool:
        self._later.append(part)
        self._timer.start()
        return False

    @property
    def complete(self) -> bool:
        """Whether everything that shall be open is built."""
        return not self._later and not self._building

    def remove(self, widget: QWidget | None) -> None:
        """Delete the widgets of a form that is shown no more, a few at a time."""
        if widget is None:
            return
        widget.hide()  # its parent keeps it: without one all that is in it would be styled anew
        self._removed += [*reversed(widget.findChildren(FieldRow)), widget]
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
            while self._later and self._now:
                part, waiting = self._later.popleft(), self._later
                self._later = deque()
                if shiboken6.isValid(part):
                    self._hold.hold(part)
                    part.resume()
                self._later += waiting
        finally:
            self._building = False
            self._hold.release()

    # -- rows ------------------------------------------------------------------------------------------------------

    def register(self, field: FormField, row: FieldRow) -> None:
        """Remember which row shows a field."""
        self._rows[field] = row
        self._left -= 1
        if self.complete:  # else it grows on, and looking for all stops takes longer than a row
            self.grown.emit()

    def unregister(self, field: FormField, row: FieldRow) -> None:
        """Forget a row, unless the field has another one by now."""
        if self._rows.get(field) is row:
            del self._rows[field]

    def outdate(self, path: str) -> None:
        """Forget what the validators said about a value that is another by now; they are asked again soon."""
        self._outdated.add(path)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Take over what the validators say now, by the path of the field."""
        self.problems, self._outdated = problems, set()

    def problem_at(self, path: str) -> str:
        """Return what the validators say about a field, "" for nothing."""
        return "" if path in self._outdated else self.problems.get(path, "")

    def row_of(self, field: FormField) -> FieldRow | None:
        """Return the row that shows a field, None when it has not been built."""
        return self._rows.get(field)

    def rows(self) -> list[FieldRow]:
        """Return every row that has been built."""
        return list(self._rows.values())

    def forget(self) -> None:
        """Forget all rows."""
        self._later.clear()
        self._rows.clear()
