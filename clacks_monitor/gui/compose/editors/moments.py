"""Editors for dates, times, dates with times, and durations: a text, and a panel to pick from.

The text is the value; the panel writes the text and never more than was picked.
Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, QLocale, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QTimeEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.forms import Kind
from clacks_monitor.gui.compose.editors.base import line_height
from clacks_monitor.gui.compose.editors.moment_text import Duration, Moment, duration, moment
from clacks_monitor.gui.compose.editors.plain import LineEditor
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.gui.kit.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

ZONES = (
    "", "Z", "-12:00", "-11:00", "-10:00", "-09:00", "-08:00", "-07:00", "-06:00", "-05:00", "-04:00", "-03:30",
    "-03:00", "-02:00", "-01:00", "+01:00", "+02:00", "+03:00", "+03:30", "+04:00", "+04:30", "+05:00", "+05:30",
    "+05:45", "+06:00", "+06:30", "+07:00", "+08:00", "+09:00", "+09:30", "+10:00", "+11:00", "+12:00", "+13:00",
    "+14:00",
)  # fmt: skip
WIDEST = "2024-05-31T14:30:00.000+00:00"
DATE_FORM, TIME_FORM = "yyyy-MM-dd", "HH:mm:ss"


def now(kind: Kind) -> Moment:
    """Return this moment as the kind of value wants it, with this machine's zone where a time is in it."""
    current = QDateTime.currentDateTime()
    offset = current.offsetFromUtc() // 60
    zone = "Z" if offset == 0 else f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"
    return Moment(
        current.date().toString(DATE_FORM) if kind is not Kind.TIME else "",
        current.time().toString(TIME_FORM) if kind is not Kind.DATE else "",
        zone=zone if kind is not Kind.DATE else "",
    )


class _Panel(QFrame):
    """What opens below a value: closes by Escape, by Enter and by a click elsewhere."""

    changed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 8)

    def show_text(self, text: str) -> None:
        """Show a value."""
        raise NotImplementedError

    def add_close(self, first: QPushButton | None = None) -> None:
        """Add the row of buttons."""
        row = QHBoxLayout()
        if first is not None:
            row.addWidget(first)
        row.addStretch()
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.close)
        row.addWidget(close)
        self.column.addLayout(row)


class MomentPanel(_Panel):
    """A calendar, a clock and a zone."""

    def __init__(self, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self._moment = Moment()
        self.calendar = QCalendarWidget(self)
        self.calendar.setVisible(kind is not Kind.TIME)
        weekend = QTextCharFormat()  # Qt's own is a red that is hard to read on a dark base
        weekend.setForeground(self.palette().placeholderText())
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)
        self.calendar.setAccessibleName(self.tr("Date"))
        self.clock = QTimeEdit(self)
        self.clock.setDisplayFormat(TIME_FORM)
        self.clock.setMinimumHeight(line_height(self))
        self.zone = QComboBox(self)
        for zone in ZONES:
            shown = {"": self.tr("no zone"), "Z": self.tr("UTC (Z)")}.get(zone, zone)
            self.zone.addItem(shown, zone)
        fields = QFormLayout()
        fields.addRow(self.tr("&Time"), self.clock)
        fields.addRow(self.tr("&Zone"), self.zone)
        fields.setRowVisible(self.clock, kind is not Kind.DATE)
        self.column.addWidget(self.calendar)
        self.column.addLayout(fields)
        self.current = QPushButton(self.tr("&Now") if kind is not Kind.DATE else self.tr("T&oday"), self)
        self.current.clicked.connect(self._to_now)
        self.add_close(self.current)
        self.calendar.selectionChanged.connect(self._picked)
        self.clock.timeChanged.connect(self._picked)
        self.zone.activated.connect(self._picked)

    @override
    def show_text(self, text: str) -> None:
        self._moment = moment(text) or Moment(zone=now(self._kind).zone)
        shown = self._moment if moment(text) else now(self._kind)
        for widget in (self.calendar, self.clock):
            widget.blockSignals(True)
        date = QDate.fromString(shown.date, DATE_FORM)
        self.calendar.setSelectedDate(date if date.isValid() else QDate.currentDate())
        self.clock.setTime(QTime.fromString(shown.clock, TIME_FORM))
        for widget in (self.calendar, self.clock):
            widget.blockSignals(False)
        if self.zone.findData(shown.zone) < 0:
            self.zone.addItem(shown.zone, shown.zone)
        self.zone.setCurrentIndex(self.zone.findData(shown.zone))

    def _picked(self) -> None:
        date = self.calendar.selectedDate().toString(DATE_FORM) if self._kind is not Kind.TIME else ""
        clock = self.clock.time().toString(TIME_FORM) if self._kind is not Kind.DATE else ""
        fraction = self._moment.fraction if clock == self._moment.clock else ""
        self._moment = Moment(date, clock, fraction, str(self.zone.currentData()))
        self.changed.emit(str(self._moment))

    def _to_now(self) -> None:
        text = str(now(self._kind))
        self.show_text(text)
        self.changed.emit(text)


