"""Event types of the user: begun from the menu, read while the program runs, with what is wrong said in a line.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QDesktopServices
from shiboken6 import isValid

from clacks_monitor import assets
from clacks_monitor.core.folders import make_private
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.schema_texts import MAX_NAME, file_problem
from clacks_monitor.session.receiving.new_schema import begin_schema, why_not_a_type

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.forms import Catalogue, EventType
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.window.bars.activity_bar import ActivityBar, ActivityLine


class SchemaActions(QObject):
    """``folder`` is where the user's schemas are. ``compose_wanted`` carries the name of an event type."""

    notified = Signal(str)
    failed = Signal(str)
    compose_wanted = Signal(str)

    def __init__(
        self, catalogue: Catalogue, folder: Path, bar: ActivityBar, commands: Commands, window: QWidget
    ) -> None:
        super().__init__(window)
        self._catalogue, self._folder, self._bar, self._window = catalogue, folder, bar, window
        self._own = assets.folder("schemas")
        self._known = {kind.name for kind in self._foreign()}
        self._broken: set[str] = set()
        self._problem_line: ActivityLine | None = None
        self._ready_line: ActivityLine | None = None
        self._shown_ready = ""
        commands.on("schema.new", self.ask)
        commands.on("schema.folder", self.open_folder)

    def _foreign(self) -> list[EventType]:
        """Return the types that do not come with the program."""
        return [kind for kind in self._catalogue.types() if kind.folder != self._own]

    # -- begun from the menu ---------------------------------------------------------------------------------------

    @Slot()
    def ask(self) -> None:
        """Ask for a name, write a schema to begin with, and open it in the system's editor."""
        text = self.tr("Name of the event's element, for example DoorOpened")
        name = (message_boxes.ask_line(self._window, self.tr("New event type"), text) or "").strip()
        if not name:
            return
        reason = why_not_a_type(name, known=self._catalogue.get(name) is not None)
        if reason:
            self.failed.emit(reason)
            return
        try:
            path = begin_schema(self._folder, name)
        except OSError as error:
            self.failed.emit(self.tr("The schema was not written: %1").replace("%1", str(error)))
            return
        self.notified.emit(self.tr("%1 was written and is read whenever it is saved.").replace("%1", str(path)))
        self._open(path)

    @Slot()
    def open_folder(self) -> None:
        """Show the user's schemas in the system's file manager."""
        try:
            make_private(self._folder)
        except OSError as error:
            self.failed.emit(str(error))
            return
        self._open(self._folder)

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.notified.emit(self.tr("No program opens %1.").replace("%1", str(path)))

    # -- read while the program runs -------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Say which schemas cannot be used, and which can be used now."""
        if self._catalogue.unread:
            return  # more is to come
        foreign = self._foreign()
        broken = [kind for kind in foreign if kind.problem is not None]
        names = {kind.name for kind in broken}
        ready = [kind for kind in foreign if kind.name not in names and kind.name in self._news(foreign)]
        self._known, self._broken = {kind.name for kind in foreign}, names
        self._show_problem(broken)
        if self._shown_ready in names:
            self._put_away(self._ready_line)
        for kind in ready[:1]:
            self._show_ready(kind)

    def _news(self, kinds: list[EventType]) -> set[str]:
        """Return the names of types that were unknown before, or broken."""
        return {kind.name for kind in kinds if kind.name not in self._known or kind.name in self._broken}

    def _show_problem(self, broken: list[EventType]) -> None:
        self._put_away(self._problem_line)
        self._problem_line = None
        for kind in broken[:1]:
            text = file_problem(kind)
            if len(broken) > 1:
                text += " " + self.tr("(%Ln more schema(s) cannot be used)", "", len(broken) - 1)
            file = self._action(self.tr("Open %1").replace("%1", one_line(kind.path.name, MAX_NAME)))
            file.setData(kind.path)
            file.triggered.connect(self._open_file)
            folder = self._action(self.tr("Schema folder"))
            folder.triggered.connect(self.open_folder)
            self._problem_line = self._bar.notify(text, [file, folder])

    def _show_ready(self, kind: EventType) -> None:
        self._put_away(self._ready_line)
        self._shown_ready = kind.name
        name = one_line(kind.name, MAX_NAME)
        text = self.tr("%1: the event type %2 can be used.")
        compose = self._action(self.tr("Compose %1").replace("%1", name))
        compose.setData(kind.name)
        compose.triggered.connect(self._compose)
        text = text.replace("%1", one_line(kind.path.name, MAX_NAME)).replace("%2", name)
        self._ready_line = self._bar.notify(text, [compose])

    def _action(self, text: str) -> QAction:
        return QAction(text.replace("&", "&&"), self)

    @staticmethod
    def _put_away(line: ActivityLine | None) -> None:
        if line is not None and isValid(line):
            line.put_away()

    @Slot()
    def _open_file(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._open(action.data())

    @Slot()
    def _compose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.compose_wanted.emit(action.data())
