"""What the window remembers from one run to the next: each setting is saved, and comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QDockWidget

from clacks_monitor.core.columns import DEFAULT_COLUMNS, Column, FieldColumn
from clacks_monitor.gui.window.window_layout import PANES
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

CALLER = FieldColumn("Caller", ("PhoneStatus", "CallerId"))


def dock(window: MainWindow, name: str) -> QDockWidget:
    found = window.findChild(QDockWidget, name)
    assert found is not None
    return found


def _close_a_pane(window: MainWindow) -> None:
    dock(window, "profilesDock").close()


def _move_a_pane(window: MainWindow) -> None:
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock(window, "typesDock"))


def _widen_a_column(window: MainWindow) -> None:
    window.panes.table.horizontalHeader().resizeSection(0, 277)


def _hide_a_column(window: MainWindow) -> None:
    window.panes.table.columns.show([c for c in DEFAULT_COLUMNS if c is not Column.TYPE])


MEMORIES: dict[str, tuple[Callable[[MainWindow], object], Callable[[MainWindow], object], object]] = {
    "size": (lambda w: w.resize(790, 660), lambda w: (w.width(), w.height()), (790, 660)),
    "pane": (_close_a_pane, lambda w: [name for name in PANES if dock(w, name).isHidden()], ["profilesDock"]),
    "place": (
        _move_a_pane,
        lambda w: w.dockWidgetArea(dock(w, "typesDock")),
        Qt.DockWidgetArea.RightDockWidgetArea,
    ),
    "field": (lambda w: w.panes.table.columns.add(CALLER), lambda w: w.panes.model.fields, (CALLER,)),
    "width": (_widen_a_column, lambda w: w.panes.table.horizontalHeader().sectionSize(0), 277),
    "hidden": (_hide_a_column, lambda w: Column.TYPE in w.panes.table.columns.shown(), False),
    "board": (
        lambda w: w.controllers.boards.open("clients"),
        lambda w: [name for name, view in w.controllers.boards.views.items() if not view.isHidden()],
        ["clients"],
    ),
    "shortcut": (
        lambda w: w.frame.commands.shortcuts.set("clear", "F9"),
        lambda w: w.frame.commands.shortcuts.of("clear"),
        "F9",
    ),
}


@pytest.mark.parametrize("what", MEMORIES)
def test_a_second_run_begins_as_the_first_ended(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession, what: str
) -> None:
    change, look, wanted = MEMORIES[what]
    first = open_window(session)
    assert look(first) != wanted
    change(first)
    assert look(first) == wanted
    first.close()
    second = open_window(session)
    if what == "size":
        second.frame.layout.restore()  # the fixture has given it another size
    assert look(second) == wanted


def test_what_a_profile_brings_is_not_taken_for_the_users_own(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    first = open_window(session)
    first.panes.table.columns.add(CALLER)
    profile = session.profiles.all()[0]
    session.profiles.update(type(profile)(profile.name, profile.query, active=True, columns=("time",), id=profile.id))
    first.bridge.deliver()
    assert first.panes.model.fields == ()
    first.close()
    session.profiles.activate([])
    assert open_window(session).panes.model.fields == (CALLER,)


@pytest.mark.parametrize("junk", ["no state", QByteArray(b"junk"), 7])
def test_what_cannot_be_restored_gives_the_first_arrangement(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession, tmp_path: Path, junk: object
) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    for key in ("geometry", "state", "columns", "fields", "boards"):
        settings.setValue(f"window/{key}", junk)
    settings.sync()
    window = open_window(session)
    assert all(dock(window, name).isVisible() for name in PANES)
    assert window.panes.table.columns.shown() == list(DEFAULT_COLUMNS)
    assert window.panes.model.fields == ()


def test_the_first_arrangement_comes_back_whole(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    window = open_window(session)
    area = Qt.DockWidgetArea
    first = [window.dockWidgetArea(dock(window, name)) for name in PANES]
    assert first == [
        area.LeftDockWidgetArea, area.LeftDockWidgetArea, area.RightDockWidgetArea, area.BottomDockWidgetArea,
    ]  # fmt: skip
    sizes = [dock(window, name).size() for name in PANES]
    dock(window, "typesDock").setFloating(True)
    dock(window, "detailDock").close()
    window.addDockWidget(area.LeftDockWidgetArea, dock(window, "timelineDock"))
    window.panes.table.columns.add(CALLER)
    Stage(window, session).by_menu("layout.reset")
    assert [window.dockWidgetArea(dock(window, name)) for name in PANES] == first
    assert not any(dock(window, name).isFloating() for name in PANES)
    assert window.panes.table.columns.shown() == list(DEFAULT_COLUMNS)
    assert [dock(window, name).width() for name in PANES[:3]] == [size.width() for size in sizes[:3]]


def test_each_pane_has_a_check_box_in_the_view_menu(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    window = open_window(session)
    actions = window.frame.menus["view"].actions()
    toggles = [dock(window, name).toggleViewAction() for name in PANES]
    at = actions.index(toggles[0])
    assert actions[at : at + 4] == toggles
    assert actions[at + 4].isSeparator()
    assert actions[at + 5] is window.frame.commands["commands"]
    for name, toggle in zip(PANES, toggles, strict=True):
        toggle.trigger()
        assert dock(window, name).isHidden()
        toggle.trigger()
        assert not dock(window, name).isHidden()


def test_a_pane_can_be_put_to_a_side_or_below_and_not_above(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    window = open_window(session)
    area = Qt.DockWidgetArea
    for name in PANES:
        allowed = dock(window, name).allowedAreas()
        assert allowed == area.LeftDockWidgetArea | area.RightDockWidgetArea | area.BottomDockWidgetArea
    assert window.isDockNestingEnabled()
    corner = Qt.Corner
    assert window.corner(corner.BottomLeftCorner) is area.LeftDockWidgetArea
    assert window.corner(corner.BottomRightCorner) is area.RightDockWidgetArea


def test_nothing_is_written_again_that_has_not_changed(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(session)
    window.frame.layout.save()
    written = list[str]()
    monkeypatch.setattr(QSettings, "setValue", lambda _self, key, _value: written.append(key))
    window.frame.layout.save()
    assert [key for key in written if key.startswith("window/") and key != "window/headings"] == []
    window.resize(1000, 700)
    window.frame.layout.save()
    assert "window/geometry" in written
