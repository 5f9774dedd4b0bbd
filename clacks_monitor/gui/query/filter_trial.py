"""A dry run of the filter that is being typed, over the last events. Owner: the filter state; the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from clacks_monitor.session.notices import DryRun
    from clacks_monitor.session.view.query_lab import QueryLab


class FilterTrial(QObject):
    """``wanted`` says that its result is looked at; ``changed`` carries the result as a text."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wanted = False
        self._queries: QueryLab | None = None
        self._text = ""

    def begin(self, queries: QueryLab) -> None:
        """Know from now on what is asked."""
        self._queries = queries

    def forget(self) -> None:
        """Show nothing, and ignore what is still to come: the text has changed, or it is applied."""
        self._text = ""
        self.changed.emit("")

    def ask(self, text: str) -> None:
        """Ask what a text would do to the last events; "" shows nothing."""
        self._text = text
        if self._queries is not None and text.strip():
            self._queries.dry_run(text)
        else:
            self.changed.emit("")

    @Slot(object)
    def on_dry_run(self, notice: DryRun) -> None:
        """Show what a query would do, unless the text is another by now."""
        if notice.text != self._text:
            return
        text = self.tr("%1 of the last %2 events match.").replace("%1", formats.number(notice.shown))
        text = text.replace("%2", formats.number(notice.total))
        if notice.errors:
            text += " " + self.tr("%Ln raise an error (counted as no match by the broker).", "", notice.errors)
        self.changed.emit(text)
