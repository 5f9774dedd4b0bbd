"""Notices on their way to the window: from other threads, joined, in order."""

from __future__ import annotations

import threading
from array import array
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QThread, QTimer, Slot
from shiboken6 import delete

from clacks_monitor.gui.kit.bridge import Bridge, joined
from clacks_monitor.session import notices as n

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Listener(QObject):
    """Keeps what it receives."""

    def __init__(self, order: list[str] | None = None, name: str = "") -> None:
        super().__init__()
        self.received: list[n.Notice] = []
        self._order, self._name = [] if order is None else order, name

    @Slot(object)
    def receive(self, notice: n.Notice) -> None:
        self.received.append(notice)
        self._order.append(self._name)


def _rows(sequences: list[int], *, at_start: bool = False, generation: int = 1) -> n.ViewRows:
    return n.ViewRows(generation, array("q", sequences), bytes(len(sequences)), at_start)


def test_a_burst_from_another_thread_is_taken_once_on_the_windows_thread(qtbot: QtBot) -> None:
    bridge = Bridge()
    waiting: list[n.Notice] = []
    threads: list[bool] = []
    takes: list[int] = []

    def take() -> list[n.Notice]:
        taken = list(waiting)
        waiting.clear()
        takes.append(len(taken))
        threads.append(QThread.currentThread() is bridge.thread())
        return taken

    rows = Listener()
    bridge.listen(n.ViewRows, rows.receive)
    bridge.attach(take)
    bridge.deliver()

    def burst() -> None:
        for number in range(1, 1001):
            waiting.append(_rows([number]))
            bridge.wake()

    thread = threading.Thread(target=burst)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: sum(takes) == 1000)
    sequences = [
        sequence for notice in rows.received if isinstance(notice, n.ViewRows) for sequence in notice.sequences
    ]
    assert sequences == list(range(1, 1001))
    assert all(threads)
    assert len(takes) < 50
    bridge.detach()


def test_neighbouring_rows_become_one_and_older_chunks_go_first() -> None:
    found = list(
        joined(
            [_rows([90, 91], at_start=True), n.FilterProgress(1, 2, 9, 2, finished=False), _rows([80], at_start=True)]
        )
    )
    assert isinstance(found[0], n.ViewRows)
    assert list(found[0].sequences) == [80, 90, 91]
    assert found[1] == n.FilterProgress(1, 2, 9, 2, finished=False)


def test_live_rows_and_older_rows_stay_apart_and_in_order() -> None:
    found = list(joined([_rows([5]), _rows([6]), _rows([1], at_start=True), n.ViewReset(2), _rows([9], generation=2)]))
    assert [type(notice) for notice in found] == [n.ViewRows, n.ViewRows, n.ViewReset, n.ViewRows]
    assert [list(notice.sequences) for notice in found if isinstance(notice, n.ViewRows)] == [[5, 6], [1], [9]]


def test_nothing_is_taken_after_the_bridge_is_detached(qtbot: QtBot) -> None:
    bridge = Bridge()
    resets = Listener()
    bridge.listen(n.ViewReset, resets.receive)
    bridge.attach(lambda: [n.ViewReset(1)])
    bridge.detach()
    bridge.wake()
    with qtbot.assertNotEmitted(bridge.delivered, wait=150):
        bridge.deliver()
    assert resets.received == []


def test_listeners_of_a_class_are_called_in_order_until_they_are_destroyed() -> None:
    bridge, order = Bridge(), list[str]()
    first, second, other = Listener(order, "first"), Listener(order, "second"), Listener(order, "other")
    bridge.listen(n.Trouble, first.receive)
    bridge.listen(n.Trouble, second.receive)
    bridge.listen(n.TypesChanged, other.receive)
    bridge.notify(n.Trouble("The disk is full."))
    assert order == ["first", "second"]
    assert second.received == [n.Trouble("The disk is full.")]
    delete(first)
    bridge.notify(n.Trouble("The disk is full."))
    assert order == ["first", "second", "second"]
    assert other.received == []


def test_what_waits_already_is_delivered_although_no_more_comes(qtbot: QtBot) -> None:
    bridge, resets = Bridge(), Listener()
    bridge.listen(n.ViewReset, resets.receive)
    with qtbot.waitSignal(bridge.delivered):
        bridge.attach(lambda: [n.ViewReset(1)])
    assert resets.received == [n.ViewReset(1)]
    bridge.detach()


@pytest.mark.parametrize(("quiet_s", "left_ms"), [(0.0, 80), (0.05, 30), (0.08, 0), (9.0, 0)])
def test_the_next_batch_waits_until_the_interval_is_over(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, quiet_s: float, left_ms: int
) -> None:
    del qtbot
    now = [1_000.0]
    monkeypatch.setattr("clacks_monitor.gui.kit.bridge.time.monotonic", lambda: now[0])
    bridge = Bridge()
    (timer,) = bridge.findChildren(QTimer)
    bridge._schedule()
    assert not timer.isActive()
    bridge.attach(list)
    bridge.deliver()
    timer.stop()
    now[0] += quiet_s
    bridge._schedule()
    assert (timer.isActive(), timer.interval(), timer.isSingleShot()) == (True, left_ms, True)
    now[0] += 1
    bridge._schedule()
    assert timer.interval() == left_ms, "what is scheduled stays so"
    bridge.detach()
    assert not timer.isActive()


def test_the_newest_progress_comes_after_its_rows_and_alone_where_there_are_none() -> None:
    def progress(done: int) -> n.FilterProgress:
        return n.FilterProgress(1, done, 9, done, finished=False)

    found = list(joined([progress(1), _rows([1]), progress(2), n.ViewReset(2), progress(3), progress(4)]))
    assert [type(notice) for notice in found] == [n.ViewRows, n.FilterProgress, n.ViewReset, n.FilterProgress]
    assert [found[1], found[3]] == [progress(2), progress(4)]
    apart = list(joined([_rows([1]), _rows([2], generation=2), _rows([3], generation=2, at_start=True)]))
    assert [list(notice.sequences) for notice in apart if isinstance(notice, n.ViewRows)] == [[1], [2], [3]]
    assert list(joined([])) == []
