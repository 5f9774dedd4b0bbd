"""The answer to a question: as a table, as text, or as bars, and what is to be said about it.

Rows are put into the model a few at a time, so that the window goes on. Owner: the questions' window. Thread: the
window's.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QTabWidget, QVBoxLayout, QWidget

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.notes import EmptyHint, Note, Tone
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.theme import digits_font
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.questions.answer_text import AnswerText
from clacks_monitor.gui.questions.result_bars import ResultBars
from clacks_monitor.gui.questions.result_model import ResultModel
from clacks_monitor.gui.questions.result_table import ResultTable
from clacks_monitor.session.questions import EndKind
from clacks_monitor.session.questions.rows import SEQUENCE

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping, Sequence

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.questions import Ending, ResultRow

AT_ONCE: Final = 500
"""Rows that are put into the model before the window does something else."""
_BETWEEN_MS: Final = 4
_SCALE: Final = 1_000
_SECOND: Final = 1.0


class ResultPane(QWidget):
    """``row_wanted`` carries the number of an event, and whether its window is to come to the front."""

    row_wanted = Signal(int, bool)
    export_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ResultModel(self)
        self.table, self.bars = ResultTable(self.model, theme, self), ResultBars(self.model, theme, self)
        self.text, self.tabs = AnswerText(self), QTabWidget(self)
        self.number, self.number_label = QComboBox(self), PlainLabel(self, self.tr("N&umber"))
        self.state, self.progress = Note(theme, Tone.PLAIN, self), QProgressBar(self)
        self.copy_button = QPushButton(self.tr("Cop&y"), self)
        self.export_button = QPushButton(self.tr("&Export…"), self)
        self.ending: Ending | None = None
        self._seconds = 0.0
        self._waiting: deque[ResultRow] = deque()
        self._timer = QTimer(self, interval=_BETWEEN_MS)
        self._timer.timeout.connect(self._add_some)
        self._lay_out()
        self._connect()
        self.begin({})
        self._timer.stop()
        self.progress.hide()
        self._hint.setText(self.tr("The answer comes here."))
        self.state.set_text("", Tone.PLAIN)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        chart = QWidget(self.tabs)
        around, row = QVBoxLayout(chart), QHBoxLayout()
        around.setContentsMargins(0, 4, 0, 0)
        self.number_label.setBuddy(self.number)
        row.addWidget(self.number_label)
        row.addWidget(self.number)
        row.addStretch(1)
        around.addLayout(row)
        around.addWidget(self.bars, 1)
        self.text.setFont(digits_font())
        self.text.setAccessibleName(self.tr("Answer as text"))
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.table, self.tr("Table"))
        self.tabs.addTab(self.text, self.tr("Text"))
        self.tabs.addTab(chart, self.tr("Chart"))
        column.addWidget(self.tabs, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.progress.setTextVisible(False)
        self.progress.setMaximum(_SCALE)
        self.progress.setFixedWidth(140)
        self.progress.setAccessibleName(self.tr("Progress of the question"))
        foot.addWidget(self.progress)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.export_button)
        column.addLayout(foot)
        self._hint = EmptyHint(self.table, "")

    def _connect(self) -> None:
        for table in (self.table, self.bars):
            table.row_wanted.connect(self.row_wanted)
        self.copy_button.setToolTip(self.tr("Copy the selected rows, or all"))
        self.copy_button.clicked.connect(self.table.copy)
        self.export_button.setToolTip(self.tr("Write the answer as CSV, JSON or XML"))
        self.export_button.clicked.connect(self.export_wanted)
        self.model.headed.connect(self._show_buttons)
        self.number.currentIndexChanged.connect(self._choose_number)
        self.tabs.currentChanged.connect(self._on_tab)

    # -- an answer -----------------------------------------------------------------------------------------------

    def begin(self, headings: Mapping[str, str]) -> None:
        """Expect the rows of an answer whose columns have these headings."""
        self._waiting.clear()
        self.model.begin(headings)
        self.number.clear()
        self.text.show_rows(())
        self.ending = None
        self._hint.setText(self.tr("No rows yet."))
        self.progress.setValue(0)
        self.progress.show()
        self.state.set_text(self.tr("starting…"), Tone.WAITING)
        self._timer.start()
        self._show_buttons()

    def add(self, rows: Sequence[ResultRow], done: int, total: int) -> None:
        """Take further rows, and show how far the question is."""
        self._waiting += rows
        self.progress.setValue(_SCALE * done // total if total else 0)
        entries = self.tr("%1 of %2 entries").replace("%1", formats.number(done)).replace("%2", formats.number(total))
        self.state.set_text(f"{entries}, {self._count()}", Tone.WAITING)

    def end(self, ending: Ending, seconds: float) -> None:
        """Say how the answer ended, once all rows are shown."""
        self.ending, self._seconds = ending, seconds
        self._add_some()

    def _count(self) -> str:
        return self.tr("%Ln row(s)", "", self.model.rowCount() + len(self._waiting))

    @Slot()
    def _add_some(self) -> None:
        some = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
        before = self.model.rowCount()
        self.model.add(some)
        if some and before < AT_ONCE:
            self.table.fit_columns()
            self.bars.fit_columns()
            self._offer_numbers()
        if self.ending is not None and not self._waiting and self._timer.isActive():
            self._timer.stop()
            self._finish(self.ending)

    def _finish(self, ending: Ending) -> None:
        self.progress.hide()
        self.model.sort_again()
        self._offer_numbers()
        self._hint.setText(self.tr("The answer has no rows."))
        took = self.tr("%1 in %2").replace("%1", self._count()).replace("%2", _seconds(self._seconds))
        if ending.complete:
            self.state.set_text(took, Tone.GOOD)
        else:
            tone = Tone.BAD if ending.kind in {EndKind.ERROR, EndKind.STORE} else Tone.WARN
            place = ""
            if ending.kind is EndKind.ERROR and ending.line is not None:
                place = self.tr("Line %1, column %2: ").replace("%1", str(ending.line))
                place = place.replace("%2", str(ending.column))
            rows = f" ({took})" if self.model.rowCount() else ""
            self.state.set_text(f"{place}{translated(ending.message)}{rows}", tone)
        self._show_buttons()
        self._on_tab()

    @property
    def busy(self) -> bool:
        """Whether rows are still to be shown, sorted, or written as text."""
        return self._timer.isActive() or self.model.busy or self.text.busy

    @Slot()
    def _show_buttons(self) -> None:
        there = self.model.rowCount() > 0
        self.copy_button.setEnabled(there)
        self.export_button.setEnabled(there and not self._timer.isActive())

    # -- tabs ----------------------------------------------------------------------------------------------------

    def _offer_numbers(self) -> None:
        """Offer the columns of numbers for bars: the number of an event is none."""
        columns = [
            place
            for place, name in enumerate(self.model.table.names)
            if self.model.table.is_numeric(name) and name != SEQUENCE
        ]
        texts = [as_title(self.model.heading(column)) for column in columns]
        if [self.number.itemData(place) for place in range(self.number.count())] != columns:
            self.number.blockSignals(True)
            self.number.clear()
            for column, text in zip(columns, texts, strict=True):
                self.number.addItem(text, column)
            self.number.blockSignals(False)
        self.tabs.setTabEnabled(2, bool(columns))
        self.tabs.setTabToolTip(2, "" if columns else self.tr("No column of the answer has numbers only."))
        self._choose_number()

    @Slot()
    def _choose_number(self) -> None:
        column = self.number.currentData()
        if column is not None and int(column) != self.bars.column:
            self.bars.show_column(int(column))
        self.bars.measure()

    @Slot()
    def _on_tab(self) -> None:
        """Write the answer as text when that is looked at."""
        if self.tabs.currentWidget() is self.text and self.ending is not None and not self._timer.isActive():
            self.text.show_rows(self.model.table.rows())

    def stop(self) -> list[threading.Thread]:
        """Show nothing more; return the threads that have not ended yet."""
        self._timer.stop()
        return self.text.stop()


def _seconds(seconds: float) -> str:
    return f"{round(seconds * 1000)} ms" if seconds < _SECOND else formats.duration(seconds)
