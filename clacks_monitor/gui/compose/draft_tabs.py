"""The drafts of the compose window as tabs: what was edited and not sent is never replaced, another event gets a tab.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QTabBar

from clacks_monitor.gui.compose.draft import Draft
from clacks_monitor.gui.compose.opener import OpenedDraft
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.plain_text import as_caption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.forms import ValidationIssue


@dataclass(slots=True, eq=False)
class _Tab:
    """One draft. ``reopen`` reads it again where it is not read, or was left while it was being read."""

    opened: OpenedDraft = field(default_factory=lambda: OpenedDraft(Draft(None, b"")))
    reopen: Callable[[], None] | None = None
    waiting: bytes = b""


class DraftBar(QTabBar):
    """Hidden with one tab; Ctrl+PgUp and Ctrl+PgDn go to the next ones, Ctrl+F4 closes one."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("drafts")
        self.setAccessibleName(self.tr("Drafts"))
        self.setAutoHide(True)
        self.setTabsClosable(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        for keys, slot in (("Ctrl+PgUp", self._previous), ("Ctrl+PgDown", self._next), ("Ctrl+F4", self._close)):
            QShortcut(QKeySequence(keys), window).activated.connect(slot)

    @Slot()
    def _close(self) -> None:
        self.tabCloseRequested.emit(self.currentIndex())

    @Slot()
    def _previous(self) -> None:
        self.setCurrentIndex((self.currentIndex() - 1) % self.count())

    @Slot()
    def _next(self) -> None:
        self.setCurrentIndex((self.currentIndex() + 1) % self.count())


class DraftTabs(QObject):
    """``shown`` carries the OpenedDraft of the tab that the user went to; ``left`` comes before."""

    shown = Signal(object)
    left = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._tabs = [_Tab()]
        self._place = 0
        self.bar = DraftBar(window)
        self.bar.addTab("")
        self.bar.currentChanged.connect(self._go_to)
        self.bar.tabCloseRequested.connect(self.close)

    @property
    def _current(self) -> _Tab:
        return self._tabs[self._place]

    @property
    def current(self) -> Draft:
        """The draft that is shown."""
        return self._current.opened.draft

    def all(self) -> list[Draft]:
        """Return the drafts that have been read."""
        return [tab.opened.draft for tab in self._tabs]

    def bodies(self, *, unsent: bool = False) -> list[bytes]:
        """Return the events of all tabs, or of those edited and not sent; the one that is shown at the end."""
        order = [tab for tab in self._tabs if tab is not self._current]
        chosen = [
            tab for tab in (*order, self._current) if tab.waiting or not unsent or tab.opened.draft.changes.unsent
        ]
        return [body for tab in chosen if (body := tab.waiting or tab.opened.draft.body)]

    # -- what the window does --------------------------------------------------------------------------------------

    def begin(self, read: Callable[[], None]) -> None:
        """Read another event: into a tab of its own if the one that is shown was edited and not sent."""
        if self.current.changes.unsent:
            self.left.emit()
            self._add(_Tab())
        self._current.reopen, self._current.waiting = read, b""
        read()

    def restore(self, bodies: Sequence[bytes], read: Callable[[bytes], None]) -> None:
        """Bring events back, each in a tab; ``read`` is called for the last one, and for the others when shown."""
        for body in bodies:
            tab = _Tab(reopen=partial(read, body), waiting=body)
            if len(self._tabs) == 1 and not self._current.waiting and not self.current.changes.unsent:
                self._tabs[0] = tab
            else:
                self._add(tab)
        if bodies:
            self._show()

    def show(self, opened: OpenedDraft) -> None:
        """Take what was read for the tab that is shown."""
        tab = self._current
        if not opened.loading:
            tab.reopen, tab.waiting = None, b""
        tab.opened = opened
        self._name()

    def found(self, problems: Sequence[ValidationIssue]) -> None:
        """Note what is wrong with the draft that is shown."""
        self._current.opened = replace(self._current.opened, problems=list(problems), focus=None)

    # -- tabs ------------------------------------------------------------------------------------------------------

    def _add(self, tab: _Tab) -> None:
        self._tabs.append(tab)
        self.bar.blockSignals(True)
        self._place = self.bar.addTab("")
        self.bar.setCurrentIndex(self._place)
        self.bar.blockSignals(False)
        self._name()

    def _name(self) -> None:
        """Name each tab by its event's type, several of one type by their number too."""
        counts: dict[str, int] = {}
        for index, tab in enumerate(self._tabs):
            name = tab.opened.draft.type_name or self.tr("Event")
            counts[name] = counts.get(name, 0) + 1
            number = counts[name]
            self.bar.setTabText(index, as_caption(name if number == 1 else f"{name} {number}"))

    @Slot(int)
    def _go_to(self, index: int) -> None:
        if index != self._place and 0 <= index < len(self._tabs):
            self.left.emit()
            self._place = index
            self._show()

    def _show(self) -> None:
        tab = self._current
        if tab.reopen is not None:
            tab.reopen()
        else:
            self.shown.emit(tab.opened)

    @Slot(int)
    def close(self, index: int) -> None:
        """Remove a tab; one that was edited and not sent only if the user agrees."""
        tab = self._tabs[index]
        if len(self._tabs) == 1 or not self._may_go(tab):
            return
        shown = self._current
        self.left.emit()
        self.bar.blockSignals(True)
        del self._tabs[index]
        self.bar.removeTab(index)
        self._place = self._tabs.index(shown) if shown in self._tabs else min(index, len(self._tabs) - 1)
        self.bar.setCurrentIndex(self._place)
        self.bar.blockSignals(False)
        self._name()
        self._show()

    def _may_go(self, tab: _Tab) -> bool:
        if not tab.waiting and not tab.opened.draft.changes.unsent:
            return True
        name = tab.opened.draft.type_name or self.tr("Event")
        question = self.tr("{0} was not sent. Discard this draft?").format(name)
        return message_boxes.agrees(self._window, self.tr("Discard the draft"), question)
