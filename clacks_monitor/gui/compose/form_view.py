"""The form: a scrolling column of rows for the fields of one event.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.forms import FormField, Repeat, ValueField
from clacks_monitor.gui.compose.field_row import FormContext
from clacks_monitor.gui.compose.panel import Panel
from clacks_monitor.gui.compose.repeats import RepeatSection
from clacks_monitor.gui.compose.row_factory import make_row
from clacks_monitor.gui.compose.sections import Section
from clacks_monitor.gui.compose.value_row import ValueRow
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.tab_order import stops, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clacks_monitor.forms import Form, FormChange
    from clacks_monitor.gui.compose.field_row import FieldRow
    from clacks_monitor.gui.kit.theme import Theme


_MARGIN = 40
"""Pixels that stay visible above and below a field that is scrolled to."""


class FormView(QScrollArea):
    """Shows a form and edits it. ``changed`` comes after each change, by the user or by the program."""

    changed = Signal()
    entered = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.context = FormContext(theme, self, make_row)
        self.context.entered.connect(self.entered)
        self.between: tuple[QWidget, QWidget] | None = None
        """What Tab comes from before the form, and goes to after it."""
        self._order = QTimer(self, singleShot=True, interval=0)
        self._order.timeout.connect(self.order_tabs)
        self.context.builder.grown.connect(self._order.start)
        self._focus_left_at: tuple[QWidget | None, Qt.FocusReason] | None = None
        self.context.builder.grown.connect(self._focus_first_value)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        self._form: Form | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._panel: Panel | None = None
        self._body: QWidget | None = None
        self._holder = QWidget()
        self._bodies = QVBoxLayout(self._holder)
        self._bodies.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._holder)
        self._holder.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self._nothing: Note | None = None

    def set_form(self, form: Form, *, all_problems: bool) -> None:
        """Show another form; ``all_problems`` marks what is wrong before anything was touched."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._form, self._focus_left_at = form, None
        self.context.forget(self._body)
        self.context.show_problems({})
        self.context.show_all_problems = all_problems
        self.context.builder.begin()
        body = self._body = QWidget(self._holder)
        body.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 8, 8, 8)
        self._panel = Panel(self.context, body)
        self._nothing = Note(self.context.theme, Tone.HELP, body, self.tr("This event has no fields."))
        column.addWidget(self._nothing)
        column.addWidget(self._panel)
        column.addStretch()
        self._show_fields()
        self._bodies.addWidget(body)
        body.show()
        self._unsubscribe = form.edits.subscribe(self._on_change)

    def order_tabs(self) -> None:
        """Let Tab walk through the rows from top to bottom."""
        if self._panel is not None and self.between is not None:
            before, after = self.between
            walk([before, *stops(self._panel), after])

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring a field into sight that gets the focus from outside the form; within it Qt does so."""
        if now is not None and self.isAncestorOf(now) and now.visibleRegion().isEmpty():
            self.ensureWidgetVisible(now, 0, _MARGIN)

    def _show_fields(self) -> None:
        if self._form is not None and self._panel is not None and self._nothing is not None:
            root = self._form.root
            fields = (root,) if isinstance(root, ValueField) else root.children
            self._panel.show_fields(fields)
            self._nothing.setVisible(not fields)

    def _on_change(self, change: FormChange) -> None:
        field = change.field
        self.context.builder.begin()
        if change.structure or field is None:
            self._show_fields()
        else:
            step: FormField | None = field
            while step is not None:
                row = self.context.row_of(step)
                if row is not None and (step is field or not row.field.present or step.optional):
                    row.refresh()
                step = step.parent
        self.changed.emit()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show at each field what the validators say, by the field's path."""
        self.context.show_problems(problems)
        for row in self.context.rows():
            if problems or row.shows_problem:
                row.show_problem()

    def show_all_problems(self) -> None:
        """From now on mark untouched fields as well."""
        if not self.context.show_all_problems:
            self.context.show_all_problems = True
            for row in self.context.rows():
                row.show_problem()

    def show_next(self) -> None:
        """Show what placeholders will be in the event after the one that was just sent."""
        for row in self.context.rows():
            if isinstance(row, ValueRow):
                row.show_next()

    def set_help_shown(self, on: bool) -> None:
        """Show or hide the explanations."""
        self.context.show_help = on
        for row in self.context.rows():
            row.show_help()

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus into the first field; into what it holds once that is built."""
        if self._panel is not None and self._panel.rows:
            self._panel.rows[0].take_focus(reason)
            self._focus_left_at = None if self.context.builder.complete else (QApplication.focusWidget(), reason)

    @Slot()
    def _focus_first_value(self) -> None:
        """Go on to the first value, unless the user has gone somewhere else meanwhile."""
        if self._focus_left_at is not None and self.context.builder.complete:
            widget, reason = self._focus_left_at
            self._focus_left_at = None
            if widget is QApplication.focusWidget() and self._panel is not None and self._panel.rows:
                self._panel.rows[0].take_focus(reason)

    def go_to(self, path: str) -> bool:
        """Open what hides a field, scroll there and put the focus into it; whether there is such a field."""
        field = self._form.find(path) if self._form is not None else None
        if field is None:
            return False
        around: list[FormField] = []
        step: FormField | None = field
        while step is not None:
            around.insert(0, step)
            step = step.parent
        row: FieldRow | None = None
        if self._panel is not None:
            self._panel.reach(around)
        for outer, inner in zip(around, [*around[1:], None], strict=True):
            row = self.context.row_of(outer) or row
            if row is not None and inner is not None and row.field is outer:
                self._open(row, outer, inner)
                if isinstance(row, Section):
                    for panel in row.panels(around):
                        panel.reach(around)
        if row is None:
            return False
        row.take_focus()
        target = row
        QTimer.singleShot(0, target, lambda: self.ensureWidgetVisible(target, 0, _MARGIN))
        return True

    @staticmethod
    def _open(row: FieldRow, outer: FormField, inner: FormField) -> None:
        row.reveal()
        if isinstance(outer, Repeat) and isinstance(row, RepeatSection):
            row.show_item(inner)

    @override
    def sizeHint(self) -> QSize:
        return QSize(520, 480)
