"""Asks for a computed column: its heading, and an XQuery expression about the event, which is checked as it is typed.

Owner: its opener. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from clacks_monitor.core.columns import MAX_EXPRESSION, MAX_NAME, ComputedColumn, column_from
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.query.filter_state import DEBOUNCE_MS
from clacks_monitor.gui.query.filter_texts import error_text
from clacks_monitor.gui.query.query_edit import QueryEdit
from clacks_monitor.session.questions.dialects import EXPRESSION
from clacks_monitor.session.view.expressions import problem_of

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.query_completer import QueryCompleter
    from clacks_monitor.session.view.query_lab import QueryLab
    from clacks_monitor.session.view.query_text import Examined

_EXAMPLE = "format-number(number(./*:Event/*:CallEnded/*:Duration) div 60, '0.0')"


class ComputedColumnDialog(QDialog):
    """``column()`` is what was entered; ``column`` of the constructor is the one that is edited, None for a new one."""

    def __init__(
        self, column: ComputedColumn | None, queries: QueryLab, theme: Theme, completer: QueryCompleter, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._queries, self._theme = queries, theme
        self.name = QLineEdit(column.name if column else "", self)
        self.expression = QueryEdit(self)
        self.problem = PlainLabel(self)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._examine)
        self.expression.set_up(theme, completer.of(EXPRESSION))
        self.setWindowTitle(self.tr("Edit computed column") if column else self.tr("Add a computed column"))
        self._lay_out()
        self.expression.load(column.expression if column else "")
        self.expression.edited.connect(self._on_edited)
        self.expression.apply_wanted.connect(self._accept_good)
        self.expression.revert_wanted.connect(self.reject)
        self.name.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        (self.expression if column else self.name).setFocus()
        self._check()

    def _lay_out(self) -> None:
        self.resize(560, 320)
        column, form = QVBoxLayout(self), QFormLayout()
        form.setVerticalSpacing(8)
        self.name.setMaxLength(MAX_NAME)
        form.addRow(self.tr("&Heading"), self.name)
        column.addLayout(form)
        caption = PlainLabel(self, self.tr("XQuery &expression, evaluated for each event"))
        caption.setBuddy(self.expression)
        column.addWidget(caption)
        self.expression.setFrameShape(QFrame.Shape.StyledPanel)
        self.expression.setAccessibleName(self.tr("Expression"))
        self.expression.setPlaceholderText(_EXAMPLE)
        column.addWidget(self.expression, 1)
        self.problem.setWordWrap(True)
        column.addWidget(self.problem)
        column.addWidget(self.buttons)

    # -- checking ------------------------------------------------------------------------------------------------

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self._timer.start()
        self._check()

    @Slot()
    def _check(self) -> None:
        """Tell what is wrong with what was entered."""
        text = self.expression.toPlainText()
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        if len(text.strip()) > MAX_EXPRESSION:  # which also keeps compiling short
            text = self.tr("The expression is too long: at most %1 characters.")
            self._show(text.replace("%1", formats.number(MAX_EXPRESSION)), self._theme.bad)
            ok.setEnabled(False)
            return
        error = problem_of(text)
        self.expression.show_error(error)
        self._show(error_text(error, text) if error else "", self._theme.bad)
        ok.setEnabled(error is None and self._found() is not None)

    @Slot()
    def _examine(self) -> None:
        """Have the expression looked through for what no event can have; on_examined() shows it."""
        text = self.expression.toPlainText()
        if text.strip() and len(text) <= MAX_EXPRESSION and problem_of(text) is None:
            self._queries.examine(text, EXPRESSION)

    def on_examined(self, notice: Examined) -> None:
        """Show the first remark about the expression, if it is the one that is there."""
        if notice.text == self.expression.toPlainText() and notice.warnings and not self.problem.text():
            self._show(error_text(notice.warnings[0], notice.text), self._theme.warn)

    def _show(self, text: str, colour: QColor) -> None:
        self.problem.setText(text)
        palette = self.problem.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.problem.setPalette(palette)

    # -- the result ----------------------------------------------------------------------------------------------

    def _found(self) -> ComputedColumn | None:
        column = column_from(str(ComputedColumn(self.name.text().strip(), self.expression.toPlainText().strip())))
        return column if isinstance(column, ComputedColumn) else None

    @Slot()
    def _accept_good(self) -> None:
        if self.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled():
            self.accept()

    def column(self) -> ComputedColumn:
        """Return the column that was entered; there is one when the dialog was accepted."""
        found = self._found()
        if found is None:
            raise ValueError("this is not a column")
        return found
