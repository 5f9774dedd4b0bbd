"""Everything that is shown has a place of its own: in the windows, their panes, forms and dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QTabWidget, QWidget

from clacks_monitor.core.columns import ComputedColumn
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.store import Retention
from clacks_monitor.forms import Kind
from clacks_monitor.gui.captures.export_dialog import ExportDialog, Scope
from clacks_monitor.gui.captures.merge_dialog import MergeDialog
from clacks_monitor.gui.captures.recovery_dialog import RecoveryDialog
from clacks_monitor.gui.captures.replay_dialog import ReplayDialog
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.gui.compose.editors.binary import BinaryEditor
from clacks_monitor.gui.compose.editors.choices import BooleanEditor
from clacks_monitor.gui.compose.editors.lists import ListEditor
from clacks_monitor.gui.compose.editors.moments import DurationEditor, DurationPanel, MomentEditor, MomentPanel
from clacks_monitor.gui.compose.outcome import OutcomeLine
from clacks_monitor.gui.compose.window import ComposeWindow
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.password_dialog import PasswordPrompt
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.kit.time_format import TimeFormat
from clacks_monitor.gui.preferences.preferences_dialog import Chosen, PreferencesDialog
from clacks_monitor.gui.preferences.window_preferences import Notifications
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from clacks_monitor.gui.profiles.save_dialog import SaveDialog
from clacks_monitor.gui.table.column_dialog import ColumnDialog
from clacks_monitor.gui.table.computed_dialog import ComputedColumnDialog
from clacks_monitor.session.notices import JobResult
from tests.helpers.compose_schemas import session_with_schemas
from tests.helpers.compose_widgets import complete, shown
from tests.helpers.connection_port import PLANT, Connections
from tests.helpers.entries import START
from tests.helpers.fake_profiles import NoCommands
from tests.helpers.fake_sender import came_back
from tests.helpers.overlaps import overlapping

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOBODY = cast("QWidget", None)
COUNTS = {Scope.SHOWN: 5, Scope.SELECTED: 2, Scope.ALL: 9}


def _list_editor() -> ListEditor:
    editor = ListEditor(lambda item: "is wrong" if item == "x" else None, [])
    editor.set_text("a b x d")
    return editor


def _text_editor() -> BooleanEditor:
    editor = BooleanEditor()
    editor.set_text("maybe")
    return editor


def _came_back(theme: Theme) -> OutcomeLine:
    line = OutcomeLine(theme)
    line.show_result(came_back(1))
    return line


PREFERRED = Chosen("", Scheme.LIGHT, 100, True, TimeFormat(), Retention(), ("/srv/schemas",), Notifications())
MAKERS: dict[str, Callable[[Theme], QWidget]] = {
    "export": lambda _theme: ExportDialog(COUNTS, cells.COLUMNS),
    "merge": lambda _theme: MergeDialog(Path("/a"), ""),
    "recovery": lambda _theme: RecoveryDialog(JobResult((Path("/a"),), 10, ((1, 2),))),
    "replay": lambda theme: ReplayDialog([ConnectionSettings("a")], {"shown": 3}, START, lambda _id: "no", theme),
    "confirm": lambda _theme: ConfirmDialog("what", "effects", "plant"),
    "connection": lambda theme: ConnectionDialog(Connections(), PLANT, theme),
    "password": lambda _theme: PasswordPrompt("office", "anna"),
    "moment": lambda _theme: MomentDialog("Go", "Go", START),
    "save": lambda theme: SaveDialog("", cells.COLUMNS, theme),
    "preferences": lambda _theme: PreferencesDialog(PREFERRED),
    "column": lambda _theme: ColumnDialog(None, NOBODY),
    "bytes": lambda _theme: BinaryEditor(Kind.HEX),
    "text": lambda _theme: _text_editor(),
    "list": lambda _theme: _list_editor(),
    "date": lambda _theme: MomentEditor(Kind.DATE),
    "duration": lambda _theme: DurationEditor(),
    "calendar": lambda _theme: MomentPanel(Kind.DATETIME, NOBODY),
    "spans": lambda _theme: DurationPanel(NOBODY),
    "outcome": _came_back,
}


def tabs_of(widget: QWidget) -> list[str]:
    """Return what overlaps on each page of each tab widget."""
    found = overlapping(widget)
    for tabs in widget.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)
            found += overlapping(widget)
    return found


@pytest.mark.parametrize("name", MAKERS)
def test_nothing_lies_on_something_else_in_a_dialog_or_an_editor(name: str, theme: Theme) -> None:
    with shown(MAKERS[name](theme)) as widget:
        assert tabs_of(widget) == []


def test_nothing_lies_on_something_else_in_the_main_window(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(30)
    window.panes.table.selectRow(3)
    for dock in window.findChildren(QDockWidget):
        dock.show()
        QApplication.processEvents()
    assert tabs_of(window) == []


def test_nothing_lies_on_something_else_where_a_profile_is_edited(window: MainWindow) -> None:
    (profile, *_more) = window.session.profiles.all()
    dialog = ProfileDialog(profile, window.session.queries, window.theme, window.panes.vocabulary, window, NoCommands())
    with shown(dialog):
        assert tabs_of(dialog) == []


def test_nothing_lies_on_something_else_where_a_column_is_computed(window: MainWindow) -> None:
    dialog = ComputedColumnDialog(
        ComputedColumn("Length", "string-length(./*)"),
        window.session.queries,
        window.theme,
        window.panes.vocabulary,
        window,
    )
    with shown(dialog):
        assert tabs_of(dialog) == []


@pytest.mark.parametrize("kind", ["Kinds", "Shapes", "AsteriskNotification", "PuppetReport"])
def test_nothing_lies_on_something_else_in_the_compose_window(
    kind: str, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    session = session_with_schemas(tmp_path)
    with shown(ComposeWindow(session, theme)) as window:
        window.compose_new(kind)
        complete(window.form_view)
        for button in window.form_view.findChildren(QWidget):
            if button.objectName() == "" and button.property("text") == "Add":
                button.click()  # type: ignore[attr-defined]  # it is a button
        window.form_view.show_all_problems()
        complete(window.form_view)
        try:
            # Layouts inside of layouts settle over a few turns of the event loop.
            qtbot.waitUntil(lambda: tabs_of(window) == [])
        finally:
            session.close()


def test_two_widgets_without_a_layout_are_found(theme: Theme) -> None:
    del theme
    with shown(QWidget()) as top:
        for number, place in enumerate((0, 19, 37)):
            widget = QLabel(str(number), top)
            widget.setGeometry(place, 0, 20, 20)
            widget.show()
        assert overlapping(top) == ["QLabel '1' and QLabel '2' in QWidget"]
