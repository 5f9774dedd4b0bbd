"""The compose window without a mouse: where Tab leads, what typing does, what is in sight."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from clacks_monitor.gui.compose.repeats import RepeatSection
from clacks_monitor.gui.kit.layouts import child
from tests.helpers.compose_widgets import editor_widget, leaf_row, rows_of, text, type_into

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.compose.window import ComposeWindow
    from tests.helpers.fake_sender import FakeSession

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_scrolling_over_a_field_does_not_change_it(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    type_into(window, "Whole", "5")
    window.xml_pane.setFocus()
    for path in ("Whole", "Colour"):
        target = editor_widget(window, path)
        at = QPointF(5, 5)
        wheel = QWheelEvent(
            at, QPointF(target.mapToGlobal(QPoint(5, 5))), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # inverted
        )  # fmt: skip
        QApplication.sendEvent(target, wheel)
    assert "<Whole>5</Whole>" in text(window)
    assert "<Colour>red</Colour>" in text(window)


def test_every_editor_has_a_name_for_screen_readers(window: ComposeWindow) -> None:
    window.compose_new("Kinds")
    form = window.draft.form
    assert form is not None
    for field in form.root.children:
        name = editor_widget(window, field.path).accessibleName()
        assert field.label in name
        assert ("required" in name) is field.required


def test_the_menu_writes_a_placeholder_where_the_cursor_is(window: ComposeWindow) -> None:
    window.compose_new("NodeStatus")
    editor_widget(window, "Workers").setFocus()
    window.activateWindow()
    menu = child(window, QMenu, "placeholderMenu")
    next(action for action in menu.actions() if action.data() == "{{counter}}").trigger()
    assert "<Workers>{{counter}}</Workers>" in text(window)


def test_tab_walks_through_the_form_as_it_is_seen(window: ComposeWindow) -> None:
    window.compose_new("Shapes")
    (repeat,) = rows_of(window, RepeatSection)
    assert isinstance(repeat, RepeatSection)
    repeat.add_button.click()
    QApplication.processEvents()
    window.form_view.order_tabs()
    window.activateWindow()
    window.target.ways.setFocus()
    body = window.form_view.widget()
    assert body is not None
    seen: list[int] = []
    for _press in range(60):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        widget = window.focusWidget()
        if not body.isAncestorOf(widget):
            break
        seen.append(widget.mapTo(body, QPoint(0, widget.height() // 2)).y())
    assert window.focusWidget() is window.xml_pane
    assert len(seen) > 10
    assert not [(b, a) for b, a in pairwise(seen) if a <= b - 12]


def test_typing_into_a_new_form_replaces_what_is_proposed(window: ComposeWindow) -> None:
    window.activateWindow()
    window.compose_new("AsteriskNotification")
    line = leaf_row(window, "@Type").findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.selectedText() == "CallMissed"
    QTest.keyClicks(line, "CallEnded")
    assert 'Type="CallEnded"' in text(window)


def test_tab_leads_through_the_whole_window_and_round(window: ComposeWindow) -> None:
    window.compose_new("AsteriskNotification")
    window.form_view.order_tabs()
    window.activateWindow()
    window.type_chooser.setFocus()
    seen: list[QWidget] = []
    for _press in range(40):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
        if seen[-1] is window.type_chooser:
            break
    assert seen[:2] == [window.target.connections, window.target.ways]
    assert seen[2] is editor_widget(window, "@Type")
    bar = window.tabs.tabBar()
    assert seen[-4:] == [bar, window.problems_pane.list, window.broken_box, window.type_chooser]


def test_a_field_that_gets_the_focus_from_outside_the_form_is_in_sight(window: ComposeWindow, qtbot: QtBot) -> None:
    window.compose_new("PuppetReport")
    window.form_view.order_tabs()
    window.activateWindow()
    scroll = window.form_view.verticalScrollBar()
    qtbot.waitUntil(lambda: scroll.maximum() > 0)
    scroll.setValue(scroll.maximum())
    window.target.ways.setFocus()
    assert editor_widget(window, "Id").visibleRegion().isEmpty()
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert window.focusWidget() is editor_widget(window, "Id")
    assert not editor_widget(window, "Id").visibleRegion().isEmpty()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_enter_takes_the_first_type_that_the_typed_part_fits(window: ComposeWindow) -> None:
    window.compose_new("PhoneStatus")
    window.activateWindow()
    line = window.type_chooser.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "puppet")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert window.draft.type_name == "PuppetReport"
    assert line.text() == "PuppetReport"
    line.selectAll()
    QTest.keyClicks(line, "nonsense")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (window.draft.type_name, line.text()) == ("PuppetReport", "PuppetReport")


def test_all_types_are_walked_through_with_the_arrow_keys(window: ComposeWindow, session: FakeSession) -> None:
    names = [kind.name for kind in session.composing.catalogue.types() if kind.problem is None]
    window.compose_new(names[0])
    window.activateWindow()
    window.type_chooser.setFocus()
    seen = [window.draft.type_name]
    for _press in names[1:]:
        QTest.keyClick(window.type_chooser, Qt.Key.Key_Down)
        seen.append(window.draft.type_name)
    assert seen == names
    assert window.type_chooser.hasFocus()
