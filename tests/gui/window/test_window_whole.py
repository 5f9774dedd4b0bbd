"""The window as the session changes: its title, when it looks at what, other captures, trouble, profiles and types."""

from __future__ import annotations

import time
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.profile import Profile
from clacks_monitor.gui.query.filter_texts import message
from clacks_monitor.gui.table.empty_state import Empty
from clacks_monitor.gui.window import refresh
from clacks_monitor.session.notices import CaptureChanged, FilterFault, Trouble
from clacks_monitor.session.view.query_text import type_query
from tests.helpers.fake_events import phone, wrap
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

PHONES = "./f:Event/f:PhoneStatus"


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    window.activateWindow()
    window.bridge.deliver()
    return Stage(window, session)


# -- the title ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("connected", "production", "temporary", "read_only", "title"),
    [
        (False, False, True, False, "Clacks Event Monitor"),
        (False, False, False, False, "shift.capture – Clacks Event Monitor"),
        (False, False, False, True, "shift.capture (read-only) – Clacks Event Monitor"),
        (True, False, True, False, "office bus – Clacks Event Monitor"),
        (True, True, False, True, "Production: office bus – shift.capture (read-only) – Clacks Event Monitor"),
    ],
)
def test_the_title_says_what_is_open(
    open_window: Callable[[FakeSession], MainWindow],
    session: FakeSession,
    connected: bool,
    production: bool,
    temporary: bool,
    read_only: bool,
    title: str,
) -> None:
    session.capture.temporary, session.capture.read_only = temporary, read_only
    if connected:
        session.connect_office(production=production)
    window = open_window(session)
    assert window.windowTitle() == title
    session.connect_office(production=production)
    window.bridge.deliver()
    session.connections.set_state("office", ConnectionState.CLOSED)
    window.bridge.deliver()
    assert "office" not in window.windowTitle()


# -- when it looks at what ---------------------------------------------------------------------------------------------


