"""What became of the last sent event; it stays until the next one is sent.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from clacks_monitor.core.sending import Outcome, SendResult

_MILLION = 1_000_000


class Tone(Enum):
    """How a line of outcome is meant; the theme gives each its colour."""

    PLAIN = ""
    GOOD = "good"
    WAITING = "waiting"
    BAD = "bad"


_SIGNS = {Tone.PLAIN: "", Tone.GOOD: "✓ ", Tone.WAITING: "… ", Tone.BAD: "✗ "}


def clock(wall_ns: int) -> str:
    """Return the local time of day of a wall clock in nanoseconds."""
    return datetime.fromtimestamp(wall_ns / 1e9, tz=UTC).astimezone().strftime("%H:%M:%S")


class OutcomeLine(QLabel):
    """One line; ``row_wanted`` tells the sequence number of the row that a sent event came back in."""

    row_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.tone = Tone.PLAIN

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a sentence."""
        self.tone = tone
        self.setText(_SIGNS[tone] + text)
        self.setAccessibleName(text)
        self.setProperty("tone", tone.value)
        self.style().polish(self)

    def show_sending(self, target: str) -> None:
        """An event is on its way."""
        self.say(self.tr("Sending to {0}…").format(target), Tone.WAITING)

    def show_result(self, result: SendResult) -> None:
        """Tell what became of it."""
        self.say(self.words(result), self._tone(result))

    @staticmethod
    def _tone(result: SendResult) -> Tone:
        if result.outcome is not Outcome.ACCEPTED:
            return Tone.BAD
        return Tone.GOOD if result.final else Tone.WAITING

    def words(self, result: SendResult) -> str:
        """The outcome as a sentence."""
        start = self.tr("Sent at {0}").format(clock(result.sent_ns)) if result.sent_ns else self.tr("Not sent")
        if result.outcome is not Outcome.ACCEPTED:
            return ": ".join(filter(None, [f"{start}, {self._failure(result.outcome)}", result.detail]))
        if result.returned_ns:
            took = max(0, round((result.returned_ns - result.sent_ns) / _MILLION))
            return self.tr("{0}, accepted, came back after {1} ms").format(start, f"{took:,}")
        if result.final:
            return self.tr("{0}, accepted by the broker, not routed to us").format(start) + (
                f": {result.detail}" if result.detail else ""
            )
        return self.tr("{0}, accepted, waiting for it to come back…").format(start)

    def _failure(self, outcome: Outcome) -> str:
        return {
            Outcome.INVALID: self.tr("refused as invalid"),
            Outcome.NOT_PERMITTED: self.tr("not permitted"),
            Outcome.NOT_CONNECTED: self.tr("not connected"),
            Outcome.REJECTED: self.tr("rejected by the broker"),
            Outcome.TIMED_OUT: self.tr("no answer in time"),
        }.get(outcome, outcome.value)
