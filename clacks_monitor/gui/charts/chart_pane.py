"""One chart: what it shows, a legend whose entries hide lines, and the plot. Owner: the charts' dock; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolBar, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.core.chart import MAX_REFUSED
from clacks_monitor.core.chart_subjects import keys_for, with_key
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.charts.chart_plot import ChartPlot
from clacks_monitor.gui.charts.line_painter import paint_mark
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import as_caption, as_title, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.chart import ChartShown, ChartSubject
    from clacks_monitor.core.paths import Path
    from clacks_monitor.gui.charts.line_painter import LineStyle
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.timeline import Timeline

_MAX_NAME: Final = 32
_ICON: Final = QSize(16, 16)


class ChartPane(QWidget):
    """``changed`` comes when other lines are wanted, ``closed`` when the chart is; ``row_wanted`` carries an event."""

    changed = Signal()
    closed = Signal()
    row_wanted = Signal(int)

    def __init__(
        self,
        subject: ChartSubject,
        leaves: Sequence[tuple[Path, str]],
        theme: Theme,
        timeline: Timeline,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.subject, self._leaves, self._theme = subject, leaves, theme
        self.keys, self.close_button = QComboBox(self), QToolButton(self)
        self.legend, self.state = QToolBar(self), PlainLabel(self)
        self.plot = ChartPlot(theme, timeline, self)
        self._named: tuple[str, ...] = ()
        self._lay_out()
        self.plot.row_wanted.connect(self.row_wanted)
        theme.changed.connect(self._draw_icons)

    @property
    def title(self) -> str:
        """The name of the field, and what else is the same in all events."""
        same = [text for _path, text in self.subject.alike if text]
        return one_line(" ".join(["/".join(self.subject.path), *(["–", *dict.fromkeys(same)] if same else [])]))

    def _lay_out(self) -> None:
        title, per = PlainLabel(self, as_title(self.title, 2 * _MAX_NAME)), PlainLabel(self, self.tr("One line per"))
        title.setToolTip(plain_tip(self.title))
        title.setMinimumWidth(40)
        per.setForegroundRole(per.palette().ColorRole.PlaceholderText)
        self._fill_keys()
        self.legend.setIconSize(_ICON)
        self.legend.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.legend.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.legend.setAccessibleName(self.tr("Lines of the chart"))
        self.state.setForegroundRole(self.state.palette().ColorRole.PlaceholderText)
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Close the chart"))
        self.close_button.setAccessibleName(spoken(self.tr("Close the chart of %1").replace("%1", self.title)))
        self.close_button.clicked.connect(self.closed)
        self.plot.setAccessibleName(spoken(self.tr("Chart of %1").replace("%1", self.title)))
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 4, 2)
        head.setSpacing(8)
        for part in (title, per, self.keys):
            head.addWidget(part)
        head.addWidget(self.legend, 1)
        head.addWidget(self.state)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.plot, 1)
        self.setFocusProxy(self.plot)
        self._draw_icons()

    def _fill_keys(self) -> None:
        """Offer the fields of the event by which lines can be told apart."""
        fields = dict.fromkeys([*keys_for(self.subject.path, self._leaves), *filter(None, [self.subject.key])])
        for path in fields:
            self.keys.addItem(as_title(path[-1].lstrip("@"), _MAX_NAME), path)
        self.keys.addItem(self.tr("(one line for all)"), ())
        self.keys.setCurrentIndex(list(fields).index(self.subject.key) if self.subject.key else len(fields))
        self.keys.setAccessibleName(self.tr("One line per"))
        self.keys.currentIndexChanged.connect(self._choose_key)

    @Slot()
    def _choose_key(self) -> None:
        self.subject = with_key(self.subject, tuple(self.keys.currentData() or ()), self._leaves)
        self.forget()
        self.changed.emit()

    def forget(self) -> None:
        """Show nothing until the next answer."""
        self.plot.forget()
        self.state.setText("")

    def show_chart(self, shown: ChartShown) -> None:
        """Show what was read, unless other lines are wanted by now."""
        if shown.subject != self.subject:
            return
        self.plot.show_lines(shown)
        names = tuple(line.name for line in shown.lines)
        if names != self._named:
            self._name(names)
        self.state.setText(self._state(shown))

    def _state(self, shown: ChartShown) -> str:
        parts = list[str]()
        if shown.left:
            done = 100 * (shown.total - shown.left) // shown.total
            parts.append(self.tr("reading %1 %").replace("%1", formats.number(done)))
        if shown.refused:
            more = (
                self.tr("more than %1 further lines") if shown.refused >= MAX_REFUSED else self.tr("%1 further lines")
            )
            parts.append(more.replace("%1", formats.number(shown.refused)))
        return ", ".join(parts)

    # -- legend --------------------------------------------------------------------------------------------------

    def _name(self, names: tuple[str, ...]) -> None:
        """List the lines; those that were hidden stay hidden."""
        hidden = self._hidden()
        self._named = names
        self.legend.clear()
        for name in names if self.subject.key or len(names) > 1 else ():
            action = QAction(as_caption(name or self.tr("(none)"), _MAX_NAME), self.legend)
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name not in hidden)
            action.setToolTip(plain_tip(self.tr("Show or hide %1").replace("%1", name)))
            action.toggled.connect(self._hide)
            self.legend.addAction(action)
            button = self.legend.widgetForAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._draw_icons()

    def _hidden(self) -> set[str]:
        return {str(action.data()) for action in self.legend.actions() if not action.isChecked()}

    @Slot()
    def _hide(self) -> None:
        self.plot.hide_lines(self._hidden())

    @Slot()
    def _draw_icons(self) -> None:
        self.close_button.setIcon(self._theme.icons.icon("close"))
        for button in self.legend.findChildren(QToolButton, "qt_toolbar_ext_button"):  # Qt's own is black on black
            button.setIcon(self._theme.icons.icon("more"))
        for action in self.legend.actions():
            action.setIcon(_line_icon(self.plot.style_of(str(action.data())), self.devicePixelRatioF()))

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 150)


def _line_icon(style: LineStyle, ratio: float) -> QIcon:
    """Return a piece of a line with its mark."""
    pixmap = QPixmap(_ICON * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(style.colour, 2))
        painter.setBrush(style.colour)
        painter.drawLine(QPointF(0, 8), QPointF(16, 8))
        paint_mark(painter, QPointF(8, 8), style)
    return QIcon(pixmap)
