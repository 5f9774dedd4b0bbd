"""Ends a command at Ctrl+C without an exception in the midst of its work.

Python raises KeyboardInterrupt between any two steps of the main thread, also while a lock changes hands: the command
would end with an error about the lock.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


_LAST_S = 5.0
"""Seconds that the action of a signal gets to end, when the command has ended."""


class Interrupts:
    """Whether Ctrl+C was pressed: ``happened``."""

    def __init__(self) -> None:
        self.happened = False


@contextmanager
def stopping(stop: Callable[[], object], signals: Sequence[signal.Signals] = (signal.SIGINT,)) -> Iterator[Interrupts]:
    """Call ``stop``, which ends what the command waits for, at one of these signals; on a thread of its own.

    A second signal acts as without this. Thread: main; in another one, signals are left alone.
    """
    interrupts = Interrupts()
    if threading.current_thread() is not threading.main_thread():
        yield interrupts
        return
    asked: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
    before = {number: signal.getsignal(number) for number in signals}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def interrupted(_number: int, _frame: object) -> None:
        # Nothing here takes a lock that the interrupted code may hold.
        interrupts.happened = True
        restore()
        asked.put(stop)

    def wait() -> None:
        if (action := asked.get()) is not None:
            action()

    thread = threading.Thread(target=wait, name="interrupt", daemon=True)
    thread.start()
    for number in signals:
        signal.signal(number, interrupted)
    try:
        yield interrupts
    finally:
        restore()
        asked.put(None)
        wait_for([thread], _LAST_S)
