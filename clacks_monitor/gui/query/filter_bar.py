"""The filter bar: one line, coloured by its state, which an icon and a word say too. Owner: the toolbar; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.query.filter_state import FilterPhase
from clacks_monitor.gui.query.filter_texts import error_text, message, remedy_caption, remedy_tip
from clacks_monitor.gui.query.query_edit import QueryLine

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.filter_state import FilterState
    from clacks_monitor.session.view.query_text import Remedy

_LEAST_MESSAGE, _LEAST_LINE = 240, 240
"""Pixels that the message and the filter's text have at least; in a wide bar the message takes what the text leaves."""
_LONG_LINE = 500
_SIGN, _SPACING, _MARGINS, _CARET = 16, 4, 8, 16


class FilterBar(QFrame):
    """Shows and edits a FilterState."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QueryLine(self)
        self._sign = PlainLabel(self)
        self._message = PlainLabel(self)
        self._mend = QToolButton(self)
        self._editor = QToolButton(self)
        self._remove = QToolButton(self)
        self._state: FilterState | None = None
        self._theme: Theme | None = None
        self._said, self._ink = "", QColor()
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 1, 2, 1)
        row.setSpacing(_SPACING)
        self._sign.setFixedSize(QSize(_SIGN, _SIGN))
        row.addWidget(self._sign)
        row.addWidget(self.line, 1)
        row.addWidget(self._message)
        for button in (self._mend, self._remove, self._editor):
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self._mend.setAutoRaise(False)  # it is seen to be a button
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.setPlaceholderText(self.tr("Filter by XQuery, for example ./*:Event/*:PhoneStatus"))
        self.line.setAccessibleName(self.tr("Filter"))
        self.line.setAccessibleDescription(self.tr("XQuery expression. Enter applies it, Escape reverts the change."))
        self._message.setAccessibleName(self.tr("State of the filter"))
        self.setFocusProxy(self.line)

    def set_up(self, state: FilterState, theme: Theme, commands: Commands) -> None:
        """Show a state; to be called once."""
        self._state, self._theme = state, theme
        self._mend.setDefaultAction(commands["filter.mend"])
        self._editor.setDefaultAction(commands["filter.editor"])
        self._remove.setDefaultAction(commands["filter.clear"])
        self.line.edited.connect(state.type)
        self.line.apply_wanted.connect(state.apply)
        self.line.revert_wanted.connect(state.revert)
        self.line.history_wanted.connect(state.walk)
        state.changed.connect(self.refresh)
        theme.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the state as it is now."""
        state, theme = self._state, self._theme
        if state is None or theme is None:
            return
        phase = state.phase
        if " ".join(state.text.split("\n")) != self.line.toPlainText():
            self.line.load(state.text)
        doubtful = state.run.fault or state.warning
        sign, ink, share = {
            FilterPhase.EMPTY: ("filter", theme.muted, 0.0),
            FilterPhase.BUSY: ("busy", theme.muted, 0.0),
            FilterPhase.VALID: ("warning" if state.warning else "edit", theme.warn, 0.10),
            FilterPhase.APPLIED: ("warning", theme.warn, 0.10) if doubtful else ("ok", theme.good, 0.12),
            FilterPhase.INVALID: ("error", theme.bad, 0.14),
        }[phase]
        self._sign.setPixmap(theme.icons.pixmap(sign, ink))
        background = theme.washed(ink, share) if share else theme.base
        self.line.tint(background)
        self._tint(background)
        self.line.show_error(state.error)
        text = message(state)
        self._remove.setVisible(bool(state.text))
        self._offer(state.remedy)
        self._said, self._ink = text, ink
        self._show_message()
        stays = state.applied_text.strip() not in {"", state.text.strip()}
        note = self.tr("The last valid filter stays active.") if stays else ""
        whole = error_text(state.warning, state.text) if state.warning else text
        self._message.setToolTip(plain_tip("\n".join(filter(None, (whole, note)))))
        self._sign.setToolTip(self._message.toolTip())

    def _offer(self, remedy: Remedy | None) -> None:
        """Offer what mends the text, where its words can be read."""
        action = self._mend.defaultAction()
        action.setEnabled(remedy is not None)
        self._mend.setVisible(remedy is not None)
        if remedy is not None:
            self._mend.setText(remedy_caption(remedy))
            self._mend.setToolTip(plain_tip(remedy_tip(remedy)))

    def _show_message(self) -> None:
        """Say what there is to say, in the room beside the filter's text."""
        text = one_line(self._said)
        metrics = QFontMetrics(self._message.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(_LEAST_MESSAGE, self._message_width()))
        self._message.setText(shown)
        self._message.setAccessibleDescription(spoken(self._said))
        palette = self._message.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._ink)
        self._message.setPalette(palette)

    def _message_width(self) -> int:
        """Return the pixels that the message can have while the text of the filter is shown whole."""
        buttons = [button for button in (self._mend, self._remove, self._editor) if not button.isHidden()]
        beside = sum(button.sizeHint().width() + _SPACING for button in buttons) + _SIGN + 3 * _SPACING + _MARGINS
        written = QFontMetrics(self.line.font()).horizontalAdvance(self.line.toPlainText()[:_LONG_LINE]) + _CARET
        return self.width() - beside - max(written, _LEAST_LINE)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_message()

    def _tint(self, colour: QColor) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, colour)
        self.setPalette(palette)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        focused = self.line.hasFocus()
        accent = self._theme.accent if self._theme and focused else self.palette().color(QPalette.ColorRole.Mid)
        painter.setPen(accent)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()
