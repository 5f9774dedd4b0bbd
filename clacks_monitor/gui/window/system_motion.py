"""Asks the desktop whether the user wants things to move less. Owner: the application. Thread: the window's.

The portal of the desktop knows; where there is none, or it knows nothing, no answer comes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher, QDBusVariant

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

_PORTAL: Final = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Settings",
)
_ASKED: Final = {
    ("org.freedesktop.appearance", "reduced-motion"): 1,
    ("org.gnome.desktop.interface", "enable-animations"): False,
}
"""The settings, and the value of each that stands for less motion."""


class SystemMotion(QObject):
    """Tells the theme when the desktop wants less motion."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def ask_desktop(self) -> None:
        """Ask the desktop of this session; a bus that is not named would be started."""
        if "DBUS_SESSION_BUS_ADDRESS" in os.environ:
            self.ask(QDBusConnection.sessionBus())

    def ask(self, bus: QDBusConnection) -> None:
        """Ask on a bus, without waiting for the answer and without starting a portal for it."""
        if not bus.isConnected():
            return
        for asked in _ASKED:
            message = QDBusMessage.createMethodCall(*_PORTAL, "ReadOne")
            message.setAutoStartService(False)
            message.setArguments(list(asked))
            watcher = QDBusPendingCallWatcher(bus.asyncCall(message), self)
            watcher.setProperty("asked", list(asked))
            watcher.finished.connect(self._on_answer)

    @Slot(QDBusPendingCallWatcher)
    def _on_answer(self, watcher: QDBusPendingCallWatcher) -> None:
        namespace, key = watcher.property("asked")
        reply = watcher.reply()
        watcher.deleteLater()
        if reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments():
            value = reply.arguments()[0]
            while isinstance(value, QDBusVariant):
                value = value.variant()
            if value == _ASKED[namespace, key]:
                self._theme.keep_still(system=True)
