"""Editors of single values: nothing is lost, whatever is shown; panels write what was picked."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest

from clacks_monitor.forms import Bounds, ChoiceValue, Kind
from clacks_monitor.gui.compose.editors.binary import MAX_BYTES, BinaryEditor, decode, encode
from clacks_monitor.gui.compose.editors.choices import BooleanEditor, ChoiceEditor
from clacks_monitor.gui.compose.editors.lists import MAX_CHIPS, ListEditor
from clacks_monitor.gui.compose.editors.moment_text import Duration, duration, moment
from clacks_monitor.gui.compose.editors.moments import DurationEditor, DurationPanel, MomentEditor, MomentPanel
from clacks_monitor.gui.compose.editors.numbers import NumberEditor, stepped
from clacks_monitor.gui.compose.editors.plain import LineEditor, MultilineEditor
from tests.helpers.compose_widgets import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from clacks_monitor.gui.compose.editors.base import ValueEditor

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MAKERS: dict[str, Callable[[], ValueEditor]] = {
    "line": LineEditor,
    "lines": MultilineEditor,
    "number": lambda: NumberEditor(Kind.INTEGER, Bounds("0", "9")),
    "boolean": BooleanEditor,
    "choice": lambda: ChoiceEditor([ChoiceValue("a"), ChoiceValue("b")]),
    "date": lambda: MomentEditor(Kind.DATE),
    "duration": DurationEditor,
    "list": lambda: ListEditor(lambda _item: None, []),
    "bytes": lambda: BinaryEditor(Kind.HEX),
}
TEXTS = ("", "a", "A", "12", "-3", "true", "2024-05-31", "PT5M", "{{counter}}", "00FF", "one two", "ünïcödé 🙂")


@pytest.mark.parametrize("name", MAKERS)
def test_every_editor_gives_back_what_it_was_given(qapp: QApplication, name: str) -> None:
    del qapp
    with shown(MAKERS[name]()) as editor:
        heard: list[str] = []
        editor.edited.connect(heard.append)
        for text in TEXTS:
            editor.set_text(text)
            assert editor.text() == text
        assert heard == []


@given(st.integers(), st.integers(-1000, 1000))
def test_whole_numbers_step_exactly_however_long_they_are(value: int, steps: int) -> None:
    assert stepped(str(value), steps, Bounds(), whole=True) == str(value + steps)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers(-9, 9))
def test_decimals_keep_their_digits(value: Decimal, steps: int) -> None:
    assert Fraction(stepped(f"{value:f}", steps, Bounds(), whole=False)) == Fraction(value) + steps


@pytest.mark.parametrize(
    ("text", "steps", "bounds", "result"),
    [
        ("", 1, Bounds("5", "9"), "5"),
        ("what", 1, Bounds(), "0"),
        ("9", 1, Bounds("5", "9"), "9"),
        ("100", -1, Bounds("5", "9"), "9"),
        ("6", -9, Bounds("5", "9", minimum_excluded=True), "6"),
    ],
)
def test_stepping_stays_within_the_bounds(text: str, steps: int, bounds: Bounds, result: str) -> None:
    assert stepped(text, steps, bounds, whole=True) == result


@given(st.dates(), st.times(), st.sampled_from(["", "Z", "+02:00", "-11:30"]), st.sampled_from(["", ".5", ".000001"]))
def test_moments_are_put_together_as_they_were(day: date, clock: object, zone: str, fraction: str) -> None:
    text = f"{day:%Y}".zfill(4) + f"-{day:%m-%d}T{str(clock)[:8]}{fraction}{zone}"
    for part in (text, text.partition("T")[0] + zone, text.partition("T")[2]):
        found = moment(part)
        assert found is not None
        assert str(found) == part


@pytest.mark.parametrize(
    "text", ["", "Z", "now", "2024-05-31T", "2024-5-31", "14:02", "T14:02:10", "2024-05-31 14:02:10"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moment(text) is None


@given(st.booleans(), *[st.integers(0, 999)] * 5, st.sampled_from(["0", "7", "0.25"]))
def test_durations_come_back(
    negative: bool, years: int, months: int, days: int, hours: int, minutes: int, seconds: str
) -> None:
    value = Duration(negative, years, months, days, hours, minutes, seconds)
    found = duration(str(value))
    assert found is not None
    if str(value) != "PT0S":
        assert found == value


@pytest.mark.parametrize("text", ["", "P", "PT", "5M", "P1H", "PT1D", "P-1D", "P1.5D"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert duration(text) is None


def test_the_calendar_writes_what_is_picked_and_keeps_the_zone(qapp: QApplication) -> None:
    del qapp
    with shown(MomentEditor(Kind.DATETIME)) as editor:
        heard: list[str] = []
        editor.edited.connect(heard.append)
        editor.set_text("2024-05-31T14:02:10.250+05:30")
        panel = editor.make_panel()
        assert isinstance(panel, MomentPanel)
        panel.changed.connect(editor.change)
        panel.show_text(editor.text())
        panel.calendar.setSelectedDate(QDate(2024, 6, 1))
        assert editor.text() == "2024-06-01T14:02:10.250+05:30"
        panel.clock.setTime(QTime(8, 0, 0))
        assert editor.text() == "2024-06-01T08:00:00+05:30"
        assert heard[-1] == editor.text()


def test_a_panel_does_not_change_what_is_only_looked_at(qapp: QApplication) -> None:
    del qapp
    for editor, text in ((MomentEditor(Kind.DATE), "2024-05-31Z"), (DurationEditor(), "P1Y2M3DT4H5M6.7S")):
        with shown(editor):
            editor.set_text(text)
            editor.open_panel()
            assert editor.text() == text


def test_a_duration_is_said_in_words_and_put_together(qapp: QApplication) -> None:
    del qapp
    with shown(DurationEditor()) as editor:
        editor.set_text("-P1DT2H")
        assert "negative" in editor.message.text()
        panel = editor.make_panel()
        assert isinstance(panel, DurationPanel)
        panel.changed.connect(editor.change)
        panel.show_text(editor.text())
        panel.boxes["minutes"].setValue(5)
        assert editor.text() == "-P1DT2H5M"


@given(st.binary(max_size=64))
def test_bytes_come_back(data: bytes) -> None:
    assert decode(encode(data, Kind.HEX), Kind.HEX) == data
    assert decode(encode(data, Kind.BASE64), Kind.BASE64) == data


def test_bytes_are_taken_from_a_file_and_a_file_too_large_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    del qapp
    (tmp_path / "small").write_bytes(b"\x00\xff")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with shown(BinaryEditor(Kind.HEX)) as editor:
        editor.load(tmp_path / "small")
        assert editor.text() == "00FF"
        for name, words in (("large", "larger"), ("missing", "cannot be read")):
            editor.load(tmp_path / name)
            assert words in editor.size_label.text()
            assert editor.text() == "00FF"


def test_a_long_list_is_text_and_keeps_its_spaces(qapp: QApplication) -> None:
    del qapp
    text = "  ".join(str(n) for n in range(MAX_CHIPS + 1))
    with shown(ListEditor(lambda _item: None, [])) as editor:
        editor.set_text(text)
        assert editor.text() == text
        QTest.keyClicks(editor.line, " 9")
        assert editor.text() == f"{text} 9"


def test_a_check_box_can_be_written_as_text(qapp: QApplication) -> None:
    del qapp
    with shown(BooleanEditor()) as editor:
        heard: list[str] = []
        editor.edited.connect(heard.append)
        editor.box.actions()[0].setChecked(True)
        editor.line.selectAll()
        QTest.keyClicks(editor.line, "{{pick:true,false}}")
        assert heard[-1] == "{{pick:true,false}}"
        QTest.keyClick(editor.line, Qt.Key.Key_Home)
        assert editor.line.isVisible()
