"""A banner above the table while a connection receives nothing. Owner: the outage display. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from clacks_monitor.gui.kit import outage_texts
from clacks_monitor.gui.kit.contrast import readable_on
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.outages import Outage

MOST_ROWS: Final = 3
"""How many connections have a line of their own; the others are named together in one more."""


class OutageRow(QWidget):
    """One connection: its state, the reason, the time to the next attempt, and a button."""

    wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sign, self.title = PlainLabel(self), PlainLabel(self)
        self.reason, self.below, self.next_try = ElidedLabel(self), ElidedLabel(self), PlainLabel(self)
        self.button = QPushButton(QCoreApplication.translate("OutageBanner", "Try now"), self)
        self.button.clicked.connect(self.wanted)
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.next_try.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(0, 1)
        grid.addWidget(self.sign, 0, 0)
        grid.addWidget(self.title, 0, 1)
        grid.addWidget(self.reason, 0, 2)
        grid.addWidget(self.below, 1, 1, 1, 2)
        grid.addWidget(self.next_try, 0, 3, 2, 1)
        grid.addWidget(self.button, 0, 4, 2, 1)

    def show_outage(self, outage: Outage, now_ns: int, *, alone: bool) -> None:
        """Show a connection; the reason has a line of its own where it is ``alone``."""
        title, reason = outage_texts.title(outage), outage_texts.reason(outage)
        if self.title.whole != title:
            self.title.setText(title)
        for label, shown in ((self.reason, not alone), (self.below, alone and bool(reason))):
            label.setVisible(shown)
            if label.text() != reason:
                label.show_text(reason)
        self._show_next(outage_texts.next_try(outage, now_ns), enabled=not outage.trying)
        self.button.setAccessibleName(spoken(f"{self.button.text()}: {outage.name}"))

    def _show_next(self, text: str, *, enabled: bool) -> None:
        if self.next_try.text() != text:
            # Only ever wider: a countdown must not move what stands beside it.
            needed = self.next_try.fontMetrics().horizontalAdvance(text)
            self.next_try.setMinimumWidth(max(self.next_try.minimumWidth(), needed))
            self.next_try.setText(text)
        self.button.setEnabled(enabled)


class OutageBanner(QFrame):
    """``retry_wanted`` carries the id of a connection to try now."""

    retry_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.outages: Sequence[Outage] = ()
        self.lines = [OutageRow(self) for _place in range(MOST_ROWS)]
        self.others = ElidedLabel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 4, 4)
        column.setSpacing(4)
        for line in self.lines:
            column.addWidget(line)
            line.wanted.connect(self._retry)
        column.addWidget(self.others)
        self.setAutoFillBackground(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setVisible(False)
        theme.changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        background = self._theme.bad
        ink = readable_on(background, self._theme.base)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, background)
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        self.setPalette(palette)
        labels = [label for line in self.lines for label in (line.title, line.reason, line.below, line.next_try)]
        for label in (*labels, self.others):
            # Where the application has a style sheet, a label does not take over its parent's colours.
            label.setPalette(palette)
        for line in self.lines:
            line.sign.setPixmap(self._theme.icons.pixmap("warning", ink))

    def show_outages(self, outages: Sequence[Outage], now_ns: int) -> None:
        """Show these connections, the most important first; none hides the banner."""
        began = {one.connection_id for one in outages} - {one.connection_id for one in self.outages}
        self.outages = outages
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(outages))
            if place < len(outages):
                line.show_outage(outages[place], now_ns, alone=len(outages) == 1)
        self._show_others(outages[MOST_ROWS:])
        text = " ".join(outage_texts.sentence(one, now_ns) + "." for one in outages)
        self.setAccessibleName(spoken(text))
        self.setToolTip(plain_tip("\n".join(outage_texts.sentence(one, now_ns) for one in outages)))
        self.setVisible(bool(outages))
        if began:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _show_others(self, others: Sequence[Outage]) -> None:
        self.others.setVisible(bool(others))
        if others:
            names = ", ".join(outage_texts.name_of(one) for one in others)
            self.others.show_text(self.tr("and %Ln more: %1", "", len(others)).replace("%1", names))

    @Slot()
    def _retry(self) -> None:
        for place, line in enumerate(self.lines[: len(self.outages)]):
            if line is self.sender():
                self.retry_wanted.emit(self.outages[place].connection_id)
