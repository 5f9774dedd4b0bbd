"""The profile dialog: every field comes back, what cannot be stored is said, and how an alert calls is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.profile import Alert, Expected, FilterTest, Profile
from clacks_monitor.gui.profiles.profile_dialog import MAX_NAME, ProfileDialog
from clacks_monitor.gui.profiles.profile_tests import MAX_TESTS
from clacks_monitor.session import notices as n
from tests.helpers.fake_events import phone
from tests.helpers.fake_profiles import NoCommands

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow

WHOLE = Profile(
    "Busy",
    "./f:Event/f:PhoneStatus",
    "Calls that wait",
    "orange",
    active=True,
    columns=("time", "summary"),
    alert=Alert(on_match=True, absence_s=90.0, tray=True, sound=True, command=("notify-send", "a b"), pause_s=45.0),
    filter_tests=(FilterTest("one", phone(), Expected.MATCH, {"n": 1}),),
    id="busy",
)


@pytest.fixture
def edit(window: MainWindow, qtbot: QtBot) -> Callable[[Profile], ProfileDialog]:
    def open_on(profile: Profile) -> ProfileDialog:
        made = ProfileDialog(
            profile, window.session.queries, window.theme, window.panes.vocabulary, window, NoCommands()
        )
        qtbot.addWidget(made)
        window.bridge.listen(n.FilterTestsRun, made.on_tests_run)
        window.bridge.deliver()
        made.show()
        qtbot.waitUntil(lambda: not made.alert.looking)
        return made

    return open_on


def _save(dialog: ProfileDialog) -> bool:
    return dialog.buttons.button(dialog.buttons.StandardButton.Save).isEnabled()


def _absence_off(dialog: ProfileDialog) -> None:
    dialog.alert.on_absence.setChecked(False)


FIELDS: dict[str, tuple[Callable[[ProfileDialog], object], Callable[[Profile], Profile]]] = {
    "nothing": (lambda _d: None, lambda p: p),
    "name": (lambda d: d.name.setText(" Other "), lambda p: replace(p, name="Other")),
    "description": (lambda d: d.description.setText(" x "), lambda p: replace(p, description="x")),
    "colour": (lambda d: d.colour.setCurrentIndex(d.colour.findData("red")), lambda p: replace(p, colour="red")),
    "query": (lambda d: d.query.setPlainText("./f:Event"), lambda p: replace(p, query="./f:Event")),
    "match": (
        lambda d: d.alert.on_match.setChecked(False),
        lambda p: replace(p, alert=replace(p.alert, on_match=False)),
    ),
    "absence": (_absence_off, lambda p: replace(p, alert=replace(p.alert, absence_s=0.0))),
    "seconds": (lambda d: d.alert.absence.setValue(5), lambda p: replace(p, alert=replace(p.alert, absence_s=5.0))),
    "tray": (lambda d: d.alert.tray.setChecked(False), lambda p: replace(p, alert=replace(p.alert, tray=False))),
    "sound": (lambda d: d.alert.sound.setChecked(False), lambda p: replace(p, alert=replace(p.alert, sound=False))),
    "pause": (lambda d: d.alert.pause.setValue(7), lambda p: replace(p, alert=replace(p.alert, pause_s=7.0))),
    "samples": (lambda d: d.tests.remove_button.click(), lambda p: replace(p, filter_tests=())),
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_comes_back_and_no_other_changes(edit: Callable[[Profile], ProfileDialog], field: str) -> None:
    do, changed = FIELDS[field]
    dialog = edit(WHOLE)
    do(dialog)
    assert dialog.result_profile() == changed(WHOLE)
    assert dialog.windowTitle() == "Edit profile"


def test_a_command_that_is_typed_comes_back_as_its_arguments(edit: Callable[[Profile], ProfileDialog]) -> None:
    dialog = edit(WHOLE)
    dialog.tabs.setCurrentWidget(dialog.alert)
    dialog.alert.command.clear()
    QTest.keyClicks(dialog.alert.command, "echo 'a b' c")
    assert dialog.result_profile().alert.command == ("echo", "a b", "c")
    assert _save(dialog)
    QTest.keyClicks(dialog.alert.command, " 'd")
    assert not _save(dialog)
    assert dialog.reason.text() == "Alert: a quotation mark in the command is not closed."
    assert dialog.alert.runs.text() == "A quotation mark is not closed."
    assert dialog.result_profile().alert.command == ()


def test_a_new_profile_needs_a_name(edit: Callable[[Profile], ProfileDialog]) -> None:
    dialog = edit(Profile("", ""))
    assert dialog.windowTitle() == "New profile"
    states = []
    for name in ("", "  ", "x", " x "):
        dialog.name.setText(name)
        states.append(_save(dialog))
    assert states == [False, False, True, True]
    assert dialog.name.maxLength() == MAX_NAME
    assert dialog.colour.count() == len(COLOURS)


@pytest.mark.parametrize(("on_match", "on_absence"), [(False, False), (True, False), (False, True), (True, True)])
def test_how_an_alert_calls_is_asked_only_when_it_does(
    edit: Callable[[Profile], ProfileDialog], on_match: bool, on_absence: bool
) -> None:
    page = edit(WHOLE).alert
    page.on_match.setChecked(on_match)
    page.on_absence.setChecked(on_absence)
    asked = [widget.isEnabled() for widget in (page.tray, page.sound, page.command, page.pause)]
    assert asked == [on_match or on_absence] * 4
    assert page.absence.isEnabled() is on_absence


def test_an_absence_is_a_minute_until_another_is_entered(edit: Callable[[Profile], ProfileDialog]) -> None:
    page = edit(Profile("P", "")).alert
    assert (page.alert(), page.absence.value()) == (Alert(), 60.0)
    page.on_absence.setChecked(True)
    assert page.alert().absence_s == 60.0
    assert (page.absence.minimum(), page.absence.maximum(), page.pause.minimum()) == (1.0, 86_400.0, 1.0)


def test_enter_in_the_query_saves_and_escape_leaves(edit: Callable[[Profile], ProfileDialog]) -> None:
    ends = []
    for signal in ("apply_wanted", "revert_wanted"):
        dialog = edit(WHOLE)
        getattr(dialog.query, signal).emit()
        ends.append((dialog.result(), dialog.isVisible()))
    for button in ("Save", "Cancel"):
        dialog = edit(WHOLE)
        dialog.buttons.button(getattr(dialog.buttons.StandardButton, button)).click()
        ends.append((dialog.result(), dialog.isVisible()))
    assert ends == [(1, False), (0, False), (1, False), (0, False)]


def test_it_can_begin_at_the_tests(edit: Callable[[Profile], ProfileDialog]) -> None:
    dialog = edit(WHOLE)
    assert dialog.tabs.currentWidget() is dialog.query
    dialog.show_tests()
    assert dialog.tabs.currentWidget() is dialog.tests


def test_a_profile_takes_two_hundred_samples(edit: Callable[[Profile], ProfileDialog]) -> None:
    many = tuple(FilterTest(f"s{number}", phone(), Expected.MATCH) for number in range(MAX_TESTS - 1))
    page = edit(replace(WHOLE, filter_tests=many)).tests
    counts = []
    for _press in range(3):
        page.add_button.click()
        counts.append((len(page.tests()), page.add_button.isEnabled()))
    assert counts == [(200, False)] * 3
    page.add(FilterTest("too many", b"", Expected.MATCH))
    assert len(page.tests()) == MAX_TESTS == 200
    page.remove_button.click()
    assert (len(page.tests()), page.add_button.isEnabled()) == (199, True)


def test_the_sample_that_is_added_is_the_one_that_is_edited(edit: Callable[[Profile], ProfileDialog]) -> None:
    page = edit(WHOLE).tests
    changes = list[int]()
    page.changed.connect(lambda: changes.append(1))
    page.add(FilterTest("two", b"<a/>", Expected.ERROR))
    assert (page.list.currentIndex().row(), page.name.text(), page.body.toPlainText()) == (1, "two", "<a/>")
    assert page.expected.currentData() == "error"
    assert len(changes) == 1
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    assert (page.name.text(), page.expected.currentData()) == ("one", "match")
    assert len(changes) == 1
    page.name.setText("")
    page.name.textEdited.emit("")
    assert page.tests()[0].name == "one"
    page.remove_button.click()
    assert (page.name.text(), page.list.topLevelItemCount()) == ("two", 1)


def test_a_verdict_is_said_with_its_reason(edit: Callable[[Profile], ProfileDialog], window: MainWindow) -> None:
    dialog = edit(replace(WHOLE, query="./*:Event/*:PhoneStatus/*:Status + 1", filter_tests=WHOLE.filter_tests))
    item = dialog.tests.list.topLevelItem(0)
    assert item is not None
    assert item.text(2).startswith("error (line 1, column ")
    assert ": " in item.text(2)
    assert item.foreground(2).color() == window.theme.bad
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole).startswith("one, fails, error")
    assert not dialog.tabs.tabIcon(3).isNull()
    dialog.query.setPlainText("./*:Event")
    dialog._check()
    window.bridge.deliver()
    assert (item.text(2), item.foreground(2).color()) == ("match", window.theme.text)
    assert dialog.tabs.tabIcon(3).isNull()
    assert dialog.tabs.tabText(3) == "&Tests (1)"


def test_a_query_that_is_being_checked_is_no_error_yet(
    edit: Callable[[Profile], ProfileDialog], window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.session.queries, "is_known", lambda _text: False)
    dialog = edit(Profile("P", "1 +"))
    assert dialog.reason.text() == "The query is being checked…"
    assert dialog.reason.palette().windowText().color() == window.theme.muted
    assert not _save(dialog)
    monkeypatch.setattr(window.session.queries, "is_known", lambda _text: True)
    dialog._check_entries()
    assert "XPST0003" in dialog.reason.text()
    assert dialog.reason.palette().windowText().color() == window.theme.bad
