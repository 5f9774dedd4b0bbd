"""The broker filters of the open connections: setting one, showing each as a chip, removing it.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.connections.connection_actions import ConnectionActions
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.window.bars.chip_bar import ChipBar
    from clacks_monitor.session.connections import Connections

_KEY: Final = "subscription:"


class SubscriptionActions(QObject):
    """``notified`` and ``failed`` carry what to say."""

    notified = Signal(str)
    failed = Signal(str)

    def __init__(
        self, connections: Connections, actions: ConnectionActions, commands: Commands, chips: ChipBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._connections, self._actions, self._chips, self._window = connections, actions, chips, window
        self._command = commands["subscription.remove"]
        commands.on("subscription.remove", self.remove_all)
        chips.removed.connect(self._remove_chip)
        actions.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show a chip for each open connection whose broker is asked for some events only."""
        live = {settings.id: settings for settings in self._actions.live() if settings.subscription.strip()}
        for key in list(self._chips.chips):
            if key.startswith(_KEY) and key.removeprefix(_KEY) not in live:
                self._chips.hide_chip(key)
        alone = len(self._actions.live()) == 1
        for identity, settings in live.items():
            # Declarations come first and are the same in every query; the tooltip has it whole.
            query = one_line(settings.subscription.rpartition(";")[2] or settings.subscription)
            text = self.tr("Broker filter: %1") if alone else self.tr("Broker filter of %2: %1")
            text = text.replace("%2", one_line(settings.name, 30)).replace("%1", query)
            self._chips.show_chip(_KEY + identity, text, settings.subscription, self.tr("Receive all events again"))
        self._command.setEnabled(bool(live))

    def ask(self, text: str) -> None:
        """Let the user decide whether the broker sends only what a filter matches, on the connection that is open."""
        live = self._actions.live()
        if not live:
            self.notified.emit(self.tr("The broker filter belongs to a connection. Connect first."))
            return
        question = self.tr("Receive only events from %1 that match the current filter? Other events are not recorded.")
        if not text.strip():
            question = self.tr("Remove the broker filter and receive all events from %1?")
        if message_boxes.agrees(self._window, self.tr("Broker filter"), question.replace("%1", live[0].name)):
            self._subscribe(live[0].id, text)

    @Slot()
    def remove_all(self) -> None:
        """Receive all events again, on every open connection."""
        for settings in self._actions.live():
            if settings.subscription.strip():
                self._subscribe(settings.id, "")

    @Slot(str)
    def _remove_chip(self, key: str) -> None:
        if key.startswith(_KEY):
            self._subscribe(key.removeprefix(_KEY), "")

    def _subscribe(self, connection_id: str, text: str) -> None:
        reason = self._connections.subscribe(connection_id, text)
        if reason:
            self.failed.emit(translated(reason))
        self.refresh()
