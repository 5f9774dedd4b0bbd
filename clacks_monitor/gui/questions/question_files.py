"""What the window of the questions does with their files, and with files of answers.

Owner: the questions' window. Thread: the window's; files are read and written on a thread of the session.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.questions.question_dialog import QuestionDialog
from clacks_monitor.session.questions.exporting import ResultFormat
from clacks_monitor.session.questions.questions import StoredQuestion

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.notes import WrappedLabel
    from clacks_monitor.gui.questions.parameter_form import ParameterForm
    from clacks_monitor.gui.questions.question_editor import QuestionEditor
    from clacks_monitor.gui.questions.question_list import QuestionList
    from clacks_monitor.gui.questions.result_pane import ResultPane
    from clacks_monitor.session.questions.answers import QuestionsRead, ResultWritten
    from clacks_monitor.session.session import Session

NEW: Final = 'for $e in collection()\nwhere ev:type($e) = ""\nreturn $e\n'
_SHOWN: Final = 100
_NAMED: Final = 3


class WindowParts(Protocol):
    """The parts of the window that show a question; ``shown`` is the one in the editor, as it is stored."""

    list: QuestionList
    editor: QuestionEditor
    form: ParameterForm
    description: WrappedLabel
    results: ResultPane
    shown: StoredQuestion

    def show_buttons(self) -> None:
        """Enable what can be done now."""


class QuestionFiles(QObject):
    """Shows, saves, imports and exports questions; writes answers."""

    def __init__(self, parts: WindowParts, window: QWidget, session: Session) -> None:
        super().__init__(window)
        self._parts, self._window, self._session = parts, window, session
        self._drafts: dict[str, str] = {}
        """Texts that were changed and not saved, by the identifiers of their questions."""

    def on_read(self, notice: QuestionsRead) -> None:
        """Show the questions as they are on disk."""
        before = self._parts.shown.id
        stored = {one.id: one for one in (*notice.shipped, *notice.own)}
        if notice.chosen:
            self._drafts.pop(notice.chosen, None)
        self._parts.list.show_read(notice, notice.chosen or before)
        if before and before not in stored and not notice.chosen:
            self._parts.shown = replace(
                self._parts.shown, id="", shipped=False
            )  # it was deleted: what is in the editor stays
        elif not before and not notice.chosen and not self._parts.editor.text:
            first = self._parts.list.first()
            if first is not None:
                self._parts.list.select(first.id)
        broken = [f"{file.path.name}: {translated(file.reason)}" for file in notice.broken[:_NAMED]]
        problem = "\n".join(filter(None, [translated(notice.problem), *broken]))
        if problem:
            self._parts.results.state.set_text(problem, self._parts.results.state.tone.BAD)

    @Slot(object)
    def choose(self, question: StoredQuestion) -> None:
        """Show a question; a text that was changed and not saved comes back."""
        self.keep_draft()
        if question.id != self._parts.shown.id:
            self._parts.form.forget()
        self._parts.shown = question
        text = self._drafts.get(question.id, question.query)
        self._parts.description.setText(one_line(question.description, _SHOWN * 10))
        self._parts.description.setVisible(bool(question.description))
        self._window.setWindowTitle(self.tr("%1 – Questions").replace("%1", as_title(question.name)))
        self._parts.editor.load(text)
        self._parts.show_buttons()

    def keep_draft(self) -> None:
        """Keep a text that was changed and not saved."""
        if self._parts.shown.id and self._parts.editor.text != self._parts.shown.query:
            self._drafts[self._parts.shown.id] = self._parts.editor.text
        else:
            self._drafts.pop(self._parts.shown.id, None)

    @Slot(str)
    def on_button(self, key: str) -> None:
        """Do what a button of the list says."""
        question = self._parts.list.current
        match key:
            case "add":
                self._parts.list.select_none()
                self.choose(StoredQuestion(self.tr("New question"), NEW))
                self._parts.editor.edit.setFocus()
            case "import":
                self._import()
            case "undo":
                self._session.questions.undo_delete()
            case "edit" if question is not None:
                self._ask_name(replace(question, query=self._drafts.get(question.id, question.query)))
            case "trash" if question is not None:
                self._session.questions.delete(question)
                self._parts.list.buttons["undo"].setEnabled(True)
            case "export" if question is not None:
                self._export(question)

    def _import(self) -> None:
        kinds = self.tr("Questions (*.json *.xq)")
        paths, _kind = QFileDialog.getOpenFileNames(self._window, self.tr("Import questions"), "", kinds)
        if paths:
            self._session.questions.import_files([Path(path) for path in paths])

    def _export(self, question: StoredQuestion) -> None:
        kinds = self.tr("Question (*.json);;XQuery (*.xq)")
        path, _kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Export question"), f"{as_title(question.name).replace('/', '-')}.json", kinds
        )
        if path:
            self._session.questions.export(replace(question, query=self._text_of(question)), Path(path))

    def _text_of(self, question: StoredQuestion) -> str:
        if question.id == self._parts.shown.id:
            return self._parts.editor.text
        return self._drafts.get(question.id, question.query)

    @Slot()
    def save(self) -> None:
        """Store what is in the editor: in place of the user's own question, else as a new one with a name."""
        changed = replace(self._parts.shown, query=self._parts.editor.text)
        if changed.id and not changed.shipped:
            self._session.questions.save(changed)
        else:
            self._ask_name(replace(changed, id="", shipped=False))

    def _ask_name(self, question: StoredQuestion) -> None:
        dialog = QuestionDialog(question.name, question.description, self._window)
        if dialog.exec():
            name, description = dialog.values()
            self._session.questions.save(replace(question, name=name, description=description))
        dialog.deleteLater()

    @Slot()
    def export_result(self) -> None:
        """Write the answer to a file."""
        kinds = ";;".join(f"{style.value.upper()} (*.{style.value})" for style in ResultFormat)
        name = as_title(self._parts.shown.name).replace("/", "-")
        path, kind = QFileDialog.getSaveFileName(self._window, self.tr("Export answer"), f"{name}.csv", kinds)
        if path:
            model, suffix = self._parts.results.model, Path(path).suffix.lower().removeprefix(".")
            style = (
                ResultFormat(suffix) if suffix in set(ResultFormat) else ResultFormat(kind.partition(" ")[0].lower())
            )
            self._session.questions.write_result(Path(path), style, model.headings, model.table.rows())

    def on_written(self, notice: ResultWritten) -> None:
        """Say whether a file was written."""
        tone = self._parts.results.state.tone
        if notice.problem:
            self._parts.results.state.set_text(translated(notice.problem), tone.BAD)
        else:
            text = self.tr("%1 written").replace("%1", one_line(notice.path.name, _SHOWN))
            self._parts.results.state.set_text(text, tone.GOOD)
