"""The questions of a session: their files, and the one that is being answered.

An answer comes from worker processes, by a thread that reads their pipes; files are read and written on a second one.
Owner: the session's thread.
"""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.config.questions import MAX_DESCRIPTION, StoredQuestion, export_question, shipped_questions
from clacks_monitor.core.ending import Worker, alive
from clacks_monitor.core.messages import reason
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.questions.answers import AnswerEnded, AnswerRows, QuestionsRead, ResultWritten
from clacks_monitor.session.questions.asking import Asking
from clacks_monitor.session.questions.ending import KILLED_BY_ERROR
from clacks_monitor.session.questions.exporting import write_result

__all__ = ["MAX_DESCRIPTION", "Questions", "StoredQuestion"]

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clacks_monitor.config.questions import QuestionStore
    from clacks_monitor.core.ports import StoreLocation
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.questions.exporting import ResultFormat
    from clacks_monitor.session.questions.question import Request
    from clacks_monitor.session.questions.rows import ResultRow


class Questions:
    """Answers one question at a time about the capture in use; answers are notices of ``answers``."""

    def __init__(
        self, store: QuestionStore, language: str, location: Callable[[], StoreLocation], notify: Notify
    ) -> None:
        self._store, self._language = store, language
        self._location, self._notify = location, notify
        self._files = Worker("question files")
        self._number = 0
        self._asking: Asking | None = None
        self._threads: list[threading.Thread] = []

    # -- asking --------------------------------------------------------------------------------------------------

    def ask(self, request: Request) -> int:
        """Begin to answer a question, instead of the one before; return its number.

        AnswerRows follow, and one AnswerEnded.
        """
        self.cancel()
        self._number += 1
        self._asking = asking = Asking(self._location(), request)
        self._threads = alive(self._threads)
        thread = threading.Thread(target=self._run, args=(self._number, asking), name="question", daemon=True)
        self._threads.append(thread)
        thread.start()
        return self._number

    def cancel(self) -> None:
        """Cancel the question that is being answered: its processes are ended at once."""
        if self._asking is not None:
            self._asking.cancel()

    def _run(self, number: int, asking: Asking) -> None:
        begun = time.monotonic()
        ending = KILLED_BY_ERROR
        try:
            for part in asking.run():
                self._notify([AnswerRows(number, tuple(part.rows), part.done, part.total)])
            ending = asking.ending or ending
        finally:
            self._notify([AnswerEnded(number, ending, time.monotonic() - begun)])

    # -- files ---------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the questions; the answer is a QuestionsRead, as for each change."""
        self._change(lambda: None)

    def save(self, question: StoredQuestion) -> None:
        """Store a new or changed question of the user."""
        self._change(partial(self._store.save, question))

    def delete(self, question: StoredQuestion) -> None:
        """Move a question of the user to the trash."""
        self._change(lambda: self._store.delete(question))

    def undo_delete(self) -> None:
        """Bring back the question deleted last."""
        self._change(self._store.undo_delete)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Add questions from files."""
        for path in paths:
            self._change(partial(self._store.import_file, path))

    def export(self, question: StoredQuestion, path: Path) -> None:
        """Write a question to a file for others; to one that ends in ``.xq`` its query alone."""
        self._files.submit(lambda: self._written(path, lambda: export_question(question, path)))

    def write_result(
        self, path: Path, style: ResultFormat, headings: Sequence[tuple[str, str]], rows: Sequence[ResultRow]
    ) -> None:
        """Write rows to a file; ``headings`` are names of columns with what stands above them.

        The answer is a ResultWritten.
        """
        self._files.submit(lambda: self._written(path, lambda: write_result(path, style, headings, rows)))

    def _change(self, action: Callable[[], StoredQuestion | None]) -> None:
        self._files.submit(partial(self._changed, action))

    def _changed(self, action: Callable[[], StoredQuestion | None]) -> None:
        chosen, problem = "", ""
        try:
            changed = action()
            chosen = "" if changed is None else changed.id
        except StorageError as error:
            problem = reason(error)
        own = tuple(self._store.all())
        shipped = tuple(shipped_questions(self._language))
        self._notify([QuestionsRead(shipped, own, self._store.broken, chosen, problem)])

    def _written(self, path: Path, action: Callable[[], None]) -> None:
        problem = ""
        try:
            action()
        except StorageError as error:
            problem = reason(error)
        self._notify([ResultWritten(path, problem)])

    def stop(self) -> list[threading.Thread]:
        """Cancel the question, and finish what was asked of files; return the threads that have not ended yet."""
        self.cancel()
        return [*alive(self._threads), *self._files.finish()]
