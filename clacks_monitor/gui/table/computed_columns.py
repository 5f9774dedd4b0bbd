"""Computed columns of the table: adds and edits them, has their values evaluated, and shows how far sorting is.

Owner: the main window. Thread: the window's; values are evaluated by a process of the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.core.columns import ComputedColumn
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.query_completer import QueryCompleter
    from clacks_monitor.gui.table.computed_dialog import ComputedColumnDialog
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.session.session import Session
    from clacks_monitor.session.view.computed_values import Computed, OrderProgress
    from clacks_monitor.session.view.query_text import Examined

_NAME_SHOWN = 60


class ComputedColumns(QObject):
    """``notified`` carries a line for the status bar."""

    notified = Signal(str)

    def __init__(
        self, session: Session, table: EventTable, theme: Theme, completer: QueryCompleter, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._table, self._theme, self._completer = session, table, theme, completer
        self._window = window
        self._dialog: ComputedColumnDialog | None = None
        table.column_menu.computed_wanted.connect(self.ask)
        table.events.values_wanted.connect(self._compute)

    @Slot(object, object)
    def _compute(self, columns: list[ComputedColumn], sequences: list[int]) -> None:
        self._session.rows.compute(columns, sequences)

    @Slot(object)
    def on_computed(self, notice: Computed) -> None:
        """Show values."""
        self._table.events.on_computed(notice)

    @Slot(object)
    def on_order_progress(self, notice: OrderProgress) -> None:
        """Show how far sorting is."""
        name = one_line(notice.column.name, _NAME_SHOWN)
        if notice.done < notice.total:
            text = self.tr("Sorting by “%1”: %2 %").replace("%2", str(100 * notice.done // notice.total))
        else:
            text = self.tr("Sorted by “%1”")
        self.notified.emit(text.replace("%1", name))

    @Slot(object)
    def on_examined(self, notice: Examined) -> None:
        """Pass a remark about an expression on to the dialog."""
        if self._dialog is not None:
            self._dialog.on_examined(notice)

    @Slot(object)
    def ask(self, column: ComputedColumn | None = None) -> None:
        """Let the user add a computed column, or edit one."""
        from clacks_monitor.gui.table.computed_dialog import ComputedColumnDialog  # the window starts faster

        dialog = self._dialog = ComputedColumnDialog(
            column, self._session.queries, self._theme, self._completer, self._window
        )
        if dialog.exec():
            self._keep(column, dialog.column())
        self._dialog = None
        dialog.deleteLater()

    def _keep(self, old: ComputedColumn | None, new: ComputedColumn) -> None:
        columns = self._table.columns
        if old is not None and old.expression == new.expression:
            columns.rename(old, new.name)
            return
        if old is not None:
            columns.remove(old)
        columns.add(new)
