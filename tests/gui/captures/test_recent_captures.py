"""The captures that were open lately, in the menu File."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMenu

from clacks_monitor.gui.captures.recent_captures import MOST, RecentCaptures
from clacks_monitor.session.notices import CaptureChanged

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from tests.helpers.stage import Stage


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    made = QMenu()
    qtbot.addWidget(made)
    made.addAction("Open")
    made.addAction("Quit")
    return made


@pytest.fixture
def recent(menu: QMenu, settings: QSettings) -> RecentCaptures:
    return RecentCaptures(settings, menu, menu.actions()[0], menu)


def entries(recent: RecentCaptures) -> list[QAction]:
    recent.menu.aboutToShow.emit()
    return [action for action in recent.menu.actions() if action.data()]


def test_the_newest_comes_first_and_each_is_there_once(
    recent: RecentCaptures, settings: QSettings, menu: QMenu
) -> None:
    for name in ("a", "b", "a"):
        recent.add(Path(f"/x/{name}.capture"))
    assert [action.text() for action in entries(recent)] == ["a.capture", "b.capture"]
    assert [action.toolTip() for action in entries(recent)] == ["/x/a.capture", "/x/b.capture"]
    settings.sync()
    again = QSettings(settings.fileName(), settings.format())
    assert RecentCaptures(again, menu, menu.actions()[0], menu).addresses() == [
        Path("/x/a.capture"),
        Path("/x/b.capture"),
    ]


def test_there_are_no_more_than_fit(recent: RecentCaptures) -> None:
    for number in range(MOST + 3):
        recent.add(Path(f"/x/{number}.capture"))
    assert recent.addresses() == [Path(f"/x/{n}.capture") for n in range(MOST + 2, 2, -1)]


def test_one_is_opened_by_its_path(recent: RecentCaptures, qtbot: QtBot) -> None:
    recent.add(Path("/x/<b>R&D.capture"))
    (entry,) = entries(recent)
    assert entry.text().replace("\u2060", "") == "<b>R&&D.capture"
    with qtbot.waitSignal(recent.wanted) as wanted:
        entry.trigger()
    assert wanted.args == [Path("/x/<b>R&D.capture")]


def test_the_menu_cannot_be_opened_while_there_are_none(recent: RecentCaptures) -> None:
    assert not recent.menu.menuAction().isEnabled()
    recent.add(Path("/x/a.capture"))
    assert recent.menu.menuAction().isEnabled()
    entries(recent)
    recent.menu.actions()[-1].trigger()
    assert recent.addresses() == []
    assert not recent.menu.menuAction().isEnabled()


@pytest.mark.parametrize("stored", [7, {"a": 1}, ["x" * 5_000, "", 3], ""])
def test_settings_of_another_shape_hold_none(recent: RecentCaptures, settings: QSettings, stored: object) -> None:
    settings.setValue("captures/recent", stored)
    assert recent.addresses() == []


def test_what_is_opened_or_saved_is_remembered_and_what_is_temporary_is_not(stage: Stage) -> None:
    recent, capture = stage.window.controllers.recent, stage.session.capture
    recent.clear()
    capture.temporary = True
    stage.session.notify([CaptureChanged()])
    stage.window.bridge.deliver()
    assert recent.addresses() == []
    capture.temporary = False
    stage.session.notify([CaptureChanged()])
    stage.window.bridge.deliver()
    assert recent.addresses() == [capture.path]
    entries(recent)[0].trigger()
    assert stage.session.work.asked[-1][1] == capture.path


def test_an_archive_is_kept_by_its_url_and_opened_by_it(recent: RecentCaptures, qtbot: QtBot) -> None:
    url = "postgresql://anna@db.example/events"
    recent.add(Path("/x/a.capture"))
    recent.add(url)
    assert (recent.addresses(), recent.archives()) == ([url, Path("/x/a.capture")], [url])
    assert entries(recent)[0].text() == "Archive events on db.example"
    with qtbot.waitSignal(recent.wanted) as wanted:
        entries(recent)[0].trigger()
    assert wanted.args == [url]
