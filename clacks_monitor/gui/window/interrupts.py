"""Ctrl+C and a polite kill end the program. Owner: the application. Thread: main, the only one that gets signals."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Slot

if TYPE_CHECKING:
    from socket import socket

    from PySide6.QtWidgets import QApplication


class Interrupts(QObject):
    """Python looks at signals only when it runs, and Qt's event loop is not Python: so it is woken for them."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._ends: tuple[socket, socket] | None = None
        self._notifier: QSocketNotifier | None = None

    @Slot()
    def begin(self) -> None:
        """Be woken from here on. Until then Python runs all the time, and a kill needs no politeness."""
        from socket import socketpair  # not for the first frame

        self._ends = socketpair()
        for end in self._ends:
            end.setblocking(False)
        signal.signal(signal.SIGTERM, lambda _number, _frame: self._app.exit(0))
        signal.set_wakeup_fd(self._ends[1].fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ends[0].fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    @Slot()
    def _woken(self) -> None:
        """Take the byte that says so; Python calls the signal's handler before it comes to the next line."""
        if self._ends is not None:
            self._ends[0].recv(4096)

    def stop(self) -> None:
        """Leave signals alone again."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._ends is not None:
            signal.set_wakeup_fd(-1)
            for end in self._ends:
                end.close()
            self._ends = None
