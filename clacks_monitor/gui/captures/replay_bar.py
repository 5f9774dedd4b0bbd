"""The line of a replay under way: how far, how punctual; hold, step, stop. Owner: the replay actions; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.plain_text import spoken

if TYPE_CHECKING:
    from clacks_monitor.session.notices import ReplayProgress

_STEPS = 1000


class ReplayBar(QFrame):
    """``held`` carries whether to hold, ``stepped`` and ``stopped`` nothing."""

    held = Signal(bool)
    stepped = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.text = ElidedLabel(self)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, _STEPS)
        self.progress.setFixedWidth(160)
        self.progress.setTextVisible(False)
        self.hold_button, self.step_button = QPushButton(self), QPushButton(self.tr("Step"), self)
        self.stop_button = QPushButton(self.tr("Stop"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        for widget in (self.progress, self.hold_button, self.step_button, self.stop_button):
            row.addWidget(widget)
        self.hold_button.clicked.connect(self._hold)
        self.step_button.clicked.connect(self.stepped)
        self.stop_button.clicked.connect(self.stopped)
        self._holding = False

    def begin(self, name: str, *, holding: bool) -> None:
        """Show a replay that has begun."""
        self._name = name
        self.progress.setAccessibleName(spoken(name))
        self.progress.setValue(0)
        self.text.show_text(name)
        self._show_holding(on=holding)
        self.setVisible(True)

    def _show_holding(self, *, on: bool) -> None:
        self._holding = on
        self.hold_button.setText(self.tr("Resume") if on else self.tr("Pause"))
        self.step_button.setEnabled(on)

    @Slot()
    def _hold(self) -> None:
        self._show_holding(on=not self._holding)
        self.held.emit(self._holding)

    def show_progress(self, notice: ReplayProgress) -> None:
        """Say how far it is."""
        if notice.total:
            self.progress.setValue(min(_STEPS, notice.looked_at * _STEPS // notice.total))
        self.text.show_text(f"{self._name}: {self.progress_text(notice)}")

    def progress_text(self, notice: ReplayProgress) -> str:
        """Return how far a replay is, how punctual it was, and what the broker refused."""
        parts = [self.tr("%Ln event(s)", "", notice.sent)]
        if notice.sent and notice.jitter_ms:
            late = formats.decimal(notice.jitter_ms)
            parts.append(self.tr("99 % at most %1 ms late").replace("%1", late))
        if notice.refused:
            parts.append(self.tr("%Ln not accepted", "", notice.refused))
        return ", ".join(parts)
