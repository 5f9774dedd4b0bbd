"""Rows of the form: the base of all, and the one that edits a value.

Role: a row shows a field and changes it; it never holds state of the event. When the text is edited every field is
replaced; a row whose shape still fits is bound to the new one, so that focus and scrolling stay where they are.
Owner: the form view. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import clip, one_line
from clacks_monitor.forms import FormField, Kind, ValueField
from clacks_monitor.gui.compose.editors.base import line_height
from clacks_monitor.gui.compose.editors.factory import editor_for
from clacks_monitor.gui.compose.parts import Note, Tone
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import as_caption, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from clacks_monitor.gui.compose.context import FormContext

MAX_VALUE, SHOWN_VALUE = 10_000, 1_000
"""Characters of a value that are edited; of a longer one so many are shown."""
LABEL_WIDTH, LABEL_MAX = 132, 180
"""A longer name is shortened in its middle, so that the values keep their place."""


class FieldRow(QWidget):
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
        """Whether something is said to be wrong."""
        return self._problem is not None and self._problem.isVisibleTo(self)

    @property
    def problem_words(self) -> str:
        """What is said to be wrong, "" for nothing."""
        return self._problem.text() if self._problem is not None and self.shows_problem else ""

    def show_problem(self) -> None:
        """Show what is wrong with the field, in words, or nothing."""

    def say_problem(self, words: str) -> None:
        """Say below the first line what is wrong, "" for nothing."""
        if words and self._problem is None:
            self._problem = Note(self.context.theme, Tone.BAD, self)
            self.column.insertWidget(1, self._problem)
        if self._problem is not None:
            self._problem.say(words)
            self._problem.setVisible(bool(words))

    def reveal(self) -> None:
        """Open whatever hides this row; the row itself is there already."""

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

    def switched(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Take the field into the event, or out of it."""
        self.field.present = on


