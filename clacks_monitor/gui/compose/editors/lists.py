"""An editor for a list of values: each item is a chip, typing adds one.

The text stays as it is, white space included, until an item is added or taken away.
Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget
from typing_extensions import override

from clacks_monitor.gui.compose.editors.base import ValueEditor
from clacks_monitor.gui.compose.editors.flow import FlowLayout
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

OFFERED = 500
"""So many values are offered while one types."""
MAX_CHIPS = 60
"""Longer lists are text: nobody picks one chip of a hundred, and a thousand widgets are slow."""


class _Chip(QFrame):
    """One item with a button that removes it."""

    def __init__(self, text: str, problem: str, remove: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._remove = remove
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setToolTip(plain_tip(problem))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 1, 1, 1)
        layout.setSpacing(2)
        label = PlainLabel(self, ("⚠ " if problem else "") + text)
        layout.addWidget(label)
        button = QToolButton(self)
        button.setText("×")
        button.setAutoRaise(True)
        button.setToolTip(plain_tip(self.tr("Remove {0}").format(text)))
        button.setAccessibleName(spoken(self.tr("Remove {0}").format(text)))
        button.clicked.connect(self._clicked)
        layout.addWidget(button)

    def _clicked(self) -> None:
        self._remove()


class ListEditor(ValueEditor):
    """Edits a list. Space, comma and Enter end an item, Backspace takes the last one back into the line."""

    def __init__(
        self, check: Callable[[str], str | None], choices: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._value = ""
        self._chips: list[_Chip] = []
        self.line = QLineEdit(self)
        self.line.setMinimumWidth(120)
        if choices:
            completer = QCompleter(list(choices[:OFFERED]), self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.activated.connect(self._accept_text)
            self.line.setCompleter(completer)
        self.flow = FlowLayout(self)
        self.flow.addWidget(self.line)
        self.line.textEdited.connect(self._typed)
        self.line.returnPressed.connect(self._accept_text)
        self.line.editingFinished.connect(self._accept_text)
        self.watch_focus(self.line)

    @property
    def items(self) -> list[str]:
        """The items of the value."""
        return self._value.split()

    @property
    def _as_text(self) -> bool:
        return len(self.items) > MAX_CHIPS

    def _typed(self, text: str) -> None:
        if self._as_text:
            self._value = text
            self.edited.emit(text)
        elif text.endswith((" ", ",", ";", "\t")) or len(text.split()) > 1:
            self._accept_text()
        else:
            # What is being typed counts already: the text and the form's problems show it at once.
            self.edited.emit(" ".join([*self.items, text]) if text else self._value)

    def _accept_text(self) -> None:
        """Make what was typed into items."""
        if self._as_text:
            return
        new = self.line.text().replace(",", " ").replace(";", " ").split()
        if new:
            self.line.clear()
            self._set_items([*self.items, *new])

    def _set_items(self, items: Sequence[str]) -> None:
        self._value = " ".join(items)
        self._show()
        self.edited.emit(self._value)

    def _remove(self, index: int) -> None:
        items = self.items
        del items[index]
        self._set_items(items)
        self.line.setFocus()

    def _show(self) -> None:
        for chip in self._chips:
            self.flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        if self._as_text:
            self.line.setText(self._value)
            return
        for index, item in enumerate(self.items):
            chip = _Chip(item, self._check(item) or "", partial(self._remove, index), self)
            self.flow.insert(index, chip)
            chip.show()
            self._chips.append(chip)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the lines of chips are at this width."""
        self.setFixedHeight(self.flow.height_at(self.width()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self._as_text:
            empty = not self.line.text()
            if event.key() == Qt.Key.Key_Backspace and empty and self.items:
                *rest, last = self.items
                self._value = " ".join(rest)
                self._show()
                self.line.setText(last)
                self.edited.emit(" ".join([*rest, last]))
                return True
        return super().eventFilter(watched, event)

    @override
    def text(self) -> str:
        return self._value

    @override
    def set_text(self, text: str) -> None:
        if text.split() == [*self.items, *self.line.text().split()]:
            return
        self._value = text
        self.line.clear()
        self._show()

    @override
    def targets(self) -> Iterable[QWidget]:
        return (self.line,)

    @override
    def set_hint(self, hint: str) -> None:
        self.line.setPlaceholderText(hint)
