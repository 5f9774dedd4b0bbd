"""Rows that hold rows: elements, groups and choices; each builds what is in it when it is first opened.

Owner: the form view. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.forms import Choice, ElementField, FormField
from clacks_monitor.gui.compose.editors.base import no_wheel_focus
from clacks_monitor.gui.compose.field_row import FieldRow
from clacks_monitor.gui.compose.panel import Panel
from clacks_monitor.gui.compose.value_row import LABEL_WIDTH
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.plain_text import as_caption, spoken
from clacks_monitor.gui.kit.translation import documentation, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.gui.compose.field_row import FormContext

INDENT = 20
_CHOICE_WIDTH = 360
"""A longer name of a choice makes no form wider."""
OFFERED = 500
"""So many entries has a list of ways or branches."""
OPEN_DEPTH = 6
"""Deeper than this nothing opens by itself: types may contain themselves."""


def depth_of(field: FormField) -> int:
    """How many fields are around a field."""
    depth = 0
    step = field.parent
    while step is not None:
        depth, step = depth + 1, step.parent
    return depth


class Section(FieldRow):
    """A row with a heading that opens and closes what is below it."""

    toggled = Signal(bool)

    def __init__(self, context: FormContext, field: FormField, parent: QWidget) -> None:
        super().__init__(context, field, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.column.setSpacing(4)
        self.heading = QHBoxLayout()
        self.heading.setSpacing(8)
        self.column.addLayout(self.heading)
        self.panel: Panel | None = None
        self._open = False
        self._help: Note | None = None
        self.arrow = QToolButton(self)
        self.arrow.setAutoRaise(True)
        self.arrow.clicked.connect(self._toggle)
        self.heading.addWidget(self.arrow)
        self.switch: QCheckBox | None = None
        self._name()

    @property
    def is_required(self) -> bool:
        """Whether the schema wants at least one of it."""
        return self.field.required and not self.field.in_repeat

    def _name(self) -> None:
        field = self.field
        if field.optional:
            self.switch = QCheckBox(as_caption(self.label), self)
            self.switch.setToolTip(self.tr("Include this part"))
            self.switch.clicked.connect(self.switched)
            self.heading.addWidget(self.switch)
        else:
            title = PlainLabel(self, f"{self.label} *" if self.is_required else self.label)
            self.heading.addWidget(title)
        self.arrow.setAccessibleName(spoken(self.tr("Open or close {0}").format(self.label)))

    @override
    def switched(self, on: bool) -> None:
        super().switched(on)
        self.set_open(on)

    def starts_open(self) -> bool:
        """Whether it is open from the beginning."""
        return self.field.present and depth_of(self.field) < OPEN_DEPTH

    def open_at_first(self) -> None:
        """Open it if it starts open; at once, or when the window has nothing else to do."""
        self.set_open(self.starts_open() and self.context.may_open(self))

    def inside(self) -> Iterable[FormField]:
        """Return the fields to show when it is open."""
        return self.field.children

    @property
    def is_open(self) -> bool:
        """Whether what is in it is shown."""
        return self._open

    def set_open(self, on: bool) -> None:
        """Show or hide what is in it; it is built when it is first shown."""
        self._open = on
        self.arrow.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        if on:
            self.fill()
        if self.panel is not None:
            self.panel.setVisible(on)
        self.toggled.emit(on)

    def _toggle(self) -> None:
        self.set_open(not self._open)

    def fill(self) -> None:
        """Build or renew what is in it."""
        if self.panel is None:
            self.panel = Panel(self.context, self)
            holder = QHBoxLayout()
            holder.setContentsMargins(INDENT, 0, 0, 4)
            holder.addWidget(self.panel)
            self.column.addLayout(holder)
        self.panel.show_fields(self.inside())
        self.panel.setEnabled(self.field.present)

    def panels(self, around: Sequence[FormField]) -> list[Panel]:
        """Return the panels in it that may show one of these fields."""
        del around
        return [] if self.panel is None else [self.panel]

    @override
    def refresh(self) -> None:
        if self.switch is not None:
            self.switch.setChecked(self.field.present)
        if self._open:
            self.fill()
        self.show_help()
        self.show_problem()

    @override
    def show_problem(self) -> None:
        self.set_problem(translated(self.field.problem() or "") or self._issue())

    def _issue(self) -> str:
        """Return what the validators say about the part as a whole, once it makes sense to say so."""
        shown = self.context.show_all_problems and bool(self.field.path)
        return self.context.problem_at(self.field.path) if shown else ""

    @override
    def show_help(self) -> None:
        wanted = self.context.show_help and bool(self.field.documentation)
        if wanted and self._help is None:
            self._help = Note(self.context.theme, Tone.HELP, self, documentation(self.field.documentation))
            self._help.setContentsMargins(INDENT, 0, 0, 0)
            self.column.insertWidget(1, self._help)
        if self._help is not None:
            self._help.set_text(documentation(self.field.documentation))
            self._help.setVisible(wanted)

    @override
    def reveal(self) -> None:
        if not self._open:
            self.set_open(True)

    @override
    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        rows = self.panel.rows if self.panel is not None and self._open else []
        if rows:
            rows[0].take_focus(reason)
        else:
            (self.switch or self.arrow).setFocus(reason)


class GroupSection(Section):
    """A group that may be left out as a whole."""

    def __init__(self, context: FormContext, field: FormField, parent: QWidget) -> None:
        super().__init__(context, field, parent)
        self.open_at_first()
        self.refresh()


def fill_combo(combo: QComboBox, names: Sequence[tuple[int, str]], chosen: int) -> None:
    """Offer names, each with its number as data, and show the chosen one; of very many the first and that one."""
    offered = [*names[:OFFERED], *(item for item in names[OFFERED:] if item[0] == chosen)]
    if [(combo.itemData(i), combo.itemText(i)) for i in range(combo.count())] != offered:
        combo.clear()
        for number, name in offered:
            combo.addItem(name, number)
    combo.setCurrentIndex(combo.findData(chosen))


class ElementSection(Section):
    """An element with attributes or content; which way it is written can be chosen where there are several."""

    def __init__(self, context: FormContext, field: ElementField, parent: QWidget) -> None:
        super().__init__(context, field, parent)
        self.element = field
        self.variants = QComboBox(self)
        self.variants.setAccessibleName(spoken(self.tr("Type of {0}").format(self.label)))
        self.variants.setMaximumWidth(_CHOICE_WIDTH)
        no_wheel_focus(self.variants)
        self.variants.activated.connect(self._choose)
        self.nil = QCheckBox(self.tr("no value (nil)"), self)
        self.nil.clicked.connect(self._set_nil)
        self.heading.addWidget(self.variants)
        self.heading.addWidget(self.nil)
        self.heading.addStretch()
        self.open_at_first()
        self.refresh()

    @override
    def starts_open(self) -> bool:
        return super().starts_open() and not _within_itself(self.element)

    @override
    def bind(self, field: FormField) -> None:
        if isinstance(field, ElementField):
            self.element = field
        super().bind(field)

    @override
    def refresh(self) -> None:
        names = self.element.variants
        fill_combo(self.variants, list(enumerate(names)), self.element.variant)
        self.variants.setVisible(len(names) > 1)
        self.nil.setVisible(self.element.nillable)
        self.nil.setChecked(self.element.nil)
        super().refresh()

    @override
    def _issue(self) -> str:
        # An element's value has the element's path: its own row says it.
        return super()._issue() if self.element.text is None else ""

    def _choose(self) -> None:
        self.element.variant = int(self.variants.currentData())

    def _set_nil(self, on: bool) -> None:
        self.element.nil = on


def _within_itself(element: ElementField) -> bool:
    """Whether an element of the same declaration is around it: a type that contains itself opens on demand."""
    step = element.parent
    while step is not None:
        if isinstance(step, ElementField) and step.element is element.element:
            return True
        step = step.parent
    return False


class ChoiceSection(Section):
    """One of several branches; each keeps its values while another one is chosen."""

    def __init__(self, context: FormContext, field: Choice, parent: QWidget) -> None:
        super().__init__(context, field, parent)
        self.choice = field
        self.combo = QComboBox(self)
        self.combo.setAccessibleName(spoken(self.tr("Choice for {0}").format(", ".join(field.labels[:OFFERED]))))
        self.combo.setMaximumWidth(_CHOICE_WIDTH)
        self.combo.setMinimumWidth(LABEL_WIDTH)
        no_wheel_focus(self.combo)
        self.combo.activated.connect(self._choose)
        self.heading.addWidget(self.combo)
        self.heading.addStretch()
        self.open_at_first()
        self.refresh()

    @override
    def _name(self) -> None:
        title = PlainLabel(self, self.tr("One of"))
        self.heading.addWidget(title)
        if self.field.optional:
            super()._name()
            title.hide()

    @override
    def bind(self, field: FormField) -> None:
        if isinstance(field, Choice):
            self.choice = field
        super().bind(field)

    @override
    def refresh(self) -> None:
        nothing = self.choice.selected is None
        labels = [(index, translated(label)) for index, label in enumerate(self.choice.labels)]
        selected = -1 if self.choice.selected is None else self.choice.selected
        fill_combo(self.combo, [*([(-1, self.tr("nothing"))] if nothing else []), *labels], selected)
        super().refresh()

    def _choose(self) -> None:
        index = int(self.combo.currentData())
        if index >= 0:
            self.choice.selected = index
            self.set_open(True)
