"""Tests inside a profile: tried at each edit, failures shown with their place, made from events, told on import."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor.core.profile import Expected, FilterTest, Profile
from clacks_monitor.gui.detail.shown_text import LINE
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from clacks_monitor.gui.profiles.profile_tests import MAX_EDITED
from clacks_monitor.session import notices as n
from tests.helpers.fake_events import phone
from tests.helpers.fake_profiles import NoCommands

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.event import Entry
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

BUSY = "declare namespace f='http://www.gonicus.de/Events';\n./f:Event/f:PhoneStatus/f:Status = 'busy'"
SAMPLES = (
    FilterTest("busy", phone(status="busy"), Expected.MATCH),
    FilterTest("free", phone(status="free"), Expected.NO_MATCH),
)


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ProfileDialog:
    made = ProfileDialog(
        Profile("Busy", BUSY, filter_tests=SAMPLES),
        window.session.queries,
        window.theme,
        window.panes.vocabulary,
        window,
        NoCommands(),
    )
    qtbot.addWidget(made)
    window.bridge.listen(n.FilterTestsRun, made.on_tests_run)
    window.bridge.deliver()
    return made


def _rows(dialog: ProfileDialog) -> list[tuple[str, str, str]]:
    tree = dialog.tests.list
    items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    return [(item.text(0), item.text(1), item.text(2)) for item in items if item is not None]


@pytest.mark.parametrize("body", [b"<a>" * 100_000, b"<a>" + b"<b/>\n" * 50_000 + b"</a>"])
def test_a_long_event_is_shown_by_its_beginning_in_lines_that_qt_lays_out_quickly(
    window: MainWindow, qtbot: QtBot, body: bytes
) -> None:
    sample = FilterTest("long", body, Expected.NO_MATCH)
    made = ProfileDialog(
        Profile("Busy", BUSY, filter_tests=(sample, *SAMPLES)),
        window.session.queries,
        window.theme,
        window.panes.vocabulary,
        window,
        NoCommands(),
    )
    qtbot.addWidget(made)
    page = made.tests
    assert len(page.body.toPlainText()) < 2 * MAX_EDITED
    assert max(map(len, page.body.toPlainText().splitlines())) <= LINE + 1
    assert page.body.isReadOnly()
    assert "beginning" in page.body.toolTip()
    second = page.list.topLevelItem(1)
    assert second is not None
    page.list.setCurrentItem(second)
    assert not page.body.isReadOnly()
    assert page.body.toolTip() == ""
    assert made.result_profile().filter_tests == (sample, *SAMPLES)


def test_each_sample_shows_what_is_expected_and_what_the_query_says(dialog: ProfileDialog) -> None:
    assert _rows(dialog) == [("busy", "match", "match"), ("free", "no match", "no match")]
    assert dialog.tabs.tabText(3) == "&Tests (2)"
    assert dialog.result_profile().filter_tests == SAMPLES


def test_an_edit_of_the_query_tries_them_again(dialog: ProfileDialog, window: MainWindow, qtbot: QtBot) -> None:
    dialog.query.setPlainText(BUSY.replace("'busy'", "'free'"))

    def failing() -> bool:
        window.bridge.deliver()
        return dialog.tabs.tabText(3) == "&Tests (2 of 2 fail)"

    qtbot.waitUntil(failing)
    assert [says for _name, _expected, says in _rows(dialog)] == ["no match", "match"]


def test_an_error_is_shown_with_its_place_and_leads_there(
    dialog: ProfileDialog, window: MainWindow, qtbot: QtBot
) -> None:
    dialog.query.setPlainText("\n ./*:Event/*:PhoneStatus/*:Status + 1")

    def tried() -> bool:
        window.bridge.deliver()
        return "error (line 2, column " in _rows(dialog)[0][2]

    qtbot.waitUntil(tried)
    dialog.show_tests()
    dialog.tests.list.itemActivated.emit(dialog.tests.list.topLevelItem(0), 0)
    assert dialog.tabs.currentIndex() == 0
    assert dialog.query.textCursor().blockNumber() == 1


def test_an_answer_to_an_older_text_is_ignored(dialog: ProfileDialog, window: MainWindow) -> None:
    dialog._queries.run_filter_tests(dialog._profile.id, "false()", SAMPLES)
    window.bridge.deliver()
    assert dialog.tests.failing() == 0


def test_samples_are_added_changed_and_removed(dialog: ProfileDialog, window: MainWindow, qtbot: QtBot) -> None:
    page = dialog.tests
    page.add_button.click()
    qtbot.keyClicks(page.name, "x")
    page.body.setPlainText(phone(status="busy").decode())
    page.expected.setCurrentIndex(page.expected.findData("error"))
    page.expected.activated.emit(page.expected.currentIndex())
    assert page.tests()[2] == FilterTest("Test event 3x", phone(status="busy"), Expected.ERROR)

    def tried() -> bool:
        window.bridge.deliver()
        return page.failing() == 1

    qtbot.waitUntil(tried)
    assert dialog.tabs.tabText(3) == "&Tests (1 of 3 fails)"
    page.remove_button.click()
    assert page.tests() == SAMPLES
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    page.remove_button.click()
    page.remove_button.click()
    assert page.tests() == ()
    assert not page.body.isEnabled()


@pytest.mark.parametrize("body", [b"\xff\xfe", b"<a>\r\n</a>", "<a>\u00a0</a>".encode()])
def test_a_body_that_the_editor_cannot_show_exactly_is_kept_exactly(
    window: MainWindow, qtbot: QtBot, body: bytes
) -> None:
    profile = Profile("P", "", filter_tests=(FilterTest("raw", body, Expected.MATCH),))
    dialog = ProfileDialog(profile, window.session.queries, window.theme, window.panes.vocabulary, window, NoCommands())
    qtbot.addWidget(dialog)
    assert dialog.tests.body.isReadOnly()
    qtbot.keyClicks(dialog.tests.name, "2")
    assert dialog.result_profile().filter_tests == (FilterTest("raw2", body, Expected.MATCH),)


@pytest.mark.qt_log_ignore("does not support")
def test_an_event_becomes_a_sample_by_its_menu(
    window: MainWindow,
    session: FakeSession,
    feed: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    feed(bodies=[phone(status="busy")])
    shown: list[int] = []
    readers: list[int] = []
    whole = session.rows.whole

    def noted(sequence: int) -> Entry | None:
        readers.append(threading.get_ident())
        return whole(sequence)

    monkeypatch.setattr(session.rows, "whole", noted)

    def accept(dialog: ProfileDialog) -> int:
        shown.append(dialog.tabs.currentIndex())
        return 1

    monkeypatch.setattr(ProfileDialog, "exec", accept)
    window.panes.table.menu_wanted.emit(1, window.panes.model.columns[0], QPoint(5, 5))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    below = next(action.menu() for action in menu.actions() if action.text() == "Add as test event to")
    assert isinstance(below, QMenu)
    assert [action.text() for action in below.actions()] == ["Telephones", "Clients"]
    below.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: bool(shown))
    assert threading.get_ident() not in readers
    (sample,) = session.profiles.all()[0].filter_tests
    assert (sample.body, sample.expected, shown) == (phone(status="busy"), Expected.MATCH, [3])
    assert sample.name.startswith("PhoneStatus ")


def test_an_imported_profile_whose_samples_fail_is_taken_and_told(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    wrong = Profile("Theirs", BUSY, filter_tests=(FilterTest("a", phone(status="free"), Expected.MATCH), *SAMPLES))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: (["theirs.json"], ""))
    monkeypatch.setattr(session.profiles, "import_file", lambda _path: session.profiles.create(wrong))
    window.frame.commands["profile.import"].trigger()
    window.bridge.deliver()
    assert session.profiles.all()[-1].name == "Theirs"
    assert window.panes.trouble.isVisible()


def test_the_list_is_read_by_its_verdicts(dialog: ProfileDialog) -> None:
    item = dialog.tests.list.topLevelItem(0)
    assert item is not None
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole) == "busy, as expected, match"


def test_tab_comes_to_the_pages_names_before_what_is_on_them(dialog: ProfileDialog) -> None:
    dialog.show()
    dialog.activateWindow()
    dialog.colour.setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.tabs.tabBar()
    QTest.keyClick(dialog, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.query
