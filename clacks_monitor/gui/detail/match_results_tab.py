"""Why an event is shown, hidden or coloured: what each query in force says about it, errors included.

A broker takes an error for no match and says nothing; here it is said. The answers come from a thread of the session,
and are asked for only while the tab is visible. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.notices import MatchResults
    from clacks_monitor.session.view.match_results import QueryMatch
    from clacks_monitor.xquery import MatchResult

MOST = 200
"""Queries whose verdicts are listed."""
_LONG_NAME = 60
_REST_MS = 60
"""How long the selection rests before its verdicts are asked for: holding an arrow key down asks once."""


class MatchResultsTab(QTreeWidget):
    """``wanted`` carries the entry whose verdicts are to be found out."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels([self.tr("Filter or profile"), self.tr("Result")])
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setWordWrap(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(True)
        self.setAccessibleName(self.tr("Result of each filter for the event"))
        self._theme: Theme | None = None
        self._sequence = 0
        self._asked = False
        self._names: Mapping[str, str] = {}
        self._timer = QTimer(self, interval=_REST_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme

    def name_profiles(self, names: Mapping[str, str]) -> None:
        """Take the profiles' names by their ids; the results are asked for again."""
        self._names = names
        self.ask_again()

    def show_entry(self, sequence: int) -> None:
        """Show the results for an entry; 0 for none."""
        self._sequence = sequence
        self.clear()
        self.ask_again()

    @Slot()
    def ask_again(self) -> None:
        """Ask for the results of the current entry again: the filter or a profile has changed."""
        self._asked = False
        if self._sequence and self.isVisible():
            self._timer.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._asked:
            self.ask_again()

    @Slot()
    def _ask(self) -> None:
        if self._sequence:
            self._asked = True
            self.wanted.emit(self._sequence)

    @Slot(object)
    def on_match_results(self, notice: MatchResults) -> None:
        """Show the answers, unless another entry was chosen meanwhile."""
        if notice.sequence != self._sequence:
            return
        self.clear()
        self.addTopLevelItems([self._item(found) for found in notice.results[:MOST]])
        left = len(notice.results) - MOST
        if left > 0:
            self.addTopLevelItem(QTreeWidgetItem([self.tr("%Ln more", "", left)]))
        if not notice.results:
            nothing = self.tr("No filter or profile to evaluate.")
            too_large = self.tr("The event is too large to be evaluated here.")
            self.addTopLevelItem(QTreeWidgetItem([too_large if notice.too_large else nothing]))
            self.setFirstColumnSpanned(0, self.rootIndex(), True)

    def _item(self, found: QueryMatch) -> QTreeWidgetItem:
        name = self._names.get(found.source, found.source) if found.source else self.tr("Filter bar")
        name = one_line(name, _LONG_NAME)
        text = self._result_text(found.result)
        if found.refusal is not None:
            refused = self.tr("A Qpid broker would reject this query: %1").replace(
                "%1", one_line(translated(found.refusal.reason))
            )
            text += f"\n{refused}"
        item = QTreeWidgetItem([name, text])
        item.setToolTip(0, plain_tip(found.text))
        item.setToolTip(1, plain_tip(text))
        item.setIcon(1, self._sign(found.result))
        return item

    def _sign(self, result: MatchResult) -> QIcon:
        theme = self._theme
        if theme is None:
            return QIcon()
        if result.code:
            return theme.icons.icon("error", theme.bad)
        return theme.icons.icon("ok", theme.good) if result.matches else theme.icons.icon("close", theme.muted)

    def _result_text(self, result: MatchResult) -> str:
        """Return a result in words, an error with its place and with what a broker makes of it."""
        if not result.code:
            return self.tr("match") if result.matches else self.tr("no match")
        place = ""
        if result.line:
            place = self.tr("line %1, column %2").replace("%1", str(result.line))
            place = place.replace("%2", str(result.column)) + ": "
        hidden = self.tr("The broker treats this error as no match, without a message.")
        return f"{place}{one_line(translated(result.reason))} ({result.code})\n{hidden}"
