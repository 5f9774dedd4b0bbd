"""The gaps that are open now, below the table's last row: they look like its gap rows, and grow.

A gap becomes an entry of the capture, and a row of the table, when it is over. Owner: the outage display. Thread: the
window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clacks_monitor.core.event import GapCause, Row, RowKind
from clacks_monitor.gui.kit import cells, outage_texts
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.table.row_painter import RowPainter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.outages import Outage

MOST_ROWS: Final = 3


class OpenGaps(QWidget):
    """One row for each connection that has been lost; at most MOST_ROWS, those of production and the longest."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = RowPainter(theme)
        self.rows: tuple[Row, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(False)
        theme.changed.connect(self._recolour)

    @Slot()
    def _recolour(self) -> None:
        self._painter.recolour()
        self.update()

    def show_outages(self, outages: Sequence[Outage], now_ns: int) -> None:
        """Show the gaps up to now; a connection that never worked has none."""
        lost = [outage for outage in outages if not outage.never][:MOST_ROWS]
        count = len(self.rows)
        self.rows = tuple(_row(outage, now_ns) for outage in lost)
        text = ". ".join(cells.sentence(row) for row in self.rows)
        self.setAccessibleName(spoken(text))
        self.setToolTip(plain_tip("\n".join(cells.sentence(row) for row in self.rows)))
        if len(self.rows) != count:
            self.updateGeometry()
        self.setVisible(bool(self.rows))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, len(self.rows) * self._painter.row_height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        height, painter = self._painter.row_height(), QPainter(self)
        painter.fillRect(event.rect(), self._painter.theme.base)
        self._painter.begin((), self.width(), self.devicePixelRatioF())
        for place, row in enumerate(self.rows):
            self._painter.paint(painter, QRect(0, place * height, self.width(), height), row, 0, selected=False)
        painter.end()


def _row(outage: Outage, now_ns: int) -> Row:
    """Return the row that the gap would have if it ended now."""
    until_ns = max(outage.since_ns, now_ns)
    reason = outage_texts.reason(outage).rstrip(".")
    cause = "" if reason else GapCause.CONNECTION_LOST
    return Row(0, RowKind.GAP, outage.since_ns, "", reason, outage.name, 0, problem=cause, until_ns=until_ns)
