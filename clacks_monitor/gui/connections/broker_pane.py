"""The broker page: what is known of the peer of each connection. Owner: the broker actions. Thread: the window's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QBrush, QGuiApplication, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.connections import peer_texts
from clacks_monitor.gui.detail.copy_key import CopyKey
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.gui.kit.plain_text import as_title, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.gui.connections.peer_texts import Fact
    from clacks_monitor.gui.kit.theme import Theme

_KEY = Qt.ItemDataRole.UserRole
_WHOLE = Qt.ItemDataRole.UserRole + 1
_NAME, _VALUE = 0, 1
_NAME_WIDTH = 150


class FactsTree(QTreeWidget):
    """Names and values; an update leaves what is selected and open as it is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setColumnWidth(_NAME, _NAME_WIDTH)
        self.setAccessibleName(self.tr("Details of the broker"))
        CopyKey(self).pressed.connect(self.copy_value)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts; groups are open when they are new."""
        self._show_below(self.invisibleRootItem(), facts, expand=True)

    def _show_below(self, above: QTreeWidgetItem, facts: Sequence[Fact], *, expand: bool = False) -> None:
        """Show lines below another; those that stay keep their place, as links come and go all the time."""
        wanted = {fact.key for fact in facts}
        for item in _children(above):
            if item.data(_NAME, _KEY) not in wanted:
                above.removeChild(item)
        there = {item.data(_NAME, _KEY): item for item in _children(above)}
        for place, fact in enumerate(facts):
            item = there.get(fact.key) or QTreeWidgetItem()
            if fact.key not in there:
                item.setData(_NAME, _KEY, fact.key)
                above.insertChild(place, item)
            self._show_fact(item, fact)
            self._show_below(item, fact.below)
            if fact.key not in there and expand:
                item.setExpanded(True)

    def _show_fact(self, item: QTreeWidgetItem, fact: Fact) -> None:
        name, value = one_line(fact.name), one_line(fact.value)
        if (item.text(_NAME), item.text(_VALUE)) != (name, value):
            item.setText(_NAME, name)
            item.setText(_VALUE, value)
            item.setData(_VALUE, _WHOLE, fact.value)
            item.setToolTip(_NAME, plain_tip(name))
            item.setToolTip(_VALUE, plain_tip(fact.value))
            item.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, spoken(f"{name}: {value}" if value else name))
        ink = QBrush(self._theme.warn) if fact.warns else QBrush()
        if item.foreground(_VALUE) != ink:
            item.setForeground(_VALUE, ink)

    @Slot()
    def copy_value(self) -> None:
        """Copy the value of the current line, or its name where it has none."""
        item = self.currentItem()
        if item is not None:
            QGuiApplication.clipboard().setText(str(item.data(_VALUE, _WHOLE) or item.text(_NAME)))


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for place in range(item.childCount()) if (child := item.child(place)) is not None]


class BrokerPane(QFrame):
    """A choice of the connections, a chip with the round-trip time, and the facts about the chosen one's broker."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._peers: Mapping[str, PeerFacts] = {}
        self.choice, self.chip, self.state = QComboBox(self), PlainLabel(self), PlainLabel(self)
        self.tree = FactsTree(theme, self)
        EmptyHint(self.tree, self.tr("No broker yet. Connect to see its details."))
        self.choice.setAccessibleName(self.tr("Connection"))
        self.choice.currentIndexChanged.connect(self.refresh)
        self.chip.setContentsMargins(8, 2, 8, 2)
        self.chip.setAutoFillBackground(True)
        self.chip.setToolTip(self.tr("Round trip: time from a request to the answer of the broker"))
        self.state.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.state.setWordWrap(True)
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.choice, 1)
        row.addWidget(self.chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        self.state.setContentsMargins(8, 0, 8, 4)
        column.addWidget(self.state)
        column.addWidget(self.tree, 1)
        theme.changed.connect(self._recolour)
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        palette = self.chip.palette()
        palette.setColor(QPalette.ColorRole.Window, self._theme.washed(self._theme.accent, 0.20))
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.text)
        self.chip.setPalette(palette)
        self.refresh()

    def show_peers(self, peers: Mapping[str, PeerFacts]) -> None:
        """Show what is known of these connections, by their ids."""
        self._peers = peers
        known = [self.choice.itemData(place) for place in range(self.choice.count())]
        if known != list(peers) or any(
            self.choice.itemText(place) != as_title(peer.name) for place, peer in enumerate(peers.values())
        ):
            self._offer(peers)
        self.refresh()

    def _offer(self, peers: Mapping[str, PeerFacts]) -> None:
        chosen = self.choice.currentData()
        self.choice.blockSignals(True)
        self.choice.clear()
        for identity, peer in peers.items():
            self.choice.addItem(as_title(peer.name), identity)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.choice.blockSignals(False)

    @Slot()
    def refresh(self) -> None:
        """Show the chosen connection as it is now."""
        peer = self._peers.get(str(self.choice.currentData()))
        self.choice.setVisible(bool(self._peers))
        self.chip.setVisible(peer is not None and peer.is_open and bool(peer.round_trip_ns))
        self.state.setVisible(peer is not None and not peer.is_open)
        self.state.setText(self.tr("Not connected. These are the last known details."))
        if peer is None:
            self.tree.show_facts(())
            return
        self.chip.setText(peer_texts.round_trip(peer.round_trip_ns))
        self.tree.show_facts(peer_texts.facts_of(peer, time.time_ns()))
