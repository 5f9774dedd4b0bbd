"""Ctrl+C while a command works."""

from __future__ import annotations

import signal
import threading

import pytest

from clacks_monitor.cli.interrupts import stopping
from tests.helpers.interrupting import press_ctrl_c


def test_the_work_is_told_to_stop_on_another_thread_and_goes_on_to_its_end() -> None:
    """With a lock that is held meanwhile, which the stopping needs too."""
    changed, told = threading.Condition(), list[str]()

    def stop() -> None:
        with changed:
            told.append(threading.current_thread().name)
            changed.notify_all()

    with stopping(stop) as interrupts:
        with changed:
            signal.raise_signal(signal.SIGINT)
            assert told == []
            assert changed.wait_for(lambda: told, 20)
        assert interrupts.happened
    assert told == ["interrupt"]


def test_a_second_signal_acts_as_usual() -> None:
    with stopping(lambda: None):
        press_ctrl_c()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_afterwards_signals_act_as_before() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with stopping(lambda: None, (signal.SIGINT, signal.SIGTERM)):
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] != before
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_on_another_thread_signals_are_left_alone() -> None:
    before, found = signal.getsignal(signal.SIGINT), []

    def work() -> None:
        with stopping(lambda: None) as interrupts:
            found.append((signal.getsignal(signal.SIGINT), interrupts.happened))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert found == [(before, False)]
