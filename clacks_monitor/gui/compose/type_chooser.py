"""Chooses an event type: by name, by typing a part of it, with what it is for beside it.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.schema_texts import described
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import documentation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.forms import EventType

ABOUT_ROLE = Qt.ItemDataRole.UserRole + 1
POPUP_WIDTH = 460


class _TwoLines(QStyledItemDelegate):
    """Draws the name, and below it in the colour of hints what the type is for."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = option.palette
        area = option.rect.adjusted(8, 4, -8, -4)
        painter.save()
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text))
        painter.drawText(area, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, name)
        if not selected:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        about = painter.fontMetrics().elidedText(
            str(index.data(ABOUT_ROLE) or ""), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, about)
        painter.restore()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        height = option.fontMetrics.height()
        return QSize(POPUP_WIDTH, 2 * height + 10)


class TypeChooser(QComboBox):
    """``chosen`` tells the name of a type that the user picked, ``left`` that Enter was pressed on the shown one.

    While the arrow keys walk through the types, ``walking`` is set: the focus stays here then.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        view = self.view()
        view.setItemDelegate(_TwoLines(view))
        view.setMinimumWidth(POPUP_WIDTH)
        self.setMaxVisibleItems(14)
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            popup = completer.popup()
            if popup is not None:
                popup.setItemDelegate(_TwoLines(popup))
                popup.setMinimumWidth(POPUP_WIDTH)
        self._shown = ""
        self.walking = False
        self.activated.connect(self._picked)
        line = self.lineEdit()
        if line is not None:
            line.returnPressed.connect(self._complete)
            line.editingFinished.connect(self._finished)
            line.setPlaceholderText(self.tr("type part of the name"))

    def set_types(self, types: Sequence[EventType]) -> None:
        """Show these types; broken ones are there with the reason, but cannot be chosen."""
        shown = self._shown
        self._model.clear()
        for kind in types:
            item = QStandardItem(kind.name)
            about = documentation(kind.documentation) or self.tr("no documentation")
            if kind.problem is not None:
                about = self.tr("cannot be used: {0}").format(described(kind.problem))
                item.setEnabled(False)
            elif kind.form_problem is not None:
                about = self.tr("edited as XML: {0}").format(described(kind.form_problem))
            item.setData(one_line(about), ABOUT_ROLE)
            item.setToolTip(plain_tip(about))
            item.setData(spoken(f"{kind.name}: {about}"), Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self.show_type(shown)

    def show_type(self, name: str) -> None:
        """Show a type as the chosen one."""
        self._shown = name
        self.setCurrentIndex(self.findText(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive))
        self.setEditText(name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.walking = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        super().keyPressEvent(event)
        self.walking = False

    def _picked(self, index: int) -> None:
        """Take a type, unless it is broken: Qt activates such an entry as well when its name is typed in full."""
        item = self._model.item(index)
        if item.isEnabled() and item.text() != self._shown:
            self._shown = item.text()
            self.chosen.emit(item.text())

    @Slot()
    def _complete(self) -> None:
        """Make of a part of a name, on Enter, the first name that it fits."""
        completer, typed = self.completer(), self.currentText().strip()
        exact = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if exact >= 0 and self.itemText(exact) == self._shown:
            self.left.emit()
        if completer is None or not typed or exact >= 0:
            return
        completer.setCompletionPrefix(typed)
        if completer.currentCompletion():
            self.setEditText(completer.currentCompletion())

    @Slot()
    def _finished(self) -> None:
        """Take a name that was typed in full; anything else goes back to what is shown."""
        index = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        if index >= 0:
            self._picked(index)
        self.show_type(self._shown)
