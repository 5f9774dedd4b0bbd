"""The list of what is wrong with the event; each entry leads to its field.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.icons import ICON_SIZE
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.forms import ValidationIssue
    from clacks_monitor.gui.kit.theme import Theme


PAGE = 200
"""So many problems are listed before one has to ask for more."""


class ProblemsPane(QStackedWidget):
    """``wanted`` tells the problem that the user wants to see in its place."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._colour)
        self._problems: list[ValidationIssue] = []
        self._listed = 0
        """So many of them are in the list; an item at its end stands for the others."""
        nothing = QWidget(self)
        column = QVBoxLayout(nothing)
        column.setContentsMargins(8, 8, 8, 8)
        self._good = Note(theme, Tone.GOOD, nothing, self.tr("Valid against its schema."))
        column.addWidget(self._good)
        column.addStretch()
        self.list = QListWidget(self)
        self.list.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Problems of the event"))
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        self.addWidget(nothing)
        self.addWidget(self.list)

    @property
    def problems(self) -> list[ValidationIssue]:
        """What is listed."""
        return list(self._problems)

    def show_problems(self, problems: Sequence[ValidationIssue]) -> None:
        """List these."""
        if list(problems) == self._problems:
            return
        row = self.list.currentRow()
        self._problems = list(problems)
        self.list.clear()
        self._listed = 0
        self._list_more()
        if row >= 0:
            self._reach(row)
            self.list.setCurrentRow(min(row, len(problems) - 1))
        self.setCurrentIndex(1 if problems else 0)

    def _list_more(self) -> None:
        """List a page more, and how many there are besides."""
        if self.list.count() > self._listed:
            self.list.takeItem(self._listed)
        for problem in self._problems[self._listed : self._listed + PAGE]:
            self.list.addItem(QListWidgetItem(self._message(problem)))
        self._listed = self.list.count()
        self._colour()
        if left := len(self._problems) - self._listed:
            self.list.addItem(QListWidgetItem(self.tr("%Ln more problem(s)…", "", left)))

    def _reach(self, row: int) -> None:
        """List as many as are needed for one to be among them."""
        while self._listed <= row < len(self._problems):
            self._list_more()

    def _message(self, problem: ValidationIssue) -> str:
        place = ""
        if problem.line:
            place = self.tr("line {0}, column {1}").format(problem.line, problem.column or 1)
        said = {
            "lxml": self.tr("(reported only by libxml2, which the agent uses)"),
            "xmlschema": self.tr("(reported only by xmlschema; the agent would accept it)"),
        }.get(problem.objector, "")
        subject = f"{problem.path}: " if problem.path else ""
        text = one_line(f"{subject}{translated(problem.text)}")
        return "   ".join(part for part in (text, said, place) if part)

    @Slot()
    def _colour(self) -> None:
        icon = self._theme.icons.icon("error", self._theme.bad)
        for row in range(self._listed):
            self.list.item(row).setIcon(icon)

    def _go(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        if row < self._listed:
            self.wanted.emit(self._problems[row])
        else:
            self._list_more()

    def next(self) -> None:
        """Go to the next problem, after the last one to the first."""
        if not self._problems:
            return
        row = (self.list.currentRow() + 1) % len(self._problems)
        self._reach(row)
        self.list.setCurrentRow(row)
        self.wanted.emit(self._problems[row])
