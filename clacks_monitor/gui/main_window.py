"""The main window: puts the panes together, and passes values between them and the session.

Owner: the application. Thread: the window's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
)
from typing_extensions import override

from clacks_monitor.gui.capture_actions import CaptureActions
from clacks_monitor.gui.commands import Commands
from clacks_monitor.gui.connection_actions import ConnectionActions
from clacks_monitor.gui.detail_pane import DetailPane
from clacks_monitor.gui.empty_state import Empty, EmptyState, why_empty
from clacks_monitor.gui.event_actions import EventActions
from clacks_monitor.gui.event_model import EventModel
from clacks_monitor.gui.event_table import EventTable
from clacks_monitor.gui.filter_bar import FilterBar
from clacks_monitor.gui.filter_editor import FilterEditor
from clacks_monitor.gui.filter_state import FilterState
from clacks_monitor.gui.find_bar import FindBar
from clacks_monitor.gui.layouts import child, load_layout
from clacks_monitor.gui.production_band import ProductionBand
from clacks_monitor.gui.profile_actions import ProfileActions
from clacks_monitor.gui.profile_columns import ProfileColumns
from clacks_monitor.gui.profile_keys import ProfileKeys
from clacks_monitor.gui.profile_picker import ProfilePicker
from clacks_monitor.gui.profiles_dock import ProfilesView
from clacks_monitor.gui.query_words import QueryWords
from clacks_monitor.gui.status_bar import StatusBar
from clacks_monitor.gui.timeline import Timeline
from clacks_monitor.gui.trouble_bar import TroubleBar
from clacks_monitor.gui.trouble_walk import TroubleWalk
from clacks_monitor.gui.types_dock import TypesView
from clacks_monitor.gui.window_actions import WindowActions
from clacks_monitor.gui.window_layout import WindowLayout

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QCloseEvent

    from clacks_monitor.gui.bridge import Bridge
    from clacks_monitor.gui.theme import Theme
    from clacks_monitor.session.notices import FilterFault, FilterProgress, Trouble
    from clacks_monitor.session.session import Session

POLL_MS = 250
_EDITOR_HEIGHT = 190


class MainWindow(QMainWindow):
    """``compose_wanted`` carries the body to begin with, b"" for a new event."""

    compose_wanted = Signal(bytes)

    def __init__(self, session: Session, bridge: Bridge, theme: Theme, settings: QSettings) -> None:
        super().__init__()
        self.session, self.bridge, self.theme, self._settings = session, bridge, theme, settings
        own = (TroubleBar, FilterEditor, EventTable, EmptyState, FindBar, TypesView, ProfilesView, DetailPane, Timeline)
        load_layout("main_window", self, **{kind.__name__: kind for kind in own})
        self.table = child(self, EventTable, "table")
        self.empty = child(self, EmptyState, "empty")
        self.detail = child(self, DetailPane, "detail")
        self.types = child(self, TypesView, "types")
        self.profiles = child(self, ProfilesView, "profiles")
        self.timeline = child(self, Timeline, "timeline")
        self.find_bar = child(self, FindBar, "findBar")
        self.trouble = child(self, TroubleBar, "trouble")
        self.filter_editor = child(self, FilterEditor, "filterEditor")
        self.stack = child(self, QStackedWidget, "stack")
        rows = child(self, QSplitter, "rows")
        rows.setStretchFactor(0, 0)
        rows.setStretchFactor(1, 1)
        rows.setSizes([_EDITOR_HEIGHT, 600])
        self.commands = Commands(self, self.table, self.profiles, theme, settings)
        self.words = QueryWords(session.vocabulary)
        self.filter = FilterState(session.view, list(session.settings.values.filter_history), self)
        self.filter_bar = FilterBar(self)
        self.model = EventModel(session.view.rows, self)
        self.status = StatusBar(theme, self)
        self.setStatusBar(self.status)
        self._refiltering = False
        self._received = session.counters().received
        self._set_up_parts()
        self._build_actions()
        self._build_bars()
        self._listen()
        self._say_what_commands_do()
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)
        self._timer.start()
        self.layout_keeper.restore()
        self.profile_columns.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.poll()

    # -- building ------------------------------------------------------------------------------------------------

    def _set_up_parts(self) -> None:
        theme, commands, view = self.theme, self.commands, self.session.view
        self.table.show_model(self.model, theme)
        self.empty.set_up(theme, commands)
        self.detail.set_up(theme)
        self.types.set_up(theme)
        self.profiles.set_up(theme, commands)
        self.timeline.set_up(theme)
        self.find_bar.set_up(theme, commands)
        self.trouble.set_up(theme)
        self.filter_bar.set_up(self.filter, theme, self.words, commands)
        self.filter_editor.set_up(self.filter, theme, self.words, commands, view.explain)

    def _build_actions(self) -> None:
        session, commands = self.session, self.commands
        self.events = EventActions(session.view, self.table, self.detail, self.find_bar, commands, self)
        self.troubles = TroubleWalk(session.view, self.table, self.status, commands, self)
        self.profile_actions = ProfileActions(session, self.profiles, commands, self.theme, self.words, self)
        self.profile_columns = ProfileColumns(session.profiles, self.table.columns, self)
        self.band = ProductionBand(self.theme, self)
        self.connections = ConnectionActions(session.connections, commands, self.theme, self.band, self)
        self.captures = CaptureActions(session.capture, commands, self)
        self.layout_keeper = WindowLayout(self, self.table, self._settings)
        self.window_actions = WindowActions(self, commands, self.theme, self._settings)
        for part in (self.events, self.troubles, self.profile_actions, self.connections, self.captures):
            part.told.connect(self.status.tell)
        for failing in (self.profile_actions, self.profile_columns, self.connections, self.captures):
            failing.failed.connect(self.trouble.tell)

    def _build_bars(self) -> None:
        self.menus = self.commands.fill(self.menuBar())
        self.layout_keeper.add_to_menu(self.menus["view"])
        self.picker = ProfilePicker(self.session.profiles, self.theme, self)
        self.picker.picked.connect(self.profile_actions.activate)
        bar = QToolBar(self.tr("Toolbar"), self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(16, 16))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addWidget(self.connections.button)
        bar.addSeparator()
        bar.addAction(self.commands["pause"])
        bar.addAction(self.commands["clear"])
        bar.addSeparator()
        bar.addWidget(self.filter_bar)
        bar.addSeparator()
        bar.addWidget(self.picker)
        bar.addAction(self.commands["compose"])
        for button in bar.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addToolBar(bar)
        self.addToolBarBreak()
        self.addToolBar(self.band)
        self.profile_keys = ProfileKeys(self.session.profiles, self.profiles, self.menus["profiles"])

    def _listen(self) -> None:
        bridge = self.bridge
        bridge.view_reset.connect(self._view_reset)
        bridge.view_rows.connect(self.model.take_rows)
        bridge.ordered.connect(self.model.take_order)
        bridge.filter_progress.connect(self._progressed)
        bridge.filter_progress.connect(self.filter.take_progress)
        bridge.filter_fault.connect(self._fault)
        bridge.dry_run.connect(self.filter.take_dry_run)
        bridge.found.connect(self.events.take_found)
        bridge.status_changed.connect(self.connections.refresh)
        bridge.connections_changed.connect(self.connections.refresh)
        bridge.profiles_changed.connect(self._profiles_changed)
        bridge.types_changed.connect(self.words.forget)
        bridge.capture_changed.connect(self._capture_changed)
        bridge.trouble.connect(self._troubled)
        bridge.delivered.connect(self.show_emptiness)
        self.model.order_wanted.connect(self._order)
        self.model.waiting_changed.connect(self._show_waiting)
        self.filter.applied.connect(self._filter_applied)
        self.events.filter_wanted.connect(self.filter.set)
        self.events.filter_prepared.connect(self._prepare_filter)
        self.connections.changed.connect(self._show_title)
        self.types.chosen.connect(self._choose_type)
        self.types.menu_wanted.connect(self._type_menu)
        self.timeline.span_chosen.connect(self._go_to_span)
        self.find_bar.closed.connect(self._focus_table)

    def _say_what_commands_do(self) -> None:
        on = self.commands.on
        on("quit", self.close)
        on("pause", self.set_paused)
        on("follow", self.table.go_to_newest)
        on("clear", self.clear)
        on("unclear", self.session.view.unclear)
        on("layout.reset", self.layout_keeper.reset)
        on("filter.focus", self.focus_filter)
        on("filter.editor", self.show_editor)
        on("filter.mend", self.filter.mend)
        on("filter.clear", self.remove_filter)
        on("show.all", self.show_all)
        on("subscription", self._subscribe)
        on("compose", self._compose)
        on("compose.from", self._compose_from)

    # -- what comes from the session -----------------------------------------------------------------------------

    @Slot(object)
    def _view_reset(self, notice: object) -> None:
        self._refiltering = True
        self.model.take_reset(notice)  # type: ignore[arg-type]  # signals carry objects

    @Slot(object)
    def _progressed(self, notice: FilterProgress) -> None:
        self._refiltering = not notice.finished
        if notice.finished:
            self.model.order_again()

    @Slot(object)
    def _fault(self, notice: FilterFault) -> None:
        self.filter.take_fault(notice)
        profile = next((p for p in self.session.profiles.all() if p.id == notice.source), None)
        if profile is not None:
            words = self.tr("The profile %1 raises errors on some events.").replace("%1", profile.name)
            self.status.tell(f"{words} {notice.text}")

    @Slot()
    def _profiles_changed(self) -> None:
        self.profile_actions.refresh()
        self.picker.refresh()
        self.profile_keys.refresh()
        self.profile_columns.refresh()

    @Slot()
    def _capture_changed(self) -> None:
        self.detail.show_entry(0, None)
        self.timeline.clear()
        self._received = self.session.counters().received
        self._show_title()
        self.poll()

    @Slot(object)
    def _troubled(self, notice: Trouble) -> None:
        self.trouble.tell(notice.text, notice.detail)

    @Slot()
    def poll(self) -> None:
        """Show what changes by itself: numbers, rates, times."""
        counters = self.session.counters()
        self.status.show_counters(counters)
        capture = self.session.capture
        self.status.show_capture(capture.path, capture.size(), temporary=capture.temporary)
        self.status.show_filter_place(self.session.connections.statuses().values())
        self.types.show_counts(self.session.type_counts())
        self.profiles.show_hits(self.session.profiles.hits())
        arrived, self._received = max(0, counters.received - self._received), counters.received
        self.timeline.add(arrived, time.time_ns())
        self.show_emptiness()

    @Slot()
    def show_emptiness(self) -> None:
        """Show the table, or why it is empty."""
        if self.model.rowCount():
            self.stack.setCurrentWidget(self.table)
            return
        why = why_empty(self.session, self.connections.shown_status(), filtering=self._refiltering)
        if why is Empty.FILTERING:
            return
        status = self.connections.shown_status()
        self.empty.explain(why, hidden=self.session.counters().hidden, status=status, now_ns=time.time_ns())
        if self.stack.currentWidget() is not self.empty:
            self.stack.setCurrentWidget(self.empty)

    # -- title, profiles, types ----------------------------------------------------------------------------------

    @Slot()
    def _show_title(self) -> None:
        capture = self.session.capture
        parts = [c.name for c in self.connections.live()]
        if any(c.production for c in self.connections.live()):
            parts[0] = self.tr("Production: %1").replace("%1", parts[0])
        if not capture.temporary:
            parts.append(capture.path.name)
        self.setWindowTitle(" – ".join([*parts, self.tr("Clacks Event Monitor")]))

    @Slot(str)
    def _choose_type(self, name: str) -> None:
        """Show one type only; the same click again shows all."""
        query = self.session.view.type_query(self.session.type_step(name))
        self.filter.set("" if self.filter.applied_text == query else query)

    @Slot(str, "QPoint")
    def _type_menu(self, name: str, at: QPoint) -> None:
        self.table.open_menu(self.events.menus.type_menu(self.session.type_step(name)), at)

    @Slot(object, object)
    def _go_to_span(self, from_ns: int, to_ns: int) -> None:
        del to_ns
        sequence = self.session.view.sequence_at(from_ns)
        if sequence:
            self.table.go_to(sequence)

    # -- commands ------------------------------------------------------------------------------------------------

    @Slot(bool)
    def set_paused(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Freeze the table, or let it go on."""
        if on:
            self.model.pause()
        else:
            self.model.resume()
        self.commands["pause"].setIcon(self.theme.icon("play" if on else "pause"))
        self._show_waiting(0)

    @Slot(int)
    def _show_waiting(self, count: int) -> None:
        action = self.commands["pause"]
        if not self.model.paused:
            action.setText(self.tr("Pause"))
        else:
            action.setText(self.tr("Go on (%n new)", "", count) if count else self.tr("Go on"))

    @Slot()
    def clear(self) -> None:
        """Empty the table; the capture keeps everything."""
        self.session.view.clear()
        self.status.tell(self.tr("Cleared. The capture keeps everything; View > Show cleared events brings it back."))

    @Slot()
    def show_all(self) -> None:
        """Remove the filter and uncheck all profiles."""
        self.filter.set("")
        self.profile_actions.activate([])

    @Slot()
    def remove_filter(self) -> None:
        """Remove the filter."""
        self.filter.set("")

    @Slot()
    def focus_filter(self) -> None:
        """Let the user type a filter."""
        target = self.filter_editor.edit if self.filter_editor.isVisible() else self.filter_bar.line
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        target.selectAll()

    @Slot(bool)
    def show_editor(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Open or close the large editor."""
        self.filter_editor.setVisible(on)
        self.filter.trying = on
        if on:
            self.filter_editor.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._focus_table()

    @Slot(str)
    def _prepare_filter(self, text: str) -> None:
        """Let the user go on with a filter that a menu has begun."""
        self.filter.prepare(text)
        target = self.filter_editor.edit if self.filter_editor.isVisible() else self.filter_bar.line
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _filter_applied(self, text: str) -> None:
        if text.strip():
            self.session.settings.remember_filter(text)
        self._focus_table()

    @Slot()
    def _focus_table(self) -> None:
        if not self.filter_editor.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, bool)
    def _order(self, column: object, descending: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.session.view.order_by(column, self.model.sequences(), descending=descending)  # type: ignore[arg-type]

    @Slot()
    def _subscribe(self) -> None:
        self.connections.ask_subscription(self.filter.applied_text)

    @Slot()
    def _compose(self) -> None:
        self.compose_wanted.emit(b"")

    @Slot()
    def _compose_from(self) -> None:
        self.compose_wanted.emit(self.events.body())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.profile_columns.put_away()
        self.layout_keeper.save()
        self._timer.stop()
        super().closeEvent(event)
