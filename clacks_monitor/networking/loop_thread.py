"""The thread of a connection's loop, from the beginning to the end of the connection.

Owner: the connection. Thread: any.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import alive

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.networking.loop import Loop


class LoopThread:
    """Starts the thread of ``loop`` once; after end() it does not start any more."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._lock = threading.Lock()
        self._begun = False

    def begin(self, action: Callable[[], None]) -> None:
        """Start the thread, which calls ``action`` first; without effect when it was begun or ended before."""
        with self._lock:
            if self._begun:
                return
            self._begun = True
        self._loop.call(action)
        self._loop.start()

    def end(self, action: Callable[[], None]) -> list[threading.Thread]:
        """Let the thread call ``action``, which ends the loop; return the thread as long as it runs. Idempotent.

        Without a thread the loop is released, and nothing is called.
        """
        with self._lock:
            never, self._begun = not self._begun, True
        if never:
            self._loop.release()
        self._loop.call(action)
        return alive([self._loop.thread])
