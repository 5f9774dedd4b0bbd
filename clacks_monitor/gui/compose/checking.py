"""Checks the event that is composed by both validators, on a thread where that takes long.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clacks_monitor.gui.kit.latest_task import LatestTask

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Thread

    from clacks_monitor.forms import ValidationIssue
    from clacks_monitor.gui.compose.draft import Draft
    from clacks_monitor.session.sending.composing import Composing

PAUSE_MS = 250
"""The second validator is asked when nothing was typed for so long."""


class Checking(QObject):
    """``found`` carries the problems, ``begun`` comes with each check, ``ready_to_send`` after one before sending."""

    begun = Signal()
    found = Signal(object)
    ready_to_send = Signal()

    def __init__(self, composing: Composing, draft: Callable[[], Draft], parent: QObject) -> None:
        super().__init__(parent)
        self._composing = composing
        self._draft = draft
        self._before_sending = False
        self._task = LatestTask("check", self)
        self._task.done.connect(self._on_checked)
        self._task.failed.connect(self._go_on)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.check)

    @property
    def busy(self) -> bool:
        """Whether a check is under way."""
        return self._task.busy

    @Slot()
    def check_soon(self) -> None:
        """Check the event when nothing was typed for a while."""
        self._timer.start()

    @Slot()
    def check(self) -> None:
        """Check the event now; the problems are found at once unless it is heavy."""
        draft = self._draft()
        if draft.heavy:
            checker = draft.checker(self._composing)
            self._task.ask(lambda _wanted: checker())
        else:
            self.found.emit(draft.problems())
        self.begun.emit()

    @Slot()
    def check_before_sending(self) -> None:
        """Check the event; ``ready_to_send`` follows when that is done, even if the check fails."""
        self.check()
        self._before_sending = True
        if not self._task.busy:
            self._go_on()

    @Slot(object)
    def _on_checked(self, problems: list[ValidationIssue]) -> None:
        self.found.emit(problems)
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._before_sending:
            self._before_sending = False
            self.ready_to_send.emit()

    def stop(self) -> list[Thread]:
        """Drop the check, and what was to be sent after it; return the threads that are still alive."""
        self._timer.stop()
        self._before_sending = False
        return self._task.stop()
