"""A window with its fake session, and how a user gives it commands: by its menu, by its keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QItemSelectionModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog

from clacks_monitor.gui.kit.command_list import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

PATIENCE_MS = 10_000
_COMMANDS = {command.key: command for command in COMMANDS}


@dataclass
class Stage:
    """``asked`` are the titles of the dialogs that were opened, and cancelled, since it was recorded."""

    window: MainWindow
    session: FakeSession
    asked: list[tuple[str, str]] = field(default_factory=list)

    def feed(self, count: int = 1, **more: object) -> None:
        """Let events arrive, and be shown."""
        self.session.push(count, **more)  # type: ignore[arg-type]  # handed on
        self.window.bridge.deliver()

    def by_menu(self, key: str) -> None:
        """Choose a command in its menu."""
        menu = self.window.frame.menus[_COMMANDS[key].menu]
        (action,) = (action for action in menu.actions() if action.objectName() == key)
        assert action.isEnabled(), key
        action.trigger()
        self.window.bridge.deliver()

    def by_keys(self, key: str) -> None:
        """Type a command's shortcut where it works."""
        command, window = _COMMANDS[key], self.window
        target = (
            window.panes.table if command.in_table else window.panes.profiles.tree if command.in_profiles else window
        )
        if target is not window:
            target.setFocus()
        QTest.keySequence(target, window.frame.commands[key].shortcut())
        window.bridge.deliver()

    def give(self, key: str) -> None:
        """Give a command by its keys, where it has some, else by its menu."""
        (self.by_keys if _COMMANDS[key].shortcut else self.by_menu)(key)

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the window go on with what it does on threads until something is so."""
        patience = QDeadlineTimer(PATIENCE_MS)
        while not condition():
            assert not patience.hasExpired(), "it did not come to that"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    def select(self, *rows: int) -> None:
        """Select these rows of the table, and no others; the user is on the last one."""
        table, flag = self.window.panes.table, QItemSelectionModel.SelectionFlag
        table.clearSelection()
        for row in rows:
            index = self.window.panes.model.index(row, 0)
            table.selectionModel().setCurrentIndex(index, flag.NoUpdate)
            table.selectionModel().select(index, flag.Select | flag.Rows)

    @property
    def current(self) -> int:
        """The entry that the user is on."""
        return self.window.panes.table.current_sequence

    @property
    def said(self) -> str:
        """What the status bar says."""
        return self.window.frame.status.line.message

    def disabled(self) -> set[str]:
        """Return the keys of the commands that cannot be given now."""
        return {command.key for command, action in self.window.frame.commands if not action.isEnabled()}

    def cancel_dialogs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Record and cancel every dialog from here on."""

        def cancel(dialog: QDialog) -> int:
            self.asked.append((type(dialog).__name__, dialog.windowTitle()))
            return int(QDialog.DialogCode.Rejected.value)

        def cancel_opened(dialog: QDialog) -> None:
            cancel(dialog)
            dialog.reject()

        def no_file(name: str) -> object:
            def choose(_parent: object, title: str, _path: str = "", kind: str = "") -> tuple[object, str]:
                self.asked.append((title, kind))
                return ([] if name == "getOpenFileNames" else ""), ""

            return choose

        monkeypatch.setattr(QDialog, "exec", cancel)
        monkeypatch.setattr(QDialog, "open", cancel_opened)
        for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, no_file(name))
