"""Repetitions: a list of the same part, with buttons to add, remove and move.

Only the items that are looked at are built: an event may repeat a part ten thousand times.
Owner: the form view. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.forms import FormField, Repeat, ValueField
from clacks_monitor.gui.compose.panel import Panel
from clacks_monitor.gui.compose.sections import INDENT, Section
from clacks_monitor.gui.compose.value_row import ValueRow
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.notes import IconButton
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clacks_monitor.gui.compose.field_row import FormContext

PAGE = 25
"""So many items are shown before one has to ask for more."""
OPEN_ITEMS = 3
"""With more items than this they start closed, each as one line."""
SUMMARY = 60


def summary_of(field: FormField) -> str:
    """One line of the first values of an item."""
    texts: list[str] = []
    for leaf in _leaves(field):
        if leaf.value.strip():
            texts.append(" ".join(leaf.value.split()))
        if sum(map(len, texts)) > SUMMARY:
            break
    line = ", ".join(texts)
    return line if len(line) <= SUMMARY else line[: SUMMARY - 1] + "…"


def _leaves(field: FormField) -> Iterator[ValueField]:
    for inner in field.walk():
        if isinstance(inner, ValueField) and inner.present:
            yield inner


class ItemFrame(QFrame):
    """One item: its number, what is in it, and the buttons."""

    def __init__(self, section: RepeatSection, field: FormField) -> None:
        super().__init__(section)
        self._section = section
        self.field = field
        self._leaf: ValueRow | None = None
        self._panel: Panel | None = None
        self._open = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._heading = QHBoxLayout()
        self._heading.setSpacing(4)
        self._column.addLayout(self._heading)
        self._arrow = QToolButton(self)
        self._arrow.setAutoRaise(True)
        self._arrow.clicked.connect(self._toggle)
        self._title = PlainLabel(self)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._heading.addWidget(self._arrow)
        self._heading.addWidget(self._title, 1)
        if isinstance(field, ValueField):
            self._arrow.hide()
            self._title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            self._leaf = ValueRow(section.context, field, self, bare=True)
            self._heading.addWidget(self._leaf, 100)
        self._up = self._button("up", self._move_up)
        self._down = self._button("down", self._move_down)
        self._copy = self._button("duplicate", self._duplicate)
        self._remove = self._button("trash", self._take_away)
        for button in (self._copy, self._up, self._down, self._remove):
            self._heading.addWidget(button)

    def _button(self, icon: str, slot: Callable[[], None]) -> IconButton:
        button = IconButton(self._section.context.theme, icon, "", self)
        button.clicked.connect(slot)
        return button

    def accepts(self, field: FormField) -> bool:
        """Whether it could show another item."""
        if self._leaf is not None:
            return self._leaf.accepts(field)
        return type(field) is type(self.field) and field.label == self.field.label

    def show_item(self, field: FormField, index: int, count: int) -> None:
        """Show an item at a place (from 0) among so many."""
        self.field = field
        label = f"{translated(field.label)} {index + 1}"
        summary = "" if self._open or self._leaf is not None else summary_of(field)
        self._title.setText(f"{index + 1}" if self._leaf is not None else f"{label}   {summary}")
        self._up.setEnabled(index > 0)
        self._down.setEnabled(index < count - 1)
        self._remove.setEnabled(True)
        self._copy.setEnabled(self._section.repeat.can_add)
        for button, text in (
            (self._up, self.tr("Move {0} up")),
            (self._down, self.tr("Move {0} down")),
            (self._copy, self.tr("Duplicate {0}")),
            (self._remove, self.tr("Remove {0}")),
            (self._arrow, self.tr("Open or close {0}")),
        ):
            button.setToolTip(plain_tip(text.format(label)))
            button.setAccessibleName(spoken(text.format(label)))
        if self._leaf is not None:
            self._leaf.bind(field)
        elif self._open:
            self._fill()

    @property
    def panel(self) -> Panel | None:
        """What shows the fields of the item, None while that is not built."""
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the fields of the item are shown."""
        return self._open or self._leaf is not None

    def set_open(self, *, on: bool) -> None:
        """Show or hide the fields of the item."""
        if self._leaf is not None:
            return
        self._open = on
        self._arrow.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        if on:
            self._fill()
        if self._panel is not None:
            self._panel.setVisible(on)

    def _fill(self) -> None:
        if self._panel is None:
            self._panel = Panel(self._section.context, self)
            holder = QHBoxLayout()
            holder.setContentsMargins(INDENT, 0, 0, 4)
            holder.addWidget(self._panel)
            self._column.addLayout(holder)
        self._panel.show_fields(self.field.children)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus into the first field of the item, on its arrow while it is closed."""
        if self._leaf is not None:
            self._leaf.take_focus(reason)
        elif self._open and self._panel is not None and self._panel.rows:
            self._panel.rows[0].take_focus(reason)
        else:
            self._arrow.setFocus(reason)

    def _toggle(self) -> None:
        self.set_open(on=not self._open)
        self._section.refresh()

    def _move_up(self) -> None:
        self._section.move_item(self, -1)

    def _move_down(self) -> None:
        self._section.move_item(self, 1)

    def _duplicate(self) -> None:
        self._section.duplicate_item(self)

    def _take_away(self) -> None:
        self._section.remove_item(self)

    def discard(self) -> None:
        """Leave the form."""
        if self._leaf is not None:
            self._leaf.discard()
        for row in self._panel.rows if self._panel is not None else ():
            row.discard()
        self.hide()
        self.deleteLater()


class RepeatSection(Section):
    """A repetition with its items."""

    def __init__(self, context: FormContext, field: Repeat, parent: QWidget) -> None:
        super().__init__(context, field, parent)
        self.repeat = field
        self.frames: list[ItemFrame] = []
        self._limit = PAGE
        self._count = PlainLabel(self)
        self.add_button = QPushButton(self.tr("Add"), self)
        self.add_button.setToolTip(plain_tip(self.tr("Add another {0}").format(self.label)))
        self.add_button.setAccessibleName(spoken(self.tr("Add another {0}").format(self.label)))
        self.add_button.clicked.connect(self.add_item)
        self.heading.addWidget(self._count)
        self.heading.addWidget(self.add_button)
        self.heading.addStretch()
        self._items = QVBoxLayout()
        self._items.setContentsMargins(INDENT, 0, 0, 4)
        self._items.setSpacing(6)
        self._more = QPushButton(self)
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        self.column.addLayout(self._items)
        self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.open_at_first()
        self.refresh()

    @override
    def bind(self, field: FormField) -> None:
        if isinstance(field, Repeat):
            self.repeat = field
        super().bind(field)

    @override
    def starts_open(self) -> bool:
        return bool(self.repeat.items)

    @property
    @override
    def is_required(self) -> bool:
        return isinstance(self.field, Repeat) and self.field.minimum > 0

    def _bounds(self) -> str:
        low, high = self.repeat.minimum, self.repeat.maximum
        if high is None:
            return self.tr("any number") if low == 0 else self.tr("{0} or more").format(low)
        return self.tr("up to {0}").format(high) if low == 0 else self.tr("{0} to {1}").format(low, high)

    @override
    def refresh(self) -> None:
        count = len(self.repeat.items)
        self._count.setText(self.tr("{0} ({1})").format(count, self._bounds()))
        self.add_button.setEnabled(self.repeat.can_add)
        self.arrow.setEnabled(count > 0)
        super().refresh()

    @override
    def set_open(self, on: bool) -> None:
        super().set_open(on)
        for frame in self.frames:
            frame.setVisible(on)
        self._show_limit()

    @override
    def panels(self, around: Sequence[FormField]) -> list[Panel]:
        return [frame.panel for frame in self.frames if frame.panel is not None and frame.field in around]

    @override
    def fill(self) -> None:
        items = self.repeat.items[: self._limit]
        by_field = {frame.field: frame for frame in self.frames}
        frames: list[ItemFrame] = []
        spare = [frame for frame in self.frames if frame.field not in set(items)]
        for field in items:
            frame = by_field.get(field)
            if frame is None and spare and spare[0].accepts(field):
                frame = spare.pop(0)
            frames.append(frame or self._new_frame(field))
        for frame in set(self.frames) - set(frames):
            self._items.removeWidget(frame)
            frame.discard()
        for index, frame in enumerate(frames):
            if index >= len(self.frames) or self.frames[index] is not frame:
                self._items.removeWidget(frame)
                self._items.insertWidget(index, frame)
            frame.show_item(items[index], index, len(self.repeat.items))
        self.frames = frames
        self._show_limit()

    def _new_frame(self, field: FormField) -> ItemFrame:
        frame = ItemFrame(self, field)
        frame.set_open(on=len(self.repeat.items) <= OPEN_ITEMS)
        frame.setVisible(self.is_open)
        return frame

    def _show_limit(self) -> None:
        hidden = len(self.repeat.items) - self._limit
        self._more.setVisible(self.is_open and hidden > 0)
        if hidden > 0:
            self._more.setText(self.tr("Show %Ln more", "", min(hidden, PAGE)))

    def _show_more(self) -> None:
        self._limit += PAGE
        self.refresh()

    @override
    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        if self.is_open and self.frames:
            self.frames[0].take_focus(reason)
        else:
            self.add_button.setFocus(reason)

    def add_item(self) -> None:
        """Add an item at the end and go there."""
        field = self.repeat.add()
        self.show_item(field)

    def show_item(self, field: FormField) -> None:
        """Open an item and put the focus there."""
        while field in self.repeat.items[self._limit :]:
            self._limit += PAGE
        self.set_open(True)
        frame = next((frame for frame in self.frames if frame.field is field), None)
        if frame is not None:
            frame.set_open(on=True)
            frame.take_focus()

    def move_item(self, frame: ItemFrame, by: int) -> None:
        """Move an item up or down."""
        index = self.frames.index(frame)
        self.repeat.move(index, index + by)
        frame.take_focus()

    def duplicate_item(self, frame: ItemFrame) -> None:
        """Add a copy of an item behind it and go there."""
        self.show_item(self.repeat.duplicate(self.frames.index(frame)))

    def remove_item(self, frame: ItemFrame) -> None:
        """Take an item away."""
        index = self.frames.index(frame)
        self.repeat.remove(index)
        if self.frames:
            self.frames[min(index, len(self.frames) - 1)].take_focus()
        else:
            self.add_button.setFocus()
