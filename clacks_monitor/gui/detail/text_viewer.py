"""A long text in a window of its own, page by page: read, searched, copied, saved. Owner: itself. Thread: the window's.

Getting the text, searching it and writing it to a file happen on a thread.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.detail.pages import Pages, as_shown
from clacks_monitor.gui.detail.text_pane import TextPane
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.elided_label import ElidedLabel
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.text_units import units
from clacks_monitor.gui.kit.theme import digits_font
from clacks_monitor.gui.kit.xml_highlighter import XmlHighlighter

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.kit.latest_task import Wanted
    from clacks_monitor.gui.kit.theme import Theme

_COPIED_BYTES = 4 * 1024 * 1024
_NEEDLE = 1_000


class TextViewer(QDialog):
    """``load`` gets the text on a thread; ``file_name`` is what saving offers."""

    def __init__(
        self,
        title: str,
        load: Callable[[Wanted], bytes | str],
        theme: Theme,
        parent: QWidget,
        *,
        file_name: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(as_title(title))
        self.resize(820, 600)
        self._file_name = file_name
        self._loaded = False
        self._found = -1
        self._sought = ""
        self.pages = Pages("")
        self.text = TextPane(self)
        self.page = QSpinBox(self)
        self.count = PlainLabel(self)
        self.previous_page = QPushButton(self.tr("&Previous page"), self)
        self.next_page = QPushButton(self.tr("&Next page"), self)
        self.needle = QLineEdit(self)
        self.says = ElidedLabel(self)
        self.copy_button = QPushButton(self.tr("Copy &all"), self)
        self.save_button = QPushButton(self.tr("&Save as…"), self)
        self.loading = LatestTask("loading a text", self)
        self.searching = LatestTask("searching a text", self)
        self.saving = LatestTask("saving a text", self)
        self._lay_out(theme)
        self._connect()
        self.says.show_text(self.tr("Reading…"))
        self._enable()
        self.loading.ask(lambda wanted: _loaded(load, wanted))

    def _lay_out(self, theme: Theme) -> None:
        self.text.setFont(digits_font())
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName(self.tr("Text of the page"))
        XmlHighlighter(self.text.document(), theme)
        self.needle.setPlaceholderText(self.tr("Find in the whole text"))
        self.needle.setClearButtonEnabled(True)
        self.needle.setMaxLength(_NEEDLE)
        self.needle.setAccessibleName(self.tr("Find in the whole text"))
        self.page.setAccessibleName(self.tr("Page"))
        self.page.setKeyboardTracking(False)
        label = PlainLabel(self, self.tr("Pa&ge"))
        label.setBuddy(self.page)
        top = QHBoxLayout()
        for widget in (label, self.page, self.count, self.previous_page, self.next_page):
            top.addWidget(widget)
        top.addSpacing(8)
        top.addWidget(self.needle, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        for button in (*buttons.buttons(), self.previous_page, self.next_page):
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # Enter searches
        bottom = QHBoxLayout()
        bottom.addWidget(self.says, 1)
        bottom.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.text, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.loading.done.connect(self._on_loaded)
        self.searching.done.connect(self._on_found)
        self.saving.done.connect(self._on_saved)
        self.page.valueChanged.connect(self._show_page)
        self.previous_page.clicked.connect(lambda: self.page.stepBy(-1))
        self.next_page.clicked.connect(lambda: self.page.stepBy(1))
        self.needle.returnPressed.connect(self.find_next)
        self.text.filled.connect(self._select_found)
        self.copy_button.clicked.connect(self.copy_all)
        self.save_button.clicked.connect(self._ask_file)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.needle.setFocus),
            (QKeySequence(QKeySequence.StandardKey.FindNext), self.find_next),
            (QKeySequence("Ctrl+PgDown"), self.next_page.click),
            (QKeySequence("Ctrl+PgUp"), self.previous_page.click),
        ):
            QShortcut(keys, self).activated.connect(slot)

    def _enable(self) -> None:
        ready = self._loaded and not self.saving.busy
        number = self.page.value()
        self.previous_page.setEnabled(number > 1)
        self.next_page.setEnabled(self._loaded and number < self.pages.count)
        self.save_button.setEnabled(ready)
        small = len(self.pages.source) <= _COPIED_BYTES
        self.copy_button.setEnabled(ready and small)
        self.copy_button.setToolTip("" if small else self.tr("Too large for the clipboard. Save it to a file."))

    # -- pages ---------------------------------------------------------------------------------------------------

    @Slot(object)
    def _on_loaded(self, pages: Pages | str) -> None:
        if isinstance(pages, str):
            self.says.show_text(self.tr("Cannot be read: %1").replace("%1", one_line(pages)))
            return
        self.pages, self._loaded = pages, True
        self.page.setRange(1, pages.count)
        self.count.setText(self.tr("of %1").replace("%1", formats.number(pages.count)))
        self.says.show_text(formats.size(len(pages.source)))
        self._show_page()

    @Slot()
    def _show_page(self) -> None:
        self.text.show_lines(self.pages.page(self.page.value() - 1).lines)
        self._enable()

    # -- finding -------------------------------------------------------------------------------------------------

    @Slot()
    def find_next(self) -> None:
        """Go to the next place of the text that is sought; past the end, to the first."""
        sought, pages = self.needle.text(), self.pages
        if not sought or not self._loaded:
            return
        start = self._found + 1 if sought == self._sought else 0
        self._sought = sought
        self.says.show_text(self.tr("Searching…"))
        self.searching.ask(lambda wanted: pages.find(sought, start, wanted))

    @Slot(object)
    def _on_found(self, place: int) -> None:
        self._found = place
        if place < 0:
            self.says.show_text(self.tr("Not found: %1").replace("%1", one_line(self._sought, 80)))
            return
        self.says.show_text(self.tr("Found at byte %1").replace("%1", formats.number(place)))
        number = self.pages.number_at(place) + 1
        if number != self.page.value():
            self.page.setValue(number)
        elif not self.text.filling:
            self._select_found()

    @Slot()
    def _select_found(self) -> None:
        """Select what was found, if it is on this page."""
        if self._found < 0 or self.pages.number_at(self._found) != self.page.value() - 1:
            return
        line, before = self.pages.line_and_text(self._found)
        block = self.text.document().findBlockByNumber(line)
        start = block.position() + units(before)
        length = units(as_shown(self._sought)) if self.pages.is_text else block.length() - 1
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(min(start, self.text.document().characterCount() - 1))
        end = min(start + length, self.text.document().characterCount() - 1)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    # -- copying and saving --------------------------------------------------------------------------------------

    @Slot()
    def copy_all(self) -> None:
        """Copy the whole text."""
        QGuiApplication.clipboard().setText(self.pages.source.decode("utf-8", "backslashreplace"))
        self.says.show_text(self.tr("Copied"))

    @Slot()
    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, self.tr("Save the whole text"), self._file_name)
        if path:
            self.save(Path(path))

    def save(self, path: Path) -> None:
        """Write the whole text to a file, byte by byte as it is."""
        source = self.pages.source
        self.says.show_text(self.tr("Saving…"))
        self.saving.ask(lambda _wanted: _written(path, source))
        self._enable()

    @Slot(object)
    def _on_saved(self, problem: str) -> None:
        text = self.tr("Not saved: %1").replace("%1", problem) if problem else self.tr("Saved")
        self.says.show_text(text)
        self._enable()


def _loaded(load: Callable[[Wanted], bytes | str], wanted: Wanted) -> Pages | str:
    """Return the pages of what is loaded, or what went wrong."""
    try:
        return Pages(load(wanted))
    except OSError as error:
        return str(error)


def _written(path: Path, source: bytes) -> str:
    """Write a file; return what went wrong, "" for nothing."""
    try:
        path.write_bytes(source)
    except OSError as error:
        return f"{path}: {error.strerror}"
    return ""
