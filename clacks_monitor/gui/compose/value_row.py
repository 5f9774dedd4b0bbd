"""The row of a form that edits a value: label, editor, explanation, problem.

Owner: the form view. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import clip, one_line
from clacks_monitor.forms import FormField, Kind, ValueField
from clacks_monitor.gui.compose.editors.base import line_height
from clacks_monitor.gui.compose.editors.factory import editor_for
from clacks_monitor.gui.compose.field_row import FieldRow
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.plain_text import as_caption, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import documentation, translated

if TYPE_CHECKING:
    from clacks_monitor.gui.compose.field_row import FormContext

MAX_VALUE, SHOWN_VALUE = 10_000, 1_000
"""Characters of a value that are edited; of a longer one so many are shown."""
LABEL_WIDTH, LABEL_MAX = 132, 180
"""A longer name is shortened in its middle, so that the values keep their place."""


class ValueRow(FieldRow):
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
        about = [documentation(field.documentation), translated(field.pattern_description)]
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
        self._show_length()
        if isinstance(self.caption, QCheckBox):
            self.caption.setChecked(field.present)
        self.editor.set_hint(self._hint())
        self.show_next()
        self.show_problem()

    @property
    def too_long(self) -> bool:
        """Whether the value is too long for an editor: its beginning is shown, and it is sent as it is."""
        return len(self.leaf.value) > MAX_VALUE

    def _show_length(self) -> None:
        text = ""
        if self.too_long:
            count = QLocale().toString(len(self.leaf.value))
            text = self.tr("{0} characters: too long to be edited here. The value is sent unchanged.").format(count)
        if text and self._length is None:
            self._length = Note(self.context.theme, Tone.HELP, self)
            self.column.insertWidget(1, self._length)
        if self._length is not None:
            self._length.set_text(text)
            self._length.setVisible(bool(text))

    @property
    def next_text(self) -> str:
        """What the value will be in the next event, "" where there is no placeholder."""
        return self._next.text() if self._next is not None else ""

    def show_next(self) -> None:
        """Show what placeholders in the value will be in the next event."""
        value = "" if self.too_long else self.leaf.value
        resolved = self.leaf.edits.preview(value) if "{{" in value else value
        text = self.tr("next: {0}").format(resolved) if resolved != value else ""
        if text and self._next is None:
            self._next = Note(self.context.theme, Tone.HELP, self)
            self.column.insertWidget(1, self._next)
        if self._next is not None:
            self._next.set_text(text)
            self._next.setVisible(bool(text))

    def _hint(self) -> str:
        field = self.leaf
        if not field.present:
            return self.tr("not sent")
        if field.default is not None:
            return self.tr("default: {0}").format(field.default)
        return translated(field.pattern_description) if field.kind is not Kind.LIST else self.tr("add…")

    @override
    def show_problem(self) -> None:
        text = self._problem_text()
        self.set_problem(text)
        self._colour(invalid=bool(text))

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

    def _problem_text(self) -> str:
        field = self.leaf
        if not self._touched and not self.context.show_all_problems and not field.value:
            return ""
        own = field.problem() if not self.too_long else None
        return translated(own) if own else (self.context.problem_at(field.path) if field.present else "")

    @override
    def show_help(self) -> None:
        wanted = self.context.show_help and bool(self.leaf.documentation) and self.caption is not None
        if wanted and self._help is None:
            self._help = Note(self.context.theme, Tone.HELP, self, documentation(self.leaf.documentation))
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
