"""Questions to a capture of which only the newest is answered: sorting, counting, trying a query.

Each is answered on a thread with a reader of its own; a newer question interrupts the older one, whose answer is
dropped. Owner: the thread that asks.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import Stop, alive
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import ReadingStoppedError, StorageError
from clacks_monitor.session.notices import Notice, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notify

    Work = Callable[[EventReader, Stop], Notice | None]


class _Question(threading.Thread):
    """One question under way."""

    def __init__(self, name: str, capture: EventStore, work: Work, notify: Notify) -> None:
        super().__init__(name=name, daemon=True)
        self._capture = capture
        self._work = work
        self._notify = notify
        self.stop = Stop()

    def run(self) -> None:
        try:
            with self._capture.reader() as reader, self.stop.calling(reader.interrupt):
                answer: Notice | None = self._work(reader, self.stop)
        except ReadingStoppedError:
            return
        except StorageError as error:
            answer = Trouble(Message("The capture cannot be read."), str(error))
        except Exception as error:  # noqa: BLE001 - an error of any kind is shown to the operator
            answer = Trouble(Message("The capture cannot be read."), f"{type(error).__name__}: {error}")
        if answer is not None:
            self.stop.unless_set(lambda: self._notify([answer]))


class LatestQuestion:
    """Answers the newest question of one kind; ``name`` is the thread's."""

    def __init__(self, name: str, notify: Notify) -> None:
        self._name = name
        self._notify = notify
        self._questions: list[_Question] = []

    def ask(self, capture: EventStore, work: Work) -> None:
        """Let ``work`` answer from ``capture``; an earlier question is cancelled.

        ``work`` runs on another thread and gets a token that is set when its answer is no longer wanted. An error that
        it raises becomes a Trouble; for None no notice is sent.
        """
        self.cancel()
        self._questions = [question for question in self._questions if question.is_alive()]
        question = _Question(self._name, capture, work, self._notify)
        self._questions.append(question)
        question.start()

    def cancel(self) -> None:
        """Cancel what was asked."""
        for question in self._questions:
            question.stop.set()

    def stop(self) -> list[threading.Thread]:
        """Cancel what was asked; return the threads that have not ended yet."""
        self.cancel()
        return alive(self._questions)
