"""The base of the form's rows, and what the rows of one form share.

A row shows a field and changes it; it never holds state of the event. When the text is edited every field is replaced;
a row whose shape still fits is bound to the new one, so that focus and scrolling stay where they are.
Owner: the form view. Thread: the window's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.forms import FormField
from clacks_monitor.gui.compose.idle_builder import IdleBuilder, Part
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QScrollArea

    from clacks_monitor.gui.kit.theme import Theme

BY_ITSELF = 400
"""With so many rows no further part opens by itself."""


class FormContext(QObject):
    """Which row shows which field, what is wrong, what to show besides; ``entered`` carries the field with the focus.

    ``make_row`` builds the row of a field.
    """

    entered = Signal(object)

    def __init__(self, theme: Theme, area: QScrollArea, make_row: RowMaker) -> None:
        super().__init__(area)
        self.theme = theme
        self.make_row = make_row
        self.builder = IdleBuilder(area)
        self.show_help = True
        self.show_all_problems = False
        """False while a new form is empty: it is not wrong yet, only not filled."""
        self.problems: Mapping[str, str] = {}
        self._outdated: set[str] = set()
        self._rows: dict[FormField, FieldRow] = {}

    def may_open(self, row: FieldRow) -> bool:
        """Tell whether a part may be opened now; if not, it is when the window is idle, or when it is asked."""
        if self.builder.now:
            return True
        return len(self._rows) + self.builder.waiting <= BY_ITSELF and self.builder.may_build(row)

    def register(self, field: FormField, row: FieldRow) -> None:
        """Remember which row shows a field."""
        self._rows[field] = row
        self.builder.count_row()

    def unregister(self, field: FormField, row: FieldRow) -> None:
        """Forget a row, unless the field has another one by now."""
        if self._rows.get(field) is row:
            del self._rows[field]

    def row_of(self, field: FormField) -> FieldRow | None:
        """Return the row that shows a field, None when it has not been built."""
        return self._rows.get(field)

    def rows(self) -> list[FieldRow]:
        """Return every row that has been built."""
        return list(self._rows.values())

    def forget(self, body: QWidget | None) -> None:
        """Forget all rows, and delete those of ``body``, a few at a time."""
        self.builder.forget()
        self._rows.clear()
        if body is not None:
            body.hide()  # its parent keeps it: without one all that is in it would be styled anew
            self.builder.remove([*reversed(body.findChildren(FieldRow)), body])

    # -- what is wrong ---------------------------------------------------------------------------------------------

    def outdate(self, path: str) -> None:
        """Forget what the validators said about a value that is another by now; they are asked again soon."""
        self._outdated.add(path)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Take over what the validators say now, by the path of the field."""
        self.problems, self._outdated = problems, set()

    def problem_at(self, path: str) -> str:
        """Return what the validators say about a field, "" for nothing."""
        return "" if path in self._outdated else self.problems.get(path, "")


class FieldRow(Part):
    """Shows one field. ``caption`` stands in the column of labels; None: the row takes both columns."""

    def __init__(self, context: FormContext, field: FormField, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.field = field
        self.caption: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self._problem: Note | None = None
        context.register(field, self)

    @property
    def label(self) -> str:
        """The field's name as it is shown."""
        return translated(self.field.label)

    def accepts(self, field: FormField) -> bool:
        """Whether this row could show another field as well."""
        mine = self.field
        same_place = (mine.label, mine.optional, mine.in_repeat, mine.documentation)
        return type(field) is type(mine) and same_place == (
            field.label,
            field.optional,
            field.in_repeat,
            field.documentation,
        )

    def bind(self, field: FormField) -> None:
        """Show another field from now on."""
        if field is not self.field:
            self.context.unregister(self.field, self)
            self.field = field
            self.context.register(field, self)
        self.refresh()

    def refresh(self) -> None:
        """Show the field's present state."""
        raise NotImplementedError

    @property
    def shows_problem(self) -> bool:
        """Whether a problem is shown."""
        return self._problem is not None and self._problem.isVisibleTo(self)

    @property
    def problem_text(self) -> str:
        """The problem that is shown, "" for none."""
        return self._problem.text() if self._problem is not None and self.shows_problem else ""

    def show_problem(self) -> None:
        """Show what is wrong with the field, if anything is."""

    def set_problem(self, text: str) -> None:
        """Show below the first line what is wrong, "" for nothing."""
        if text and self._problem is None:
            self._problem = Note(self.context.theme, Tone.BAD, self)
            self.column.insertWidget(1, self._problem)
        if self._problem is not None:
            self._problem.set_text(text)
            self._problem.setVisible(bool(text))

    def reveal(self) -> None:
        """Open whatever hides this row; the row itself is there already."""

    @override
    def resume(self) -> None:
        """Open what had to wait, unless the row has left the form."""
        if self.context.row_of(self.field) is self:
            self.reveal()

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus where the user can change the field; by Tab means that what is there is selected."""
        self.setFocus(reason)

    def show_help(self) -> None:
        """Show or hide the explanation, as the context says."""

    def discard(self) -> None:
        """Leave the form."""
        self.context.unregister(self.field, self)
        for row in self.findChildren(FieldRow):
            self.context.unregister(row.field, row)
        self.hide()
        self.deleteLater()

    def switched(self, on: bool) -> None:
        """Take the field into the event, or out of it."""
        self.field.present = on


RowMaker = Callable[[FormContext, FormField, QWidget], FieldRow]
