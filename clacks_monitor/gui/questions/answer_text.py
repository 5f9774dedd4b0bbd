"""An answer as text, of which the beginning is shown. Owner: the result's pane. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot

from clacks_monitor.gui.detail.shown_text import shown
from clacks_monitor.gui.detail.text_pane import TextPane
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.session.questions.exporting import row_text

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.detail.shown_text import Shown
    from clacks_monitor.session.questions import ResultRow

TEXT: Final = 200_000
"""Characters of an answer that are shown as text; a file has all."""
_LINES: Final = 20_000


class AnswerText(TextPane):
    """Writes rows as text on a thread."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._writing = LatestTask("answer as text", self)
        self._writing.done.connect(self._show)

    @property
    def busy(self) -> bool:
        """Whether the text is still to come."""
        return self._writing.busy or self.filling

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        """Show rows, each as the item that it is."""
        self._writing.give_up()
        self.show_lines(())
        if rows:
            self._writing.ask(lambda wanted: _text_of(rows, wanted))

    @Slot(object)
    def _show(self, found: Shown) -> None:
        lines = found.lines
        if found.cut:
            lines = (*lines, "", self.tr("Only the beginning is shown. Export has all."))
        self.show_lines(lines)

    def stop(self) -> list[threading.Thread]:
        """Write nothing more; return the thread while it runs."""
        return self._writing.stop()


def _text_of(rows: Sequence[ResultRow], wanted: Callable[[], None]) -> Shown:
    """Return the beginning of an answer as text. Any thread."""
    parts, size = list[str](), 0
    for row in rows:
        wanted()
        parts.append(row_text(row)[: TEXT + 1])
        size += len(parts[-1])
        if size > TEXT:
            break
    return shown("\n".join(parts), TEXT, _LINES)
