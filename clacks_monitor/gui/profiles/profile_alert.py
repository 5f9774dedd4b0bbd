"""The page of the profile dialog that says when and how the profile calls. Owner: the dialog. Thread: the window's."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
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
from clacks_monitor.core.untrusted import clip, reveal
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.profiles.command_view import MAX_SHOWN, CommandView
from clacks_monitor.gui.query.filter_state import DEBOUNCE_MS

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.latest_task import Wanted
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.profiles.consenting import Consenting
    from clacks_monitor.session.profiles.alert_consents import Looked

_ABSENCE_S = 60.0
_LONGEST_S = 86_400.0


class AlertPage(QWidget):
    """``changed`` comes when something that decides whether the profile can be stored has changed.

    ``looked`` is the command as it is shown: that, and nothing that took its place meanwhile, is what can be allowed.
    """

    changed = Signal()

    def __init__(self, alert: Alert, consenting: Consenting, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._consenting = theme, consenting
        self._given: tuple[str, ...] | None = alert.command
        self._webhook = alert.webhook
        self.looked = consenting.look(())
        self._why_not = ""
        self._task = LatestTask("looking at a command", self)
        self.on_match = QCheckBox(self.tr("&When an event matches"), self)
        self.on_absence = QCheckBox(self.tr("No matc&h for"), self)
        self.absence = self._seconds(alert.absence_s or _ABSENCE_S)
        self.tray = QCheckBox(self.tr("Des&ktop notification"), self)
        self.sound = QCheckBox(self.tr("S&ound"), self)
        # What cannot be seen, or reorders what can, is shown as its code; the command stays as it is until an edit.
        self.command = QLineEdit(reveal(clip(shlex.join(alert.command), MAX_SHOWN)), self)
        self.view = CommandView(self)
        self.runs = PlainLabel(self)
        self.allowed = QCheckBox(self.tr("Command reviewed; &allow it on this computer"), self)
        self.pause = self._seconds(alert.pause_s)
        self._timer = QTimer(self, interval=DEBOUNCE_MS, singleShot=True)
        self._lay_out()
        self.on_match.setChecked(alert.on_match)
        self.on_absence.setChecked(alert.absence_s > 0)
        self.tray.setChecked(alert.tray)
        self.sound.setChecked(alert.sound)
        self._timer.timeout.connect(self._look)
        self._task.done.connect(self._on_looked)
        # It comes while the view is painted, when nothing may change that is painted.
        self.view.seen.connect(self._enable, Qt.ConnectionType.QueuedConnection)
        self.command.textEdited.connect(self._command_edited)
        for box in (self.on_match, self.on_absence):
            box.toggled.connect(self._enable)
        self._look()

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
        column.addWidget(self._heading(self.tr("Alert me")))
        column.addWidget(self.on_match)
        column.addLayout(self._row(self.on_absence, self.absence))
        column.addSpacing(8)
        column.addWidget(self._heading(self.tr("Always counted in the status bar; additionally:")))
        column.addWidget(self.tray)
        column.addWidget(self.sound)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        self.command.setPlaceholderText(self.tr("no command; for example notify-send 'A call was missed'"))
        form.addRow(self.tr("Co&mmand"), self.command)
        column.addLayout(form)
        column.addWidget(self.view, 100)
        self.runs.setWordWrap(True)
        column.addWidget(self.runs)
        column.addWidget(self.allowed)
        column.addSpacing(8)
        pause = PlainLabel(self, self.tr("At most once &every"))
        pause.setBuddy(self.pause)
        column.addLayout(self._row(pause, self.pause))
        column.addStretch(1)
        self.absence.setAccessibleName(self.tr("Seconds without a match"))
        self.pause.setAccessibleName(self.tr("Seconds between two alerts"))

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
        """Withdraw the consent: it was for another command."""
        self._given = None
        self.allowed.setChecked(False)
        self._timer.start()
        self._enable()

    @Slot()
    def _look(self) -> None:
        """Look at what was entered, and at the files that it names: on a thread, as they may be large."""
        command, consenting = self._arguments() or (), self._consenting

        def look(_wanted: Wanted) -> tuple[Looked, str]:
            looked = consenting.look(command)
            return looked, consenting.why_not(looked) if command else ""

        self._task.ask(look)
        self._enable()

    @Slot(object)
    def _on_looked(self, found: tuple[Looked, str]) -> None:
        self.looked, self._why_not = found
        self.view.show_command(self.looked)
        self.allowed.setChecked(bool(self.looked.command) and not self._why_not)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        wanted = self.wanted
        for widget in (self.tray, self.sound, self.command, self.pause):
            widget.setEnabled(wanted)
        self.absence.setEnabled(self.on_absence.isChecked())
        command = self._arguments()
        self.view.setVisible(bool(self.looked.command))
        self.allowed.setEnabled(wanted and self._can_be_judged(command))
        bad = command is None or bool(self.looked.command and self.looked.problem and not self.looking)
        self.runs.setText(self._state_text(command))
        role = self.runs.palette().ColorRole
        palette = self.runs.palette()
        palette.setColor(role.WindowText, self._theme.bad if bad else self._theme.muted)
        self.runs.setPalette(palette)
        self.changed.emit()

    @property
    def looking(self) -> bool:
        """Whether what was entered has still to be looked at."""
        return self._timer.isActive() or self._task.busy

    @property
    def undecided(self) -> bool:
        """Whether it is not known yet if the profile's own command is allowed."""
        return bool(self._given) and self._task.busy

    def _can_be_judged(self, command: tuple[str, ...] | None) -> bool:
        """Return whether all of what is entered was in sight, and can be allowed."""
        shown = bool(command) and command == self.looked.command and not self.looked.problem
        return shown and (self.view.was_seen or not self._why_not)

    def _arguments(self) -> tuple[str, ...] | None:
        """Return the command as it is run, None when it cannot be read."""
        if self._given is not None:
            return self._given
        try:
            return tuple(shlex.split(self.command.text()))
        except ValueError:
            return None

    def _state_text(self, command: tuple[str, ...] | None) -> str:
        if command is None:
            return self.tr("A quotation mark is not closed.")
        if command and self.looking:
            return self.tr("The command is being checked…")
        how = self.tr("Runs without a shell. The event's XML is passed on standard input.")
        if not command or not self.looked.command:
            return how
        if self._why_not:
            how = f"{translated(self._why_not)} {how}"
        if not self.looked.problem and self._why_not and not self.view.was_seen:
            how += " " + self.tr("Scroll to the end to allow it.")
        return how

    def consent(self) -> Looked | None:
        """Return what was allowed, None when nothing was."""
        return self.looked if self.allowed.isEnabled() and self.allowed.isChecked() else None

    def problem(self) -> str:
        """Return why this cannot be stored, "" when it can."""
        return self.tr("Alert: a quotation mark in the command is not closed.") if self._arguments() is None else ""

    @property
    def wanted(self) -> bool:
        """Whether there is an alert at all."""
        return self.on_match.isChecked() or self.on_absence.isChecked()

    def alert(self) -> Alert:
        """Return what was entered, with the webhook as it was."""
        return Alert(
            on_match=self.on_match.isChecked(),
            absence_s=self.absence.value() if self.on_absence.isChecked() else 0.0,
            tray=self.tray.isChecked(),
            sound=self.sound.isChecked(),
            command=self._arguments() or (),
            webhook=self._webhook,
            pause_s=self.pause.value(),
        )
