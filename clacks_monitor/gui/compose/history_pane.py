"""Everything that was sent, with what became of it; any of it can be composed from, or sent again.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QTreeWidget, QWidget

from clacks_monitor.gui.compose.sent_item import SentItem
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.gui.ui.ui_compose_history import Ui_HistoryPane

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Thread

    from clacks_monitor.gui.kit.latest_task import Wanted
    from clacks_monitor.session.sending.composing import Composing
    from clacks_monitor.session.sending.history import SentEvent

PAGE = 200
SEARCH_MS = 200
BEGINNING = 4_096
"""So many bytes of each body are read for the list; a longer one is read whole when it is wanted."""
_NEWEST = 2**62


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found: the newest events if it is the ``first`` page, else some that were sent before those shown."""

    searched: str
    found: Sequence[SentEvent]
    first: bool


class HistoryPane(QWidget):
    """``wanted`` carries the bytes to compose from, ``again`` those to send once more as they are."""

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
        self._searching.done.connect(self._show)
        self._fetching.done.connect(self._emit_body)
        for ended in (self._forgetting.done, self._forgetting.failed):
            ended.connect(self.reload)
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
        self._look_up(None)

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._searching.busy or self._fetching.busy or self._forgetting.busy

    def _look_up(self, after: SentItem | None) -> None:
        """Look for the events sent before that of the item ``after``, which are shown below it; None: the newest."""
        searched, history = self.search.text(), self._composing.history
        before_id = _NEWEST if after is None else after.sent.id

        def look(_wanted: Wanted) -> _Page:
            found = history.search(searched, before_id=before_id, limit=PAGE, body_bytes=BEGINNING + 1)
            return _Page(searched, found, first=after is None)

        self._searching.ask(look)

    @Slot(object)
    def _show(self, page: _Page) -> None:
        if page.first:
            self.list.clear()
        self._nothing.setText(
            self.tr("No sent event contains “{0}”.").format(page.searched)
            if page.searched
            else self.tr("No events sent yet. Sent events are listed here with their results.")
        )
        self.list.addTopLevelItems([SentItem(sent) for sent in page.found])
        self._older.setEnabled(len(page.found) == PAGE)
        self._show_buttons()

    def _show_older(self) -> None:
        last = self.list.topLevelItem(self.list.topLevelItemCount() - 1)
        if isinstance(last, SentItem):
            self._look_up(last)

    def chosen(self) -> SentEvent | None:
        """Return what is selected."""
        item = self.list.currentItem()
        return item.sent if isinstance(item, SentItem) else None

    def _show_buttons(self) -> None:
        one = self.chosen() is not None
        child(self, QPushButton, "openButton").setEnabled(one)
        child(self, QPushButton, "againButton").setEnabled(one)
        child(self, QPushButton, "clearButton").setEnabled(self.list.topLevelItemCount() > 0)

    def _open(self) -> None:
        self._with_body(self.wanted)

    def _again(self) -> None:
        self._with_body(self.again)

    def _with_body(self, signal: SignalInstance) -> None:
        """Emit the whole body of what is selected, when it has been read."""
        sent, history = self.chosen(), self._composing.history
        if sent is None:
            return
        if len(sent.body) <= BEGINNING:
            signal.emit(sent.body)
        else:
            identity = sent.id
            self._fetching.ask(lambda _wanted: (signal, history.get(identity)))

    @Slot(object)
    def _emit_body(self, answer: tuple[SignalInstance, SentEvent | None]) -> None:
        signal, sent = answer
        if sent is not None:
            signal.emit(sent.body)

    def _clear(self) -> None:
        text = self.tr("Clear the history of sent events? This cannot be undone.")
        if message_boxes.agrees(self, self.tr("Clear history"), text):
            clear = self._composing.history.clear
            self._forgetting.ask(lambda _wanted: clear())

    def stop(self) -> list[Thread]:
        """Drop what is being read; return the threads that are still alive."""
        self._timer.stop()
        return [thread for task in (self._searching, self._fetching, self._forgetting) for thread in task.stop()]
