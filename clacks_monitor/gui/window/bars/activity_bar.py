"""Lines below the table: what is under way, how far it is, and what came of it, each with its buttons.

Owner: the main window, which makes it when there is something to say. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from clacks_monitor.gui.kit.theme import Theme

_STEPS = 1000


class ActivityLine(QFrame):
    """A text; a progress bar and Cancel while it is under way, afterwards buttons of actions and one that closes it."""

    cancelled = Signal()

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = PlainLabel(self, text)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setWordWrap(True)  # a long text makes the line higher, never the window wider
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # nor does a long name
        self.text.setToolTip(plain_tip(text))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 4, 4)
        self._row.setSpacing(8)
        self._row.addWidget(self.text, 1)
        self.progress: QProgressBar | None = None

    def add_progress(self) -> None:
        """Show that it is under way; to be called once."""
        self.progress = QProgressBar(self)
        self.progress.setRange(0, _STEPS if self._theme.still else 0)  # a bar without an end moves
        self.progress.setFixedWidth(160)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(spoken(self.text.text()))
        self.count = PlainLabel(self, self.tr("running…") if self._theme.still else "")
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setAccessibleName(spoken(self.tr("Cancel: %1").replace("%1", self.text.text())))
        self.cancel.clicked.connect(self._cancel)
        for widget in (self.count, self.progress, self.cancel):
            self._row.addWidget(widget)

    @Slot()
    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.count.setText(self.tr("stopping…"))
        self.cancelled.emit()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is; ``total`` 0 stands for unknown."""
        if self.progress is None or not self.cancel.isEnabled():
            return
        if not total:
            self.count.setText(formats.number(done) if done else "")
            return
        self.progress.setRange(0, _STEPS)
        self.progress.setValue(min(_STEPS, done * _STEPS // total))
        self.count.setText(self.tr("%1 %").replace("%1", str(min(100, done * 100 // total))))

    def add_buttons(self, actions: Sequence[QAction]) -> None:
        """Offer what can be done about it; any of the buttons closes the line."""
        for action in actions:
            button = QPushButton(action.text(), self)
            button.clicked.connect(action.trigger)
            button.clicked.connect(self.put_away)
            action.setParent(self)
            self._row.addWidget(button)
        close = QToolButton(self)
        close.setAutoRaise(True)
        close.setIcon(self._theme.icons.icon("close"))
        close.setToolTip(self.tr("Close this message"))
        close.setAccessibleName(self.tr("Close this message"))
        close.clicked.connect(self.put_away)
        self._row.addWidget(close)

    @Slot()
    def put_away(self) -> None:
        """Go."""
        self.hide()
        self.deleteLater()


class ActivityBar(QWidget):
    """The lines, the newest at the bottom. ``cancelled`` carries a job's number."""

    cancelled = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._jobs: dict[int, ActivityLine] = {}

    def lines(self) -> list[ActivityLine]:
        """Return what is shown."""
        return [line for line in self.findChildren(ActivityLine) if not line.isHidden()]

    def _line(self, text: str) -> ActivityLine:
        line = ActivityLine(text, self._theme, self)
        line.setObjectName("activityLine")
        self._column.addWidget(line)
        line.show()
        return line

    def begin(self, job: int, text: str) -> None:
        """Show that a job is under way."""
        line = self._jobs[job] = self._line(text)
        line.add_progress()
        line.setProperty("job", job)
        line.cancelled.connect(self._cancel)

    @Slot()
    def _cancel(self) -> None:
        line = self.sender()
        if isinstance(line, ActivityLine):
            self.cancelled.emit(int(line.property("job")))

    def show_progress(self, job: int, done: int, total: int) -> None:
        """Say how far a job is."""
        if job in self._jobs:
            self._jobs[job].show_progress(done, total)

    def end(self, job: int) -> str:
        """Take a job's line away and return its text."""
        line = self._jobs.pop(job, None)
        if line is None:
            return ""
        line.put_away()
        return line.text.text()

    def notify(self, text: str, actions: Sequence[QAction]) -> ActivityLine:
        """Say something that stays until it is closed or one of the actions is taken; return its line."""
        line = self._line(text)
        line.add_buttons(actions)
        return line
