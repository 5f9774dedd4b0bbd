"""The demonstration: a bus of its own with a simulated office, started by a command, to try the program.

Owner: the application. Thread: the window's; starting the processes takes a moment, and has a thread of its own.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from clacks_monitor.core.connection import DEMONSTRATION, from_url
from clacks_monitor.core.ending import alive

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.session.connections import Connections


class Demonstration(QObject):
    """``begin`` starts it, blocks until it runs and returns its URL; it ends with the program."""

    notified = Signal(str)
    failed = Signal(str)
    _running = Signal(str)
    _broken = Signal(str)

    def __init__(self, begin: Callable[[], str], connections: Connections, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._begin, self._connections = begin, connections
        self._action = commands["demo"]
        self._thread: threading.Thread | None = None
        self._running.connect(self._connect, Qt.ConnectionType.QueuedConnection)
        self._broken.connect(self._notify, Qt.ConnectionType.QueuedConnection)
        commands.on("demo", self.start)

    @Slot()
    def start(self) -> None:
        """Start it and connect, unless it has been started."""
        if self._thread is not None:
            return
        self._action.setEnabled(False)
        self.notified.emit(self.tr("Starting the demo…"))
        self._thread = threading.Thread(target=self._run, name="demonstration", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            url = self._begin()
        except (OSError, RuntimeError) as error:
            self._broken.emit(str(error))
        else:
            self._running.emit(url)

    @Slot(str)
    def _connect(self, url: str) -> None:
        settings, password = from_url(url, name=DEMONSTRATION)
        self._connections.add_for_this_run(settings, password)
        reason = self._connections.open(settings.id, password)
        if reason:
            self.failed.emit(reason)

    @Slot(str)
    def _notify(self, reason: str) -> None:
        self._thread = None
        self._action.setEnabled(True)
        self.failed.emit(self.tr("The demo did not start: %1").replace("%1", reason))

    def stop(self) -> list[threading.Thread]:
        """Return the thread that starts it while that is alive; what it has started ends with the program."""
        return alive([self._thread])
