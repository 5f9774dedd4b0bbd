"""Copies that proxies relayed: folded below one row, or rows of their own. Owner: the main window; its thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal, Slot

from clacks_monitor.session.work.answers import StoreAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.preferences.window_preferences import WindowPreferences
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.session.view.filtering import Filtering
    from clacks_monitor.session.view.rows import Rows


class CopyActions(QObject):
    """Unfolds and folds the copies of the row that the user is on, or all; ``notified`` carries what to say."""

    notified = Signal(str)

    def __init__(
        self,
        rows: Rows,
        filtering: Filtering,
        table: EventTable,
        commands: Commands,
        preferred: WindowPreferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._rows, self._filtering, self._table, self._preferred = rows, filtering, table, preferred
        self._command = commands["copies"]
        self._asked: StoreAnswer[list[int]] = StoreAnswer()
        commands["copies.fold"].setChecked(preferred.fold_copies)
        filtering.fold(on=preferred.fold_copies)
        commands.on("copies", self.turn)
        commands.on("copies.fold", self.fold_all)
        table.selection_changed.connect(self.enable)
        table.events.dataChanged.connect(self.enable)
        self.enable()

    @Slot()
    def enable(self) -> None:
        """Enable the command where the row has copies."""
        sequence = self._table.current_sequence
        self._command.setEnabled(sequence > 0 and self._table.events.entry(sequence).deliveries > 1)

    @Slot(bool)
    def fold_all(self, on: bool) -> None:
        """Let one row stand for all deliveries of a message, or show a row for each; remember it."""
        self._preferred.fold_copies = on
        self._filtering.fold(on=on)

    @Slot()
    def turn(self) -> None:
        """Show the copies of the row that the user is on, and select them; or fold them again."""
        self._asked.give_up()
        sequence = self._table.current_sequence
        self._asked = self._rows.deliveries(sequence)
        self._asked.then(partial(self._turn, sequence))

    def _turn(self, here: int, deliveries: Sequence[int]) -> None:
        model = self._table.events
        shown = [sequence for sequence in deliveries if model.store.shows(sequence)]
        if here != self._table.current_sequence or len(shown) < 2:
            self.notified.emit(self.tr("The copies are hidden by the filter"))
            return
        if any(map(model.store.is_folded, shown)):
            model.unfold(shown)
            self._select(shown)
            self.notified.emit(self.tr("%Ln delivery(s) of one message", "", len(shown)))
            return
        self._table.go_to(shown[0])
        model.fold(shown[1:])

    def _select(self, sequences: Sequence[int]) -> None:
        model, chosen = self._table.events, QItemSelection()
        for sequence in sequences:
            index = model.index(model.store.position_of(sequence), 0)
            chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self._table.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
