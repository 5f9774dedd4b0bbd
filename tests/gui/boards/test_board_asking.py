"""When a board asks for its rows: how often, how long it waits for an answer, and at once while the capture is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer

from clacks_monitor.core.board import BoardDefinition, BoardRow, Rule, StateName
from clacks_monitor.gui.boards.board_model import BoardModel
from clacks_monitor.gui.boards.board_view import BoardView
from clacks_monitor.session.notices import BoardShown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

DOORS = BoardDefinition("doors", "Doors", "Door", {}, {"open": StateName("open", "bad")}, (Rule("Door", "Id"),))
FIRST_TIME = BoardRow("a", "open", 0, 0, 1, (), ("a",))


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> BoardView:
    made = BoardView(DOORS, theme)
    qtbot.addWidget(made)
    return made


def test_an_answer_is_waited_for_ten_seconds(view: BoardView) -> None:
    asked = list[str]()
    view.wanted.connect(asked.append)
    view.show()
    (timer,) = view.findChildren(QTimer)
    assert timer.isActive()
    ticks = 0
    while len(asked) < 2:
        timer.timeout.emit()
        ticks += 1
    assert ticks * timer.interval() == 10_000


@pytest.mark.parametrize(("left", "shown", "asks"), [(7, True, 1), (0, True, 0), (7, False, 0)])
def test_a_board_that_is_seen_asks_on_at_once_while_the_capture_is_read(
    view: BoardView, qtbot: QtBot, left: int, shown: bool, asks: int
) -> None:
    if shown:
        view.show()
    (timer,) = view.findChildren(QTimer)
    timer.stop()  # else its next tick would ask as well
    asked = list[str]()
    view.wanted.connect(asked.append)
    view.show_rows(BoardShown("doors", (FIRST_TIME,), 0, left))
    with qtbot.waitCallback() as later:
        QTimer.singleShot(1, later)
    assert len(asked) == asks


def test_before_the_first_answer_nothing_is_in_doubt(theme: Theme) -> None:
    model = BoardModel(DOORS, theme)
    model.show_rows((FIRST_TIME,), 0)
    changed = list[object]()
    model.dataChanged.connect(lambda *_places: changed.append(1))
    model.show_rows((FIRST_TIME,), 0)
    assert changed == []
    assert model.index(0, 0).data() == "open"
