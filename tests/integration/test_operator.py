"""An operator's task from beginning to end: real processes, real sockets, the real window, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.event import Gap
from clacks_monitor.gui.profiles.save_dialog import SaveDialog
from clacks_monitor.testbed.demonstration import Demo
from tests.helpers.broker import running_broker
from tests.helpers.compose_widgets import editor_widget
from tests.helpers.operator_desk import monitor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.event import Row
    from clacks_monitor.core.folders import Folders
    from clacks_monitor.gui.application import Application

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(180)]
BUSY = "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:PhoneStatus/f:Status = 'busy'"
PATIENCE_MS = 40_000


def rows(application: Application) -> list[Row]:
    return application.session.rows.read(application.window.panes.table.events.store.sequences).value


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=PATIENCE_MS)


def press(
    application: Application, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(application.window, key, modifier)


def test_an_operators_task(
    qtbot: QtBot, qapp: QApplication, folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = tmp_path / "shift.capture"
    control = Qt.KeyboardModifier.ControlModifier
    with Demo(rate=60, seed=3) as demo, monitor(qapp, folders, capture, demo.url) as application:
        window, session = application.window, application.session
        until(qtbot, lambda: len({row.type for row in rows(application)}) > 4)

        # The profile Telephones: only telephone events.
        telephones = next(profile for profile in session.profiles.all() if profile.name == "Telephones")
        window.frame.commands["show.all"].trigger()
        press(application, Qt.Key(Qt.Key.Key_1 + session.profiles.all().index(telephones)), control)
        until(qtbot, lambda: [p.name for p in session.profiles.all() if p.active] == ["Telephones"])
        phones = {"PhoneStatus", "AsteriskNotification"}
        until(qtbot, lambda: bool(rows(application)) and {row.type for row in rows(application)} <= phones)

        # A query for Status = 'busy', typed.
        press(application, Qt.Key.Key_L, control)
        QTest.keyClicks(window.frame.filter_bar.line, BUSY)
        QTest.keyClick(window.frame.filter_bar.line, Qt.Key.Key_Return)
        assert session.filtering.filter_text == BUSY
        until(qtbot, lambda: bool(rows(application)) and all(row.summary.endswith("busy") for row in rows(application)))

        # One of them, as free.
        chosen = rows(application)[0]
        window.panes.table.go_to(chosen.sequence)
        until(qtbot, lambda: window.panes.table.current_sequence == chosen.sequence)
        window.frame.commands["compose.from"].trigger()
        until(qtbot, lambda: application.compose.window is not None)
        compose = application.compose.window
        assert compose is not None
        compose.activateWindow()
        until(qtbot, compose.isActiveWindow)
        editor = editor_widget(compose, "Status")
        QTest.keyClick(editor, Qt.Key.Key_A, control)
        QTest.keyClicks(editor, "free")
        before = session.counters().received
        QTest.keyClick(compose, Qt.Key.Key_Return, control)
        until(qtbot, lambda: "received after" in compose.outcome.text())
        assert session.counters().received > before
        (sent,) = session.composing.history.search()
        assert sent.returned_ns > sent.sent_ns
        expected = chosen.summary.replace("busy", "free")

        # The filter, kept as a profile.
        monkeypatch.setattr(SaveDialog, "exec", lambda dialog: dialog.name.setText("Busy telephones") or 1)
        window.frame.commands["filter.save"].trigger()
        received = session.counters().received
    with monitor(qapp, folders, capture) as again:
        assert "Busy telephones" in [profile.name for profile in again.session.profiles.all()]
        assert again.session.counters().received >= received
        window = again.window
        window.frame.commands["show.all"].trigger()
        counters = again.session.counters()
        until(qtbot, lambda: window.panes.table.events.rowCount() == counters.received + counters.gaps)
        assert expected in {row.summary for row in rows(again)}


def test_a_killed_broker_is_found_again_and_the_table_says_from_when_to_when(
    qtbot: QtBot, qapp: QApplication, folders: Folders, tmp_path: Path
) -> None:
    with running_broker() as broker, monitor(qapp, folders, tmp_path / "gap.capture", broker.url) as application:
        (connection,) = application.session.connections.all()

        def state() -> ConnectionState | None:
            status = application.session.connections.statuses().get(connection.id)
            return status.state if status else None

        until(qtbot, lambda: state() is ConnectionState.CONNECTED)
        broker.kill()
        until(qtbot, lambda: state() is ConnectionState.LOST)
        broker.restart()
        until(qtbot, lambda: state() is ConnectionState.CONNECTED)
        until(qtbot, lambda: application.window.panes.table.events.rowCount() == 1)
        (sequence,) = application.window.panes.table.events.store.sequences
        gap = application.session.rows.whole(sequence)
        assert isinstance(gap, Gap)
        assert gap.to_ns > gap.from_ns
