"""Opening, saving, importing, merging and mending captures. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QMainWindow, QVBoxLayout

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.captures.capture_jobs import CaptureJobs
from clacks_monitor.gui.kit import formats, message_boxes
from clacks_monitor.gui.kit.layouts import child

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.captures.export_actions import ExportActions
    from clacks_monitor.gui.captures.replay_actions import ReplayActions
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.session.session import Session

SUFFIX = ".capture"
_AFTER_START_MS = 700


class CaptureActions(QObject):
    """``notified`` and ``failed`` carry what to say."""

    notified = Signal(str)
    failed = Signal(str)

    def __init__(
        self, session: Session, table: EventTable, commands: Commands, theme: Theme, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._session = session
        self._table = table
        self._theme = theme
        self._capture = session.capture
        self._window = window
        self._pending: tuple[Callable[[], object], Callable[[], object]] | None = None
        """What follows when the capture has been saved, and when it has not."""
        self._damage: set[tuple[Path, str]] = set()
        self._made_exports: ExportActions | None = None
        self._made_replays: ReplayActions | None = None
        self.jobs = CaptureJobs(session.work, theme, child(window, QVBoxLayout, "column"), window)
        self.jobs.notified.connect(self.notified)
        self.jobs.failed.connect(self.failed)
        self.jobs.open_wanted.connect(self.open)
        self.jobs.adopt_wanted.connect(self._adopt)
        self.jobs.opened.connect(self._show_opened)
        self.jobs.not_opened.connect(self._offer_to_mend_file)
        self.jobs.saved.connect(self._saved)
        self.jobs.not_saved.connect(self._not_saved)
        commands.on("capture.new", self.ask_new)
        commands.on("capture.open", self.ask_open)
        commands.on("capture.look", self.ask_look)
        commands.on("capture.save", self.ask_save)
        commands.on("capture.save.shown", self.ask_save_shown)
        commands.on("capture.export", self.ask_export)
        commands.on("capture.split", self.ask_split)
        commands.on("capture.import", self.ask_import)
        commands.on("replay", self.ask_replay)
        commands.on("capture.merge", self.ask_merge)
        commands.on("capture.recover", self.ask_recover)
        commands.on("capture.limits", self.ask_limits)
        self._timer = QTimer(self, interval=_AFTER_START_MS, singleShot=True)
        self._timer.timeout.connect(self.offer_abandoned)
        self._timer.start()

    # -- file names ----------------------------------------------------------------------------------------------

    def kind(self) -> str:
        """Return the file dialog's filter for captures."""
        return self.tr("Captures (*%1)").replace("%1", SUFFIX)

    def ask_target(self, title: str, suggestion: str = "", kind: str = "", suffix: str = SUFFIX) -> Path | None:
        """Let the user choose a file to write; the suffix is added where it is missing."""
        path, _kind = QFileDialog.getSaveFileName(self._window, title, suggestion, kind or self.kind())
        if not path:
            return None
        if path.endswith(suffix):
            return Path(path)
        found = Path(path + suffix)
        if found.exists() and not self._overwrites(found):
            return None
        return found

    def _overwrites(self, path: Path) -> bool:
        words = self.tr("%1 exists already. Replace it?").replace("%1", path.name)
        return message_boxes.agrees(self._window, self.tr("Replace?"), words)

    def _ask_source(self, title: str, kind: str = "") -> Path | None:
        path, _kind = QFileDialog.getOpenFileName(self._window, title, "", kind or self.kind())
        return Path(path) if path else None

    def _report(self, reason: str) -> bool:
        if reason:
            self.failed.emit(reason)
        return not reason

    # -- opening -------------------------------------------------------------------------------------------------

    @Slot()
    def ask_open(self) -> None:
        """Let the user choose a capture to show and continue."""
        path = self._ask_source(self.tr("Open capture"))
        if path is not None:
            self.open(path)

    @Slot()
    def ask_look(self) -> None:
        """Let the user choose a capture to look at, which another monitor may be recording."""
        path = self._ask_source(self.tr("Open capture for reading only"))
        if path is not None:
            self.open(path, read_only=True)

    @Slot(object)
    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Show a capture, unless the user wants to keep the one that is open; offer help with a damaged one."""
        if not self._leaves(lambda: self.open(path, read_only=read_only)):
            return
        words = self.tr("Opening %1").replace("%1", one_line(path.name))
        self.jobs.begin_open(self._session.work.open(path, read_only=read_only), words, path)

    @Slot(object)
    def _show_opened(self, path: Path) -> None:
        self._report(self._capture.adopt(path))

    @Slot(object)
    def _offer_to_mend_file(self, path: Path) -> None:
        if path.is_file():
            self._offer_to_mend(self.tr("%1 cannot be opened; it may be damaged."), path)

    @Slot(str)
    def tell_damage(self, problem: str) -> None:
        """Say that the open capture is damaged, once for each kind of damage, and offer to save what can be saved."""
        key = (self._capture.path, problem)
        if key not in self._damage:
            self._damage.add(key)
            self.failed.emit(problem)
            self._offer_to_mend(self.tr("%1 is damaged in places."), self._capture.path)

    def _offer_to_mend(self, words: str, path: Path) -> None:
        mend = QAction(self.tr("Save what can be saved…"), self)
        mend.setData(path)
        mend.triggered.connect(self._mend)
        self.jobs.offer(words.replace("%1", path.name), mend)

    @Slot(object)
    def _adopt(self, path: Path) -> None:
        """Show what was imported."""
        if self._leaves(lambda: self._adopt(path), lambda: self._capture.refuse(path)):
            self._report(self._capture.adopt(path))

    @Slot()
    def ask_new(self) -> None:
        """Begin an empty capture, unless the user wants to keep the one that is open."""
        if self._leaves(self.ask_new):
            self.jobs.begin_open(self._session.work.new(), self.tr("New capture"), self._capture.unsaved)

    @Slot()
    def offer_abandoned(self) -> None:
        """Offer what an earlier run left unsaved."""
        found = self._capture.abandoned()
        if found:
            remove = QAction(self.tr("Delete it"), self)
            remove.setData(found[0])
            remove.triggered.connect(self._remove_abandoned)
            self.jobs.tell_abandoned(found[0], len(found) - 1, remove)

    @Slot()
    def _remove_abandoned(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and self._report(self._capture.remove_abandoned(action.data())):
            self.offer_abandoned()

    # -- saving and leaving --------------------------------------------------------------------------------------

    @Slot()
    def ask_save(self) -> None:
        """Let the user choose where to keep the capture."""
        self._saves()

    def _saves(self) -> bool:
        """Let the user choose where to keep the capture; return whether it is being saved."""
        path = self.ask_target(self.tr("Save capture"))
        if path is not None:
            self.save(path)
        return path is not None

    def save(self, path: Path) -> None:
        """Keep the capture under a name."""
        self.jobs.begin(self._session.work.save_as(path), self.tr("Saving %1").replace("%1", path.name))

    @Slot()
    def _saved(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            pending[0]()

    @Slot()
    def _not_saved(self) -> None:
        """Forget what was to follow: a capture that is saved later on is another matter."""
        pending, self._pending = self._pending, None
        if pending is not None:
            pending[1]()

    def may_quit(self) -> bool:
        """Whether the program may end now; a capture that is not saved would be gone. Work under way is cancelled."""
        return self._unsaved_may_go(self._window.close)

    def _leaves(self, then: Callable[[], object], otherwise: Callable[[], object] = lambda: None) -> bool:
        """Whether the open capture may be left; when the user saves it first, ``then`` is done afterwards.

        ``otherwise`` is done when it is not left, at once or after it could not be saved.
        """
        if self._session.work.busy:
            self.failed.emit(self.tr("Wait until the work on this capture is done, or cancel it."))
            otherwise()
            return False
        return self._unsaved_may_go(then, otherwise)

    def _unsaved_may_go(self, then: Callable[[], object], otherwise: Callable[[], object] = lambda: None) -> bool:
        counters = self._session.counters()
        if not self._capture.temporary or not counters.received + counters.gaps:
            return True
        lost = self.tr("When it is left, its %Ln entries are lost.", "", formats.plural(counters.received))
        words = self.tr("The open capture is not saved.")
        box = message_boxes.PlainBox(self._window, message_boxes.Icon.Warning, self.tr("Not saved"), words, lost)
        buttons = message_boxes.Button
        answer = box.ask(buttons.Save | buttons.Discard | buttons.Cancel, buttons.Save)
        if answer is buttons.Save:
            self._pending = then, otherwise
            if not self._saves():
                self._not_saved()
        elif answer is buttons.Discard:
            self._capture.discard()
        else:
            otherwise()
        return answer is buttons.Discard

    # -- what of the table goes into files -----------------------------------------------------------------------

    def _exports(self) -> ExportActions:
        if self._made_exports is None:
            from clacks_monitor.gui.captures.export_actions import ExportActions  # noqa: PLC0415 - the window starts faster

            self._made_exports = ExportActions(self._session, self._table, self, self._window)
            self._made_exports.notified.connect(self.notified)
            self._made_exports.failed.connect(self.failed)
        return self._made_exports

    @Slot()
    def ask_save_shown(self) -> None:
        """Let the user save what the filter shows as a capture."""
        self._exports().ask_save_shown()

    @Slot()
    def ask_export(self) -> None:
        """Let the user export events."""
        self._exports().ask_export()

    @Slot()
    def ask_split(self) -> None:
        """Let the user split the capture by time."""
        self._exports().ask_split()

    def _replays(self) -> ReplayActions:
        if self._made_replays is None:
            from clacks_monitor.gui.captures.replay_actions import ReplayActions  # noqa: PLC0415 - the window starts faster

            place = child(self._window, QVBoxLayout, "column")
            self._made_replays = ReplayActions(self._session, self._table, self._theme, place, self._window)
            self._made_replays.notified.connect(self.notified)
            self._made_replays.failed.connect(self.failed)
        return self._made_replays

    @Slot()
    def ask_replay(self) -> None:
        """Let the user replay the capture."""
        self._replays().ask()

    @Slot(object)
    def take_replay(self, notice: object) -> None:
        """Show how far a replay is."""
        self._replays().take(notice)  # type: ignore[arg-type]  # signals carry objects

    # -- work on files -------------------------------------------------------------------------------------------

    @Slot()
    def ask_import(self) -> None:
        """Let the user choose a file of entries; it becomes a new capture."""
        kind = self.tr("Entries (*.xml *.jsonl)")
        path = self._ask_source(self.tr("Import entries"), kind)
        if path is not None:
            words = self.tr("Importing %1").replace("%1", path.name)
            self.jobs.begin(self._session.work.import_file(path), words)

    @Slot()
    def ask_merge(self) -> None:
        """Let the user choose captures, and merge them into a new one."""
        from clacks_monitor.gui.captures.merge_dialog import MergeDialog  # noqa: PLC0415 - the window starts faster

        first = None if self._capture.temporary else self._capture.path
        dialog = MergeDialog(first, self.kind(), self._window)
        done = dialog.exec() == QDialog.DialogCode.Accepted
        files = dialog.files if done else []
        dialog.deleteLater()
        target = self.ask_target(self.tr("Save merged capture")) if files else None
        if target is not None:
            words = self.tr("Merging into %1").replace("%1", target.name)
            self.jobs.begin(self._session.work.merge(files, target), words)

    @Slot()
    def ask_recover(self) -> None:
        """Save what can be saved of the capture that cannot be read, or of one that the user chooses."""
        unreadable = self._capture.unreadable
        path = unreadable.path if unreadable is not None else self._ask_source(self.tr("Damaged capture"))
        if path is not None:
            self.recover(path)

    @Slot()
    def _mend(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recover(action.data())

    def recover(self, damaged: Path) -> None:
        """Let the user choose where to save what can be saved of a damaged capture."""
        ending = self.tr("recovered")
        suggestion = str(damaged.with_name(f"{damaged.stem}-{ending}{SUFFIX}"))
        target = self.ask_target(self.tr("Save what can be saved"), suggestion)
        if target is not None:
            words = self.tr("Saving what can be saved of %1").replace("%1", damaged.name)
            self.jobs.begin(self._session.work.recover(damaged, target), words)

    @Slot()
    def ask_limits(self) -> None:
        """Let the user say how large, old or long the capture may become."""
        from clacks_monitor.gui.captures.limits_dialog import LimitsDialog  # noqa: PLC0415 - as above

        dialog = LimitsDialog(self._capture, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            reason = self._session.bound_capture(dialog.limits, new_ones_too=dialog.always)
            if self._report(reason):
                self.notified.emit(self.tr("Limits set"))
        dialog.deleteLater()
