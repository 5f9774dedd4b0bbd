"""What became of the last sent event; it stays until the next one is sent.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

_MILLION = 1_000_000


def failure_text(outcome: SendOutcome) -> str:
    """Return why an event did not get onto the bus; "" for one that did."""
    translate = QCoreApplication.translate
    return {
        SendOutcome.INVALID: translate("Outcome", "refused as invalid"),
        SendOutcome.NOT_PERMITTED: translate("Outcome", "not permitted"),
        SendOutcome.NOT_CONNECTED: translate("Outcome", "not connected"),
        SendOutcome.REJECTED: translate("Outcome", "rejected by the broker"),
        SendOutcome.NOT_ROUTED: translate("Outcome", "not routed"),
        SendOutcome.TIMED_OUT: translate("Outcome", "timed out"),
    }.get(outcome, "")


def result_text(result: SendResult) -> str:
    """Return the outcome as a sentence."""
    translate = QCoreApplication.translate
    start = translate("Outcome", "Sent at {0}").format(formats.clock_short(result.sent_ns))
    if result.outcome is not SendOutcome.ACCEPTED:
        said = f"{start}, {failure_text(result.outcome)}"
        return f"{said}: {translated(result.detail)}" if result.detail else said
    if result.returned_ns:
        took = max(0, round((result.returned_ns - result.sent_ns) / _MILLION))
        text = translate("Outcome", "{0}, accepted, received after {1} ms")
        return text.format(start, formats.number(took))
    if result.final:
        return translate("Outcome", "{0}, accepted by the broker, not received here").format(start)
    return translate("Outcome", "{0}, accepted, waiting for the event…").format(start)


def tone_of(result: SendResult) -> Tone:
    """Return how an outcome is meant."""
    if result.outcome is not SendOutcome.ACCEPTED:
        return Tone.BAD
    if not result.final:
        return Tone.WAITING
    return Tone.GOOD if result.returned_ns else Tone.WARN


class OutcomeLine(Note):
    """One line; ``row_wanted`` tells the sequence number of the row that a sent event came back in."""

    row_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Tone.PLAIN, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sequence = 0
        self.show_button = QPushButton(self.tr("Show in table"), self)
        self.show_button.hide()
        self.show_button.clicked.connect(self._show)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.show_button)
            layout.setAlignment(self.icon, Qt.AlignmentFlag.AlignVCenter)

    def show_sending(self, target: str) -> None:
        """Say that an event is on its way."""
        self._sequence = 0
        self.show_button.hide()
        self.set_text(self.tr("Sending to {0}…").format(target), Tone.WAITING)
        self.show()

    def show_result(self, result: SendResult) -> None:
        """Tell what became of it."""
        self.set_text(result_text(result), tone_of(result))
        self.show()
        self._sequence = result.sequence
        self.show_button.setVisible(bool(result.sequence))

    def _show(self) -> None:
        self.row_wanted.emit(self._sequence)
