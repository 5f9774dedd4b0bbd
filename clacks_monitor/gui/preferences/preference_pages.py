"""The pages of the preferences dialog. Owner: the dialog. Thread: the window's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.core.store import Retention
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.key_names import with_keys
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.theme import ZOOMS, Scheme
from clacks_monitor.gui.kit.time_format import FRACTIONS, TimeFormat, time_format, use_time_format
from clacks_monitor.gui.preferences.window_preferences import LANGUAGES, Notifications

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = {"en": "English", "de": "Deutsch"}
"""Languages by their own names."""
MEGABYTE = 1024 * 1024
HOUR_S = 3600
MOST_FOLDERS = 50


class _Page(QWidget):
    """A page with its margins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 12, 12, 12)
        self.column.setSpacing(8)

    def hint(self, text: str) -> PlainLabel:
        """Return a text of second importance."""
        label = PlainLabel(self, text)
        label.setWordWrap(True)
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
        return label

    def note(self, text: str) -> PlainLabel:
        """Return a hint that stays in one line: beside a form, a longer one would be broken early."""
        label = self.hint(text)
        label.setWordWrap(False)
        return label

    def form(self) -> QFormLayout:
        """Add a form, and return it."""
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.column.addLayout(form)
        return form


class GeneralPage(_Page):
    """Language, theme, size of text, motion, and whether the session is restored."""

    def __init__(
        self, language: str, scheme: Scheme, zoom: int, *, still: bool, restore: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._languages, self._schemes, self._zooms = QComboBox(self), QComboBox(self), QComboBox(self)
        self._restore = QCheckBox(self.tr("&Restore session on start"), self)
        self._still = QCheckBox(self.tr("Reduce &motion"), self)
        self._still.setChecked(still)
        self._languages.addItem(self.tr("System language"), "")
        for code in LANGUAGES:
            self._languages.addItem(_NAMES[code], code)
        for key, text in (
            (Scheme.SYSTEM, self.tr("System theme")),
            (Scheme.LIGHT, self.tr("Light")),
            (Scheme.DARK, self.tr("Dark")),
        ):
            self._schemes.addItem(text, key)
        for percent in sorted({*ZOOMS, zoom}):
            self._zooms.addItem(f"{QLocale().toString(percent)}\N{NO-BREAK SPACE}%", percent)
        for box, value in ((self._languages, language), (self._schemes, scheme), (self._zooms, zoom)):
            box.setCurrentIndex(box.findData(value))
        form = self.form()
        form.addRow(self.tr("&Language"), self._languages)
        form.addRow("", self.note(self.tr("The language changes at the next start.")))
        form.addRow(self.tr("&Theme"), self._schemes)
        form.addRow(self.tr("Text &size"), self._zooms)
        keys = with_keys(self.tr("%1 larger, %2 smaller, %3 normal"), "Ctrl++", "Ctrl+-", "Ctrl+0")
        form.addRow("", self.note(keys))
        self.column.addWidget(self._still)
        self.column.addWidget(self.hint(self.tr("No moving bars, no blinking cursor; also if the system asks for it")))
        self._restore.setChecked(restore)
        self.column.addWidget(self._restore)
        self.column.addWidget(self.hint(self.tr("Connections, filter, profiles and the event being composed")))
        self.column.addStretch(1)

    @property
    def language(self) -> str:
        """The language, "" for the system's."""
        return str(self._languages.currentData())

    @property
    def scheme(self) -> Scheme:
        """The colours."""
        return Scheme(self._schemes.currentData())

    @property
    def zoom(self) -> int:
        """The size of text in per cent."""
        return int(self._zooms.currentData())

    @property
    def still(self) -> bool:
        """Whether nothing is to move by itself."""
        return self._still.isChecked()

    @property
    def restore(self) -> bool:
        """Whether the session is restored."""
        return self._restore.isChecked()


class TimesPage(_Page):
    """Zone, fraction of a second, and date, with an example."""

    def __init__(self, times: TimeFormat, parent: QWidget) -> None:
        super().__init__(parent)
        self._zone, self._digits = QComboBox(self), QComboBox(self)
        self._dated = QCheckBox(self.tr("&Date for today's events, too"), self)
        self.example = PlainLabel(self)
        self._zone.addItem(self.tr("Local time (%1)").replace("%1", time.strftime("%Z")), False)
        self._zone.addItem("UTC", True)
        texts = (self.tr("Seconds"), self.tr("Milliseconds"), self.tr("Microseconds"))
        for digits, text in zip(FRACTIONS, texts, strict=True):
            self._digits.addItem(text, digits)
        self._zone.setCurrentIndex(int(times.utc))
        self._digits.setCurrentIndex(FRACTIONS.index(times.digits))
        self._dated.setChecked(times.dated)
        form = self.form()
        form.addRow(self.tr("Time &zone"), self._zone)
        form.addRow(self.tr("P&recision"), self._digits)
        form.addRow("", self._dated)
        form.addRow(self.tr("Example"), self.example)
        self.column.addWidget(self.hint(self.tr("Events of other days always have their date.")))
        self.column.addStretch(1)
        for box in (self._zone, self._digits):
            box.currentIndexChanged.connect(self._show_example)
        self._dated.toggled.connect(self._show_example)
        self._show_example()

    @property
    def times(self) -> TimeFormat:
        """The format of times."""
        return TimeFormat(
            utc=bool(self._zone.currentData()), dated=self._dated.isChecked(), digits=int(self._digits.currentData())
        )

    @Slot()
    def _show_example(self) -> None:
        """Write the present time as it would be written."""
        now_ns, used = time.time_ns(), time_format()
        use_time_format(self.times)
        day = f"{formats.short_day(now_ns // formats.NS)} " if self.times.dated else ""
        zone = " UTC" if self.times.utc else ""
        self.example.setText(f"{day}{formats.clock(now_ns)}{zone}")
        use_time_format(used)


class CapturesPage(_Page):
    """Limits of new captures, and folders of schemas."""

    def __init__(self, limits: Retention, schema_folders: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._size = self._box(-(-limits.max_bytes // MEGABYTE), self.tr(" MB"))
        self._age = self._box(-(-round(limits.max_age_s) // HOUR_S), self.tr(" h"))
        self._count = self._box(limits.max_count, "")
        self.column.addWidget(PlainLabel(self, self.tr("New captures keep at most")))
        form = self.form()
        form.addRow(self.tr("&Size"), self._size)
        form.addRow(self.tr("&Age"), self._age)
        form.addRow(self.tr("Nu&mber of entries"), self._count)
        widest = max(box.sizeHint().width() for box in (self._size, self._age, self._count))
        for box in (self._size, self._age, self._count):
            box.setFixedWidth(widest)
        self.column.addWidget(
            self.hint(
                self.tr(
                    "When a limit is exceeded, the oldest entries are removed."
                    " File > Limits of the capture sets limits for the open one."
                )
            )
        )
        self.column.addSpacing(8)
        label = PlainLabel(self, self.tr("Additional schema &folders"))
        self.folders = QListWidget(self)
        label.setBuddy(self.folders)
        self.folders.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self.column.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(self.folders, 1)
        buttons = QVBoxLayout()
        self.add_button = QPushButton(self.tr("A&dd…"), self)
        self.remove_button = QPushButton(self.tr("&Remove"), self)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        row.addLayout(buttons)
        self.column.addLayout(row, 1)
        self.column.addWidget(self.hint(self.tr("Their schemas (*.xsd) are read at the next start.")))
        for folder in schema_folders:
            self._add(folder)
        self.add_button.clicked.connect(self._ask)
        self.remove_button.clicked.connect(self._remove)
        self.folders.itemSelectionChanged.connect(self._enable)
        self._enable()

    def _box(self, value: int, suffix: str) -> QSpinBox:
        box = QSpinBox(self)
        box.setRange(0, 2_000_000_000)
        box.setSpecialValueText(self.tr("unlimited"))
        box.setGroupSeparatorShown(True)
        box.setSuffix(suffix)
        box.setValue(min(value, box.maximum()))
        return box

    def _add(self, folder: str) -> None:
        item = QListWidgetItem(one_line(folder))
        item.setData(Qt.ItemDataRole.UserRole, folder)
        self.folders.addItem(item)

    @Slot()
    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Schema folder"))
        if folder and folder not in self.schema_folders:
            self._add(folder)
            self._enable()

    @Slot()
    def _remove(self) -> None:
        for item in self.folders.selectedItems():
            self.folders.takeItem(self.folders.row(item))
        self._enable()

    @Slot()
    def _enable(self) -> None:
        self.add_button.setEnabled(self.folders.count() < MOST_FOLDERS)
        self.remove_button.setEnabled(bool(self.folders.selectedItems()))

    @property
    def limits(self) -> Retention:
        """The limits of new captures: bytes, seconds, entries; 0 for none."""
        return Retention(self._size.value() * MEGABYTE, float(self._age.value() * HOUR_S), self._count.value())

    @property
    def schema_folders(self) -> tuple[str, ...]:
        """The folders of schemas beside the user's own."""
        return tuple(str(self.folders.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.folders.count()))


class NotificationsPage(_Page):
    """What alerts and lost connections may do outside the window."""

    def __init__(self, now: Notifications, parent: QWidget) -> None:
        super().__init__(parent)
        self.column.addWidget(PlainLabel(self, self.tr("Alerts of profiles")))
        self._desktop = self._box(self.tr("Show &desktop notifications"), on=now.desktop)
        self._sound = self._box(self.tr("Play &sounds"), on=now.sound)
        self.column.addWidget(self.hint(self.tr("Each profile says which of these it uses: Edit profile, Alert.")))
        self.column.addSpacing(8)
        self.column.addWidget(PlainLabel(self, self.tr("Lost connections")))
        self._outage = self._box(self.tr("Show a desktop notification when a connection is &lost"), on=now.outage)
        self.column.addSpacing(8)
        self.column.addWidget(PlainLabel(self, self.tr("Alerts and lost connections")))
        self._taskbar = self._box(self.tr("&Mark the window in the taskbar"), on=now.taskbar)
        self.column.addStretch(1)

    def _box(self, text: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setChecked(on)
        self.column.addWidget(box)
        return box

    @property
    def notifications(self) -> Notifications:
        """What is allowed."""
        return Notifications(
            taskbar=self._taskbar.isChecked(),
            desktop=self._desktop.isChecked(),
            sound=self._sound.isChecked(),
            outage=self._outage.isChecked(),
        )