class DurationPanel(_Panel):
    """A spin box for each part of a duration."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._duration = Duration()
        names = {
            "days": self.tr("&Days"),
            "hours": self.tr("&Hours"),
            "minutes": self.tr("&Minutes"),
            "seconds": self.tr("&Seconds"),
            "months": self.tr("M&onths"),
            "years": self.tr("&Years"),
        }
        fields = QFormLayout()
        self.boxes: dict[str, QSpinBox] = {}
        for key, name in names.items():
            box = QSpinBox(self)
            box.setRange(0, 999_999)
            box.setMinimumHeight(line_height(self))
            box.valueChanged.connect(self._picked)
            self.boxes[key] = box
            fields.addRow(name, box)
        self.column.addLayout(fields)
        self.add_close()

    @override
    def show_text(self, text: str) -> None:
        self._duration = duration(text) or Duration()
        for key, box in self.boxes.items():
            box.blockSignals(True)
            box.setValue(min(int(float(getattr(self._duration, key))), box.maximum()))
            box.blockSignals(False)

    def _picked(self) -> None:
        box = self.sender()
        for key, candidate in self.boxes.items():
            if candidate is box:
                value: int | str = str(candidate.value()) if key == "seconds" else candidate.value()
                self._duration = replace(self._duration, **{key: value})  # type: ignore[arg-type]  # the key names the type
        self.changed.emit(str(self._duration))


class _PanelEditor(LineEditor):
    """A line with a button that opens a panel; Alt+Down and F4 open it as well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line.setFixedWidth(self.line.fontMetrics().horizontalAdvance(WIDEST) + 24)
        self.open_button = QToolButton(self)
        self.open_button.setArrowType(Qt.ArrowType.DownArrow)
        self.open_button.setShortcut("Alt+Down")
        self.open_button.clicked.connect(self.open_panel)
        self.message = PlainLabel(self)
        self.row.addWidget(self.open_button)
        self.row.addWidget(self.message, 1)
        self._panel: _Panel | None = None
        self.watch_focus(self.line, self.open_button)

    def make_panel(self) -> _Panel:
        """Build the panel when it is first wanted."""
        raise NotImplementedError

    def open_panel(self) -> None:
        """Show the panel below the line."""
        if self._panel is None:
            self._panel = self.make_panel()
            self._panel.changed.connect(self.change)
        self._panel.show_text(self.text())
        self._panel.move(self.line.mapToGlobal(QPoint(0, self.line.height())))
        self._panel.show()

    @override
    def targets(self) -> Iterable[QWidget]:
        return (self.line,)


class MomentEditor(_PanelEditor):
    """Edits a date, a time, or both with a zone."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.open_button.setToolTip(with_keys(self.tr("Pick a date and time (%1)"), "Alt+Down"))
        self.open_button.setAccessibleName(self.tr("Pick a date and time"))

    @override
    def make_panel(self) -> _Panel:
        return MomentPanel(self._kind, self)


class DurationEditor(_PanelEditor):
    """Edits a duration and says it in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open_button.setToolTip(with_keys(self.tr("Enter a duration (%1)"), "Alt+Down"))
        self.open_button.setAccessibleName(self.tr("Enter a duration"))
        self.line.textChanged.connect(self._show_message)

    def _show_message(self, text: str) -> None:
        found = duration(text)
        self.message.setText("" if found is None else self._described(found))

    def _described(self, value: Duration) -> str:
        parts = [
            self.tr("%Ln year(s)", "", value.years) if value.years else "",
            self.tr("%Ln month(s)", "", value.months) if value.months else "",
            self.tr("%Ln day(s)", "", value.days) if value.days else "",
            self.tr("%Ln hour(s)", "", value.hours) if value.hours else "",
            self.tr("%Ln minute(s)", "", value.minutes) if value.minutes else "",
            self._seconds(value.seconds) if value.seconds.strip("0.") else "",
        ]
        said = ", ".join(part for part in parts if part) or self.tr("zero duration")
        return self.tr("{0} negative").format(said) if value.negative else said

    def _seconds(self, text: str) -> str:
        whole, _, fraction = text.partition(".")
        if fraction.strip("0"):
            return self.tr("{0} seconds").format(whole + QLocale().decimalPoint() + fraction)
        return self.tr("%Ln second(s)", "", formats.plural(int(whole)))

    @override
    def make_panel(self) -> _Panel:
        return DurationPanel(self)
