"""Questions to a capture that only matter until the next one of their kind: sorting, counting, trying a query.

Each is answered on a thread and by a reader of its own; a newer question interrupts the older one, whose answer is
dropped. Owner: who asks; one thread.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.words import say
from clacks_monitor.session.notices import Notice, Trouble
from clacks_monitor.storage import ReadingStoppedError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.storage import Capture, CaptureReader

    Work = Callable[[CaptureReader], Notice]


class _Question(threading.Thread):
    """One question under way."""

    def __init__(self, name: str, capture: Capture, work: Work, tell: Callable[[Iterable[Notice]], None]) -> None:
        super().__init__(name=name, daemon=True)
        self._capture = capture
        self._work = work
        self._tell = tell
        self._lock = threading.Lock()
        self._reader: CaptureReader | None = None
        self._given_up = False

    def give_up(self) -> None:
        """Stop, and tell nothing. Any thread."""
        with self._lock:
            self._given_up = True
            if self._reader is not None:
                self._reader.interrupt()

    def run(self) -> None:
        try:
            with self._capture.reader() as reader:
                with self._lock:
                    self._reader = reader
                answer: Notice = self._work(reader)
                with self._lock:
                    self._reader = None
        except ReadingStoppedError:
            return
        except StorageError as error:
            answer = Trouble(say("The capture cannot be read."), str(error))
        with self._lock:
            if not self._given_up:
                self._tell([answer])


class Latest:
    """Answers the latest question of one kind; ``name`` is for the thread."""

    def __init__(self, name: str, tell: Callable[[Iterable[Notice]], None]) -> None:
        self._name = name
        self._tell = tell
        self._questions: list[_Question] = []

    def ask(self, capture: Capture, work: Work) -> None:
        """Let ``work`` answer from ``capture``; whatever was asked before is given up.

        ``work`` runs on another thread. Whatever it raises as StorageError is told as Trouble.
        """
        self.give_up()
        self._questions = [question for question in self._questions if question.is_alive()]
        question = _Question(self._name, capture, work, self._tell)
        self._questions.append(question)
        question.start()

    def give_up(self) -> None:
        """Forget what was asked."""
        for question in self._questions:
            question.give_up()

    def close(self) -> None:
        """Forget what was asked, and wait for the threads."""
        self.give_up()
        for question in self._questions:
            question.join()
        self._questions = []
