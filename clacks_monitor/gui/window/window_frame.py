"""The main window's first frame: what is seen and typed into at once. It decides how fast the program feels.

Building it takes everything that the program imports before the window is shown; the session, the query language, XML
and the actions follow once it is painted. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QMenu, QStackedWidget, QToolBar, QToolButton, QWidget

from clacks_monitor.gui.kit.commands import Commands
from clacks_monitor.gui.kit.layouts import child, put
from clacks_monitor.gui.profiles.profile_picker import ProfilePicker
from clacks_monitor.gui.query.filter_bar import FilterBar
from clacks_monitor.gui.query.filter_state import FilterState
from clacks_monitor.gui.ui.ui_main_window import Ui_MainWindow
from clacks_monitor.gui.window.bars.status_bar import StatusBar
from clacks_monitor.gui.window.window_layout import WindowLayout

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.empty_state import EmptyState


class WindowFrame:
    """Menus, bars, and the places of the panes in a window that has no session yet.

    ``awaits`` says that a connection or a capture is about to be opened: the table shows its headings then, else
    the empty state offers ways to get events.
    """

    def __init__(self, window: QMainWindow, theme: Theme, settings: QSettings, *, awaits: bool) -> None:
        self._window, self._theme, self._settings = window, theme, settings
        self.empty: EmptyState | None = None
        self._load()
        self.commands = Commands(window, theme, settings)
        self.filter = FilterState(window)
        self.filter_bar = FilterBar(window)
        self.status = StatusBar(theme, window)
        window.setStatusBar(self.status)
        self.picker = ProfilePicker(theme, window)
        self.filter_bar.set_up(self.filter, theme, self.commands)
        self.layout = WindowLayout(window, settings)
        self.menus = self.commands.fill(window.menuBar())
        self.layout.add_to_menu(self.menus["view"])
        self.connection_button = self._connection_button()
        self._build_toolbar()
        if awaits:
            self._show_headings()
        else:
            self._show_empty()
        self.layout.restore()

    def _load(self) -> None:
        """Build the form, and hide or colour the places of what follows later."""
        Ui_MainWindow().setupUi(self._window)
        for name in ("trouble", "filterEditor", "findBar"):
            child(self._window, QWidget, name).setVisible(False)
        for name in ("table", "empty", "types", "profiles", "detail", "timeline"):
            place = child(self._window, QWidget, name)
            place.setAutoFillBackground(True)
            place.setBackgroundRole(QPalette.ColorRole.Base)
        self.stack = child(self._window, QStackedWidget, "stack")

    def _show_headings(self) -> None:
        from clacks_monitor.gui.table.headings import Headings  # the first frame shows these or the empty state

        headings = Headings(self._window)
        headings.horizontalHeader().setStyleSheet(self._theme.heading_sheet())
        headings.show_kept(self._settings)
        put(self._window, "table", headings)
        self.commands.place_in(headings, child(self._window, QWidget, "profiles"))
        headings.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_empty(self) -> None:
        from clacks_monitor.gui.table.empty_state import Empty, EmptyState  # as above

        self.empty = EmptyState(self._window)
        self.empty.set_up(self._theme, self.commands)
        self.empty.explain(Empty.NO_CONNECTION)
        put(self._window, "empty", self.empty)
        self.stack.setCurrentWidget(self.empty)

    def _connection_button(self) -> QToolButton:
        button = QToolButton(self._window)
        button.setText(QCoreApplication.translate("ConnectionActions", "Not connected"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        button.setIcon(self._theme.icons.icon("disconnect", self._theme.muted))
        return button

    def _build_toolbar(self) -> None:
        bar = QToolBar(QCoreApplication.translate("WindowFrame", "Toolbar"), self._window)
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
        self._window.addToolBar(bar)
