"""One call at a later time: it is replaced, cancelled, or comes once."""

from __future__ import annotations

from functools import partial

from clacks_monitor.networking.clock import Clock
from clacks_monitor.networking.loop import Loop, OneTimer


def run(*settings: float, cancel: bool = False) -> tuple[list[float], list[bool]]:
    """Set a timer to each of ``settings`` seconds, and return which were called, and whether it waited then."""
    loop = Loop("test", Clock(), lambda: None)
    called, waiting, timer = list[float](), list[bool](), OneTimer(loop)

    def note(seconds: float) -> None:
        called.append(seconds)
        waiting.append(timer.waiting)

    for seconds in settings:
        timer.set(seconds, partial(note, seconds))
    assert timer.waiting is bool(settings)
    if cancel:
        assert timer.cancel() is bool(settings)
        assert timer.cancel() is False
    loop.later(0.02, loop.stop)
    loop.run()
    return called, waiting


def test_the_last_one_is_called_once_and_waits_no_more() -> None:
    assert run(0.0) == ([0.0], [False])
    assert run(0.0, 0.001) == ([0.001], [False])
    assert run(0.001, 0.0) == ([0.0], [False])


def test_a_cancelled_one_is_not_called() -> None:
    assert run(0.0, cancel=True) == run(cancel=True) == ([], [])
