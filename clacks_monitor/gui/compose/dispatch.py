"""Sending from the compose window: what speaks against it, what has to be confirmed, what became of it.

Owner: the compose window. Thread: the window's; what ``burst_strategy`` returns is called on a burst's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCheckBox, QMainWindow, QPushButton

from clacks_monitor.core.untrusted import MAX_LINE
from clacks_monitor.gui.compose import effects
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.gui.compose.draft import empty_fields
from clacks_monitor.gui.compose.outcome import OutcomeLine
from clacks_monitor.gui.compose.repeats import summary_of
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.sending import SendResult, Via
    from clacks_monitor.gui.compose.draft_tabs import DraftTabs
    from clacks_monitor.gui.compose.target import Target
    from clacks_monitor.session.sending.composing import Composing


@dataclass(frozen=True, slots=True)
class BurstStrategy:
    """How a burst sends: a function for its thread, and what that function stands for."""

    send: Callable[[bytes], int]
    connection_id: str
    via: Via


class Dispatch(QObject):
    """Owns the lower edge of the window: outcome, reason, the box to send it broken, and the button."""

    def __init__(self, composing: Composing, target: Target, window: QMainWindow, drafts: DraftTabs) -> None:
        super().__init__(window)
        self._composing = composing
        self._target = target
        self._window = window
        self._drafts = drafts
        self._problems = 0
        self._outcome = child(window, OutcomeLine, "outcome")
        self._sending_to = ""
        self._outcome.hide()
        self._reason = child(window, Note, "reason")
        self._broken = child(window, QCheckBox, "brokenBox")
        self._button = child(window, QPushButton, "sendButton")
        self._action = child(window, QAction, "actionSend")
        self._broken.toggled.connect(self.refresh)

    def show(self, *, problems: int) -> None:
        """Take note of how many problems the event has."""
        self._problems = problems
        self.refresh()

    def why_not(self) -> str:
        """Return why the event cannot be sent as it is now, "" when it can."""
        reason = self._target.why_not()
        if not reason and self._problems and not self._broken.isChecked():
            reason = self.tr("%Ln problem(s): fix them or tick “Send anyway”.", "", self._problems)
        return reason

    def refresh(self) -> None:
        """Say on the button what it will do, and beside it why it cannot."""
        broken = self._problems > 0
        reason = self.why_not()
        said = as_caption(self._target.message(broken=broken), MAX_LINE)
        self._broken.setVisible(broken)
        self._action.setText(said)
        self._button.setText(said)
        self._button.setEnabled(not reason)
        self._button.setToolTip(
            plain_tip(reason or self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        )
        empty = 0 if reason else empty_fields(self._drafts.current)
        warning = self.tr("%Ln required field(s) are empty.", "", empty) if empty else ""
        self._reason.set_text(reason or warning, Tone.WARN if warning else Tone.HELP)
        self._reason.setVisible(bool(reason or warning))

    def _refused(self) -> bool:
        """Say aloud why nothing is sent; the outcome of what was sent before stays."""
        reason = self.why_not()
        if reason:
            self._reason.set_text(reason, Tone.BAD)
            self._reason.show()
        return bool(reason)

    def send(self, body: bytes) -> bool:
        """Send one event; whether it is on its way."""
        settings = self._target.settings
        if self._refused() or settings is None or not self._confirmed():
            return False
        draft = self._drafts.current
        summary = summary_of(draft.form.root) if draft.form is not None else ""
        via = self._target.via
        draft.ticket = self._composing.send(
            settings.id, body, via, type_name=draft.type_name, summary=summary, topic=self._target.topic
        )
        draft.result = None
        self._sending_to = self._target.name
        self.show_draft()
        return True

    def show_draft(self) -> None:
        """Show what became of the draft that is shown now, nothing where it was not sent."""
        draft = self._drafts.current
        if draft.result is not None:
            self._outcome.show_result(draft.result)
        elif draft.ticket:
            self._outcome.show_sending(self._sending_to)
        else:
            self._outcome.hide()

    def burst_strategy(self) -> BurstStrategy | None:
        """Return how a burst sends, None when something speaks against sending."""
        settings = self._target.settings
        if self._refused() or settings is None or not self._confirmed():
            return None
        identity, via, topic = settings.id, self._target.via, self._target.topic
        return BurstStrategy(lambda body: self._composing.sender.send(identity, body, via, topic=topic), identity, via)

    def _confirmed(self) -> bool:
        """Whether sending needs no confirmation, or has it: production asks for one that is typed."""
        settings = self._target.settings
        name = self._drafts.current.type_name
        found = self._composing.effects.without_profiles(name, settings) if settings is not None else None
        if settings is None or found is None:
            return False
        if not found.confirm:
            return True
        what = self.tr("{0} will be sent to the production bus {1}.").format(
            name or self.tr("An event"), settings.domain
        )
        dialog = ConfirmDialog(what, effects.summary(found), found.confirm_text, self._window)
        confirmed = dialog.exec() == ConfirmDialog.DialogCode.Accepted
        dialog.deleteLater()
        return confirmed

    def is_last(self, result: SendResult) -> bool:
        """Whether an outcome is that of the event that was sent last."""
        return result.ticket == self._drafts.current.ticket

    def settle(self, result: SendResult) -> None:
        """Note what became of an event, and show it if it is the last one."""
        self._composing.history.settle(result)
        for draft in self._drafts.all():
            if draft.ticket and draft.ticket == result.ticket:
                draft.result = result
        if self.is_last(result):
            self.show_draft()
