"""The meter itself: what it says of stalls, memory and openings that are known."""

from __future__ import annotations

import mmap
import re
import threading
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel

from clacks_monitor.core.untrusted import reveal
from tests.hostile.meter import BEAT_MS, MemoryMeter, Stall, StallMeter, best_of, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.hostile.bait import Bait


def hold_up(seconds: float) -> None:
    """Work on the window's thread."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def held_by_c() -> None:
    """Keep the interpreter's lock in C code that never looks up: a pattern that backtracks."""
    assert re.match(r"(a|aa)+$", "a" * 31 + "b") is None


def stall_of(qtbot: QtBot, work: Callable[[], None]) -> Stall:
    with StallMeter() as meter:
        beats: list[int] = []

        def handler() -> None:
            work()
            beats.append(meter.beats)

        QTimer.singleShot(5, handler)
        qtbot.waitUntil(lambda: bool(beats) and meter.beats > beats[0])
    return meter.worst


def test_one_long_handler_is_told_whole_with_its_function(qtbot: QtBot) -> None:
    found = stall_of(qtbot, lambda: hold_up(0.4))
    assert found.wall_ms >= 400
    assert found.wall_ms - found.waited_ms <= found.cpu_ms + 5 * BEAT_MS + 20
    assert any("hold_up" in place for place in found.where), found


def test_c_code_that_keeps_the_interpreter_is_named_too(qtbot: QtBot) -> None:
    found = stall_of(qtbot, held_by_c)
    assert found.wall_ms > 100
    assert any("held_by_c" in place for place in found.where), found


def test_what_waits_costs_no_processor_but_is_a_stall(qtbot: QtBot) -> None:
    found = max((stall_of(qtbot, lambda: time.sleep(0.3)) for _ in range(3)), key=lambda stall: stall.net_ms)
    assert found.net_ms > 150  # what other threads wait for meanwhile on a busy machine is taken off
    assert found.wall_ms >= 300
    assert found.cpu_ms < 100


def test_a_calm_loop_has_beats_and_no_stall(qtbot: QtBot) -> None:
    def measured() -> Stall:
        with StallMeter() as meter:
            qtbot.waitUntil(lambda: meter.beats > 50)
        return meter.worst

    assert 0 < best_of(measured, bar_ms=50).net_ms < 50


def test_the_time_after_the_last_beat_counts(qtbot: QtBot) -> None:
    with StallMeter() as meter:
        qtbot.waitUntil(lambda: meter.beats > 2)
        meter.start()
        hold_up(0.2)
    assert meter.worst.wall_ms >= 200


def test_the_shortest_of_a_few_is_taken_and_a_good_one_is_not_repeated() -> None:
    lengths = iter([300.0, 90.0, 1.0])
    assert best_of(lambda: Stall(next(lengths))).wall_ms == 90
    assert next(lengths) == 1


def test_the_programs_own_functions_are_named_before_those_of_libraries() -> None:
    text = """Current thread 0x1 (most recent call first):
  File "/usr/lib/python3/re.py", line 7 in search
  File "/x/clacks_monitor/gui/kit/xml_text.py", line 99 in highlightBlock
  File "/x/clacks_monitor/gui/detail/detail_pane.py", line 222 in show_entry
"""
    inner, outer = "gui/kit/xml_text.py:99 highlightBlock", "gui/detail/detail_pane.py:222 show_entry"
    assert places(text) == (f"clacks_monitor/{inner} < clacks_monitor/{outer}",)


def test_a_thread_that_keeps_the_interpreter_is_named(qtbot: QtBot) -> None:
    end, text = threading.Event(), "é" * 3_000_000

    def work() -> None:
        while not end.is_set():
            reveal(text)

    thread = threading.Thread(target=work)
    with StallMeter(bar_ms=5) as meter:
        thread.start()
        try:
            qtbot.waitUntil(lambda: any("core/untrusted.py" in place for place in meter.worst.others), timeout=20_000)
        finally:
            end.set()
            thread.join()


def test_memory_is_told_at_its_peak() -> None:
    meter = MemoryMeter()
    # Memory of its own: the allocator may have as much left from earlier tests.
    with mmap.mmap(-1, 80_000_000) as data:
        for page in range(0, len(data), mmap.PAGESIZE):
            data[page] = 1
    assert 60 < meter.growth_mb < 200


def test_a_read_picture_is_told_once(bait: Bait) -> None:
    bait.picture.read_bytes()
    assert bait.opened() == [str(bait.picture)]
    assert bait.opened() == []


@pytest.fixture
def without_theme(qapp: QApplication) -> Iterator[QApplication]:
    """Take away the theme of an earlier test, which makes every label a plain one."""
    kept = qapp.styleSheet()
    qapp.setStyleSheet("")
    yield qapp
    qapp.setStyleSheet(kept)


@pytest.mark.usefixtures("without_theme")
def test_rich_text_opens_the_bait_and_plain_text_does_not(qtbot: QtBot, bait: Bait) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    label.setText(f'<img src="{bait.picture}">')
    label.grab()
    assert bait.opened() == [str(bait.picture)]
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.grab()
    assert bait.opened() == []


def test_a_waiting_reader_of_the_pipe_is_told_and_let_go(bait: Bait) -> None:
    import threading

    began = threading.Event()

    def read() -> None:
        began.set()
        bait.pipe.read_bytes()

    reader = threading.Thread(target=read)
    reader.start()
    began.wait()
    found: list[str] = []
    while str(bait.pipe) not in found:
        found += bait.opened()
    reader.join()


def test_a_visit_to_the_address_is_told(bait: Bait) -> None:
    import socket

    port = int(bait.lures.url.split(":")[2].split("/")[0])
    socket.create_connection(("127.0.0.1", port)).close()
    assert bait.opened() == [bait.lures.url]
