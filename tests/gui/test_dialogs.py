"""The dialogs: what is entered comes back, what is wrong cannot be accepted, Enter accepts and Escape leaves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
)

from clacks_monitor.core.columns import DEFAULT_COLUMNS, Column, FieldColumn
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.core.store import Retention
from clacks_monitor.gui.captures.export_dialog import ExportDialog, Scope
from clacks_monitor.gui.captures.limits_dialog import LimitsDialog
from clacks_monitor.gui.captures.merge_dialog import MergeDialog
from clacks_monitor.gui.captures.recovery_dialog import MAX_SPANS, RecoveryDialog
from clacks_monitor.gui.captures.replay_dialog import ReplayDialog
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.gui.connections.password_dialog import PasswordPrompt
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.kit.time_format import TimeFormat
from clacks_monitor.gui.preferences.preferences_dialog import Chosen, PreferencesDialog
from clacks_monitor.gui.preferences.window_preferences import Notifications
from clacks_monitor.gui.profiles.save_dialog import SaveDialog
from clacks_monitor.gui.table.column_dialog import ColumnDialog
from clacks_monitor.session.captures.capture_work import MAX_CLIPBOARD, ExportFormat
from clacks_monitor.session.notices import JobResult
from tests.helpers.compose_widgets import shown
from tests.helpers.entries import SECOND, START

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.captures.capture_use import CaptureUse

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

Standard = QDialogButtonBox.StandardButton
CALLER = FieldColumn("Caller", ("PhoneStatus", "CallerId"))
OFFICE = ConnectionSettings("office", id="office")
PLANT = ConnectionSettings("plant", id="plant", production=True, colour="red")


class _Limited:
    """A capture with limits."""

    def __init__(self, ring: Retention) -> None:
        self.ring = ring


def limits(ring: Retention | None = None) -> LimitsDialog:
    return LimitsDialog(cast("CaptureUse", _Limited(ring or Retention())))


def export(*, shown: int = 5, selected: int = 0, whole: int = 9) -> ExportDialog:
    counts = {Scope.SHOWN: shown, Scope.SELECTED: selected, Scope.ALL: whole}
    return ExportDialog(counts, (*cells.COLUMNS, CALLER))


def replay(theme: Theme, why_not: Callable[[str], str] = lambda _id: "", **counts: int) -> ReplayDialog:
    return ReplayDialog([OFFICE, PLANT], counts, START, why_not, theme)


def recovery(*lost: tuple[int, int], notes: tuple[str, ...] = ()) -> RecoveryDialog:
    return RecoveryDialog(JobResult((Path("/x/a.capture"),), 10, lost, notes))


def text_of(dialog: QDialog, name: str) -> str:
    return child(dialog, PlainLabel, name).text()


def choose(dialog: QDialog, name: str, data: object) -> None:
    combo = child(dialog, QComboBox, name)
    combo.setCurrentIndex(combo.findData(data))
    assert combo.currentData() == data


def merge_of_two(_theme: Theme) -> MergeDialog:
    dialog = MergeDialog(Path("/a"), "Captures (*.capture)")
    dialog.add([Path("/b")])
    return dialog


def confirmed(_theme: Theme) -> ConfirmDialog:
    dialog = ConfirmDialog("what", "effects", "plant")
    dialog.typed.setText("plant")
    return dialog


def save_filter(theme: Theme) -> SaveDialog:
    dialog = SaveDialog("", cells.COLUMNS, theme)
    dialog.name.setText("Busy")
    return dialog


PREFERRED = Chosen("", Scheme.LIGHT, 100, True, TimeFormat(), Retention(), (), Notifications())
MAKERS: dict[str, tuple[Callable[[Theme], QDialog], QDialogButtonBox.StandardButton]] = {
    "limits": (lambda _theme: limits(), Standard.Ok),
    "export": (lambda _theme: export(), Standard.Save),
    "moment": (lambda _theme: MomentDialog("Go", "Go", START), Standard.Ok),
    "password": (lambda _theme: PasswordPrompt("office", "anna"), Standard.Ok),
    "confirm": (confirmed, Standard.Ok),
    "merge": (merge_of_two, Standard.Save),
    "save": (save_filter, Standard.Save),
    "preferences": (lambda _theme: PreferencesDialog(PREFERRED), Standard.Ok),
    "column": (lambda _theme: ColumnDialog(CALLER, cast("QWidget", None)), Standard.Ok),
    "replay": (replay, Standard.Ok),
    "recovery": (lambda _theme: recovery(), Standard.Open),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_dialog_is_accepted_by_its_button_or_enter_and_left_by_cancel_or_escape(name: str, theme: Theme) -> None:
    make, accepting = MAKERS[name]
    ends: dict[str, Callable[[QDialog, QDialogButtonBox], object]] = {
        "button": lambda _dialog, buttons: buttons.button(accepting).click(),
        "enter": lambda dialog, _buttons: QTest.keyClick(dialog, Qt.Key.Key_Return),
        "cancel": lambda _dialog, buttons: next(
            button for button in buttons.buttons() if buttons.buttonRole(button) == buttons.ButtonRole.RejectRole
        ).click(),
        "escape": lambda dialog, _buttons: QTest.keyClick(dialog, Qt.Key.Key_Escape),
    }
    found = {}
    for how, end in ends.items():
        with shown(make(theme)) as dialog:
            answers = list[int]()
            dialog.finished.connect(answers.append)
            end(dialog, dialog.findChildren(QDialogButtonBox)[0])
            found[how] = (answers, dialog.isVisible())
    assert found == {"button": ([1], False), "enter": ([1], False), "cancel": ([0], False), "escape": ([0], False)}


# -- limits ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ring", "shown_as"),
    [
        (Retention(), (0, 0, 0)),
        (Retention(1, 1.0, 1), (1, 1, 1)),
        (Retention(1024 * 1024, 3600.0, 7), (1, 1, 7)),
        (Retention(1024 * 1024 + 1, 3601.0, 12), (2, 2, 12)),
    ],
)
def test_a_limit_is_never_shown_as_none(ring: Retention, shown_as: tuple[int, int, int]) -> None:
    dialog = limits(ring)
    assert tuple(child(dialog, QSpinBox, name).value() for name in ("size", "age", "count")) == shown_as
    assert dialog.limits == Retention(shown_as[0] * 1024 * 1024, shown_as[1] * 3600.0, shown_as[2])
    assert not dialog.always


def test_limits_come_back_in_bytes_and_seconds() -> None:
    dialog = limits()
    for name, value in (("size", 1500), ("age", 48), ("count", 1_000_000)):
        child(dialog, QSpinBox, name).setValue(value)
    child(dialog, QCheckBox, "always").setChecked(True)
    assert dialog.limits == Retention(1500 * 1024 * 1024, 48 * 3600.0, 1_000_000)
    assert dialog.always
    assert child(dialog, QSpinBox, "count").text().startswith("1,000,000")


# -- export ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selected", "scopes", "chosen"),
    [
        (0, [Scope.SHOWN, Scope.ALL], Scope.SHOWN),
        (1, [Scope.SHOWN, Scope.SELECTED, Scope.ALL], Scope.SHOWN),
        (2, [Scope.SHOWN, Scope.SELECTED, Scope.ALL], Scope.SELECTED),
    ],
)
def test_what_is_exported_is_the_selection_where_there_is_one(
    selected: int, scopes: list[Scope], chosen: Scope
) -> None:
    dialog = export(shown=1_234, selected=selected)
    scope = child(dialog, QComboBox, "scope")
    assert [scope.itemData(row) for row in range(scope.count())] == scopes
    assert scope.itemText(0) == "Shown events (1,234)"
    assert dialog.scope is chosen
    for wanted in scopes:
        choose(dialog, "scope", wanted)
        assert dialog.scope is wanted


def test_each_format_offers_what_it_can_use() -> None:
    offered = {}
    with shown(export()) as dialog:
        for form in ExportFormat:
            choose(dialog, "format", form)
            assert dialog.format is form
            child(dialog, QCheckBox, "bodies").setChecked(True)
            widgets = (child(dialog, QListWidget, "columns"), child(dialog, QCheckBox, "bodies"))
            assert child(dialog, PlainLabel, "columnsLabel").isVisible() is widgets[0].isVisible()
            offered[form] = (*(widget.isVisible() for widget in widgets), dialog.bodies)
            again = "It cannot be imported again" not in text_of(dialog, "note")
            assert again is (form in {ExportFormat.XML, ExportFormat.JSON_LINES})
    assert offered == {
        ExportFormat.XML: (False, False, False),
        ExportFormat.JSON_LINES: (False, False, False),
        ExportFormat.CSV: (True, False, False),
        ExportFormat.HTML: (True, True, True),
    }


def test_the_columns_of_an_export_are_those_that_are_checked() -> None:
    dialog = export()
    boxes_of = child(dialog, QListWidget, "columns")
    names = [boxes_of.item(row).text() for row in range(boxes_of.count())]
    assert names == [*map(cells.heading, cells.COLUMNS), CALLER.name]
    assert dialog.columns == [*(column for column in cells.COLUMNS if column in DEFAULT_COLUMNS), CALLER]
    for row in range(boxes_of.count()):
        boxes_of.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.columns == list(DEFAULT_COLUMNS)
    boxes_of.item(names.index(cells.heading(Column.SEQUENCE))).setCheckState(Qt.CheckState.Checked)
    assert dialog.columns == [Column.SEQUENCE]


@pytest.mark.parametrize(("count", "told"), [(MAX_CLIPBOARD, False), (MAX_CLIPBOARD + 1, True)])
def test_what_the_clipboard_does_not_take_is_told(count: int, told: bool) -> None:
    dialog = export(shown=count)
    assert ("Only the first 10,000 are copied to the clipboard." in text_of(dialog, "note")) is told
    choose(dialog, "scope", Scope.ALL)
    assert "clipboard" not in text_of(dialog, "note")


def test_copying_is_an_answer_of_its_own_and_needs_something_to_copy() -> None:
    with shown(export(shown=0)) as dialog:
        assert not dialog.clipboard.isEnabled()
        choose(dialog, "scope", Scope.ALL)
        assert dialog.clipboard.isEnabled()
        assert not dialog.to_clipboard
        dialog.clipboard.click()
        assert (dialog.to_clipboard, dialog.result(), dialog.isVisible()) == (True, 1, False)


# -- a moment ----------------------------------------------------------------------------------------------------------


def test_a_moment_is_understood_while_it_is_typed() -> None:
    with shown(MomentDialog("Split", "Split…", START)) as dialog:
        dialog.activateWindow()
        assert (dialog.windowTitle(), dialog.go_button.text()) == ("Split", "Split…")
        assert dialog.focusWidget() is dialog.typed
        assert dialog.typed.selectedText() == dialog.typed.text() == formats.clock_short(START)
        assert dialog.moment_ns == START
        for text, moment, said in (
            ("-5s", START - 5 * SECOND, formats.full_time(START - 5 * SECOND)),
            ("soon", None, "Not a valid time yet."),
            (" ", None, " "),
            ("+1m", START + 60 * SECOND, formats.full_time(START + 60 * SECOND)),
        ):
            dialog.typed.setText(text)
            assert (dialog.moment_ns, text_of(dialog, "meaning")) == (moment, said)
            assert dialog.go_button.isEnabled() is (moment is not None)


# -- password and confirmation -----------------------------------------------------------------------------------------


def test_a_password_is_asked_for_by_user_and_connection() -> None:
    assert text_of(PasswordPrompt("bus", "anna"), "ask") == "&Password of anna on bus:"
    assert text_of(PasswordPrompt("R&D", ""), "ask") == "&Password for R&&D:"
    dialog = PasswordPrompt("bus", "anna")
    child(dialog, QCheckBox, "remember").setChecked(True)
    assert (dialog.password, dialog.remember) == ("", True)


def test_production_is_confirmed_by_its_name_with_or_without_spaces_around_it() -> None:
    with shown(ConfirmDialog("It sends.", "It acts.", "plant")) as dialog:
        dialog.activateWindow()
        assert dialog.focusWidget() is dialog.typed
        assert [text_of(dialog, name) for name in ("what", "effects", "ask")] == [
            "It sends.", "It acts.", "Type “plant” to confirm:",
        ]  # fmt: skip
        assert dialog.send_button.text() == "Send to production"
        states = []
        for text in ("", "plant", "Plant", " plant ", "plants"):
            dialog.typed.setText(text)
            states.append(dialog.send_button.isEnabled())
        assert states == [False, True, False, True, False]


# -- merging -----------------------------------------------------------------------------------------------------------


def test_captures_to_merge_are_added_and_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[str, str]]()

    def files(_parent: object, title: str, _path: str, kind: str) -> tuple[list[str], str]:
        asked.append((title, kind))
        return ["/b", "/c", "/a"], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", files)
    with shown(MergeDialog(Path("/a"), "Captures (*.capture)")) as dialog:
        remove, listed = child(dialog, QPushButton, "removeButton"), child(dialog, QListWidget, "files")
        assert (dialog.merge_button.text(), dialog.merge_button.isEnabled()) == ("Merge…", False)
        assert dialog.merge_button.toolTip() == "Add at least two captures."
        child(dialog, QPushButton, "addButton").click()
        assert asked == [("Add captures", "Captures (*.capture)")]
        assert dialog.files == [Path("/a"), Path("/b"), Path("/c")]
        assert (dialog.merge_button.isEnabled(), dialog.merge_button.toolTip()) == (True, "")
        assert not remove.isEnabled()
        listed.setCurrentRow(1)
        assert remove.isEnabled()
        remove.click()
        assert dialog.files == [Path("/a"), Path("/c")]
        assert dialog.merge_button.isEnabled()
        listed.setCurrentRow(0)
        remove.click()
        assert not dialog.merge_button.isEnabled()
    assert MergeDialog(None, "").files == []


# -- a column ----------------------------------------------------------------------------------------------------------


def test_a_new_column_needs_a_path_and_has_its_last_name_as_its_heading(theme: Theme) -> None:
    del theme
    with shown(ColumnDialog(None, cast("QWidget", None))) as dialog:
        dialog.activateWindow()
        ok = dialog.buttons.button(Standard.Ok)
        assert (dialog.windowTitle(), ok.isEnabled()) == ("Add a column", False)
        assert dialog.focusWidget() is dialog.path
        with pytest.raises(ValueError, match="no path of a column"):
            dialog.column()
        dialog.path.setText(" /PhoneStatus/@Type/ ")
        assert dialog.name.placeholderText() == "Type"
        assert ok.isEnabled()
        assert dialog.column() == FieldColumn("Type", ("PhoneStatus", "@Type"))
        dialog.name.setText("  Kind ")
        assert dialog.column() == FieldColumn("Kind", ("PhoneStatus", "@Type"))
        dialog.path.setText("a b/<")
        assert not ok.isEnabled()


def test_of_a_column_that_is_there_only_the_heading_is_changed() -> None:
    with shown(ColumnDialog(CALLER, cast("QWidget", None))) as dialog:
        dialog.activateWindow()
        assert dialog.windowTitle() == "Rename column"
        assert not dialog.path.isEnabled()
        assert dialog.focusWidget() is dialog.name
        assert (dialog.path.text(), dialog.name.text()) == ("PhoneStatus/CallerId", "Caller")
        dialog.name.setText("Who")
        assert dialog.column() == FieldColumn("Who", CALLER.path)


# -- replay ------------------------------------------------------------------------------------------------------------


def test_a_replay_can_go_to_the_window_or_to_a_connection(theme: Theme) -> None:
    asked = list[str]()

    def why_not(target: str) -> str:
        asked.append(target)
        return "It is read-only." if target == "office" else ""

    with shown(replay(theme, why_not)) as dialog:
        target = child(dialog, QComboBox, "target")
        names = [target.itemText(row) for row in range(target.count())]
        assert names == ["This window only (nothing is sent)", "office", "plant (production)"]
        found = []
        for wanted in ("", "office", "plant"):
            choose(dialog, "target", wanted)
            assert dialog.target == asked[-1] == wanted
            found.append((text_of(dialog, "reason").strip(), dialog.go_button.isEnabled(), dialog.go_button.text()))
    assert found == [("", True, "&Replay"), ("It is read-only.", False, "&Replay"), ("", True, "&Replay…")]


def test_what_can_be_replayed_is_counted(theme: Theme) -> None:
    counted = replay(theme, shown=0, selected=0, marks=1, all=2_000)
    scope = child(counted, QComboBox, "scope")
    assert [(scope.itemData(row), scope.itemText(row)) for row in range(scope.count())] == [
        ("shown", "Shown events (0)"),
        ("marks", "First to last mark (1)"),
        ("all", "Whole capture (2,000)"),
    ]
    dialog = replay(theme, selected=2)
    choose(dialog, "scope", "selected")
    assert dialog.scope == "selected"


@pytest.mark.parametrize("name", ["fromTime", "to"])
def test_a_replay_needs_times_that_can_be_understood(theme: Theme, name: str) -> None:
    with shown(replay(theme)) as dialog:
        assert dialog.span == (0, 0)
        line = child(dialog, QLineEdit, name)
        line.setText("soon")
        assert (text_of(dialog, "reason"), dialog.go_button.isEnabled()) == ("Not a valid time: soon", False)
        line.setText("+2s")
        assert dialog.go_button.isEnabled()
        assert dialog.span == tuple(START + 2 * SECOND if each == name else 0 for each in ("fromTime", "to"))


def test_an_amount_is_asked_for_where_it_counts(theme: Theme) -> None:
    with shown(replay(theme)) as dialog:
        amount, said = child(dialog, QDoubleSpinBox, "amount"), {}
        for pace in ("original", "factor", "rate", "fast", "step"):
            choose(dialog, "pace", pace)
            label = child(dialog, PlainLabel, "amountLabel")
            assert label.isVisible() is amount.isVisible()
            said[pace] = label.text() if amount.isVisible() else ""
    assert said == {"original": "", "factor": "Fact&or", "rate": "Events per &second", "fast": "", "step": ""}


# -- recovery ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lost", "notes", "words"),
    [
        ((), (), "10 entries recovered to /x/a.capture. Nothing was lost."),
        (((3, 3), (5, 9)), (), "10 entries recovered to /x/a.capture. 6 could not be read."),
        ((), ("The header was rebuilt.",), "10 entries recovered to /x/a.capture. Nothing was lost."),
    ],
)
def test_what_was_lost_is_counted_and_listed_where_there_is_something(
    lost: tuple[tuple[int, int], ...], notes: tuple[str, ...], words: str
) -> None:
    with shown(recovery(*lost, notes=notes)) as dialog:
        assert text_of(dialog, "saved") == words
        assert child(dialog, QPlainTextEdit, "details").isVisible() is bool(lost or notes)


@pytest.mark.parametrize(("more", "lines", "last"), [(0, MAX_SPANS, "is lost."), (1, MAX_SPANS + 1, "…")])
def test_the_list_of_what_was_lost_has_an_end(more: int, lines: int, last: str) -> None:
    spans = [(2 * number, 2 * number) for number in range(1, MAX_SPANS + 1 + more)]
    dialog = recovery(*spans)
    listed = child(dialog, QPlainTextEdit, "details").toPlainText().splitlines()
    assert len(listed) == lines
    assert listed[-1].endswith(last)
