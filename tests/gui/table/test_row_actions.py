"""What can be done with rows: menus of rows, values and types, an event in full, hidden trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor.core.columns import Column, FieldColumn
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.detail.text_viewer import TextViewer
from clacks_monitor.gui.table import trouble_walk
from clacks_monitor.gui.table.value_menu import ValueMenus, title_of
from clacks_monitor.session.notices import CaptureDamaged
from clacks_monitor.session.view.query_text import MAX_LITERAL, How, Join, value_query
from clacks_monitor.session.work.answers import StoreAnswer
from tests.helpers.capture_jobs import trouble
from tests.helpers.fake_events import phone, wrap
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

pytestmark = pytest.mark.qt_log_ignore("does not support")

PHONES = "./f:Event/f:PhoneStatus"
PATH = ("Event", "PhoneStatus", "Status")
STATUS = FieldColumn("Status", PATH[1:])


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    window.activateWindow()
    return Stage(window, session)


def tree(menu: QMenu) -> dict[str, object]:
    """Return a menu's texts: what opens a menu with those of that, all others with whether they can be chosen."""
    found: dict[str, object] = {}
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            found[action.text()] = tree(below) if below.isEnabled() else None
        elif not action.isSeparator():
            found[action.text()] = action.isEnabled()
    return found


