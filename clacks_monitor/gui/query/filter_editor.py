"""The large editor of the filter: many lines, what is wrong, a dry run, which way the query goes.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.gui.kit.notes import WrappedLabel
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.query.filter_state import FilterPhase
from clacks_monitor.gui.query.filter_texts import error_text, message, remedy_caption, remedy_tip
from clacks_monitor.gui.query.query_edit import QueryEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.completion import Completer
    from clacks_monitor.gui.query.filter_state import FilterState


_MAX_TEXT = 400
"""Characters of what is said of the filter; the tooltip has all."""


def _show(label: WrappedLabel, text: str) -> None:
    label.setText(text)
    label.setToolTip(plain_tip(text))


class FilterEditor(QFrame):
    """Edits the same FilterState as the filter bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QueryEdit(self)
        self.sign, self.problem = QToolButton(self), WrappedLabel(self, _MAX_TEXT)
        self.mend = QToolButton(self)
        self.dry_run, self.strategy = ElidedLabel(self), WrappedLabel(self, _MAX_TEXT)
        self.apply_button = QPushButton(self.tr("Apply"), self)
        self._state: FilterState | None = None
        self._theme: Theme | None = None
        self._explain: Callable[[str], str] = lambda _text: ""
        self._row = QHBoxLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        self.edit.setFrameShape(QFrame.Shape.StyledPanel)
        self.edit.setAccessibleName(self.tr("Filter editor"))
        self.edit.setAccessibleDescription(
            with_keys(self.tr("%1 applies, %2 reverts, %3 completes."), "Ctrl+Return", "Esc", "Ctrl+Space")
        )
        self.edit.setMinimumHeight(96)
        column.addWidget(self.edit, 1)
        self.sign.setAutoRaise(True)
        self.sign.setToolTip(self.tr("Go to the error"))
        self.sign.setAccessibleName(self.tr("Go to the error"))
        self.sign.clicked.connect(self.edit.go_to_error)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.problem, 1)
        first.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(first)
        for label in (self.dry_run, self.strategy):
            column.addWidget(label)
        self.strategy.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.problem.setAccessibleName(self.tr("State of the filter"))
        self.dry_run.setAccessibleName(self.tr("Dry run"))
        self.strategy.setAccessibleName(self.tr("Query plan"))
        self._row.setSpacing(8)
        column.addLayout(self._row)
        self.setVisible(False)

    def set_up(
        self,
        state: FilterState,
        theme: Theme,
        completer: Completer,
        commands: Commands,
        explain: Callable[[str], str],
    ) -> None:
        """Show a state; to be called once."""
        self._state, self._theme, self._explain = state, theme, explain
        self.edit.set_up(theme, completer)
        self.mend.setDefaultAction(commands["filter.mend"])
        self.apply_button.setToolTip(with_keys(self.tr("Apply this query as filter (%1)"), "Ctrl+Return"))
        self.apply_button.clicked.connect(state.apply)
        self._row.addWidget(self.apply_button)
        for key in ("filter.save", "subscription"):
            button = QPushButton(commands[key].text(), self)
            button.setToolTip(commands[key].toolTip())
            button.clicked.connect(commands[key].trigger)
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.edit.edited.connect(state.type)
        self.edit.apply_wanted.connect(state.apply)
        self.edit.revert_wanted.connect(self._leave)
        self.edit.history_wanted.connect(state.walk)
        state.changed.connect(self.refresh)
        state.trial.changed.connect(self._show_dry_run)
        theme.changed.connect(self.refresh)
        self._close = commands["filter.editor"]

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._state is not None:
            self._state.trial.wanted = True
            self._state.trial.ask(self._state.text if self._state.error is None else "")
        self.refresh()

    @Slot()
    def _leave(self) -> None:
        """First take back what was typed, then close."""
        if self._state is not None and self._state.text != self._state.applied_text:
            self._state.revert()
        else:
            self._close.trigger()

    @Slot(str)
    def _show_dry_run(self, text: str) -> None:
        self.dry_run.show_text(text)
        self.dry_run.setVisible(bool(text))

    @Slot()
    def refresh(self) -> None:
        """Show the state as it is now."""
        state, theme = self._state, self._theme
        if state is None or theme is None:
            return
        if state.text != self.edit.toPlainText():
            self.edit.load(state.text)
        self.edit.show_error(state.error)
        phase = state.phase
        right = phase in {FilterPhase.VALID, FilterPhase.APPLIED}
        self._show_problem(state, theme, phase)
        remedy = state.remedy
        self.mend.setVisible(remedy is not None)
        if remedy is not None:
            self.mend.setText(remedy_caption(remedy))
            self.mend.setToolTip(plain_tip(remedy_tip(remedy)))
        wrong = phase is FilterPhase.INVALID
        self.apply_button.setEnabled(not wrong)
        if self.isVisible() and right:
            _show(self.strategy, translated(self._explain(state.text)))
        self.strategy.setVisible(right and bool(self.strategy.text()))

    def _show_problem(self, state: FilterState, theme: Theme, phase: FilterPhase) -> None:
        """Say what is wrong with the text: an error, or what no event can have by the schemas."""
        wrong, warning = phase is FilterPhase.INVALID, state.warning
        if wrong:
            sign, ink = "error", theme.bad
        elif warning is not None or state.run.fault:
            sign, ink = "warning", theme.warn
        else:
            sign, ink = "ok", theme.good
        self.sign.setIcon(theme.icons.icon(sign, ink))
        self.sign.setEnabled(wrong)
        problem = state.error or warning
        text = message(state)
        if problem is not None and phase is not FilterPhase.BUSY:
            text = error_text(problem, state.text)
        elif phase is FilterPhase.VALID:
            text = with_keys(self.tr("%1 applies"), "Ctrl+Return")
        _show(self.problem, text)
