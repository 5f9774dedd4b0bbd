"""A spin box for numbers of any size: the text is the value, stepping is exact, bounds are the schema's.

Qt's own spin boxes hold 32 bits or a double, and refuse a placeholder or a broken value; this one holds text.
Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.forms import Bounds, Kind
from clacks_monitor.gui.compose.editors.base import ValueEditor, line_height

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def number(text: str | None) -> Decimal | None:
    """Return the number that a text is, exactly; None when it is none that can be counted up and down."""
    if text is None or not _NUMBER.fullmatch(text.strip()):
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


def stepped(text: str, steps: int, bounds: Bounds, *, whole: bool) -> str:
    """Return the number ``steps`` further, kept within the bounds; no digit is lost, however long it is."""
    low, high = number(bounds.minimum), number(bounds.maximum)
    value = number(text)
    if value is None:
        start = Decimal(0)
        return _written(_within(start, low, high, bounds, whole=whole), whole=whole)
    exact = Context(prec=max(len(text), abs(value.adjusted()) + 1, 20) + 20)
    return _written(_within(exact.add(value, Decimal(steps)), low, high, bounds, whole=whole), whole=whole)


def _within(value: Decimal, low: Decimal | None, high: Decimal | None, bounds: Bounds, *, whole: bool) -> Decimal:
    step = Decimal(1) if whole else Decimal(0)
    if low is not None and (value < low or (bounds.minimum_excluded and value == low)):
        value = low + step if bounds.minimum_excluded else low
    if high is not None and (value > high or (bounds.maximum_excluded and value == high)):
        value = high - step if bounds.maximum_excluded else high
    return value


def _written(value: Decimal, *, whole: bool) -> str:
    return str(int(value)) if whole else f"{value:f}"


class _Spin(QAbstractSpinBox):
    """The spin box itself; everything typed is accepted, the form says what is wrong with it."""

    def __init__(self, bounds: Bounds, parent: QWidget, *, whole: bool) -> None:
        super().__init__(parent)
        self._bounds = bounds
        self._whole = whole

    @override
    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, text, position

    @override
    def fixup(self, text: str) -> str:
        return text

    @override
    def stepBy(self, steps: int) -> None:
        new = stepped(self.text(), steps, self._bounds, whole=self._whole)
        if new != self.text():
            self.lineEdit().setText(new)
            self.lineEdit().textEdited.emit(new)

    @override
    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        value = number(self.text())
        low, high = number(self._bounds.minimum), number(self._bounds.maximum)
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if value is None or high is None or value < high:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if value is None or low is None or value > low:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags


class NumberEditor(ValueEditor):
    """Edits an integer, a decimal or a float."""

    def __init__(self, kind: Kind, bounds: Bounds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spin = _Spin(bounds, self, whole=kind is Kind.INTEGER)
        self.spin.setMaximumWidth(280)
        self.spin.setMinimumHeight(line_height(self.spin))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.spin)
        layout.addStretch()
        layout.setStretch(0, 1)
        self.spin.lineEdit().textEdited.connect(self.edited)
        self.watch_focus(self.spin, self.spin.lineEdit())

    @override
    def text(self) -> str:
        return self.spin.lineEdit().text()

    @override
    def set_text(self, text: str) -> None:
        if text != self.text():
            self.spin.lineEdit().setText(text)

    @override
    def targets(self) -> Iterable[QWidget]:
        return (self.spin,)

    @override
    def set_hint(self, hint: str) -> None:
        self.spin.lineEdit().setPlaceholderText(hint)
