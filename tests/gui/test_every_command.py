"""Every command: given by its keys, or its menu, it does what its name says; and it can be given only when it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu, QToolBar

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.gui.command_list import COMMANDS, PROFILE_SHORTCUTS
from clacks_monitor.gui.command_palette import CommandPalette
from clacks_monitor.gui.dialogs.difference import DifferenceDialog
from clacks_monitor.gui.theme import Scheme
from clacks_monitor.session.notices import JobKind
from tests.helpers.fake_events import START_NS, phone, wrap
from tests.helpers.fake_profiles import TELEPHONES
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.gui.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

PHONES = "./f:Event/f:PhoneStatus"


EFFECTS: dict[str, Callable[[Stage], Iterator[None]]] = {}
"""What each command does: the part before ``yield`` prepares, the part after it says what came of the command."""

ASKS = {
    "capture.open": ("Open capture", "Captures (*.capture)"),
    "capture.look": ("Open capture for reading only", "Captures (*.capture)"),
    "capture.save": ("Save capture", "Captures (*.capture)"),
    "capture.save.shown": ("Save what is shown", "Captures (*.capture)"),
    "capture.export": ("ExportDialog", "Export events"),
    "capture.import": ("Import entries", "Entries (*.xml *.jsonl)"),
    "capture.merge": ("MergeDialog", "Merge captures"),
    "capture.split": ("MomentDialog", "Split the capture"),
    "capture.recover": ("Damaged capture", "Captures (*.capture)"),
    "replay": ("ReplayDialog", "Replay"),
    "capture.limits": ("LimitsDialog", "Limits of the capture"),
    "go.time": ("MomentDialog", "Go to time"),
    "comment": ("PlainInput", "Comment"),
    "filter.save": ("PlainInput", "Save as profile"),
    "subscription": ("PlainBox", "Subscription filter"),
    "profile.new": ("ProfileDialog", "New profile"),
    "profile.edit": ("ProfileDialog", "Edit profile"),
    "profile.import": ("Import profiles", "Profiles (*.json)"),
    "profile.export": ("Export profile", "Profiles (*.json)"),
    "connect": ("ConnectionDialog", "Connection"),
    "connection.edit": ("ConnectionsManager", "Connections"),
    "shortcuts": ("ShortcutsDialog", "Keyboard shortcuts"),
    "about": ("PlainBox", "About"),
}
"""The commands that open a dialog first, and its title."""

ELSEWHERE = {"restore", "demo"}
"""What the application does, not the window: test_desk.py, and the tests of the application."""


def effect(key: str) -> Callable[[Callable[[Stage], Iterator[None]]], None]:
    """Enter what a command does."""

    def enter(function: Callable[[Stage], Iterator[None]]) -> None:
        EFFECTS[key] = function

    return enter


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    """A connected window with nothing in it, and the focus."""
    window.activateWindow()
    window.bridge.deliver()
    return Stage(window, session)


# -- file --------------------------------------------------------------------------------------------------------------


@effect("capture.new")
def _(at: Stage) -> Iterator[None]:
    yield
    assert at.session.work.asked == [(JobKind.OPEN, "new")]


@effect("quit")
def _(at: Stage) -> Iterator[None]:
    closed = list[int]()
    at.window.closed.connect(lambda: closed.append(1))
    yield
    assert closed == [1]
    assert not at.window.isVisible()


# -- edit --------------------------------------------------------------------------------------------------------------


@effect("copy")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone("1", "2", "busy"), phone("3", "4", "free"), phone("5", "6", "busy")])
    at.select(1, 2)
    yield
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert [(kind, connection) for _time, kind, _summary, connection in lines] == [("PhoneStatus", "office bus")] * 2
    assert ["3" in lines[0][2], "5" in lines[1][2]] == [True, True]
    assert at.said == "2 rows copied"


@effect("copy.xml")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone("1"), phone("2")])
    at.select(1)
    yield
    assert QGuiApplication.clipboard().text() == phone("2").decode()
    assert at.said == "XML copied"


@effect("find")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    assert not at.window.find_bar.isVisible()
    yield
    assert at.window.find_bar.isVisible()
    assert at.window.focusWidget() is at.window.find_bar.line


def _looking_for_busy(at: Stage, row: int) -> None:
    at.feed(bodies=[phone(status=status) for status in ("busy", "free", "busy", "free", "busy")])
    at.select(row)
    at.window.find_bar.line.setText("busy")


@effect("find.next")
def _(at: Stage) -> Iterator[None]:
    _looking_for_busy(at, 1)
    yield
    assert at.current == 3


@effect("find.previous")
def _(at: Stage) -> Iterator[None]:
    _looking_for_busy(at, 3)
    yield
    assert at.current == 3


@effect("mark")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    at.select(0, 2)
    yield
    assert at.session.view.marks() == [1, 3]
    assert [at.window.model.row(row).mark for row in range(3)] == [True, False, True]


@effect("mark.next")
def _(at: Stage) -> Iterator[None]:
    at.feed(9)
    at.session.view.set_marks([2, 5, 8], mark=True)
    at.select(4)
    yield
    assert (at.current, at.said) == (8, "")


@effect("mark.previous")
def _(at: Stage) -> Iterator[None]:
    at.feed(9)
    at.session.view.set_marks([2, 5, 8], mark=True)
    at.select(4)
    yield
    assert (at.current, at.said) == (2, "")


def _with_troubles(at: Stage) -> None:
    at.feed(bodies=[phone(), b"<Event><Broken", phone(), phone()])
    at.session.push_gap()
    at.feed(bodies=[phone()])
    at.select(2)


@effect("trouble.next")
def _(at: Stage) -> Iterator[None]:
    _with_troubles(at)
    yield
    assert at.current == 5


@effect("trouble.previous")
def _(at: Stage) -> Iterator[None]:
    _with_troubles(at)
    yield
    assert at.current == 2


@effect("compare")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone("1"), phone("2"), phone("3")])
    at.select(2, 0)
    yield
    (dialog,) = at.window.findChildren(DifferenceDialog)
    assert dialog.isVisible()
    assert [side.accessibleName()[:1] for side in dialog.sides] == ["1", "3"]
    dialog.close()


# -- view --------------------------------------------------------------------------------------------------------------


@effect("pause")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    at.feed(2)
    assert at.window.model.rowCount() == 3
    assert at.window.commands["pause"].text() == "Go on (2 new)"
    at.window.commands["pause"].trigger()
    assert at.window.model.rowCount() == 5
    assert at.window.commands["pause"].text() == "Pause"


@effect("follow")
def _(at: Stage) -> Iterator[None]:
    at.feed(200)
    at.window.table.go_to(3)
    assert not at.window.table.following
    yield
    assert at.current == 200
    assert at.window.table.following


@effect("time.focus")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    assert at.window.focusWidget() is at.window.timeline


@effect("time.all")
def _(at: Stage) -> Iterator[None]:
    at.feed(5)
    at.window.timing.limit(START_NS, START_NS + 300_000_000)
    at.window.bridge.deliver()
    assert at.window.model.rowCount() == 2
    yield
    assert at.window.model.rowCount() == 5
    assert at.said == "All times are shown"


@effect("statistics")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    dock = at.window.findChild(QDockWidget, "statisticsDock")
    assert dock is not None
    assert dock.isVisible()
    assert at.window.statistics.pane is not None
    assert at.window.focusWidget() is at.window.statistics.pane.by


@effect("clear")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    yield
    assert at.window.model.rowCount() == 0
    assert at.said == "Cleared. The capture keeps everything; View > Show cleared events brings it back."


@effect("unclear")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    at.window.clear()
    at.window.bridge.deliver()
    yield
    assert at.window.model.rowCount() == 3


@effect("alerts")
def _(at: Stage) -> Iterator[None]:
    at.window.commands["alerts"].setEnabled(True)
    menu = at.window.alarms.button.menu()
    opened = list[int]()
    menu.aboutToShow.connect(lambda: opened.append(1))
    QTimer.singleShot(0, menu.close)
    yield
    assert opened == [1]


@effect("columns")
def _(at: Stage) -> Iterator[None]:
    at.feed(1)
    yield
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[-1].text() == "Usual columns"
    menu.close()


@effect("commands")
def _(at: Stage) -> Iterator[None]:
    yield
    (palette,) = at.window.findChildren(CommandPalette)
    assert palette.isVisible()
    palette.reject()


@effect("fullscreen")
def _(at: Stage) -> Iterator[None]:
    yield
    assert at.window.isFullScreen()
    at.window.commands["fullscreen"].trigger()
    assert not at.window.isFullScreen()


@effect("layout.reset")
def _(at: Stage) -> Iterator[None]:
    docks = at.window.findChildren(QDockWidget)
    for dock in docks:
        dock.close()
    at.window.boards.open("clients")
    yield
    assert {dock.objectName() for dock in docks if dock.isVisible()} == {
        "typesDock", "profilesDock", "detailDock", "timelineDock"
    }  # fmt: skip
    board = at.window.findChild(QDockWidget, "board-clients")
    assert board is not None
    assert board.isHidden()


def _takes_colours(scheme: Scheme, before: Scheme) -> Callable[[Stage], Iterator[None]]:
    def takes(at: Stage) -> Iterator[None]:
        at.window.commands[f"theme.{before}"].trigger()
        assert at.window.theme.scheme is before
        yield
        assert at.window.theme.scheme is scheme
        checked = [each for each in Scheme if at.window.commands[f"theme.{each}"].isChecked()]
        assert checked == [scheme]
        assert at.window.layout_keeper.settings.value("window/colours") == scheme.value
        at.window.theme.use(Scheme.LIGHT)

    return takes


effect("theme.system")(_takes_colours(Scheme.SYSTEM, Scheme.DARK))
effect("theme.light")(_takes_colours(Scheme.LIGHT, Scheme.DARK))
effect("theme.dark")(_takes_colours(Scheme.DARK, Scheme.LIGHT))

# -- filter ------------------------------------------------------------------------------------------------------------


@effect("filter.focus")
def _(at: Stage) -> Iterator[None]:
    at.window.filter.set(PHONES)
    at.window.types.setFocus()
    yield
    assert at.window.focusWidget() is at.window.filter_bar.line
    assert at.window.filter_bar.line.textCursor().hasSelection()


@effect("filter.editor")
def _(at: Stage) -> Iterator[None]:
    at.feed(3)
    editor = at.window.filter_editor
    assert not editor.isVisible()
    yield
    assert editor.isVisible()
    assert at.window.focusWidget() is editor.edit
    trying = [at.window.filter.trying]
    at.window.commands["filter.editor"].trigger()
    assert not editor.isVisible()
    assert [*trying, at.window.filter.trying] == [True, False]
    assert at.window.focusWidget() is at.window.table


@effect("filter.mend")
def _(at: Stage) -> Iterator[None]:
    at.window.filter.prepare("./q:Event")
    at.window.filter.apply()
    yield
    assert at.window.filter.text.startswith("declare namespace q='http://www.gonicus.de/Events';")


@effect("filter.clear")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone(), wrap("<ClientLeave/>")])
    at.session.profiles.activate(["telephones"])
    at.window.filter.set("./f:Event/f:ClientLeave")
    at.window.bridge.deliver()
    assert at.window.model.rowCount() == 0
    yield
    assert (at.window.filter.applied_text, at.session.view.filter_text) == ("", "")
    assert at.window.model.rowCount() == 1


@effect("show.all")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone(), wrap("<ClientLeave/>")])
    at.session.profiles.activate(["telephones"])
    at.window.filter.set("./f:Event/f:ClientLeave")
    at.window.timing.limit(1, 2)
    at.window.bridge.deliver()
    yield
    assert at.window.model.rowCount() == 2


# -- profiles ----------------------------------------------------------------------------------------------------------


def _names(at: Stage) -> list[str]:
    return [profile.name for profile in at.session.profiles.all()]


@effect("profile.rename")
def _(at: Stage) -> Iterator[None]:
    at.window.profiles.select("clients")
    yield
    tree = at.window.profiles.tree
    assert tree.state() is tree.State.EditingState
    assert tree.currentIndex().data() == "Clients"


@effect("profile.duplicate")
def _(at: Stage) -> Iterator[None]:
    at.window.profiles.select("clients")
    yield
    assert _names(at) == ["Telephones", "Clients", "Clients (copy)"]


@effect("profile.delete")
def _(at: Stage) -> Iterator[None]:
    at.window.profiles.select("clients")
    yield
    assert _names(at) == ["Telephones"]
    assert at.said == "Profile Clients deleted; Profiles > Undo brings it back"


@effect("profile.undo")
def _(at: Stage) -> Iterator[None]:
    at.window.profiles.select("telephones")
    at.window.profile_actions.do_delete()
    at.window.bridge.deliver()
    yield
    assert _names(at) == ["Telephones", "Clients"]


@effect("profile.up")
def _(at: Stage) -> Iterator[None]:
    at.window.profiles.select("clients")
    yield
    assert _names(at) == ["Clients", "Telephones"]
    assert at.window.profiles.current_id == "clients"


@effect("profile.down")
def _(at: Stage) -> Iterator[None]:
    at.window.profiles.select("telephones")
    yield
    assert _names(at) == ["Clients", "Telephones"]
    assert at.window.profiles.current_id == "telephones"


# -- connection and event ----------------------------------------------------------------------------------------------


@effect("connection.again")
def _(at: Stage) -> Iterator[None]:
    fakes = at.session.connections
    for number, state in enumerate(ConnectionState):
        fakes.save(fakes.all()[0].__class__(state.name, id=state.name))
        fakes.set_state(state.name, state)
        assert number >= 0
    fakes.opened.clear()
    yield
    assert sorted(fakes.opened) == ["LOST", "REFUSED"]


@effect("disconnect")
def _(at: Stage) -> Iterator[None]:
    yield
    assert at.session.connections.statuses()["office"].state is ConnectionState.CLOSED
    assert at.window.connections.button.text() == "Not connected"


@effect("compose")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone()])
    at.select(0)
    bodies = list[bytes]()
    at.window.compose_wanted.connect(lambda body: bodies.append(bytes(body)))
    yield
    assert bodies == [b""]


@effect("compose.from")
def _(at: Stage) -> Iterator[None]:
    at.feed(bodies=[phone("7"), phone("8")])
    at.select(0)
    bodies = list[bytes]()
    at.window.compose_wanted.connect(lambda body: bodies.append(bytes(body)))
    yield
    assert bodies == [phone("7")]


# -- the tests ---------------------------------------------------------------------------------------------------------


def test_every_command_is_tried() -> None:
    assert sorted([*EFFECTS, *ASKS, *ELSEWHERE]) == sorted(command.key for command in COMMANDS)


@pytest.mark.qt_log_ignore("does not support")
@pytest.mark.parametrize("key", EFFECTS)
def test_a_command_does_what_it_says(stage: Stage, key: str) -> None:
    tried = EFFECTS[key](stage)
    next(tried)
    stage.give(key)
    with pytest.raises(StopIteration):
        next(tried)
    assert not stage.window.trouble.isVisible()


def test_what_asks_first_can_be_cancelled_and_has_done_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.cancel_dialogs(monkeypatch)
    stage.feed(3)
    stage.select(1)
    stage.window.profiles.select("clients")
    session = stage.session
    before = (session.profiles.all(), session.connections.all(), session.view.notes.copy(), session.view.filter_text)
    for key, dialog in ASKS.items():
        stage.by_menu(key)
        assert (key, stage.asked) == (key, [dialog])
        stage.asked.clear()
    after = (session.profiles.all(), session.connections.all(), session.view.notes.copy(), session.view.filter_text)
    assert after == before
    assert (session.capture.opened, session.work.asked, stage.current, stage.said) == ([], [], 2, "")
    assert not stage.window.trouble.isVisible()


@pytest.mark.parametrize("key", [key for key in ASKS if next(c for c in COMMANDS if c.key == key).shortcut])
def test_a_dialog_is_opened_by_its_keys_as_well(stage: Stage, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    stage.cancel_dialogs(monkeypatch)
    stage.feed(1)
    stage.select(0)
    stage.by_keys(key)
    assert stage.asked == [ASKS[key]]


NEEDS_ROW = {"copy", "copy.xml", "mark", "comment", "compose.from"}
NEEDS_PROFILE = {"profile.edit", "profile.rename", "profile.duplicate", "profile.delete", "profile.export"}
ALWAYS_OFF = {"alerts", "profile.undo", "filter.mend"}
"""Until there is an alert, until a profile was deleted, while no prefix is missing."""


@pytest.mark.parametrize(
    ("rows", "disabled"),
    [
        ((), {*NEEDS_ROW, "compare"}),
        ((1,), {"compare"}),
        ((1, 2), set()),
        ((0, 1, 2), {"compare"}),
    ],
)
def test_commands_on_rows_need_as_many_as_they_work_on(stage: Stage, rows: tuple[int, ...], disabled: set[str]) -> None:
    stage.feed(4)
    stage.window.profiles.select("clients")
    stage.select(*rows)
    assert stage.disabled() == {*ALWAYS_OFF, "profile.down", *disabled}


def test_an_empty_window_offers_what_needs_nothing(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    for profile in session.profiles.all():
        session.profiles.delete(profile.id)
    stage = Stage(open_window(session), session)
    moves = {"profile.up", "profile.down"}
    off = {*ALWAYS_OFF, *NEEDS_ROW, "compare", *NEEDS_PROFILE, *moves, "disconnect", "connection.edit"}
    assert stage.disabled() == off


@pytest.mark.parametrize(
    ("state", "live"),
    [
        (ConnectionState.CLOSED, False),
        (ConnectionState.REFUSED, False),
        (ConnectionState.CONNECTING, True),
        (ConnectionState.CONNECTED, True),
        (ConnectionState.LOST, True),
    ],
)
def test_only_what_is_open_can_be_disconnected(stage: Stage, state: ConnectionState, live: bool) -> None:
    stage.session.connections.set_state("office", state)
    stage.window.bridge.deliver()
    assert stage.window.commands["disconnect"].isEnabled() is live
    assert stage.window.commands["connection.edit"].isEnabled()


@pytest.mark.parametrize(
    ("chosen", "off"),
    [("telephones", {"profile.up"}), ("clients", set()), ("last", {"profile.down"})],
)
def test_the_first_profile_cannot_go_up_and_the_last_not_down(stage: Stage, chosen: str, off: set[str]) -> None:
    last = stage.session.profiles.create(stage.session.profiles.all()[0].__class__("Last", "", id="last"))
    assert not isinstance(last, str)
    stage.window.bridge.deliver()
    stage.window.profiles.select(chosen)
    profile_commands = {command.key for command in COMMANDS if command.menu == "profiles"}
    assert stage.disabled() & profile_commands == {*off, "profile.undo"}


def test_deleting_can_be_undone_as_often_as_something_was_deleted(stage: Stage) -> None:
    undo = stage.window.commands["profile.undo"]
    for name in ("telephones", "clients"):
        stage.window.profiles.select(name)
        stage.by_menu("profile.delete")
    for left in (True, False):
        assert undo.isEnabled()
        stage.by_menu("profile.undo")
        assert undo.isEnabled() is left


def test_the_toolbar_has_what_is_needed_all_the_time(stage: Stage) -> None:
    bar = stage.window.findChild(QToolBar, "toolbar")
    assert bar is not None
    assert [action.objectName() for action in bar.actions() if action.objectName()] == ["pause", "clear", "compose"]
    widgets = [bar.widgetForAction(action) for action in bar.actions()]
    window = stage.window
    placed = [widget for widget in widgets if widget in {window.connection_button, window.filter_bar, window.picker}]
    assert placed == [window.connection_button, window.filter_bar, window.picker]
    assert all(widget.isVisible() for widget in placed)
    assert not bar.isMovable()


def test_the_first_nine_profiles_are_in_the_menu(stage: Stage) -> None:
    session = stage.session
    for number in range(3, 11):
        session.profiles.create(session.profiles.all()[0].__class__(f"P{number}", TELEPHONES, id=f"p{number}"))
    session.profiles.activate(["clients"])
    stage.window.bridge.deliver()
    actions = [a for a in stage.window.menus["profiles"].actions() if a.shortcut().toString() in _CTRL_DIGITS]
    assert len(actions) == PROFILE_SHORTCUTS == 9
    assert all(action.isVisible() for action in actions)
    assert [action.text() for action in actions] == ["Telephones", "Clients", *(f"P{n}" for n in range(3, 10))]
    assert [action.isChecked() for action in actions] == [number == 1 for number in range(9)]
    actions[8].trigger()
    stage.window.bridge.deliver()
    assert [profile.id for profile in session.profiles.all() if profile.active] == ["clients", "p9"]
    for profile in session.profiles.all()[2:]:
        session.profiles.delete(profile.id)
    stage.window.bridge.deliver()
    assert [action.isVisible() for action in actions] == [True, True, *[False] * 7]


_CTRL_DIGITS = {f"Ctrl+{number}" for number in range(1, 10)}
