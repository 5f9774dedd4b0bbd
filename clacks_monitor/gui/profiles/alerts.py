"""The alerts of profiles: a count in the status bar with a menu of the newest, a message, the desktop, a sound.

Owner: the main window. Thread: the window's. The commands of alerts are run by the session, not here.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QToolButton, QWidget

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.plain_text import as_caption, notification, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.session.notices import AlertKind, AlertRaised

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.preferences.window_preferences import WindowPreferences
    from clacks_monitor.gui.window.bars.status_bar import StatusBar

KEPT = 20


_SHOWN = 200
"""Characters of an alert in the menu."""


class AlertList(QObject):
    """``row_wanted`` carries the sequence number of the event that an alert is about."""

    row_wanted = Signal(int)

    def __init__(
        self, status: StatusBar, theme: Theme, command: QAction, preferences: WindowPreferences, window: QWidget
    ) -> None:
        super().__init__(window)
        self._preferences = preferences
        self._status, self._theme, self._window = status, theme, window
        self._command = command
        self._newest: deque[AlertRaised] = deque(maxlen=KEPT)
        self._unseen = 0
        self._tray: QSystemTrayIcon | None = None
        self.button = QToolButton(status)
        self.button.setAutoRaise(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setAccessibleName(self.tr("Alerts"))
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill)
        self._menu.aboutToHide.connect(self._seen)
        self.button.setMenu(self._menu)
        status.addPermanentWidget(self.button)
        command.triggered.connect(self.button.showMenu)
        theme.changed.connect(self._show_count)
        self._show_count()

    def message(self, alert: AlertRaised) -> str:
        """Return what happened, in one line."""
        if alert.kind is AlertKind.MATCHED:
            text = self.tr("%1: %Ln event(s) matched", "", alert.count)
        elif alert.kind is AlertKind.ABSENT:
            text = self.tr("%1: no match for %2")
        else:
            text = self.tr("%1: matches again after %2")
        return text.replace("%2", formats.duration(alert.silent_s)).replace("%1", alert.name)

    @Slot(object)
    def on_alert(self, alert: AlertRaised) -> None:
        """Show an alert."""
        self._newest.appendleft(alert)
        text = self.message(alert)
        self._status.notify(text)
        if alert.kind is AlertKind.RETURNED:
            return
        self._unseen += 1
        self._show_count()
        allowed = self._preferences.notifications
        if allowed.taskbar:
            QApplication.alert(self._window)
        if alert.alert.sound and allowed.sound:
            QApplication.beep()
        if alert.alert.tray and allowed.desktop:
            self.notify(text)

    @Slot(str)
    def notify(self, text: str) -> None:
        """Show a notification on the desktop, where there is a tray; the status bar has shown the message already."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.setToolTip(self.tr("Clacks Event Monitor"))
            self._tray.activated.connect(self._raise)
            self._tray.messageClicked.connect(self._raise)
            self._tray.show()
        self._tray.showMessage(self.tr("Clacks Event Monitor"), notification(text))

    @Slot()
    def _raise(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()

    # -- the count and what is behind it -------------------------------------------------------------------------

    @Slot()
    def _show_count(self) -> None:
        self.button.setVisible(bool(self._newest))
        self._command.setEnabled(bool(self._newest))
        colour = self._theme.warn if self._unseen else self._theme.muted
        self.button.setIcon(self._theme.icons.icon("alert", colour))
        text = self.tr("%Ln alert(s)", "", self._unseen) if self._unseen else self.tr("Alerts")
        self.button.setText(text)
        newest = self.message(self._newest[0]) if self._newest else ""
        self.button.setToolTip(
            plain_tip(f"{formats.clock_short(self._newest[0].wall_ns)}  {newest}" if self._newest else "")
        )
        self.button.setAccessibleDescription(spoken(f"{text}. {newest}"))

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        for alert in self._newest:
            text = f"{formats.clock_short(alert.wall_ns)}  {as_caption(self.message(alert), _SHOWN)}"
            action = self._menu.addAction(text)
            action.setData(alert.sequence)
            action.setEnabled(alert.sequence > 0)
            action.triggered.connect(self._go)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Clear the list")).triggered.connect(self.clear)

    @Slot()
    def _go(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.row_wanted.emit(int(action.data()))

    @Slot()
    def _seen(self) -> None:
        self._unseen = 0
        self._show_count()

    @Slot()
    def clear(self) -> None:
        """Forget the alerts."""
        self._newest.clear()
        self._seen()
