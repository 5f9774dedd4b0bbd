"""The main window's first frame: all that is seen and typed into at once. It decides how fast the program feels.

What it takes to build this is all that the program imports before the window is there; the session, the query
language, XML and what acts on them follow when it is painted. Owner: the application. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QToolBar, QToolButton, QWidget

from clacks_monitor.gui.kit.commands import Commands
from clacks_monitor.gui.kit.layouts import child, load_layout, put
from clacks_monitor.gui.profiles.profile_picker import ProfilePicker
from clacks_monitor.gui.query.filter_bar import FilterBar
from clacks_monitor.gui.query.filter_state import FilterState
from clacks_monitor.gui.window.bars.status_bar import StatusBar
from clacks_monitor.gui.window.window_layout import WindowLayout

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.empty_state import EmptyState


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

    empty: EmptyState

    def __init__(self, theme: Theme, settings: QSettings, *, awaits: bool = False) -> None:
        super().__init__()
        self.theme, self._settings = theme, settings
        self._load()
        self.commands = Commands(self, theme, settings)
        self.filter = FilterState(self)
        self.filter_bar = FilterBar(self)
        self.status = StatusBar(theme, self)
        self.setStatusBar(self.status)
        self.picker = ProfilePicker(theme, self)
        self.filter_bar.set_up(self.filter, theme, self.commands)
        self._build_bars()
        self.commands.on("quit", self.quit)
        if awaits:
            self._show_headings()
        else:
            self._show_empty()
        self.layout_keeper.restore()

    # -- the first frame -----------------------------------------------------------------------------------------

    def _load(self) -> None:
        """Build what the form says; of table and empty state the one that is shown is made by its own method."""
        hidden = dict.fromkeys(("TroubleBar", "FilterEditor", "FindBar"), _hidden_place)
        blank = dict.fromkeys(
            ("EventTable", "EmptyState", "TypesView", "ProfilesView", "DetailPane", "Timeline"), _blank_place
        )
        load_layout("main_window", self, **hidden, **blank)
        self.stack = child(self, QStackedWidget, "stack")

    def _show_headings(self) -> None:
        from clacks_monitor.gui.table.headings import Headings  # noqa: PLC0415 - the first frame shows these or the empty state

        headings = Headings(self)
        headings.horizontalHeader().setStyleSheet(self.theme.heading_sheet())
        headings.show_kept(self._settings)
        put(self, "table", headings)
        self.commands.place_in(headings, child(self, QWidget, "profiles"))
        headings.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_empty(self) -> None:
        from clacks_monitor.gui.table.empty_state import Empty, EmptyState  # noqa: PLC0415 - as above

        self.empty = EmptyState(self)
        self.empty.set_up(self.theme, self.commands)
        self.empty.explain(Empty.NO_CONNECTION)
        put(self, "empty", self.empty)
        self.stack.setCurrentWidget(self.empty)

    def _build_bars(self) -> None:
        self.layout_keeper = WindowLayout(self, self._settings)
        self.menus = self.commands.fill(self.menuBar())
        self.layout_keeper.add_to_menu(self.menus["view"])
        self.connection_button = QToolButton(self)
        self.connection_button.setText(QCoreApplication.translate("ConnectionActions", "Not connected"))
        self.connection_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.connection_button.setMenu(QMenu(self.connection_button))
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
