"""Work for the window that takes longer than the window may stand still: on a thread, and only the latest counts.

The thread never touches Qt: answers wait in a mailbox, at which a timer looks while one is expected. So an owner can go
at any time, and a thread that is still busy has no receiver.
Owner: its parent. Thread: the window's, except for the work itself.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clacks_monitor.core.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[["Wanted"], object]

_LOOK_MS = 4


class UnwantedError(Exception):
    """The request was replaced by a newer one, or cancelled."""


class Wanted:
    """Given to the work, which calls it now and then: it raises UnwantedError once the answer is of no use."""

    def __init__(self) -> None:
        self._given_up = False

    def __call__(self) -> None:
        """Raise UnwantedError when the work was given up."""
        if self._given_up:
            raise UnwantedError

    def give_up(self) -> None:
        """Let the work end. Any thread."""
        self._given_up = True


class LatestTask(QObject):
    """``done`` carries what the latest work returned; work that was overtaken is given up and says nothing."""

    done = Signal(object)

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._lock = threading.Lock()
        self._next: tuple[Wanted, Work] | None = None
        self._running = False
        self._wanted: Wanted | None = None
        self._answers: Mailbox[tuple[Wanted, object]] = Mailbox(lambda: None)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether an answer is expected."""
        return self._wanted is not None

    def ask(self, work: Work) -> None:
        """Do ``work`` on a thread, in the place of whatever was asked before. It must not touch Qt."""
        self.give_up()
        self._wanted = wanted = Wanted()
        with self._lock:
            self._next = wanted, work
            begin, self._running = not self._running, True
        if begin:
            threading.Thread(target=self._run, name=self._name, daemon=True).start()
        self._timer.start()

    def give_up(self) -> None:
        """Want nothing any more."""
        if self._wanted is not None:
            self._wanted.give_up()
            self._wanted = None
        self._timer.stop()

    def _run(self) -> None:
        while True:
            with self._lock:
                job, self._next = self._next, None
                if job is None:
                    self._running = False
                    return
            wanted, work = job
            try:
                wanted()
                answer = work(wanted)
            except UnwantedError:
                continue
            except Exception as error:  # noqa: BLE001 - raised again on the window's thread
                answer = error
            self._answers.put([(wanted, answer)])

    @Slot()
    def _look(self) -> None:
        for wanted, answer in self._answers.drain():
            if wanted is not self._wanted:
                continue
            self._wanted = None
            self._timer.stop()
            if isinstance(answer, Exception):
                raise answer
            self.done.emit(answer)
