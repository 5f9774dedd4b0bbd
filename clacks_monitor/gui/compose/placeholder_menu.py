"""A menu that writes a placeholder where the cursor is.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QMenu, QPlainTextEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget


class PlaceholderMenu(QObject):
    """Fills a menu with the placeholders there are."""

    def __init__(self, menu: QMenu, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        for text, message in (
            ("{{uuid}}", self.tr("a new identifier")),
            ("{{now}}", self.tr("date and time of sending")),
            ("{{now+PT5M}}", self.tr("five minutes later")),
            ("{{now:epoch}}", self.tr("seconds since 1970")),
            ("{{now:date}}", self.tr("the date")),
            ("{{now:time}}", self.tr("the time of day")),
            ("{{counter}}", self.tr("1, 2, 3…")),
            ("{{random:1:100}}", self.tr("a number from 1 to 100")),
            ("{{pick:busy,free}}", self.tr("one of these words")),
            ("{{csv:column}}", self.tr("a column of the CSV file")),
        ):
            action = menu.addAction(f"{text}   {message}")
            action.setData(text)
            action.triggered.connect(self._insert)

    def _insert(self) -> None:
        action = self.sender()
        target = self._target()
        if not isinstance(action, QAction):
            return
        if isinstance(target, QPlainTextEdit):
            target.insertPlainText(str(action.data()))
        elif target is not None:
            target.insert(str(action.data()))

    def _target(self) -> QLineEdit | QPlainTextEdit | None:
        """Return what is typed into now; the line of a spin or combo box for the box."""
        focus: QWidget | None = self._window.focusWidget()
        if isinstance(focus, QLineEdit | QPlainTextEdit):
            return focus
        return focus.findChild(QLineEdit) if isinstance(focus, QComboBox | QAbstractSpinBox) else None
