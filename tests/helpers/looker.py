"""Looks at every part of a window as a user with a mouse and a screen reader does, and says where text is markup.

    looker = Looker()
    looker.look(window)
    assert looker.found == []

Every widget is painted, hovered and read out; tabs and drop-down lists are opened, menus too. ``kinds`` are the classes
of what was seen.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, QModelIndex, QPoint
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent, QHelpEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QMenu,
    QTabBar,
    QTabWidget,
    QToolTip,
    QTreeView,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS, COLUMNS = 40, 12
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
READ_ALOUD = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


class Looker:
    """Found so far: what is or would be markup, and the classes of widgets that were seen."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.kinds: set[type] = set()
        self.tips = 0
        self._deep = 0
        self._views = True
        self._hovered: set[tuple[int, str]] = set()

    def look(self, root: QWidget, *, views: bool = True) -> None:
        """Look at a widget and all that is in it, without ``views`` not at every cell of tables and lists."""
        self._views = views
        self._deep += 1
        QCoreApplication.processEvents()
        root.grab()
        self._widget(root)
        for widget in root.findChildren(QWidget):
            if shiboken6.isValid(widget):
                self._widget(widget)
        if self._deep < 4:
            for tabs in root.findChildren(QTabWidget):
                self._turn(tabs)
        for action in root.findChildren(QAction):
            self._action(action)
        QToolTip.hideText()
        self._deep -= 1

    def windows(self) -> None:
        """Look at all windows that are open; menus among them are closed."""
        for window in _open():
            if not _is_tip(window):
                self.look(window, views=False)
                if isinstance(window, QMenu):
                    window.close()

    @contextmanager
    def instead_of_waiting(self) -> Iterator[None]:
        """Look at dialogs and menus where the program would wait for what the user does with them."""
        looker = self

        def run(dialog: QDialog) -> int:
            looker.show(dialog)
            return 0

        def open_menu(menu: QMenu, *_args: object) -> None:
            looker.menu(menu)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(QDialog, "exec", run)
            for kind in QDialog.__subclasses__():
                if "exec" in vars(kind):
                    patch.setattr(kind, "exec", run)
            patch.setattr(QMenu, "exec", open_menu)
            yield

    def show(self, window: QWidget) -> None:
        """Open a window, look at it, and close it."""
        window.show()
        self.look(window)
        window.hide()

    def menu(self, menu: QMenu) -> None:
        """Open a menu and those in it."""
        menu.popup(QPoint(0, 0))
        self.look(menu)
        for action in menu.actions():
            self._action(action)
            self._hover(menu, menu.actionGeometry(action).center())
            inner = action.menu()
            if isinstance(inner, QMenu) and self._deep < 3:
                self._deep += 1
                self.menu(inner)
                self._deep -= 1
        menu.close()

    # -- what there is in a widget -------------------------------------------------------------------------------

    def _widget(self, widget: QWidget) -> None:
        self.kinds.update(type(widget).__mro__)
        name = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            self.found.append(f"{name}: {widget.textFormat()} for {widget.text()[:60]!r}")
        for what in ("toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription", "windowTitle"):
            self._text(f"{name}.{what}", getattr(widget, what)())
        if not widget.isVisible():
            return
        for kind in READ_ALOUD:
            QAccessible.queryAccessibleInterface(widget).text(kind)
        if widget.toolTip():
            self._hover(widget, widget.rect().center(), widget.toolTip())
        if isinstance(widget, QAbstractItemView):
            self._view(name, widget)
        elif isinstance(widget, QTabBar):
            for index in range(widget.count()):
                self._text(f"{name} tab", widget.tabText(index))
                self._hover(widget, widget.tabRect(index).center())
        elif isinstance(widget, QComboBox) and widget.count() and self._deep < 3:
            self._deep += 1
            self._view(name, widget.view())
            widget.showPopup()
            self._view(name, widget.view())
            widget.hidePopup()
            self._deep -= 1

    def _turn(self, tabs: QTabWidget) -> None:
        shown = tabs.currentIndex()
        for index in range(tabs.count()):
            if index != shown:
                tabs.setCurrentIndex(index)
                page = tabs.widget(index)
                if page is not None:
                    self.look(page)
        tabs.setCurrentIndex(shown)

    def _view(self, name: str, view: QAbstractItemView) -> None:
        model = view.model()
        if isinstance(view, QHeaderView):
            self._headings(name, view)
            return
        if isinstance(view, QTreeView):
            view.expandToDepth(3)
        for row in range(min(model.rowCount(QModelIndex()), ROWS) if self._views else 0):
            for column in range(1 if isinstance(model, QAbstractListModel) else min(model.columnCount(), COLUMNS)):
                for role in ROLES:
                    self._data(name, model.index(row, column).data(role), role)
                area = view.visualRect(model.index(row, column)).intersected(view.viewport().rect())
                if not area.isEmpty():
                    self._hover(view.viewport(), area.center())

    def _headings(self, name: str, view: QHeaderView) -> None:
        across = view.orientation() is Qt.Orientation.Horizontal
        for section in range(min(view.count(), COLUMNS)):
            for role in ROLES:
                self._data(f"{name} heading", view.model().headerData(section, view.orientation(), role), role)
            at = view.sectionViewportPosition(section) + 3
            self._hover(view.viewport(), QPoint(at, 3) if across else QPoint(3, at))

    def _action(self, action: QAction) -> None:
        for what in ("text", "toolTip", "statusTip", "whatsThis"):
            self._text(f"action {action.objectName()}.{what}", getattr(action, what)())

    # -- what is done --------------------------------------------------------------------------------------------

    def _hover(self, widget: QWidget, at: QPoint, tip: str = "") -> None:
        """Let the pointer rest at a place, but not once more where the same tip was seen."""
        known = (shiboken6.getCppPointer(widget)[0], tip)
        if not widget.isVisible() or (tip and known in self._hovered):
            return
        self._hovered.add(known)
        QCoreApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
        for shown in _open():
            if isinstance(shown, QLabel) and _is_tip(shown):
                self.tips += 1
                shown.grab()
                self._text(f"tip of {type(widget).__name__}", shown.text())
                if shown.textFormat() is not Qt.TextFormat.PlainText:
                    self.found.append(f"tip of {type(widget).__name__} {widget.objectName()} is {shown.textFormat()}")
                if shown.width() > 1600 or shown.height() > 1000:
                    self.found.append(f"tip of {type(widget).__name__} is {shown.width()} x {shown.height()}")
        QToolTip.hideText()

    def open_menus(self, root: QWidget) -> None:
        """Ask every widget for its context menu."""
        for widget in [root, *root.findChildren(QWidget)]:
            if shiboken6.isValid(widget) and widget.isVisible():
                at = widget.rect().center()
                QCoreApplication.sendEvent(
                    widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
                )
                self.popups()

    def popups(self) -> None:
        """Look at the menus that are open, and close them."""
        for window in _open():
            if isinstance(window, QMenu):
                self.menu(window)

    def _data(self, name: str, data: object, role: Qt.ItemDataRole) -> None:
        if role is not Qt.ItemDataRole.DisplayRole and isinstance(data, str):
            self._text(f"{name} {role.name}", data)

    def _text(self, name: str, text: str) -> None:
        if Qt.mightBeRichText(text):
            self.found.append(f"{name}: {text[:100]!r}")


def _is_tip(widget: QWidget) -> bool:
    return widget.metaObject().className() == "QTipLabel"


def _open() -> Iterator[QWidget]:
    """Return the windows that are open, also when some go while they are looked at."""
    for window in QApplication.topLevelWidgets():
        if shiboken6.isValid(window) and window.isVisible():
            yield window
