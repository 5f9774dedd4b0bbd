"""The objects that act on the main window's panes and session, built when the session is there.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from clacks_monitor.gui.boards.board_docks import BoardDocks
from clacks_monitor.gui.captures.capture_actions import CaptureActions
from clacks_monitor.gui.captures.capture_jobs import CaptureJobs
from clacks_monitor.gui.captures.export_actions import ExportActions
from clacks_monitor.gui.captures.file_dialogs import FileDialogs
from clacks_monitor.gui.captures.open_actions import OpenActions
from clacks_monitor.gui.captures.recent_captures import RecentCaptures
from clacks_monitor.gui.captures.recovery_actions import RecoveryActions
from clacks_monitor.gui.captures.replay_actions import ReplayActions
from clacks_monitor.gui.captures.save_actions import SaveActions
from clacks_monitor.gui.captures.statistics_actions import StatisticsActions
from clacks_monitor.gui.charts.chart_actions import ChartActions
from clacks_monitor.gui.connections.broker_actions import BrokerActions
from clacks_monitor.gui.connections.connection_actions import ConnectionActions
from clacks_monitor.gui.connections.outage_display import OutageDisplay
from clacks_monitor.gui.connections.subscription_actions import SubscriptionActions
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.manual.help_actions import HelpActions
from clacks_monitor.gui.preferences.preferences_actions import PreferencesActions
from clacks_monitor.gui.preferences.window_preferences import WindowPreferences
from clacks_monitor.gui.profiles.alerts import AlertList
from clacks_monitor.gui.profiles.filter_test_menu import FilterTestMenu
from clacks_monitor.gui.profiles.profile_actions import ProfileActions
from clacks_monitor.gui.profiles.profile_columns import ProfileColumns
from clacks_monitor.gui.profiles.profile_editor import ProfileEditor
from clacks_monitor.gui.profiles.profile_files import ProfileFiles
from clacks_monitor.gui.profiles.profile_keys import ProfileKeys
from clacks_monitor.gui.questions.question_actions import QuestionActions
from clacks_monitor.gui.spans.span_actions import SpanActions
from clacks_monitor.gui.table.computed_columns import ComputedColumns
from clacks_monitor.gui.table.copy_actions import CopyActions
from clacks_monitor.gui.table.event_actions import EventActions
from clacks_monitor.gui.table.finding import Finding
from clacks_monitor.gui.table.mark_actions import MarkActions
from clacks_monitor.gui.table.notes_actions import NotesActions
from clacks_monitor.gui.table.time_reference import TimeReference
from clacks_monitor.gui.table.trouble_walk import TroubleWalk
from clacks_monitor.gui.timeline.newest_chip import NewestChip
from clacks_monitor.gui.timeline.span_chip import SpanChip
from clacks_monitor.gui.timeline.timing import Timing
from clacks_monitor.gui.window.bars.chip_bar import ChipBar
from clacks_monitor.gui.window.bars.production_band import ProductionBand
from clacks_monitor.gui.window.schema_actions import SchemaActions
from clacks_monitor.gui.window.window_actions import WindowActions

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.window_frame import WindowFrame
    from clacks_monitor.gui.window.window_panes import WindowPanes
    from clacks_monitor.session.session import Session


class Controllers:
    """Builds the actions of each part of the window, and connects them with the panes and with each other."""

    def __init__(
        self,
        window: QMainWindow,
        frame: WindowFrame,
        panes: WindowPanes,
        session: Session,
        theme: Theme,
        settings: QSettings,
    ) -> None:
        commands, menus, table, rows = frame.commands, frame.menus, panes.table, session.rows
        self._preferred = WindowPreferences(settings)
        self.band = ProductionBand(theme, window)
        window.addToolBarBreak()
        window.addToolBar(self.band)
        self.events = EventActions(rows, session.filtering, table, panes.detail, commands, theme, window)
        self.finding = Finding(session.searching, table, panes.find_bar, commands, window)
        self.marks = MarkActions(rows, session.annotations, table, commands, theme, window)
        self.copies = CopyActions(rows, session.filtering, table, commands, self._preferred, window)
        self.reference = TimeReference(table, commands, frame.status, window)
        self.troubles = TroubleWalk(rows, table, frame.status, commands, window)
        self.profile_editor = ProfileEditor(session, theme, panes.vocabulary, table.columns, window)
        self.profiles = ProfileActions(session, panes.profiles, self.profile_editor, commands, window)
        self.profile_files = ProfileFiles(session, panes.profiles, commands, window)
        self.profile_files.imported.connect(self.profiles.refresh)
        self.filter_tests = FilterTestMenu(session, self.profile_editor, theme, window)
        self.profile_columns = ProfileColumns(session.profiles, table.columns, table.column_menu, window)
        self.computed_columns = ComputedColumns(session, table, theme, panes.vocabulary, window)
        self.profile_keys = ProfileKeys(session.profiles, panes.profiles, menus["profiles"])
        self._build_connections(frame, session, theme, window)
        place = child(window, QVBoxLayout, "column")
        self._build_captures(frame, panes, session, theme, settings, place, window)
        self.timing = Timing(session, table, panes.timeline, commands, window)
        self.notes = NotesActions(session, table, self.chips, commands, theme, window)
        self.span_chip = SpanChip(self.timing, self.chips, window)
        self.newest_chip = NewestChip(session.filtering, self.chips, table, window)
        place.insertWidget(0, self.chips)
        self.outages = OutageDisplay(
            self.connections, session.following, panes.timeline, theme, self._preferred, window
        )
        self.statistics = StatisticsActions(session, self.timing, commands, theme, window)
        self._build_plots(frame, panes, session, theme, window)
        self.questions = QuestionActions(session, table, panes.vocabulary, commands, theme, settings, window)
        self.window = WindowActions(window, commands)
        self.preferences = PreferencesActions(session, commands, theme, self._preferred, window)
        self.help = HelpActions(window, commands, theme, session.folders, session.catalogue.vocabulary)
        self.boards = BoardDocks(session.boards, theme, settings, window)
        self.boards.add_to_menu(menus["view"])
        self.alerts = AlertList(frame.status, theme, commands["alerts"], self._preferred, window)
        self._connect_results(frame, panes)
        self._connect_panes(frame, panes, session)

    def _build_plots(
        self, frame: WindowFrame, panes: WindowPanes, session: Session, theme: Theme, window: QMainWindow
    ) -> None:
        """Build what is shown above the timeline."""
        commands, timing, timeline = frame.commands, self.timing, panes.timeline
        self.charts = ChartActions(session, panes.table, timing, timeline, commands, theme, window)
        self.spans = SpanActions(session.boards, timing, timeline, commands, theme, window)

    def _build_connections(self, frame: WindowFrame, session: Session, theme: Theme, window: QMainWindow) -> None:
        """Build what acts on connections."""
        commands, connections = frame.commands, session.connections
        self.connections = ConnectionActions(connections, commands, theme, frame.connection_button, self.band, window)
        self.chips = ChipBar(theme, window)
        self.subscriptions = SubscriptionActions(connections, self.connections, commands, self.chips, window)
        self.broker = BrokerActions(connections, commands, theme, window)

    def _build_captures(
        self,
        frame: WindowFrame,
        panes: WindowPanes,
        session: Session,
        theme: Theme,
        settings: QSettings,
        place: QVBoxLayout,
        window: QMainWindow,
    ) -> None:
        """Build what acts on captures; progress is shown in ``place``."""
        commands, menus, table, files = frame.commands, frame.menus, panes.table, FileDialogs(window)
        self.jobs = CaptureJobs(session.work, theme, place, window)
        self.saving = SaveActions(session, self.jobs, files, commands, window)
        self.recent = RecentCaptures(settings, menus["file"], commands["archive.open"], window)
        self.opening = OpenActions(session, self.saving, self.jobs, files, commands, self.recent, theme, window)
        self.captures = CaptureActions(session, self.jobs, files, commands, window)
        self.recovery = RecoveryActions(session, self.jobs, files, commands, window)
        self.exports = ExportActions(session, table, self.jobs, files, commands, window)
        self.schemas = SchemaActions(session.catalogue, session.folders.schemas, self.jobs.bar, commands, window)
        self.replays = ReplayActions(session, table, theme, place, commands, window)

    def _connect_results(self, frame: WindowFrame, panes: WindowPanes) -> None:
        """Show the result of an action, or why it failed."""
        both = (
            self.marks,
            self.profiles,
            self.profile_files,
            self.connections,
            self.subscriptions,
            self.jobs,
            self.captures,
            self.replays,
            self.preferences,
            self.schemas,
        )
        for part in (
            self.events,
            self.computed_columns,
            self.timing,
            self.troubles,
            self.notes,
            self.charts,
            self.copies,
            self.questions,
            self.reference,
            *both,
        ):
            part.notified.connect(frame.status.notify)
        for failing in (
            *both,
            self.filter_tests,
            self.profile_columns,
            self.saving,
            self.opening,
            self.recovery,
            self.exports,
        ):
            failing.failed.connect(panes.trouble.notify)

    def _connect_panes(self, frame: WindowFrame, panes: WindowPanes, session: Session) -> None:
        self.preferences.times_changed.connect(panes.table.show_times)
        self.preferences.times_changed.connect(panes.timeline.update)
        self.preferences.times_changed.connect(self.events.show_again)
        self.outages.lost.connect(self.alerts.notify)
        self.alerts.row_wanted.connect(panes.table.go_to)
        self.boards.row_wanted.connect(panes.table.go_to)
        self.boards.filter_wanted.connect(frame.filter.set)
        self.boards.span_wanted.connect(self.timing.limit)
        self.spans.row_wanted.connect(panes.table.go_to)
        self.spans.filter_wanted.connect(frame.filter.set)
        self.spans.span_wanted.connect(self.timing.limit)
        self.events.filter_wanted.connect(frame.filter.set)
        self.events.menus.chart_wanted.connect(self.charts.open)
        self.events.menu_opening.connect(self.filter_tests.add_to)
        self.events.unreadable.connect(self.recovery.on_damage)
        panes.model.unreadable.connect(self.recovery.on_damage, Qt.ConnectionType.QueuedConnection)
        self.connections.coloured.connect(panes.table.colour_connections)
        self.connections.counted.connect(panes.table.columns.know_connections)
        frame.picker.picked.connect(self.profiles.activate)
        frame.commands.on("follow", panes.table.go_to_newest)
        frame.commands.on("unclear", session.filtering.unclear)
        frame.commands.on("layout.reset", frame.layout.reset)
        frame.commands.on("layout.reset", self.boards.hide_all)
        frame.commands.on("layout.reset", self.charts.hide)
        frame.commands.on("layout.reset", self.spans.hide)
        panes.detail.match_results.wanted.connect(session.queries.match)
