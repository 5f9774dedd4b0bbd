"""The manual's window: a page, the way back, the contents, a search. Owner: the window it explains; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from clacks_monitor.gui.manual import page_text
from clacks_monitor.gui.manual.browser import Browser
from clacks_monitor.gui.manual.places import CONTENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.forms.vocabulary import ElementInfo
    from clacks_monitor.gui.kit.theme import Theme

_SIZE = (860, 700)
_MAX_LINE = 120


class ManualWindow(QWidget):
    """Shows the manual's pages. ``vocabulary`` is asked for this site's event types when the cheat sheet is shown."""

    def __init__(self, theme: Theme, vocabulary: Callable[[], Iterable[ElementInfo]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._vocabulary = vocabulary
        self._past: list[str] = []
        self.place = ""
        self.browser = Browser(theme, self)
        self.back = QPushButton(self.tr("&Back"), self)
        self.contents = QPushButton(self.tr("&Contents"), self)
        self.search = QLineEdit(self)
        self._lay_out()
        self.browser.wanted.connect(self.open)
        self.back.clicked.connect(self.go_back)
        self.contents.clicked.connect(self.show_contents)
        self.search.returnPressed.connect(self.list_pages)
        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)
        QShortcut(QKeySequence("Ctrl+F"), self, self.search.setFocus)
        QShortcut(QKeySequence("Escape"), self, self.close)
        theme.changed.connect(self._again)
        self.resize(*_SIZE)

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        self.search.setPlaceholderText(self.tr("Search the manual"))
        self.search.setAccessibleName(self.tr("Search the manual"))
        self.browser.setAccessibleName(self.tr("Page of the manual"))
        self.search.setClearButtonEnabled(True)
        for widget in (self.back, self.contents):
            row.addWidget(widget)
        row.addWidget(self.search, 1)
        column.addLayout(row)
        column.addWidget(self.browser, 1)

    @Slot(str)
    def open(self, place: str) -> None:
        """Show "page.md" or "page.md#anchor"; a web address is opened by the system's browser."""
        if "://" in place:
            QDesktopServices.openUrl(QUrl(place))
            return
        if self.place:
            self._past.append(self.place)
        self._show(place)

    def _show(self, place: str) -> None:
        self.place = place
        page, _hash, anchor = place.partition("#")
        text = page_text.prepared(page)
        if page == page_text.CHEAT_SHEET:
            text += "\n" + page_text.event_types(self._vocabulary())
        self.setWindowTitle(self.tr("%1 – Manual").replace("%1", page_text.title(page)))
        self.browser.show_text(page, text, anchor)
        self.back.setEnabled(bool(self._past))

    @Slot()
    def _again(self) -> None:
        """Show the page in the theme's present colours."""
        if self.place:
            self._show(self.place)

    @Slot()
    def go_back(self) -> None:
        """Show the page before this one."""
        if self._past:
            self._show(self._past.pop())

    @Slot()
    def show_contents(self) -> None:
        """Show the list of pages."""
        self.open(CONTENTS)

    @Slot()
    def list_pages(self) -> None:
        """List the pages that contain the text."""
        text = self.search.text().strip()
        if not text:
            return
        hits = page_text.found(text)
        lines = [f"- [{page_text.title(page)}]({page}): {page_text.escaped(line[:_MAX_LINE])}" for page, line in hits]
        heading = self.tr("Found on %Ln page(s)", "", len(hits))
        self.browser.show_text(CONTENTS, "\n".join([f"## {heading}\n", *lines]))
        if self.place:
            self._past.append(self.place)
        self.place = ""
        self.back.setEnabled(bool(self._past))
