"""Everything that was sent, with what became of it; any of it can be composed from, or sent again.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.compose.latest_task import LatestTask
from clacks_monitor.gui.compose.outcome import failure_text
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.ui.ui_compose_history import Ui_HistoryPane
from clacks_monitor.session.sending.history import SentEvent

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Thread

    from clacks_monitor.session.sending.composing import Composing

PAGE = 200
SEARCH_MS = 200
BEGINNING = 4_096
"""So many bytes of each body are read for the list; a longer one is read whole when it is wanted."""
_ROLE = Qt.ItemDataRole.UserRole
_MILLION = 1_000_000


class HistoryPane(QWidget):
    """``wanted`` tells the bytes to compose from, ``again`` those to send once more as they are."""

    wanted = Signal(bytes)
    again = Signal(bytes)

    def __init__(self, composing: Composing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_HistoryPane().setupUi(self)
        self._composing = composing
        self._searching = LatestTask("history", self)
        self._fetching = LatestTask("sent", self)
        self._forgetting = LatestTask("forget", self)
        self.search = child(self, QLineEdit, "search")
        self.list = child(self, QTreeWidget, "list")
        self._older = child(self, QPushButton, "olderButton")
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._timer.timeout.connect(self.reload)
        self.search.textChanged.connect(self._timer.start)
        self.list.itemActivated.connect(self._open)
        self.list.currentItemChanged.connect(self._show_buttons)
        for name, slot in (
            ("openButton", self._open),
            ("againButton", self._again),
            ("olderButton", self._show_older),
            ("clearButton", self._clear),
        ):
            child(self, QPushButton, name).clicked.connect(slot)
        self._nothing = EmptyHint(self.list, "")
        for column, width in enumerate((150, 150, 140, 220)):
            self.list.setColumnWidth(column, width)

    def reload(self) -> None:
        """Show the newest that match what is searched, when they have been found."""
        searched = self.search.text()
        self._look_up(searched, 2**62, partial(self._show, searched))

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._searching.busy or self._fetching.busy or self._forgetting.busy

    def _look_up(self, searched: str, before_id: int, receive: Callable[[object], None]) -> None:
        asked = partial(
            self._composing.history.search, searched, before_id=before_id, limit=PAGE, body_bytes=BEGINNING + 1
        )
        self._searching.begin(asked, receive)

    def _show(self, searched: str, found: object) -> None:
        self._nothing.setText(
            self.tr("No sent event contains “{0}”.").format(searched)
            if searched
            else self.tr("No events sent yet. Sent events are listed here with their results.")
        )
        self.list.clear()
        self._append(found)

    def _append(self, found: object) -> None:
        if isinstance(found, list):
            self.list.addTopLevelItems([self._item(sent) for sent in found])
            self._older.setEnabled(len(found) == PAGE)
        self._show_buttons()

    def _show_older(self) -> None:
        last = self.list.topLevelItem(self.list.topLevelItemCount() - 1)
        if last is not None:
            self._look_up(self.search.text(), last.data(0, _ROLE).id, self._append)

    def _item(self, sent: SentEvent) -> QTreeWidgetItem:
        moment = QDateTime.fromMSecsSinceEpoch(sent.sent_ns // _MILLION)
        body = " ".join(sent.body[:400].decode("utf-8", "replace").split())
        item = QTreeWidgetItem(
            [
                QLocale().toString(moment, QLocale.FormatType.ShortFormat),
                one_line(sent.type) or self.tr("(not an event)"),
                one_line(sent.connection),
                one_line(self._outcome(sent)),
                one_line(sent.summary or body),
            ]
        )
        item.setData(0, _ROLE, sent)
        item.setToolTip(0, moment.toString(Qt.DateFormat.ISODateWithMs))
        item.setToolTip(3, plain_tip(sent.detail))
        return item

    def _outcome(self, sent: SentEvent) -> str:
        if sent.outcome is None:
            return self.tr("unknown")
        if sent.outcome is not SendOutcome.ACCEPTED:
            return failure_text(sent.outcome)
        if not sent.returned_ns:
            return self.tr("accepted")
        took = max(0, round((sent.returned_ns - sent.sent_ns) / _MILLION))
        return self.tr("received after {0} ms").format(QLocale().toString(took))

    def chosen(self) -> SentEvent | None:
        """Return what is selected."""
        item = self.list.currentItem()
        found = item.data(0, _ROLE) if item is not None else None
        return found if isinstance(found, SentEvent) else None

    def _show_buttons(self) -> None:
        one = self.chosen() is not None
        child(self, QPushButton, "openButton").setEnabled(one)
        child(self, QPushButton, "againButton").setEnabled(one)
        child(self, QPushButton, "clearButton").setEnabled(self.list.topLevelItemCount() > 0)

    def _open(self) -> None:
        self._with_body(self.wanted.emit)

    def _again(self) -> None:
        self._with_body(self.again.emit)

    def _with_body(self, use: Callable[[bytes], None]) -> None:
        """Use the whole body of what is selected, when it has been read."""
        sent = self.chosen()
        if sent is None:
            return
        if len(sent.body) <= BEGINNING:
            use(sent.body)
        else:
            self._fetching.begin(partial(self._composing.history.get, sent.id), partial(_use, use))

    def _clear(self) -> None:
        text = self.tr("Clear the history of sent events? This cannot be undone.")
        if message_boxes.agrees(self, self.tr("Clear history"), text):
            self._forgetting.begin(self._composing.history.clear, lambda _problem: self.reload())

    def stop(self) -> list[Thread]:
        """Drop what is being read; return the threads that are still about."""
        self._timer.stop()
        return [thread for task in (self._searching, self._fetching, self._forgetting) for thread in task.stop()]


def _use(use: Callable[[bytes], None], sent: object) -> None:
    if isinstance(sent, SentEvent):
        use(sent.body)
