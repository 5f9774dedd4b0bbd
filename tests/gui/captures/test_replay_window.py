"""Replaying from the window: what can be chosen, what speaks against it, what is confirmed, hold, step and stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.gui.captures.replay_dialog import ReplayDialog
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.session.captures.replaying import Pace
from tests.helpers.entries import START

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.captures.replay_bar import ReplayBar
    from clacks_monitor.gui.window.main_window import MainWindow


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[ReplayDialog], None]], None]:
    """Say what the user does in the dialog, which is then accepted if it can be."""

    def use(do: Callable[[ReplayDialog], None]) -> None:
        def run(dialog: ReplayDialog) -> int:
            do(dialog)
            accepted = dialog.go_button.isEnabled()
            return int((QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected).value)

        monkeypatch.setattr(ReplayDialog, "exec", run)

    return use


def _pace(dialog: ReplayDialog, key: str) -> None:
    dialog._pace.setCurrentIndex(dialog._pace.findData(key))


def _bar(window: MainWindow) -> ReplayBar:
    return window.controllers.replays.bar


def test_into_this_window_the_events_arrive_in_a_new_capture(
    real: MainWindow, answer: Callable[[Callable[[ReplayDialog], None]], None], qtbot: QtBot
) -> None:
    answer(lambda dialog: _pace(dialog, "fast"))
    real.frame.commands["replay"].trigger()
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 300 and real.session.capture.temporary)
    qtbot.waitUntil(lambda: "Replayed: 300 events" in real.frame.status.line.message)
    assert _bar(real).isHidden()


def test_step_by_step_hold_and_stop(
    real: MainWindow, answer: Callable[[Callable[[ReplayDialog], None]], None], qtbot: QtBot
) -> None:
    answer(lambda dialog: _pace(dialog, "step"))
    real.frame.commands["replay"].trigger()
    bar = _bar(real)
    assert bar.isVisible()
    assert bar.hold_button.text() == "Resume"
    qtbot.waitUntil(lambda: real.session.capture.temporary)
    for number in (1, 2):
        qtbot.mouseClick(bar.step_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda number=number: real.panes.model.rowCount() == number)  # type: ignore[misc]
    qtbot.mouseClick(bar.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(bar.isHidden)
    assert real.panes.model.rowCount() == 2


def test_what_is_chosen_is_what_is_replayed(real: MainWindow, qtbot: QtBot) -> None:
    replays = real.controllers.replays
    real.panes.table.go_to(200)
    real.frame.commands["mark"].trigger()
    qtbot.waitUntil(lambda: real.session.rows.marks().value == [7, 200])
    assert replays._scopes((1, 301), [7, 200]) == {"shown": 301, "selected": 0, "marks": 194, "all": 301}
    assert list(replays._sequences("marks", [7, 200]) or []) == list(range(7, 201))
    real.panes.table.selectRow(3)
    assert list(replays._sequences("selected", []) or []) == [4]
    assert replays._sequences("all", []) is None
    dialog = ReplayDialog([], replays._scopes((1, 301), [7, 200]), START, lambda _id: "", real.theme, real)
    qtbot.addWidget(dialog)
    wanted = {
        "original": Pace(), "factor": Pace(speed=4.0), "rate": Pace(rate=4.0), "fast": Pace(speed=0.0),
        "step": Pace(stepwise=True),
    }  # fmt: skip
    dialog._amount.setValue(4.0)
    for key, pace in wanted.items():
        _pace(dialog, key)
        assert dialog.pace == pace
        assert dialog._amount.isVisibleTo(dialog) is (key in {"factor", "rate"})
    dialog._from.setText("+10s")
    dialog._to.setText("soon")
    assert not dialog.go_button.isEnabled()
    assert "soon" in dialog._reason.text()
    dialog._to.setText("")
    assert dialog.span == (START + 10_000_000_000, 0)


def test_production_and_read_only_are_guarded(real: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    office = ConnectionSettings("office", (("127.0.0.1", 1),), production=True, id="office")
    locked = ConnectionSettings("locked", (("127.0.0.1", 1),), read_only=True, id="locked")
    for settings in (office, locked):
        real.session.connections.add_for_this_run(settings)
    replays = real.controllers.replays
    assert "read-only" in replays._why_not("locked")
    assert "not connected" in replays._why_not("office")
    asked: list[str] = []

    def refuse(dialog: ConfirmDialog) -> int:
        asked.append(dialog._wanted)
        return int(QDialog.DialogCode.Rejected.value)

    monkeypatch.setattr(ConfirmDialog, "exec", refuse)
    assert not replays._confirmed("office")
    assert asked == ["office"]
    assert replays._confirmed("locked")
    dialog = ReplayDialog(
        [office, locked], replays._scopes((1, 301), [7, 200]), START, replays._why_not, real.theme, real
    )
    qtbot.addWidget(dialog)
    dialog._target.setCurrentIndex(1)
    assert "production" in dialog._target.currentText()
    assert not dialog.go_button.isEnabled()


def test_an_unsaved_capture_has_to_be_saved_before_it_is_replayed_here(
    open_real: Callable[[Path | None], MainWindow],
) -> None:
    window = open_real(None)
    assert "Save the capture first" in window.controllers.replays._why_not("")
