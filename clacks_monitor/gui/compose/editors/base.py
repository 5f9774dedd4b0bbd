"""What every editor of one value has in common.

Role: a value is a string, as the event has it; an editor may show it as a check box or a calendar, but whatever
string it is given it gives back unchanged until somebody edits it.
Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.plain_text import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable


class ValueEditor(QWidget):
    """Base of the editors. ``edited`` tells the new text of something that the user did, never of ``set_text``."""

    edited = Signal(str)
    entered = Signal()
    """The user came into this editor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Maximum)

    def text(self) -> str:
        """Return the value."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show a value; nothing is emitted."""
        raise NotImplementedError

    def targets(self) -> Iterable[QWidget]:
        """Return the widgets that take the focus, the most important one first."""
        raise NotImplementedError

    def take_focus(self, reason: Qt.FocusReason) -> None:
        """Put the focus where the value is edited.

        No focus proxy does this: Tab would come here from wherever the editor itself stands in the window's order.
        """
        next(target for target in self.targets() if not target.isHidden()).setFocus(reason)

    def describe(self, name: str, description: str) -> None:
        """Tell screen readers what is edited here."""
        for target in self.targets():
            target.setAccessibleName(spoken(name))
            target.setAccessibleDescription(spoken(description))

    def set_hint(self, hint: str) -> None:
        """Show a hint while there is no value, where the editor can."""

    def watch_focus(self, *widgets: QWidget) -> None:
        """Emit ``entered`` when one of the widgets gets the focus."""
        for widget in widgets:
            widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        elif event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            # Scrolling the form must not change the values that pass under the pointer.
            event.ignore()
            return True
        elif _is_undo(event):
            # Undo belongs to the form, which knows the other fields as well; the line's own would hide it.
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _is_undo(event: QEvent) -> bool:
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def line_height(widget: QWidget) -> int:
    """Return the height of a line of text that is edited: editors and captions in one row share it."""
    return _line_height(widget.font().key())


@lru_cache(maxsize=8)
def _line_height(_font: str) -> int:
    return QLineEdit().sizeHint().height()


def no_wheel_focus(widget: QWidget) -> None:
    """Let a widget have the focus by Tab and by click, not by the wheel."""
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
