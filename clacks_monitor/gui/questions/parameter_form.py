"""The small form of a question: values of its external variables, and the time that it is about.

Owner: the questions' window. Thread: the window's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from clacks_monitor.core.moments import moment_from
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import as_caption, spoken
from clacks_monitor.gui.kit.time_format import time_format
from clacks_monitor.session.questions import EventSelection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.xquery.engine import Parameter

NAME: Final = 60
MOST: Final = 20
"""Parameters that are asked for; those beyond keep their defaults."""
_LONGEST: Final = 10_000


class ParameterForm(QWidget):
    """``run_wanted`` comes with Enter in a field."""

    run_wanted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, QLineEdit] = {}
        self._shown: Sequence[Parameter] = ()
        self._captions: Mapping[str, str] = {}
        self.near_ns = 0
        """The time that a time of day is near to: that of the capture's last entry."""
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self.begin, self.end = QLineEdit(self), QLineEdit(self)
        self.meaning = PlainLabel(self)
        self._add_times()

    def _add_times(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        to = PlainLabel(self, self.tr("&to"))
        to.setBuddy(self.end)
        for field, hint, name in (
            (self.begin, self.tr("first entry"), self.tr("From")),
            (self.end, self.tr("last entry"), self.tr("To")),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(spoken(name))
            field.setMaxLength(NAME)
            field.setFixedWidth(22 * self.fontMetrics().averageCharWidth())
            field.textChanged.connect(self._understand)
            field.returnPressed.connect(self.run_wanted)
        self.begin.setToolTip(self.tr("A time such as 8:00, yesterday 14:30 or 2026-03-02 8:00"))
        self.end.setToolTip(self.begin.toolTip())
        row.addWidget(self.begin)
        row.addWidget(to)
        row.addWidget(self.end)
        row.addWidget(self.meaning, 1)
        self.meaning.setForegroundRole(self.meaning.palette().ColorRole.PlaceholderText)
        caption = PlainLabel(self, self.tr("&From"))
        caption.setBuddy(self.begin)
        self._form.addRow(caption, row)

    def show_parameters(self, parameters: Sequence[Parameter], captions: Mapping[str, str]) -> None:
        """Ask for the values of external variables; what was typed for one of the same name stays."""
        if (tuple(parameters), captions) == (tuple(self._shown), self._captions):
            return
        typed = {name: field.text() for name, field in self.fields.items()}
        for field in self.fields.values():
            self._form.removeRow(field)
        self._shown, self._captions, self.fields = tuple(parameters), captions, {}
        for place, parameter in enumerate(parameters[:MOST]):
            field = QLineEdit(typed.get(parameter.name, ""), self)
            field.setMaxLength(_LONGEST)
            caption = one_line(captions.get(parameter.name, f"${parameter.name}"), NAME)
            kind = one_line(parameter.type, NAME)
            required = self.tr("needed") if parameter.required else self.tr("default")
            field.setPlaceholderText(f"xs:{kind.removeprefix('xs:')}, {required}")
            field.setAccessibleName(spoken(caption))
            field.returnPressed.connect(self.run_wanted)
            field.textChanged.connect(self.changed)
            label = PlainLabel(self, as_caption(caption))
            label.setBuddy(field)
            self._form.insertRow(place, label, field)
            self.fields[parameter.name] = field

    def forget(self) -> None:
        """Forget what was typed for parameters: the question is another one."""
        self.show_parameters((), {})

    @property
    def missing(self) -> str:
        """The caption of the first parameter that needs a value and has none, "" where all have one."""
        for parameter in self._shown:
            if parameter.required and not self.fields[parameter.name].text():
                return one_line(self._captions.get(parameter.name, f"${parameter.name}"), NAME)
        return ""

    def values(self) -> dict[str, str]:
        """Return the values that were typed."""
        return {name: field.text() for name, field in self.fields.items() if field.text()}

    def selection(self) -> EventSelection | None:
        """Return the time that the question is about, None where what was typed is not a time."""
        times = [self._time(field) for field in (self.begin, self.end)]
        begin, end = times
        if begin is None or end is None:
            return None
        everything = EventSelection()
        return EventSelection(None, begin or everything.from_ns, end or everything.to_ns)

    def _time(self, field: QLineEdit) -> int | None:
        """Return the time in a field, 0 where there is nothing, None where it is not a time."""
        text = field.text().strip()
        now = time.time_ns()
        return moment_from(text, self.near_ns or now, now, time_format().zone) if text else 0

    @Slot()
    def _understand(self) -> None:
        """Show how the times are understood."""
        parts = list[str]()
        for field in (self.begin, self.end):
            found = self._time(field)
            if found is None:
                parts.append(self.tr("not a time yet"))
            elif found:
                parts.append(formats.full_time(found))
        self.meaning.setText(" – ".join(parts))
        self.changed.emit()
