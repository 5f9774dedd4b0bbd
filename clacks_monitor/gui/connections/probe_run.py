"""Tries a connection out, and lists the steps of the trial.

Owner: the connection dialog. Thread: the window's; a trial runs on a thread of the session, which never touches Qt: its
steps wait in a mailbox, at which a timer looks. So the dialog can go, or try again, while a step is on its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from clacks_monitor.core.mailbox import Mailbox
from clacks_monitor.core.untrusted import paragraph
from clacks_monitor.gui.kit.icons import ICON_SIZE
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.gui.connections.store_port import ConnectionStorePort, ProbePort, StepPort
    from clacks_monitor.gui.kit.theme import Theme

_LOOK_MS = 40
"""How often a trial's steps are looked for."""


class ProbeRun(QObject):
    """Runs one trial at a time and shows its steps in ``steps``."""

    def __init__(self, connections: ConnectionStorePort, steps: QListWidget, theme: Theme) -> None:
        super().__init__(steps)
        self._connections = connections
        self._theme = theme
        self._steps = steps
        steps.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self._probe: ProbePort | None = None
        self._arrived: Mailbox[StepPort] = Mailbox(lambda: None)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._show_arrived)

    def start(self, settings: ConnectionSettings, password: str | None) -> None:
        """Try a connection; each step is shown when it is done."""
        self.cancel()
        self._steps.clear()
        self._steps.show()
        arrived: Mailbox[StepPort] = Mailbox(lambda: None)
        self._arrived = arrived
        self._probe = self._connections.probes.start(settings, password, lambda step: arrived.put([step]))
        self._timer.start()

    @Slot()
    def cancel(self) -> None:
        """End the trial that is under way; no more of its steps are shown."""
        if self._probe is not None:
            self._probe.cancel()
            self._probe = None
        self._timer.stop()

    @Slot()
    def _show_arrived(self) -> None:
        for step in self._arrived.drain():
            self._show(step)

    def _show(self, step: StepPort) -> None:
        name, colour = ("ok", self._theme.good) if step.ok else ("error", self._theme.bad)
        text = "\n".join(map(translated, (step.message, *step.detail)))
        item = QListWidgetItem(self._theme.icons.icon(name, colour), paragraph(text))
        message = self.tr("passed: {0}") if step.ok else self.tr("failed: {0}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken(message.format(text)))
        self._steps.addItem(item)
        self._steps.scrollToItem(item)
