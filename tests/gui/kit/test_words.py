"""What the window says: each state of the empty table, the status bar, each cell, trouble and messages, in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QToolButton, QWidget

from clacks_monitor.core.columns import Column, FieldColumn, RelativeColumn
from clacks_monitor.core.connection import (
    ConnectionSettings,
    ConnectionState,
    ConnectionStatus,
    FilterPlace,
    TlsSettings,
)
from clacks_monitor.core.event import GapCause, ProblemKind, Row, RowKind
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.kit.commands import Commands
from clacks_monitor.gui.kit.connection_texts import exceptions, standing
from clacks_monitor.gui.table.empty_state import Empty, EmptyState
from clacks_monitor.gui.window.bars.status_bar import StatusBar
from clacks_monitor.gui.window.bars.trouble_bar import TroubleBar
from clacks_monitor.session.captures.capture_use import Unreadable
from clacks_monitor.session.notices import Counters

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

NS = 1_000_000_000
THEN = 1_700_000_000 * NS
OFFICE = ConnectionStatus("id", "office", ConnectionState.LOST, THEN, "No route.")


# -- the empty table ---------------------------------------------------------------------------------------------------


@pytest.fixture
def commands(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Commands:
    from PySide6.QtCore import QSettings

    window = QMainWindow()
    qtbot.addWidget(window)
    settings: QSettings = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    made = Commands(window, theme, settings)
    made.release()
    return made


@pytest.fixture
def empty(commands: Commands, theme: Theme) -> EmptyState:
    parent = commands.parent()
    assert isinstance(parent, QWidget)
    made = EmptyState(parent)
    made.set_up(theme, commands)
    return made


EMPTY = {
    Empty.NO_CONNECTION: (
        "Not connected",
        "Connect to a bus to see its events here.",
        ("connect", "demo", "capture.open"),
    ),
    Empty.CONNECTING: ("Connecting to office…", "No route.", ()),
    Empty.LOST: ("No connection to office", "No route.", ("connection.again", "connection.edit")),
    Empty.SILENT: (
        "Connected to office, no events yet",
        "No events for 2 minutes. New events appear here.",
        ("compose",),
    ),
    Empty.HIDDEN: ("1,234 events hidden", "No event matches the filter and the checked profiles.", ("show.all",)),
    Empty.CLEARED: (
        "Cleared",
        "New events appear here. The capture keeps all events.",
        ("unclear",),
    ),
    Empty.UNREADABLE: (
        "a.capture cannot be read",
        "It is cut off.\n\nReadable data can be recovered into a new capture. The file itself is not changed.",
        ("capture.recover", "capture.open"),
    ),
    Empty.NO_EVENTS: ("This capture has no events", "", ("connect",)),
}


def test_of_an_archive_that_cannot_be_opened_nothing_is_recovered(empty: EmptyState) -> None:
    empty.explain(Empty.UNREADABLE, unreadable=Unreadable(Path("events"), "It is gone.", recoverable=False))
    assert (empty.title.text(), empty.text.text()) == ("events cannot be read", "It is gone.")
    assert [button.text() for button in empty.buttons if not button.isHidden()] == ["Open a capture…"]


@pytest.mark.parametrize("why", Empty)
def test_why_there_is_nothing_to_see_and_what_to_do_about_it(empty: EmptyState, commands: Commands, why: Empty) -> None:
    title, text, keys = EMPTY[why]
    unreadable = Unreadable(Path("/x/a.capture"), "It is cut off.")
    empty.explain(why, hidden=1_234, status=OFFICE, now_ns=THEN + 120 * NS, unreadable=unreadable)
    assert (empty.why, empty.title.text(), empty.text.text()) == (why, title, text)
    assert (empty.accessibleName(), empty.accessibleDescription().split()) == (title, text.split())
    assert empty.text.isHidden() is not bool(text)
    given = list[str]()
    for key in keys:
        action = commands[key]
        action.triggered.connect(lambda *_args, key=key: given.append(key))
    shown = [button for button in empty.buttons if not button.isHidden()]
    for button in shown:
        assert button.text()
        button.click()
    assert given == list(keys)
    assert [button.toolTip() for button in shown] == [commands[key].toolTip() for key in keys]
    assert empty.first_button is (shown[0] if shown else empty)


def test_a_connection_that_is_lost_without_a_reason_is_tried_again(empty: EmptyState) -> None:
    empty.explain(Empty.LOST, status=ConnectionStatus("id", "office", ConnectionState.LOST, THEN))
    assert empty.text.text() == "Reconnecting automatically."


# -- connections -------------------------------------------------------------------------------------------------------


def connected(depth: float = -1.0, place: FilterPlace | None = None, note: str = "") -> ConnectionStatus:
    made = ConnectionStatus("id", "o", ConnectionState.CONNECTED, 0, queue_depth=depth, filter_note=note)
    return made if place is None else replace(made, filter_place=place)


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([OFFICE], ""),
        ([connected(0.24)], "no broker filter"),
        (
            [connected(0.25), connected(0.1)],
            "queue in the broker: 25 % full (publishers are blocked at 80 %) · no broker filter",
        ),
        ([connected(place=FilterPlace.BROKER)] * 2, "broker filter active"),
        ([connected(place=FilterPlace.HERE), connected(place=FilterPlace.BROKER)], "broker filter evaluated locally"),
        ([connected(place=FilterPlace.HERE, note="Why.")] * 2, "broker filter evaluated locally: Why."),
        (
            [connected(place=FilterPlace.HERE, note="A."), connected(place=FilterPlace.HERE, note="B.")],
            "broker filter evaluated locally",
        ),
        ([connected(place=FilterPlace.BROKER), connected()], "no broker filter"),
    ],
)
def test_what_stands_of_connections(statuses: list[ConnectionStatus], words: str) -> None:
    assert standing(statuses)[0] == words


def test_only_one_lack_of_care_is_named_and_the_worst_first() -> None:
    worst = TlsSettings(verify_host=False, verify_certificate=False)
    assert exceptions(ConnectionSettings("x", tls=worst)) == ["certificate not verified"]
    assert exceptions(ConnectionSettings("x", user="a")) == []
    assert exceptions(ConnectionSettings("x", user="a", plain_without_tls=True, tls=TlsSettings())) == []


# -- the status bar ----------------------------------------------------------------------------------------------------


@pytest.fixture
def status(qtbot: QtBot, theme: Theme) -> StatusBar:
    made = StatusBar(theme)
    qtbot.addWidget(made)
    made.resize(1200, 24)
    made.show()
    return made


def test_each_number_has_its_word_and_leads_where_something_is_wrong(status: StatusBar, theme: Theme) -> None:
    kinds = ("received", "shown", "hidden", "invalid", "dropped", "gaps")
    for count, gaps in ((0, "0 gaps"), (1, "1 gap"), (1_234, "1,234 gaps")):
        status.show_counters(Counters(**dict.fromkeys(kinds, count), rate=4.84))
        said = {kind: status.counters[kind].text() for kind in kinds}
        assert said == {kind: f"{formats.number(count)} {kind}" for kind in kinds} | {"gaps": gaps}
        assert {kind for kind in kinds if status.counters[kind].leads} == ({"invalid", "gaps"} if count else set())
        ink = {kind: status.counters[kind]._parts[0][1] for kind in kinds}
        bad = {"invalid": theme.bad, "dropped": theme.bad, "gaps": theme.warn} if count else {}
        assert ink == {kind: bad.get(kind, theme.text) for kind in kinds}
    assert status.counters["rate"].text() == formats.rate(4.84)
    status.show_counters(None)
    assert status.counters["received"].text() == "0 received"


def test_a_click_on_what_is_wrong_leads_there(status: StatusBar, qtbot: QtBot) -> None:
    status.show_counters(Counters(received=1, shown=1, hidden=1, invalid=1, gaps=1, rate=0.0))
    for kind, wanted in (("invalid", status.invalid_wanted), ("gaps", status.gap_wanted)):
        with qtbot.waitSignal(wanted):
            QTest.mouseClick(status.counters[kind], Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(status.gap_wanted):
        QTest.mouseClick(status.counters["gaps"], Qt.MouseButton.RightButton)
        QTest.mouseClick(status.counters["hidden"], Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("temporary", "text", "tip"),
    [
        (True, "not saved 2.0 kB", "Received events are in a temporary capture of this size. Save it to keep them."),
        (False, "a.capture 2.0 kB", "/x/a.capture"),
    ],
)
def test_the_capture_is_named_with_its_size(status: StatusBar, temporary: bool, text: str, tip: str) -> None:
    status.show_capture(Path("/x/a.capture"), 2_048, temporary=temporary)
    assert (status.capture.text(), status.capture.toolTip()) == (text.replace("2.0 kB", formats.size(2_048)), tip)


def test_a_message_passes_and_what_stands_comes_back(status: StatusBar) -> None:
    status.line.stand("no broker filter", "more of it")
    assert (status.line.text(), status.line.toolTip()) == ("no broker filter", "more of it")
    status.notify("Saved")
    assert (status.line.text(), status.line.toolTip(), status.line.message) == ("Saved", "Saved", "Saved")
    (timer,) = status.line.findChildren(QTimer)
    assert timer.isActive()
    assert timer.interval() == 8_000
    assert timer.isSingleShot()
    status.line.stand("filter runs here")
    assert status.line.text() == "Saved"
    timer.timeout.emit()
    assert (status.line.text(), status.line.toolTip(), timer.isActive()) == ("filter runs here", "", False)
    status.line.show_message("for good")
    assert not timer.isActive()
    assert status.line.accessibleDescription() == "for good"


def test_a_line_that_is_too_narrow_ends_in_dots_and_grows_back(status: StatusBar) -> None:
    words = "a message of several words"
    status.line.show_message(words)
    status.line.resize(60, 20)
    assert status.line.text().endswith("…")
    status.line.resize(600, 20)
    assert status.line.text() == words
    assert status.line.minimumSizeHint().width() == 0


# -- trouble -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "shown"), [("x" * 300, "x" * 300), ("x" * 301, "x" * 299 + "…"), ("a", "a"), ("", "")]
)
def test_trouble_is_cut_after_two_lines(qtbot: QtBot, theme: Theme, words: str, shown: str) -> None:
    bar = TroubleBar()
    qtbot.addWidget(bar)
    bar.set_up(theme)
    bar.notify(words)
    assert bar.text.text() == shown
    assert bar.text.toolTip().replace("\n", "") == words


def test_trouble_is_counted_until_it_is_closed(qtbot: QtBot, theme: Theme) -> None:
    bar = TroubleBar()
    qtbot.addWidget(bar)
    bar.set_up(theme)
    said = list[str]()
    for number in range(3):
        bar.notify(f"No {number}.", "Because.")
        said.append(bar.text.text())
    assert said == ["No 0. Because.", "No 1. Because.  (1 more)", "No 2. Because.  (2 more)"]
    assert bar.text.toolTip() == "No 2.\nBecause."
    bar.findChildren(QToolButton)[0].click()
    assert bar.isHidden()
    bar.notify("Again.")
    assert (bar.text.text(), bar.isHidden()) == ("Again.", False)
    assert not bar.sign.pixmap().isNull()


# -- cells -------------------------------------------------------------------------------------------------------------


EVENT = Row(
    7, RowKind.EVENT, THEN, "PhoneStatus", "a call", "office", 2_048, "event", mark=True, comment="look\nhere",
)  # fmt: skip
BROKEN = Row(8, RowKind.INVALID, THEN, "", "<Event", "office", 0, "event", ProblemKind.NOT_XML.value)
GAP = Row(9, RowKind.GAP, THEN, "", "the broker went", "office", 0, "", GapCause.SLEPT.value, until_ns=THEN + 21 * NS)
GONE = Row(10, RowKind.EVENT, 0, "", "", "", -1)


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        (EVENT, ("PhoneStatus", "a call", "office", formats.size(2_048), "event", "", "look here", "7")),
        (BROKEN, ("(not XML)", "<Event", "office", formats.size(0), "event", "not XML", "", "8")),
        (GAP, ("", "gap (21 s): computer suspended", "office", "", "", "", "", "9")),
        (GONE, ("(removed)", "", "", "", "", "", "", "10")),
    ],
)
def test_each_cell_says_what_the_row_is(row: Row, texts: tuple[str, ...]) -> None:
    columns = (
        Column.TYPE, Column.SUMMARY, Column.CONNECTION, Column.SIZE, Column.SUBJECT, Column.PROBLEM, Column.COMMENT,
        Column.SEQUENCE,
    )  # fmt: skip
    found = tuple(cells.text(row, column) for column in columns)
    assert tuple(" ".join(text.replace("⏎", " ").replace("↵", " ").split()) for text in found) == texts


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (EVENT, Column.TIME, lambda: formats.full_time(THEN)),
        (EVENT, Column.SIZE, lambda: formats.bytes_text(2_048)),
        (EVENT, Column.TYPE, lambda: "PhoneStatus\nComment: look\nhere"),
        (BROKEN, Column.TYPE, lambda: "(not XML)\nProblem: not XML"),
        (BROKEN, Column.SUMMARY, lambda: "<Event\nProblem: not XML"),
        (BROKEN, Column.PROBLEM, lambda: "not XML\nProblem: not XML"),
        (BROKEN, Column.CONNECTION, lambda: "office"),
        (GAP, Column.TIME, lambda: f"{formats.full_time(THEN)}\n– {formats.full_time(THEN + 21 * NS)}"),
        (GAP, Column.SIZE, lambda: ""),
        (GONE, Column.TIME, lambda: ""),
        (GONE, Column.SIZE, lambda: formats.bytes_text(0)),
    ],
)
def test_a_cell_says_more_when_it_is_pointed_at(row: Row, column: Column, words: Callable[[], str]) -> None:
    assert cells.tip(row, column) == words()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (EVENT, "{}, PhoneStatus, a call, marked, from office"),
        (BROKEN, "{}, (not XML), <Event, Problem: not XML, from office"),
        (GAP, "{}, gap (21 s): computer suspended, office"),
    ],
)
def test_a_row_is_read_as_a_sentence(row: Row, words: str) -> None:
    assert cells.sentence(row) == words.replace("{}", formats.clock_short(THEN))


def test_a_full_disk_and_an_unknown_cause_have_words_of_their_own() -> None:
    full = Row(1, RowKind.GAP, THEN, "", "", "o", 0, "", GapCause.DISK_FULL.value, until_ns=THEN + 90 * NS)
    other = Row(1, RowKind.GAP, THEN, "", "the cat", "o", 0, "", "", until_ns=THEN + NS)
    assert cells.gap_text(full) == f"disk full ({formats.duration(90)})"
    assert cells.gap_text(other) == "gap (1.0 s): the cat"
    assert cells.cause_text("some other") == cells.problem_text("some other") == "some other"


def test_columns_of_digits_and_those_that_stand_at_the_right() -> None:
    assert {Column.TIME, Column.SIZE, Column.SEQUENCE, *RelativeColumn} == cells.FIXED_WIDTH
    assert {Column.SIZE, Column.SEQUENCE, *RelativeColumn} == cells.NUMERIC
    assert cells.examples(Column.SIZE) == ("00.0 kB",)
    assert cells.examples(Column.SUBJECT) == ("a medium text here",)
    assert cells.examples(FieldColumn("Caller", ("a", "b"))) == ("Caller", "a medium text")
    assert cells.heading(FieldColumn("Caller", ("a", "b"))) == "Caller"
    assert " ".join(map(cells.heading, cells.COLUMNS)) == ("Time Type Summary From Size Subject Problem Comment No.")


def test_each_kind_of_problem_has_words_of_its_own() -> None:
    words = {kind: cells.problem_text(kind.value) for kind in ProblemKind}
    assert len(set(words.values())) == len(ProblemKind)
    assert all(not text.isupper() and "-" not in text for text in words.values())
    assert words[ProblemKind.NOT_XML] == "not XML"
    assert words[ProblemKind.BREAKS_SCHEMA] == "violates its schema"


def test_the_time_of_a_row_has_its_day_unless_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row(1, RowKind.EVENT, THEN + 5_000_000, "T", "", "o", 1)
    monkeypatch.setattr("clacks_monitor.gui.kit.cells.time.time", lambda: THEN / NS)
    assert cells.text(row, Column.TIME) == formats.clock(THEN + 5_000_000)
    monkeypatch.setattr("clacks_monitor.gui.kit.cells.time.time", lambda: THEN / NS + 2 * 86_400)
    assert cells.text(row, Column.TIME) == f"{formats.short_day(THEN // NS)} {formats.clock(THEN + 5_000_000)}"
    assert cells.text(GONE, Column.TIME) == ""


def test_a_comment_and_a_kind_that_others_wrote_are_cut_in_a_tip() -> None:
    row = replace(EVENT, comment="c" * 3_000)
    assert len(cells.tip(row, Column.TYPE)) == len("PhoneStatus\nComment: ") + 2_000
    assert cells.tip(EVENT, Column.COMMENT) == cells.text(EVENT, Column.COMMENT)
    odd = replace(BROKEN, problem="p" * 200)
    assert cells.type_text(odd) == f"({'p' * 99}…)"


def test_a_type_is_what_it_is_or_why_there_is_none() -> None:
    plain = Row(1, RowKind.EVENT, THEN, "", "", "o", 1)
    assert cells.type_text(plain) == "(no type)"
    assert cells.text(Row(1, RowKind.EVENT, THEN, "", "", "o", 1), FieldColumn("a", ("b",))) == ""
