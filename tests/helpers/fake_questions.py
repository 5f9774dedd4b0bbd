"""Questions for the window's tests: files in memory, and answers when a test says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.config.questions import StoredQuestion, shipped_questions
from clacks_monitor.session.questions.answers import AnswerEnded, AnswerRows, QuestionsRead, ResultWritten
from clacks_monitor.session.questions.ending import COMPLETE, Ending

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clacks_monitor.session.questions import Request, ResultRow
    from clacks_monitor.session.questions.exporting import ResultFormat
    from tests.helpers.fake_session import FakeSession


class FakeQuestions:
    """``asked`` are the questions that were asked, ``written`` the results that were to be written."""

    def __init__(self, session: FakeSession) -> None:
        self._session = session
        self.own: dict[str, StoredQuestion] = {}
        self.asked: list[Request] = []
        self.cancelled = 0
        self.imported: list[Path] = []
        self.exported: list[tuple[StoredQuestion, Path]] = []
        self.written: list[tuple[Path, ResultFormat, Sequence[tuple[str, str]], Sequence[ResultRow]]] = []
        self._deleted: list[StoredQuestion] = []

    def ask(self, request: Request) -> int:
        self.asked.append(request)
        return len(self.asked)

    def cancel(self) -> None:
        self.cancelled += 1

    def read(self) -> None:
        self._notify()

    def save(self, question: StoredQuestion) -> None:
        stored = replace(question, id=question.id or f"own-{len(self.own)}", shipped=False)
        self.own[stored.id] = stored
        self._notify(stored.id)

    def delete(self, question: StoredQuestion) -> None:
        self._deleted.append(self.own.pop(question.id))
        self._notify()

    def undo_delete(self) -> None:
        self.save(self._deleted.pop())

    def import_files(self, paths: Sequence[Path]) -> None:
        self.imported += paths

    def export(self, question: StoredQuestion, path: Path) -> None:
        self.exported.append((question, path))

    def write_result(
        self, path: Path, style: ResultFormat, headings: Sequence[tuple[str, str]], rows: Sequence[ResultRow]
    ) -> None:
        self.written.append((path, style, headings, rows))
        self._session.notify([ResultWritten(path)])

    def stop(self) -> None:
        """Nothing runs."""

    def _notify(self, chosen: str = "") -> None:
        shipped = tuple(shipped_questions(self._session.language))
        self._session.notify([QuestionsRead(shipped, tuple(self.own.values()), (), chosen)])

    # -- what tests do -------------------------------------------------------------------------------------------

    def answer(self, rows: Sequence[ResultRow], ending: Ending | None = COMPLETE, *, done: int = 10) -> None:
        """Send rows of the question that was asked last, and its end, unless that is None."""
        number = len(self.asked)
        self._session.notify([AnswerRows(number, tuple(rows), done, 10)])
        if ending is not None:
            self._session.notify([AnswerEnded(number, ending, 0.25)])
