"""Keeps the newest row in view until the user scrolls away, and offers the way back.

Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea, QToolButton

from clacks_monitor.gui.kit.key_names import with_keys

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollBar

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_model import EventModel


class FollowButton(QToolButton):
    """Lies over the newest end of a scroll area and shows how many rows have arrived there."""

    def __init__(self, area: QAbstractScrollArea, theme: Theme) -> None:
        super().__init__(area)
        self._area, self._theme = area, theme
        self.setVisible(False)
        self.setAccessibleName(self.tr("Go to the newest event"))
        self.setToolTip(with_keys(self.tr("Go to the newest event and follow (%1)"), "End"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setAutoRaise(False)
        theme.changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        self.setIcon(self._theme.icons.icon("end"))

    def show_count(self, count: int, *, at_top: bool) -> None:
        """Show how many rows are new, at the top or at the bottom."""
        self.setVisible(True)
        self.setText(self.tr("%Ln new", "", count) if count else self.tr("Newest"))
        self.adjustSize()
        area = self._area.viewport().geometry()
        top = area.top() + 8 if at_top else area.bottom() - self.height() - 8
        self.move(area.right() - self.width() - 12, top)


class Following(QObject):
    """``on`` tells whether the newest row is kept in view."""

    changed = Signal(bool)

    def __init__(self, bar: QScrollBar, button: FollowButton, model: EventModel) -> None:
        super().__init__(bar)
        self._bar, self._model = bar, model
        self.button = button
        self.on = True
        self._new = 0
        button.clicked.connect(self.start)
        bar.actionTriggered.connect(self._scrolled)
        bar.rangeChanged.connect(self.stay_at_end)
        model.modelReset.connect(self._model_reset)

    @Slot()
    def start(self) -> None:
        """Go to the newest row and keep it in view."""
        self.set_on(on=True)
        self.stay_at_end()

    def set_on(self, *, on: bool) -> None:
        """Follow, or leave the rows where they are."""
        if on:
            self._new = 0
        if on is not self.on:
            self.on = on
            self.changed.emit(on)
        self.show_button()

    @Slot()
    def stay_at_end(self) -> None:
        """Scroll to the newest row, if it is followed."""
        if self.on:
            self._bar.setValue(self._bar.minimum() if self._model.store.newest_first else self._bar.maximum())

    def count_new(self, count: int) -> None:
        """Count rows that have arrived out of view."""
        if not self.on:
            self._new += count
            self.show_button()

    def show_button(self) -> None:
        """Show the button in its place, or hide it while the newest row is followed."""
        if self.on:
            self.button.setVisible(False)
        else:
            self.button.show_count(self._new, at_top=self._model.store.newest_first)

    @Slot()
    def _scrolled(self) -> None:
        """Follow at the end only: the user has scrolled, by wheel, keys or pointer."""
        place = self._bar.sliderPosition()
        newest_first = self._model.store.newest_first
        self.set_on(on=place <= self._bar.minimum() if newest_first else place >= self._bar.maximum())

    @Slot()
    def _model_reset(self) -> None:
        self.set_on(on=True)
