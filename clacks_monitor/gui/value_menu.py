"""Menus that turn a value under the pointer into a filter: equals, not, contains; instead of, and, or.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from clacks_monitor.core.columns import column_from
from clacks_monitor.session.queries import PROLOG, Join, split_prolog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.session.view import View

_SHOWN = 40
_HOWS = ("equals", "not", "contains")


def type_filter(name: str, *, wanted: bool, base: str, join: str) -> str:
    """Return the query for events of a type, or for all others, joined with what is there."""
    step = f"./f:Event/f:{name}"
    condition = step if wanted else f"not({step})"
    prolog, body = split_prolog(base)
    if not body.strip() or join == Join.REPLACE:
        return PROLOG + condition
    declared = "" if "namespace f" in prolog else PROLOG
    return f"{declared}{prolog}({body.strip()})\n  {join} {condition}"


class ValueMenus(QObject):
    """``filter_wanted`` carries the query that was chosen, ``column_wanted`` a FieldColumn."""

    filter_wanted = Signal(str)
    column_wanted = Signal(object)

    def __init__(self, view: View, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view

    def _query_action(self, menu: QMenu, text: str, query: str) -> None:
        action = menu.addAction(text)
        action.setData(query)
        action.setToolTip(query)
        action.triggered.connect(self._chosen)

    @Slot()
    def _chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
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

    def add_value(self, menu: QMenu, path: tuple[str, ...], value: str) -> None:
        """Add what can be done with a value at a path."""
        shown = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
        title = menu.addAction(f"{path[-1]} = {shown}".replace("&", "&&"))
        title.setEnabled(False)
        self._add_hows(menu, path, value, Join.REPLACE)
        if self._view.filter_text.strip():
            self._add_hows(menu.addMenu(self.tr("And")), path, value, Join.AND)
            self._add_hows(menu.addMenu(self.tr("Or")), path, value, Join.OR)
        menu.addSeparator()
        if path[1:]:
            column = menu.addAction(self.tr("Show as column"))
            column.setData(f"{path[-1].lstrip('@')}={'/'.join(path[1:])}")
            column.triggered.connect(self._show_column)
        copy = menu.addAction(self.tr("Copy value"))
        copy.setData(value)
        copy.triggered.connect(self._copy)

    def _add_hows(self, menu: QMenu, path: tuple[str, ...], value: str, join: Join) -> None:
        words = {
            "equals": self.tr("Show only equal"),
            "not": self.tr("Show all but equal"),
            "contains": self.tr("Show what contains it"),
        }
        for how in _HOWS:
            self._query_action(menu, words[how], self._view.value_query(path, value, how, join.value))

    def type_menu(self, name: str) -> QMenu:
        """Return a menu of what can be done with an event type; it goes when it closes."""
        menu = QMenu()
        menu.aboutToHide.connect(menu.deleteLater)
        self.add_type(menu, name)
        return menu

    def add_type(self, menu: QMenu, name: str) -> None:
        """Add what can be done with an event type."""
        base = self._view.filter_text
        only = self.tr("Show only %1").replace("%1", name)
        others = self.tr("Show all but %1").replace("%1", name)
        self._query_action(menu, only, type_filter(name, wanted=True, base="", join=Join.REPLACE))
        self._query_action(menu, others, type_filter(name, wanted=False, base="", join=Join.REPLACE))
        if base.strip():
            for join, title in ((Join.AND, self.tr("And")), (Join.OR, self.tr("Or"))):
                below = menu.addMenu(title)
                self._query_action(below, only, type_filter(name, wanted=True, base=base, join=join))
                self._query_action(below, others, type_filter(name, wanted=False, base=base, join=join))
