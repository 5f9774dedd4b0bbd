"""The large editor of the filter: many lines, what is wrong, a dry run, which way the query goes.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.query.filter_state import FilterPhase
from clacks_monitor.gui.query.filter_texts import error_text, message
from clacks_monitor.gui.query.query_edit import QueryEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.completion import Completer
    from clacks_monitor.gui.query.filter_state import FilterState
    from clacks_monitor.xquery.editor.lint import LintWarning


_LEAST_TEXT, _BESIDE_TEXT = 200, 220
"""Pixels for what is said of the filter, at least, and for what stands beside it."""


class FilterEditor(QFrame):
    """Edits the same FilterState as the filter bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QueryEdit(self)
        self.problem = QToolButton(self)
        self.mend = QToolButton(self)
        self.dry_run, self.hint, self.strategy = ElidedLabel(self), ElidedLabel(self), ElidedLabel(self)
        self.apply_button = QPushButton(self.tr("Apply"), self)
        self._state: FilterState | None = None
        self._theme: Theme | None = None
        self._explain: Callable[[str], str] = lambda _text: ""
        self._lint: Callable[[str], Sequence[LintWarning]] = lambda _text: ()
        self._linted = ""
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
        self.problem.setAutoRaise(True)
        self.problem.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.problem.setMinimumWidth(1)  # a long error leaves the window its width, and is whole in the tooltip
        self.problem.clicked.connect(self.edit.go_to_error)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.problem)
        first.addWidget(self.mend)
        first.addStretch(1)
        column.addLayout(first)
        # One line each: text that wraps tells no splitter how high it will be, and the lines would overlap.
        for label in (self.hint, self.dry_run, self.strategy):
            column.addWidget(label)
        self.strategy.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.hint.setAccessibleName(self.tr("Names and values unknown to the schemas"))
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
        lint: Callable[[str], Sequence[LintWarning]],
    ) -> None:
        """Show a state; to be called once."""
        self._state, self._theme, self._explain, self._lint = state, theme, explain, lint
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
        wrong = phase is FilterPhase.INVALID
        self.problem.setIcon(theme.icons.icon("error" if wrong else "ok", theme.bad if wrong else theme.good))
        valid = phase is FilterPhase.VALID
        text = with_keys(self.tr("%1 applies"), "Ctrl+Return") if valid else message(state)
        space = max(_LEAST_TEXT, self.width() - _BESIDE_TEXT)
        shown = self.fontMetrics().elidedText(one_line(text), Qt.TextElideMode.ElideRight, space)
        self.problem.setText(as_caption(shown, len(shown)))
        self.problem.setToolTip(plain_tip("\n".join((text, self.tr("Go to the error"))) if wrong else ""))
        self.problem.setEnabled(wrong)
        remedy = state.remedy
        self.mend.setVisible(remedy is not None)
        if remedy is not None:
            self.mend.setText(self.tr("Declare %1 for events").replace("%1", as_caption(remedy.prefix)))
        self.apply_button.setEnabled(not wrong)
        if wrong:
            self.dry_run.setVisible(False)
        if self.isVisible() and phase in {FilterPhase.VALID, FilterPhase.APPLIED}:
            self.strategy.show_text(translated(self._explain(state.text)))
        self._show_hint(state, right=phase in {FilterPhase.VALID, FilterPhase.APPLIED})
        self.strategy.setVisible(phase in {FilterPhase.VALID, FilterPhase.APPLIED} and bool(self.strategy.text()))

    def _show_hint(self, state: FilterState, *, right: bool) -> None:
        """Say what no event can have by the schemas: the first place, the others follow when it is mended."""
        if self.isVisible() and right and state.text != self._linted:
            self._linted = state.text
            found = self._lint(state.text)
            self.hint.show_text(error_text(found[0]) if found else "")
        self.hint.setVisible(right and state.text == self._linted and bool(self.hint.text()))
