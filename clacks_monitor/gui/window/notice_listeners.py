"""Who listens to which notice of the session, in the main window. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.board_spans import SpansShown
from clacks_monitor.core.chart import ChartShown
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.session import notices as n
from clacks_monitor.session.questions.answers import AnswerEnded, AnswerRows, QuestionsRead, ResultWritten
from clacks_monitor.session.view.computed_values import Computed, OrderProgress
from clacks_monitor.session.view.noted_rows import Annotated, NotesRead
from clacks_monitor.session.view.query_text import Examined

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.bridge import Bridge
    from clacks_monitor.gui.window.controllers import Controllers
    from clacks_monitor.gui.window.refresh import Refresh
    from clacks_monitor.gui.window.table_stack import TableStack
    from clacks_monitor.gui.window.window_frame import WindowFrame
    from clacks_monitor.gui.window.window_panes import WindowPanes
    from clacks_monitor.session.session import Session


class NoticeListeners(QObject):
    """Registers the listeners, and passes on what a notice means for several parts of the window.

    ``capture_changed`` comes when another capture is open, or the open one has another name.
    """

    capture_changed = Signal()

    def __init__(
        self,
        frame: WindowFrame,
        panes: WindowPanes,
        stack: TableStack,
        controllers: Controllers,
        refresh: Refresh,
        session: Session,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._frame, self._panes, self._stack, self._controllers = frame, panes, stack, controllers
        self._refresh, self._session = refresh, session
        self._capture = session.capture.current

    def register(self, bridge: Bridge) -> None:
        """Register every listener; those of one class are called in this order."""
        self._register_table(bridge)
        self._register_parts(bridge)
        bridge.delivered.connect(self._refresh.on_delivered)

    def _register_table(self, bridge: Bridge) -> None:
        panes, controllers, filter_state = self._panes, self._controllers, self._frame.filter
        bridge.listen(n.ViewReset, self._stack.begin_filtering)
        bridge.listen(n.ViewReset, panes.updates.on_reset)
        bridge.listen(n.ViewReset, panes.detail.match_results.ask_again)
        bridge.listen(n.ViewRows, panes.updates.on_rows)
        bridge.listen(n.Ordered, panes.updates.on_ordered)
        bridge.listen(Computed, controllers.computed_columns.on_computed)
        bridge.listen(OrderProgress, controllers.computed_columns.on_order_progress)
        bridge.listen(n.FilterProgress, self._stack.on_progress)
        bridge.listen(n.FilterProgress, self._on_progress)
        bridge.listen(n.FilterProgress, filter_state.run.on_progress)
        bridge.listen(n.FilterProgress, controllers.finding.on_progress)
        bridge.listen(n.FilterFault, self._on_fault)
        bridge.listen(n.Checked, filter_state.on_checked)
        bridge.listen(Examined, filter_state.on_examined)
        bridge.listen(Examined, controllers.computed_columns.on_examined)
        bridge.listen(Examined, controllers.questions.on_examined)
        bridge.listen(n.DryRun, filter_state.trial.on_dry_run)
        bridge.listen(Annotated, controllers.marks.on_annotated)
        bridge.listen(Annotated, controllers.events.on_annotated)
        bridge.listen(Annotated, controllers.notes.refresh)
        bridge.listen(NotesRead, controllers.notes.on_notes)
        bridge.listen(n.MatchResults, panes.detail.match_results.on_match_results)
        bridge.listen(n.Matches, controllers.finding.on_matches)
        bridge.listen(n.Edges, controllers.timing.on_edges)

    def _register_parts(self, bridge: Bridge) -> None:
        controllers = self._controllers
        bridge.listen(n.Counted, controllers.statistics.on_counted)
        bridge.listen(n.JobProgress, controllers.jobs.on_progress)
        bridge.listen(n.JobEnded, controllers.jobs.on_ended)
        bridge.listen(n.ReplayProgress, controllers.replays.on_progress)
        bridge.listen(n.StatusChanged, controllers.connections.refresh)
        bridge.listen(n.PeerChanged, controllers.broker.refresh)
        bridge.listen(n.ConnectionsChanged, controllers.connections.refresh)
        bridge.listen(n.ConnectionsChanged, controllers.broker.refresh)
        bridge.listen(n.PasswordWanted, controllers.connections.ask_password)
        bridge.listen(n.ProfilesChanged, controllers.profiles.refresh)
        bridge.listen(n.ProfilesChanged, self._frame.picker.refresh)
        bridge.listen(n.ProfilesChanged, controllers.profile_keys.refresh)
        bridge.listen(n.ProfilesChanged, controllers.profile_columns.refresh)
        bridge.listen(n.ProfilesChanged, self.name_profiles)
        bridge.listen(n.FilterTestsRun, controllers.profile_editor.on_tests_run)
        bridge.listen(n.FilterTestsRun, controllers.profile_files.on_tests_run)
        bridge.listen(n.TypesChanged, self._on_types)
        bridge.listen(n.TypesChanged, controllers.schemas.refresh)
        bridge.listen(n.CaptureChanged, self._on_capture)
        bridge.listen(n.CaptureChanged, controllers.boards.capture_changed)
        bridge.listen(n.CaptureChanged, controllers.spans.capture_changed)
        bridge.listen(n.ArchiveChanged, controllers.outages.on_archive)
        bridge.listen(n.CaptureDamaged, self._on_damage)
        bridge.listen(n.BoardShown, controllers.boards.on_board)
        bridge.listen(ChartShown, controllers.charts.on_chart)
        bridge.listen(QuestionsRead, controllers.questions.on_read)
        bridge.listen(AnswerRows, controllers.questions.on_rows)
        bridge.listen(AnswerEnded, controllers.questions.on_ended)
        bridge.listen(ResultWritten, controllers.questions.on_written)
        bridge.listen(SpansShown, controllers.spans.on_spans)
        bridge.listen(n.AlertRaised, controllers.alerts.on_alert)
        bridge.listen(n.Trouble, self._on_trouble)

    @Slot(object)
    def _on_progress(self, notice: n.FilterProgress) -> None:
        self._controllers.newest_chip.on_progress(notice.finished)
        if notice.finished:
            self._panes.model.order_again()
            self._controllers.timing.count()

    @Slot(object)
    def _on_fault(self, notice: n.FilterFault) -> None:
        self._frame.filter.run.on_fault(notice)
        profile = self._session.profiles.find(notice.source)
        if profile is not None:
            message = self.tr("The query of profile %1 raises errors for some events.").replace("%1", profile.name)
            self._frame.status.notify(f"{message} {one_line(translated(notice.text))}")

    @Slot()
    def _on_types(self) -> None:
        self._session.queries.vocabulary.forget()
        self._frame.filter.examine()

    @Slot(object)
    def _on_damage(self, notice: n.CaptureDamaged) -> None:
        self._controllers.recovery.on_damage(notice.problem)

    @Slot()
    def name_profiles(self) -> None:
        """Let the detail pane name the profiles as they are called now."""
        self._panes.detail.match_results.name_profiles({p.id: p.name for p in self._session.profiles.all()})

    @Slot()
    def _on_capture(self) -> None:
        """Begin anew with another capture; one that only has another name stays as it is shown."""
        self.capture_changed.emit()
        if self._capture is self._session.capture.current:
            return
        self._capture = self._session.capture.current
        self._panes.detail.show_entry(0, None)
        self._controllers.outages.on_archive()
        self._controllers.charts.capture_changed()
        self._controllers.questions.capture_changed()
        self._controllers.timing.begin()
        self._panes.model.cache.forget_problems()
        self._controllers.finding.end()
        self._controllers.reference.forget()
        self._controllers.marks.refresh()
        self._controllers.notes.end()
        self._refresh.refresh()

    @Slot(object)
    def _on_trouble(self, notice: n.Trouble) -> None:
        self._panes.trouble.notify(notice.text, notice.detail)