class LeafRow(FieldRow):
    """Edits one value: label, editor, explanation, and what is wrong."""

    def __init__(self, context: FormContext, field: ValueField, parent: QWidget, *, bare: bool = False) -> None:
        super().__init__(context, field, parent)
        self.leaf = field
        self._kind = field.kind
        self._touched = False
        self._coloured: tuple[bool, bool, bool] | None = None
        self.editor = editor_for(field, self)
        self.column.setSpacing(2)
        self.column.addWidget(self.editor)
        self._help: Note | None = None
        self._next: Note | None = None
        self._length: Note | None = None
        if not bare:
            self.caption = self._made_caption(parent)
            self.show_help()
        self._describe()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.editor.edited.connect(self._edited)
        self.editor.entered.connect(self._entered)
        self.refresh()

    def _made_caption(self, parent: QWidget) -> QWidget:
        """Build the label: with a star when the field is required, a check box when it is optional."""
        field = self.leaf
        shown = parent.fontMetrics().elidedText(one_line(self.label), Qt.TextElideMode.ElideMiddle, LABEL_MAX)
        if field.optional:
            box = QCheckBox(as_caption(shown), parent)
            box.setAccessibleName(spoken(self.tr("Send {0}").format(self.label)))
            box.clicked.connect(self.switched)
            caption: QWidget = box
            tip = self.tr("Send this field")
        else:
            label = PlainLabel(parent, f"{shown} *")
            label.setBuddy(next(iter(self.editor.targets())))
            caption = label
            tip = self.tr("Required")
        tip = self.tr("{0} (attribute)").format(tip) if field.segment.startswith("@") else tip
        caption.setToolTip(plain_tip(tip if shown == self.label else f"{self.label}: {tip}"))
        caption.setMinimumWidth(LABEL_WIDTH)
        caption.setFixedHeight(line_height(caption))
        return caption

    def _describe(self) -> None:
        field = self.leaf
        name = self.label if field.optional else self.tr("{0}, required").format(self.label)
        about = [translated(field.documentation), translated(field.pattern_description)]
        self.editor.describe(name, " ".join(part for part in about if part))

    @override
    def accepts(self, field: FormField) -> bool:
        return (
            super().accepts(field)
            and isinstance(field, ValueField)
            and field.kind is self._kind
            and field.spec is self.leaf.spec
        )

    @override
    def bind(self, field: FormField) -> None:
        if isinstance(field, ValueField):
            self.leaf = field
        super().bind(field)

    @override
    def refresh(self) -> None:
        field = self.leaf
        too_long = self.too_long
        self.editor.set_text(clip(field.value, SHOWN_VALUE) if too_long else field.value)
        self.editor.setEnabled(not too_long)
        self._say_length()
        if isinstance(self.caption, QCheckBox):
            self.caption.setChecked(field.present)
        self.editor.set_hint(self._hint())
        self.show_next()
        self.show_problem()

    @property
    def too_long(self) -> bool:
        """Whether the value is too long for an editor: its beginning is shown, and it is sent as it is."""
        return len(self.leaf.value) > MAX_VALUE

    def _say_length(self) -> None:
        words = ""
        if self.too_long:
            count = QLocale().toString(len(self.leaf.value))
            words = self.tr("{0} characters: too long to be edited here, and sent as it is.").format(count)
        if words and self._length is None:
            self._length = Note(self.context.theme, Tone.HELP, self)
            self.column.insertWidget(1, self._length)
        if self._length is not None:
            self._length.say(words)
            self._length.setVisible(bool(words))

    @property
    def next_words(self) -> str:
        """What is said about the next event, "" where there is no placeholder."""
        return self._next.text() if self._next is not None else ""

    def show_next(self) -> None:
        """Show what placeholders in the value will be in the next event."""
        value = "" if self.too_long else self.leaf.value
        resolved = self.leaf.edits.preview(value) if "{{" in value else value
        words = self.tr("next: {0}").format(resolved) if resolved != value else ""
        if words and self._next is None:
            self._next = Note(self.context.theme, Tone.HELP, self)
            self.column.insertWidget(1, self._next)
        if self._next is not None:
            self._next.say(words)
            self._next.setVisible(bool(words))

    def _hint(self) -> str:
        field = self.leaf
        if not field.present:
            return self.tr("not sent")
        if field.default is not None:
            return self.tr("default: {0}").format(field.default)
        return translated(field.pattern_description) if field.kind is not Kind.LIST else self.tr("add…")

    @override
    def show_problem(self) -> None:
        words = self._words()
        self.say_problem(words)
        self._colour(invalid=bool(words))

    def _colour(self, *, invalid: bool) -> None:
        """Wash the editor of a wrong value in red, and mute the text of one that is not sent."""
        theme = self.context.theme
        state = (invalid, self.leaf.present, theme.dark)
        if state == self._coloured:
            return
        self._coloured = state
        palette = QPalette()
        if invalid:
            palette.setColor(QPalette.ColorRole.Base, theme.washed(theme.bad))
        if not self.leaf.present:
            palette.setColor(QPalette.ColorRole.Text, theme.muted)
        for target in self.editor.targets():
            for widget in (target, *target.findChildren(QLineEdit)):
                widget.setPalette(palette)

    def _words(self) -> str:
        field = self.leaf
        if not self._touched and not self.context.show_all_problems and not field.value:
            return ""
        own = field.problem() if not self.too_long else None
        return translated(own) if own else (self.context.problem_at(field.path) if field.present else "")

    @override
    def show_help(self) -> None:
        wanted = self.context.show_help and bool(self.leaf.documentation) and self.caption is not None
        if wanted and self._help is None:
            self._help = Note(self.context.theme, Tone.HELP, self, translated(self.leaf.documentation))
            self.column.addWidget(self._help)
        if self._help is not None:
            self._help.setVisible(wanted)

    def _edited(self, text: str) -> None:
        self._touched = True
        self.leaf.value = text
        self.context.outdate(self.leaf.path)
        self.show_problem()

    def _entered(self) -> None:
        self.context.entered.emit(self.leaf)

    @override
    def switched(self, on: bool) -> None:
        super().switched(on)
        if on:
            self.take_focus()

    @override
    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.editor.take_focus(reason)
