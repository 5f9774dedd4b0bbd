"""The whole program in this process, measured step by step: what the worker (worker.py) works on.

Everything goes the user's way - commands, rows, tabs, menus, dialogs - but file dialogs, which answer with the next of
``files``, and other dialogs, which ``answer`` gets a moment after they are shown (and which are rejected without one).
Thread: the window's.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
import traceback
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QFileDialog, QMenu, QTabWidget, QWidget
from shiboken6 import isValid

from clacks_monitor.app import build_session
from clacks_monitor.core.connection import from_url
from clacks_monitor.core.folders import Folders
from clacks_monitor.gui.application import Application, Options
from clacks_monitor.gui.detail.text_viewer import TextViewer
from tests.hostile.meter import BAR_MS, MemoryMeter, Stall, StallMeter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.gui.kit.latest_task import LatestTask
    from clacks_monitor.gui.window.main_window import MainWindow
    from clacks_monitor.session.session import Session

BATCH = 500
DIALOG_MS = 60
QUIET_S, IDLE = 0.1, 0.4
"""The program is at rest when it used less than IDLE of a processor for QUIET_S seconds."""
PATIENCE_S = 6.0
MENU_DEPTH = 3
WORK_S = 8.0
"""How long work beside the window is waited for before it is cancelled, as its user would."""
SCHEMAS_S = 4.5
"""Longer than the program waits before it looks at the schema folder again."""
MAX_GAPS = 8


class Program:
    """Application, session and window. ``errors`` are exceptions that nothing handled."""

    def __init__(self, folder: Path, log: IO[bytes] | None = None) -> None:
        sys.excepthook = self._failed
        threading.excepthook = lambda found: self._failed(found.exc_type, found.exc_value, found.exc_traceback)
        self.errors: list[str] = []
        self.files: list[Path] = []
        self.answer: Callable[[QDialog], object] = QDialog.reject
        self.folder, self.folders = folder, Folders.below(folder / "user")
        existing = QApplication.instance()
        self.app = existing if isinstance(existing, QApplication) else QApplication([])
        self.meter = StallMeter(BAR_MS, log=log)
        self.memory = MemoryMeter()
        self._answered: set[int] = set()
        self._dialogs = QTimer(interval=DIALOG_MS)
        self._dialogs.timeout.connect(self._answer)
        self._made = 0
        self.application: Application
        for name in ("getOpenFileName", "getSaveFileName"):
            setattr(QFileDialog, name, lambda *_args, **_more: (str(self.files.pop(0)) if self.files else "", ""))
        QFileDialog.getOpenFileNames = lambda *_args, **_more: ([str(self.files.pop(0))] if self.files else [], "")  # type: ignore[method-assign]  # the user's choice

    def _failed(self, kind: type[BaseException], error: BaseException | None, at: TracebackType | None) -> None:
        frames = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(at)[-3:]]
        words = f"{kind.__name__}: {str(error)[:200]} at {' < '.join(reversed(frames))}"
        if words not in self.errors:
            self.errors.append(words)

    # -- the source of the session (gui.application.SessionSource) ---------------------------------------------------

    def prepare(self) -> None:
        """Import nothing ahead."""

    def demonstrate(self) -> str:
        """Offer no demonstration."""
        return ""

    def build(self, wake: Callable[[], None], language: str) -> Session:
        """Return the session."""
        return build_session(self.folders, wake=wake, language=language)

    # -- opening and closing -----------------------------------------------------------------------------------------

    def open(self) -> None:
        """Start the program and wait until it is ready."""
        options = Options(self.folder / "state", language="en", theme="light", size=(1280, 800))
        self.application = Application(self.app, self, options)
        ready: list[bool] = []
        self.application.ready.connect(lambda: ready.append(True))
        self.application.start()
        if not self.until(lambda: bool(ready)):
            raise TimeoutError("the program does not get ready")
        self._dialogs.start()

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self.application.window

    @property
    def session(self) -> Session:
        """The session."""
        return self.application.session

    def close(self) -> float:
        """End the program as the user does; return how many seconds that took."""
        self._dialogs.stop()
        self.session.capture.discard()
        began = time.perf_counter()
        self.application.stop()
        return time.perf_counter() - began

    # -- measuring ---------------------------------------------------------------------------------------------------

    def measured(self, step: Callable[[], object]) -> Stall:
        """Do a step and what follows from it, and return the longest stall; an exception of it is noted."""
        self.meter.start()
        try:
            step()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            self._failed(type(error), error, error.__traceback__)
        self.rest()
        return self.meter.stop()

    def pump(self) -> None:
        """Wait for events as the event loop does, and handle them."""
        self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def rest(self, patience_s: float = PATIENCE_S) -> None:
        """Wait until the program has nothing to do, or for so many seconds: a filter may take longer than that."""
        end = time.monotonic() + patience_s
        began, used = time.monotonic(), _processor_s()
        while time.monotonic() < end:
            self.pump()
            now = time.monotonic()
            if now - began >= QUIET_S:
                spent = _processor_s()
                if spent - used < IDLE * (now - began):
                    return
                began, used = now, spent

    def until(self, condition: Callable[[], bool], patience_s: float = 60.0) -> bool:
        """Handle events until something holds; return whether it does."""
        end = time.monotonic() + patience_s
        while not condition():
            if time.monotonic() > end:
                return False
            self.pump()
        return True

    def _answer(self) -> None:
        """Answer a dialog that has been there for a moment, each once; reject it when that did not close it."""
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            self._answered.clear()
            return
        if id(dialog) in self._answered:
            dialog.reject()
            return
        self._answered.add(id(dialog))
        self.answer(dialog)

    @contextmanager
    def answering(self, answer: Callable[[QDialog], object]) -> Iterator[None]:
        """Answer dialogs in this way within."""
        self.answer = answer
        try:
            yield
        finally:
            self.answer = QDialog.reject

    # -- what a user does ----------------------------------------------------------------------------------------------

    def fresh(self) -> None:
        """Begin an empty capture without a filter."""
        self.window.frame.filter.set("")
        self.session.capture.discard()
        self.session.capture.adopt(self.session.capture.offered.make())
        self.until(lambda: not self.window.panes.model.rowCount(), 20)

    def receive(self, raws: Iterable[RawMessage]) -> None:
        """Let messages arrive as on a connection's thread, and wait until the table has them."""
        receiving = threading.Thread(target=self._receive, args=(iter(raws),), name="office")
        receiving.start()
        self.until(lambda: not receiving.is_alive(), 120)
        filtered = self.window.frame.filter.applied_text.strip() or any(p.active for p in self.session.profiles.all())
        if not filtered:
            self.until(lambda: self.window.panes.model.rowCount() >= self.session.counters().received, 10)

    def _receive(self, raws: Iterator[RawMessage]) -> None:
        batch: list[RawMessage] = []
        for raw in raws:
            batch.append(raw)
            if len(batch) >= BATCH:
                self.session.recorder.receive(batch)
                batch = []
        self.session.recorder.receive(batch)

    def sequences(self, most: int = 4) -> list[int]:
        """Return rows to look at: the first, the last, and some between."""
        count = self.window.panes.model.rowCount()
        places = sorted({round(number * (count - 1) / max(1, most - 1)) for number in range(most)}) if count else []
        return [self.window.panes.model.store.sequence_at(place) for place in places]

    def select(self, sequence: int) -> None:
        """Select a row, and look through the whole detail pane."""
        window = self.window
        window.panes.table.go_to(sequence)
        for _ in range(3):
            self.pump()
        for tabs in window.panes.detail.findChildren(QTabWidget):
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                self.rest(1.5)
                page = tabs.currentWidget()
                for area in [*page.findChildren(QAbstractScrollArea), page]:
                    if isinstance(area, QAbstractScrollArea) and area.isVisible():
                        self.scroll(area)
            tabs.setCurrentIndex(0)
        for button in window.panes.detail.findChildren(QWidget):
            if (
                button.isVisible()
                and button.property("checkable") is True
                and isinstance(button.property("checked"), bool)
            ):
                self.click(button)
                self.rest(1.5)
                self.click(button)

    def show_all(self, sequence: int) -> None:
        """Open the whole of a cut event, turn its pages, find, copy, save, close."""
        self.window.panes.table.go_to(sequence)
        self.rest(2)
        button = self.window.panes.detail.all_button
        if not button.isVisible():
            return
        button.click()
        viewers = [dialog for dialog in self.window.findChildren(TextViewer) if dialog.isVisible()]
        for viewer in viewers:
            self.rest(4)
            for number in (viewer.page.maximum(), viewer.page.maximum() // 2, 1):
                viewer.page.setValue(number)
                self.rest(2)
            self.scroll(viewer.text)
            for needle in ("busy", "needle that is not there", "x" * 1_000):
                viewer.needle.setText(needle)
                viewer.find_next()
                self.until(_idle(viewer.searching))
            if viewer.copy_button.isEnabled():
                viewer.copy_all()
            self.files = [self.folder / "whole.xml"]
            viewer.save_button.click()
            self.until(_idle(viewer.saving))
            (self.folder / "whole.xml").unlink(missing_ok=True)
            viewer.close()
        self.rest(1)

    def look_at_boards(self) -> None:
        """Open each board for a moment."""
        menu = self.window.controllers.boards.menu
        actions = menu.actions() if menu is not None else []
        for action in actions:
            for _ in range(2):
                action.trigger()
                self.rest(2)

    @staticmethod
    def click(button: QWidget) -> None:
        """Press a button."""
        button.click()  # type: ignore[attr-defined]  # all that is checkable has it

    def scroll(self, area: QAbstractScrollArea) -> None:
        """Go to the end and back, and a page at a time."""
        for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
            for value in (bar.maximum(), bar.maximum() // 2, bar.pageStep(), 0):
                bar.setValue(value)
                self.pump()
        for key in (Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.ControlModifier)
                QApplication.sendEvent(area, event)
            self.pump()

    def walk(self, rows: int = 40) -> None:
        """Go down and up the table as with a held arrow key."""
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            for _ in range(min(rows, self.window.panes.model.rowCount())):
                QApplication.sendEvent(
                    self.window.panes.table, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
                )
                self.app.processEvents()

    def row_menu(self, sequence: int) -> list[str]:
        """Open the menu of a row, with all that is below it; return the queries that it offers."""
        window, found = self.window, list[str]()
        window.panes.table.go_to(sequence)
        for column in window.panes.model.columns:
            window.panes.table.menu_wanted.emit(sequence, column, window.mapToGlobal(QPoint(100, 100)))
            self.pump()
            found += self._queries_of_popup()
        fields = window.panes.detail.fields
        fields.customContextMenuRequested.emit(QPoint(5, 5))
        found += self._queries_of_popup()
        window.panes.detail.xml.customContextMenuRequested.emit(QPoint(60, 20))
        found += self._queries_of_popup()
        return list(dict.fromkeys(found))

    def _queries_of_popup(self) -> list[str]:
        menu = QApplication.activePopupWidget()
        found: list[str] = []
        if isinstance(menu, QMenu):
            found = self._queries(menu, MENU_DEPTH)
            menu.close()
        while isinstance(left := QApplication.activePopupWidget(), QWidget):
            left.close()
        self.pump()
        return found

    def _queries(self, menu: QMenu, depth: int) -> list[str]:
        found = [action.data() for action in menu.actions() if _is_query(action)]
        for action in menu.actions():
            below = action.menu()
            if isinstance(below, QMenu) and depth:
                below.popup(self.window.mapToGlobal(QPoint(200, 120)))
                self.pump()
                found += self._queries(below, depth - 1)
                below.close()
        return found

    def filter(self, query: str) -> None:
        """Type a filter and apply it; wait until all rows were asked, or for some seconds."""
        self.window.frame.filter.set(query)
        self.rest(3)

    def find(self, text: str) -> None:
        """Find a text."""
        self.window.frame.commands["find"].trigger()
        self.window.panes.find_bar.line.setText(text)
        self.rest(2)
        self.window.panes.find_bar.dismiss()

    def compose_from(self, sequence: int) -> None:
        """Compose from a row; look at all panes and scroll; close it."""
        self.window.panes.table.go_to(sequence)
        self.pump()
        self.window.frame.commands["compose.from"].trigger()
        self.look_through_composing()

    def look_through_composing(self) -> None:
        """Look at all of the compose window, and close it."""
        composing = self.application.compose.window
        if composing is None:
            return
        self.rest(3)
        for tabs in composing.findChildren(QTabWidget):
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                self.rest(0.5)
        for area in composing.findChildren(QAbstractScrollArea):
            if isValid(area) and area.isVisible():  # a form that comes late takes the lists of the one before away
                self.scroll(area)
        composing.checking.check()
        self.rest(1)
        composing.close()

    def compare(self, first: int, second: int) -> None:
        """Show two rows side by side, go through the differences, and close."""
        window = self.window
        model, selection = window.panes.table.model(), window.panes.table.selectionModel()
        flags = selection.SelectionFlag
        window.panes.table.go_to(first)
        for sequence in (first, second):
            index = model.index(window.panes.model.store.position_of(sequence), 0)
            selection.select(index, flags.Select | flags.Rows)
        self.pump()

        def look(dialog: QDialog) -> None:
            self.rest(3)
            with suppress(AttributeError):
                for _ in range(5):
                    dialog.next_difference()  # type: ignore[attr-defined]  # the dialog of differences has it
                    self.pump()
            for area in dialog.findChildren(QAbstractScrollArea):
                self.scroll(area)
            dialog.reject()

        with self.answering(look):
            window.frame.commands["compare"].trigger()
            self.rest()
            self.until(lambda: QApplication.activeModalWidget() is None, 20)

    def export(self, number: int, *, clipboard: bool = False) -> None:
        """Export what is shown in one of the dialog's formats."""
        self._made += 1
        target = self.folder / f"exported-{self._made}"

        def choose(dialog: Any) -> None:
            dialog._format.setCurrentIndex(number)
            self.files = [target.with_suffix(f".{dialog.format.value}")]
            if clipboard:
                dialog.clipboard.click()
            else:
                dialog.accept()

        with self.answering(choose):
            self.window.frame.commands["capture.export"].trigger()
            self.wait_for_work()
        for path in self.folder.glob("exported-*"):
            path.unlink()

    def wait_for_work(self) -> None:
        """Wait for an export, or a recovery; cancel it when it takes long: gigabytes may, if the window goes on."""
        if not self.until(lambda: not self.session.work.busy, WORK_S):
            for job in list(self.session.work._jobs._running):
                self.session.work.cancel(job)
            self.until(lambda: not self.session.work.busy)

    def copy(self, sequence: int) -> None:
        """Copy a row, and its XML."""
        self.window.panes.table.go_to(sequence)
        self.pump()
        for key in ("copy", "copy.xml"):
            self.window.frame.commands[key].trigger()
            self.pump()

    def command(self, key: str) -> None:
        """Do what a menu entry does."""
        self.window.frame.commands[key].trigger()
        self.rest(3)

    def place(self) -> Path:
        """Return a new folder."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    def sort(self) -> None:
        """Sort by each column, and as it arrived again."""
        header = self.window.panes.table.horizontalHeader()
        for column in (*range(self.window.panes.model.columnCount()), 0):
            self.window.panes.table.sortByColumn(column, header.sortIndicatorOrder())
            self.rest(2)

    # -- captures, profiles, schemas, brokers --------------------------------------------------------------------------

    def open_capture(self, path: Path, *, read_only: bool) -> None:
        """Open a file that somebody handed over."""
        self.files = [path]
        self.window.frame.commands["capture.look" if read_only else "capture.open"].trigger()
        self.until(lambda: not self.session.work.busy)
        self.rest()

    def recover(self, path: Path) -> None:
        """Save what can be saved of a file, and open that."""
        self.files = [path, path.with_name("recovered.capture")]
        with self.answering(QDialog.accept):
            self.window.controllers.recovery.recover(self.files.pop(0))
            self.wait_for_work()
            self.rest()

    def import_profile(self, path: Path) -> None:
        """Import a profile."""
        self.files = [path]
        self.command("profile.import")

    def activate_all(self) -> None:
        """Let all profiles decide what is shown."""
        self.window.controllers.profiles.activate([profile.id for profile in self.session.profiles.all()])
        self.rest(4)

    def edit_profiles(self) -> None:
        """Open the dialog of each profile that came last, look at all its pages, and close it."""

        def look(dialog: QDialog) -> None:
            for tabs in dialog.findChildren(QTabWidget):
                for number in range(tabs.count()):
                    tabs.setCurrentIndex(number)
                    self.rest(1.5)
            for area in dialog.findChildren(QAbstractScrollArea):
                if area.isVisible():
                    self.scroll(area)
            dialog.reject()

        with self.answering(look):
            for profile in self.session.profiles.all()[-2:]:
                self.window.panes.profiles.select(profile.id)
                self.command("profile.edit")

    def wait_for_schemas(self) -> None:
        """Wait until the schema folder was looked at, as the window does every few seconds."""
        began = time.monotonic()
        while time.monotonic() - began < SCHEMAS_S:
            self.pump()
        self.rest()

    def compose_new(self, kind: str) -> None:
        """Compose a new event of a type."""
        self.application.compose.open(b"")
        composing = self.application.compose.window
        if composing is not None:
            composing.compose_new(kind)
        self.look_through_composing()

    def connect(self, port: int) -> None:
        """Connect to a broker on this machine."""
        settings, _password = from_url(f"amqp://127.0.0.1:{port}", name="office")
        self.session.connections.add_for_this_run(settings)
        self.window.controllers.connections.open(settings.id)

    def watch(self, seconds: float) -> None:
        """Let time pass."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump()

    def must_have_few_gaps(self) -> None:
        """Raise an error where a broker has filled the table with gaps: one that grows is enough."""
        gaps = self.session.counters().gaps
        if gaps > MAX_GAPS:
            raise AssertionError(f"{gaps} rows of gaps in some seconds")

    def save_and_replay(self) -> None:
        """Save the capture, and replay it into the window as fast as it goes."""
        self._made += 1
        target = self.folder / f"saved-{self._made}.capture"
        self.files = [target]
        self.window.frame.commands["capture.save"].trigger()
        self.until(lambda: not self.session.work.busy and not self.session.capture.temporary)

        self.replay()
        self.session.capture.discard()
        self.session.capture.adopt(self.session.capture.offered.make())
        for path in self.folder.glob("saved-*"):
            path.unlink()

    def replay(self) -> None:
        """Replay what is shown into the window as fast as it goes."""

        def choose(dialog: Any) -> None:
            dialog._pace.setCurrentIndex(dialog._pace.findData("fast"))
            dialog.accept()

        with self.answering(choose):
            self.window.frame.commands["replay"].trigger()
            if not self.until(lambda: not self.session.replaying.busy, WORK_S):
                self.session.replaying.stop()
                self.until(lambda: not self.session.replaying.busy)
        self.rest()

    def resize(self) -> None:
        """Make the window small and large again: all is laid out anew."""
        for width, height in ((900, 600), (1600, 1000), (1280, 800)):
            self.window.resize(width, height)
            self.pump()


def _idle(task: LatestTask) -> Callable[[], bool]:
    return lambda: not task.busy


def _is_query(action: QAction) -> bool:
    data = action.data()
    return isinstance(data, str) and ("/" in data and ("Event" in data or "*" in data))


def _processor_s() -> float:
    """Return the processor seconds of this process and its children so far."""
    own = os.getpid()
    spent = time.process_time()
    try:
        with open(f"/proc/{own}/task/{own}/children", encoding="ascii") as file:  # several times a second
            children = file.read().split()
    except OSError:
        return spent
    for child in children:
        with (
            suppress(OSError, IndexError),
            open(f"/proc/{child}/stat", encoding="ascii", errors="replace") as file,
        ):  # as above
            numbers = file.read().rpartition(")")[2].split()
            spent += (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
    return spent
