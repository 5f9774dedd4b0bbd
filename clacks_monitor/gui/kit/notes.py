"""Notes in the colour of their tone, hints in empty lists, and buttons with an icon.

Each fetches its colours again when the theme changes.
Owner: the widget it is on. Thread: the window's.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import MAX_TEXT
from clacks_monitor.gui.kit.icons import ICON_SIZE
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QResizeEvent

    from clacks_monitor.gui.kit.theme import Theme


class Tone(Enum):
    """The meaning of a note, shown by colour and icon; a plain one and a help text have no icon."""

    PLAIN = ""
    HELP = "help"
    GOOD = "ok"
    WAITING = "busy"
    WARN = "warning"
    BAD = "error"


def colour_of(tone: Tone, theme: Theme) -> QColor:
    """Return the colour of a tone's text."""
    return {
        Tone.HELP: theme.muted,
        Tone.GOOD: theme.good,
        Tone.WARN: theme.warn,
        Tone.BAD: theme.bad,
    }.get(tone, theme.text)


_ANY_HEIGHT = 100_000
LIKELY_WIDTH = 420
"""Before a text has its place: most fit on one line of this, so their height never has to change."""


class WrappedLabel(PlainLabel):
    """Text that wraps and fixes its own height to its width.

    Layouts inside of layouts negotiate the heights of wrapped texts badly and at great length; a form has hundreds.
    """

    def __init__(self, parent: QWidget | None = None, limit: int = MAX_TEXT) -> None:
        super().__init__(parent, limit=limit)
        self._width = LIKELY_WIDTH
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._width = max(event.size().width(), 1)
        self._fit()

    def _fit(self) -> None:
        # Not heightForWidth(): that is never less than the height which was fixed before.
        area = QRect(0, 0, self._width, _ANY_HEIGHT)
        needed = self.fontMetrics().boundingRect(area, Qt.TextFlag.TextWordWrap, self.text()).height()
        if needed != self.height():
            self.setFixedHeight(needed)


class Note(QWidget):
    """A wrapped line of text with the icon of its tone before it."""

    def __init__(self, theme: Theme, tone: Tone, parent: QWidget | None = None, text: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self.tone = tone
        # No higher than its text: in a higher place the sign would stand above it.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.icon = PlainLabel(self)
        self.icon.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.label = WrappedLabel(self)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        theme.changed.connect(self._colour)
        self.set_text(text, tone)

    def set_text(self, text: str, tone: Tone | None = None) -> None:
        """Show a text, in another tone where one is given."""
        self.tone = self.tone if tone is None else tone
        self.label.setText(text)
        self.setAccessibleName(spoken(text))
        self._colour()

    def text(self) -> str:
        """Return what is shown."""
        return self.label.text()

    @Slot()
    def _colour(self) -> None:
        colour = colour_of(self.tone, self._theme)
        palette = self.label.palette()
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.label.setPalette(palette)
        named = self.tone not in {Tone.PLAIN, Tone.HELP}
        self.icon.setVisible(named and bool(self.text()))
        if named:
            self.icon.setPixmap(self._theme.icons.pixmap(self.tone.value, colour))


class EmptyHint(PlainLabel):
    """Text in the middle of a list while the list is empty."""

    def __init__(self, view: QAbstractItemView, text: str) -> None:
        super().__init__(view.viewport(), text)
        self._view = view
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        model = view.model()
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._show)
        view.viewport().installEventFilter(self)
        self._show()

    @Slot()
    def _show(self) -> None:
        self.setGeometry(self._view.viewport().rect().adjusted(8, 0, -8, 0))
        self.setVisible(self._view.model().rowCount() == 0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._show()
        return super().eventFilter(watched, event)


class IconButton(QToolButton):
    """A flat button with an icon; its text is the tooltip and the accessible name."""

    def __init__(self, theme: Theme, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setAutoRaise(True)
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.set_text(text)
        theme.changed.connect(self._colour)
        self._colour()

    def set_text(self, text: str) -> None:
        """Set what the button does: its tooltip and its accessible name."""
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(spoken(text))

    @Slot()
    def _colour(self) -> None:
        self.setIcon(self._theme.icons.icon(self._icon))
