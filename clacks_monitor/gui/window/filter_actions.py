"""Commands about the filter: editing, applying and removing it, and using it for the subscription.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

if TYPE_CHECKING:
    from clacks_monitor.gui.window.controllers import Controllers
    from clacks_monitor.gui.window.table_stack import TableStack
    from clacks_monitor.gui.window.window_frame import WindowFrame
    from clacks_monitor.gui.window.window_panes import WindowPanes
    from clacks_monitor.session.session import Session


class FilterActions(QObject):
    """Works on the filter line and the large editor, and gives the focus back to the table."""

    def __init__(
        self,
        frame: WindowFrame,
        panes: WindowPanes,
        stack: TableStack,
        controllers: Controllers,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._filter, self._line = frame.filter, frame.filter_bar.line
        self._editor, self._trouble, self._stack = panes.filter_editor, panes.trouble, stack
        self._subscriptions, self._session = controllers.subscriptions, session
        on = frame.commands.on
        on("filter.editor", self.show_editor)
        on("filter.mend", self._filter.mend)
        on("filter.clear", self.remove)
        on("subscription", self._subscribe)
        self._filter.applied.connect(self._on_applied)
        controllers.events.filter_prepared.connect(self._prepare)

    @Slot(bool)
    def show_editor(self, on: bool) -> None:
        """Open or close the large editor."""
        self._editor.setVisible(on)
        self._filter.trial.wanted = on
        if on:
            self._editor.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._stack.focus()

    @Slot()
    def remove(self) -> None:
        """Remove the filter."""
        self._filter.set("")

    @Slot(str)
    def _prepare(self, text: str) -> None:
        """Let the user continue a filter that a menu has begun."""
        self._filter.type(text)
        target = self._editor.edit if self._editor.isVisible() else self._line
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_applied(self, text: str) -> None:
        if text.strip():
            reason = self._session.restore.remember_filter(text)
            if reason:
                self._trouble.notify(reason)
        self._stack.focus()

    @Slot()
    def _subscribe(self) -> None:
        self._subscriptions.ask(self._filter.applied_text)
