"""The status bar's numbers: only what has changed is painted, nothing else moves, and a click leads where it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from clacks_monitor.gui.window.bars.counter import Counter
from tests.helpers.paint_watch import PaintWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow

INK, MUTED = QColor("black"), QColor("grey")


class LayoutWatch(QObject):
    """Counts how often a widget was asked to lay out its children."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.count = 0
        parent.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False

    def settle(self) -> None:
        """Let what is under way happen, and count from here on."""
        before = -1
        while before != self.count:
            before = self.count
            QApplication.processEvents()
        self.count = 0


@pytest.fixture
def counter(qtbot: QtBot) -> Counter:
    made = Counter()
    qtbot.addWidget(made)
    made.show_texts(("1,300", INK), ("received", MUTED))
    made.show()
    return made


def test_a_click_leads_nowhere_before_it_is_said_to(qtbot: QtBot) -> None:
    made = Counter()
    qtbot.addWidget(made)
    seen = [made.leads]
    made.show_texts(("1", INK), leads=True)
    seen.append(made.leads)
    made.show_texts(("1", INK))
    seen.append(made.leads)
    assert seen == [False, True, False]


def test_what_it_says_is_heard_and_has_room(counter: Counter) -> None:
    assert counter.text() == counter.accessibleDescription() == "1,300 received"
    assert counter.width() > counter.fontMetrics().horizontalAdvance("1,300 received")


def test_it_is_only_ever_given_more_room(counter: Counter) -> None:
    width = counter.width()
    counter.show_texts(("7", INK), ("received", MUTED))
    assert counter.width() == width
    counter.show_texts(("1,300,000", INK), ("received", MUTED))
    assert counter.width() > width


def test_a_smaller_font_takes_room_back(counter: Counter) -> None:
    width = counter.width()
    font = counter.font()
    font.setPointSizeF(font.pointSizeF() / 2)
    counter.setFont(font)
    assert counter.width() < width


def test_the_same_again_is_not_painted(counter: Counter, qtbot: QtBot) -> None:
    qtbot.waitExposed(counter)
    QApplication.processEvents()
    watch = PaintWatch(counter)
    counter.show_texts(("1,300", INK), ("received", MUTED))
    QApplication.processEvents()
    assert not watch.areas
    counter.show_texts(("1,301", INK), ("received", MUTED))
    qtbot.waitUntil(lambda: bool(watch.areas))


def test_a_click_only_counts_where_it_leads_somewhere(counter: Counter, qtbot: QtBot) -> None:
    clicks: list[None] = []
    counter.activated.connect(lambda: clicks.append(None))
    qtbot.mouseClick(counter, Qt.MouseButton.LeftButton)
    assert not clicks
    counter.show_texts(("1", INK), ("gap", INK), leads=True)
    assert counter.cursor().shape() is Qt.CursorShape.PointingHandCursor
    qtbot.mouseClick(counter, Qt.MouseButton.LeftButton)
    assert len(clicks) == 1


def test_numbers_that_change_do_not_lay_the_window_out_again(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(20)
    window.refresh.refresh()
    qtbot.waitUntil(lambda: window.frame.status.counters["received"].text() == "20 received")
    watch = LayoutWatch(window)
    watch.settle()
    for count in range(21, 30):
        feed(1)
        window.refresh.refresh()
        QApplication.processEvents()
        assert window.frame.status.counters["received"].text() == f"{count} received"
    assert watch.count == 0
