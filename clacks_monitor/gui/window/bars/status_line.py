"""One line of text that takes the room there is: a passing message, else what always stands there.

Owner: the status bar. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QResizeEvent


class StatusLine(PlainLabel):
    """Never asks for more width than it is given: a long message ends in dots and is whole in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(4, 0, 4, 0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.message = ""
        self._standing = ""
        self._note = ""
        self._ink: QColor | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear_message)

    def stand(self, text: str, note: str = "", *, ink: QColor | None = None) -> None:
        """Set what stands here while there is no message; ``note`` is its tooltip, ``ink`` its colour if not muted."""
        if (text, note, ink) != (self._standing, self._note, self._ink):
            self._standing, self._note, self._ink = text, note, ink
            self._show()

    def show_message(self, text: str, for_ms: int = 0) -> None:
        """Show a message, for a while or (0) until the next one."""
        self.message = text
        self._timer.stop()
        if text and for_ms:
            self._timer.start(for_ms)
        self._show()

    @Slot()
    def clear_message(self) -> None:
        """Show again what stands here."""
        self.show_message("")

    def _show(self) -> None:
        text = one_line(self.message or self._standing)
        self._colour()
        margins = self.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.setToolTip(plain_tip(self.message or self._note))
        self.setAccessibleDescription(spoken(text))

    def _colour(self) -> None:
        palette, role = QPalette(), QPalette.ColorRole.PlaceholderText
        if self.message:
            role = QPalette.ColorRole.WindowText
        elif self._ink is not None:
            role = QPalette.ColorRole.WindowText
            palette.setColor(role, self._ink)
        self.setPalette(palette)
        self.setForegroundRole(role)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
