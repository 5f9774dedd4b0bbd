"""Questions to a store whose answers the session's thread wants: at once from a file, later from a server.

Owner: the session's thread, on which an StoreAnswer is made and calls back.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.ending import alive
from clacks_monitor.core.storage_errors import CaptureError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.store import EventReader, EventStore

    Submit = Callable[[Callable[[], object]], None]

Found = TypeVar("Found")
WAIT_S = 0.005
"""How long the session's thread waits for a server, in seconds: one nearby answers in that time."""


class StoreAnswer(Generic[Found]):
    """A value, or the StorageError why there is none; it may be known later."""

    def __init__(self) -> None:
        self._known = self._given_up = False
        self._error: StorageError | None = None
        self._found: Found | None = None
        self._calls: list[tuple[Callable[[Found], object], Callable[[StorageError], object] | None]] = []

    @classmethod
    def known(cls, found: Found) -> StoreAnswer[Found]:
        """Return an answer that is known already."""
        answer = cls()
        answer.settle(found, None)
        return answer

    def settle(self, found: Found | None, error: StorageError | None) -> None:
        """Call what waits for the answer. Repeatable: the first one counts."""
        if self._known or self._given_up:
            return
        self._known, self._found, self._error = True, found, error
        calls, self._calls = self._calls, []
        for call, failed in calls:
            self._call(call, failed)

    def _call(self, call: Callable[[Found], object], failed: Callable[[StorageError], object] | None) -> None:
        if self._error is None:
            call(self._found)  # type: ignore[arg-type] # it is known
        elif failed is not None:
            failed(self._error)

    def then(
        self, call: Callable[[Found], object], failed: Callable[[StorageError], object] | None = None
    ) -> StoreAnswer[Found]:
        """Call ``call`` with the value, or ``failed`` with the error: now if it is known, else when it comes."""
        if self._known:
            self._call(call, failed)
        elif not self._given_up:
            self._calls.append((call, failed))
        return self

    def give_up(self) -> None:
        """Call nothing any more; a question that still waits is not asked."""
        self._given_up = not self._known
        self._calls.clear()

    @property
    def given_up(self) -> bool:
        """Whether the answer is not wanted any more. Any thread."""
        return self._given_up

    @property
    def value(self) -> Found:
        """The value. Raises the error, and LookupError while neither is known."""
        if not self._known:
            raise LookupError("this is not answered yet")
        if self._error is not None:
            raise self._error
        return self._found  # type: ignore[return-value] # it is known


class _Question(Generic[Found]):
    """A question on its way to a reader and back."""

    def __init__(self, read: Callable[[EventReader], Found]) -> None:
        self._read = read
        self.answer: StoreAnswer[Found] = StoreAnswer()
        self._found: Found | None = None
        self._error: StorageError | None = None
        self.asked = threading.Event()

    def ask(self, open_reader: Callable[[], EventReader]) -> None:
        """Ask a reader, unless the answer is not wanted any more. The reader's thread."""
        try:
            if not self.answer.given_up:
                self._found = self._read(open_reader())
        except StorageError as error:
            self._error = error
        self.asked.set()

    def deliver(self) -> None:
        """Settle the answer. The session's thread."""
        self.answer.settle(self._found, self._error)


class Questions(Protocol):
    """Asks one store."""

    def ask(self, read: Callable[[EventReader], Found]) -> StoreAnswer[Found]:
        """Return the answer to a question, which may come later."""

    def close(self) -> None:
        """StoreAnswer nothing more."""

    def stop(self) -> list[threading.Thread]:
        """Close; return the threads that have not ended yet."""


class QuestionsAtOnce:
    """Asks a store that answers in milliseconds, on the thread that asks. Its reader is opened when it is needed."""

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._reader: EventReader | None = None

    def ask(self, read: Callable[[EventReader], Found]) -> StoreAnswer[Found]:
        """Return the answer."""
        question = _Question(read)
        question.ask(self._open)
        question.deliver()
        return question.answer

    def _open(self) -> EventReader:
        if self._reader is None:
            self._reader = self._store.reader()
        return self._reader

    def close(self) -> None:
        """Close the reader."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def stop(self) -> list[threading.Thread]:
        """Return no thread: there is none."""
        self.close()
        return []


class QuestionsToServer:
    """Asks a store on a server by a thread of its own, in order; what is answered within WAIT_S is there at once.

    The thread that asks waits only when nothing else is being asked, so that a slow server holds it up once.
    """

    def __init__(self, store: EventStore, submit: Submit) -> None:
        self._store = store
        self._submit = submit
        self._waiting: deque[_Question[Any]] = deque()
        self._changed = threading.Condition()
        self._closed = self._busy = False
        self._reader: EventReader | None = None
        self._thread: threading.Thread | None = None

    def ask(self, read: Callable[[EventReader], Found]) -> StoreAnswer[Found]:
        """Return the answer, which comes by ``submit`` where it takes longer."""
        question = _Question(read)
        with self._changed:
            idle = not self._busy and not self._waiting
            self._waiting.append(question)
            self._changed.notify()
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name="questions", daemon=True)
            self._thread.start()
        if idle and question.asked.wait(WAIT_S):
            question.deliver()
        return question.answer

    def _run(self) -> None:
        while (question := self._next()) is not None:
            question.ask(self._open)
            if not self._closed:
                self._submit(question.deliver)
        if self._reader is not None:
            self._reader.close()

    def _next(self) -> _Question[Any] | None:
        with self._changed:
            self._busy = False
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return None
            self._busy = True
            return self._waiting.popleft()

    def _open(self) -> EventReader:
        if self._reader is None:
            reader = self._store.reader()
            with self._changed:
                self._reader = reader
        if self._closed:
            raise CaptureError("The archive is not in use any more.")
        return self._reader

    def close(self) -> None:
        """StoreAnswer nothing more, and interrupt what is being asked."""
        with self._changed:
            self._closed = True
            for question in self._waiting:
                question.answer.give_up()
            self._waiting.clear()
            if self._reader is not None:
                self._reader.interrupt()
            self._changed.notify()

    def stop(self) -> list[threading.Thread]:
        """Close; return the thread that has not ended yet."""
        self.close()
        return alive([self._thread])


def questions_to(store: EventStore, submit: Submit) -> Questions:
    """Return what asks a store. ``submit`` has a call run on the session's thread."""
    return QuestionsToServer(store, submit) if names_archive(store.address) else QuestionsAtOnce(store)
