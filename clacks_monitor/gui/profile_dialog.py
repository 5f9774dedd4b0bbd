"""Edits a profile: name, description, colour, query. Owner: whoever opens it. Thread: the window's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.core.profile import COLOURS, Profile
from clacks_monitor.gui.colour_names import colour_name
from clacks_monitor.gui.filter_state import DEBOUNCE_MS
from clacks_monitor.gui.query_edit import QueryEdit

if TYPE_CHECKING:
    from clacks_monitor.gui.completion import Completer
    from clacks_monitor.gui.theme import Theme
    from clacks_monitor.session.view import View

MAX_NAME = 100


class ProfileDialog(QDialog):
    """``result_profile`` is the profile as it was edited."""

    def __init__(self, profile: Profile, view: View, theme: Theme, completer: Completer, parent: QWidget) -> None:
        super().__init__(parent)
        self._profile, self._view, self._theme = profile, view, theme
        self.name = QLineEdit(profile.name, self)
        self.description = QLineEdit(profile.description, self)
        self.colour = QComboBox(self)
        self.alert = QCheckBox(self.tr("Notify me when an event matches"), self)
        self.query = QueryEdit(self)
        self.reason = QLabel(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._check)
        self.query.set_up(theme, completer)
        self._lay_out()
        self._check()

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Edit profile") if self._profile.name else self.tr("New profile"))
        self.resize(560, 420)
        column = QVBoxLayout(self)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        self.name.setMaxLength(MAX_NAME)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Description"), self.description)
        for colour in COLOURS:
            self.colour.addItem(self._theme.colour_icon(colour), colour_name(colour), colour)
        self.colour.setCurrentIndex(self.colour.findData(self._profile.colour))
        form.addRow(self.tr("&Colour"), self.colour)
        self.alert.setChecked(self._profile.alert)
        form.addRow("", self.alert)
        self.query.setFrameShape(QFrame.Shape.StyledPanel)
        self.query.load(self._profile.query)
        self.query.setAccessibleName(self.tr("Query"))
        self.query.setPlaceholderText(self.tr("Empty: every event"))
        form.addRow(self.tr("&Query"), self.query)
        column.addLayout(form, 1)
        self.reason.setWordWrap(True)
        column.addWidget(self.reason)
        column.addWidget(self.buttons)
        self.query.edited.connect(self._timer.start)
        self.query.apply_wanted.connect(self.accept)
        self.query.revert_wanted.connect(self.reject)
        self.name.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @Slot()
    def _check(self) -> None:
        error = self._view.check(self.query.toPlainText())
        self.query.show_error(error)
        self.show_reason(str(error) if error else "")
        good = error is None and bool(self.name.text().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(good)

    def show_reason(self, text: str) -> None:
        """Say why the profile cannot be stored."""
        self.reason.setText(text)
        palette = self.reason.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.bad)
        self.reason.setPalette(palette)

    def result_profile(self) -> Profile:
        """Return the profile with what was entered."""
        return replace(
            self._profile,
            name=self.name.text().strip(),
            description=self.description.text().strip(),
            colour=str(self.colour.currentData()),
            alert=self.alert.isChecked(),
            query=self.query.toPlainText(),
        )
