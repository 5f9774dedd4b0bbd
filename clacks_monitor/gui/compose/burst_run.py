"""A burst while it is sent: its buttons, how far it is, and what is put into the history when it has ended.

The burst itself runs on its own thread; this object asks it a few times a second how far it is.
Owner: the pane of bursts. Thread: the window's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer

from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session.sending.bursts import Burst, BurstProgress, BurstState, Due
from clacks_monitor.session.sending.history import SentEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Thread

    from clacks_monitor.gui.compose.dispatch import BurstStrategy
    from clacks_monitor.gui.ui.ui_compose_burst import Ui_BurstPane
    from clacks_monitor.session.sending.composing import Composing

POLL_MS = 200
_UNDER_WAY = frozenset({BurstState.RUNNING, BurstState.PAUSED})


class BurstRun(QObject):
    """Runs one burst at a time and shows its progress in ``ui``."""

    def __init__(self, ui: Ui_BurstPane, composing: Composing, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui
        self._composing = composing
        self.burst: Burst | None = None
        self._noted: Callable[[BurstProgress], None] | None = None
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.show_progress)
        ui.pauseButton.clicked.connect(self.pause_or_resume)
        ui.stopButton.clicked.connect(self.stop)
        self._show_buttons()

    @property
    def running(self) -> bool:
        """Whether a burst is under way."""
        return self.burst is not None and self.burst.progress().state in _UNDER_WAY

    def start(self, plan: Iterator[Due], total: int | None, strategy: BurstStrategy, first: tuple[str, bytes]) -> None:
        """Send a plan of ``total`` events; ``first``, a name and bytes, stands for them in the history."""
        self._noted = partial(self._note, strategy, *first)
        self.burst = Burst(plan, total, strategy.send)
        self.burst.start()
        self._poll.start()
        self.show_progress()

    def pause_or_resume(self) -> None:
        """Hold, or go on."""
        if self.burst is None:
            return
        if self.burst.progress().state is BurstState.PAUSED:
            self.burst.resume()
        else:
            self.burst.pause()
        self.show_progress()

    def stop(self) -> list[Thread]:
        """End the burst; return its threads that are still alive."""
        if self.burst is None:
            return []
        left = self.burst.stop()
        self.show_progress()
        self._remember()
        return left

    def settled(self, result: SendResult) -> None:
        """Count the outcome of an event of the burst."""
        if self.burst is not None:
            self.burst.in_flight.settle([result])

    def _remember(self) -> None:
        """Put a burst that has ended into the history, once."""
        if self._noted is not None and self.burst is not None:
            self._noted(self.burst.progress())
            self._noted = None

    def _note(self, strategy: BurstStrategy, name: str, body: bytes, now: BurstProgress) -> None:
        good = now.failed == 0 and now.state is not BurstState.FAILED
        outcome = SendOutcome.ACCEPTED if good else SendOutcome.REJECTED
        text = self.tr("Burst: {0}").format(self._message(now))
        sent = SentEvent(body, name, summary=text, via=strategy.via, outcome=outcome, detail=now.problem)
        self._composing.record_burst(strategy.connection_id, sent)

    def show_progress(self) -> None:
        """Show how far the burst is."""
        if self.burst is None:
            return
        now = self.burst.progress()
        going_on = now.state in _UNDER_WAY
        if not going_on and (not now.under_way or now.state is not BurstState.DONE):
            if not now.awaited:
                self._poll.stop()
            self._remember()
        self._ui.bar.setMaximum(now.total or 0)
        self._ui.bar.setValue(now.sent if now.total else (-1 if now.state is BurstState.RUNNING else 0))
        self._ui.progress.setText(self._message(now))
        self._show_buttons()

    def _message(self, now: BurstProgress) -> str:
        locale = QLocale()
        sent, rate = locale.toString(now.sent), locale.toString(now.rate, "f", 1)
        counted = (
            self.tr("{0} of {1} sent").format(sent, locale.toString(now.total))
            if now.total
            else self.tr("{0} sent").format(sent)
        )
        state = {
            BurstState.PAUSED: self.tr("paused"),
            BurstState.DONE: self.tr("done"),
            BurstState.STOPPED: self.tr("stopped"),
            BurstState.FAILED: self.tr("failed: {0}").format(now.problem),
        }.get(now.state, "")
        text = self.tr("{0}, {1} per second").format(counted, rate)
        if now.returned or now.awaited:
            text = self.tr("{0}, {1} received").format(text, locale.toString(now.returned))
        if now.failed:
            text = self.tr("{0}, {1} failed").format(text, locale.toString(now.failed))
        return f"{text} – {state}" if state else text

    def _show_buttons(self) -> None:
        running = self.running
        paused = self.burst is not None and self.burst.progress().state is BurstState.PAUSED
        self._ui.startButton.setEnabled(not running)
        self._ui.pauseButton.setEnabled(running)
        self._ui.pauseButton.setText(self.tr("Res&ume") if paused else self.tr("Pa&use"))
        self._ui.stopButton.setEnabled(running)
        self._ui.bar.setVisible(self.burst is not None)
