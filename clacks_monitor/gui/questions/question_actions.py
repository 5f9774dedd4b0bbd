"""Opens the window of the questions, and passes it what the session notifies. Owner: the main window; its thread."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.ending import alive

if TYPE_CHECKING:
    import threading

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.query_completer import QueryCompleter
    from clacks_monitor.gui.questions.questions_window import QuestionsWindow
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.session.questions.answers import AnswerEnded, AnswerRows, QuestionsRead, ResultWritten
    from clacks_monitor.session.session import Session
    from clacks_monitor.session.view.query_text import Examined


class QuestionActions(QObject):
    """Holds the one window of the questions, from the first time that it is opened on."""

    notified = Signal(str)

    def __init__(
        self,
        session: Session,
        table: EventTable,
        completer: QueryCompleter,
        commands: Commands,
        theme: Theme,
        settings: QSettings,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session, self._table, self._completer = session, table, completer
        self._theme, self._settings, self._main = theme, settings, window
        self.window: QuestionsWindow | None = None
        self._threads: list[threading.Thread] = []
        commands.on("questions", self.show)

    @Slot()
    def show(self) -> None:
        """Open the window, or bring it to the front."""
        window = self.window
        if window is None:
            window = self.window = self._build()
        window.show()
        window.raise_()
        window.activateWindow()

    def _build(self) -> QuestionsWindow:
        module = import_module("clacks_monitor.gui.questions.questions_window")  # the main window starts faster
        window: QuestionsWindow = module.QuestionsWindow(self._session, self._theme, self._completer, self._settings)
        window.row_wanted.connect(self._go_to)
        return window

    @Slot(int, bool)
    def _go_to(self, sequence: int, forward: bool) -> None:
        self._table.go_to(sequence)
        if self._table.current_sequence != sequence:
            self.notified.emit(self.tr("The event is hidden by the filter"))
        if forward:
            self._main.raise_()
            self._main.activateWindow()

    # -- notices -------------------------------------------------------------------------------------------------

    @Slot(object)
    def on_read(self, notice: QuestionsRead) -> None:
        """Show the questions."""
        if self.window is not None:
            self.window.files.on_read(notice)

    @Slot(object)
    def on_rows(self, notice: AnswerRows) -> None:
        """Show rows of the answer."""
        if self.window is not None:
            self.window.on_rows(notice)

    @Slot(object)
    def on_ended(self, notice: AnswerEnded) -> None:
        """Show how the answer ended."""
        if self.window is not None:
            self.window.on_ended(notice)

    @Slot(object)
    def on_written(self, notice: ResultWritten) -> None:
        """Show whether a file was written."""
        if self.window is not None:
            self.window.files.on_written(notice)

    @Slot(object)
    def on_examined(self, notice: Examined) -> None:
        """Show a remark about the question."""
        if self.window is not None:
            self.window.editor.on_examined(notice)

    def capture_changed(self) -> None:
        """Ask about another capture from now on."""
        if self.window is not None:
            self.window.capture_changed()

    def close(self) -> None:
        """Close the window for good, and cancel what it asks: without the main window nothing leads back to it."""
        window, self.window = self.window, None
        if window is not None:
            window.close()
            self._threads = window.stop()
            window.deleteLater()

    def stop(self) -> list[threading.Thread]:
        """Close the window; return the threads that still work for it."""
        self.close()
        return alive(self._threads)
