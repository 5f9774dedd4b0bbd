"""What can be done with the events of the table: read, mark, comment, copy, find, filter by their values.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from lxml import etree
from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from clacks_monitor.core.columns import Column, FieldColumn
from clacks_monitor.core.event import Event
from clacks_monitor.core.paths import element_step, local
from clacks_monitor.gui import cells, formats, xml_text
from clacks_monitor.gui.fields_tree import leaves
from clacks_monitor.gui.value_menu import ValueMenus, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.core.paths import Path
    from clacks_monitor.gui.commands import Commands
    from clacks_monitor.gui.detail_pane import DetailPane
    from clacks_monitor.gui.event_table import EventTable
    from clacks_monitor.gui.find_bar import FindBar
    from clacks_monitor.session.notices import Found
    from clacks_monitor.session.view import View

_FIELDS_IN_MENU = 12
_LEAVES = 2_000
_MAX_HIDDEN_HITS = 200
_MAX_COPIED = 10_000
_COPIED = (Column.TIME, Column.TYPE, Column.SUMMARY, Column.CONNECTION)


def time_from(text: str, near_ns: int) -> int | None:
    """Return the time that a person means by "14:02", "14:02:10.5" or "2026-11-24 14:02"; on the day of ``near_ns``."""
    words = text.strip()
    day = datetime.fromtimestamp(near_ns / formats.NS).astimezone()
    try:
        if "-" in words:
            moment = datetime.fromisoformat(words).astimezone()
        else:
            parts = [float(part) for part in words.split(":")]
            if len(parts) not in {2, 3} or any(part < 0 for part in parts):
                return None
            midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
            moment = midnight + timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2] if parts[2:] else 0)
    except (ValueError, OverflowError):
        return None
    return round(moment.timestamp() * formats.NS)


class EventActions(QObject):
    """Works on the table's selection."""

    told = Signal(str)
    filter_wanted = Signal(str)
    filter_prepared = Signal(str)
    menu_opening = Signal(QMenu, int)
    """The menu of an event before it opens, and the event's sequence number: others may add what they can do."""

    def __init__(
        self, view: View, table: EventTable, detail: DetailPane, find: FindBar, commands: Commands, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._view, self._table, self._detail, self._find = view, table, detail, find
        self._commands = commands
        self._window = parent
        self._search = ("", "text", True)
        self._search_start = 0
        self._skipped = 0
        self.menus = ValueMenus(view, parent)
        self.menus.filter_wanted.connect(self.filter_wanted)
        self.menus.column_wanted.connect(table.columns.add)
        self.menus.filter_prepared.connect(self.filter_prepared)
        table.columns.told.connect(self.told)
        commands.on("columns", table.columns.open_menu)
        table.selected.connect(self.show)
        table.menu_wanted.connect(self._row_menu)
        detail.menu_wanted.connect(self._value_menu)
        detail.xml.customContextMenuRequested.connect(self._xml_menu)
        find.wanted.connect(self._find_from_here)
        commands.on("copy", self.copy_rows)
        commands.on("copy.xml", self.copy_xml)
        commands.on("find", find.open)
        commands.on("find.next", find.next)
        commands.on("find.previous", find.previous)
        commands.on("go.time", self.ask_time)
        commands.on("mark", self.mark)
        commands.on("mark.next", self.next_mark)
        commands.on("mark.previous", self.previous_mark)
        commands.on("comment", self.ask_comment)
        table.selection_changed.connect(self.enable)
        self.enable()

    @Slot()
    def enable(self) -> None:
        """Enable what can be done with the selection."""
        some = self._table.selectionModel().hasSelection()
        for key in ("copy", "mark"):
            self._commands[key].setEnabled(some)
        for key in ("copy.xml", "comment", "compose.from"):
            self._commands[key].setEnabled(some and bool(self._table.current_sequence))

    # -- reading -------------------------------------------------------------------------------------------------

    @Slot(int)
    def show(self, sequence: int) -> None:
        """Show an entry in the detail pane."""
        self._detail.show_entry(sequence, self._view.entry(sequence))
        self.enable()

    def body(self) -> bytes:
        """Return the body of the event that the user is on, b"" for none."""
        entry = self._view.entry(self._table.current_sequence) if self._table.current_sequence else None
        return entry.raw.body if isinstance(entry, Event) else b""

    # -- menus ---------------------------------------------------------------------------------------------------

    @Slot(int, object, QPoint)
    def _row_menu(self, sequence: int, column: AnyColumn, at: QPoint) -> None:
        menu = QMenu(self._table)
        menu.aboutToHide.connect(menu.deleteLater)
        entry = self._view.entry(sequence)
        if isinstance(entry, Event):
            self._fill_for(menu, entry, column)
        for key in ("compose.from", "", "mark", "comment", "", "copy", "copy.xml"):
            menu.addAction(self._commands[key]) if key else menu.addSeparator()
        if isinstance(entry, Event):
            self.menu_opening.emit(menu, sequence)
        self._table.open_menu(menu, at)

    def _fill_for(self, menu: QMenu, event: Event, column: AnyColumn) -> None:
        root = xml_text.parsed(event.raw.body)
        if isinstance(column, FieldColumn) and root is not None:
            self._add_fields(
                menu, [leaf for leaf in leaves(root, _LEAVES) if column.covers([local(step) for step in leaf[0][1:]])]
            )
            menu.addSeparator()
        if event.type:
            target = menu if column is Column.TYPE else menu.addMenu(event.type)
            named = (
                [element_step(str(child.tag)) for child in root.iterchildren(etree.Element)] if root is not None else []
            )
            self.menus.add_type(target, named[0] if named else event.type)
        found = leaves(root, _FIELDS_IN_MENU) if root is not None else []
        below = menu if column is Column.SUMMARY else menu.addMenu(self.tr("Filter by a field"))
        self._add_fields(below, found)
        below.setEnabled(bool(found) or below is menu)
        menu.addSeparator()

    def _add_fields(self, menu: QMenu, found: Sequence[tuple[tuple[str, ...], str]]) -> None:
        """Add a menu for each value."""
        for path, value in found[:_FIELDS_IN_MENU]:
            self.menus.add_value(menu.addMenu(title_of(path, value)), path, value)

    @Slot(tuple, object, QPoint)
    def _value_menu(self, path: Path, value: str | None, at: QPoint) -> None:
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        self.menus.add_value(menu, path, value)
        self._table.open_menu(menu, at)

    @Slot(QPoint)
    def _xml_menu(self, at: QPoint) -> None:
        """Offer what can be done with the value at a place of the XML text, or with the part that is selected."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        place, selected = self._detail.place_at(at), self._detail.xml.textCursor().selectedText()
        if place is not None:
            if selected and place.value and selected != place.value and selected in place.value:
                self.menus.add_part(menu, place.path, selected)
            self.menus.add_value(menu, place.path, place.value)
            menu.addSeparator()
        usual = self._detail.xml.createStandardContextMenu()
        usual.setParent(menu, usual.windowFlags())
        menu.addActions(usual.actions())
        self._table.open_menu(menu, self._detail.xml.viewport().mapToGlobal(at))

    # -- copying -------------------------------------------------------------------------------------------------

    @Slot()
    def copy_rows(self) -> None:
        """Copy the selected rows as text, one a line, columns divided by tabs."""
        rows = self._view.rows(self._table.chosen(_MAX_COPIED))
        lines = ["\t".join(cells.text(row, column) for column in _COPIED) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.told.emit(self.tr("%n row(s) copied", "", len(lines)))

    @Slot()
    def copy_xml(self) -> None:
        """Copy the selected event's body as it was received."""
        QGuiApplication.clipboard().setText(xml_text.as_received(self.body()))
        self.told.emit(self.tr("XML copied"))

    # -- marks and comments --------------------------------------------------------------------------------------

    @Slot()
    def mark(self) -> None:
        """Mark the selected rows; when all are marked, take the marks away."""
        chosen = self._table.chosen()
        rows = self._view.rows(chosen)
        on = not all(row.mark for row in rows)
        for row in rows:
            self._view.set_mark(row.sequence, mark=on)
            self._table.events.refresh(row.sequence)

    @Slot()
    def ask_comment(self) -> None:
        """Let the user write a comment to the event."""
        sequence = self._table.current_sequence
        rows = self._view.rows([sequence])
        if not rows:
            return
        text, done = QInputDialog.getMultiLineText(
            self._window, self.tr("Comment"), self.tr("Comment on this event:"), rows[0].comment
        )
        if done:
            self._view.set_comment(sequence, text.strip())
            self._table.events.refresh(sequence)

    @Slot()
    def next_mark(self) -> None:
        """Go to the next marked row."""
        self._go_to_mark(1)

    @Slot()
    def previous_mark(self) -> None:
        """Go to the previous marked row."""
        self._go_to_mark(-1)

    def _go_to_mark(self, step: int) -> None:
        """Look through the rows a page at a time: marks are few, and the capture knows them."""
        sequences = list(self._table.events.sequences())
        here = self._table.current_sequence
        ahead = [s for s in sequences if s > here] if step > 0 else [s for s in reversed(sequences) if s < here]
        for start in range(0, len(ahead), 500):
            for row in self._view.rows(ahead[start : start + 500]):
                if row.mark:
                    self._table.go_to(row.sequence)
                    return
        self.told.emit(self.tr("No further mark"))

    # -- finding -------------------------------------------------------------------------------------------------

    @Slot(str, str, bool)
    def _find_from_here(self, text: str, kind: str, forward: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._search = (text, kind, forward)
        self._search_start = self._table.current_sequence
        self._skipped = 0
        self._view.find(text, kind=kind, start=self._table.current_sequence, forward=forward)

    @Slot(object)
    def take_found(self, found: Found) -> None:
        """Go to what was found; what the filter hides is passed over."""
        if found.problem:
            self._find.say(found.problem, bad=True)
        elif not found.sequence:
            self._find.say(self.tr("not found"), bad=True)
        elif self._table.events.position(found.sequence) < 0:
            self._pass_over(found.sequence)
        else:
            self._table.go_to(found.sequence)
            self._find.say(self.tr("from the start again") if found.wrapped else "")

    def _pass_over(self, sequence: int) -> None:
        self._skipped += 1
        if self._skipped > _MAX_HIDDEN_HITS or sequence == self._search_start:
            self._find.say(self.tr("only in hidden events"), bad=True)
            return
        text, kind, forward = self._search
        self._search_start = self._search_start or sequence
        self._view.find(text, kind=kind, start=sequence, forward=forward)

    @Slot()
    def ask_time(self) -> None:
        """Let the user name a time, and go there."""
        rows = (
            self._view.rows([self._table.current_sequence or self._table.events.sequences()[-1]])
            if (self._table.events.rowCount())
            else []
        )
        near = rows[0].wall_ns if rows else 0
        text, done = QInputDialog.getText(
            self._window,
            self.tr("Go to time"),
            self.tr("Time, for example 14:02 or 14:02:10, or 2026-11-24 14:02:"),
            text=formats.clock_short(near) if near else "",
        )
        if done:
            self.go_to_time(text, near)

    def go_to_time(self, text: str, near_ns: int) -> None:
        """Go to the first row at or after a time."""
        wanted = time_from(text, near_ns)
        if wanted is None:
            self.told.emit(self.tr("This is no time: %1").replace("%1", text))
            return
        sequence = self._view.sequence_at(wanted)
        if not sequence or not self._table.go_to(sequence):
            self.told.emit(self.tr("Nothing was received at or after that time"))
