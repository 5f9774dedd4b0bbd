"""The focus can be seen: each control that Tab comes to is drawn otherwise while it has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit, QTabBar, QTabWidget, QVBoxLayout, QWidget

from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.window.focus_ring import FocusRing
from tests.gui.test_overlaps import MAKERS
from tests.helpers.compose_schemas import session_with_schemas
from tests.helpers.compose_widgets import complete, shown
from tests.helpers.window_dialogs import WINDOW_DIALOGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
SCHEMES = pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])


@pytest.fixture(autouse=True)
def ring(qapp: QApplication) -> Iterator[FocusRing]:
    made = FocusRing(qapp)
    yield made
    qapp.focusChanged.disconnect(made._follow)
    made.deleteLater()


def _picture(widget: QWidget) -> QImage:
    around = widget.parentWidget() or widget
    return around.grab().toImage()


def _controls(top: QWidget) -> list[QWidget]:
    """Return what Tab comes to on the pages that are shown."""
    return [
        widget
        for widget in top.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def unseen(top: QWidget, ring: FocusRing, qtbot: QtBot) -> list[str]:
    """Return the controls below a widget, on all pages of its tabs, that look the same with the focus and without."""
    top.activateWindow()
    qtbot.waitUntil(top.isActiveWindow)
    ring.by_keyboard = True  # as after a Tab
    found, seen = [], set[int]()
    tabs = top.findChildren(QTabWidget)
    for place in range(max([1, *(tab.count() for tab in tabs)])):
        for tab in tabs:
            tab.setCurrentIndex(min(place, tab.count() - 1))
        QApplication.processEvents()
        for widget in _controls(top):
            if id(widget) in seen:
                continue
            if (focused := QApplication.focusWidget()) is not None:
                focused.clearFocus()
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            if QApplication.focusWidget() is not widget:
                continue
            seen.add(id(widget))
            with_focus = _picture(widget)
            widget.clearFocus()
            if _picture(widget) == with_focus:
                found.append(f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}")
    assert seen, "nothing takes the focus"
    return found


@SCHEMES
@pytest.mark.parametrize("name", [name for name in MAKERS if name != "outcome"])
def test_the_focus_is_seen_in_a_dialog(name: str, scheme: Scheme, theme: Theme, ring: FocusRing, qtbot: QtBot) -> None:
    theme.use(scheme)
    with shown(MAKERS[name](theme)) as widget:
        assert unseen(widget, ring, qtbot) == []


@SCHEMES
def test_the_focus_is_seen_in_the_main_window_and_its_docks(
    window: MainWindow, feed: Callable[..., None], scheme: Scheme, ring: FocusRing, qtbot: QtBot
) -> None:
    window.theme.use(scheme)
    feed(30)
    window.panes.table.selectRow(3)
    for command in ("filter.editor", "find", "statistics", "charts", "notes", "broker"):
        window.frame.commands[command].trigger()
    for dock in window.findChildren(QDockWidget):
        dock.show()
    assert unseen(window, ring, qtbot) == []


@SCHEMES
def test_the_focus_is_seen_in_the_compose_window(
    scheme: Scheme, theme: Theme, tmp_path: Path, ring: FocusRing, qtbot: QtBot
) -> None:
    theme.use(scheme)
    session = session_with_schemas(tmp_path)
    with shown(ComposeWindow(session, theme)) as window:
        window.compose_new("Kinds")
        complete(window.form_view)
        found = unseen(window, ring, qtbot)
    session.close()
    assert found == []


@SCHEMES
@pytest.mark.parametrize("name", WINDOW_DIALOGS)
def test_the_focus_is_seen_in_a_dialog_of_the_window(
    name: str, window: MainWindow, scheme: Scheme, ring: FocusRing, qtbot: QtBot
) -> None:
    window.theme.use(scheme)
    with shown(WINDOW_DIALOGS[name](window)) as dialog:
        assert unseen(dialog, ring, qtbot) == []


@pytest.fixture
def two_lines(qtbot: QtBot) -> Iterator[QWidget]:
    with shown(QWidget()) as top:
        column = QVBoxLayout(top)
        for name in ("first", "second"):
            line = QLineEdit(top)
            line.setObjectName(name)
            column.addWidget(line)
        top.activateWindow()
        qtbot.waitUntil(top.isActiveWindow)
        yield top


def _ringed(ring: FocusRing) -> QWidget | None:
    return ring.ring.parentWidget() if ring.ring is not None else None


def test_the_ring_comes_with_tab_and_not_with_the_mouse(two_lines: QWidget, ring: FocusRing) -> None:
    first, second = two_lines.findChildren(QLineEdit)
    first.setFocus(Qt.FocusReason.OtherFocusReason)
    assert _ringed(ring) is None
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert _ringed(ring) is second
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert _ringed(ring) is None


def test_the_ring_follows_the_size_of_its_control(two_lines: QWidget, ring: FocusRing) -> None:
    first, second = two_lines.findChildren(QLineEdit)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert ring.ring is not None
    second.resize(90, 40)
    assert ring.ring.geometry() == second.rect()


def test_the_ring_goes_with_its_control(two_lines: QWidget, ring: FocusRing, qtbot: QtBot) -> None:
    first, second = two_lines.findChildren(QLineEdit)
    QTest.keyClick(first, Qt.Key.Key_Tab)
    with qtbot.waitSignal(second.destroyed):
        second.deleteLater()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.ring is not None
    assert ring.ring.parent() is first


def test_of_a_row_of_tabs_the_current_one_is_ringed(two_lines: QWidget, ring: FocusRing) -> None:
    bar = QTabBar(two_lines)
    bar.addTab("one")
    bar.addTab("two")
    bar.show()
    ring.by_keyboard = True
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.ring is not None
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert ring.ring.geometry() == bar.tabRect(1)
