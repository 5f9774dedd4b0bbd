"""The window of the questions: their list, the editor with a small form, and the answer.

Owner: the main window's actions. Thread: the window's; answers come from processes of the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.gui.kit.notes import WrappedLabel
from clacks_monitor.gui.kit.remembered_layout import RememberedLayout
from clacks_monitor.gui.questions.parameter_form import ParameterForm
from clacks_monitor.gui.questions.question_editor import QuestionEditor
from clacks_monitor.gui.questions.question_files import NEW, QuestionFiles
from clacks_monitor.gui.questions.question_list import QuestionList
from clacks_monitor.gui.questions.result_pane import ResultPane
from clacks_monitor.session.questions import QuestionLimits, Request, ResultForm
from clacks_monitor.session.questions.ending import CANCELLED
from clacks_monitor.session.questions.questions import StoredQuestion

if TYPE_CHECKING:
    import threading

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCloseEvent

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.query_completer import QueryCompleter
    from clacks_monitor.session.questions import Ending
    from clacks_monitor.session.questions.answers import AnswerEnded, AnswerRows
    from clacks_monitor.session.session import Session

LIMITS: Final = QuestionLimits(rows=100_000, characters=20_000_000)
"""What the window keeps of an answer; the command line has more."""
_SHOWN: Final = 100


class QuestionsWindow(QWidget):
    """``row_wanted`` carries the number of an event of the capture, and whether its window is to come to the front."""

    row_wanted = Signal(int, bool)

    def __init__(self, session: Session, theme: Theme, completer: QueryCompleter, settings: QSettings | None) -> None:
        super().__init__()
        self._session = session
        self.setWindowTitle(self.tr("Questions"))
        self.resize(1080, 720)
        self.list, self.editor = QuestionList(theme, self), QuestionEditor(theme, completer, session.queries, self)
        self.description, self.form = WrappedLabel(self, _SHOWN * 10), ParameterForm(self)
        self.results = ResultPane(theme, self)
        self.run_button = QPushButton(self.tr("&Run"), self)
        self.cancel_button = QPushButton(self.tr("&Cancel"), self)
        self.save_button = QPushButton(self.tr("&Save…"), self)
        self._sides, self._rows = QSplitter(Qt.Orientation.Horizontal, self), QSplitter(Qt.Orientation.Vertical, self)
        self.shown = StoredQuestion(self.tr("New question"), NEW)
        """The question that is in the editor, as it is stored."""
        self.files = QuestionFiles(self, self, session)
        self._number = 0
        self._asked_of: object = None
        self._run_when_checked = False
        self._layout = RememberedLayout(self, settings, "questions", ("rows", "sides"))
        self._lay_out()
        self._connect()
        self.editor.use_history(session.settings.values.question_history)
        session.questions.read()
        self.capture_changed()

    def _lay_out(self) -> None:
        above, head, buttons = QWidget(self._rows), QVBoxLayout(), QHBoxLayout()
        above.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        self.description.setForegroundRole(self.description.palette().ColorRole.PlaceholderText)
        head.addWidget(self.description)
        head.addWidget(self.editor, 1)
        head.addWidget(self.form)
        self.run_button.setToolTip(with_keys(self.tr("Answer the question from the capture (%1)"), "Ctrl+Return"))
        self.cancel_button.setToolTip(with_keys(self.tr("End the question at once (%1)"), "Esc"))
        buttons.setSpacing(8)
        for button in (self.run_button, self.cancel_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.save_button)
        head.addLayout(buttons)
        self._rows.setObjectName("rows")
        self._sides.setObjectName("sides")
        self._rows.addWidget(above)
        self._rows.addWidget(self.results)
        self._rows.setSizes([360, 340])
        self._sides.addWidget(self.list)
        self._sides.addWidget(self._rows)
        self._sides.setSizes([240, 820])
        self._sides.setStretchFactor(1, 1)
        for splitter in (self._rows, self._sides):
            splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._sides)
        self.cancel_button.setEnabled(False)
        self._layout.restore()

    def _connect(self) -> None:
        self.list.chosen.connect(self.files.choose)
        self.list.wanted.connect(self.files.on_button)
        self.editor.edited.connect(self.show_buttons)
        self.editor.checked.connect(self._on_checked)
        self.editor.run_wanted.connect(self.run)
        self.editor.cancel_wanted.connect(self.cancel)
        self.form.run_wanted.connect(self.run)
        self.run_button.clicked.connect(self.run)
        self.cancel_button.clicked.connect(self.cancel)
        self.save_button.clicked.connect(self.files.save)
        self.results.row_wanted.connect(self._on_row)
        self.results.export_wanted.connect(self.files.export_result)

    # -- asking --------------------------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether a question is being answered."""
        return bool(self._number)

    @Slot()
    def _on_checked(self) -> None:
        question = self.editor.question
        if question is not None:
            self.form.show_parameters(question.parameters, self.shown.parameters)
        self.show_buttons()
        if self._run_when_checked:
            self._run_when_checked = False
            self.run()

    @Slot()
    def show_buttons(self) -> None:
        """Enable what can be done now."""
        self.run_button.setEnabled(self.editor.busy or self.editor.question is not None)
        self.cancel_button.setEnabled(self.running)
        own = bool(self.shown.id) and not self.shown.shipped
        self.save_button.setText(self.tr("&Save") if own else self.tr("&Save as…"))
        self.save_button.setEnabled(
            bool(self.editor.text.strip()) and (not own or self.editor.text != self.shown.query)
        )

    @Slot()
    def run(self) -> None:
        """Ask the question that is in the editor, once it is known to be one."""
        if self.editor.busy:
            self._run_when_checked = True
            self.editor.check()
            return
        question, selection = self.editor.question, self.form.selection()
        if question is None:
            return
        if selection is None or self.form.missing:
            missing = self.tr("%1 needs a value.").replace("%1", self.form.missing)
            text = self.tr("From and to are not times.") if selection is None else missing
            self.results.state.set_text(text, self.results.state.tone.BAD)
            return
        self.editor.remember()
        self._session.settings.remember_question(question.text)
        self.results.begin(self.shown.headings)
        self._asked_of = self._session.capture.current
        request = Request(question, selection, self.form.values(), ResultForm.BOTH, LIMITS)
        self._number = self._session.questions.ask(request)
        self.show_buttons()

    @Slot()
    def cancel(self) -> None:
        """End the question that is being answered; its rows so far stay."""
        self._run_when_checked = False
        if self.running:
            self._session.questions.cancel()
            self._end(CANCELLED, 0.0)

    def on_rows(self, notice: AnswerRows) -> None:
        """Show rows, if they are of the question that was asked last."""
        if notice.number == self._number:
            self.results.add(notice.rows, notice.done, notice.total)

    def on_ended(self, notice: AnswerEnded) -> None:
        """Say how the answer ended."""
        if notice.number == self._number:
            self._end(notice.ending, notice.seconds)
            self.editor.show_ending(notice.ending)

    def _end(self, ending: Ending, seconds: float) -> None:
        self._number = 0
        self.results.end(ending, seconds)
        self.show_buttons()

    # -- the answer ----------------------------------------------------------------------------------------------

    @Slot(int, bool)
    def _on_row(self, sequence: int, forward: bool) -> None:
        if self._asked_of is self._session.capture.current:
            self.row_wanted.emit(sequence, forward)
        else:
            self.results.state.set_text(self.tr("The answer is about another capture."), self.results.state.tone.WARN)

    # -- the window ----------------------------------------------------------------------------------------------

    def capture_changed(self) -> None:
        """Learn which times the capture is about."""
        self._session.rows.time_span().then(lambda times: setattr(self.form, "near_ns", times[1]))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.cancel()
        self.files.keep_draft()
        self._layout.remember()
        super().closeEvent(event)

    def stop(self) -> list[threading.Thread]:
        """Begin nothing any more; return the threads that have not ended yet."""
        return [*self.editor.stop(), *self.results.stop()]
