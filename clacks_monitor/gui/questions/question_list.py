"""The list of questions: those of the program, and the user's own, with what can be done with them.

Owner: the questions' window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from clacks_monitor.gui.kit.notes import IconButton
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.questions.answers import QuestionsRead
    from clacks_monitor.session.questions.questions import StoredQuestion

_ROLE = Qt.ItemDataRole.UserRole
_BUTTONS = ("add", "edit", "trash", "undo", "import", "export")


class QuestionList(QWidget):
    """``chosen`` carries the question that was selected, ``wanted`` the key of a button."""

    chosen = Signal(object)
    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("Questions"))
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(12)
        self._questions: dict[str, StoredQuestion] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self.buttons: dict[str, IconButton] = {}
        texts = {
            "add": self.tr("New question"),
            "edit": self.tr("Name and description…"),
            "trash": self.tr("Delete question"),
            "undo": self.tr("Undo deleting a question"),
            "import": self.tr("Import questions…"),
            "export": self.tr("Export question…"),
        }
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tree, 1)
        row.setSpacing(0)
        for key in _BUTTONS:
            button = self.buttons[key] = IconButton(theme, key, texts[key], self)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setObjectName(key)
            button.clicked.connect(self._on_button)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.buttons["undo"].setEnabled(False)
        self.tree.currentItemChanged.connect(self._on_current)
        self._show_buttons()

    def show_read(self, read: QuestionsRead, current: str) -> None:
        """Show the questions; the one with the identifier ``current`` stays selected."""
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items, self._questions = {}, {one.id: one for one in (*read.shipped, *read.own)}
        for title, questions in (
            (self.tr("My questions"), read.own),
            (self.tr("Questions of the program"), read.shipped),
        ):
            if questions:
                top = QTreeWidgetItem(self.tree, [title])
                top.setFlags(Qt.ItemFlag.ItemIsEnabled)
                for one in questions:
                    self._add(top, one)
                top.setExpanded(True)
        self.tree.blockSignals(False)
        self.select(current)
        self._show_buttons()

    def _add(self, top: QTreeWidgetItem, question: StoredQuestion) -> None:
        item = QTreeWidgetItem(top, [as_title(question.name)])
        item.setData(0, _ROLE, question.id)
        item.setToolTip(0, plain_tip(question.description or question.name))
        self._items[question.id] = item

    def select(self, identity: str) -> None:
        """Select a question; one that is there already is not announced again."""
        item = self._items.get(identity)
        if item is not None:
            self.tree.setCurrentItem(item)

    def select_none(self) -> None:
        """Select no question."""
        self.tree.setCurrentIndex(QModelIndex())
        self.tree.clearSelection()

    @property
    def current(self) -> StoredQuestion | None:
        """The question that is selected."""
        item = self.tree.currentItem()
        return self._questions.get(str(item.data(0, _ROLE))) if item is not None else None

    def first(self) -> StoredQuestion | None:
        """Return the first question of the list."""
        return next((self._questions[identity] for identity in self._items), None)

    @Slot(QTreeWidgetItem)
    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        self._show_buttons()
        question = self.current
        if item is not None and question is not None:
            self.chosen.emit(question)

    @Slot()
    def _on_button(self) -> None:
        self.wanted.emit(self.sender().objectName())

    def _show_buttons(self) -> None:
        question = self.current
        own = question is not None and not question.shipped
        for key in ("edit", "trash"):
            self.buttons[key].setEnabled(own)
        self.buttons["export"].setEnabled(question is not None)
