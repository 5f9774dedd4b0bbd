"""Menus that turn a value under the pointer into a filter: equals, not, contains; instead of, and, or.

With Shift a filter is only prepared: it stands in the filter bar, and Enter applies it. Owner: the main window.
Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from clacks_monitor.core.chart import measured
from clacks_monitor.core.columns import MAX_NAME, column_from
from clacks_monitor.core.paths import local
from clacks_monitor.core.untrusted import clip, one_line, reveal
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.session.view.query_text import MAX_LITERAL, How, Join, too_long, type_query, value_query

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.core.paths import Path
    from clacks_monitor.session.view.filtering import Filtering

_SHOWN = 40
_TIP = 1_000
_OF_VALUES = (How.EQUALS, How.NOT, How.CONTAINS)
_OF_LONG_VALUES = (How.STARTS,)
_OF_ELEMENTS = (How.EXISTS, How.MISSING)


def title_of(path: Path, value: str | None) -> str:
    """Return a value with its name, short enough for a menu."""
    name = one_line(local(path[-1]).removeprefix("$"), _SHOWN)
    return as_caption(name if value is None else f"{name} = {one_line(value, _SHOWN)}", 2 * _SHOWN + 3)


class ValueMenus(QObject):
    """``filter_wanted`` and ``filter_prepared`` carry the query that was chosen, ``column_wanted`` a FieldColumn.

    ``chart_wanted`` carries the path of a field with numbers, as a FieldColumn has it.
    """

    filter_wanted = Signal(str)
    filter_prepared = Signal(str)
    column_wanted = Signal(object)
    chart_wanted = Signal(object)

    def __init__(self, filtering: Filtering, parent: QWidget) -> None:
        super().__init__(parent)
        self._filtering = filtering

    def _query_action(self, menu: QMenu, text: str, query: str) -> None:
        action = menu.addAction(text)
        action.setData(query)
        action.setToolTip(
            plain_tip(reveal(clip(query, _TIP)) + "\n\n" + self.tr("With Shift it is only written to the filter bar."))
        )
        action.triggered.connect(self._chosen)
        menu.setToolTipsVisible(True)

    @Slot()
    def _chosen(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.filter_prepared.emit(str(action.data()))
        else:
            self.filter_wanted.emit(str(action.data()))

    @Slot()
    def _copy(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            QGuiApplication.clipboard().setText(str(action.data()))

    @Slot()
    def _show_column(self) -> None:
        action = self.sender()
        column = column_from(str(action.data())) if isinstance(action, QAction) else None
        if column is not None:
            self.column_wanted.emit(column)

    @Slot()
    def _show_chart(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chart_wanted.emit(tuple(str(action.data()).split("/")))

    # -- values --------------------------------------------------------------------------------------------------

    def add_value(self, menu: QMenu, path: Path, value: str | None) -> None:
        """Add what can be done with a value at a path; None is an element that holds others."""
        title = menu.addAction(title_of(path, value))
        title.setEnabled(False)
        filters = not too_long(path)
        if filters:
            self._add_hows(menu, path, value, Join.REPLACE)
        else:
            menu.addAction(self.tr("Path too long for a filter")).setEnabled(False)
        if filters and self._filtering.filter_text.strip():
            self._add_hows(menu.addMenu(self.tr("And")), path, value, Join.AND)
            self._add_hows(menu.addMenu(self.tr("Or")), path, value, Join.OR)
        menu.addSeparator()
        names = [local(step) for step in path]
        below = names if names[0].startswith("$") else names[1:]
        if filters and below:
            column = menu.addAction(self.tr("Show as column"))
            column.setData(f"{names[-1].lstrip('@$')[:MAX_NAME]}={'/'.join(below)}")
            column.setEnabled(column_from(str(column.data())) is not None)
            column.triggered.connect(self._show_column)
            if value and path[2:] and measured(value):
                chart = menu.addAction(self.tr("Chart over time"))
                chart.setData("/".join(names[1:]))
                chart.triggered.connect(self._show_chart)
        if value:
            copy = menu.addAction(self.tr("Copy value"))
            copy.setData(value)
            copy.triggered.connect(self._copy)

    def add_part(self, menu: QMenu, path: Path, part: str) -> None:
        """Add what can be done with a part of a value, such as the text that is selected."""
        if len(part) > MAX_LITERAL or too_long(path):
            return
        text = self.tr("Containing “%1”").replace("%1", as_caption(part, _SHOWN))
        self._query_action(menu, text, value_query(path, part, How.CONTAINS))
        if self._filtering.filter_text.strip():
            for title, join in ((self.tr("And"), Join.AND), (self.tr("Or"), Join.OR)):
                query = value_query(path, part, How.CONTAINS, self._filtering.filter_text, join)
                self._query_action(menu, f"{title}: {text}", query)
        menu.addSeparator()

    def _add_hows(self, menu: QMenu, path: Path, value: str | None, join: Join) -> None:
        name = title_of((path[-1],), None)
        titles = {
            How.EQUALS: self.tr("Only %1 = “%2”"),
            How.NOT: self.tr("Exclude %1 = “%2”"),
            How.CONTAINS: self.tr("%1 containing “%2”"),
            How.STARTS: self.tr("%1 starting with “%2”"),
            How.EXISTS: self.tr("Only events with %1"),
            How.MISSING: self.tr("Only events without %1"),
        }
        hows = _OF_ELEMENTS if value is None else _OF_VALUES if len(value) <= MAX_LITERAL else _OF_LONG_VALUES
        for how in hows:
            if value or how is not How.CONTAINS:
                query = value_query(path, value or "", how, self._filtering.filter_text, join)
                title = titles[how].replace("%1", name).replace("%2", as_caption(value or "", _SHOWN))
                self._query_action(menu, title, query)

    # -- types ---------------------------------------------------------------------------------------------------

    def type_menu(self, step: str) -> QMenu:
        """Return a menu of what can be done with an event type; it goes when it closes."""
        menu = QMenu()
        menu.aboutToHide.connect(menu.deleteLater)
        self.add_type(menu, step)
        return menu

    def add_type(self, menu: QMenu, step: str) -> None:
        """Add what can be done with an event type, a step as core.paths has it."""
        self._add_types(menu, step, Join.REPLACE)
        if self._filtering.filter_text.strip():
            self._add_types(menu.addMenu(self.tr("And")), step, Join.AND)
            self._add_types(menu.addMenu(self.tr("Or")), step, Join.OR)

    def _add_types(self, menu: QMenu, step: str, join: Join) -> None:
        for text, wanted in ((self.tr("Only %1"), True), (self.tr("Exclude %1"), False)):
            query = type_query(step, wanted=wanted, base=self._filtering.filter_text, join=join)
            self._query_action(menu, text.replace("%1", title_of((step,), None)), query)