def test_numbers_are_looked_at_once_a_second_and_all_every_two(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    stage.window.refresh.refresh()
    looked = []
    for seconds in (0.5, 0.9, 1.0, 1.5, 2.0, 2.5, 3.0, 3.9, 4.0):
        now[0] = 1000.0 + seconds
        stage.feed(1)
        received = stage.window.frame.status.counters["received"].text()
        types = stage.window.panes.types.types
        counted = sum(stage.window.panes.types.types.texts(row)[1] != "" for row in range(types.rowCount()))
        looked.append((received, bool(counted)))
    assert [words for words, _counted in looked] == [
        *["0 received"] * 2, *["3 received"] * 2, *["5 received"] * 2, "7 received", "7 received", "9 received",
    ]  # fmt: skip
    assert [counted for _words, counted in looked] == [False] * 4 + [True] * 5
    assert (refresh.COUNTERS_S, refresh.EVERYTHING_S) == (1.0, 2.0)


def test_times_grow_old_although_nothing_comes(stage: Stage) -> None:
    stage.session.push(2)
    stage.session.drain()
    assert stage.window.refresh._timer.isActive()
    assert stage.window.refresh._timer.interval() == refresh.SILENT_MS == 1_500
    stage.window.refresh._timer.timeout.emit()
    assert stage.window.frame.status.counters["received"].text() == "2 received"
    assert stage.window.frame.status.capture.text().startswith("shift.capture")
    assert stage.window.panes.types.types.rowCount() > 0


# -- captures, trouble, profiles ---------------------------------------------------------------------------------------


def test_another_capture_begins_anew(stage: Stage) -> None:
    stage.feed(5)
    stage.select(2)
    stage.window.controllers.timing.limit(1, 2)
    stage.window.controllers.finding.matches.add([1, 2])
    stage.window.controllers.boards.open("clients")._waiting = 7
    stage.session.capture.current = SimpleNamespace(size=lambda: 0)
    stage.session.capture.path = stage.session.capture.path.with_name("other.capture")
    stage.session.notify([CaptureChanged()])
    stage.window.bridge.deliver()
    assert stage.window.windowTitle().endswith("other.capture – Clacks Event Monitor")
    assert stage.window.controllers.timing.span is None
    assert len(stage.window.controllers.finding.matches) == 0
    assert "other.capture" in stage.window.frame.status.capture.text()
    assert stage.window.controllers.boards.views["clients"]._waiting <= 0


def test_of_another_capture_the_marks_are_looked_at(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.feed(2)
    looked, marks_now = list[bool](), stage.session.rows.marks

    def marks() -> object:
        looked.append(True)
        return marks_now()

    monkeypatch.setattr(stage.session.rows, "marks", marks)
    stage.session.capture.current = SimpleNamespace(size=lambda: 0)
    stage.session.notify([CaptureChanged()])
    stage.window.bridge.deliver()
    assert looked


def test_another_name_changes_the_title_only(stage: Stage) -> None:
    stage.feed(5)
    stage.window.controllers.timing.limit(1, 2)
    stage.session.capture.path = stage.session.capture.path.with_name("kept.capture")
    stage.session.notify([CaptureChanged()])
    stage.window.bridge.deliver()
    assert "kept.capture" in stage.window.windowTitle()
    assert stage.window.controllers.timing.span == (1, 2)


def test_trouble_and_faults_are_told_where_they_belong(stage: Stage) -> None:
    stage.session.notify([Trouble("The disk is full.", "No room.")])
    stage.window.bridge.deliver()
    assert stage.window.panes.trouble.text.text() == "The disk is full. No room."
    stage.window.frame.filter.set(PHONES)
    stage.session.notify([FilterFault("telephones", "It divides by zero.")])
    stage.window.bridge.deliver()
    assert stage.said == "The query of profile Telephones raises errors for some events. It divides by zero."
    assert stage.window.frame.filter.run.fault == ""
    stage.session.notify([FilterFault("", "It is slow.")])
    stage.window.bridge.deliver()
    assert stage.window.frame.filter.run.fault == message(stage.window.frame.filter) == "It is slow."
    stage.session.notify([FilterFault("nobody", "x")])
    stage.window.bridge.deliver()
    assert stage.said.endswith("zero.")


def test_a_profile_that_changes_is_shown_everywhere(stage: Stage) -> None:
    profiles = stage.session.profiles
    renamed = profiles.find("telephones")
    assert renamed is not None
    profiles.update(replace(renamed, name="Phones"))
    stage.session.profiles.activate(["telephones"])
    stage.window.bridge.deliver()
    item = stage.window.panes.profiles.tree.topLevelItem(0)
    assert item is not None
    assert (item.text(0), stage.window.frame.picker.text()) == ("Phones", "Phones")
    assert "Phones" in [action.text() for action in stage.window.frame.menus["profiles"].actions()]


def test_a_filter_that_is_applied_is_remembered_and_why_not_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.window.frame.filter.set(PHONES)
    stage.window.frame.filter.set(" ")
    assert stage.session.settings.values.filter_history == (PHONES,)
    assert not stage.window.panes.trouble.isVisible()
    monkeypatch.setattr(stage.session.restore, "remember_filter", lambda _text: "The disk is full.")
    stage.window.frame.filter.set(PHONES)
    assert stage.window.panes.trouble.text.text() == "The disk is full."


# -- types -------------------------------------------------------------------------------------------------------------


def test_a_type_is_shown_alone_and_again_all_are(stage: Stage) -> None:
    stage.feed(bodies=[phone(), wrap("<ClientLeave/>"), phone()])
    found = list[tuple[int, str]]()
    for name in ("PhoneStatus", "PhoneStatus", "ClientLeave"):
        stage.window.panes.types.chosen.emit(name)
        stage.window.bridge.deliver()
        found.append((stage.window.panes.model.rowCount(), stage.session.filtering.filter_text))
    assert found == [(2, type_query("PhoneStatus")), (3, ""), (1, type_query("ClientLeave"))]


@pytest.mark.qt_log_ignore("does not support")
def test_a_filter_that_a_menu_begins_is_gone_on_with(stage: Stage) -> None:
    stage.window.controllers.events.filter_prepared.emit(PHONES)
    assert (stage.window.frame.filter.text, stage.window.frame.filter.applied_text) == (PHONES, "")
    assert stage.window.focusWidget() is stage.window.frame.filter_bar.line
    stage.window.frame.commands["filter.editor"].trigger()
    stage.window.panes.types.setFocus()
    stage.window.controllers.events.filter_prepared.emit(PHONES)
    assert stage.window.focusWidget() is stage.window.panes.filter_editor.edit
    stage.window.panes.types.setFocus()
    stage.window.frame.commands["filter.focus"].trigger()
    assert stage.window.focusWidget() is stage.window.panes.filter_editor.edit
    stage.window.panes.types.menu_wanted.emit("PhoneStatus", stage.window.pos())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


# -- closing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spontaneous", "may", "closes"), [(True, False, False), (True, True, True), (False, False, True)]
)
def test_only_the_user_is_asked_before_it_closes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, spontaneous: bool, may: bool, closes: bool
) -> None:
    closed = list[int]()
    stage.window.closed.connect(lambda: closed.append(1))
    monkeypatch.setattr(stage.window.controllers.saving, "may_quit", lambda: may)
    event = QCloseEvent()
    monkeypatch.setattr(event, "spontaneous", lambda: spontaneous, raising=False)
    stage.window.closeEvent(event)
    assert (event.isAccepted(), bool(closed)) == (closes, closes)
    assert stage.window.refresh._timer.isActive() is not closes


@pytest.mark.parametrize("may", [True, False])
def test_quit_closes_when_it_may(stage: Stage, monkeypatch: pytest.MonkeyPatch, may: bool) -> None:
    monkeypatch.setattr(stage.window.controllers.saving, "may_quit", lambda: may)
    stage.by_keys("quit")
    assert stage.window.isVisible() is not may


