"""The main window's first frame: all that is seen and typed into at once. It decides how fast the program feels.

What it takes to build this is all that the program imports before the window is there; the session, the query
language, XML and what acts on them follow when it is painted. Owner: the application. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Slot
from PySide6.QtGui import QPalette, QStatusTipEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QToolBar, QToolButton, QWidget
from typing_extensions import override

from clacks_monitor.gui.commands import Commands
from clacks_monitor.gui.empty_state import Empty, EmptyState
from clacks_monitor.gui.event_model import EventModel
from clacks_monitor.gui.event_table import EventTable
from clacks_monitor.gui.filter_bar import FilterBar
from clacks_monitor.gui.filter_state import FilterState
from clacks_monitor.gui.layouts import child, load_layout
from clacks_monitor.gui.profile_picker import ProfilePicker
from clacks_monitor.gui.profiles_dock import ProfilesView
from clacks_monitor.gui.status_bar import StatusBar
from clacks_monitor.gui.timeline import Timeline
from clacks_monitor.gui.types_dock import TypesView
from clacks_monitor.gui.window_layout import WindowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSettings

    from clacks_monitor.core.columns import FieldColumn
    from clacks_monitor.core.event import Row
    from clacks_monitor.gui.theme import Theme


def _hidden_place(parent: QWidget) -> QWidget:
    """Keep the place of what is shown when it is wanted."""
    place = QWidget(parent)
    place.setVisible(False)
    return place


def _blank_place(parent: QWidget) -> QWidget:
    """Keep the place of what comes right after the first frame."""
    place = QWidget(parent)
    place.setAutoFillBackground(True)
    place.setBackgroundRole(QPalette.ColorRole.Base)
    return place


class WindowFrame(QMainWindow):
    """The panes and bars, without a session.

    ``awaits`` says that a connection or a capture is about to be opened: the table waits for rows then, else it says
    how to get some.
    """

    def __init__(self, theme: Theme, settings: QSettings, *, awaits: bool = False) -> None:
        super().__init__()
        self.theme, self._settings = theme, settings
        self._load()
        self.commands = Commands(self, self.table, self.profiles, theme, settings)
        self.filter = FilterState(self)
        self.filter_bar = FilterBar(self)
        self.model = EventModel(self._rows, self)
        self.status = StatusBar(theme, self)
        self.setStatusBar(self.status)
        self.picker = ProfilePicker(theme, self)
        self._set_up_parts()
        self._build_bars()
        self.commands.on("quit", self.quit)
        if not awaits:
            self.empty.explain(Empty.NO_CONNECTION)
            self.stack.setCurrentWidget(self.empty)
        self.layout_keeper.restore()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the first frame -----------------------------------------------------------------------------------------

    def _load(self) -> None:
        own = (EventTable, EmptyState, TypesView, ProfilesView, Timeline)
        hidden = dict.fromkeys(("TroubleBar", "FilterEditor", "FindBar"), _hidden_place)
        load_layout("main_window", self, **{kind.__name__: kind for kind in own}, **hidden, DetailPane=_blank_place)
        self.table = child(self, EventTable, "table")
        self.empty = child(self, EmptyState, "empty")
        self.types = child(self, TypesView, "types")
        self.profiles = child(self, ProfilesView, "profiles")
        self.timeline = child(self, Timeline, "timeline")
        self.stack = child(self, QStackedWidget, "stack")

    def _set_up_parts(self) -> None:
        theme, commands = self.theme, self.commands
        self.table.show_model(self.model, theme)
        self.empty.set_up(theme, commands)
        self.types.set_up(theme)
        self.profiles.set_up(theme, commands)
        self.timeline.set_up(theme)
        self.filter_bar.set_up(self.filter, theme, commands)

    def _build_bars(self) -> None:
        self.layout_keeper = WindowLayout(self, self.table, self._settings)
        self.menus = self.commands.fill(self.menuBar())
        self.layout_keeper.add_to_menu(self.menus["view"])
        self.connection_button = QToolButton(self)
        self.connection_button.setText(QCoreApplication.translate("ConnectionActions", "Not connected"))
        self.connection_button.setIcon(self.theme.icon("disconnect", self.theme.muted))
        bar = QToolBar(self.tr("Toolbar"), self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(16, 16))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addWidget(self.connection_button)
        bar.addSeparator()
        bar.addAction(self.commands["pause"])
        bar.addAction(self.commands["clear"])
        bar.addSeparator()
        bar.addWidget(self.filter_bar)
        bar.addSeparator()
        bar.addWidget(self.picker)
        bar.addAction(self.commands["compose"])
        for button in bar.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.connection_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.addToolBar(bar)

    @Slot()
    def quit(self) -> None:
        """Close the window."""
        self.close()

    def _rows(self, sequences: Sequence[int], fields: Sequence[FieldColumn]) -> list[Row]:
        """Return rows of the table: none before there is a session."""
        del sequences, fields
        return []

    @override
    def event(self, event: QEvent) -> bool:
        """Show what a command under the pointer does beside the numbers, not over them."""
        if isinstance(event, QStatusTipEvent):
            self.status.line.say(event.tip())
            return True
        return super().event(event)
