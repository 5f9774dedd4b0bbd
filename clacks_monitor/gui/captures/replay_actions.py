"""Replays the capture: asks what and where to, confirms for production, shows the progress.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from clacks_monitor.gui.captures.replay_bar import ReplayBar
from clacks_monitor.gui.captures.replay_dialog import ReplayDialog
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.session.captures.replaying import ReplayPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.session.notices import ReplayProgress
    from clacks_monitor.session.session import Session

_MAX_SELECTED = 100_000_000


class ReplayActions(QObject):
    """``notified`` and ``failed`` carry messages."""

    notified = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        session: Session,
        table: EventTable,
        theme: Theme,
        place: QVBoxLayout,
        commands: Commands,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._table, self._theme, self._window = session, table, theme, window
        self.bar = ReplayBar(window)
        self.bar.setVisible(False)
        place.addWidget(self.bar)
        self.bar.held.connect(self._hold)
        self.bar.stepped.connect(self._step)
        self.bar.stopped.connect(self._stop)
        commands.on("replay", self.ask)

    def _why_not(self, connection_id: str) -> str:
        if self._session.replaying.busy:
            return self.tr("A replay is already running.")
        if not connection_id:
            unsaved = self._session.capture.temporary
            return self.tr("Save the capture first. Replayed events go into a new one.") if unsaved else ""
        return self._session.sender.why_not(connection_id)

    def _scopes(self, bounds: tuple[int, int], marks: Sequence[int]) -> dict[str, int]:
        first, last = bounds
        return {
            "shown": len(self._table.events.store.sequences),
            "selected": self._table.selection.count() if self._table.selection.count() > 1 else 0,
            "marks": marks[-1] - marks[0] + 1 if len(marks) > 1 else 0,
            "all": last - first + 1 if last else 0,
        }

    @Slot()
    def ask(self) -> None:
        """Let the user say what is replayed where to, and begin."""
        rows = self._session.rows
        rows.bounds().then(lambda bounds: rows.marks().then(lambda marks: self._ask(bounds, marks)))

    def _ask(self, bounds: tuple[int, int], marks: Sequence[int]) -> None:
        dialog = ReplayDialog(
            self._session.connections.all(),
            self._scopes(bounds, marks),
            self._table.current_wall_ns(),
            self._why_not,
            self._theme,
            self._window,
        )
        if dialog.exec() == QDialog.DialogCode.Accepted and self._confirmed(dialog.target):
            from_ns, to_ns = dialog.span
            part = ReplayPart(from_ns, to_ns, sequences=self._sequences(dialog.scope, marks))
            self._begin(dialog, part)
        dialog.deleteLater()

    def _begin(self, dialog: ReplayDialog, part: ReplayPart) -> None:
        name = self._session.capture.path.name
        reason = self._session.replaying.start(part, dialog.pace, dialog.target)
        if reason:
            self.failed.emit(reason)
            return
        settings = self._session.connections.get(dialog.target)
        where = settings.name if settings is not None else self.tr("this window")
        text = self.tr("Replaying %1 into %2").replace("%1", name).replace("%2", where)
        self.bar.begin(text, holding=dialog.pace.stepwise)

    def _sequences(self, scope: str, marks: Sequence[int]) -> array[int] | None:
        if scope == "shown":
            return self._table.events.store.sequences[:]
        if scope == "selected":
            return array("q", sorted(self._table.selection.sequences(_MAX_SELECTED)))
        return array("q", range(marks[0], marks[-1] + 1)) if scope == "marks" else None

    def _confirmed(self, connection_id: str) -> bool:
        """Whether sending needs no confirmation, or has it: production asks for its name to be typed."""
        settings = self._session.connections.get(connection_id)
        if settings is None or not settings.production:
            return True
        what = self.tr("The events of the capture will be sent to the production bus {0}.").format(settings.domain)
        effects = self.tr("Every event has the same effects on machines and users as when it was recorded.")
        dialog = ConfirmDialog(what, effects, settings.name, self._window)
        confirmed = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return confirmed

    @Slot(bool)
    def _hold(self, on: bool) -> None:
        if on:
            self._session.replaying.pause()
        else:
            self._session.replaying.resume()

    @Slot()
    def _step(self) -> None:
        self._session.replaying.step()

    @Slot()
    def _stop(self) -> None:
        self._session.replaying.stop()

    @Slot(object)
    def on_progress(self, notice: ReplayProgress) -> None:
        """Show how far the replay is, and its result."""
        self.bar.show_progress(notice)
        if not notice.finished:
            return
        self.bar.setVisible(False)
        text = self.bar.progress_text(notice)
        if notice.problem:
            self.failed.emit(self.tr("Replay aborted: %1").replace("%1", f"{notice.problem} ({text})"))
        else:
            self.notified.emit(self.tr("Replayed: %1").replace("%1", text))
