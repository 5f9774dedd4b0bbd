"""The dialogs that need a window and its session, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from clacks_monitor.core.columns import ComputedColumn
from clacks_monitor.gui.captures.archive_dialog import ArchiveDialog
from clacks_monitor.gui.captures.limits_dialog import LimitsDialog
from clacks_monitor.gui.connections.connections_dialog import ConnectionsManager
from clacks_monitor.gui.detail.text_viewer import TextViewer
from clacks_monitor.gui.manual.manual_window import ManualWindow
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from clacks_monitor.gui.table.computed_dialog import ComputedColumnDialog
from clacks_monitor.gui.window.command_palette import CommandPalette
from clacks_monitor.gui.window.shortcuts_dialog import ShortcutsDialog
from tests.helpers.connection_port import Connections
from tests.helpers.fake_profiles import NoCommands
from tests.helpers.fake_session import FakeArchives

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.window.main_window import MainWindow
    from clacks_monitor.session.captures.archive_opening import ArchiveOpening


def _profile(window: MainWindow) -> ProfileDialog:
    profile = window.session.profiles.all()[0]
    return ProfileDialog(profile, window.session.queries, window.theme, window.panes.vocabulary, window, NoCommands())


def _computed(window: MainWindow) -> ComputedColumnDialog:
    column = ComputedColumn("Length", "string-length(./*)")
    return ComputedColumnDialog(column, window.session.queries, window.theme, window.panes.vocabulary, window)


def _archive(window: MainWindow) -> ArchiveDialog:
    return ArchiveDialog(cast("ArchiveOpening", FakeArchives()), [], window.theme)


def _manual(window: MainWindow) -> ManualWindow:
    manual = ManualWindow(window.theme, list, window)
    manual.open("filters.md")
    manual.open("index.md")
    return manual


WINDOW_DIALOGS: dict[str, Callable[[MainWindow], QWidget]] = {
    "profile": _profile,
    "computed": _computed,
    "archive": _archive,
    "manual": _manual,
    "limits": lambda window: LimitsDialog(window.session.capture, window),
    "connections": lambda window: ConnectionsManager(Connections(), window.theme, window),
    "shortcuts": lambda window: ShortcutsDialog(window.frame.commands, window),
    "palette": lambda window: CommandPalette(window.menuBar(), window),
    "text": lambda window: TextViewer("Text", lambda _wanted: "<a/>", window.theme, window, file_name="a.xml"),
}
