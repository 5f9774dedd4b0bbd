"""The status bar: what was received, what is shown, what went wrong; grouped numbers, always visible.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QFrame, QStatusBar, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.plain_text import as_title, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.window.bars.counter import Counter
from clacks_monitor.gui.window.bars.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.notices import Counters
    from clacks_monitor.session.outages import Outage

MESSAGE_MS = 8_000
_AROUND = 14
"""Room around the text, in pixels: for the buttons that come, so that the window above stays where it is."""
_LEADING = frozenset({"invalid", "gaps"})


class StatusBar(QStatusBar):
    """Shows counters, the place of the filter, and the capture. A click on what went wrong asks to be led there."""

    invalid_wanted = Signal()
    gap_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizeGripEnabled(False)
        self._make_room()
        names = {
            "received": self.tr("Received events"),
            "shown": self.tr("Shown events"),
            "hidden": self.tr("Hidden events"),
            "invalid": self.tr("Invalid events"),
            "dropped": self.tr("Dropped events"),
            "gaps": self.tr("Gaps"),
            "rate": self.tr("Events per second"),
        }
        self.counters = {key: self._counter(name) for key, name in names.items()}
        self.counters["dropped"].setToolTip(self.tr("Events dropped because they arrived too fast"))
        invalid, gaps = self.counters["invalid"], self.counters["gaps"]
        invalid.setToolTip(self.tr("Invalid messages. Click: newest, F8: next"))
        gaps.setToolTip(self.tr("Times without a connection or storage. Click: newest, F8: next"))
        invalid.activated.connect(self.invalid_wanted)
        gaps.activated.connect(self.gap_wanted)
        self.counters["hidden"].setToolTip(self.tr("Received and hidden by the filter or the profiles"))
        self._rule()
        self.line = StatusLine(self)
        self.line.setAccessibleName(self.tr("Message, or state of the broker filter"))
        self.addWidget(self.line, 1)
        self.selection = self._counter(self.tr("Selected rows and the time between them"), right=True)
        self.selection.setVisible(False)
        self.capture = self._counter(self.tr("Capture file"), right=True)
        theme.changed.connect(self._recolour)
        self._last: Counters | None = None
        self.show_counters(None)

    def _make_room(self) -> None:
        self.setMinimumHeight(self.fontMetrics().height() + _AROUND)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def _counter(self, name: str, *, right: bool = False) -> Counter:
        counter = Counter(self)
        counter.setAccessibleName(spoken(name))
        if right:
            self.addPermanentWidget(counter)
        else:
            self.addWidget(counter)
        return counter

    def _rule(self) -> None:
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(line.palette().ColorRole.Mid)
        self.addWidget(line)

    def show_selection(self, text: str) -> None:
        """Say how many rows are selected and how far apart they are, nothing for ""."""
        self.selection.show_texts((text, self._theme.text))
        self.selection.setVisible(bool(text))

    @Slot()
    def _recolour(self) -> None:
        self.show_selection(self.selection.text())
        self.show_counters(self._last)
        self.capture.show_texts((self.capture.text(), self._theme.text))

    # -- counters ------------------------------------------------------------------------------------------------

    def show_counters(self, counters: Counters | None) -> None:
        """Show the numbers, or noughts."""
        self._last = counters
        theme = self._theme
        for key, word, colour in (
            ("received", self.tr("received"), None),
            ("shown", self.tr("shown"), None),
            ("hidden", self.tr("hidden"), None),
            ("invalid", self.tr("invalid"), theme.bad),
            ("dropped", self.tr("dropped"), theme.bad),
            ("gaps", self.tr("gap") if counters and counters.gaps == 1 else self.tr("gaps"), theme.warn),
        ):
            value: int = getattr(counters, key, 0)
            shade = colour if value else None
            number, said = (formats.number(value), shade or theme.text), (word, shade or theme.muted)
            self.counters[key].show_texts(number, said, leads=bool(shade) and key in _LEADING)
        self.counters["rate"].show_texts((formats.rate(counters.rate if counters else 0.0), theme.text))

    # -- connections and capture ---------------------------------------------------------------------------------

    def show_connections(self, statuses: Iterable[ConnectionStatus], outages: Sequence[Outage]) -> None:
        """Say which connections are down, and where subscription filters run."""
        from clacks_monitor.gui.kit import connection_texts  # not for the first frame

        self.line.stand(*connection_texts.standing(statuses, outages), ink=self._theme.bad if outages else None)

    def show_capture(self, path: Path, size_bytes: int, *, temporary: bool, again: bool = False) -> None:
        """Name the capture and its size; what the demo sent comes ``again`` and needs no saving."""
        self.capture.setVisible(not again)
        name = self.tr("not saved") if temporary else path.name
        self.capture.show_texts((f"{as_title(name)} {formats.size(size_bytes)}", self._theme.text))
        text = self.tr("Received events are in a temporary capture of this size. Save it to keep them.")
        text = text if temporary else str(path)
        if self.capture.toolTip() != text:
            self.capture.setToolTip(plain_tip(text))

    @Slot(str)
    def notify(self, text: str) -> None:
        """Say something for a few seconds, beside the numbers: Qt's own messages would cover them."""
        self.line.show_message(text, MESSAGE_MS)
