"""Form and text beside each other: either is edited, the other follows, and both undo the same steps.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction

from clacks_monitor.gui.compose.form_view import FormView
from clacks_monitor.gui.compose.xml_pane import XmlPane
from clacks_monitor.gui.kit.layouts import child

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.forms import FormField, ValidationIssue
    from clacks_monitor.gui.compose.draft import Draft

SEAL_MS = 1200
"""Typing after a rest of this length is an undo step of its own."""


class FormAndText(QObject):
    """``checked`` tells the problems that were found after a change; it comes before the next paint."""

    checked = Signal(object)
    outdated = Signal()
    """Instead of that for a heavy event: it has changed, and has to be checked elsewhere."""

    def __init__(self, window: QMainWindow, draft: Callable[[], Draft]) -> None:
        super().__init__(window)
        self._draft = draft
        self._form_view = child(window, FormView, "formView")
        self._xml_pane = child(window, XmlPane, "xmlPane")
        self._preview = child(window, QAction, "actionPreview")
        self._from_text = False
        self._seal = QTimer(self, singleShot=True, interval=SEAL_MS)
        self._seal.timeout.connect(self.seal)
        self._sync = QTimer(self, singleShot=True, interval=0)
        self._sync.timeout.connect(self._follow_form)
        self._form_view.changed.connect(self._form_changed)
        self._form_view.entered.connect(self._entered)
        self._xml_pane.typed.connect(self._text_typed)
        self._xml_pane.entered.connect(self._text_entered)
        self._preview.toggled.connect(self._show_preview)
        for name, slot in (
            ("actionUndo", self.undo),
            ("actionRedo", self.redo),
            ("actionSwitchSide", self.switch_side),
        ):
            child(window, QAction, name).triggered.connect(slot)

    def show_draft(self, *, received: bool, problems: list[ValidationIssue] | None = None) -> None:
        """Show another event; a received one may be wrong before anything was touched.

        ``problems`` are those that are known already.
        """
        self._sync.stop()
        draft = self._draft()
        if draft.form is not None:
            self._form_view.set_form(draft.form, all_problems=received)
        self._preview.setChecked(False)
        self._show_text()
        self.checked.emit(draft.problems(thorough=False) if problems is None else problems)

    def _show_text(self) -> None:
        draft = self._draft()
        text, shown = draft.text, draft.excerpt
        self._xml_pane.setReadOnly(text is None or shown is not None)
        if shown is not None:
            note = self.tr("The text is too long to be shown in full. It is sent unchanged.")
            self._xml_pane.load(f"{note}\n\n{shown}")
        elif text is None:
            self._xml_pane.load(self.tr("%Ln byte(s) that are not text", "", len(draft.body)))
        else:
            self._xml_pane.load(text)

    def _show_preview(self, on: bool) -> None:
        """Show the next event with its placeholders resolved; nothing can be edited meanwhile."""
        draft = self._draft()
        preview = draft.preview if draft.excerpt is None else None
        if on and preview is not None:
            self._xml_pane.load(preview)
            self._xml_pane.setReadOnly(True)
        elif not on:
            self._show_text()

    def _form_changed(self) -> None:
        if not self._from_text:
            self._sync.start()
        self._seal.start()

    def _follow_form(self) -> None:
        draft = self._draft()
        text = draft.text
        if text is not None:
            if self._xml_pane.isReadOnly() != (draft.excerpt is not None) and not self._preview.isChecked():
                self._show_text()
            elif draft.excerpt is None:
                self._xml_pane.follow(draft.preview or "" if self._preview.isChecked() else text)
        if draft.heavy:
            self.outdated.emit()
        else:
            self.checked.emit(draft.problems(thorough=False, text=text))

    def _text_entered(self) -> None:
        if self._sync.isActive():
            self._sync.stop()
            self._follow_form()

    def _text_typed(self) -> None:
        self._from_text = True
        try:
            problems: list[ValidationIssue] = self._draft().edited(self._xml_pane.text())
        finally:
            self._from_text = False
        self._form_view.show_all_problems()
        if self._draft().heavy and not problems:
            self.outdated.emit()
        else:
            self.checked.emit(problems)
        self._seal.start()

    def seal(self) -> None:
        """Let what is typed next be an undo step of its own."""
        form = self._draft().form
        if form is not None:
            form.edits.seal()

    def go_to(self, problem: ValidationIssue) -> None:
        """Show a problem at its field, or in the text where it has none."""
        self._form_view.show_all_problems()
        form = self._draft().form
        if form is not None and form.broken_text is None and problem.path and self._form_view.go_to(problem.path):
            return
        if problem.line:
            self._xml_pane.go_to(problem.line, problem.column or 1)

    def _entered(self, field: FormField) -> None:
        form = self._draft().form
        line = 0
        if form is not None and form.broken_text is None:
            line = _line_of(form.written().starts, field, form.text)
        self._xml_pane.show_line(line)

    def switch_side(self) -> None:
        """Go from the form to the text and back."""
        if self._xml_pane.hasFocus():
            self._form_view.take_focus()
        else:
            self._xml_pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def undo(self) -> None:
        """Take the last change back: in the text where that has the focus, else in the form."""
        form = self._draft().form
        if self._xml_pane.hasFocus() or form is None:
            self._xml_pane.undo()
        elif form.edits.undo():
            self._follow_form()

    def redo(self) -> None:
        """Take a change again."""
        form = self._draft().form
        if self._xml_pane.hasFocus() or form is None:
            self._xml_pane.redo()
        elif form.edits.redo():
            self._follow_form()

    def stop(self) -> None:
        """End the timers: the window goes."""
        self._seal.stop()
        self._sync.stop()


def _line_of(starts: dict[int, object], field: FormField, text: str) -> int:
    """Return the line (from 1) that a field's element begins in, 0 for the event itself."""
    places = {id(owner): start for start, owner in starts.items()}
    step: FormField | None = field
    while step is not None and step.parent is not None:
        if id(step) in places:
            return text.count("\n", 0, places[id(step)]) + 1
        step = step.parent
    return 0
