"""The brokers that were found, to choose one for a new connection. Owner: the connection dialog; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from clacks_monitor.gui.kit.notes import EmptyHint
from clacks_monitor.gui.kit.plain_text import as_title, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from clacks_monitor.gui.connections.nearby_brokers import FoundBroker, NearbyBrokers

_ROWS: Final = 3
_FOUND: Final = Qt.ItemDataRole.UserRole


class FoundList(QListWidget):
    """``chosen`` carries the FoundBroker that the user is on. Its height is fixed: what is found moves nothing."""

    chosen = Signal(object)

    def __init__(self, search: NearbyBrokers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Found brokers"))
        self.setToolTip(self.tr("Choose one to fill in host, port and TLS"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_ROWS * (self.fontMetrics().height() + 6) + 2 * self.frameWidth())
        self._hint = EmptyHint(self, self.tr("Looking for brokers on this computer and in the DNS…"))
        self.currentItemChanged.connect(self._choose)
        search.found.connect(self.add)
        search.finished.connect(self._show_end)

    @Slot(object)
    def add(self, found: FoundBroker) -> None:
        """Offer a broker."""
        text = self._text(found)
        item = QListWidgetItem(as_title(text, 200))
        item.setData(_FOUND, found)
        item.setToolTip(plain_tip("\n".join(f"{host}:{port}" for host, port in found.hosts)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken(text))
        self.addItem(item)

    def _text(self, found: FoundBroker) -> str:
        host, port = found.hosts[0]
        place = self.tr("DNS of %1").replace("%1", found.domain) if found.domain else self.tr("this computer")
        parts = [f"{host}:{port}", self.tr("TLS") if found.secure else self.tr("without TLS"), place]
        if len(found.hosts) > 1:
            parts.insert(1, self.tr("%Ln more host(s)", "", len(found.hosts) - 1))
        return " · ".join(parts)

    @Slot()
    def _show_end(self) -> None:
        self._hint.setText(self.tr("No broker found on this computer or in the DNS."))

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_FOUND))
