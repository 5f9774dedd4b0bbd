"""The pane of spans: of which board, a search for keys, a legend, and the bars. Owner: its dock; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QScrollBar, QSizePolicy, QVBoxLayout, QWidget

from clacks_monitor.core.board_spans import GAPS
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.spans.span_painter import PATTERNS, BarStyle, paint_bar
from clacks_monitor.gui.spans.spans_plot import SpansPlot
from clacks_monitor.gui.timeline.bar_painter import FOOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.board import BoardDefinition
    from clacks_monitor.core.board_spans import SpansShown, SpansWanted
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.timeline import Timeline

_MAX_TITLE: Final = 32
_MAX_STATES: Final = 6
"""States that the legend explains."""
_SWATCH: Final = QSize(20, 12)


class SpansPane(QWidget):
    """``changed`` comes when other spans are wanted."""

    changed = Signal()

    def __init__(
        self, boards: Sequence[BoardDefinition], theme: Theme, timeline: Timeline, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._boards = {board.id: board for board in boards if board.spans}
        self.source, self.search = QComboBox(self), QLineEdit(self)
        self.legend, self.state = QWidget(self), PlainLabel(self)
        self._entries = QHBoxLayout(self.legend)
        self.plot = SpansPlot(theme, timeline, self)
        # Over the bars, not beside them: their axis ends where that of the timeline does.
        self.bar = QScrollBar(Qt.Orientation.Vertical, self.plot)
        self._lay_out()
        self.source.currentIndexChanged.connect(self._choose)
        self.search.textChanged.connect(self._find)
        self.bar.valueChanged.connect(self.changed)
        self.plot.resized.connect(self._place_bar)
        self.plot.scrolled.connect(self._scroll)
        theme.changed.connect(self._draw_legend)
        self._draw_legend()

    def _lay_out(self) -> None:
        for board in self._boards.values():
            self.source.addItem(as_title(board.title, _MAX_TITLE), board.id)
        self.source.addItem(self.tr("Gaps"), GAPS)
        self.source.setAccessibleName(self.tr("Spans of"))
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(200)
        self.search.setAccessibleName(self.tr("Search for names in the spans"))
        self.state.setForegroundRole(self.state.palette().ColorRole.PlaceholderText)
        self.bar.setAccessibleName(self.tr("Lanes"))
        self.plot.setAccessibleName(self.tr("Spans over time"))
        self.legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._entries.setContentsMargins(0, 0, 0, 0)
        self._entries.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 8, 2)
        head.setSpacing(8)
        head.addWidget(self.source)
        head.addWidget(self.search)
        head.addWidget(self.legend, 1)
        head.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.plot, 1)
        self.bar.hide()
        self.setFocusProxy(self.plot)

    @property
    def wanted(self) -> SpansWanted:
        """The question for what is to be shown now."""
        first = self.bar.value() if not self.bar.isHidden() else 0
        return self.plot.wanted(str(self.source.currentData()), first, self.search.text())

    def choose(self, source: str) -> None:
        """Show the spans of a board."""
        self.source.setCurrentIndex(max(0, self.source.findData(source)))

    @Slot()
    def _choose(self) -> None:
        self.bar.setValue(0)
        self.forget()
        self._draw_legend()
        self.changed.emit()

    @Slot()
    def _place_bar(self) -> None:
        size, width = self.plot.size(), self.bar.sizeHint().width()
        self.bar.setGeometry(size.width() - width, 0, width, size.height() - FOOT)
        self.changed.emit()

    @Slot()
    def _find(self) -> None:
        self.bar.setValue(0)
        self.changed.emit()

    @Slot(int)
    def _scroll(self, lanes: int) -> None:
        self.bar.setValue(self.bar.value() + lanes)

    def forget(self) -> None:
        """Show nothing until the next answer."""
        self.plot.forget()
        self.state.setText("")

    def show_spans(self, shown: SpansShown) -> None:
        """Show an answer."""
        self.plot.show_spans(shown, self._styles())
        self.state.setText(self._state_text(shown))
        most = max(0, shown.total - shown.wanted.lanes)
        self.bar.setPageStep(shown.wanted.lanes)
        self.bar.setMaximum(most)
        self.bar.setVisible(most > 0)

    def _state_text(self, shown: SpansShown) -> str:
        if shown.left:
            return self.tr("reading the capture…")
        if shown.total > shown.wanted.lanes:
            first = shown.wanted.first + 1
            text = self.tr("%1 to %2 of %3").replace("%1", formats.number(first))
            text = text.replace("%2", formats.number(shown.wanted.first + len(shown.lanes)))
            return text.replace("%3", formats.number(shown.total))
        return ""

    # -- legend --------------------------------------------------------------------------------------------------

    def _styles(self) -> dict[str, BarStyle]:
        """Return how the states of the chosen board look."""
        board = self._boards.get(str(self.source.currentData()))
        if board is None:
            return {"gap": self._style(self.tr("Gap: events could be missed"), "warn")}
        names = {state: board.state_name(state) for state in board.states if state in board.spans}
        return {state: self._style(as_title(name.word, _MAX_TITLE), name.mood) for state, name in names.items()}

    def _style(self, word: str, mood: str) -> BarStyle:
        theme = self._theme
        colours = {"good": theme.good, "warn": theme.warn, "bad": theme.bad}
        colour = colours.get(mood, theme.muted)
        return BarStyle(word, colour, theme.washed(colour, 0.25), PATTERNS[mood])

    @Slot()
    def _draw_legend(self) -> None:
        layout = self._entries
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for style in list(self._styles().values())[:_MAX_STATES]:
            swatch, word = PlainLabel(self.legend), PlainLabel(self.legend, style.word)
            swatch.setPixmap(self._swatch(style))
            for label in (swatch, word):
                layout.addWidget(label)
        layout.addStretch(1)
        self.plot.paint_bars()

    def _swatch(self, style: BarStyle) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(_SWATCH * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            paint_bar(painter, QRect(0, 0, _SWATCH.width(), _SWATCH.height()), style)
        return pixmap
