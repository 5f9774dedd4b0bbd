"""What stands in the table's place while it has nothing to show: why, and what to do about it.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.theme import title_font
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.query.filter_texts import remedy_caption

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.filter_state import FilterState
    from clacks_monitor.session.captures.capture_use import Unreadable
    from clacks_monitor.xquery.editor.lint import LintWarning

_SIGN = 32
_TEXT_WIDTH = 460


class Empty(Enum):
    """Why the table is empty."""

    NO_CONNECTION = "no-connection"
    CONNECTING = "connecting"
    LOST = "lost"
    SILENT = "silent"
    HIDDEN = "hidden"
    CLEARED = "cleared"
    NO_EVENTS = "no-events"
    UNREADABLE = "unreadable"


_SIGNS = {
    Empty.NO_CONNECTION: "connect",
    Empty.CONNECTING: "busy",
    Empty.LOST: "warning",
    Empty.SILENT: "time",
    Empty.HIDDEN: "filter",
    Empty.CLEARED: "clear",
    Empty.NO_EVENTS: "time",
    Empty.UNREADABLE: "warning",
}


class EmptyState(QWidget):
    """A sign, a title, a sentence, and at most three buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._commands: Commands | None = None
        self.why: Empty | None = None
        self._sign = PlainLabel(self)
        self.title = PlainLabel(self)
        self.text = PlainLabel(self)
        self.buttons = [QPushButton(self) for _place in range(3)]
        self._actions: list[QAction] = []
        self._keys: tuple[tuple[str, str], ...] = ()
        self._lay_out()

    def _lay_out(self) -> None:
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        self.title.setFont(title_font(2))
        self.text.setWordWrap(True)
        self.text.setFixedWidth(_TEXT_WIDTH)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for label in (self._sign, self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)
            button.clicked.connect(self._act)
        row.addStretch(1)
        column.addSpacing(4)
        column.addLayout(row)
        column.addStretch(3)

    @property
    def first_button(self) -> QWidget:
        """What takes the focus: the first thing to do about it, itself where there is none."""
        return next((button for button in self.buttons if not button.isHidden()), self)

    def set_up(self, theme: Theme, commands: Commands) -> None:
        """Give it colours and commands; to be called once."""
        self._theme, self._commands = theme, commands
        theme.changed.connect(self._recolour)

    def _recolour(self) -> None:
        self.title.setFont(title_font(2))
        if self._theme is not None and self.why is not None:
            self._sign.setPixmap(self._theme.icons.pixmap(_SIGNS[self.why], self._theme.muted, _SIGN))

    @Slot()
    def _act(self) -> None:
        for button, action in zip(self.buttons, self._actions, strict=False):
            if button is self.sender():
                action.trigger()

    def explain(
        self,
        why: Empty,
        *,
        hidden: int = 0,
        status: ConnectionStatus | None = None,
        now_ns: int = 0,
        unreadable: Unreadable | None = None,
        doubt: FilterState | None = None,
    ) -> None:
        """Say why there is nothing to see; ``doubt`` is a filter in force that can match nothing."""
        if why is Empty.HIDDEN and doubt is not None and doubt.warning is not None:
            title, text, keys = self._doubt_text(hidden, doubt, doubt.warning)
        elif unreadable is not None and why is Empty.UNREADABLE:
            title, text, keys = self._unreadable_text(unreadable)
        else:
            title, text, keys = self._message(why, hidden, status, now_ns)
        if (why, title, text, keys) == (self.why, self.title.text(), self.text.text(), self._keys):
            return
        self.why, self._keys = why, keys
        self.title.setText(title)
        self.text.setText(text)
        self.text.setMinimumHeight(max(0, self.text.heightForWidth(_TEXT_WIDTH)))  # -1 for no words
        self.text.setVisible(bool(text))
        self.setAccessibleName(spoken(title))
        self.setAccessibleDescription(spoken(text))
        self._recolour()
        self._offer(keys)

    def _offer(self, keys: tuple[tuple[str, str], ...]) -> None:
        self._actions = [self._commands[key] for key, _label in keys] if self._commands else []
        for index, button in enumerate(self.buttons):
            button.setVisible(index < len(keys))
            if index < len(keys):
                button.setText(keys[index][1])
                button.setToolTip(self._actions[index].toolTip())

    def _unreadable_text(self, unreadable: Unreadable) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        title = self.tr("%1 cannot be read").replace("%1", unreadable.path.name)
        what = self.tr("Readable data can be recovered into a new capture. The file itself is not changed.")
        mend = ("capture.recover", self.tr("Recover data…"))
        another = ("capture.open", self.tr("Open a capture…"))
        if not unreadable.recoverable:
            return title, unreadable.reason, (another,)
        return title, f"{unreadable.reason}\n\n{what}", (mend, another)

    def _doubt_text(
        self, hidden: int, doubt: FilterState, warning: LintWarning
    ) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        show_all = ("show.all", self.tr("Show all"))
        title = self.tr("%Ln event(s) hidden", "", formats.plural(hidden))
        text, remedy = translated(warning.reason), doubt.remedy
        if remedy is None:
            return title, text, (show_all,)
        if remedy.kind == "search":
            text = self.tr("The filter is a text, not a condition.")
        return title, f"{text}\n\n{remedy.query}", (("filter.mend", remedy_caption(remedy)), show_all)

    def _message(
        self, why: Empty, hidden: int, status: ConnectionStatus | None, now_ns: int
    ) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        name = status.name if status else ""
        reason = translated(status.reason) if status else ""
        since = formats.duration((now_ns - status.since_ns) / formats.NS) if status else ""
        connect = ("connect", self.tr("Connect…"))
        found = {
            Empty.NO_CONNECTION: (
                self.tr("Not connected"),
                self.tr("Connect to a bus to see its events here."),
                (connect, ("demo", self.tr("Try the demo")), ("capture.open", self.tr("Open a capture…"))),
            ),
            Empty.CONNECTING: (self.tr("Connecting to %1…").replace("%1", name), reason, ()),
            Empty.LOST: (
                self.tr("No connection to %1").replace("%1", name),
                reason or self.tr("Reconnecting automatically."),
                (("connection.again", self.tr("Reconnect")), ("connection.edit", self.tr("Manage connections…"))),
            ),
            Empty.SILENT: (
                self.tr("Connected to %1, no events yet").replace("%1", name),
                self.tr("No events for %1. New events appear here.").replace("%1", since),
                (("compose", self.tr("Compose an event")),),
            ),
            Empty.HIDDEN: (
                self.tr("%Ln event(s) hidden", "", formats.plural(hidden)),
                self.tr("No event matches the filter and the checked profiles."),
                (("show.all", self.tr("Show all")),),
            ),
            Empty.CLEARED: (
                self.tr("Cleared"),
                self.tr("New events appear here. The capture keeps all events."),
                (("unclear", self.tr("Show cleared events again")),),
            ),
            Empty.UNREADABLE: (self.tr("The capture cannot be read"), "", ()),
            Empty.NO_EVENTS: (self.tr("This capture has no events"), "", (connect,)),
        }[why]
        title, text, keys = found
        return title, text, tuple(keys)
