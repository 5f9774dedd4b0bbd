"""Statistics of the capture: how often each value came, and how many events over time.

Owner: the statistics' dock, which is made when it is first wanted. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core.columns import Column
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.notices import Counted

AGAIN_MS = 2_000
_BY = (Column.TYPE, Column.CONNECTION, Column.SUBJECT, Column.PROBLEM)
_BUCKETS_NS = {"second": formats.NS, "minute": 60 * formats.NS, "hour": 3600 * formats.NS}
_ROLE = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LINE = 16
"""Height of a line of text in the chart, in pixels."""
_PADDING = 4


class RateChart(QWidget):
    """Bars over time; what does not fit is added up."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rates: Sequence[tuple[int, int]] = ()
        self._bucket = formats.NS
        self.setMinimumHeight(88)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Events over time"))
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, 112)

    def show_rates(self, rates: Sequence[tuple[int, int]], bucket_ns: int) -> None:
        """Show (start of the span, events in it), oldest first."""
        self._rates, self._bucket = rates, bucket_ns
        self.setAccessibleDescription(spoken(self.axis_texts()))
        self.update()

    def axis_texts(self) -> str:
        """Say what the highest bar stands for: where many spans share a bar, it is about more than one."""
        bars = self.bars()
        if not bars:
            return ""
        span = formats.duration(self._shared() * self._bucket / formats.NS)
        return self.tr("Maximum: %1 in %2").replace("%1", formats.number(max(bars))).replace("%2", span)

    def ends(self) -> tuple[str, str]:
        """Return where the chart begins and ends, with the day where that is not the same."""
        return formats.span(self._rates[0][0], self._end())

    def _end(self) -> int:
        return self._rates[-1][0] + self._bucket

    def bars(self) -> list[int]:
        """Return the heights of the bars as counts, as many as there is room for."""
        if not self._rates:
            return []
        first, shared = self._rates[0][0], self._shared()
        sums = [0] * -(-self._count() // shared)
        for start, events in self._rates:
            sums[(start - first) // self._bucket // shared] += events
        return sums

    def _count(self) -> int:
        return (self._end() - self._rates[0][0]) // self._bucket

    def _shared(self) -> int:
        """Return how many spans share a bar, the same number in each."""
        return -(-self._count() // max(1, self.width() // 3))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        theme, bars = self._theme, self.bars()
        painter.fillRect(self.rect(), theme.base)
        floor = self.height() - _LINE - 2
        top, width = max(bars, default=0), self.width()
        for number, count in enumerate(bars):
            if count:
                tall = max(1, count * (floor - _LINE - 4) // top)
                left, right = (edge * width // len(bars) for edge in (number, number + 1))
                painter.fillRect(QRect(left, floor - tall, max(2, right - left - 1), tall), theme.accent)
        painter.fillRect(QRect(0, floor, self.width(), 1), theme.line)
        painter.setPen(theme.muted)
        if self._rates:
            line = QRect(2, floor + 1, self.width() - 4, _LINE)
            begin, end = self.ends()
            painter.drawText(QRect(2, 1, self.width() - 4, _LINE), _LEFT, self.axis_texts())
            painter.drawText(line, _LEFT, begin)
            painter.drawText(line, _RIGHT, end)
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("No events"))
        painter.end()


class StatisticsPane(QWidget):
    """``wanted`` comes when something is to be counted (again); ``chosen`` carries a value that was activated."""

    wanted = Signal()
    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.by, self.field = QComboBox(self), QComboBox(self)
        self.bucket = QComboBox(self)
        self.range = PlainLabel(self)
        self.table = QTreeWidget(self)
        self.summary = PlainLabel(self)
        self.chart = RateChart(theme, self)
        self._question = 0
        self._lay_out()
        self._fill()
        self._timer = QTimer(self, interval=AGAIN_MS)
        self._timer.timeout.connect(self._again)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        form = QFormLayout()
        form.addRow(self.tr("Count &by"), self.by)
        form.addRow(self.tr("F&ield"), self.field)
        self._form = form
        column.addLayout(form)
        column.addWidget(self.range)
        column.addWidget(self.table, 1)
        column.addWidget(self.summary)
        row = QHBoxLayout()
        label = PlainLabel(self, self.tr("Even&ts per"))
        label.setBuddy(self.bucket)
        row.addWidget(label)
        row.addWidget(self.bucket)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.chart)
        self.range.setWordWrap(True)
        self.summary.setWordWrap(True)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setColumnCount(4)
        self.table.setHeaderLabels([self.tr("Value"), self.tr("Count"), self.tr("Share"), self.tr("Rate")])
        self.table.setAccessibleName(self.tr("Counts"))
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2, 3):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
            self.table.headerItem().setTextAlignment(section, _RIGHT)

    def _fill(self) -> None:
        for column in _BY:
            self.by.addItem(cells.heading(column), str(column))
        self.by.addItem(self.tr("Field of the event"), "field")
        self.field.setEditable(True)
        message = {"second": self.tr("second"), "minute": self.tr("minute"), "hour": self.tr("hour")}
        for key, text in message.items():
            self.bucket.addItem(text, key)
        self.bucket.setCurrentIndex(1)
        self.by.currentIndexChanged.connect(self._ask)
        self.bucket.currentIndexChanged.connect(self._ask)
        self.field.activated.connect(self._ask)
        self.table.itemActivated.connect(self._activated)
        self._form.setRowVisible(self.field, False)

    def offer_fields(self, names: Iterable[str]) -> None:
        """Offer these fields' names; any other can be typed."""
        now = self.field.currentText()
        self.field.clear()
        self.field.addItems(sorted(set(names)))
        self.field.setCurrentText(now)

    @property
    def subject(self) -> Column | str:
        """What is counted: a column, or a field's local name ("" while none is chosen)."""
        key = str(self.by.currentData())
        return self.field.currentText().strip() if key == "field" else Column(key)

    @property
    def bucket_ns(self) -> int:
        """The span of a bar."""
        return _BUCKETS_NS[str(self.bucket.currentData())]

    @Slot()
    def _ask(self) -> None:
        self._form.setRowVisible(self.field, self.by.currentData() == "field")
        self.wanted.emit()

    @Slot()
    def _again(self) -> None:
        """Count again while events come; reading every body again and again would cost too much."""
        if self.isVisible() and self.by.currentData() != "field":
            self.wanted.emit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.wanted.emit()

    def expect(self, question: int, span: str) -> None:
        """Wait for the answer to a question about a span of time."""
        self._question = question
        self.range.setText(span)

    def show_counts(self, notice: Counted, seconds: float) -> None:
        """Show counts; ``seconds`` is the length of the span, for rates."""
        if notice.question != self._question:
            return
        total = max(1, sum(count for _value, count in notice.counts))
        selected, place = self.table.currentItem(), self.table.verticalScrollBar().value()
        kept = selected.text(0) if selected is not None else None
        self.table.clear()
        for value, count in notice.counts:
            share = self.tr("%1 %").replace("%1", formats.decimal(100 * count / total))
            rate = formats.rate(count / seconds) if seconds > 0 else ""
            item = QTreeWidgetItem([one_line(value) or self.tr("(none)"), formats.number(count), share, rate])
            item.setData(0, _ROLE, value)
            for column in (1, 2, 3):
                item.setTextAlignment(column, _RIGHT)
            item.setSizeHint(0, QSize(0, self.fontMetrics().height() + _PADDING))
            self.table.addTopLevelItem(item)
            if kept == item.text(0):
                self.table.setCurrentItem(item)
        self.table.verticalScrollBar().setValue(place)
        text = self.tr("%Ln value(s)", "", notice.distinct)
        if notice.done < notice.total:
            text += ", " + self.tr("counting %1 %").replace("%1", str(100 * notice.done // notice.total))
        self.summary.setText(text)
        self.chart.show_rates(notice.rates, notice.bucket_ns)

    @Slot(QTreeWidgetItem)
    def _activated(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(str(item.data(0, _ROLE)))