def row_menu(stage: Stage, sequence: int, column: AnyColumn = Column.TIME) -> QMenu:
    stage.window.panes.table.menu_wanted.emit(sequence, column, QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def keys_of(menu: QMenu) -> list[str]:
    return [action.objectName() for action in menu.actions() if action.objectName()]


COMMANDS = ["compose.from", "mark", "comment", "reference", "compare", "copy", "copy.xml"]
OF_TYPE = {"Only PhoneStatus": True, "Exclude PhoneStatus": True}


def test_the_menu_of_a_row_filters_by_its_type_and_its_fields(stage: Stage) -> None:
    stage.feed(bodies=[phone("1", "2", "busy")])
    stage.select(0)
    menu = row_menu(stage, 1)
    found = tree(menu)
    assert found["PhoneStatus"] == OF_TYPE
    fields = found["Filter by a field"]
    assert isinstance(fields, dict)
    assert list(fields) == ["CallerId = 1", "ReceiverId = 2", "Status = busy"]
    assert keys_of(menu) == COMMANDS
    assert "Add as test event to" in found
    menu.close()


def test_the_menu_of_a_cell_has_first_what_is_under_the_pointer(stage: Stage) -> None:
    stage.feed(bodies=[phone("1", "2", "busy")])
    by_column: dict[AnyColumn, list[str]] = {
        Column.TYPE: list(OF_TYPE),
        Column.SUMMARY: ["PhoneStatus", "CallerId = 1", "ReceiverId = 2", "Status = busy"],
        STATUS: ["Status = busy", "PhoneStatus", "Filter by a field"],
    }
    for column, first in by_column.items():
        menu = row_menu(stage, 1, column)
        assert list(tree(menu))[: len(first)] == first
        menu.close()


def test_what_is_no_event_has_no_fields(stage: Stage) -> None:
    stage.feed(bodies=[b"<Event><Broken"])
    stage.session.push_gap()
    stage.window.bridge.deliver()
    menu = row_menu(stage, 1)
    assert tree(menu)["Filter by a field"] is None
    menu.close()
    gap = row_menu(stage, 2)
    assert keys_of(gap) == COMMANDS
    assert "Filter by a field" not in tree(gap)
    assert "Add as test event to" not in tree(gap)
    gap.close()


def test_menus_go_when_they_close(stage: Stage, qtbot: QtBot) -> None:
    stage.feed(bodies=[phone()])
    table, detail = stage.window.panes.table, stage.window.panes.detail
    before = len(table.findChildren(QMenu))
    asks: list[Callable[[], object]] = [
        lambda: table.menu_wanted.emit(1, Column.TIME, QPoint(5, 5)),
        lambda: detail.menu_wanted.emit(PATH, "busy", QPoint(5, 5)),
        lambda: detail.xml.customContextMenuRequested.emit(QPoint(5, 5)),
        lambda: stage.window.panes.types.menu_wanted.emit("PhoneStatus", QPoint(5, 5)),
        table.column_menu.open,
    ]
    for ask in asks:
        ask()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.close()
        qtbot.waitUntil(lambda: len(table.findChildren(QMenu)) == before)


def test_an_events_own_fields_come_before_those_of_its_parts_and_the_rest_below_more(stage: Stage) -> None:
    deep = "".join(f"<Part><F{number}>x</F{number}></Part>" for number in range(45))
    stage.feed(bodies=[wrap(f"<Many>{deep}<Id>1</Id><Name>a</Name></Many>")])
    menu = row_menu(stage, 1)
    fields = tree(menu)["Filter by a field"]
    assert isinstance(fields, dict)
    assert list(fields) == ["Id = 1", "Name = a", *(f"F{number} = x" for number in range(10)), "More"]
    more = next(below for below in menu.findChildren(QMenu) if below.title() == "More")
    for _ in range(2):
        more.aboutToShow.emit()
        assert [action.text() for action in more.actions()] == [f"F{number} = x" for number in range(10, 38)]
    menu.close()


def test_a_capture_that_cannot_be_read_is_told_and_shows_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.feed(2)

    def broken(_sequence: int) -> StoreAnswer[None]:
        stage.session.notify([CaptureDamaged("page 7 is damaged")])
        return StoreAnswer.known(None)

    monkeypatch.setattr(stage.session.rows, "excerpt", broken)
    stage.window.panes.table.selected.emit(1)
    menu = row_menu(stage, 1)
    assert keys_of(menu) == COMMANDS
    menu.close()
    stage.window.bridge.deliver()
    assert trouble(stage) == "page 7 is damaged"


# -- values ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def menus(stage: Stage) -> ValueMenus:
    return ValueMenus(stage.session.filtering, stage.window)  # type: ignore[arg-type]  # the fake's own


def hows(value: str) -> list[str]:
    shown = one_line(value, 40)
    return [f"Only Status = “{shown}”", f"Exclude Status = “{shown}”", f"Status containing “{shown}”"]


@pytest.mark.parametrize(
    ("value", "texts", "copies"),
    [
        ("busy", hows("busy"), True),
        ("", hows("")[:2], False),
        (None, ["Only events with Status", "Only events without Status"], False),
        ("x" * MAX_LITERAL, hows("x" * MAX_LITERAL), True),
        ("x" * (MAX_LITERAL + 1), [f"Status starting with “{one_line('x' * MAX_LITERAL, 40)}”"], True),
    ],
)
def test_a_value_is_filtered_by_as_far_as_that_makes_sense(
    menus: ValueMenus, value: str | None, texts: list[str], copies: bool
) -> None:
    menu = QMenu()
    menus.add_value(menu, PATH, value)
    assert list(tree(menu)) == [title_of(PATH, value), *texts, "Show as column", *(["Copy value"] if copies else [])]
    assert tree(menu)[title_of(PATH, value)] is False
    if copies:
        menu.actions()[-1].trigger()
        assert QGuiApplication.clipboard().text() == value


def test_with_a_filter_a_value_can_be_joined_to_it(stage: Stage, menus: ValueMenus) -> None:
    stage.window.frame.filter.set(PHONES)
    menu = QMenu()
    menus.add_value(menu, PATH, "busy")
    found = tree(menu)
    assert list(found["And"]) == list(found["Or"]) == hows("busy")  # type: ignore[call-overload]  # they are menus
    wanted = list[str]()
    menus.filter_wanted.connect(wanted.append)
    (joined,) = (action.menu() for action in menu.actions() if action.text() == "And")
    assert isinstance(joined, QMenu)
    joined.actions()[0].trigger()
    assert wanted == [value_query(PATH, "busy", How.EQUALS, stage.session.filtering.filter_text, Join.AND)]
    types = QMenu()
    menus.add_type(types, "PhoneStatus")
    assert tree(types) == {**OF_TYPE, "And": OF_TYPE, "Or": OF_TYPE}


def test_with_shift_a_filter_is_only_prepared(menus: ValueMenus, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = list[str]()
    menus.filter_wanted.connect(lambda _query: chosen.append("applied"))
    menus.filter_prepared.connect(lambda _query: chosen.append("prepared"))
    menu = QMenu()
    menus.add_type(menu, "PhoneStatus")
    for keys in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        monkeypatch.setattr(QGuiApplication, "keyboardModifiers", lambda keys=keys: keys)
        menu.actions()[0].trigger()
    assert chosen == ["applied", "prepared"]
    assert "With Shift it is only written to the filter bar." in menu.actions()[0].toolTip()
    assert menu.toolTipsVisible()


@pytest.mark.parametrize(
    ("path", "column"),
    [
        (PATH, STATUS),
        (("Event", "PhoneStatus", "@Type"), FieldColumn("Type", ("PhoneStatus", "@Type"))),
        (("Event",), None),
    ],
)
def test_a_value_becomes_a_column(menus: ValueMenus, path: tuple[str, ...], column: FieldColumn | None) -> None:
    columns = list[object]()
    menus.column_wanted.connect(columns.append)
    menu = QMenu()
    menus.add_value(menu, path, "x")
    for action in menu.actions():
        if action.text() == "Show as column":
            action.trigger()
    assert columns == ([] if column is None else [column])


@pytest.mark.parametrize(("length", "offered"), [(MAX_LITERAL, True), (MAX_LITERAL + 1, False)])
def test_a_part_of_a_value_is_filtered_by_when_it_is_not_too_long(
    stage: Stage, menus: ValueMenus, length: int, offered: bool
) -> None:
    menu = QMenu()
    menus.add_part(menu, PATH, "x" * length)
    assert bool(menu.actions()) is offered
    stage.window.frame.filter.set(PHONES)
    joined = QMenu()
    menus.add_part(joined, PATH, "bus")
    words = "Containing “bus”"
    assert list(tree(joined)) == [words, f"And: {words}", f"Or: {words}"]


# -- in full, and trouble ----------------------------------------------------------------------------------------------


def test_an_event_is_shown_in_full_in_a_window_of_its_own(stage: Stage, qtbot: QtBot) -> None:
    stage.feed(bodies=[phone("77")])
    stage.window.controllers.events.show_whole(1)
    (viewer,) = stage.window.findChildren(TextViewer)
    assert viewer.isVisible()
    assert "Event 1" in viewer.windowTitle()
    qtbot.waitUntil(lambda: "77" in viewer.text.toPlainText())
    viewer.close()


def test_hidden_trouble_is_looked_through_so_far_and_no_farther(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()

    def troubles(beyond: int, _kinds: object, *, forward: bool) -> StoreAnswer[list[int]]:
        asked.append(beyond)
        return StoreAnswer.known([beyond + 1 if forward else beyond - 1])

    stage.feed(bodies=[phone()])
    stage.window.frame.filter.set("./f:Event/f:ClientLeave")
    stage.window.bridge.deliver()
    monkeypatch.setattr(stage.session.rows, "troubles", troubles)
    stage.by_keys("trouble.next")
    assert stage.said == "Hidden by the filter. Alt+0 shows all."
    assert len(asked) == 2 * trouble_walk._MAX_PAGES == 80


def _close_menu() -> None:
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


def _property_menu(stage: Stage, row: int) -> dict[str, QAction]:
    """Return the actions of the menu of a row of the properties, by their texts."""
    properties = stage.window.panes.detail.properties
    properties.setCurrentIndex(properties.rows.index(row, 0))
    properties.customContextMenuRequested.emit(properties.visualRect(properties.currentIndex()).center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def test_a_property_becomes_a_column_or_a_filter_by_its_menu(stage: Stage, qtbot: QtBot) -> None:
    stage.feed(bodies=[phone("1", "2", "busy")])
    stage.select(0)
    detail = stage.window.panes.detail
    detail.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: detail.properties.rows.rowCount() > 0)
    names = [detail.properties.rows.row(row)[0] for row in range(detail.properties.rows.rowCount())]
    assert names[-2:] == ["qpid.subject", "priority"]
    own = _property_menu(stage, names.index("Connection"))
    assert not any(text.startswith(("Show as", "Only")) for text in own)
    _close_menu()
    menu = _property_menu(stage, len(names) - 2)
    assert menu["Only qpid.subject = “event”"].data() == (
        "declare variable $qpid.subject external := '';\nstring($qpid.subject) = 'event'"
    )
    menu["Show as column"].trigger()
    _close_menu()
    column = FieldColumn("qpid.subject", ("$qpid.subject",))
    assert column in stage.window.panes.model.columns
    index = stage.window.panes.model.index(0, stage.window.panes.model.columns.index(column))
    qtbot.waitUntil(lambda: index.data() == "event")
    cell = tree(row_menu(stage, 1, column))["qpid.subject = event"]
    assert isinstance(cell, dict)
    assert "Only qpid.subject = “event”" in cell
