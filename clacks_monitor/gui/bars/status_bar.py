"""The status bar: what was received, what is shown, what went wrong; grouped numbers, always visible.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QStatusBar, QWidget

from clacks_monitor.gui import formats
from clacks_monitor.gui.bars.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.gui.theme import Theme
    from clacks_monitor.session.notices import Counters

MESSAGE_MS = 8_000
_AROUND = 14
"""Room around the text, in pixels: for the buttons that come, so that the window above stays where it is."""
_LINKS = frozenset({"invalid", "gaps"})


class StatusBar(QStatusBar):
    """Shows counters, the place of the filter, and the capture. A click on what went wrong asks to be led there."""

    invalid_wanted = Signal()
    gap_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: dict[str, str] = {}
        self.setSizeGripEnabled(False)
        self.setMinimumHeight(self.fontMetrics().height() + _AROUND)
        names = {
            "received": self.tr("Received events"),
            "shown": self.tr("Shown events"),
            "hidden": self.tr("Hidden events"),
            "invalid": self.tr("Invalid events"),
            "dropped": self.tr("Dropped events"),
            "gaps": self.tr("Gaps"),
            "rate": self.tr("Events a second"),
        }
        self._labels = {key: self._label(name) for key, name in names.items()}
        self._labels["dropped"].setToolTip(self.tr("Events that could not be kept because they came too fast"))
        invalid, gaps = self._labels["invalid"], self._labels["gaps"]
        invalid.setToolTip(self.tr("Messages that are no good events; a click goes to the newest, F8 to the next"))
        gaps.setToolTip(self.tr("Times in which nothing could be seen; a click goes to the newest, F8 to the next"))
        invalid.linkActivated.connect(self.invalid_wanted)
        gaps.linkActivated.connect(self.gap_wanted)
        self._labels["hidden"].setToolTip(self.tr("Received, and hidden by the filter or the profiles"))
        self._rule()
        self.line = StatusLine(self)
        self.line.setAccessibleName(self.tr("Message, or where the filter runs"))
        self.addWidget(self.line, 1)
        self._capture = self._label(self.tr("Capture file"), right=True)
        theme.changed.connect(self._recolour)
        self.show_counters(None)

    def _label(self, name: str, *, right: bool = False) -> QLabel:
        label = QLabel(self)
        label.setAccessibleName(name)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setContentsMargins(4, 0, 4, 0)
        if right:
            self.addPermanentWidget(label)
        else:
            self.addWidget(label)
        return label

    def _rule(self) -> None:
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.VLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(line.palette().ColorRole.Mid)
        self.addWidget(line)

    @Slot()
    def _recolour(self) -> None:
        again, self._shown = self._shown, {}
        del again

    # -- counters ------------------------------------------------------------------------------------------------

    def show_counters(self, counters: Counters | None) -> None:
        """Show the numbers, or noughts; only what has changed is laid out again."""
        bad, warn = self._theme.bad.name(), self._theme.warn.name()
        for key, word, colour in (
            ("received", self.tr("received"), ""),
            ("shown", self.tr("shown"), ""),
            ("hidden", self.tr("hidden"), ""),
            ("invalid", self.tr("invalid"), bad),
            ("dropped", self.tr("dropped"), bad),
            ("gaps", self.tr("gap") if counters and counters.gaps == 1 else self.tr("gaps"), warn),
        ):
            value: int = getattr(counters, key, 0)
            self._say(key, formats.number(value), word, colour if value else "", link=key in _LINKS)
        self._say("rate", formats.rate(counters.rate if counters else 0.0), "")

    def _say(self, key: str, number: str, word: str, colour: str = "", *, link: bool = False) -> None:
        said = f"{number} {word}{colour}"
        if self._shown.get(key) == said:
            return
        self._shown[key] = said
        ink = colour or self._theme.text.name()
        muted = colour or self._theme.muted.name()
        label = self._labels[key]
        text = f'<span style="color:{ink}">{number}</span> <span style="color:{muted}">{word}</span>'
        if link and colour:
            text = f'<a href="{key}" style="text-decoration:none">{text}</a>'
        label.setText(text)
        label.setAccessibleDescription(f"{number} {word}".strip())

    # -- connections and capture ---------------------------------------------------------------------------------

    def show_filter_place(self, statuses: Iterable[ConnectionStatus]) -> None:
        """Say where subscription filters run."""
        from clacks_monitor.gui.connections import connection_words  # noqa: PLC0415 - not for the first frame

        self.line.stand(*connection_words.standing(statuses))

    def show_capture(self, path: Path, size_bytes: int, *, temporary: bool) -> None:
        """Name the capture and its size."""
        name = self.tr("not saved") if temporary else path.name
        self._capture.setText(f"{name} {formats.size(size_bytes)}")
        told = self.tr("This capture is temporary: save it to keep it.") if temporary else str(path)
        self._capture.setToolTip(told)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say something for a few seconds, beside the numbers: Qt's own messages would cover them."""
        self.line.say(text, MESSAGE_MS)
