"""The preferences, page by page. Owner: its opener. Thread: the window's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from clacks_monitor.gui.kit.screen_fit import fit_screen
from clacks_monitor.gui.preferences.preference_pages import CapturesPage, GeneralPage, NotificationsPage, TimesPage

if TYPE_CHECKING:
    from clacks_monitor.core.store import Retention
    from clacks_monitor.gui.kit.theme import Scheme
    from clacks_monitor.gui.kit.time_format import TimeFormat
    from clacks_monitor.gui.preferences.window_preferences import Notifications


_WIDTH = 70
"""Characters in a line of the dialog, so that few hints are broken."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that the dialog shows, as it is or as it was chosen."""

    language: str
    scheme: Scheme
    zoom: int
    restore: bool
    times: TimeFormat
    limits: Retention
    schema_folders: tuple[str, ...]
    notifications: Notifications
    still: bool = False


class PreferencesDialog(QDialog):
    """``chosen()`` is what was entered."""

    def __init__(self, now: Chosen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.tabs = QTabWidget(self)
        self.general = GeneralPage(
            now.language, now.scheme, now.zoom, still=now.still, restore=now.restore, parent=self
        )
        self.times = TimesPage(now.times, self)
        self.captures = CapturesPage(now.limits, now.schema_folders, self)
        self.notifications = NotificationsPage(now.notifications, self)
        for page, title in (
            (self.general, self.tr("&General")),
            (self.times, self.tr("T&imes")),
            (self.captures, self.tr("Ca&ptures")),
            (self.notifications, self.tr("&Notifications")),
        ):
            self.tabs.addTab(page, title)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        column = QVBoxLayout(self)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.tabs.setUsesScrollButtons(False)
        characters = self.fontMetrics().averageCharWidth()
        self.resize(self.sizeHint().expandedTo(QSize(_WIDTH * characters, 0)))
        fit_screen(self)

    def chosen(self) -> Chosen:
        """Return what was entered."""
        return Chosen(
            language=self.general.language,
            scheme=self.general.scheme,
            zoom=self.general.zoom,
            restore=self.general.restore,
            times=self.times.times,
            limits=self.captures.limits,
            schema_folders=self.captures.schema_folders,
            notifications=self.notifications.notifications,
            still=self.general.still,
        )
