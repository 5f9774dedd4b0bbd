"""The commands of the Help menu: the manual at the place of what has the focus, first steps, cheat sheet, about.

What shows the manual is loaded when it is first asked for. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QLocale, QObject, Qt, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from clacks_monitor import __version__
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.manual.places import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.forms.vocabulary import ElementInfo
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.manual.manual_window import ManualWindow

FIRST_STEPS = {"en": "first-steps.md", "de": "de/erste-schritte.md"}
CHEAT_SHEET = "filter-cheat-sheet.md"
_WINDOW, _ABOUT = "clacks_monitor.gui.manual.manual_window", "clacks_monitor.gui.manual.about_text"
_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)


class HelpActions(QObject):
    """Registers the commands, and gives every other window and dialog the key of the manual when it gets the focus."""

    def __init__(
        self,
        window: QMainWindow,
        commands: Commands,
        theme: Theme,
        folders: Folders,
        vocabulary: Callable[[], Iterable[ElementInfo]],
    ) -> None:
        super().__init__(window)
        self._window, self._commands, self._theme = window, commands, theme
        self._folders, self._vocabulary = folders, vocabulary
        commands.on("help.manual", self.explain)
        commands.on("help.first", self.show_first_steps)
        commands.on("help.xquery", self.show_cheat_sheet)
        commands.on("about", self.about)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._offer)

    @Slot("QWidget*", "QWidget*")
    def _offer(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Let the key of the manual work in a window that is not the main one: a modal dialog blocks the main one's."""
        top = new.window() if new is not None else None
        if top is None or top.windowType() in _PASSING:
            return
        if top.findChild(HelpActions, options=Qt.FindChildOption.FindDirectChildrenOnly) is not None:
            return  # a main window
        if top.findChild(QShortcut, "manual", Qt.FindChildOption.FindDirectChildrenOnly) is None:
            shortcut = QShortcut(self._commands["help.manual"].shortcut(), top)
            shortcut.setObjectName("manual")
            shortcut.activated.connect(self.explain)

    @Slot()
    def explain(self) -> None:
        """Open the manual at the place of what has the focus."""
        self.open(place_of(QApplication.focusWidget()))

    @Slot()
    def show_first_steps(self) -> None:
        """Open the first steps, in the language of the window where there is a translation."""
        self.open(FIRST_STEPS.get(QLocale().name()[:2], FIRST_STEPS["en"]))

    @Slot()
    def show_cheat_sheet(self) -> None:
        """Open the cheat sheet with this site's event types."""
        self.open(CHEAT_SHEET)

    def open(self, place: str) -> ManualWindow:
        """Open the manual; over a modal dialog as its child, because all other windows are blocked then."""
        above = QApplication.activeModalWidget() or self._window
        kind = import_module(_WINDOW).ManualWindow
        manual = cast("ManualWindow | None", above.findChild(kind, options=Qt.FindChildOption.FindDirectChildrenOnly))
        if manual is None:
            manual = cast("ManualWindow", kind(self._theme, self._vocabulary, above))
        manual.open(place)
        manual.show()
        manual.raise_()
        manual.activateWindow()
        return manual

    @Slot()
    def about(self) -> None:
        """Show name, version, licence, libraries and folders of the program."""
        parts = import_module(_ABOUT)
        name = self.tr("Clacks Event Monitor")
        lines = [
            self.tr("Watches, filters and sends the events of a Clacks bus."),
            self.tr("Apache License 2.0, without warranty."),
            "",
            parts.versions(),
            "",
            *(f"{self._folder_name(key)}: {path}" for key, path in parts.folders(self._folders)),
        ]
        message_boxes.about(self._window, self.tr("About"), f"{name} {__version__}", "\n".join(lines))

    def _folder_name(self, key: str) -> str:
        names = {
            "config": self.tr("Settings"),
            "profiles": self.tr("Profiles"),
            "boards": self.tr("Boards"),
            "schemas": self.tr("Schemas"),
            "templates": self.tr("Templates"),
            "captures": self.tr("Captures"),
            "state": self.tr("State"),
        }
        return names[key]
