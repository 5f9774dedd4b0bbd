"""The page of the profile dialog that says when and how the profile calls. Owner: the dialog. Thread: the window's."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.core.profile import Alert
from clacks_monitor.gui.labels import PlainLabel

if TYPE_CHECKING:
    from clacks_monitor.gui.theme import Theme

_ABSENCE_S = 60.0
_LONGEST_S = 86_400.0


class AlertPage(QWidget):
    """``changed`` comes when something that decides whether the profile can be stored has changed."""

    changed = Signal()

    def __init__(self, alert: Alert, *, allowed: bool, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.on_match = QCheckBox(self.tr("&When an event matches"), self)
        self.on_absence = QCheckBox(self.tr("When &nothing has matched for"), self)
        self.absence = self._seconds(alert.absence_s or _ABSENCE_S)
        self.tray = QCheckBox(self.tr("Notification on the &desktop"), self)
        self.sound = QCheckBox(self.tr("S&ound"), self)
        self.command = QLineEdit(shlex.join(alert.command), self)
        self.runs = PlainLabel(self)
        self.allowed = QCheckBox(self.tr("I have looked at this command and &allow it on this computer"), self)
        self.pause = self._seconds(alert.pause_s)
        self._lay_out()
        self.on_match.setChecked(alert.on_match)
        self.on_absence.setChecked(alert.absence_s > 0)
        self.tray.setChecked(alert.tray)
        self.sound.setChecked(alert.sound)
        self.allowed.setChecked(allowed and bool(alert.command))
        self.command.textEdited.connect(self._command_edited)
        for box in (self.on_match, self.on_absence):
            box.toggled.connect(self._enable)
        self._enable()

    def _seconds(self, value: float) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setDecimals(0)
        box.setRange(1.0, _LONGEST_S)
        box.setSuffix(self.tr(" s"))
        box.setValue(value)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._heading(self.tr("Call me")))
        column.addWidget(self.on_match)
        column.addLayout(self._row(self.on_absence, self.absence))
        column.addSpacing(8)
        column.addWidget(self._heading(self.tr("Always by a count and a line in the status bar, and also by")))
        column.addWidget(self.tray)
        column.addWidget(self.sound)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        self.command.setPlaceholderText(self.tr("no command; for example notify-send 'A call was missed'"))
        form.addRow(self.tr("&Command"), self.command)
        self.runs.setWordWrap(True)
        form.addRow("", self.runs)
        form.addRow("", self.allowed)
        column.addLayout(form)
        column.addSpacing(8)
        words = PlainLabel(self, self.tr("At &most once in"))
        words.setBuddy(self.pause)
        column.addLayout(self._row(words, self.pause))
        column.addStretch(1)
        self.absence.setAccessibleName(self.tr("Seconds without a match"))
        self.pause.setAccessibleName(self.tr("Seconds between two calls"))

    def _heading(self, text: str) -> PlainLabel:
        label = PlainLabel(self, text)
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        return label

    @staticmethod
    def _row(left: QWidget, right: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(left)
        row.addWidget(right)
        row.addStretch(1)
        return row

    # -- what is entered -----------------------------------------------------------------------------------------

    @Slot()
    def _command_edited(self) -> None:
        """Another command is one that nobody has allowed yet."""
        self.allowed.setChecked(False)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        wanted = self.on_match.isChecked() or self.on_absence.isChecked()
        for widget in (self.tray, self.sound, self.command, self.pause):
            widget.setEnabled(wanted)
        self.absence.setEnabled(self.on_absence.isChecked())
        command = self._arguments()
        self.allowed.setEnabled(wanted and bool(command))
        self.runs.setText(self._words(command))
        role = self.runs.palette().ColorRole
        palette = self.runs.palette()
        palette.setColor(role.WindowText, self._theme.bad if command is None else self._theme.muted)
        self.runs.setPalette(palette)
        self.changed.emit()

    def _arguments(self) -> tuple[str, ...] | None:
        """Return the command as it is run, None when it cannot be read."""
        try:
            return tuple(shlex.split(self.command.text()))
        except ValueError:
            return None

    def _words(self, command: tuple[str, ...] | None) -> str:
        if command is None:
            return self.tr("A quotation mark is not closed.")
        how = self.tr("Runs without a shell; the event's XML is on its standard input.")
        if not command:
            return how
        parts = "  ".join(f"[{argument}]" for argument in command)
        return self.tr("Program and arguments: %1").replace("%1", parts) + f"\n{how}"

    def problem(self) -> str:
        """Return why this cannot be stored, "" when it can."""
        return self.tr("Alert: a quotation mark in the command is not closed.") if self._arguments() is None else ""

    def alert(self) -> Alert:
        """Return what was entered."""
        return Alert(
            on_match=self.on_match.isChecked(),
            absence_s=self.absence.value() if self.on_absence.isChecked() else 0.0,
            tray=self.tray.isChecked(),
            sound=self.sound.isChecked(),
            command=self._arguments() or (),
            pause_s=self.pause.value(),
        )
