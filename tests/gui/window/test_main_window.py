"""The window as a whole: what it says when it is empty, its status, commands, shortcuts, colours, accessibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QTreeView,
    QWidget,
)

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.connection import ConnectionState, FilterPlace
from clacks_monitor.gui.application import _Reporter
from clacks_monitor.gui.kit.colours import DARK, LIGHT, palette_of
from clacks_monitor.gui.kit.command_list import COMMANDS
from clacks_monitor.gui.kit.contrast import MIN_CONTRAST, contrast
from clacks_monitor.gui.kit.shortcuts import plain
from clacks_monitor.gui.kit.theme import Scheme, Theme
from clacks_monitor.gui.table.empty_state import Empty, EmptyState
from clacks_monitor.gui.window.command_palette import CommandPalette, score
from clacks_monitor.gui.window.shortcuts_dialog import ShortcutsDialog
from clacks_monitor.session.notices import Trouble
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


def test_without_a_connection_the_window_offers_one(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    session.capture.temporary = True
    window = open_window(session)
    assert window.frame.stack.currentWidget() is window.panes.empty
    assert window.panes.empty.why is Empty.NO_CONNECTION
    assert window.panes.empty.buttons[0].text() == "Connect…"


def test_a_silent_bus_says_since_when(window: MainWindow) -> None:
    assert window.panes.empty.why is Empty.SILENT
    assert "office bus" in window.panes.empty.title.text()
    assert "No events for" in window.panes.empty.text.text()


def test_when_all_is_hidden_it_says_how_many_and_shows_them(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(bodies=[phone(), phone()])
    window.frame.filter.set("./f:Event/f:ClientPoll")
    window.bridge.deliver()
    assert window.frame.stack.currentWidget() is window.panes.empty
    assert window.panes.empty.title.text() == "2 events hidden"
    qtbot.mouseClick(window.panes.empty.buttons[0], Qt.MouseButton.LeftButton)
    window.bridge.deliver()
    assert window.frame.stack.currentWidget() is window.panes.table
    assert window.panes.model.rowCount() == 2


def test_clearing_keeps_everything(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(5)
    window.frame.commands["clear"].trigger()
    window.bridge.deliver()
    assert window.panes.empty.why is Empty.CLEARED
    assert window.frame.status.line.message.startswith("Table cleared.")
    feed(2)
    assert window.panes.model.rowCount() == 2
    window.frame.commands["unclear"].trigger()
    window.bridge.deliver()
    assert window.panes.model.rowCount() == 7


def test_gaps_are_shown_along_the_scroll_bar(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    ticks = window.panes.table.map
    feed(5)
    window.refresh.refresh()
    ticks.draw()
    assert not ticks.ticks[2]
    session.push_gap()
    window.bridge.deliver()
    window.refresh.refresh()
    ticks.draw()
    assert len(ticks.ticks[2]) == 1


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (ConnectionState.CONNECTING, Empty.CONNECTING),
        (ConnectionState.LOST, Empty.LOST),
        (ConnectionState.REFUSED, Empty.LOST),
        (ConnectionState.CLOSED, Empty.NO_CONNECTION),
    ],
)
def test_each_state_of_the_connection_is_explained(
    window: MainWindow, session: FakeSession, state: ConnectionState, why: Empty
) -> None:
    session.connections.set_state("office", state, "The broker does not answer.")
    window.bridge.deliver()
    assert window.panes.empty.why is why
    if why is Empty.LOST:
        assert window.panes.empty.text.text() == "The broker does not answer."


def test_the_status_bar_counts_in_groups(window: MainWindow, session: FakeSession) -> None:
    session.push(1300)
    session.push_gap()
    window.bridge.deliver()
    window.refresh.refresh()
    said = {key: label.accessibleDescription() for key, label in window.frame.status.counters.items()}
    assert said["received"] == "1,300 received"
    assert said["shown"] == "1,301 shown"
    assert said["gaps"] == "1 gap"
    assert "shift.capture 38 MB" in window.frame.status.capture.text()


def test_the_status_bar_says_where_the_subscription_filter_runs(window: MainWindow, session: FakeSession) -> None:
    session.connections.set_state("office", ConnectionState.CONNECTED, filter_place=FilterPlace.BROKER)
    window.bridge.deliver()
    window.refresh.refresh()
    assert "broker filter active" in window.frame.status.line.text()


def test_production_is_a_band_and_stands_in_the_title(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    session.connect_office(production=True, colour="red")
    window = open_window(session)
    window.bridge.deliver()
    band = window.controllers.band.label
    assert band.isVisible()
    assert band.mapTo(window, band.rect().topLeft()).x() < 20
    assert band.width() > window.width() - 40
    corner = band.mapTo(window, band.rect().topLeft())
    assert (
        window.grab().toImage().pixelColor(corner.x() + 2, corner.y() + 2).name() == window.theme.swatch("red").name()
    )
    assert band.text() == "Production: office bus"
    assert window.windowTitle().startswith("Production: office bus")
    palette = band.palette()
    assert contrast(palette.color(palette.ColorRole.Window), palette.color(palette.ColorRole.WindowText)) >= 4.5


def test_trouble_stays_until_it_is_closed(window: MainWindow) -> None:
    window.bridge.notify(Trouble("The disk is full.", "No room on /home"))
    window.bridge.notify(Trouble("The disk is still full."))
    assert window.panes.trouble.isVisible()
    assert "1 more" in window.panes.trouble.text.text()
    window.panes.trouble.dismiss()
    assert not window.panes.trouble.isVisible()


def _fail() -> None:
    raise KeyError("surprise")


def test_an_error_that_nobody_handled_is_shown(window: MainWindow, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = _Reporter()
    reporter.window = window
    try:
        _fail()
    except KeyError as error:
        reporter(KeyError, error, error.__traceback__)
    assert "surprise" in window.panes.trouble.text.text()
    assert "surprise" in capsys.readouterr().err


# -- commands ------------------------------------------------------------------------------------------------------


def test_every_command_has_a_menu_a_name_and_a_tip_with_its_shortcut(window: MainWindow) -> None:
    for command, action in window.frame.commands:
        assert action in window.frame.menus[command.menu].actions()
        assert plain(action.text())
        if command.shortcut:
            assert action.shortcut().toString() in action.toolTip()


def test_no_two_commands_have_the_same_shortcut() -> None:
    used = [command.shortcut for command in COMMANDS if command.shortcut]
    assert len(used) == len(set(used))


def test_the_commands_of_the_specification_have_their_keys(window: MainWindow) -> None:
    wanted = {
        "filter.focus": "Ctrl+L", "filter.editor": "F4", "pause": "Space", "follow": "End", "find": "Ctrl+F",
        "go.time": "Ctrl+G", "find.next": "F3", "mark": "Ctrl+M", "compose": "Ctrl+N", "compose.from": "Ctrl+R",
        "show.all": "Alt+0", "preferences": "Ctrl+,", "zoom.reset": "Ctrl+0", "commands": "Ctrl+Shift+P",
    }  # fmt: skip
    assert {key: window.frame.commands.shortcuts.of(key) for key in wanted} == wanted


def test_a_command_is_found_by_a_part_of_its_name(window: MainWindow, qtbot: QtBot) -> None:
    palette = CommandPalette(window.menuBar(), window)
    qtbot.addWidget(palette)
    qtbot.keyClicks(palette.line, "paus")
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    assert window.panes.updates.paused
    names = {item.text(0) for item in palette.list.findItems("", Qt.MatchFlag.MatchContains)}
    assert "View: Pause" in names
    palette.line.clear()
    names = {item.text(0) for item in palette.list.findItems("", Qt.MatchFlag.MatchContains)}
    assert {"View: Event types", "View > Boards: Clients", "Help: About Clacks Event Monitor"} <= names
    assert "View: All commands" not in names
    assert score("rsl", "Reset layout") == 1
    assert score("xyz", "Reset layout") == 0


def test_a_changed_shortcut_is_kept_and_shown(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession, qtbot: QtBot
) -> None:
    window = open_window(session)
    dialog = ShortcutsDialog(window.frame.commands, window)
    qtbot.addWidget(dialog)
    dialog.select("clear")
    dialog.keys.setKeySequence("Ctrl+L")
    assert "Type a filter" in dialog.note.text()
    dialog.set_keys()
    assert window.frame.commands.shortcuts.of("filter.focus") == ""
    assert "Ctrl+L" in window.frame.commands["clear"].toolTip()
    again = open_window(session)
    assert again.frame.commands.shortcuts.of("clear") == "Ctrl+L"
    again.frame.commands.shortcuts.reset()
    assert (again.frame.commands.shortcuts.of("clear"), again.frame.commands.shortcuts.of("filter.focus")) == (
        "Ctrl+Shift+X",
        "Ctrl+L",
    )


def test_compose_carries_the_selected_event(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(bodies=[phone("1", "2", "busy")])
    assert not window.frame.commands["compose.from"].isEnabled()
    window.panes.table.go_to(1)
    with qtbot.waitSignal(window.compose_wanted) as wanted:
        window.frame.commands["compose.from"].trigger()
    assert bytes(wanted.args[0]) == phone("1", "2", "busy")


# -- layout and colours --------------------------------------------------------------------------------------------


def test_a_closed_pane_stays_closed_and_reset_brings_it_back(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    first = open_window(session)
    first.findChild(QDockWidget, "typesDock").close()  # type: ignore[union-attr]  # the test fails when it is None
    first.close()
    second = open_window(session)
    dock = second.findChild(QDockWidget, "typesDock")
    assert dock is not None
    assert dock.isHidden()
    second.frame.commands["layout.reset"].trigger()
    assert not dock.isHidden()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_all_text_can_be_read(theme: Theme, scheme: Scheme) -> None:
    theme.use(scheme)
    for index in range(len(COLOURS)):
        assert contrast(theme.tints[index], theme.tint_texts[index]) >= MIN_CONTRAST
    for colour in (theme.text, theme.muted, theme.good, theme.bad, theme.warn):
        assert contrast(theme.base, colour) >= MIN_CONTRAST
    palette = palette_of(DARK if theme.dark else LIGHT)
    role = palette.ColorRole
    for below, above in (
        (role.Window, role.WindowText), (role.Button, role.ButtonText), (role.Highlight, role.HighlightedText),
        (role.ToolTipBase, role.ToolTipText), (role.Window, role.PlaceholderText), (role.Base, role.Link),
    ):  # fmt: skip
        assert contrast(palette.color(below), palette.color(above)) >= MIN_CONTRAST


def test_contrast_is_the_wcags() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_the_window_takes_other_colours_while_it_is_open(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone()])
    light = window.grab().toImage().pixelColor(600, 400)
    window.frame.commands["theme.dark"].trigger()
    dark = window.grab().toImage().pixelColor(600, 400)
    window.frame.commands["theme.light"].trigger()
    assert light.lightness() > 200
    assert dark.lightness() < 80


def test_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    window.frame.commands["find"].trigger()
    window.frame.commands["filter.editor"].trigger()
    nameless = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTreeView)):
            continue
        if not widget.isVisible():
            continue
        inner = widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QComboBox, QLineEdit))
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not inner and not (widget.accessibleName() or text or widget.toolTip()):
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_a_first_reason_without_words_is_no_trouble_to_qt(window: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    empty = EmptyState()
    qtbot.addWidget(empty)
    empty.set_up(theme, window.frame.commands)
    empty.explain(Empty.NO_EVENTS)
    assert (empty.title.text(), empty.text.text()) == ("This capture has no events", "")


def test_messages_never_cover_the_numbers(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(3)
    window.refresh.refresh()
    window.frame.status.notify("a message " * 60)
    assert window.frame.status.line.toolTip().split() == ["a", "message"] * 60
    assert window.frame.status.line.text().endswith("…")
    assert all(label.isVisibleTo(window) for label in window.frame.status.counters.values())
    window.frame.status.line.clear_message()
    assert window.frame.status.line.text() == window.frame.status.line._standing
    # A status tip would be shown by Qt over the numbers; tooltips tell what a command does.
    assert [action.text() for _command, action in window.frame.commands if action.statusTip()] == []
    assert all(action.toolTip() for _command, action in window.frame.commands)


def test_the_title_names_the_capture_that_was_opened_at_the_start(real: MainWindow) -> None:
    assert real.windowTitle() == "shift.capture – Clacks Event Monitor"


def test_an_empty_window_offers_its_first_step_to_the_keyboard(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    window = open_window(session)
    window.activateWindow()
    assert window.frame.stack.currentWidget() is window.panes.empty
    assert window.focusWidget() is window.panes.empty.buttons[0]


def test_the_focus_stays_in_the_middle_when_the_rows_go_and_come(
    window: MainWindow, feed: Callable[..., None], session: FakeSession
) -> None:
    window.activateWindow()
    feed(1)
    window.panes.table.setFocus()
    window.view.clear()
    window.bridge.deliver()
    window.stack.refresh()
    assert window.frame.stack.currentWidget() is window.panes.empty
    assert window.focusWidget() is window.panes.empty.first_button
    feed(1)
    assert window.frame.stack.currentWidget() is window.panes.table
    assert window.focusWidget() is window.panes.table
    window.panes.types.setFocus()
    session.filtering.unclear()
    window.bridge.deliver()
    assert window.focusWidget() is window.panes.types


def test_tab_walks_through_the_panes_in_their_order(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(3)
    window.activateWindow()
    window.panes.table.go_to(1)
    window.panes.table.setFocus()
    seen: list[QWidget] = []
    for _press in range(40):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
        if seen[-1] is window.panes.table:
            break
    buttons = window.panes.profiles.findChildren(QToolButton)
    after = seen.index(window.panes.profiles.tree) + 1
    assert seen[after : after + len(buttons)] == [button for button in buttons if button.isEnabled()]
    assert seen.index(window.panes.detail.raw_button) == seen.index(window.panes.detail.tabs.tabBar()) - 1
    assert seen[-1] is window.panes.table


def test_a_refused_connection_is_tried_again_by_a_button(window: MainWindow, session: FakeSession) -> None:
    session.connections.set_state("office", ConnectionState.REFUSED, "its certificate has expired")
    window.bridge.deliver()
    window.stack.refresh()
    assert window.panes.empty.why is Empty.LOST
    again = window.panes.empty.buttons[0]
    assert again.text() == "Reconnect"
    again.click()
    assert session.connections.statuses()["office"].state is not ConnectionState.REFUSED
