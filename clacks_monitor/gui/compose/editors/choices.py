"""Editors for values from a small set: true or false, and enumerations.

Both take any other text as well (a placeholder, a value that is wrong on purpose), because receivers are tested
with those.
Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from clacks_monitor.gui.compose.editors.base import ValueEditor, line_height, no_wheel_focus
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import documentation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.forms import ChoiceValue

OFFERED = 500
"""So many values are in the list; any other can be typed."""
_BOOLEAN = {"true": True, "1": True, "false": False, "0": False}
_OTHER = {"true": "false", "false": "true", "1": "0", "0": "1"}


class BooleanEditor(ValueEditor):
    """A check box, beside which the value is written; "1" and "0" stay in that spelling."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = "false"
        self.box = QCheckBox(self)
        self.box.setMinimumHeight(line_height(self))
        self.line = QLineEdit(self)
        self.line.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addWidget(self.line)
        layout.addStretch()
        self._as_text = QAction(self.tr("Write as text"), self, checkable=True)
        self._as_text.toggled.connect(self._show)
        for widget in (self.box, self.line):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            widget.addAction(self._as_text)
        self.box.clicked.connect(self._clicked)
        self.line.textEdited.connect(self._typed)
        self.watch_focus(self.box, self.line)
        self._show()

    def _clicked(self) -> None:
        self._value = _OTHER.get(self._value.strip(), "true")
        self._show()
        self.edited.emit(self._value)

    def _typed(self, text: str) -> None:
        self._value = text
        self.edited.emit(text)

    def _show(self) -> None:
        state = _BOOLEAN.get(self._value.strip())
        as_text = state is None or self._as_text.isChecked()
        self.box.setVisible(not as_text)
        self.line.setVisible(as_text)
        self.box.setChecked(bool(state))
        self.box.setText(self.tr("true") if state else self.tr("false"))
        if self.line.text() != self._value:
            self.line.setText(self._value)

    @override
    def text(self) -> str:
        return self._value

    @override
    def set_text(self, text: str) -> None:
        self._value = text
        self._show()

    @override
    def targets(self) -> Iterable[QWidget]:
        return (self.box, self.line)


class ChoiceEditor(ValueEditor):
    """A combo box of the values, each with its documentation as a tooltip."""

    def __init__(self, choices: Sequence[ChoiceValue], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = QComboBox(self)
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMaximumWidth(280)
        no_wheel_focus(self.combo)
        for choice in choices[:OFFERED]:
            self.combo.addItem(choice.value)
            tip = documentation(choice.documentation) or choice.value
            self.combo.setItemData(self.combo.count() - 1, plain_tip(tip), Qt.ItemDataRole.ToolTipRole)
        self._about = {choice.value: documentation(choice.documentation) for choice in choices}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.combo, 1)
        layout.addStretch()
        self.combo.editTextChanged.connect(self._changed)
        self.watch_focus(self.combo)
        line = self.combo.lineEdit()
        if line is not None:
            line.installEventFilter(self)

    def _changed(self, text: str) -> None:
        self._show_note(text)
        self.edited.emit(text)

    def _show_note(self, text: str) -> None:
        self.combo.setToolTip(plain_tip(self._about.get(text, "")))

    @override
    def text(self) -> str:
        return self.combo.currentText()

    @override
    def set_text(self, text: str) -> None:
        if text != self.combo.currentText():
            exactly = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive
            with QSignalBlocker(self.combo):
                self.combo.setCurrentIndex(self.combo.findText(text, exactly))
                self.combo.setEditText(text)
            self._show_note(text)

    @override
    def targets(self) -> Iterable[QWidget]:
        return (self.combo,)

    @override
    def set_hint(self, hint: str) -> None:
        line = self.combo.lineEdit()
        if line is not None:
            line.setPlaceholderText(hint)
