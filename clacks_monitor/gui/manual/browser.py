"""Shows one page of the manual; opens files of the manual only. Owner: the manual's window. Thread: the window's."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextBrowser, QWidget
from typing_extensions import override

from clacks_monitor.gui.manual import page_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.gui.kit.theme import Theme

_MARGIN = 48


class Browser(QTextBrowser):
    """A page. ``wanted`` comes with the "page.md#anchor" of a link that is followed, or with its URL."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page = PurePosixPath("index.md")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(16)
        self.anchorClicked.connect(self._follow)

    def show_text(self, page: str, markdown: str, anchor: str = "") -> None:
        """Show a page, from one of its headings on."""
        self._page = PurePosixPath(page)
        features = QTextDocument.MarkdownFeature
        self.document().setMarkdown(markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
        self._mark_up()
        if anchor:
            self.scrollToAnchor(anchor)
        else:
            self.moveCursor(QTextCursor.MoveOperation.Start)

    def _mark_up(self) -> None:
        """Give headings their anchors, and code its background."""
        background = self.palette().alternateBase()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for block in self._blocks():
            if block.blockFormat().headingLevel():
                cursor.setPosition(block.position())
                cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
                anchor = QTextCharFormat()
                anchor.setAnchor(True)
                anchor.setAnchorNames([page_text.slug(block.text())])
                cursor.mergeCharFormat(anchor)
            elif block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence):
                cursor.setPosition(block.position())
                shaded = QTextBlockFormat()
                shaded.setBackground(background)
                cursor.mergeBlockFormat(shaded)
        cursor.endEditBlock()

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if url.scheme():
            self.wanted.emit(url.toString())
            return
        path = self._inside(url.path()) if url.path() else str(self._page)
        if path:
            self.wanted.emit(f"{path}#{url.fragment()}" if url.hasFragment() else path)

    def _inside(self, path: str) -> str:
        """Return a path as one relative to the manual's folder, "" when it leads out of it."""
        root = page_text.folder().resolve()
        target = (root / self._page.parent / path).resolve()
        return str(target.relative_to(root)) if target.is_relative_to(root) and target.is_file() else ""

    @override
    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Load a picture of the manual, the dark one on a dark background; nothing else."""
        url = QUrl(name)
        path = "" if url.scheme() or url.host() else self._inside(url.path())
        if type != QTextDocument.ResourceType.ImageResource.value or not path.endswith(".png"):
            return None
        dark = path.removesuffix(".png") + "-dark.png"
        root = page_text.folder()
        image = QImage(str(root / (dark if self._theme.dark and (root / dark).is_file() else path)))
        width = self.viewport().width() - _MARGIN
        return (
            image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            if image.width() > width > 0
            else image
        )
