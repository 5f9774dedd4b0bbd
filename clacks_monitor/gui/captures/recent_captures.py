"""The menu of captures that were open lately. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from clacks_monitor.core.archive_url import ArchiveUrl, parse_archive_url
from clacks_monitor.core.archives import names_archive
from clacks_monitor.gui.kit.plain_text import as_caption, literal

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

MOST = 10
MAX_PATH = 4_096
"""Characters of a path; what is longer in the settings is not from this program."""
_KEY = "captures/recent"


class RecentCaptures(QObject):
    """``wanted`` carries the path of the capture that was chosen, or the URL of the archive.

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

    def addresses(self) -> list[Path | str]:
        """Return captures, and archives by their URLs, the one that was open last first."""
        stored = self._settings.value(_KEY, [])
        texts = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        usable = [text for text in texts if isinstance(text, str) and 0 < len(text) <= MAX_PATH]
        return [text if names_archive(text) else Path(text) for text in usable][:MOST]

    def archives(self) -> list[str]:
        """Return the URLs of archives, the one that was open last first."""
        return [address for address in self.addresses() if isinstance(address, str)]

    def add(self, address: Path | str) -> None:
        """Put a capture or an archive at the top."""
        self._store([address, *(other for other in self.addresses() if other != address)][:MOST])

    @Slot()
    def clear(self) -> None:
        """Forget all of them."""
        self._store([])

    def _store(self, addresses: list[Path | str]) -> None:
        self._settings.setValue(_KEY, [str(address) for address in addresses])
        self._show_whether_any()

    def _show_whether_any(self) -> None:
        self.menu.menuAction().setEnabled(bool(self.addresses()))

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        for address in self.addresses():
            caption = address.name if isinstance(address, Path) else self._caption_of_archive(address)
            action = self.menu.addAction(as_caption(caption))
            action.setToolTip(literal(str(address)))
            action.setData(str(address))
            action.triggered.connect(self._open)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("&Clear this list"), self.clear)

    def _caption_of_archive(self, url: str) -> str:
        found = parse_archive_url(url) or ArchiveUrl()
        text = self.tr("Archive %1 on %2") if found.host else self.tr("Archive %1")
        return text.replace("%1", found.database).replace("%2", found.host)

    @Slot()
    def _open(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            address = str(action.data())
            self.wanted.emit(address if names_archive(address) else Path(address))
