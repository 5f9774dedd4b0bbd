"""A line above a form whose schema was changed, broken or removed meanwhile. Owner: the compose window; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.schema_texts import MAX_NAME, file_problem

if TYPE_CHECKING:
    from clacks_monitor.forms import Catalogue
    from clacks_monitor.gui.compose.draft import Draft
    from clacks_monitor.gui.kit.theme import Theme


class SchemaBanner(QFrame):
    """``wanted`` comes when the event is to be read again, by the schema as it is now."""

    wanted = Signal()

    def __init__(self, catalogue: Catalogue, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._formless: Draft | None = None
        self.note = Note(theme, Tone.WARN, self)
        self.button = QPushButton(self.tr("Read the schema again"), self)
        self.button.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self.note, 1)
        row.addWidget(self.button)
        self.hide()

    def show_draft(self, draft: Draft) -> None:
        """Say what has become of the schema of this draft, if it is not the one that the form was made from."""
        text, tone, offered = self._text(draft)
        self.note.set_text(text, tone)
        self.button.setVisible(offered)
        self.setVisible(bool(text))

    def _text(self, draft: Draft) -> tuple[str, Tone, bool]:
        name = draft.type_name
        kind = self._catalogue.get(name) if name else None
        problem = file_problem(kind) if kind is not None else ""
        if draft.form is None:
            formless = self._formless is draft
            self._formless = draft if problem else None
            now = self.tr("The schema of %1 can be used now.").replace("%1", one_line(name, MAX_NAME))
            return (problem, Tone.BAD, False) if problem else (now if formless else "", Tone.WARN, True)
        if kind is None:
            text = self.tr("No schema defines %1 any longer. The form is as it was.")
            return text.replace("%1", one_line(name, MAX_NAME)), Tone.WARN, False
        if problem:
            kept = self.tr("The form is as it was before.")
            return f"{problem} {kept}", Tone.BAD, False
        current = (self._catalogue.schema(name), self._catalogue.schema(name, guarded=True))
        if draft.form.schema in current:
            return "", Tone.WARN, False
        changed = self.tr("The schema of %1 has changed.")
        return changed.replace("%1", one_line(name, MAX_NAME)), Tone.WARN, True
