"""The page of the profile dialog with the tests of its query: sample events, what is expected, what the query says.

Owner: the dialog. Thread: the window's. It never evaluates anything: results are given to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.core.profile import Expected, FilterTest
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.detail.shown_text import shown
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.theme import digits_font
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.profiles.filter_tests import FilterTestResult

_NAME, _EXPECTED, _SAYS = range(3)
MAX_TESTS = 200


MAX_EDITED = 20_000
"""Characters of an event that can be edited. Qt takes seconds for one line of 300,000."""


class FilterTestsPage(QWidget):
    """``changed`` comes when the tests have changed, ``place_wanted`` with line and column of an error."""

    changed = Signal()
    place_wanted = Signal(int, int)

    def __init__(self, tests: Sequence[FilterTest], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tests = list(tests)
        self._tried: list[FilterTestResult] = []
        self._filling = False
        self.list = QTreeWidget(self)
        self.name = QLineEdit(self)
        self.expected = QComboBox(self)
        self.body = QPlainTextEdit(self)
        self.add_button = QPushButton(self.tr("&Add"), self)
        self.remove_button = QPushButton(self.tr("Re&move"), self)
        self._lay_out()
        self._show_list()

    def _lay_out(self) -> None:
        self._set_up_list()
        self._set_up_editors()
        below = QWidget(self)
        form = QVBoxLayout(below)
        form.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.name, 1)
        row.addWidget(self.expected)
        row.addWidget(self.add_button)
        row.addWidget(self.remove_button)
        form.addLayout(row)
        form.addWidget(self.body, 1)
        parts = QSplitter(Qt.Orientation.Vertical, self)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(below)
        parts.setSizes([130, 170])
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(parts)

    def _set_up_list(self) -> None:
        tree = self.list
        tree.setHeaderLabels([self.tr("Test event"), self.tr("Expected"), self.tr("Result")])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setIconSize(QSize(16, 16))
        tree.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        tree.header().resizeSection(_NAME, 200)
        tree.header().setSectionResizeMode(_EXPECTED, QHeaderView.ResizeMode.ResizeToContents)
        tree.setAccessibleName(self.tr("Test events"))
        tree.currentItemChanged.connect(self._show_current)
        tree.itemActivated.connect(self._go_to_place)

    def _set_up_editors(self) -> None:
        for expected in Expected:
            self.expected.addItem(self.result_text(expected), expected.value)
        self.expected.setAccessibleName(self.tr("Expected"))
        self.name.setAccessibleName(self.tr("Name of the test event"))
        self.name.setPlaceholderText(self.tr("Name of the test event"))
        self.body.setFont(digits_font())
        self.body.setPlaceholderText(
            self.tr("An event as XML. To take one from the table, use “Add as test event to” in its context menu.")
        )
        self.body.setAccessibleName(self.tr("XML of the test event"))
        self.body.setTabChangesFocus(True)
        self.name.textEdited.connect(self._edited)
        self.expected.activated.connect(self._edited)
        self.body.textChanged.connect(self._body_edited)
        self.add_button.clicked.connect(self.add_new)
        self.remove_button.clicked.connect(self.remove)

    def result_text(self, result: Expected) -> str:
        """Return a verdict in words."""
        return {
            Expected.MATCH: self.tr("match"),
            Expected.NO_MATCH: self.tr("no match"),
            Expected.ERROR: self.tr("error"),
        }[result]

    # -- the list ------------------------------------------------------------------------------------------------

    def tests(self) -> tuple[FilterTest, ...]:
        """Return the tests as they were edited."""
        return tuple(self._tests)

    def add(self, test: FilterTest) -> None:
        """Add a test and select it."""
        if len(self._tests) < MAX_TESTS:
            self._tests.append(test)
            self._show_list(len(self._tests) - 1)
            self.changed.emit()

    @Slot()
    def add_new(self) -> None:
        """Add a test without an event."""
        number = str(len(self._tests) + 1)
        self.add(FilterTest(self.tr("Test event %1").replace("%1", number), b"", Expected.MATCH))
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def remove(self) -> None:
        """Remove the selected test."""
        at = self._current()
        if at >= 0:
            del self._tests[at]
            self._tried = []
            self._show_list(min(at, len(self._tests) - 1))
            self.changed.emit()

    def _current(self) -> int:
        return self.list.currentIndex().row()

    def _show_list(self, current: int = 0) -> None:
        self._filling = True
        self.list.clear()
        self.list.addTopLevelItems([QTreeWidgetItem() for _test in self._tests])
        self._filling = False
        self._fill()
        item = self.list.topLevelItem(current)
        if item is not None:
            self.list.setCurrentItem(item)
        self._show_current()

    def _fill(self) -> None:
        for at, test in enumerate(self._tests):
            item = self.list.topLevelItem(at)
            if item is not None:
                self._fill_item(item, test, self._tried[at] if at < len(self._tried) else None)

    def _fill_item(self, item: QTreeWidgetItem, test: FilterTest, tried: FilterTestResult | None) -> None:
        item.setText(_NAME, test.name)
        item.setText(_EXPECTED, self.result_text(test.expected))
        good = tried is None or tried.found is test.expected
        text = "" if tried is None else self._says(tried)
        item.setText(_SAYS, one_line(text))
        item.setToolTip(_SAYS, plain_tip(text))
        item.setForeground(_SAYS, QBrush(self._theme.text if good else self._theme.bad))
        icon = "busy" if tried is None else "ok" if good else "error"
        item.setIcon(
            _NAME,
            self._theme.icons.icon(icon, self._theme.good if tried and good else None if good else self._theme.bad),
        )
        state = self.tr("as expected") if good else self.tr("fails")
        item.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, spoken(f"{test.name}, {state}, {text}"))

    def _says(self, tried: FilterTestResult) -> str:
        text = self.result_text(tried.found)
        if tried.line:
            place = self.tr("line %1, column %2").replace("%1", str(tried.line)).replace("%2", str(tried.column))
            text = f"{text} ({place})"
        return f"{text}: {translated(tried.reason)}" if tried.reason else text

    # -- the selected one ----------------------------------------------------------------------------------------

    @Slot()
    def _show_current(self) -> None:
        if self._filling:
            return
        at = self._current()
        test = self._tests[at] if at >= 0 else None
        self._filling = True
        self.name.setText(test.name if test else "")
        self.expected.setCurrentIndex(self.expected.findData(test.expected.value) if test else 0)
        text = test.body.decode("utf-8", "replace") if test else ""
        cut = len(text) > MAX_EDITED
        if cut:
            text = shown(text, MAX_EDITED, MAX_EDITED).text
        if self.body.toPlainText() != text:
            self.body.setPlainText(text)
        self._filling = False
        for widget in (self.name, self.expected, self.body, self.remove_button):
            widget.setEnabled(test is not None)
        self.add_button.setEnabled(len(self._tests) < MAX_TESTS)
        # What the editor cannot show as it is - no text, other line ends - is kept as it is.
        self.body.setToolTip(self.tr("Too long to be edited here: this is its beginning.") if cut else "")
        self.body.setReadOnly(test is not None and test.body != self._shown_body())

    def _shown_body(self) -> bytes:
        return self.body.toPlainText().encode("utf-8", "surrogatepass")

    @Slot()
    def _edited(self) -> None:
        self._change(
            lambda test: replace(
                test,
                name=self.name.text().strip() or test.name,
                expected=Expected(str(self.expected.currentData())),
            )
        )

    @Slot()
    def _body_edited(self) -> None:
        self._change(lambda test: replace(test, body=self._shown_body()))

    def _change(self, change: Callable[[FilterTest], FilterTest]) -> None:
        at = self._current()
        if self._filling or at < 0:
            return
        changed = change(self._tests[at])
        if changed != self._tests[at]:
            self._tests[at] = changed
            self._fill()
            self.changed.emit()

    @Slot()
    def _go_to_place(self) -> None:
        at = self._current()
        if 0 <= at < len(self._tried) and self._tried[at].line:
            self.place_wanted.emit(self._tried[at].line, self._tried[at].column)

    # -- results -------------------------------------------------------------------------------------------------

    def show_results(self, tried: Sequence[FilterTestResult]) -> None:
        """Show the results of the tests, in their order."""
        self._tried = list(tried) if len(tried) == len(self._tests) else []
        self._fill()

    def failing(self) -> int:
        """Return how many tests fail."""
        return sum(t.found is not s.expected for t, s in zip(self._tried, self._tests, strict=False))
