"""Questions to a capture that only matter until the next one of their kind: sorting, counting, trying a query.

Each is answered on a thread and by a reader of its own; a newer question interrupts the older one, whose answer is
dropped. Owner: who asks; one thread.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import Stop, alive
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import ReadingStoppedError, StorageError
from clacks_monitor.session.notices import Notice, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.core.store import EventReader, EventStore

    Work = Callable[[EventReader, Stop], Notice | None]


class _Question(threading.Thread):
    """One question under way."""

    def __init__(self, name: str, capture: EventStore, work: Work, notify: Callable[[Iterable[Notice]], None]) -> None:
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
        except Exception as error:  # noqa: BLE001 - whatever a capture makes of a question has to be told, not to end the thread
            answer = Trouble(Message("The capture cannot be read."), f"{type(error).__name__}: {error}")
        if answer is not None:
            self.stop.unless_set(lambda: self._notify([answer]))


class Latest:
    """Answers the latest question of one kind; ``name`` is for the thread."""

    def __init__(self, name: str, notify: Callable[[Iterable[Notice]], None]) -> None:
        self._name = name
        self._notify = notify
        self._questions: list[_Question] = []

    def ask(self, capture: EventStore, work: Work) -> None:
        """Let ``work`` answer from ``capture``; whatever was asked before is given up.

        ``work`` runs on another thread, and gets a token that says when its answer is not wanted any more. Whatever it
        raises as StorageError is told as Trouble; None is told to nobody.
        """
        self.give_up()
        self._questions = [question for question in self._questions if question.is_alive()]
        question = _Question(self._name, capture, work, self._notify)
        self._questions.append(question)
        question.start()

    def give_up(self) -> None:
        """Forget what was asked."""
        for question in self._questions:
            question.stop.set()

    def stop(self) -> list[threading.Thread]:
        """Forget what was asked; return the threads that are still about."""
        self.give_up()
        return alive(self._questions)
