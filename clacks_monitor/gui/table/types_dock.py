"""Event types with how many, how fast, and when last; a click shows one type only.

What a look at the counts costs depends on how many types the session counts by themselves, which is bounded, and what
it formats and paints on how many are on screen. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

import time
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.notices import TypeCount

Index = QModelIndex | QPersistentModelIndex
Key = tuple[bool, str]
"""What a row stands for: whether for all types that are too many to be counted by themselves, and the type's name."""

MAX_NAME = 200
"""Characters of a name that are shown."""
FEW = 20
"""Types up to which new or gone ones are put in or taken out one by one."""
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TypesModel(QAbstractListModel):
    """The types in the order of their names, those that are counted together last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: dict[Key, TypeCount] = {}
        self._rows: list[tuple[tuple[bool, str, str], Key]] = []
        self._names: dict[Key, str] = {}
        self._now = 0

    def show(self, counts: Sequence[TypeCount]) -> bool:
        """Have the counts as they are now; returns whether it was all made anew."""
        self._now = time.time_ns()
        found = {(count.folded, count.type): count for count in counts}
        gone, new = self._counts.keys() - found.keys(), found.keys() - self._counts.keys()
        if len(gone) + len(new) > FEW:
            self.beginResetModel()
            self._counts = found
            self._names = {key: self._name_of(key) for key in found}
            self._rows = sorted(((self._order(key), key) for key in found), key=itemgetter(0))
            self.endResetModel()
            return True
        for key in gone:
            row = self.row_of(key)
            self.beginRemoveRows(_NOWHERE, row, row)
            del self._rows[row], self._names[key]
            self.endRemoveRows()
        self._counts = found
        for key in new:
            self._add(key)
        return False

    def _add(self, key: Key) -> None:
        self._names[key] = self._name_of(key)
        order = self._order(key)
        row = sum(1 for other, _key in self._rows if other < order)
        self.beginInsertRows(_NOWHERE, row, row)
        self._rows.insert(row, (order, key))
        self.endInsertRows()

    def _order(self, key: Key) -> tuple[bool, str, str]:
        return key[0], self._names[key].lower(), key[1]

    @staticmethod
    def _name_of(key: Key) -> str:
        folded, name = key
        if folded:
            return QCoreApplication.translate("TypesView", "(more types)")
        return one_line(name, MAX_NAME) if name else QCoreApplication.translate("TypesView", "(no event)")

    def key(self, row: int) -> Key:
        """Return what a row stands for."""
        return self._rows[row][1]

    def row_of(self, key: Key) -> int:
        """Return the row that stands for a type, -1 for none."""
        return next((row for row, (_order, other) in enumerate(self._rows) if other == key), -1)

    def texts(self, row: int) -> tuple[str, str, str, str]:
        """Return what a row shows: name, how many, how fast, when last."""
        key = self.key(row)
        count = self._counts[key]
        last = formats.ago_short((self._now - count.last_ns) / formats.NS)
        rate = formats.rate(count.rate) if count.rate else ""
        return self._names[key], formats.number(count.count), rate, last

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[self.key(index.row())]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._described(index.row()))
        return spoken(self._described(index.row())) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _described(self, row: int) -> str:
        key = self.key(row)
        many = formats.plural(self._counts[key].count)
        if key[0]:
            text = self.tr("%1: %Ln event(s) of further types, last %2", "", many)
        else:
            text = self.tr("%1: %Ln event(s), last %2", "", many)
        text = text.replace("%2", formats.full_time(self._counts[key].last_ns))
        return text.replace("%1", self.texts(row)[0])


class _TypePainter(QStyledItemDelegate):
    """Draws a type on two lines: its name and count, then its rate and when it was last seen."""

    def __init__(self, view: QListView, model: TypesModel, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._model, self._theme = view, model, theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(100, 2 * QFontMetrics(self._view.font()).height() + 8)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        name, count, rate, last = self._model.texts(index.row())
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        palette, role = self._view.palette(), QPalette.ColorRole
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, palette.color(role.Highlight))
        inner = rect.adjusted(8, 4, -8, -4)
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = upper.translated(0, inner.height() // 2)
        painter.setPen(palette.color(role.HighlightedText if chosen else role.Text))
        self._line(painter, upper, name, count)
        if not chosen:
            painter.setPen(self._theme.muted)
        self._line(painter, lower, rate, last)

    @staticmethod
    def _line(painter: QPainter, rect: QRect, left: str, right: str) -> None:
        painter.drawText(rect, _RIGHT, right)
        metrics = painter.fontMetrics()
        space = rect.width() - metrics.horizontalAdvance(right) - 8
        shown = metrics.elidedText(one_line(left), Qt.TextElideMode.ElideRight, space)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class TypesView(QListView):
    """``chosen`` carries a type whose events are wanted; ``menu_wanted`` a type and a place."""

    chosen = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.types = TypesModel(self)
        self._painted: dict[int, tuple[str, ...]] = {}
        self.setModel(self.types)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Event types"))
        self.setAccessibleDescription(self.tr("Enter or a click shows only the events of the type."))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._ask_menu)

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self.setItemDelegate(_TypePainter(self, self.types, theme))

    def show_counts(self, counts: Sequence[TypeCount]) -> None:
        """Show the types as they are now. Only the rows that look otherwise are painted: this comes every second."""
        current = self.currentIndex()
        key = self.types.key(current.row()) if current.isValid() else None
        if self.types.show(counts) and key is not None and (row := self.types.row_of(key)) >= 0:
            self.setCurrentIndex(self.types.index(row))
        painted, self._painted = self._painted, {}
        for row in self._on_screen():
            self._painted[row] = self.types.texts(row)
            if self._painted[row] != painted.get(row):
                self.viewport().update(self.visualRect(self.types.index(row)))

    def _on_screen(self) -> range:
        count, area = self.types.rowCount(), self.viewport().rect()
        first = self.indexAt(area.topLeft())
        if not count or not first.isValid():
            return range(0)
        last = self.indexAt(area.bottomLeft())
        return range(first.row(), (last.row() if last.isValid() else count - 1) + 1)

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        _folded, name = self.types.key(index.row())
        if name:
            self.chosen.emit(name)

    @Slot(QPoint)
    def _ask_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        index = index if index.isValid() else self.currentIndex()
        if index.isValid() and (name := self.types.key(index.row())[1]):
            self.menu_wanted.emit(name, self.viewport().mapToGlobal(at))
