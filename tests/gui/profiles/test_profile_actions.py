"""What is done with profiles: what comes of it, what is said, and what is said when it cannot be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QMenu

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.columns import FieldColumn
from clacks_monitor.core.profile import Alert, Expected, FilterTest, Profile
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from clacks_monitor.gui.profiles.save_dialog import SaveDialog
from tests.helpers.fake_events import phone
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

PHONES = "./f:Event/f:PhoneStatus"


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    window.bridge.deliver()
    return Stage(window, session)


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[ProfileDialog]]:
    """Say what the user does each time a profile dialog is opened, and whether it is accepted."""

    def use(*answers: Callable[[ProfileDialog], bool]) -> list[ProfileDialog]:
        opened, left = list[ProfileDialog](), list(answers)

        def run(dialog: ProfileDialog) -> int:
            opened.append(dialog)
            return int(left.pop(0)(dialog))

        monkeypatch.setattr(ProfileDialog, "exec", run)
        return opened

    return use


def names(stage: Stage) -> list[str]:
    return [profile.name for profile in stage.session.profiles.all()]


def trouble(stage: Stage) -> str:
    return stage.window.panes.trouble.text.text() if stage.window.panes.trouble.isVisible() else ""


def _named(name: str) -> Callable[[ProfileDialog], bool]:
    def enter(dialog: ProfileDialog) -> bool:
        dialog.name.setText(name)
        return True

    return enter


def _cancel(_dialog: ProfileDialog) -> bool:
    return False


def _saving(monkeypatch: pytest.MonkeyPatch, *entries: Callable[[SaveDialog], object] | None) -> list[str]:
    """Enter each of these into the dialog and save, None to cancel; return the reasons that it showed meanwhile."""
    left, reasons = list(entries), list[str]()

    def play(dialog: SaveDialog) -> int:
        reasons.append(dialog.reason.text())
        enter = left.pop(0)
        if enter is None:
            return 0
        enter(dialog)
        return int(dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled())

    monkeypatch.setattr(SaveDialog, "exec", play)
    return reasons


@pytest.mark.parametrize(("typed", "made"), [(" My phones ", True), ("  ", False), ("", False)])
def test_the_filter_is_saved_under_a_name(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, typed: str, made: bool
) -> None:
    stage.window.frame.filter.set(PHONES)
    _saving(monkeypatch, lambda dialog: dialog.name.setText(typed))
    stage.by_keys("filter.save")
    found = [(profile.name, profile.query) for profile in stage.session.profiles.all()[2:]]
    assert found == ([("My phones", PHONES)] if made else [])
    assert (stage.said == "Profile My phones saved") is made


def test_a_name_that_is_taken_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = _saving(monkeypatch, lambda dialog: dialog.name.setText("Clients"), None)
    stage.by_keys("filter.save")
    assert reasons == ["", "There is a profile named Clients already."]
    assert stage.said == ""
    assert len(stage.session.profiles.all()) == 2


def test_colour_columns_and_alert_are_saved_in_the_same_step_by_six_actions(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.window.frame.filter.set(PHONES)
    stage.window.panes.table.columns.add(FieldColumn("Caller", ("PhoneStatus", "CallerId")))
    actions = 1  # Ctrl+S

    def enter(dialog: SaveDialog) -> None:
        nonlocal actions
        dialog.show()
        QTest.keyClicks(dialog.name, "My phones")
        for widget, key, modifiers in (
            (dialog.colour, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
            (dialog.with_columns, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
            (dialog.with_alert, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier),
        ):
            QTest.keyClick(widget, key, modifiers)
            actions += 1
        actions += 2  # the way to the colour by its access key, and Enter

    _saving(monkeypatch, enter)
    stage.by_keys("filter.save")
    profile = stage.session.profiles.all()[-1]
    assert profile.colour == COLOURS[1]
    assert profile.columns == ("time", "type", "summary", "Caller=PhoneStatus/CallerId", "connection", "size")
    assert profile.alert == Alert(on_match=True, tray=True)
    assert actions == 6


def test_the_columns_of_a_profile_are_chosen_and_ordered_in_its_dialog(
    stage: Stage, dialogs: Callable[..., list[ProfileDialog]]
) -> None:
    def enter(dialog: ProfileDialog) -> bool:
        page = dialog.columns
        assert page.keys() == ()
        page.own.setChecked(True)
        assert page.keys() == ("time", "type", "summary", "connection", "size")
        item = page.list.item(1)
        item.setCheckState(Qt.CheckState.Unchecked)
        page.list.setCurrentRow(4)
        page.up.click()
        page.up.click()
        page.up.click()
        page.up.click()
        assert not page.up.isEnabled()
        return True

    stage.window.panes.profiles.select("clients")
    dialogs(enter)
    stage.by_menu("profile.edit")
    (clients,) = (profile for profile in stage.session.profiles.all() if profile.name == "Clients")
    assert clients.columns == ("size", "time", "summary", "connection")


def test_a_new_profile_begins_with_the_filter_in_force(
    stage: Stage, dialogs: Callable[..., list[ProfileDialog]]
) -> None:
    stage.window.frame.filter.set(PHONES)
    dialogs(_named("Mine"))
    stage.by_menu("profile.new")
    assert [(p.name, p.query) for p in stage.session.profiles.all()[2:]] == [("Mine", PHONES)]


def test_why_it_cannot_be_stored_is_said_in_the_dialog_which_stays(
    stage: Stage, dialogs: Callable[..., list[ProfileDialog]]
) -> None:
    said = list[str]()

    def look(dialog: ProfileDialog) -> bool:
        said.append(dialog.reason.text())
        return False

    opened = dialogs(_named("Clients"), look)
    stage.by_menu("profile.new")
    assert opened[0] is opened[1]
    assert said == ["There is a profile named Clients already."]
    assert names(stage) == ["Telephones", "Clients"]


def test_the_selected_profile_is_edited(stage: Stage, dialogs: Callable[..., list[ProfileDialog]]) -> None:
    stage.window.panes.profiles.select("clients")
    dialogs(_cancel)
    stage.by_menu("profile.edit")
    assert names(stage) == ["Telephones", "Clients"]
    dialogs(_named("Computers"))
    stage.by_menu("profile.edit")
    assert names(stage) == ["Telephones", "Computers"]
    item = stage.window.panes.profiles.tree.topLevelItem(1)
    assert item is not None
    assert item.text(0) == "Computers"


def test_a_consent_is_kept_or_taken_back_with_what_was_edited(
    stage: Stage, dialogs: Callable[..., list[ProfileDialog]], monkeypatch: pytest.MonkeyPatch
) -> None:
    profiles = stage.session.profiles
    with_command = Profile("Call", PHONES, alert=Alert(on_match=True, command=("true",)), id="call")
    profiles.create(with_command)
    stage.window.bridge.deliver()
    consents = stage.session.consents
    looked = consents.look(("true",))
    given = [looked, None]
    monkeypatch.setattr(ProfileDialog, "consent", lambda _dialog: given.pop(0))
    stage.window.panes.profiles.select("call")
    dialogs(lambda _dialog: True, lambda _dialog: True)
    stage.by_menu("profile.edit")
    assert consents.allowed == {("call", looked)}
    stage.by_menu("profile.edit")
    assert consents.allowed == set()


@pytest.mark.parametrize(
    ("key", "method"),
    [
        ("profile.duplicate", "duplicate"),
        ("profile.delete", "delete"),
        ("profile.down", "move"),
    ],
)
def test_why_something_cannot_be_done_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, key: str, method: str
) -> None:
    stage.window.panes.profiles.select("telephones")
    monkeypatch.setattr(stage.session.profiles, method, lambda *_args: "The disk is full.")
    stage.give(key)
    assert trouble(stage) == "The disk is full."
    assert stage.said == ""
    assert names(stage) == ["Telephones", "Clients"]
    assert not stage.window.frame.commands["profile.undo"].isEnabled()


def test_undoing_that_fails_is_told_and_offered_no_more(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.window.panes.profiles.select("clients")
    stage.by_menu("profile.delete")
    monkeypatch.setattr(stage.session.profiles, "undo_delete", lambda: "It is gone.")
    stage.by_menu("profile.undo")
    assert trouble(stage) == "It is gone."
    assert not stage.window.frame.commands["profile.undo"].isEnabled()


def test_nothing_moves_beyond_the_ends(stage: Stage) -> None:
    actions = stage.window.controllers.profiles
    stage.window.panes.profiles.select("telephones")
    actions.do_up()
    stage.window.panes.profiles.select("clients")
    actions.do_down()
    stage.window.bridge.deliver()
    assert names(stage) == ["Telephones", "Clients"]


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_profile_is_exported_under_its_name(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    suggested = list[str]()

    def choose(_parent: object, _title: str, name: str, _kind: str) -> tuple[str, str]:
        suggested.append(name)
        return str(tmp_path / "out.json"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    stage.window.panes.profiles.select("clients")
    stage.by_menu("profile.export")
    assert suggested == ["Clients.json"]
    assert (tmp_path / "out.json").read_text() == stage.session.profiles.all()[1].query
    assert stage.said == "Profile Clients exported"


def _import(stage: Stage, monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path) for path in paths], ""))
    stage.by_menu("profile.import")


def test_profiles_are_imported_and_what_is_wrong_is_told(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("A", "Clients", "B"):
        (tmp_path / f"{name}.json").write_text(PHONES)
    _import(stage, monkeypatch, *(tmp_path / f"{name}.json" for name in ("A", "Clients", "B")))
    assert names(stage) == ["Telephones", "Clients", "A", "B"]
    assert trouble(stage) == "There is a profile named Clients already."
    tree = stage.window.panes.profiles.tree
    assert tree.topLevelItemCount() == 4


@pytest.mark.parametrize(("expected", "told"), [(Expected.MATCH, False), (Expected.NO_MATCH, True)])
def test_an_import_whose_samples_fail_is_told_with_how_many(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: Expected, told: bool
) -> None:
    samples = (FilterTest("a", phone(), expected), FilterTest("b", phone(), Expected.MATCH))
    theirs = Profile("Theirs", "declare namespace f='http://www.gonicus.de/Events';\n" + PHONES, filter_tests=samples)
    monkeypatch.setattr(stage.session.profiles, "import_file", lambda _path: stage.session.profiles.create(theirs))
    _import(stage, monkeypatch, tmp_path / "theirs.json")
    stage.window.bridge.deliver()
    words = "Profile Theirs imported; 1 of its tests fails. See Edit profile, Tests."
    assert trouble(stage) == (words if told else "")


# -- the list and the picker -------------------------------------------------------------------------------------------


def test_the_list_says_how_many_are_active(stage: Stage) -> None:
    hints = list[tuple[str, str]]()
    (hint,) = (
        label for label in stage.window.panes.profiles.findChildren(QLabel) if label.text() == "no profile selected"
    )
    for active in ([], ["clients"], ["telephones", "clients"]):
        stage.session.profiles.activate(active)
        stage.window.bridge.deliver()
        hints.append((hint.text(), hint.toolTip()))
    assert hints == [
        ("no profile selected", "No profile is selected, all events are shown"), ("1 active", ""), ("2 active", ""),
    ]  # fmt: skip


def test_a_check_box_in_the_list_decides(stage: Stage) -> None:
    tree = stage.window.panes.profiles.tree
    first, second = tree.topLevelItem(0), tree.topLevelItem(1)
    assert first is not None
    assert second is not None
    second.setCheckState(0, Qt.CheckState.Checked)
    assert [profile.active for profile in stage.session.profiles.all()] == [False, True]
    first.setCheckState(0, Qt.CheckState.Checked)
    second.setCheckState(0, Qt.CheckState.Unchecked)
    assert [profile.active for profile in stage.session.profiles.all()] == [True, False]
    assert not stage.window.panes.trouble.isVisible()
    stage.window.panes.profiles.toggle(7)


def test_a_profile_shows_its_description_and_query_when_it_is_pointed_at(stage: Stage) -> None:
    stage.session.profiles.create(Profile("All", "", "Without end", id="all"))
    stage.window.bridge.deliver()
    first, last = (stage.window.panes.profiles.tree.topLevelItem(row) for row in (0, 2))
    assert first is not None
    assert last is not None
    assert "Calls and telephones" in first.toolTip(0)
    assert "f:PhoneStatus" in first.toolTip(0)
    assert "all events" in last.toolTip(0)
    assert first.toolTip(1) == ""


@pytest.mark.qt_log_ignore("does not support")
def test_the_menu_of_the_list_has_all_that_can_be_done_and_goes_when_it_closes(stage: Stage, qtbot: QtBot) -> None:
    profiles = stage.window.panes.profiles
    profiles.tree.customContextMenuRequested.emit(profiles.tree.rect().center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    keys = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    menu.close()
    wanted = ("edit", "rename", "duplicate", "delete", "up", "down", "import", "export", "undo")
    assert keys == [f"profile.{key}" for key in wanted]
    qtbot.waitUntil(lambda: profiles.findChildren(QMenu) == [])


def test_the_picker_picks_one_or_all(stage: Stage) -> None:
    picker, profiles = stage.window.frame.picker, stage.session.profiles
    said = list[tuple[str, str]]()
    for choice, checked in ((2, [1, 0, 0]), (1, [0, 0, 1]), (0, [0, 1, 0])):
        picker.menu().aboutToShow.emit()
        actions = [action for action in picker.menu().actions() if not action.isSeparator()]
        assert [action.text() for action in actions] == ["All events", "Telephones", "Clients"]
        assert [int(action.isChecked()) for action in actions] == checked
        actions[choice].trigger()
        stage.window.bridge.deliver()
        said.append((picker.text(), picker.toolTip()))
    assert said == [
        ("Clients", "Profile: Clients"),
        ("Telephones", "Profile: Telephones"),
        ("All events", "Profile: no profile selected"),
    ]
    profiles.activate(["telephones", "clients"])
    stage.window.bridge.deliver()
    assert (picker.text(), picker.toolTip()) == ("Telephones +1", "Profile: Telephones, Clients")
