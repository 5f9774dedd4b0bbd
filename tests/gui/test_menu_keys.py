"""No access key is used twice in what is seen together: the menu bar with the panes around it, each menu, each page."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QTabBar

from clacks_monitor import assets
from clacks_monitor.core.profile import Profile
from clacks_monitor.core.store import Retention
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.kit.time_format import TimeFormat
from clacks_monitor.gui.preferences.preferences_dialog import Chosen, PreferencesDialog
from clacks_monitor.gui.preferences.window_preferences import Notifications
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from tests.helpers.fake_profiles import NoCommands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

KEY = re.compile(r"(?<!&)&([^&\s])")


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    translator = QTranslator()
    name = str(request.param)
    assert translator.load(f"clacks_monitor_{name}", str(assets.folder("resources", "translations")))
    qapp.installTranslator(translator)
    yield name
    qapp.removeTranslator(translator)


def twice(texts: Iterable[str]) -> list[list[str]]:
    """Return the texts that share an access key with another."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        found = KEY.search(text)
        if found:
            by_key[found[1].lower()].append(text)
    return [texts for texts in by_key.values() if len(texts) > 1]


def menus_below(menu: QMenu) -> Iterator[QMenu]:
    """Yield a menu and those that open from it, filled as they are when they are opened."""
    menu.aboutToShow.emit()
    yield menu
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from menus_below(below)


def beside_the_menus(window: QWidget) -> Iterator[str]:
    """Yield what answers to Alt and a letter in the window itself."""
    for button in window.findChildren(QAbstractButton):
        if button.window() is window and button.isVisible():
            yield button.text()
    for label in window.findChildren(QLabel):
        if label.window() is window and label.isVisible() and label.buddy() is not None:
            yield label.text()
    for tabs in window.findChildren(QTabBar):
        if tabs.window() is window and tabs.isVisible():
            yield from (tabs.tabText(index) for index in range(tabs.count()))


@pytest.mark.usefixtures("language")
def test_an_access_key_means_one_thing(open_window: Callable[[FakeSession], MainWindow], session: FakeSession) -> None:
    window = open_window(session)
    bar = window.menuBar()
    titles = [action.text() for action in bar.actions()]
    assert len(titles) == 8
    assert all(KEY.search(title) for title in titles)
    found = twice([*titles, *beside_the_menus(window)])
    count = 0
    for action in bar.actions():
        top = action.menu()
        assert isinstance(top, QMenu)
        for menu in menus_below(top):
            texts = [one.text() for one in menu.actions() if not one.isSeparator()]
            count += sum(bool(KEY.search(text)) for text in texts)
            found += [[menu.title(), *texts] for texts in twice(texts)]
    assert not found, "\n".join(map(str, found))
    assert count > 60, "the menus were not built"


@pytest.mark.usefixtures("language")
def test_the_statistics_use_no_access_key_of_the_menus(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    window = open_window(session)
    window.controllers.statistics.show()
    pane = window.controllers.statistics.pane
    assert pane is not None
    assert sum(label.buddy() is not None for label in pane.findChildren(QLabel)) >= 2
    titles = [action.text() for action in window.menuBar().actions()]
    assert twice([*titles, *beside_the_menus(window)]) == []


@pytest.mark.usefixtures("language")
def test_the_pages_of_the_preferences_use_each_access_key_once(qtbot: QtBot) -> None:
    dialog = PreferencesDialog(
        Chosen("", Scheme.LIGHT, 100, True, TimeFormat(), Retention(), ("/srv/schemas",), Notifications())
    )
    qtbot.addWidget(dialog)
    dialog.show()
    for page in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(page)
        texts = list(beside_the_menus(dialog))
        assert sum(bool(KEY.search(text)) for text in texts) >= 6
        assert twice(texts) == []


@pytest.mark.usefixtures("language")
def test_the_pages_of_the_profile_dialog_use_each_access_key_once(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession, qtbot: QtBot
) -> None:
    window = open_window(session)
    dialog = ProfileDialog(
        Profile("Busy", ""), window.session.queries, window.theme, window.panes.vocabulary, window, NoCommands()
    )
    qtbot.addWidget(dialog)
    dialog.show()
    for page in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(page)
        texts = list(beside_the_menus(dialog))
        assert sum(bool(KEY.search(text)) for text in texts) >= 6
        assert twice(texts) == []
