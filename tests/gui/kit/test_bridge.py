"""Notices on their way to the window: from other threads, joined, in order."""

from __future__ import annotations

import threading
from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QThread

from clacks_monitor.gui.kit.bridge import Bridge, joined
from clacks_monitor.session import notices as n

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


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

    bridge.attach(take)
    bridge.deliver()

    def burst() -> None:
        for number in range(1, 1001):
            waiting.append(_rows([number]))
            bridge.wake()

    thread = threading.Thread(target=burst)
    with qtbot.waitSignal(bridge.view_rows) as signal:
        thread.start()
    thread.join()
    qtbot.waitUntil(lambda: sum(takes) == 1000)
    assert isinstance(signal.args[0], n.ViewRows)
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
    bridge.attach(lambda: [n.ViewReset(1)])
    bridge.detach()
    bridge.wake()
    with qtbot.assertNotEmitted(bridge.view_reset, wait=150):
        bridge.deliver()
