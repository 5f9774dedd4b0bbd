"""Asks how a filter is saved as a profile: name, colour, columns and alert in one step.

Owner: its opener. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.profile import NO_ALERT, Alert, Profile
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.colour_names import colour_name
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import as_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.columns import ShownColumn
    from clacks_monitor.gui.kit.theme import Theme

MAX_NAME = 100
_COLUMNS_SHOWN = 200
"""Characters of the names of the columns."""


class SaveDialog(QDialog):
    """``profile()`` is the profile that was entered; ``columns`` are those that the table shows now."""

    def __init__(self, query: str, columns: Sequence[ShownColumn], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query, self._columns = query, tuple(columns)
        self.setWindowTitle(self.tr("Save as profile"))
        self.name, self.colour = QLineEdit(self), QComboBox(self)
        self.with_columns = QCheckBox(self.tr("Bring the &present columns"), self)
        self.with_alert = QCheckBox(self.tr("&Alert me when an event matches"), self)
        self.reason = PlainLabel(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.name.setMaxLength(MAX_NAME)
        for colour in COLOURS:
            self.colour.addItem(theme.icons.square(colour), colour_name(colour), colour)
        form = QFormLayout(self)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Colour"), self.colour)
        form.addRow("", self.with_columns)
        form.addRow("", self._hint(", ".join(map(cells.heading, columns))))
        form.addRow("", self.with_alert)
        form.addRow("", self._hint(self.tr("Notification on the desktop; Edit profile, Alert, offers more.")))
        self.reason.setWordWrap(True)
        self.reason.setVisible(False)
        form.addRow(self.reason)
        form.addRow(self.buttons)
        self.setMinimumWidth(60 * self.fontMetrics().averageCharWidth())
        self.name.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name.setFocus()
        self._check()

    def _hint(self, text: str) -> PlainLabel:
        label = PlainLabel(self, as_title(text, _COLUMNS_SHOWN))
        label.setWordWrap(True)
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        return label

    @Slot()
    def _check(self) -> None:
        named = bool(self.name.text().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(named)

    def show_reason(self, text: str) -> None:
        """Say why the profile cannot be stored."""
        self.reason.setText(text)
        self.reason.setVisible(bool(text))

    def profile(self) -> Profile:
        """Return the profile with what was entered."""
        return Profile(
            self.name.text().strip(),
            self._query,
            colour=str(self.colour.currentData()),
            columns=tuple(map(str, self._columns)) if self.with_columns.isChecked() else (),
            alert=Alert(on_match=True, tray=True) if self.with_alert.isChecked() else NO_ALERT,
        )
