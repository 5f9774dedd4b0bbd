"""What the editors of single values do by themselves: what they show, offer, refuse and tell, at each limit."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QDateTime, QEvent, QRect, Qt, QTime, QTimeZone
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from clacks_monitor.forms import Bounds, ChoiceValue, Kind
from clacks_monitor.gui.compose.editors import choices, lists, moments, plain
from clacks_monitor.gui.compose.editors.binary import MAX_BYTES, BinaryEditor, decode, encode
from clacks_monitor.gui.compose.editors.choices import BooleanEditor, ChoiceEditor
from clacks_monitor.gui.compose.editors.flow import FlowLayout
from clacks_monitor.gui.compose.editors.lists import MAX_CHIPS, ListEditor
from clacks_monitor.gui.compose.editors.moment_text import Duration, Moment, duration, moment
from clacks_monitor.gui.compose.editors.moments import (
    WIDEST,
    DurationEditor,
    DurationPanel,
    MomentEditor,
    MomentPanel,
    now,
)
from clacks_monitor.gui.compose.editors.numbers import NumberEditor, number, stepped
from clacks_monitor.gui.compose.editors.plain import GrowingText, LineEditor, MultilineEditor
from tests.helpers.compose_widgets import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.gui.compose.editors.base import ValueEditor

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.usefixtures("qapp")]


def heard(editor: ValueEditor) -> list[str]:
    found = list[str]()
    editor.edited.connect(found.append)
    return found


def activate(widget: QWidget) -> None:
    """Make a window the active one, with the focus nowhere in it."""
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget)
    focused = widget.focusWidget()
    if focused is not None:
        focused.clearFocus()


# -- what all have in common -------------------------------------------------------------------------------------------


def test_an_editor_tells_that_the_user_came_and_what_it_is_for() -> None:
    with shown(LineEditor()) as editor:
        activate(editor)
        came = list[int]()
        editor.entered.connect(lambda: came.append(1))
        editor.describe("Status", "of the telephone")
        editor.take_focus(Qt.FocusReason.OtherFocusReason)
        assert editor.focusWidget() is editor.line
        assert came == [1]
        assert (editor.line.accessibleName(), editor.line.accessibleDescription()) == ("Status", "of the telephone")
        editor.set_hint("not sent")
        assert editor.line.placeholderText() == "not sent"


@pytest.mark.parametrize(("key", "left"), [(Qt.Key.Key_Z, True), (Qt.Key.Key_Y, True), (Qt.Key.Key_C, False)])
def test_undo_and_redo_are_left_to_the_form(key: Qt.Key, left: bool) -> None:
    with shown(LineEditor()) as editor:
        QTest.keyClicks(editor.line, "abc")
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
        event.accept()
        editor.eventFilter(editor.line, event)
        assert event.isAccepted() is not left


def test_a_text_is_as_high_as_its_lines_within_bounds() -> None:
    with shown(GrowingText()) as text:
        heights = []
        for lines in (1, plain.MIN_LINES, plain.MIN_LINES + 1, plain.MAX_LINES, plain.MAX_LINES + 1):
            text.setPlainText("\n".join(["x"] * lines))
            heights.append(text.height())
        line = text.fontMetrics().lineSpacing()
        assert heights[0] == heights[1]
        assert heights[2] - heights[1] == pytest.approx(line, abs=1)
        assert heights[3] - heights[1] == pytest.approx((plain.MAX_LINES - plain.MIN_LINES) * line, abs=2)
        assert heights[4] == heights[3] == text.sizeHint().height()
        assert heights[0] >= plain.MIN_LINES * line


def test_several_lines_are_edited_and_tab_leaves_them() -> None:
    with shown(MultilineEditor()) as editor:
        found = heard(editor)
        editor.set_text("a\nb")
        assert found == []
        QTest.keyClicks(editor.area, "x")
        editor.change("new")
        assert found == [
            "xa\nb",
            "new",
        ]  # the text area tells nothing of its own besides
        assert editor.text() == "new"
        editor.set_hint("add…")
        assert editor.area.placeholderText() == "add…"
        assert editor.area.tabChangesFocus()
        assert editor.area.lineWrapMode() is editor.area.LineWrapMode.WidgetWidth
    with shown(MultilineEditor(code=True)) as editor:
        assert editor.area.lineWrapMode() is editor.area.LineWrapMode.NoWrap


# -- bytes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "data"),
    [
        ("00 ff\n1", Kind.HEX, None),
        ("00 ff\n10", Kind.HEX, b"\0\xff\x10"),
        ("AP\n8Q", Kind.BASE64, b"\0\xff\x10"),
        ("AP8Q!", Kind.BASE64, None),
        ("AP8", Kind.BASE64, None),
        ("", Kind.BASE64, b""),
    ],
)
def test_bytes_are_read_whatever_the_spaces_in_them(text: str, kind: Kind, data: bytes | None) -> None:
    assert decode(text, kind) == data


def test_bytes_are_written_as_schemas_do() -> None:
    assert (encode(b"\xab\0", Kind.HEX), encode(b"\xab\0", Kind.BASE64)) == ("AB00", "qwA=")


def test_bytes_are_counted_and_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = ["", str(tmp_path / "out"), str(tmp_path / "no folder" / "out")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (chosen.pop(0), ""))
    with shown(BinaryEditor(Kind.HEX)) as editor:
        assert (editor.size_label.text(), editor.save_button.isEnabled()) == ("0 bytes", False)
        editor.change("zz")
        assert (editor.size_label.text(), editor.save_button.isEnabled()) == ("", False)
        editor.set_text("00FF")
        editor.change("00FF10")
        assert (editor.size_label.text(), editor.save_button.isEnabled()) == ("3 bytes", True)
        editor.save_button.click()
        editor.save_button.click()
        assert (tmp_path / "out").read_bytes() == b"\0\xff\x10"
        assert editor.size_label.text() == "3 bytes"
        editor.save_button.click()
        assert editor.size_label.text() == "The file cannot be written: No such file or directory"
        assert chosen == []


def test_the_bytes_of_a_file_that_is_chosen_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "largest").write_bytes(b"\1" * MAX_BYTES)
    (tmp_path / "small").write_bytes(b"\2")
    chosen = ["", str(tmp_path / "small")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (chosen.pop(0), ""))
    with shown(BinaryEditor(Kind.BASE64)) as editor:
        found = heard(editor)
        editor.load_button.click()
        assert found == []
        editor.load_button.click()
        assert found == ["Ag=="]
        taken = list[str]()
        monkeypatch.setattr(editor, "change", taken.append)  # four million bytes take long to be shown
        editor.load(tmp_path / "largest")
        assert len(taken) == 1
        editor.load(tmp_path / "missing")
        assert editor.size_label.text() == "The file cannot be read: No such file or directory"
        assert len(taken) == 1


# -- true, false and choices -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "clicked"),
    [("true", "false"), ("false", "true"), ("1", "0"), ("0", "1"), (" true ", "false")],
)
def test_a_check_box_turns_a_value_round_in_its_spelling(given: str, clicked: str) -> None:
    with shown(BooleanEditor()) as editor:
        found = heard(editor)
        editor.set_text(given)
        on = clicked in {"false", "0"}
        assert (editor.box.isChecked(), editor.box.text()) == (on, "true" if on else "false")
        assert (editor.box.isVisible(), editor.line.isVisible()) == (True, False)
        editor.box.click()
        assert found == [clicked] == [editor.text()]
        assert (editor.box.isChecked(), editor.box.text()) == (not on, "false" if on else "true")


def test_what_is_neither_true_nor_false_is_text() -> None:
    with shown(BooleanEditor()) as editor:
        activate(editor)
        found = heard(editor)
        editor.set_text("maybe")
        assert (editor.box.isVisible(), editor.line.isVisible(), editor.line.text()) == (False, True, "maybe")
        editor.take_focus(Qt.FocusReason.OtherFocusReason)
        assert editor.focusWidget() is editor.line
        editor.line.selectAll()
        QTest.keyClicks(editor.line, "1")
        assert (found, editor.text()) == (["1"], "1")
        (as_text,) = editor.box.actions()
        assert editor.line.actions() == [as_text]
        as_text.setChecked(True)
        editor.set_text("false")
        assert (editor.box.isVisible(), editor.line.text()) == (False, "false")
        as_text.setChecked(False)
        assert (editor.box.isVisible(), editor.line.isVisible()) == (True, False)


def test_choices_are_offered_with_what_they_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "OFFERED", 2)
    values = [ChoiceValue("a", "first"), ChoiceValue("A"), ChoiceValue("c", "beyond the list")]
    with shown(ChoiceEditor(values)) as editor:
        activate(editor)
        found, came = heard(editor), list[int]()
        editor.entered.connect(lambda: came.append(1))
        combo = editor.combo
        assert [combo.itemText(row) for row in range(combo.count())] == ["a", "A"]
        assert [combo.itemData(row, Qt.ItemDataRole.ToolTipRole) for row in range(2)] == ["first", "A"]
        for text, row, tip in (("A", 1, ""), ("a", 0, "first"), ("c", -1, "beyond the list"), ("x", -1, "")):
            editor.set_text(text)
            assert (combo.currentIndex(), combo.toolTip(), editor.text()) == (row, tip, text)
        assert found == []
        combo.setCurrentIndex(0)
        assert (found, combo.toolTip()) == (["a"], "first")
        editor.take_focus(Qt.FocusReason.OtherFocusReason)
        assert came != []
        editor.set_hint("not sent")
        line = combo.lineEdit()
        assert line is not None
        assert line.placeholderText() == "not sent"
        assert combo.insertPolicy() is combo.InsertPolicy.NoInsert
        assert combo.focusPolicy() is Qt.FocusPolicy.StrongFocus


# -- lists -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def numbers() -> Iterator[ListEditor]:
    with shown(ListEditor(lambda item: None if item.isdigit() else "is no number", ["one", "two", "three"])) as made:
        made.resize(400, 100)
        yield made


def chips(editor: ListEditor) -> list[tuple[str, str]]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    items = [editor.flow.itemAt(index) for index in range(editor.flow.count())]
    found = [item.widget() for item in items if item is not None]
    assert found[-1] is editor.line
    return [(chip.findChildren(QLabel)[0].text(), chip.toolTip()) for chip in found[:-1] if chip is not None]


def test_items_are_chips_and_wrong_ones_say_why(numbers: ListEditor) -> None:
    numbers.set_text("1  x")
    assert chips(numbers) == [("1", ""), ("⚠ x", "is no number")]
    assert numbers.text() == "1  x"
    assert numbers.items == ["1", "x"]


@pytest.mark.parametrize("end", [" ", ",", ";", "\t", "\n"])
def test_an_item_ends_where_the_user_ends_it(numbers: ListEditor, end: str) -> None:
    found = heard(numbers)
    numbers.set_text("1")
    QTest.keyClicks(numbers.line, "23")
    assert found == ["1 2", "1 23"]
    if end == "\n":
        QTest.keyClick(numbers.line, Qt.Key.Key_Return)
    else:
        numbers.line.insert(end)
    assert [label for label, _tip in chips(numbers)] == ["1", "23"]
    assert (numbers.text(), numbers.line.text(), found[-1]) == ("1 23", "", "1 23")
    QTest.keyClicks(numbers.line, "4")
    QTest.keyClick(numbers.line, Qt.Key.Key_Backspace)
    assert found[-1] == "1 23"


def test_several_items_are_put_in_at_once(numbers: ListEditor) -> None:
    numbers.line.insert("1 2;3,4")
    assert [label for label, _tip in chips(numbers)] == ["1", "2", "3", "4"]


def test_an_item_is_removed_by_its_button_and_taken_back_by_backspace(numbers: ListEditor) -> None:
    activate(numbers)
    found = heard(numbers)
    numbers.set_text("1 2 3")
    buttons = numbers.findChildren(QToolButton)
    assert [button.accessibleName() for button in buttons] == ["Remove 1", "Remove 2", "Remove 3"]
    assert buttons[1].toolTip() == "Remove 2"
    buttons[1].click()
    assert (found, numbers.focusWidget()) == (["1 3"], numbers.line)
    QTest.keyClick(numbers.line, Qt.Key.Key_Backspace)
    assert (found[-1], numbers.line.text()) == ("1 3", "3")
    assert [label for label, _tip in chips(numbers)] == ["1"]
    numbers.set_text("1 3")
    assert numbers.line.text() == "3"
    numbers.set_text("1")
    assert numbers.line.text() == ""
    QTest.keyClick(numbers.line, Qt.Key.Key_Backspace)
    QTest.keyClick(numbers.line, Qt.Key.Key_Home)
    QTest.keyClick(numbers.line, Qt.Key.Key_Backspace)
    assert numbers.line.text() == "1"


@pytest.mark.parametrize(("count", "as_chips"), [(MAX_CHIPS, True), (MAX_CHIPS + 1, False)])
def test_a_long_list_is_one_text(numbers: ListEditor, count: int, as_chips: bool) -> None:
    text = " ".join(str(number) for number in range(count))
    numbers.set_text(text)
    assert (len(chips(numbers)) == count) is as_chips
    assert numbers.line.text() == ("" if as_chips else text)
    QTest.keyClick(numbers.line, Qt.Key.Key_End)
    QTest.keyClick(numbers.line, Qt.Key.Key_Return)
    assert numbers.text() == text
    QTest.keyClick(numbers.line, Qt.Key.Key_Backspace)
    assert numbers.line.text() == (str(count - 1) if as_chips else text[:-1])


def test_values_are_offered_while_one_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "OFFERED", 2)
    with shown(ListEditor(lambda _item: None, ["one", "two", "three"])) as editor:
        completer = editor.line.completer()
        assert completer is not None
        assert [completer.model().index(row, 0).data() for row in range(completer.model().rowCount())] == ["one", "two"]
        completer.setCompletionPrefix("ON")
        assert completer.currentCompletion() == "one"
        editor.line.setText("one")
        completer.activated.emit("one")
        assert editor.text() == "one"
        editor.set_hint("add…")
        assert editor.line.placeholderText() == "add…"
    with shown(ListEditor(lambda _item: None, [])) as editor:
        assert editor.line.completer() is None


def test_chips_flow_into_lines_and_the_editor_is_as_high(numbers: ListEditor) -> None:
    numbers.set_text("1 2")
    one = numbers.height()
    numbers.set_text(" ".join(["123456789"] * 12))
    assert numbers.height() > 2 * one
    high = numbers.height()
    numbers.resize(1600, numbers.height())
    assert numbers.height() < high


def test_widgets_stand_beside_each_other_until_the_line_is_full() -> None:
    with shown(QWidget()) as holder:
        flow = FlowLayout(holder, spacing=5)
        boxes = [QWidget(holder) for _number in range(4)]
        for box in boxes[1:]:
            box.setFixedSize(40, 20)
            flow.addWidget(box)
        boxes[0].setFixedSize(30, 10)
        flow.insert(0, boxes[0])
        for box in boxes:
            box.show()
        assert [flow.itemAt(index).widget() for index in range(4)] == boxes  # type: ignore[union-attr]  # all there
        assert (flow.count(), flow.itemAt(4), flow.itemAt(-1), flow.takeAt(4), flow.takeAt(-1)) == (4, None) + (
            None,
        ) * 3
        flow.setGeometry(QRect(0, 0, 120, 100))
        assert [(box.x(), box.y()) for box in boxes] == [(0, 0), (35, 0), (80, 0), (0, 25)]
        assert flow.height_at(120) == 45
        assert flow.height_at(119) == 45
        assert flow.height_at(165) == 20
        assert flow.height_at(164) == 45
        assert flow.height_at(10) == 10 + 3 * 25
        assert flow.minimumSize().width() == 40
        assert flow.sizeHint().height() == 20
        assert flow.expandingDirections() == Qt.Orientation.Horizontal
        taken = flow.takeAt(0)
        assert taken is not None
        assert taken.widget() is boxes[0]
        assert flow.count() == 3


# -- moments and durations ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.DATE, Kind.TIME, Kind.DATETIME])
def test_this_moment_has_what_its_kind_wants(kind: Kind) -> None:
    before = QDateTime.currentDateTime()
    found = now(kind)
    assert bool(found.date) is (kind is not Kind.TIME)
    assert bool(found.clock) is bool(found.zone) is (kind is not Kind.DATE)
    assert moment(str(found)) == found
    if kind is Kind.DATETIME:
        at = QDateTime.fromString(str(found), Qt.DateFormat.ISODate)
        assert 0 <= before.secsTo(at) + 1 <= 60


@pytest.mark.parametrize(
    ("offset", "zone"), [(0, "Z"), (3600, "+01:00"), (-12_600, "-03:30"), (20_700, "+05:45"), (-60, "-00:01")]
)
def test_the_zone_of_this_machine_is_written_out(monkeypatch: pytest.MonkeyPatch, offset: int, zone: str) -> None:
    there = QDateTime(QDate(2024, 5, 31), QTime(14, 2, 10), QTimeZone(offset))
    monkeypatch.setattr(moments, "QDateTime", SimpleNamespace(currentDateTime=lambda: there))
    assert now(Kind.DATETIME) == Moment("2024-05-31", "14:02:10", "", zone)


def opened(editor: MomentEditor | DurationEditor) -> QWidget:
    editor.open_button.click()
    panel = QApplication.activePopupWidget()
    assert panel is not None
    return panel


@pytest.mark.parametrize(
    ("kind", "calendar", "clock", "button"),
    [(Kind.DATE, True, False, "T&oday"), (Kind.TIME, False, True, "&Now"), (Kind.DATETIME, True, True, "&Now")],
)
def test_the_panel_of_a_moment_has_what_its_kind_needs(kind: Kind, calendar: bool, clock: bool, button: str) -> None:
    with shown(MomentEditor(kind)) as editor:
        panel = opened(editor)
        assert isinstance(panel, MomentPanel)
        assert (panel.calendar.isVisible(), panel.clock.isVisible()) == (calendar, clock)
        assert panel.current.text() == button
        assert [panel.zone.itemText(row) for row in range(2)] == ["no zone", "UTC (Z)"]
        found = heard(editor)
        panel.current.click()
        assert len(found) == 1
        taken = moment(found[0])
        assert taken is not None
        assert (bool(taken.date), bool(taken.clock)) == (calendar, clock)
        close = next(one for one in panel.findChildren(QPushButton) if one.text() == "Close")
        assert close.isDefault()
        close.click()
        assert not panel.isVisible()
        assert opened(editor) is panel
        panel.close()


def test_the_panel_stands_below_the_line_and_shows_its_value() -> None:
    with shown(MomentEditor(Kind.DATETIME)) as editor:
        editor.set_text("2024-05-31T14:02:10.250+05:31")
        panel = opened(editor)
        assert isinstance(panel, MomentPanel)
        assert panel.y() > editor.line.mapToGlobal(editor.line.rect().bottomLeft()).y()
        assert panel.calendar.selectedDate() == QDate(2024, 5, 31)
        assert panel.clock.time() == QTime(14, 2, 10)
        assert panel.zone.currentText() == "+05:31"
        panel.zone.setCurrentIndex(panel.zone.findData("Z"))
        panel.zone.activated.emit(panel.zone.currentIndex())
        assert editor.text() == "2024-05-31T14:02:10.250Z"
        panel.calendar.setSelectedDate(QDate(2024, 6, 1))
        assert editor.text() == "2024-06-01T14:02:10.250Z"
        panel.clock.setTime(QTime(14, 2, 11))
        assert editor.text() == "2024-06-01T14:02:11Z"
        panel.close()
        zones = panel.zone.count()
        editor.set_text("2024-05-31T14:02:10+05:31")
        opened(editor)
        assert panel.zone.count() == zones
        panel.close()
        editor.set_text("nothing")
        opened(editor)
        assert panel.calendar.selectedDate() == QDate.currentDate()
        assert panel.zone.currentData() == now(Kind.DATETIME).zone
        panel.close()
        assert editor.text() == "nothing"


def test_a_picked_date_or_time_is_that_alone() -> None:
    with shown(MomentEditor(Kind.DATE)) as editor:
        editor.set_text("2024-05-31")
        panel = opened(editor)
        assert isinstance(panel, MomentPanel)
        panel.calendar.setSelectedDate(QDate(2024, 6, 1))
        assert editor.text() == "2024-06-01"
        panel.close()
    with shown(MomentEditor(Kind.TIME)) as editor:
        editor.set_text("14:02:10Z")
        panel = opened(editor)
        assert isinstance(panel, MomentPanel)
        panel.clock.setTime(QTime(15, 0))
        assert editor.text() == "15:00:00Z"
        panel.close()


@pytest.mark.parametrize(
    ("editor", "tip"),
    [(lambda: MomentEditor(Kind.DATE), "Pick a date and time"), (DurationEditor, "Enter a duration")],
)
def test_a_panel_opens_by_its_keys_as_well(editor: type[DurationEditor], tip: str) -> None:
    with shown(editor()) as made:
        button = made.open_button
        assert (button.toolTip(), button.accessibleName()) == (f"{tip} (Alt+Down)", tip)
        assert button.shortcut().toString() == "Alt+Down"
        assert made.line.width() > made.line.fontMetrics().horizontalAdvance(WIDEST)
        activate(made)
        came = list[int]()
        made.entered.connect(lambda: came.append(1))
        button.setFocus()
        assert came == [1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P1Y2M3DT4H5M6.7S", "1 year, 2 months, 3 days, 4 hours, 5 minutes, 6.7 seconds"),
        ("-PT1H", "1 hour negative"),
        ("PT0S", "zero duration"),
        ("PT0.0S", "zero duration"),
        ("soon", ""),
    ],
)
def test_a_duration_is_said_in_words(text: str, words: str) -> None:
    with shown(DurationEditor()) as editor:
        editor.set_text(text)
        assert editor.message.text() == words


def test_each_part_of_a_duration_is_set() -> None:
    with shown(DurationEditor()) as editor:
        editor.set_text("P1Y2M3DT4H5M6.7S")
        panel = opened(editor)
        assert isinstance(panel, DurationPanel)
        assert {key: box.value() for key, box in panel.boxes.items()} == {
            "years": 1, "months": 2, "days": 3, "hours": 4, "minutes": 5, "seconds": 6,
        }  # fmt: skip
        panel.boxes["years"].setValue(0)
        panel.boxes["days"].setValue(30)
        assert editor.text() == "P2M30DT4H5M6.7S"
        panel.boxes["seconds"].setValue(9)
        assert editor.text() == "P2M30DT4H5M9S"
        panel.close()
        editor.set_text("P99999999D")
        opened(editor)
        assert panel.boxes["days"].value() == 999_999
        assert editor.text() == "P99999999D"
        panel.close()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Duration(), "PT0S"),
        (Duration(negative=True), "PT0S"),
        (Duration(days=1), "P1D"),
        (Duration(seconds="0.50"), "PT0.50S"),
        (Duration(negative=True, minutes=2), "-PT2M"),
        (Duration(years=1, hours=1), "P1YT1H"),
    ],
)
def test_a_duration_is_written_as_short_as_can_be(value: Duration, text: str) -> None:
    assert str(value) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (" 2024-05-31+02:00 ", Moment("2024-05-31", zone="+02:00")),
        ("14:02:10.5", Moment(clock="14:02:10", fraction=".5")),
        ("-0044-03-15T00:00:00Z", Moment("-0044-03-15", "00:00:00", zone="Z")),
    ],
)
def test_a_moment_is_taken_apart(text: str, found: Moment) -> None:
    assert moment(text) == found
    assert str(found) == text.strip()


def test_a_fraction_without_a_time_is_not_written() -> None:
    assert str(Moment("2024-05-31", "", ".5", "Z")) == "2024-05-31Z"
    assert duration(" PT5M ") == Duration(minutes=5)


# -- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "steps", "bounds", "whole", "result"),
    [
        ("8", 1, Bounds("0", "9", maximum_excluded=True), True, "8"),
        ("9", 1, Bounds("0", "9", maximum_excluded=True), True, "8"),
        ("1", -1, Bounds("0", "9", minimum_excluded=True), True, "1"),
        ("0.5", 1, Bounds("0", "1", maximum_excluded=True), False, "1"),
        ("0", 0, Bounds("0"), True, "0"),
        ("-1", 0, Bounds("0"), True, "0"),
        ("", 3, Bounds("2", "9", minimum_excluded=True), True, "3"),
        ("1e3", 1, Bounds(), False, "1001"),
        (" 7 ", 1, Bounds(), True, "8"),
        ("1e999", 1, Bounds(), False, "1" + "0" * 998 + "1"),
    ],
)
def test_a_step_stays_on_what_the_schema_allows(
    text: str, steps: int, bounds: Bounds, whole: bool, result: str
) -> None:
    assert stepped(text, steps, bounds, whole=whole) == result


@pytest.mark.parametrize("text", [None, "", "x", "1e1000", "0x1", "--1", "NaN", "."])
def test_what_cannot_be_counted_is_no_number(text: str | None) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "up", "down"),
    [("5", True, True), ("9", False, True), ("10", False, True), ("0", True, False), ("x", True, True)],
)
def test_the_arrows_work_where_there_is_room(text: str, up: bool, down: bool) -> None:
    with shown(NumberEditor(Kind.INTEGER, Bounds("0", "9"))) as editor:
        editor.set_text(text)
        flags = editor.spin.stepEnabled()
        assert bool(flags & editor.spin.StepEnabledFlag.StepUpEnabled) is up
        assert bool(flags & editor.spin.StepEnabledFlag.StepDownEnabled) is down
    with shown(NumberEditor(Kind.INTEGER, Bounds())) as editor:
        editor.set_text(text)
        both = editor.spin.StepEnabledFlag.StepUpEnabled | editor.spin.StepEnabledFlag.StepDownEnabled
        assert editor.spin.stepEnabled() == both


def test_a_number_is_stepped_and_typed_and_told() -> None:
    with shown(NumberEditor(Kind.DECIMAL, Bounds("0", "9"))) as editor:
        activate(editor)
        found, came = heard(editor), list[int]()
        editor.entered.connect(lambda: came.append(1))
        editor.set_text("0.5")
        assert found == []
        editor.spin.stepUp()
        assert (found, editor.text()) == (["1.5"], "1.5")
        editor.set_text("9")
        editor.spin.stepBy(1)
        assert found == ["1.5"]
        editor.take_focus(Qt.FocusReason.OtherFocusReason)
        assert came != []
        line = editor.spin.lineEdit()
        assert isinstance(line, QLineEdit)
        line.selectAll()
        QTest.keyClicks(editor.spin, "{{x")
        QTest.keyClick(editor.spin, Qt.Key.Key_Return)
        assert (editor.text(), found[-1]) == ("{{x", "{{x")
        editor.set_hint("default: 1")
        assert line.placeholderText() == "default: 1"
    with shown(NumberEditor(Kind.INTEGER, Bounds())) as editor:
        editor.set_text("1.5")
        editor.spin.stepBy(1)
        assert editor.text() == "2"
