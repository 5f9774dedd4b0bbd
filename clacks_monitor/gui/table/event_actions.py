"""What can be done with the events of the table: read, copy, filter by their values, go to a time.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from lxml import etree
from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from clacks_monitor.core.columns import MAX_NAME, Column, FieldColumn, column_from
from clacks_monitor.core.event import Event
from clacks_monitor.core.field_reader import property_text
from clacks_monitor.core.paths import element_step, local
from clacks_monitor.gui.detail.fields import leaves
from clacks_monitor.gui.kit import cells, formats, xml_text
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.table.value_menu import ValueMenus, title_of
from clacks_monitor.session.work.answers import StoreAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.columns import ShownColumn
    from clacks_monitor.core.event import Excerpt, Row
    from clacks_monitor.core.paths import Path
    from clacks_monitor.gui.detail.detail_pane import DetailPane
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.latest_task import Wanted
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.session.view.filtering import Filtering
    from clacks_monitor.session.view.noted_rows import Annotated
    from clacks_monitor.session.view.rows import Rows

T = TypeVar("T")

_FIELDS_IN_MENU, _MAX_FIELDS_IN_MENU = 12, 40
_LEAVES = 500
_MENU_BYTES = 32 * 1024
"""Of a body that are read for a menu, which the window waits for."""
_COPIED_BYTES = 4 * 1024 * 1024
_MAX_COPIED = 10_000
_COPIED = (Column.TIME, Column.TYPE, Column.SUMMARY, Column.CONNECTION)


class EventActions(QObject):
    """Works on the table's selection."""

    notified = Signal(str)
    filter_wanted = Signal(str)
    unreadable = Signal(str)
    filter_prepared = Signal(str)
    menu_opening = Signal(QMenu, int)
    """The menu of an event before it opens, and the event's sequence number: others may add what they can do."""

    def __init__(
        self,
        rows: Rows,
        filtering: Filtering,
        table: EventTable,
        detail: DetailPane,
        commands: Commands,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._rows, self._table, self._detail, self._theme = rows, table, detail, theme
        self._commands = commands
        self._window = parent
        self._reading = LatestTask("read event", self)
        self._reading.done.connect(self._read)
        self._asked: StoreAnswer[Excerpt | None] = StoreAnswer()
        self._comment: StoreAnswer[list[Row]] = StoreAnswer()
        self.menus = ValueMenus(filtering, parent)
        self.menus.filter_wanted.connect(self.filter_wanted)
        self.menus.column_wanted.connect(table.columns.add)
        self.menus.filter_prepared.connect(self.filter_prepared)
        table.columns.refused.connect(self.notified)
        commands.on("columns", table.column_menu.open)
        table.selected.connect(self.show)
        table.menu_wanted.connect(self._row_menu)
        detail.menu_wanted.connect(self._value_menu)
        detail.property_menu_opening.connect(self._property_menu)
        detail.whole_wanted.connect(self.show_whole)
        detail.value_wanted.connect(self._show_value)
        detail.xml.customContextMenuRequested.connect(self._xml_menu)
        commands.on("copy", self.copy_rows)
        commands.on("copy.xml", self.copy_xml)
        commands.on("go.time", self.ask_time)
        table.selection_changed.connect(self.enable)
        self.enable()

    @Slot()
    def enable(self) -> None:
        """Enable what can be done with the selection."""
        some = self._table.selectionModel().hasSelection()
        self._commands["copy"].setEnabled(some)
        for key in ("copy.xml", "compose.from"):
            self._commands[key].setEnabled(some and bool(self._table.current_sequence))

    # -- reading -------------------------------------------------------------------------------------------------

    @Slot(int)
    def show(self, sequence: int) -> None:
        """Show an entry in the detail pane."""
        self._with_excerpt(sequence, partial(self._show_excerpt, sequence))
        self.enable()

    @Slot()
    def show_again(self) -> None:
        """Show the entry of the detail pane anew: its times are written differently."""
        self.show(self._table.current_sequence)

    def _show_excerpt(self, sequence: int, excerpt: Excerpt | None) -> None:
        self._detail.show_entry(sequence if excerpt is not None else 0, excerpt)
        self._read_comment(sequence)

    def _read_comment(self, sequence: int) -> None:
        """Show the comment of the entry, unless another one is shown by the time that it is read."""
        self._comment.give_up()
        self._comment = self._rows.readable([sequence] if sequence else [])
        self._comment.then(self._show_comment)

    def _show_comment(self, rows: list[Row]) -> None:
        self._detail.show_comment(rows[0].comment if rows else "")

    @Slot(object)
    def on_annotated(self, notice: Annotated) -> None:
        """Show the comment of the entry in the detail pane as it is now."""
        if self._table.current_sequence in notice.sequences:
            self._read_comment(self._table.current_sequence)

    def _with_excerpt(self, sequence: int, then: Callable[[Excerpt | None], object]) -> None:
        """Call ``then`` with an entry's excerpt, None for no entry; what was asked before is given up."""
        self._asked.give_up()
        self._asked = self._rows.excerpt(sequence) if sequence else StoreAnswer.known(None)
        self._asked.then(then)

    def read_body(self, then: Callable[[T], object], make: Callable[[bytes], T]) -> None:
        """Read the body of the event that the user is on and make something of it, both on a thread; then call `then`.

        Where there is no event, its body is b"". What was asked before is given up.
        """
        rows, sequence = self._rows, self._table.current_sequence

        def work(_wanted: Wanted) -> Callable[[], object]:
            try:
                entry = rows.whole(sequence) if sequence else None
            except OSError as error:
                problem = str(error)
                return lambda: self.unreadable.emit(problem)
            made = make(entry.raw.body if isinstance(entry, Event) else b"")
            return lambda: then(made)

        self._reading.ask(work)

    @Slot(object)
    def _read(self, go_on: Callable[[], object]) -> None:
        go_on()

    @Slot(int)
    def show_whole(self, sequence: int) -> None:
        """Show an event's body in full, in a window of its own."""
        rows = self._rows

        def body(_wanted: Wanted) -> bytes:
            entry = rows.whole(sequence)
            return entry.raw.body if isinstance(entry, Event) else b""

        title = self.tr("Event %1").replace("%1", formats.number(sequence))
        self._view(title, body, f"event-{sequence}.xml")

    @Slot(str, str)
    def _show_value(self, name: str, value: str) -> None:
        self._view(name, lambda _wanted: value, "value.txt")

    def _view(self, title: str, read: Callable[[Wanted], bytes | str], file_name: str) -> None:
        from clacks_monitor.gui.detail.text_viewer import TextViewer  # the window starts faster

        TextViewer(title, read, self._theme, self._window, file_name=file_name).show()

    # -- menus ---------------------------------------------------------------------------------------------------

    @Slot(int, object, QPoint)
    def _row_menu(self, sequence: int, column: ShownColumn, at: QPoint) -> None:
        self._with_excerpt(sequence, partial(self._open_row_menu, sequence, column, at))

    def _open_row_menu(self, sequence: int, column: ShownColumn, at: QPoint, excerpt: Excerpt | None) -> None:
        menu = QMenu(self._table)
        menu.aboutToHide.connect(menu.deleteLater)
        entry = None if excerpt is None else excerpt.entry
        if isinstance(entry, Event) and excerpt is not None:
            self._fill_for(menu, entry, column, excerpt.size)
        copies = ("copies",) if self._table.events.entry(sequence).deliveries > 1 else ()
        for key in ("compose.from", "", "mark", "comment", "reference", "compare", *copies, "", "copy", "copy.xml"):
            menu.addAction(self._commands[key]) if key else menu.addSeparator()
        if isinstance(entry, Event):
            self.menu_opening.emit(menu, sequence)
        self._table.open_menu(menu, at)

    def _fill_for(self, menu: QMenu, event: Event, column: ShownColumn, size: int) -> None:
        root = xml_text.parsed(event.raw.body[:_MENU_BYTES], whole=size <= _MENU_BYTES)
        field = column if isinstance(column, FieldColumn) else None
        if field is not None and field.property_name in event.raw.properties:
            self._add_fields(menu, [(field.path, property_text(event.raw.properties[field.property_name]))])
            menu.addSeparator()
        elif field is not None and root is not None:
            self._add_fields(
                menu, [leaf for leaf in leaves(root, _LEAVES) if field.covers([local(step) for step in leaf[0][1:]])]
            )
            menu.addSeparator()
        if event.type:
            target = menu if column is Column.TYPE else menu.addMenu(as_caption(event.type))
            first = None if root is None else next(root.iterchildren(etree.Element), None)
            self.menus.add_type(target, event.type if first is None else element_step(str(first.tag)))
        found = leaves(root, _LEAVES) if root is not None else []
        below = menu if column is Column.SUMMARY else menu.addMenu(self.tr("Filter by a field"))
        self._add_fields(below, found)
        below.setEnabled(bool(found) or below is menu)
        menu.addSeparator()

    def _add_fields(self, menu: QMenu, found: Sequence[tuple[tuple[str, ...], str]]) -> None:
        """Add a menu for each value, the event's own fields before those of its parts, and the rest below "More"."""
        ordered = sorted(found, key=lambda leaf: len(leaf[0]))
        first, others = ordered[:_FIELDS_IN_MENU], ordered[_FIELDS_IN_MENU:_MAX_FIELDS_IN_MENU]
        self._add_values(menu, first)
        if others:
            more = menu.addMenu(self.tr("More"))

            def fill() -> None:
                if more.isEmpty():
                    self._add_values(more, others)

            more.aboutToShow.connect(fill)

    def _add_values(self, menu: QMenu, found: Sequence[tuple[tuple[str, ...], str]]) -> None:
        for path, value in found:
            self.menus.add_value(menu.addMenu(title_of(path, value)), path, value)

    @Slot(tuple, object, QPoint)
    def _value_menu(self, path: Path, value: str | None, at: QPoint) -> None:
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        self.menus.add_value(menu, path, value)
        self._table.open_menu(menu, at)

    @Slot(QMenu, str, str)
    def _property_menu(self, menu: QMenu, name: str, value: str) -> None:
        """Add what can be done with a property to the menu of its row."""
        path = (f"${name}",)
        if column_from(f"{name[:MAX_NAME]}={path[0]}") is not None:
            menu.addSeparator()
            self.menus.add_value(menu, path, value)

    @Slot(QPoint)
    def _xml_menu(self, at: QPoint) -> None:
        """Offer what can be done with the value at a place of the XML text, or with the part that is selected."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        place, selected = self._detail.place_at(at), self._detail.xml.selected()
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
        self._rows.readable(self._table.selection.sequences(_MAX_COPIED)).then(self._copy_lines)

    def _copy_lines(self, rows: Sequence[Row]) -> None:
        lines = ["\t".join(cells.text(row, column) for column in _COPIED) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.notified.emit(self.tr("%Ln row(s) copied", "", len(lines)))

    @Slot()
    def copy_xml(self) -> None:
        """Copy the selected event's body as it was received."""
        self._with_excerpt(self._table.current_sequence, self._copy_body)

    def _copy_body(self, excerpt: Excerpt | None) -> None:
        if excerpt is not None and excerpt.size > _COPIED_BYTES:
            text = self.tr("%1 are too large for the clipboard. Show the whole event and save it to a file.")
            self.notified.emit(text.replace("%1", formats.size(excerpt.size)))
            return
        self.read_body(self._copied_xml, xml_text.as_received)

    def _copied_xml(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.notified.emit(self.tr("XML copied"))

    # -- going to a time -----------------------------------------------------------------------------------------

    @Slot()
    def ask_time(self) -> None:
        """Let the user name a time, and go there."""
        dialog = MomentDialog(self.tr("Go to time"), self.tr("Go"), self._table.current_wall_ns(), self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.moment_ns is not None:
            self.go_to_time(dialog.moment_ns)
        dialog.deleteLater()

    def go_to_time(self, wall_ns: int) -> None:
        """Go to the first row at or after a time, to the newest where all are earlier."""
        self._rows.sequence_at(wall_ns).then(self._go_to)

    def _go_to(self, place: tuple[int, bool]) -> None:
        sequence, reached = place
        if not sequence or not self._table.go_to(sequence):
            self.notified.emit(self.tr("No events"))
        elif not reached or self._table.current_sequence < sequence:
            self.notified.emit(self.tr("No events at or after that time"))
