"""Work for the window that takes longer than the window may stand still: on a thread, and only the latest counts.

The thread never touches Qt: answers wait in a mailbox, at which a timer looks while one is expected. So an owner can go
at any time, and a thread that is still busy has no receiver.
Owner: its parent. Thread: the window's, except for the work itself.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clacks_monitor.core.ending import alive
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
    """Answers each request once on the window's thread, unless a newer request replaced it or it was given up.

    ``done`` carries what the work returned. If the work raised an error, ``failed`` carries it, and it is then raised
    on the window's thread, so that it is reported like the error of a slot.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._lock = threading.Lock()
        self._next: tuple[Wanted, Work] | None = None
        self._thread: threading.Thread | None = None
        self._wanted: Wanted | None = None
        self._answers: Mailbox[tuple[Wanted, object, Exception | None]] = Mailbox(lambda: None)
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
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
        self._timer.start()

    def give_up(self) -> None:
        """Drop the request: neither signal will come for it."""
        if self._wanted is not None:
            self._wanted.give_up()
            self._wanted = None
        self._timer.stop()

    def stop(self) -> list[threading.Thread]:
        """Drop the request; return the thread as long as it is alive: it ends by itself."""
        self.give_up()
        return alive([self._thread])

    def _run(self) -> None:
        while True:
            with self._lock:
                job, self._next = self._next, None
                if job is None:
                    self._thread = None
                    return
            wanted, work = job
            try:
                wanted()
                self._answers.put([(wanted, work(wanted), None)])
            except UnwantedError:
                continue
            except Exception as error:  # noqa: BLE001 - raised again on the window's thread
                self._answers.put([(wanted, None, error)])

    @Slot()
    def _look(self) -> None:
        for wanted, answer, error in self._answers.drain():
            if wanted is not self._wanted:
                continue
            self._wanted = None
            self._timer.stop()
            if error is None:
                self.done.emit(answer)
            else:
                self.failed.emit(error)
                raise error
