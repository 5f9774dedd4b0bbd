"""The main window: puts the panes together, and passes values between them and the session.

It is built in two steps: its frame (window_frame), and with begin() the panes and what acts (window_panes).
Owner: the application. Thread: the window's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot

from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.window.window_panes import WindowPanes

if not TYPE_CHECKING:
    from clacks_monitor.core.overriding import override
else:
    from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QSettings
    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.bridge import Bridge
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.notices import FilterFault, FilterProgress, Trouble
    from clacks_monitor.session.session import Session

GLANCE_S, POLL_S = 1.0, 2.0
"""How often the counters and the timeline are looked at while events come, and how often everything."""
SILENT_MS = 1_500
"""When everything is looked at although nothing comes: times grow old by themselves."""


class MainWindow(WindowPanes):
    """``compose_wanted`` carries the body to begin with, b"" for a new event; ``closed`` comes when the window goes."""

    compose_wanted = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme, settings: QSettings, *, awaits: bool = False) -> None:
        super().__init__(theme, settings, awaits=awaits)
        self.begun = False
        self._refiltering = False
        self._polled = self._glanced = 0.0
        self.commands.on("filter.focus", self.focus_filter)

    # -- the session ---------------------------------------------------------------------------------------------

    def begin(self, session: Session, bridge: Bridge) -> None:
        """Work on a session from here on; what was typed before it was there counts."""
        self.session, self.bridge = session, bridge
        self._capture = session.capture.current
        self._build_panes()
        self._build_actions()
        self._listen()
        self._say_what_commands_do()
        self._timer = QTimer(self, interval=SILENT_MS)
        self._timer.timeout.connect(self.poll)
        self.begun = True
        self.filter.begin(session.view, list(session.settings.values.filter_history))
        self.profile_columns.refresh()
        self._name_profiles()
        self.marks.refresh()
        self.poll()
        self._show_title()
        if not self.filter_bar.line.hasFocus():
            self._focus_table()

    def _listen(self) -> None:
        bridge = self.bridge
        bridge.view_reset.connect(self._view_reset)
        bridge.view_rows.connect(self.model.take_rows)
        bridge.ordered.connect(self.model.take_order)
        bridge.filter_progress.connect(self._progressed)
        bridge.filter_progress.connect(self.filter.take_progress)
        bridge.filter_fault.connect(self._fault)
        bridge.checked.connect(self.filter.take_checked)
        bridge.dry_run.connect(self.filter.take_dry_run)
        bridge.annotated.connect(self.marks.take)
        bridge.edges.connect(self.timing.take_edges)
        bridge.counted.connect(self.statistics.take)
        bridge.matches.connect(self.finding.take_matches)
        bridge.filter_progress.connect(self.finding.take_progress)
        bridge.job_progress.connect(self.captures.jobs.take_progress)
        bridge.job_ended.connect(self.captures.jobs.take_end)
        bridge.replay_progress.connect(self.captures.take_replay)
        bridge.verdicts.connect(self.detail.verdicts.take)
        bridge.view_reset.connect(self.detail.verdicts.ask_again)
        bridge.status_changed.connect(self.connections.refresh)
        bridge.password_wanted.connect(self.connections.ask_password)
        bridge.connections_changed.connect(self.connections.refresh)
        bridge.profiles_changed.connect(self._profiles_changed)
        bridge.types_changed.connect(self.words.forget)
        bridge.capture_changed.connect(self._capture_changed)
        bridge.alarm.connect(self.alarms.take)
        bridge.board_shown.connect(self.boards.take)
        bridge.capture_changed.connect(self.boards.capture_changed)
        bridge.samples_tried.connect(self.profile_actions.take_tried)
        bridge.trouble.connect(self._troubled)
        bridge.delivered.connect(self._delivered)
        self.model.order_wanted.connect(self._order)
        self.model.unreadable.connect(self.captures.tell_damage, Qt.ConnectionType.QueuedConnection)
        self.events.unreadable.connect(self.captures.tell_damage)
        self.model.waiting_changed.connect(self._show_waiting)
        self.detail.verdicts.wanted.connect(self.session.view.judge)
        self.filter.applied.connect(self._filter_applied)
        self.events.filter_wanted.connect(self.filter.set)
        self.boards.filter_wanted.connect(self.filter.set)
        self.boards.row_wanted.connect(self.table.go_to)
        self.events.filter_prepared.connect(self._prepare_filter)
        self.connections.changed.connect(self._show_title)
        self.connections.coloured.connect(self.table.colour_connections)
        self.types.chosen.connect(self._choose_type)
        self.types.menu_wanted.connect(self._type_menu)
        self.find_bar.closed.connect(self._focus_table)

    def _say_what_commands_do(self) -> None:
        on = self.commands.on
        on("pause", self.set_paused)
        on("follow", self.table.go_to_newest)
        on("clear", self.clear)
        on("unclear", self.session.view.unclear)
        on("layout.reset", self.layout_keeper.reset)
        on("layout.reset", self.boards.hide_all)
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
            self.timing.count()

    @Slot(object)
    def _fault(self, notice: FilterFault) -> None:
        self.filter.take_fault(notice)
        profile = next((p for p in self.session.profiles.all() if p.id == notice.source), None)
        if profile is not None:
            words = self.tr("The profile %1 raises errors on some events.").replace("%1", profile.name)
            self.status.notify(f"{words} {notice.text}")

    @Slot()
    def _profiles_changed(self) -> None:
        self.profile_actions.refresh()
        self.picker.refresh()
        self.profile_keys.refresh()
        self.profile_columns.refresh()
        self._name_profiles()

    def _name_profiles(self) -> None:
        self.detail.verdicts.name_profiles({p.id: p.name for p in self.session.profiles.all()})

    @Slot()
    def _capture_changed(self) -> None:
        self._show_title()
        if self._capture is self.session.capture.current:
            return  # it only has another name now
        self._capture = self.session.capture.current
        self.detail.show_entry(0, None)
        self.timing.begin()
        self.model.forget_problems()
        self.finding.end()
        self.marks.refresh()
        self.poll()

    @Slot(object)
    def _troubled(self, notice: Trouble) -> None:
        self.trouble.notify(notice.text, notice.detail)

    @Slot()
    def _delivered(self) -> None:
        """Something has come: look at the numbers with it when it is time, so that all is painted together."""
        now = time.monotonic()
        if now - self._polled >= POLL_S:
            self.poll()
            return
        if now - self._glanced >= GLANCE_S:
            self._glance()
        self.show_emptiness()

    @Slot()
    def poll(self) -> None:
        """Show what changes by itself: numbers, rates, times."""
        self._polled = time.monotonic()
        self._glance()
        capture = self.session.capture
        self.status.show_capture(capture.path, capture.size(), temporary=capture.temporary)
        self.status.show_filter_place(self.session.connections.statuses().values())
        self.types.show_counts(self.session.type_counts())
        self.profiles.show_hits(self.session.profiles.hits())
        self.show_emptiness()

    def _glance(self) -> None:
        self._glanced = time.monotonic()
        self._timer.start()
        counters = self.session.counters()
        self.status.show_counters(counters)
        self.marks.show_gaps(counters.gaps)
        self.timing.tick()

    @Slot()
    def show_emptiness(self) -> None:
        """Show the table, or why it is empty."""
        if self.model.rowCount():
            self._show_in_stack(self.table)
            return
        if self._refiltering:
            return
        why = self._why_empty(self.session, self.connections.shown_status())
        status = self.connections.shown_status()
        hidden, unreadable = self.session.counters().hidden, self.session.capture.unreadable
        self.empty.explain(why, hidden=hidden, status=status, now_ns=time.time_ns(), unreadable=unreadable)
        self._show_in_stack(self.empty)

    def _show_in_stack(self, page: QWidget) -> None:
        """Show table or empty state; the focus stays where it was: in the middle, or elsewhere."""
        if self.stack.currentWidget() is page:
            return
        within = self.stack.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.stack.setCurrentWidget(page)
        if within:
            self._focus_table()

    # -- title, profiles, types ----------------------------------------------------------------------------------

    @Slot()
    def _show_title(self) -> None:
        capture = self.session.capture
        parts = [as_title(c.name) for c in self.connections.live()]
        if any(c.production for c in self.connections.live()):
            parts[0] = self.tr("Production: %1").replace("%1", parts[0])
        if not capture.temporary:
            words = self.tr("%1 (read only)") if capture.read_only else "%1"
            parts.append(words.replace("%1", as_title(capture.path.name)))
        self.setWindowTitle(" – ".join([*parts, self.tr("Clacks Event Monitor")]))

    @Slot(str)
    def _choose_type(self, name: str) -> None:
        """Show one type only; the same click again shows all."""
        query = self.session.view.type_query(self.session.type_step(name))
        self.filter.set("" if self.filter.applied_text == query else query)

    @Slot(str, "QPoint")
    def _type_menu(self, name: str, at: QPoint) -> None:
        self.table.open_menu(self.events.menus.type_menu(self.session.type_step(name)), at)

    @override
    def quit(self) -> None:
        if not self.begun or self.captures.may_quit():
            self.close()

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
            action.setText(self.tr("Go on (%Ln new)", "", count) if count else self.tr("Go on"))

    @Slot()
    def clear(self) -> None:
        """Empty the table; the capture keeps everything."""
        self.session.view.clear()
        self.status.notify(self.tr("Cleared. The capture keeps everything; View > Show cleared events brings it back."))

    @Slot()
    def show_all(self) -> None:
        """Remove the filter, uncheck all profiles, and show all times."""
        self.timing.show_all_times()
        self.filter.set("")
        self.profile_actions.activate([])

    @Slot()
    def remove_filter(self) -> None:
        """Remove the filter."""
        self.filter.set("")

    @Slot()
    def focus_filter(self) -> None:
        """Let the user type a filter."""
        target = self.filter_editor.edit if self.begun and self.filter_editor.isVisible() else self.filter_bar.line
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
            reason = self.session.workplace.remember_filter(text)
            if reason:
                self.trouble.notify(reason)
        self._focus_table()

    @Slot()
    def _focus_table(self) -> None:
        if self.filter_editor.isVisible():
            return
        shown = self.empty.first_button if self.stack.currentWidget() is self.empty else self.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.events.read_body(self.compose_wanted.emit, bytes)

    def keep_arrangement(self) -> None:
        """Keep panes, boards and columns as the user has them; columns that a profile brings are not the user's."""
        if self.begun and self.profile_columns.bringing:
            return
        if self.begun:
            self.boards.save()
        self.layout_keeper.save()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.begun and event.spontaneous() and not self.captures.may_quit():
            event.ignore()
            return
        if self.begun:
            self.profile_columns.put_away()
            self._timer.stop()
        self.keep_arrangement()
        super().closeEvent(event)
        self.closed.emit()
