"""The menu of captures that were open lately. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from clacks_monitor.gui.kit.plain_text import as_caption, literal

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

MOST = 10
MAX_PATH = 4_096
"""Characters of a path; what is longer in the settings is not from this program."""
_KEY = "captures/recent"


class RecentCaptures(QObject):
    """``wanted`` carries the path of the capture that was chosen.

    Whether the files are still there is not looked at before one is chosen: a folder of another machine may take long
    to answer.
    """

    wanted = Signal(object)

    def __init__(self, settings: QSettings, menu: QMenu, after: QAction, parent: QObject) -> None:
        """Add the menu to ``menu``, between the action ``after`` and the next one."""
        super().__init__(parent)
        self._settings = settings
        self.menu = QMenu(self.tr("Recent c&aptures"), menu)
        self.menu.setToolTipsVisible(True)
        actions = menu.actions()
        menu.insertMenu(actions[actions.index(after) + 1], self.menu)
        self.menu.aboutToShow.connect(self._fill)
        self._show_whether_any()

    def paths(self) -> list[Path]:
        """Return the captures, the one that was open last first."""
        stored = self._settings.value(_KEY, [])
        texts = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(text) for text in texts if isinstance(text, str) and 0 < len(text) <= MAX_PATH][:MOST]

    def add(self, path: Path) -> None:
        """Put a capture at the top."""
        self._store([path, *(other for other in self.paths() if other != path)][:MOST])

    @Slot()
    def clear(self) -> None:
        """Forget all of them."""
        self._store([])

    def _store(self, paths: list[Path]) -> None:
        self._settings.setValue(_KEY, [str(path) for path in paths])
        self._show_whether_any()

    def _show_whether_any(self) -> None:
        self.menu.menuAction().setEnabled(bool(self.paths()))

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        for path in self.paths():
            action = self.menu.addAction(as_caption(path.name))
            action.setToolTip(literal(str(path)))
            action.setData(str(path))
            action.triggered.connect(self._open)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("&Clear this list"), self.clear)

    @Slot()
    def _open(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.wanted.emit(Path(str(action.data())))
