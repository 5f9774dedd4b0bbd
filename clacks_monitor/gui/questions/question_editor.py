"""The editor of a question: XQuery with completion, what is wrong with it, and its history.

Owner: the questions' window. Thread: the window's; texts are compiled on another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from clacks_monitor.core.messages import Message
from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.notes import WrappedLabel
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.query.filter_history import FilterHistory
from clacks_monitor.gui.query.filter_state import DEBOUNCE_MS
from clacks_monitor.gui.query.filter_texts import error_text
from clacks_monitor.gui.query.query_edit import QueryEdit
from clacks_monitor.session.questions import Question, compile_question
from clacks_monitor.session.questions.dialects import QUESTION
from clacks_monitor.xquery.errors import QueryError

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable

    from PySide6.QtGui import QColor

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.query_completer import QueryCompleter
    from clacks_monitor.session.questions import Ending
    from clacks_monitor.session.view.query_lab import QueryLab
    from clacks_monitor.session.view.query_text import Examined

_MAX_TEXT: Final = 400


def compiled(text: str) -> Question | QueryError:
    """Return the question of a text, or what is wrong with it. Any thread."""
    try:
        return compile_question(text)
    except QueryError as error:
        return error.with_traceback(None)


class QuestionEditor(QWidget):
    """``checked`` comes when it is known whether the text is a question; ``question`` is None until then."""

    edited = Signal()
    checked = Signal()
    run_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme, completer: QueryCompleter, queries: QueryLab, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._queries = theme, queries
        self.edit = QueryEdit(self)
        self.edit.set_up(theme, completer.of(QUESTION))
        self.sign, self.problem = QToolButton(self), WrappedLabel(self, _MAX_TEXT)
        self.question: Question | None = None
        self._history = FilterHistory()
        self._compiling = LatestTask("check question", self)
        self._compiling.done.connect(self._on_compiled)
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self.check)
        self._lay_out()
        self.edit.edited.connect(self._on_edited)
        self.edit.apply_wanted.connect(self.run_wanted)
        self.edit.revert_wanted.connect(self.cancel_wanted)
        self.edit.history_wanted.connect(self._walk)
        theme.changed.connect(self.check)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.edit.setFrameShape(QFrame.Shape.StyledPanel)
        self.edit.setAccessibleName(self.tr("Question"))
        keys = self.tr("%1 runs the question, %2 cancels it, %3 completes, %4 and %5 walk through earlier ones.")
        self.edit.setAccessibleDescription(with_keys(keys, "Ctrl+Return", "Esc", "Ctrl+Space", "Alt+Up", "Alt+Down"))
        self.edit.setMinimumHeight(72)
        column.addWidget(self.edit, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.sign.setAutoRaise(True)
        self.sign.setToolTip(self.tr("Go to the error"))
        self.sign.setAccessibleName(self.tr("Go to the error"))
        self.sign.clicked.connect(self.edit.go_to_error)
        self.problem.setAccessibleName(self.tr("State of the question"))
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.problem, 1)
        column.addLayout(row)

    def use_history(self, texts: Iterable[str]) -> None:
        """Walk through these questions with Alt+Up, the newest first."""
        self._history = FilterHistory(texts)

    @property
    def text(self) -> str:
        """What is in the editor."""
        return self.edit.toPlainText()

    def load(self, text: str) -> None:
        """Show another question."""
        self.edit.load(text)
        self._history.leave()
        self.check()

    def remember(self) -> None:
        """Put the question into the history."""
        self._history.remember(self.text)

    @Slot(int)
    def _walk(self, step: int) -> None:
        found = self._history.walk(step, self.text)
        if found is not None:
            self.edit.load(found)
            self._on_edited()

    # -- checking ------------------------------------------------------------------------------------------------

    @Slot()
    def _on_edited(self) -> None:
        self.question = None
        self._compiling.give_up()
        self._timer.start()
        self.edited.emit()

    @Slot()
    def check(self) -> None:
        """Find out whether the text is a question."""
        self._timer.stop()
        self.question, text = None, self.text
        if text.strip():
            self._compiling.ask(lambda _wanted: (text, compiled(text)))
        else:
            self._compiling.give_up()
            self._show("", self._theme.muted, None)
            self.checked.emit()

    @property
    def busy(self) -> bool:
        """Whether it is not known yet what the text is."""
        return self._compiling.busy or self._timer.isActive()

    @Slot(object)
    def _on_compiled(self, found: tuple[str, Question | QueryError]) -> None:
        text, question = found
        if isinstance(question, QueryError):
            self._show(error_text(question, text), self._theme.bad, question)
        else:
            self.question = question
            self._show("", self._theme.good, None)
            self._queries.examine(text, QUESTION)
        self.checked.emit()

    def on_examined(self, notice: Examined) -> None:
        """Show the first remark about the question, if it is the one that is there."""
        if notice.text == self.text and notice.warnings and self.question is not None:
            self._show(error_text(notice.warnings[0], notice.text), self._theme.warn, None, "warning")

    def show_ending(self, ending: Ending) -> None:
        """Show where the question failed, if it did."""
        if ending.line is not None and ending.code:
            error = QueryError(ending.code, Message.verbatim(ending.message), line=ending.line, column=ending.column)
            self.edit.show_error(error)

    def _show(self, text: str, colour: QColor, error: QueryError | None, sign: str = "") -> None:
        self._shown = text, sign
        self.edit.show_error(error)
        self.problem.setText(text)
        self.problem.setToolTip(plain_tip(text))
        good = not text
        if good and self.text.strip():
            self.problem.setText(with_keys(self.tr("%1 runs the question"), "Ctrl+Return"))
        self.sign.setIcon(self._theme.icons.icon(sign or ("ok" if good else "error"), colour))
        self.sign.setEnabled(error is not None)

    def stop(self) -> list[threading.Thread]:
        """Check nothing more; return the thread while it runs."""
        self._timer.stop()
        return self._compiling.stop()
