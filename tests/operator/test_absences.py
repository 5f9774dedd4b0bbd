"""How long was a client away: at most three actions, by keys and by the mouse."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor import captures
from clacks_monitor.core.event import Event, RawMessage
from tests.helpers.operator_desk import Operator, monitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QTreeWidgetItem
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.gui.boards.board_view import BoardView

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(180)]
NS = 1_000_000_000
ALT = Qt.KeyboardModifier.AltModifier


def _event(kind: str, client: str, seconds_ago: int) -> Event:
    name = f"<Name>{client}</Name>" if kind == "ClientAnnounce" else ""
    text = f"<{kind}><Id>id-{client}</Id>{name}</{kind}>"
    body = f'<Event xmlns="http://www.gonicus.de/Events">{text}</Event>'.encode()
    raw = RawMessage(connection="office", wall_ns=time.time_ns() - seconds_ago * NS, monotonic_ns=0, body=body)
    return Event(raw, kind, kind)


@pytest.fixture
def operator(qtbot: QtBot, qapp: QApplication, folders: Folders, tmp_path: Path) -> Iterator[Operator]:
    """A window on a capture of an hour in which the client dyn-10 was away for 2 minutes and 14 seconds."""
    path = tmp_path / "shift.capture"
    with captures.create(path) as capture:
        capture.append([_event("ClientAnnounce", f"dyn-{number}", 3_600 - number) for number in range(9, 30)])
        capture.append([_event("ClientLeave", "dyn-10", 1_000), _event("ClientAnnounce", "dyn-10", 866)])
        capture.append([_event("ClientLeave", "dyn-29", 500)])
    with monitor(qapp, folders, path) as application:
        yield Operator(application, qtbot)


def _board(operator: Operator, key: Qt.Key) -> BoardView:
    """Open the board of the clients."""
    operator.window.activateWindow()
    operator.press(key, ALT)
    operator.until(lambda: "clients" in operator.window.controllers.boards.views)
    view = operator.window.controllers.boards.views["clients"]
    operator.until(lambda: view.model.rowCount() == 21)
    return view


def _lines(view: BoardView) -> list[str]:
    tree = view.history.tree
    items: list[QTreeWidgetItem | None] = [tree.topLevelItem(place) for place in range(tree.topLevelItemCount())]
    return [f"{item.text(0)} {item.text(3)}" for item in items if item is not None]


def test_how_long_a_client_was_away_is_seen_after_one_key(operator: Operator) -> None:
    view = _board(operator, Qt.Key.Key_3)
    operator.until(view.search.hasFocus)
    operator.write(view.search, "dyn-10")
    operator.until(lambda: view.model.rowCount() == 1)
    before = view.model.index(0, view.model.since_column + 1)
    assert before.data() == "offline 2 min 14 s"
    assert view.tree.visualRect(before).right() < view.tree.viewport().width(), "it is seen without scrolling"
    assert operator.actions == 1


def test_all_absences_of_a_client_are_listed_after_two_keys(operator: Operator) -> None:
    view = _board(operator, Qt.Key.Key_3)
    operator.until(view.search.hasFocus)
    operator.write(view.search, "dyn-10")
    operator.press(Qt.Key.Key_Return, target=view.search)
    operator.until(lambda: len(_lines(view)) == 3)
    assert _lines(view)[1] == "offline 2 min 14 s"
    assert operator.actions == 2


def test_the_history_of_a_client_takes_three_actions_with_the_mouse(operator: Operator) -> None:
    view = _board(operator, Qt.Key.Key_3)
    operator.write(view.search, "dyn-10")
    operator.until(lambda: view.model.rowCount() == 1)
    at = view.tree.visualRect(view.model.index(0, 1)).center()
    operator.actions += 1
    view.tree.customContextMenuRequested.emit(at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = next(action for action in menu.actions() if action.text().startswith("History"))
    operator.click(menu, menu.actionGeometry(entry).center())
    operator.until(lambda: len(_lines(view)) == 3)
    assert _lines(view)[1] == "offline 2 min 14 s"
    assert operator.actions == 3
