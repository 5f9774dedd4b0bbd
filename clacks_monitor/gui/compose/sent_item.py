"""The row of a sent event in the history: when, which type, where to, the outcome, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtWidgets import QTreeWidgetItem

from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.compose.outcome import failure_text
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from clacks_monitor.session.sending.history import SentEvent

_MILLION = 1_000_000


class SentItem(QTreeWidgetItem):
    """Shows ``sent`` in the columns of the history."""

    def __init__(self, sent: SentEvent) -> None:
        moment = QDateTime.fromMSecsSinceEpoch(sent.sent_ns // _MILLION)
        body = " ".join(sent.body[:400].decode("utf-8", "replace").split())
        super().__init__(
            [
                QLocale().toString(moment, QLocale.FormatType.ShortFormat),
                one_line(sent.type) or QCoreApplication.translate("HistoryPane", "(not an event)"),
                one_line(sent.connection),
                one_line(_outcome(sent)),
                one_line(sent.summary or body),
            ]
        )
        self.sent = sent
        self.setToolTip(0, moment.toString(Qt.DateFormat.ISODateWithMs))
        self.setToolTip(3, plain_tip(sent.detail))


def _outcome(sent: SentEvent) -> str:
    if sent.outcome is None:
        return QCoreApplication.translate("HistoryPane", "unknown")
    if sent.outcome is not SendOutcome.ACCEPTED:
        return failure_text(sent.outcome)
    if not sent.returned_ns:
        return QCoreApplication.translate("HistoryPane", "accepted")
    took = max(0, round((sent.returned_ns - sent.sent_ns) / _MILLION))
    return QCoreApplication.translate("HistoryPane", "received after {0} ms").format(QLocale().toString(took))