# -- why it is empty ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "temporary", "why"),
    [
        (None, True, Empty.NO_CONNECTION),
        (None, False, Empty.NO_EVENTS),
        (ConnectionState.CLOSED, False, Empty.NO_CONNECTION),
        (ConnectionState.CONNECTED, False, Empty.SILENT),
        (ConnectionState.REFUSED, False, Empty.LOST),
    ],
)
def test_why_a_window_is_empty(
    open_window: Callable[[FakeSession], MainWindow],
    session: FakeSession,
    state: ConnectionState | None,
    temporary: bool,
    why: Empty,
) -> None:
    session.capture.temporary = temporary
    if state is not None:
        session.connect_office()
        session.connections.set_state("office", state)
    window = open_window(session)
    assert (window.panes.empty.why, window.frame.stack.currentWidget()) == (why, window.panes.empty)
    session.push_gap()
    window.bridge.deliver()
    assert window.frame.stack.currentWidget() is window.panes.table


def test_a_capture_that_cannot_be_read_is_said_before_all_else_but_what_is_cleared(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession, tmp_path: Path
) -> None:
    from clacks_monitor.session.captures.capture_use import Unreadable

    session.capture.unreadable = Unreadable(tmp_path / "a.capture", "It is cut off.")
    session.connect_office()
    window = open_window(session)
    reasons = [window.panes.empty.why]
    assert window.panes.empty.text.text().startswith("It is cut off.")
    session.push(1)
    session.filtering.clear()
    window.bridge.deliver()
    window.stack.refresh()
    assert [*reasons, window.panes.empty.why] == [Empty.UNREADABLE, Empty.CLEARED]


def test_what_is_hidden_is_counted(stage: Stage) -> None:
    stage.feed(bodies=[phone(), phone()])
    stage.window.frame.filter.set("./f:Event/f:ClientLeave")
    stage.window.bridge.deliver()
    assert (stage.window.panes.empty.why, stage.window.panes.empty.title.text()) == (Empty.HIDDEN, "2 events hidden")


# -- boards ------------------------------------------------------------------------------------------------------------


def test_a_board_opens_and_closes_by_its_entry_and_takes_the_focus(stage: Stage) -> None:
    boards = stage.window.controllers.boards
    menu = boards.menu
    assert menu is not None
    actions = {str(action.data()): action for action in menu.actions()}
    assert list(actions) == [definition.id for definition in stage.session.boards.definitions()]
    actions["clients"].trigger()
    dock = stage.window.findChild(QDockWidget, "board-clients")
    assert dock is not None
    assert dock.isVisible()
    assert stage.window.focusWidget() is boards.views["clients"].search
    menu.aboutToShow.emit()
    assert {key for key, action in actions.items() if action.isChecked()} == {"clients"}
    first = boards.views["clients"]
    actions["clients"].trigger()
    assert dock.isHidden()
    actions["clients"].trigger()
    assert boards.views["clients"] is first
    with pytest.raises(ValueError, match="no board nothing"):
        boards.open("nothing")
    places = stage.window.frame.menus["view"].actions()
    assert places[places.index(menu.menuAction()) + 1] is stage.window.frame.commands["columns"]


def test_boards_share_a_place_below_the_table(stage: Stage) -> None:
    ids = [definition.id for definition in stage.session.boards.definitions()][:2]
    for board_id in ids:
        stage.window.controllers.boards.open(board_id)
    docks = [stage.window.findChild(QDockWidget, f"board-{board_id}") for board_id in ids]
    first, second = docks
    assert first is not None
    assert second is not None
    assert stage.window.dockWidgetArea(first) is Qt.DockWidgetArea.BottomDockWidgetArea
    assert stage.window.tabifiedDockWidgets(first) == [second]
    stage.window.keep_arrangement()
    assert stage.window.frame.layout.settings.value("window/boards") == " ".join(ids)


def test_the_first_arrangement_has_no_boards(stage: Stage) -> None:
    board_id = stage.session.boards.definitions()[0].id
    stage.window.controllers.boards.open(board_id)
    dock = stage.window.findChild(QDockWidget, f"board-{board_id}")
    assert dock is not None
    assert dock.isVisible()
    stage.by_menu("layout.reset")
    assert dock.isHidden()


def test_rows_of_a_board_lead_to_their_events(stage: Stage) -> None:
    stage.feed(bodies=[phone(), phone()])
    view = stage.window.controllers.boards.open(next(d.id for d in stage.session.boards.definitions()))
    view.row_wanted.emit(2)
    assert stage.current == 2
    view.events_wanted.emit(view.definition.id, ("x",))
    assert stage.session.filtering.filter_text == stage.session.boards.query(view.definition.id, ("x",))


def test_profiles_are_named_by_what_judges_an_event(stage: Stage) -> None:
    stage.session.profiles.create(Profile("Late", PHONES, id="late"))
    stage.window.bridge.deliver()
    assert stage.window.panes.detail.match_results._names["late"] == "Late"
